/**
 * A lockfile for packages that need nothing but each other: there is nothing for cargo to choose, so samples and small
 * workspaces are read without it.
 */
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { Manifest } from './manifest.js'

export interface ClosedPackage {
  readonly manifest: Manifest
  /** Whether everything starts here, dev-dependencies included. */
  readonly isMember: boolean
  /**
   * The place in the list of what a dependency means; 'missing' for one by a path where nothing is; undefined when it is
   * not among the packages.
   */
  readonly memberOf: (dependency: ManifestDependency) => number | 'missing' | undefined
}

/**
 * The lockfile, or undefined when some dependency is not among the packages. Without `withDev` dev-dependencies from elsewhere
 * are left away: nothing that is looked at hangs on them.
 */
export function closedLockfile(packages: readonly ClosedPackage[], withDev: boolean): Lockfile | undefined {
  const keys = packages.map(({ manifest }) => `${manifest.name} ${manifest.version}`)
  const locked = new Map<number, LockedPackage>()
  const pending = packages.flatMap(({ isMember }, index) => (isMember ? [index] : []))
  for (let index = pending.pop(); index !== undefined; index = pending.pop()) {
    const at = packages[index]
    if (!at || locked.has(index)) continue
    const dependencies = new Set<string>()
    for (const dependency of at.manifest.dependencies) {
      const isDev = dependency.kind === 'dev'
      if (isDev && !at.isMember) continue
      const to = at.memberOf(dependency)
      if (to === 'missing') continue
      if (to === undefined) {
        if (isDev && !withDev) continue
        return undefined
      }
      dependencies.add(keys[to] ?? '')
      pending.push(to)
    }
    const { name, version } = at.manifest
    locked.set(index, { key: keys[index] ?? '', name, version, dependencies: [...dependencies].sort() })
  }
  return { version: 4, packages: [...locked].sort(([a], [b]) => a - b).map(([, one]) => one) }
}
