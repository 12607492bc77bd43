/**
 * Build output that is part of the repository. Cargo takes what lies in its target directory for what it built itself, as long
 * as the records there (`.fingerprint`, `.rustc_info.json`) say so: after a checkout they do, and the program that stands
 * there is run, whatever the source says. Nobody can look into such a program, so it is code that was not analyzed.
 *
 * Only tracked files count: what a build here left behind is on this machine alone. Directories that the environment names
 * (`CARGO_TARGET_DIR`) are the machine's.
 */
import { isAbsolute, join, relative, resolve, sep } from 'node:path'
import { isInside } from './directory-tree.js'
import { DISK, type FileView } from './file-view.js'
import { readIndex } from './git/index-file.js'
import { gitDirectoryOf, repositoryPlaces } from './git/places.js'

/** Names by which cargo knows its own output, at the depths where they stand: `debug/.fingerprint`, `TRIPLE/release/…`. */
const RECORDS: ReadonlySet<string> = new Set(['.fingerprint', '.rustc_info.json', 'CACHEDIR.TAG'])
const RECORD_DEPTH = 3

export interface OutputPlaces {
  readonly view: FileView
  /** Real path of the workspace. */
  readonly root: string
  /** Real path. */
  readonly repository: string
  /** As the configuration writes them, from the workspace: `build.target-dir`, `build.build-dir`. */
  readonly directories: readonly string[]
}

/** Directories of output, from the top of the repository, that are committed or staged. */
export function committedOutput({ view, root, repository, directories }: OutputPlaces): readonly string[] {
  const places = ['target', ...directories].map((path) => (isAbsolute(path) ? path : resolve(root, path)))
  const has = view === DISK ? trackedIn(repository) : (directory: string) => hasRecords(view, directory, RECORD_DEPTH)
  return [...new Set(places)].flatMap((path) => {
    const real = view.realPath(path)
    if (real === undefined || !isInside(repository, real) || !has(real)) return []
    return [relative(repository, real).split(sep).join('/')]
  })
}

function hasRecords(view: FileView, directory: string, depth: number): boolean {
  if ([...RECORDS].some((name) => view.realPath(join(directory, name)) !== undefined)) return true
  if (depth === 1) return false
  const below = [...view.directoriesIn(directory), ...view.linksIn(directory)]
  return below.some((name) => hasRecords(view, join(directory, name), depth - 1))
}

/** On disk, what git tracks; nothing without a repository of git's. With an index that nobody can read, whatever is there. */
function trackedIn(repository: string): (directory: string) => boolean {
  if (gitDirectoryOf(repository) === undefined) return () => false
  let known: { readonly paths: readonly string[] | undefined } | undefined
  return (directory) => {
    known ??= { paths: indexPaths(repository) }
    const { paths } = known
    if (!paths) return hasRecords(DISK, directory, RECORD_DEPTH)
    const prefix = `${relative(repository, directory).split(sep).join('/')}/`
    return paths.some((path) => {
      if (!path.startsWith(prefix)) return false
      const parts = path.slice(prefix.length).split('/')
      return parts.slice(0, RECORD_DEPTH).some((part) => RECORDS.has(part))
    })
  }
}

function indexPaths(repository: string): readonly string[] | undefined {
  try {
    return readIndex(repositoryPlaces(repository)).entries.map(({ path }) => path)
  } catch {
    return undefined
  }
}
