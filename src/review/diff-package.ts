/** What is said of one package as such, before and after: which versions, from where, and who depends on whom. */
import { compareText } from '../base/index.js'
import type { Change, PackageDiff } from '../report/diff-result.js'
import type { AnalysisResult, PackageResult } from '../report/result.js'
import type { PackagePair } from './diff-input.js'

/** The head of one package's entry around its changes, which are sorted. */
export function packageDiff(pair: PackagePair, dependents: readonly string[], changes: readonly Change[]): PackageDiff {
  const { old, new: now } = pair
  const [had, has] = [dependencyNames(old), dependencyNames(now)]
  return {
    name: (now ?? old)?.name ?? '',
    change: packageChange(old, now),
    old: packageSide(old),
    new: packageSide(now),
    dependents,
    dependencies: {
      added: [...has].filter((name) => !had.has(name)),
      removed: [...had].filter((name) => !has.has(name)),
    },
    changes,
  }
}

function packageChange(old: PackageResult | undefined, now: PackageResult | undefined): PackageDiff['change'] {
  if (!old) return 'added'
  if (!now) return 'removed'
  if (old.name !== now.name || old.version !== now.version || old.origin !== now.origin) return 'version'
  const digests = old.digest !== undefined && now.digest !== undefined
  return digests && old.digest !== now.digest ? 'content' : 'none'
}

function packageSide(owner: PackageResult | undefined): PackageDiff['new'] {
  if (!owner) return null
  const { id, version, origin, source, local, digest } = owner
  return { id, version, origin, ...(source && { source }), local, digest: digest ?? null }
}

const nameOf = (id: string): string => id.replace(/@\d.*$/, '')

const dependencyNames = (owner: PackageResult | undefined): ReadonlySet<string> =>
  new Set((owner?.dependencies ?? []).map((dependency) => nameOf(dependency.package)).sort(compareText))

/** Names of those that depend on a package directly, by its id. */
export function dependentsOf({ packages }: AnalysisResult): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>()
  for (const { name, dependencies } of packages) {
    for (const { package: id } of dependencies) found.set(id, (found.get(id) ?? new Set()).add(name))
  }
  return new Map([...found].map(([id, names]) => [id, [...names].sort(compareText)]))
}
