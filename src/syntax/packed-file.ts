/** `FileFacts` in packed form, to be sent between threads or stored: the bodies stay packed, the rest is unpacked. */
import type { FileFacts, PackedBodies } from './ast.js'
import { packBodies, packTrees } from './pack.js'
import { readTree } from './unpack.js'

export interface PackedFile {
  readonly bodies: PackedBodies
  /** One tree: everything but the bodies. */
  readonly rest: PackedBodies
}

/** Packs a file's facts. */
export function packFile({ bodies, ...rest }: FileFacts): PackedFile {
  return { bodies: 'ints' in bodies ? bodies : packBodies(bodies), rest: packTrees([rest]) }
}

/** The facts again, with packed bodies. */
export function unpackFile({ bodies, rest }: PackedFile): FileFacts {
  return { ...(readTree(rest, 0) as Omit<FileFacts, 'bodies'>), bodies }
}
