/**
 * A git revision, or what is staged, as a FileView: its directories stand under the path of their repository, so that
 * manifests, members, configuration, vendored and path packages are found as they are on disk, without a checkout.
 *
 * Links are followed as on disk, inside of what they may not lead out of. Filters and line endings of a checkout are not
 * applied: what is read is what was committed, and attributes that would change it are told.
 */
import { join, posix, relative, resolve, sep } from 'node:path'
import { compareText, ProjectError } from '../base/index.js'
import { contentsOf, type FileBytes } from './contents.js'
import { type DirectoryTree, isInside } from './directory-tree.js'
import { type Absence, DISK, type FileView } from './file-view.js'
import { checkoutAttributes, encodedByAttributes } from './git/attributes.js'
import { isIgnored } from './git/ignored.js'
import { readIndex } from './git/index-file.js'
import { ObjectStore } from './git/object-store.js'
import { findIn, isBelow, LEADS_OUT } from './git/paths.js'
import { type GitPlaces, repositoryPlaces } from './git/places.js'
import { commitOf } from './git/revisions.js'
import { type GitDirectory, type GitFile, treeOfIndex, treeOfRevision } from './git/tree.js'
import { TreeWalk } from './git/walk.js'
import { MAX_ARCHIVE_BYTES, MAX_CONTENTS_BYTES, MAX_FILE_BYTES } from './limits.js'
import { decodeSource, tooLarge } from './source-text.js'
import { isPlainPath } from './tar.js'

/** What lies outside of the repository: the disk's as it is now, or not known, since a revision says nothing of it. */
type Beside = 'disk' | 'unknown'

/** The revision of the repository that a directory stands in; `directory` is a real path. Throws ProjectError. */
export function viewOfRevision(directory: string, revision: string, beside: Beside = 'unknown'): FileView {
  const store = new ObjectStore(repositoryPlaces(directory))
  const root = treeOfRevision(store, commitOf(store, revision))
  return new GitView({ places: store.places, root, name: `the revision ${revision}`, beside, notes: [] })
}

/** The name of the commit that a revision means in the repository of a directory. Throws ProjectError. */
export function commitOfRevision(directory: string, revision: string): string {
  return commitOf(new ObjectStore(repositoryPlaces(directory)), revision)
}

/** What the next commit in the repository of a directory would hold. Throws ProjectError. */
export function viewOfIndex(directory: string): FileView {
  const store = new ObjectStore(repositoryPlaces(directory))
  const { entries, announced } = readIndex(store.places)
  const notes = announced.map((path) => ({ path, why: 'is announced with `git add -N`, not staged, and was left out' }))
  const root = treeOfIndex(store, entries)
  return new GitView({ places: store.places, root, name: 'what is staged', beside: 'disk', notes })
}

interface GitState {
  readonly places: GitPlaces
  readonly root: GitDirectory
  readonly name: string
  readonly beside: Beside
  /** What was left out before there was a tree. */
  readonly notes: readonly { readonly path: string; readonly why: string }[]
}

class GitView implements FileView {
  readonly name: string
  readonly #places: GitPlaces
  readonly #top: string
  readonly #root: GitDirectory
  readonly #beside: Beside
  readonly #notes: GitState['notes']
  /** By directory, from the top: which files its attributes give another encoding. */
  readonly #encoded = new Map<string, (path: string) => boolean>()
  /** Paths that the index has now. */
  #tracked: readonly string[] | undefined

  constructor({ places, root, name, beside, notes }: GitState) {
    this.name = name
    this.#places = places
    this.#top = places.top
    this.#root = root
    this.#beside = beside
    this.#notes = notes
  }

  realPath(path: string): string | undefined {
    const inside = this.#inside(path)
    if (inside === undefined) return this.#beside === 'disk' ? DISK.realPath(path) : undefined
    const found = findIn(this.#root, inside)
    return 'node' in found ? join(this.#top, found.path) : undefined
  }

  absence(path: string): Absence | undefined {
    const inside = this.#inside(path)
    if (inside === undefined) {
      if (this.#beside === 'disk') return DISK.absence(path)
      return { kind: 'outside', why: `is outside of the repository: what it was at ${this.name} is not known` }
    }
    const found = findIn(this.#root, inside)
    if ('node' in found) return undefined
    if (found.absent.kind !== 'missing' || DISK.realPath(path) === undefined) return found.absent
    if (this.#isTracked(inside)) return { kind: 'other', why: `is on disk, and no part of ${this.name}` }
    const textOf = (file: string) => this.readInside(this.#top, file)?.text
    return isIgnored(this.#places, inside, textOf)
      ? { kind: 'ignored', why: `is on disk, ignored by git, and no part of ${this.name}` }
      : { kind: 'untracked', why: `is on disk, not tracked by git, and no part of ${this.name}` }
  }

  /** Whether the next commit would hold it, or something below it. */
  #isTracked(path: string): boolean {
    this.#tracked ??= trackedPaths(this.#places)
    return this.#tracked.some((tracked) => tracked === path || tracked.startsWith(`${path}/`))
  }

  directoriesIn(path: string): readonly string[] {
    const inside = this.#inside(path)
    if (inside === undefined) return this.#beside === 'disk' ? DISK.directoriesIn(path) : []
    const found = findIn(this.#root, inside)
    if (!('node' in found) || found.node.k !== 'directory') return []
    return [...found.node.children()].flatMap(([name, { k }]) => (k === 'directory' || k === 'module' ? [name] : []))
  }

  isLink(path: string): boolean {
    const inside = this.#inside(path)
    if (inside === undefined) return this.#beside === 'disk' && DISK.isLink(path)
    const above = findIn(this.#root, posix.dirname(inside))
    return (
      'node' in above && above.node.k === 'directory' && above.node.children().get(posix.basename(inside))?.k === 'link'
    )
  }

  filesIn(path: string): readonly string[] {
    const inside = this.#inside(path)
    if (inside === undefined) return this.#beside === 'disk' ? DISK.filesIn(path) : []
    const found = findIn(this.#root, inside)
    if (!('node' in found) || found.node.k !== 'directory') return []
    return [...found.node.children()].flatMap(([name, { k }]) => (k === 'file' ? [name] : []))
  }

  linksIn(path: string): readonly string[] {
    const inside = this.#inside(path)
    if (inside === undefined) return this.#beside === 'disk' ? DISK.linksIn(path) : []
    const found = findIn(this.#root, inside)
    if (!('node' in found) || found.node.k !== 'directory') return []
    return [...found.node.children()].flatMap(([name, { k }]) => {
      if (k !== 'link') return []
      const target = findIn(this.#root, posix.join(inside, name))
      // Outside of the repository there may be a directory.
      const mayBeOne = 'node' in target ? target.node.k === 'directory' : target.absent === LEADS_OUT
      return mayBeOne ? [name] : []
    })
  }

  readInside(directory: string, path: string) {
    if (!this.#isOurs(directory)) return DISK.readInside(directory, path)
    const file = this.#fileInside(directory, path)
    if (!file || !this.#isEncoded(posix.join(this.#inside(directory) ?? '', path))) return file && textOfFile(file)
    return {
      text: '',
      problem: 'has another encoding in a checkout (working-tree-encoding): cargo compiles other bytes',
    }
  }

  /** By attributes of the directories that a file stands in; `path`: from the top. */
  #isEncoded(path: string): boolean {
    const parts = path.split('/')
    return parts.some((_, depth) => {
      const directory = parts.slice(0, depth).join('/')
      const known = this.#encoded.get(directory) ?? this.#encodedIn(directory)
      this.#encoded.set(directory, known)
      return known(parts.slice(depth).join('/'))
    })
  }

  #encodedIn(directory: string): (path: string) => boolean {
    const found = findIn(this.#root, posix.join(directory, ATTRIBUTES))
    return 'node' in found && found.node.k === 'file' ? encodedByAttributes(textOfFile(found.node).text) : () => false
  }

  bytesInside(directory: string, path: string) {
    if (!this.#isOurs(directory)) return DISK.bytesInside(directory, path)
    const file = this.#fileInside(directory, path)
    return file && Buffer.from(file.store.read(file.oid, 'blob', MAX_ARCHIVE_BYTES))
  }

  treeOf(directory: string): DirectoryTree {
    if (!this.#isOurs(directory)) {
      const { tree, problems } = DISK.treeOf(directory)
      return {
        tree,
        problems: [...problems, `stands outside of the repository: read as it is on disk, not at ${this.name}`],
      }
    }
    const inside = this.#inside(directory) ?? ''
    const found = findIn(this.#root, inside)
    if (!('node' in found) || found.node.k !== 'directory') {
      throw new ProjectError(
        `There is no directory ${inside} in ${this.name}`,
        'absent' in found ? `it ${found.absent.why}` : 'it is a file there',
        'Check the path.',
      )
    }
    const walk = new TreeWalk(found.path, this.#root)
    walk.directory(found.node, found.path, '', 0)
    const files = new Map([...walk.files].sort(([a], [b]) => compareText(a, b)))
    const sizes = new Map([...files].map(([path, { store, oid }]) => [path, store.sizeOf(oid)]))
    return {
      tree: {
        files: sizes,
        leftOut: walk.leftOut,
        links: walk.links,
        read: (path) => this.readInside(directory, path),
        contents: () => {
          const total = [...sizes.values()].reduce((sum, size) => sum + Math.min(size, MAX_FILE_BYTES), 0)
          return total > MAX_CONTENTS_BYTES ? undefined : contentsOf(bytesOf(files, sizes))
        },
      },
      problems: [...walk.problems, ...this.#attributeProblems(found.path, files), ...this.#notesBelow(found.path)],
    }
  }

  #notesBelow(directory: string): readonly string[] {
    const prefix = directory === '' ? '' : `${directory}/`
    return this.#notes.flatMap(({ path, why }) =>
      path.startsWith(prefix) ? [`${path.slice(prefix.length)} ${why}`] : [],
    )
  }

  /** Attributes of the directory, those above it, and those below it. */
  #attributeProblems(directory: string, files: ReadonlyMap<string, GitFile>): readonly string[] {
    const parts = directory === '' ? [] : directory.split('/')
    const above = parts.map((_, depth) => [...parts.slice(0, depth), ATTRIBUTES].join('/'))
    const found: (readonly [string, GitFile])[] = above.flatMap((path) => {
      const file = findIn(this.#root, path)
      return 'node' in file && file.node.k === 'file' ? [[`${ATTRIBUTES} of the repository`, file.node] as const] : []
    })
    for (const [path, file] of files) if (posix.basename(path) === ATTRIBUTES) found.push([path, file])
    return found.flatMap(([path, file]) =>
      checkoutAttributes(textOfFile(file).text).map(
        ({ line, attribute }) =>
          `${path}:${line} has ${attribute}: a checkout may hold other bytes than what was committed, which was read`,
      ),
    )
  }

  #isOurs(directory: string): boolean {
    return this.#beside === 'unknown' || this.#inside(directory) !== undefined
  }

  #fileInside(directory: string, path: string): GitFile | undefined {
    const base = this.#inside(directory)
    if (base === undefined || !isPlainPath(path)) return undefined
    const found = findIn(this.#root, posix.join(base, path))
    if (!('node' in found) || found.node.k === 'directory') return undefined
    const start = findIn(this.#root, base)
    return 'node' in start && isBelow(start.path, found.path) ? found.node : undefined
  }

  /** Relative to the top, with `/`, '' for the top; undefined outside. */
  #inside(path: string): string | undefined {
    const full = resolve(path)
    return isInside(this.#top, full) ? relative(this.#top, full).split(sep).join('/') : undefined
  }
}

/** None when the index cannot be read, which is no matter of a revision. */
function trackedPaths(places: GitPlaces): readonly string[] {
  try {
    return readIndex(places).entries.map(({ path }) => path)
  } catch {
    return []
  }
}

const ATTRIBUTES = '.gitattributes'

function textOfFile({ store, oid }: GitFile) {
  const size = store.sizeOf(oid)
  return size > MAX_FILE_BYTES ? tooLarge(size) : decodeSource(store.read(oid, 'blob', MAX_FILE_BYTES))
}

function* bytesOf(files: ReadonlyMap<string, GitFile>, sizes: ReadonlyMap<string, number>): Generator<FileBytes> {
  for (const [path, { store, oid }] of files) {
    const size = sizes.get(path) ?? 0
    const whole = size <= MAX_FILE_BYTES
    yield { path, size, bytes: whole ? store.read(oid, 'blob', MAX_FILE_BYTES) : store.beginningOf(oid), whole }
  }
}
