/**
 * A git revision as a FileView: directories that stand in memory under the path of their repository, so that manifests,
 * members and dependencies by path are found as they are on disk, without a checkout.
 *
 * Links are followed to files inside the revision; what leads elsewhere is left out and noted. Filters and line endings
 * of a checkout are not applied: what is read is what was committed.
 */
import { join, posix, relative, sep } from 'node:path'
import { contentsOf } from './contents.js'
import { type DirectoryTree, isInside } from './directory-tree.js'
import type { FileView } from './file-view.js'
import { type GitFile, readRevision } from './git-objects.js'
import { MAX_LINK_STEPS } from './limits.js'
import { repositoryOf } from './repository.js'
import { decodeSource } from './source-text.js'
import { isPlainPath } from './tar.js'

/** The revision of the repository that a directory stands in; `directory` is a real path. Throws ProjectError. */
export async function viewOfRevision(directory: string, revision: string): Promise<FileView> {
  const top = repositoryOf(directory)
  const { files, submodules } = await readRevision(top, revision)
  const problems = submodules.map((path) => ({ path, why: 'is a submodule and was left out' }))
  const byPath = new Map<string, Uint8Array>()
  const all = new Map(files.map((file) => [file.path, file]))
  for (const file of files) {
    const found = followed(file, all)
    if (!isPlainPath(file.path)) problems.push({ path: file.path, why: 'has no plain name and was left out' })
    else if (found) byPath.set(file.path, found.bytes)
    else problems.push({ path: file.path, why: 'is a link to no file of the revision and was left out' })
  }
  return new RevisionView(top, byPath, problems)
}

function followed(start: GitFile, all: ReadonlyMap<string, GitFile>): GitFile | undefined {
  let file: GitFile | undefined = start
  for (let step = 0; file?.link === true; step++) {
    if (step === MAX_LINK_STEPS) return undefined
    const target = Buffer.from(file.bytes).toString('utf8')
    file = target.startsWith('/') ? undefined : all.get(posix.join(posix.dirname(file.path), target))
  }
  return file
}

interface PathProblem {
  readonly path: string
  readonly why: string
}

class RevisionView implements FileView {
  readonly #top: string
  readonly #files: ReadonlyMap<string, Uint8Array>
  readonly #problems: readonly PathProblem[]
  /** Names of the directories in each directory; that of the top is ''. */
  readonly #directories = new Map<string, Set<string>>([['', new Set()]])

  constructor(top: string, files: ReadonlyMap<string, Uint8Array>, problems: readonly PathProblem[]) {
    this.#top = top
    this.#files = files
    this.#problems = problems
    for (const path of files.keys()) this.#addDirectory(parentOf(path))
  }

  realPath(path: string): string | undefined {
    const inside = this.#inside(path)
    return inside !== undefined && (this.#files.has(inside) || this.#directories.has(inside)) ? path : undefined
  }

  directoriesIn(path: string): readonly string[] {
    return [...(this.#directories.get(this.#inside(path) ?? '..') ?? [])]
  }

  readInside(directory: string, path: string) {
    const bytes = isPlainPath(path) ? this.#files.get(this.#inside(join(directory, path)) ?? '..') : undefined
    return bytes && decodeSource(bytes)
  }

  treeOf(directory: string): DirectoryTree {
    const inside = this.#inside(directory) ?? '..'
    const prefix = inside === '' ? '' : `${inside}/`
    const below = [...this.#files].filter(([path]) => path.startsWith(prefix)).sort(([a], [b]) => (a < b ? -1 : 1))
    const files = below.map(([path, bytes]) => ({
      path: path.slice(prefix.length),
      size: bytes.length,
      bytes,
      whole: true,
    }))
    return {
      tree: {
        files: new Map(files.map(({ path, size }) => [path, size])),
        read: (path) => this.readInside(directory, path),
        contents: () => contentsOf(files),
      },
      problems: this.#problems
        .filter(({ path }) => path.startsWith(prefix))
        .map(({ path, why }) => `${path.slice(prefix.length)} ${why}`),
    }
  }

  /** Relative to the top, with `/`; undefined outside. */
  #inside(path: string): string | undefined {
    return isInside(this.#top, path) ? relative(this.#top, path).split(sep).join('/') : undefined
  }

  #addDirectory(path: string): void {
    if (this.#directories.has(path)) return
    this.#directories.set(path, new Set())
    this.#addDirectory(parentOf(path))
    this.#directories.get(parentOf(path))?.add(posix.basename(path))
  }
}

const parentOf = (path: string): string => (path.includes('/') ? posix.dirname(path) : '')
