/**
 * A `.crate` archive (gzip, tar) as a SourceTree. It is read in memory and never unpacked to disk (law 4). Rust files are
 * kept from the first reading; other files, which only `include_str!` and the like may want, are inflated again when
 * asked for, so that test data does not stay in memory.
 */
import { createHash } from 'node:crypto'
import { gunzipSync, inflateRawSync } from 'node:zlib'
import { compareText, messageOf, ProjectError } from '../base/index.js'
import { contentsOf } from './contents.js'
import { MAX_ARCHIVE_BYTES, MAX_FILE_BYTES, MAX_INFLATED_BYTES } from './limits.js'
import { decodeSource, tooLarge } from './source-text.js'
import { listTar, type TarFile } from './tar.js'
import type { SourceText, SourceTree, TreeContents } from './workspace.js'

export interface ArchiveTree {
  readonly tree: SourceTree
  readonly problems: readonly string[]
}

/** The sha256 of an archive, in lower-case hex. */
export function sha256(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex')
}

/**
 * Holds an archive's sha256 against those that a lockfile or index gives, before anything looks into it; without any there is
 * nothing to hold it against. Throws ProjectError naming the sums.
 */
export function requireChecksum(actual: string, expected: readonly string[], what: string): void {
  if (expected.length === 0 || expected.includes(actual)) return
  throw new ProjectError(
    `${what} is not what the lockfile says`,
    `sha256 in the lockfile or index: ${expected.join(' or ')}\nsha256 of the archive:           ${actual}`,
    'Delete the archive so that cargo fetches it again; if the sums still differ, do not use this crate.',
  )
}

/**
 * Reads an archive whose files stand below the directory `root` (`name-version`). `where` names it in errors.
 * Throws ProjectError when it is damaged or beyond the limits.
 */
export function readArchive(compressed: Buffer, root: string, where: string): ArchiveTree {
  const damaged = (why: string): ProjectError =>
    new ProjectError(`${where} cannot be read`, why, 'Delete it so that cargo fetches it again.')
  if (compressed.length > MAX_ARCHIVE_BYTES)
    throw damaged(`it has ${compressed.length} bytes, the limit is ${MAX_ARCHIVE_BYTES}`)
  let archive: Buffer
  try {
    archive = inflate(compressed)
    if (hasSecondMember(compressed))
      throw new Error('one compressed stream follows another: cargo reads the first alone')
    const { files, problems, leftOut } = listTar(archive, root)
    return { tree: new InMemoryTree(compressed, archive, files, leftOut), problems }
  } catch (thrown) {
    throw damaged(messageOf(thrown))
  }
}

/** The one directory that all entries of an archive stand in, from its first entry; undefined when damaged. */
export function archiveRoot(compressed: Buffer): string | undefined {
  try {
    const name = inflate(compressed).toString('utf8', 0, 100)
    const [, root] = /^([A-Za-z0-9_][A-Za-z0-9_.+-]*)\//.exec(name) ?? []
    return root
  } catch {
    return undefined
  }
}

/** The archive's content in one go; its length stands in the last four bytes, which is only believed within bounds. */
function inflate(compressed: Buffer): Buffer {
  const stated = compressed.length < 4 ? 0 : compressed.readUInt32LE(compressed.length - 4)
  const chunkSize = Math.min(Math.max(stated, MIN_INFLATE_CHUNK), MAX_INFLATE_CHUNK)
  return gunzipSync(compressed, { maxOutputLength: MAX_INFLATED_BYTES, chunkSize })
}

/** Small chunks cost time (each is copied once more), a large one memory that a lying archive would not fill. */
const MIN_INFLATE_CHUNK = 64 * 1024
const MAX_INFLATE_CHUNK = 16 * 1024 * 1024

class InMemoryTree implements SourceTree {
  readonly files: ReadonlyMap<string, number>
  readonly #compressed: Buffer
  readonly #places: ReadonlyMap<string, TarFile>
  readonly #kept = new Map<string, Buffer>()
  readonly #contents: TreeContents

  constructor(
    compressed: Buffer,
    archive: Buffer,
    places: ReadonlyMap<string, TarFile>,
    readonly leftOut: readonly string[],
  ) {
    this.#compressed = compressed
    this.#places = places
    const sorted = [...places].sort(([a], [b]) => compareText(a, b))
    this.files = new Map(sorted.map(([path, { size }]) => [path, size]))
    const kept = sorted.filter(([path, { size }]) => isKept(path) && size <= MAX_FILE_BYTES)
    const bytes = kept.reduce((sum, [, { size }]) => sum + size, 0)
    // A view keeps the whole inflated archive in memory: worth it, against copying, only where most of it is kept anyway.
    const views = bytes * 2 > archive.length
    for (const [path, place] of kept)
      this.#kept.set(path, views ? slice(archive, place) : Buffer.from(slice(archive, place)))
    // Summed up now, while all bytes are here: later each file that is not kept would have to be inflated again.
    this.#contents = contentsOf(
      sorted.map(([path, place]) => ({ path, size: place.size, bytes: slice(archive, place), whole: true })),
    )
  }

  contents(): TreeContents {
    return this.#contents
  }

  read(path: string): SourceText | undefined {
    const place = this.#places.get(path)
    if (!place) return undefined
    if (place.size > MAX_FILE_BYTES) return tooLarge(place.size)
    return decodeSource(this.#kept.get(path) ?? slice(inflate(this.#compressed), place))
  }
}

function isKept(path: string): boolean {
  return path.endsWith('.rs') || path === 'Cargo.toml' || path === 'Cargo.lock'
}

function slice(archive: Buffer, place: TarFile): Buffer {
  return archive.subarray(place.offset, place.offset + place.size)
}

/** gzip's first bytes; what begins so within an archive may be a second one. */
const GZIP = Buffer.from([0x1f, 0x8b, 0x08])

/**
 * Whether one compressed stream follows another: cargo reads the first alone, Node all of them. `compressed` is whole, and was
 * inflated before.
 */
function hasSecondMember(compressed: Buffer): boolean {
  if (compressed.indexOf(GZIP, 1) < 0) return false
  const start = headerEnd(compressed)
  // `info` is known to Node's types for no synchronous function.
  const { engine } = inflateRawSync(compressed.subarray(start), {
    maxOutputLength: MAX_INFLATED_BYTES,
    info: true,
  } as object) as unknown as {
    readonly engine: { readonly bytesWritten: number }
  }
  // Behind the stream are its sum and its size.
  return compressed.length > start + engine.bytesWritten + 8
}

/** Where the header of a gzip stream ends (RFC 1952). */
function headerEnd(bytes: Buffer): number {
  const flags = bytes[3] ?? 0
  let at = 10
  if (flags & 4) at += 2 + bytes.readUInt16LE(at)
  for (const flag of [8, 16]) if (flags & flag) at = bytes.indexOf(0, at) + 1
  return flags & 2 ? at + 2 : at
}
