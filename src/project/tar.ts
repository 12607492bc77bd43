/**
 * Reads a tar archive that is already in memory: names, places and sizes of its files. Synchronous, because a file's text
 * is asked for synchronously later (tar-stream is not). It understands what cargo and its registries write (ustar, GNU long names, pax
 * paths and sizes) and, like cargo, ends at the first empty block. Nothing is written anywhere; links and devices are
 * reported and not followed, and an entry whose name is not plainly inside the root is reported and left out.
 */
import { MAX_TREE_FILES } from './limits.js'

export interface TarFile {
  /** Where the content starts in the archive, in bytes. */
  readonly offset: number
  readonly size: number
}
export interface TarListing {
  /** By path without the root directory. */
  readonly files: ReadonlyMap<string, TarFile>
  /** Entries that were left out, with the reason. */
  readonly problems: readonly string[]
  /** Of these the paths, without the root directory. */
  readonly leftOut: readonly string[]
}

const BLOCK = 512

/**
 * Lists the files below the directory `root` of a tar archive.
 * Throws an Error when the archive is damaged: a checksum or size that does not fit, or too many entries.
 */
export function listTar(archive: Buffer, root: string): TarListing {
  const files = new Map<string, TarFile>()
  const problems: string[] = []
  const leftOut: string[] = []
  let longName: string | undefined
  let pax: ReadonlyMap<string, string> = new Map()
  let entries = 0
  let at = 0
  while (at + BLOCK <= archive.length) {
    const header = archive.subarray(at, at + BLOCK)
    if (isEmpty(header)) break
    if (++entries > MAX_TREE_FILES) throw new Error(`more than ${MAX_TREE_FILES} entries`)
    checkHeader(header, at)
    const type = String.fromCharCode(header[156] ?? 0)
    const extension = type === 'x' || type === 'L' || type === 'K'
    if (extension && !isUstar(header) && !isGnu(header)) throw new Error(`the header at byte ${at} has no format`)
    const size = sizeOf(header, extension ? undefined : pax.get('size'))
    const offset = at + BLOCK
    if (!Number.isSafeInteger(size) || size < 0 || offset + size > archive.length) {
      throw new Error(`an entry at byte ${at} is longer than the archive`)
    }
    at = offset + Math.ceil(size / BLOCK) * BLOCK
    if (type === 'x') pax = paxRecords(archive.subarray(offset, offset + size))
    else if (type === 'L') longName = textField(archive, offset, size)
    else if (!extension) {
      // In this order, as cargo. What is for all files that follow (`g`) takes what was said of the next one, and says nothing.
      const name = longName ?? pax.get('path') ?? headerName(header)
      longName = undefined
      pax = new Map()
      if (type === '5' || type === 'g') continue
      const path = insideRoot(name, root)
      if (path === undefined) {
        // Where `\` is a letter of a name, cargo has that file.
        if (name.startsWith(`${root}/`)) leftOut.push(name.slice(root.length + 1))
        problems.push(`entry ${name} is outside ${root}/ and was left out`)
      } else if (type === '0' || type === '\0' || type === '7') files.set(path, { offset, size })
      else {
        // It takes the place of a file that came before.
        files.delete(path)
        leftOut.push(path)
        problems.push(`entry ${name} is a link or a special file and was left out`)
      }
    }
  }
  return { files, problems, leftOut }
}

/** The path below `root`, when the name is plain: no `..`, no backslash, not absolute. `a//./b` is `a/b`, as it is to cargo. */
function insideRoot(name: string, root: string): string | undefined {
  if (!name.startsWith(`${root}/`)) return undefined
  const parts = name.slice(root.length + 1).split('/')
  const path = parts.filter((part) => part !== '' && part !== '.').join('/')
  return isPlainPath(path) ? path : undefined
}

/** Whether a path with `/` can only name something inside the directory it is relative to. */
export function isPlainPath(path: string): boolean {
  return (
    path !== '' &&
    !path.includes('\\') &&
    !path.includes('\0') &&
    path.split('/').every((part) => part !== '' && part !== '.' && part !== '..')
  )
}

function isEmpty(block: Buffer): boolean {
  return block.every((byte) => byte === 0)
}

function checkHeader(header: Buffer, at: number): void {
  let sum = 0
  for (let i = 0; i < BLOCK; i++) sum += i >= 148 && i < 156 ? 0x20 : (header[i] ?? 0)
  if (sum !== numberField(header, 148, 8)) throw new Error(`the header at byte ${at} is damaged`)
}

/** Octal text, or, with the first bit set, a binary number (GNU, for sizes beyond 8 GB). */
function numberField(header: Buffer, start: number, length: number): number {
  if (((header[start] ?? 0) & 0x80) !== 0) throw new Error('a size is beyond 8 GB')
  const text = textField(header, start, length).trim()
  return text === '' ? 0 : /^[0-7]+$/.test(text) ? Number.parseInt(text, 8) : Number.NaN
}

function textField(buffer: Buffer, start: number, length: number): string {
  const end = buffer.indexOf(0, start)
  return buffer.toString('utf8', start, end < 0 || end > start + length ? start + length : end)
}

const isUstar = (header: Buffer): boolean => header.toString('latin1', 257, 265) === 'ustar\x0000'
const isGnu = (header: Buffer): boolean => header.toString('latin1', 257, 265) === 'ustar  \0'

/** Of two sizes old and new cargo take different ones. */
function sizeOf(header: Buffer, pax: string | undefined): number {
  const own = numberField(header, 124, 12)
  if (pax === undefined) return own
  if (own !== 0 && own !== Number(pax)) throw new Error('an entry has two sizes')
  return Number(pax)
}

function headerName(header: Buffer): string {
  const name = textField(header, 0, 100)
  const prefix = isUstar(header) ? textField(header, 345, 155) : ''
  return prefix === '' ? name : `${prefix}/${name}`
}

/** Records `LENGTH KEY=VALUE\n` of a pax header; LENGTH counts the whole record in bytes. */
function paxRecords(data: Buffer): ReadonlyMap<string, string> {
  const records = new Map<string, string>()
  let at = 0
  while (at < data.length) {
    const space = data.indexOf(0x20, at)
    const length = space < 0 ? Number.NaN : Number(data.toString('latin1', at, space))
    if (!Number.isSafeInteger(length) || length <= space - at || at + length > data.length) {
      throw new Error('a pax header is damaged')
    }
    const record = data.toString('utf8', space + 1, at + length - 1)
    const equals = record.indexOf('=')
    // Readers differ in which one holds.
    if (records.has(record.slice(0, equals))) throw new Error('a pax header says one thing twice')
    if (equals > 0) records.set(record.slice(0, equals), record.slice(equals + 1))
    at += length
  }
  return records
}
