/**
 * `paths` of cargo's configuration: packages that stand in for those of their name, whatever their version, after the lockfile
 * is made and without a trace in it. They keep the entry, and so the dependencies, of what they replace.
 */
import { keyOfPath } from './lock-matcher.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { PathPackage } from './path-collection.js'

export interface OverriddenLock {
  readonly lockfile: Lockfile
  /** The package that stands in, by the key of the entry that it keeps. */
  readonly packages: ReadonlyMap<string, PathPackage>
  /** Keys of entries that became one with another, by their own. */
  readonly merged: ReadonlyMap<string, string>
}

/** The lockfile with what the overrides put in it; members are never replaced. */
export function overrideLock(
  lockfile: Lockfile,
  overrides: readonly PathPackage[],
  isMember: (locked: LockedPackage) => boolean,
): OverriddenLock {
  const packages = new Map<string, PathPackage>()
  const merged = new Map<string, string>()
  const firsts = new Map<string, string>()
  const out: LockedPackage[] = []
  for (const locked of lockfile.packages) {
    const found = isMember(locked) ? undefined : overrides.find(({ manifest }) => manifest.name === locked.name)
    if (!found) {
      out.push(locked)
      continue
    }
    const first = firsts.get(keyOfPath(found))
    if (first !== undefined) {
      merged.set(locked.key, first)
      continue
    }
    firsts.set(keyOfPath(found), locked.key)
    packages.set(locked.key, found)
    const { key, name, dependencies } = locked
    out.push({ key, name, version: found.manifest.version, dependencies })
  }
  return { lockfile: { ...lockfile, packages: out }, packages, merged }
}
