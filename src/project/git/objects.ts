/** What the bytes of a tree, a commit and a tag say. */
import { isPlainPath } from '../tar.js'

export type EntryKind = 'file' | 'link' | 'directory' | 'submodule'
export interface TreeEntry {
  readonly name: string
  readonly kind: EntryKind
  readonly oid: string
}
export interface TreeListing {
  readonly entries: readonly TreeEntry[]
  /** Names that no checkout would have, each with why. */
  readonly problems: readonly { readonly name: string; readonly why: string }[]
}

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The kind of an entry's mode; undefined for what git does not write. */
export function kindOfMode(mode: number): EntryKind | undefined {
  switch (mode & 0o170000) {
    case 0o040000:
      return 'directory'
    case 0o100000:
      return 'file'
    case 0o120000:
      return 'link'
    case 0o160000:
      return 'submodule'
    default:
      return undefined
  }
}

/** Why a name of a directory's entry cannot be used; undefined when it can. */
export function problemOfName(name: string): string | undefined {
  if (!isPlainPath(name) || name.includes('/')) return 'has no plain name and was left out'
  return name.toLowerCase() === '.git' ? 'is no name that git checks out and was left out' : undefined
}

/** Throws an Error when the bytes are damaged, or two entries have one name. */
export function parseTree(bytes: Uint8Array, hashBytes: number): TreeListing {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries = new Map<string, TreeEntry>()
  const problems: { name: string; why: string }[] = []
  for (let at = 0; at < buffer.length; ) {
    const space = buffer.indexOf(0x20, at)
    const end = buffer.indexOf(0, space)
    if (space < 0 || end < 0 || end + hashBytes >= buffer.length || space - at > 7) throw new Error('a tree is damaged')
    const mode = Number.parseInt(buffer.toString('latin1', at, space), 8)
    const oid = buffer.toString('hex', end + 1, end + 1 + hashBytes)
    const bytesOfName = buffer.subarray(space + 1, end)
    at = end + 1 + hashBytes
    const kind = kindOfMode(mode)
    const name = textOf(bytesOfName)
    const why =
      name === undefined
        ? 'has a name that is not UTF-8 and was left out'
        : kind === undefined
          ? 'is of no known kind and was left out'
          : problemOfName(name)
    if (why !== undefined || name === undefined || kind === undefined) {
      problems.push({ name: name ?? bytesOfName.toString('latin1'), why: why ?? '' })
      continue
    }
    if (entries.has(name)) throw new Error(`a tree has two entries ${name}`)
    entries.set(name, { name, kind, oid })
  }
  return { entries: [...entries.values()], problems }
}

/** UTF-8, or undefined. */
export function textOf(bytes: Uint8Array): string | undefined {
  try {
    return decoder.decode(bytes)
  } catch {
    return undefined
  }
}

/** The lines `NAME VALUE` before the first empty one of a commit or tag. */
function headersOf(bytes: Uint8Array): readonly (readonly [string, string])[] {
  const text = Buffer.from(bytes).toString('utf8')
  const end = text.indexOf('\n\n')
  return text
    .slice(0, end < 0 ? undefined : end)
    .split('\n')
    .map((line) => [line.slice(0, line.indexOf(' ')), line.slice(line.indexOf(' ') + 1)] as const)
}

export function parseCommit(bytes: Uint8Array): { readonly tree: string; readonly parents: readonly string[] } {
  const headers = headersOf(bytes)
  const tree = headers.find(([name]) => name === 'tree')?.[1]
  if (tree === undefined) throw new Error('a commit has no tree')
  return { tree, parents: headers.flatMap(([name, value]) => (name === 'parent' ? [value] : [])) }
}

/** The name of the object that a tag is about. */
export function targetOfTag(bytes: Uint8Array): string {
  const object = headersOf(bytes).find(([name]) => name === 'object')?.[1]
  if (object === undefined) throw new Error('a tag names no object')
  return object
}
