/**
 * A lockfile for packages that need nothing but each other: there is nothing for cargo to choose, so samples and small
 * workspaces are read without it.
 */
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { Manifest } from './manifest.js'

export interface ClosedMember {
  readonly manifest: Manifest
  /** The place in the list of what a dependency by path names; undefined when it is not by path. */
  readonly memberOf: (dependency: ManifestDependency) => number | undefined
}

/** The lockfile, or undefined when some dependency is not among the members. */
export function closedLockfile(members: readonly ClosedMember[], withDev: boolean): Lockfile | undefined {
  const keys = members.map(({ manifest }) => `${manifest.name} ${manifest.version}`)
  const packages: LockedPackage[] = []
  for (const [index, { manifest, memberOf }] of members.entries()) {
    const dependencies = new Set<string>()
    for (const dependency of manifest.dependencies) {
      if (dependency.kind === 'dev' && !withDev) continue
      const key = keys[memberOf(dependency) ?? -1]
      if (key === undefined) return undefined
      dependencies.add(key)
    }
    const { name, version } = manifest
    packages.push({ key: keys[index] ?? '', name, version, dependencies: [...dependencies].sort() })
  }
  return { version: 4, packages }
}
