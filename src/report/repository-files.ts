/**
 * Which file of the repository shows something: GitHub and editors open files of the repository only, and most packages
 * of an analysis are not in it. A place outside is shown at the manifest of the package that brought it there.
 *
 * It looks at no disk: results say where their packages stand.
 */
import type { Notice, Place } from './notice.js'
import type { AnalysisResult, Repository } from './result.js'

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

/** Where a result's packages stand, for results that are made from it; undefined when it is of no directory. */
export function repositoryFacts({ directory, packages }: AnalysisResult): Repository | undefined {
  if (directory === undefined) return undefined
  return {
    directory,
    packages: packages.flatMap(({ id, directory: own }) => (own === undefined ? [] : [{ id, directory: own }])),
  }
}

/** Without a repository everything is shown at `Cargo.toml`. */
export function repositoryFiles(repository: Repository | undefined): RepositoryFiles {
  const top = repository?.directory ?? '.'
  const directories = new Map(repository?.packages.map(({ id, directory }) => [id, directory]))
  const placeOf = (place: Place): RepositoryPlace | undefined => {
    const directory = directories.get(place.package)
    if (directory === undefined || place.file.split('/').includes('..')) return undefined
    return { file: join(directory, place.file), line: place.line, column: place.column }
  }
  const lastOf = (places: readonly Place[]): RepositoryPlace | undefined =>
    [...places].reverse().flatMap((place) => placeOf(place) ?? [])[0]
  const manifestOf = (packages: readonly string[]): RepositoryPlace | undefined =>
    lastOf(packages.map((id) => ({ package: id, file: 'Cargo.toml', line: 0, column: 0 })))
  return {
    placeOf,
    shownAt({ configured, path, place, via }) {
      if (configured) return { file: join(top, configured.file), line: configured.line, column: 0 }
      const whole = { file: join(top, 'Cargo.toml'), line: 0, column: 0 }
      return lastOf(path) ?? (place && placeOf(place)) ?? manifestOf(via) ?? whole
    },
  }
}

/** A policy may stand above the crate: `../caps.toml`. */
function join(directory: string, file: string): string {
  const parts = directory === '.' ? [] : directory.split('/')
  for (const part of file.split('/')) {
    if (part === '..') parts.pop()
    else if (part !== '.') parts.push(part)
  }
  return parts.join('/')
}
