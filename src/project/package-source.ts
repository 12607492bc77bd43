/**
 * Where cargo takes a package from, and what sends it there. Plain data, shown in every report: two packages of one name,
 * version and text are still not the same when one came from somewhere else.
 */

/** The name that cargo gives to the registry of all who name none. */
export const DEFAULT_REGISTRY = 'crates-io'

export interface PackageSource {
  readonly kind: 'path' | 'registry' | 'git' | 'archive'
  /**
   * Of a registry `crates-io`, or the address of its index; of git the repository's address without a reference. Absent
   * for a path and for an archive that was named on the command line.
   */
  readonly url?: string
  /** Of git, what the manifest asks for: `branch=main`, `tag=v1`, `rev=0123abc`; absent for the default branch. */
  readonly reference?: string
  /** Of git, the commit that was read. */
  readonly revision?: string
  /** sha256 of the archive, as the lockfile has it. */
  readonly checksum?: string
  /**
   * Of a path: from the root of the repository that holds the workspace, with `/`; absent when it is outside, since an
   * absolute path would differ between machines.
   */
  readonly directory?: string
  /** What put it in the place of what the dependents ask for. */
  readonly by?: 'patch' | 'replace' | 'paths'
  /** Where the files were read when `[source]` of cargo's configuration replaces the source: same content, other place. */
  readonly from?: ReplacementSource
}

/** A source that `replace-with` leads to. */
export interface ReplacementSource {
  readonly kind: 'directory' | 'local-registry' | 'registry' | 'git'
  /** The address; of a directory its path from the root of the repository, or `outside` when it is not in it. */
  readonly url: string
}

/** One line for a reader, and for comparing: `registry crates-io`, `git ADDRESS?branch=x#COMMIT`, `path crates/a (patch)`. */
export function sourceText(source: PackageSource): string {
  const { kind, url, reference, revision, directory, by, from } = source
  const place = kind === 'path' ? (directory ?? 'outside of the repository') : (url ?? '')
  const at = `${reference === undefined ? '' : `?${reference}`}${revision === undefined ? '' : `#${revision}`}`
  const notes = [by, from && `from ${from.kind} ${from.url}`].filter((note) => note !== undefined)
  return `${kind} ${place}${at}`.trimEnd() + (notes.length > 0 ? ` (${notes.join(', ')})` : '')
}
