/**
 * Which package of a path an entry of a lockfile means. Such an entry has no source; cargo takes the only package of a path that
 * has the name, whatever its version, and among several the one of the version. It does not ask who depends on it.
 */
type Named = { readonly name: string; readonly version: string }

/** The version of the package that the entry means; undefined when none is there. `paths`: packages of paths. */
export function versionOfPath(entry: Named, paths: readonly Named[]): string | undefined {
  const versions = new Set(paths.filter(({ name }) => name === entry.name).map(({ version }) => version))
  const [only] = versions
  return versions.size === 1 ? only : versions.has(entry.version) ? entry.version : undefined
}
