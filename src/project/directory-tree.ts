/**
 * A directory on disk as a SourceTree, jailed: symbolic links are followed only to what stands inside the directory.
 * `files` leaves out version control and build output, which no crate is compiled from; `read` looks at the disk again,
 * so that a module with an odd `#[path]` into them is still found.
 */
import { closeSync, fstatSync, openSync, readdirSync, readFileSync, readSync, realpathSync, statSync } from 'node:fs'
import { join, resolve, sep } from 'node:path'
import { codeOf, compareText, messageOf } from '../base/index.js'
import { contentsOf, type FileBytes } from './contents.js'
import { FORMAT_BYTES } from './file-format.js'
import { MAX_ARCHIVE_BYTES, MAX_CONTENTS_BYTES, MAX_FILE_BYTES, MAX_TREE_DEPTH, MAX_TREE_FILES } from './limits.js'
import { decodeSource, tooLarge } from './source-text.js'
import { isPlainPath } from './tar.js'
import type { SourceText, SourceTree, TreeContents } from './workspace.js'

export interface DirectoryTree {
  readonly tree: SourceTree
  /** What was left out, with the reason. */
  readonly problems: readonly string[]
}

/** Lists a directory. Directories that cannot be listed are noted in `problems`. Throws when `root` itself is none. */
export function readDirectoryTree(root: string): DirectoryTree {
  const realRoot = realpathSync(root)
  const found = new Map<string, number>()
  const problems: string[] = []
  const leftOut: string[] = []
  const links: string[] = []
  walk({ realRoot, found, problems, leftOut, links, looked: 0, open: new Set() }, realRoot, '', 0)
  const files = new Map([...found].sort(([a], [b]) => compareText(a, b)))
  const tree = {
    files,
    leftOut,
    links,
    read: (path: string) => readFileInside(realRoot, path),
    contents: () => contentsInside(realRoot, files),
  }
  return { tree, problems }
}

/** Undefined when there is too much, or a file cannot be read. */
function contentsInside(realRoot: string, files: ReadonlyMap<string, number>): TreeContents | undefined {
  const total = [...files.values()].reduce((sum, size) => sum + Math.min(size, MAX_FILE_BYTES), 0)
  if (total > MAX_CONTENTS_BYTES) return undefined
  try {
    return contentsOf(bytesInside(realRoot, files.keys()))
  } catch {
    return undefined
  }
}

function* bytesInside(realRoot: string, paths: Iterable<string>): Generator<FileBytes> {
  for (const path of paths) {
    const place = lookAt(realRoot, resolve(realRoot, path))
    if (place === undefined || place === 'outside' || place.kind !== 'file') throw new Error(`${path} is gone`)
    const whole = place.size <= MAX_FILE_BYTES
    yield { path, size: place.size, bytes: whole ? readBounded(place.real) : readBeginning(place.real), whole }
  }
}

function readBeginning(path: string): Uint8Array {
  const file = openSync(path, 'r')
  try {
    const bytes = new Uint8Array(FORMAT_BYTES)
    return bytes.subarray(0, readSync(file, bytes))
  } finally {
    closeSync(file)
  }
}

/** Whether a real path is the directory or below it. Both must be absolute and free of links. */
export function isInside(directory: string, path: string): boolean {
  return path === directory || path.startsWith(directory.endsWith(sep) ? directory : directory + sep)
}

interface Walk {
  readonly realRoot: string
  readonly found: Map<string, number>
  readonly problems: string[]
  readonly leftOut: string[]
  readonly links: string[]
  /** Everything looked at, directories too: links between directories can make a few into very many. */
  looked: number
  /** The directories that the walk is in now: a link back to one of them would never end. */
  readonly open: Set<string>
}

function walk(state: Walk, directory: string, prefix: string, depth: number): void {
  if (depth > MAX_TREE_DEPTH) {
    state.leftOut.push(prefix.replace(/\/$/, ''))
    state.problems.push(`${prefix} is nested too deeply and was left out`)
    return
  }
  let entries: readonly string[]
  try {
    entries = readdirSync(directory).sort()
  } catch (thrown) {
    if (prefix !== '') state.leftOut.push(prefix.slice(0, -1))
    state.problems.push(`${prefix === '' ? 'the directory' : prefix} cannot be listed: ${messageOf(thrown)}`)
    return
  }
  state.open.add(directory)
  for (const name of entries) {
    const path = prefix + name
    if (isLeftOut(directory, name)) continue
    if (++state.looked > MAX_TREE_FILES) {
      if (state.looked === MAX_TREE_FILES + 1)
        state.problems.push(`more than ${MAX_TREE_FILES} files; those from ${path} on were left out`)
      return
    }
    const place = lookAt(state.realRoot, join(directory, name))
    const leave = (why: string): void => {
      state.leftOut.push(path)
      state.problems.push(`${path} is ${why} and was left out`)
    }
    if (place === 'outside') leave('a link that leads outside')
    else if (place?.kind === 'directory' && state.open.has(place.real)) {
      leave('a link to a directory that it stands in')
    } else if (place?.kind === 'directory') {
      if (place.real !== join(directory, name)) state.links.push(path)
      walk(state, place.real, `${path}/`, depth + 1)
    } else if (place?.kind === 'file' && isPlainPath(path)) state.found.set(path, place.size)
    else leave('not a readable file')
  }
  state.open.delete(directory)
}

/** Version control's own data, and directories that cargo marks as build output. */
function isLeftOut(directory: string, name: string): boolean {
  if (name === '.git' || name === '.hg' || name === '.svn') return true
  if (name !== 'target') return false
  try {
    return statSync(join(directory, name, 'CACHEDIR.TAG')).isFile()
  } catch {
    return false
  }
}

type Place = { readonly kind: 'file' | 'directory' | 'other'; readonly real: string; readonly size: number }

function lookAt(realRoot: string, path: string): Place | 'outside' | undefined {
  try {
    const real = realpathSync(path)
    if (!isInside(realRoot, real)) return 'outside'
    const stat = statSync(real)
    return { kind: stat.isFile() ? 'file' : stat.isDirectory() ? 'directory' : 'other', real, size: stat.size }
  } catch {
    return undefined
  }
}

/**
 * The text of one file of a directory; undefined when there is none, or it is a link that leads outside. `realRoot` must be
 * absolute and free of links.
 */
export function readFileInside(realRoot: string, path: string): SourceText | undefined {
  if (!isPlainPath(path)) return undefined
  const place = lookAt(realRoot, resolve(realRoot, path))
  if (place === undefined || place === 'outside' || place.kind !== 'file') return undefined
  if (place.size > MAX_FILE_BYTES) return tooLarge(place.size)
  try {
    return decodeSource(readBounded(place.real))
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return undefined
    return { text: '', problem: `cannot be read: ${messageOf(thrown)}` }
  }
}

/** The bytes of one file of a directory, as `readFileInside`. Throws an Error when it is beyond the limit of an archive. */
export function readBytesInside(realRoot: string, path: string): Buffer | undefined {
  if (!isPlainPath(path)) return undefined
  const place = lookAt(realRoot, resolve(realRoot, path))
  if (place === undefined || place === 'outside' || place.kind !== 'file') return undefined
  return readBounded(place.real, MAX_ARCHIVE_BYTES)
}

/** The size is asked again of the open file: a file that grew since must not get past the limit. */
function readBounded(path: string, limit = MAX_FILE_BYTES): Buffer {
  const file = openSync(path, 'r')
  try {
    const { size } = fstatSync(file)
    if (size > limit) throw new Error(`it has ${size} bytes, the limit is ${limit}`)
    return readFileSync(file)
  } finally {
    closeSync(file)
  }
}
