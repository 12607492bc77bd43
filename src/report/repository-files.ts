/**
 * Which file of the repository shows something: GitHub and editors open files of the repository only, and most packages
 * of an analysis are not in it. A place outside is shown at the manifest of the package that brought it there.
 *
 * It looks at no disk: the result says where its packages stand (`PackageResult.directory`).
 */
import type { Notice, Place } from './notice.js'
import type { AnalysisResult, PackageResult } from './result.js'

export interface RepositoryPlace {
  /** Relative to the repository, with `/`. */
  readonly file: string
  /** From 1; 0 when the whole file is meant. */
  readonly line: number
  readonly column: number
}

export interface RepositoryFiles {
  /** Undefined when the package is not in the repository, or the file would lead out of the package. */
  placeOf(place: Place): RepositoryPlace | undefined
  /** Where to show a notice, whatever it is about. */
  shownAt(notice: Notice): RepositoryPlace
}

/** @param base directory of the crate in the repository, which a policy's file name is relative to; guessed from the members */
export function repositoryFiles(packages: AnalysisResult['packages'], base?: string): RepositoryFiles {
  const directories = new Map(
    packages.flatMap(({ id, directory }) => (directory === undefined ? [] : [[id, directory]])),
  )
  const manifests = manifestsByPackage(packages, directories)
  const root = base ?? commonDirectory(packages)
  const placeOf = (place: Place): RepositoryPlace | undefined => {
    const directory = directories.get(place.package)
    if (directory === undefined || place.file.split('/').includes('..')) return undefined
    return { file: join(directory, place.file), line: place.line, column: place.column }
  }
  return {
    placeOf,
    shownAt(notice) {
      const { configured, place, path, package: id } = notice
      if (configured) return { file: join(root, configured.file), line: configured.line, column: 0 }
      const own = [...path].reverse().flatMap((step) => placeOf(step) ?? [])[0]
      const file = manifests.get(id ?? '') ?? join(root, 'Cargo.toml')
      return own ?? (place && placeOf(place)) ?? { file, line: 0, column: 0 }
    },
  }
}

const join = (directory: string, file: string): string => (directory === '.' ? file : `${directory}/${file}`)

/** For every package the manifest of the nearest package in the repository that depends on it, itself before all. */
function manifestsByPackage(
  packages: AnalysisResult['packages'],
  directories: ReadonlyMap<string, string>,
): ReadonlyMap<string, string> {
  const byId = new Map(packages.map((owner) => [owner.id, owner]))
  const found = new Map([...directories].map(([id, directory]) => [id, join(directory, 'Cargo.toml')]))
  const pending = [...found.keys()]
  for (let id = pending.shift(); id !== undefined; id = pending.shift()) {
    for (const { package: to } of byId.get(id)?.dependencies ?? []) {
      if (found.has(to)) continue
      found.set(to, found.get(id) as string)
      pending.push(to)
    }
  }
  return found
}

/** The innermost directory that holds all that was asked for: the workspace's, as far as a result tells. */
function commonDirectory(packages: readonly PackageResult[]): string {
  const parts = packages
    .flatMap(({ local, directory }) => (local && directory !== undefined ? [directory] : []))
    .map((directory) => (directory === '.' ? [] : directory.split('/')))
  const [first, ...others] = parts
  if (!first) return '.'
  const differs = first.findIndex((part, index) => others.some((other) => other[index] !== part))
  return (differs < 0 ? first : first.slice(0, differs)).join('/') || '.'
}
