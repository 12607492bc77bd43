/**
 * Which versions of an older lockfile stay when it is made anew, as cargo keeps them: a dependency stays at the version that its
 * dependent had, else at one that the lockfile has and that fits. Where a member asks for something new that nothing in the
 * lockfile can be, all of that source may change; what was there is then only preferred.
 */
import type { LockedPackage, Lockfile } from './lockfile.js'
import { compareVersions, meetsRequirement } from './version-req.js'
import type { Candidate, WantedPackage } from './version-resolver.js'

export interface KeptVersions {
  /** Whether the older lockfile has a package of that key. */
  has(id: string): boolean
  /** The package that a dependency stays at, if it does. */
  keptFor(wanted: WantedPackage, dependent: Candidate): LockedPackage | undefined
}

/** What stays of a lockfile for members; nothing without one. */
export function keptVersions(previous: Lockfile | undefined, members: readonly Candidate[]): KeptVersions {
  const packages = previous?.packages ?? []
  const byKey = new Map(packages.map((locked) => [locked.key, locked]))
  const loose = packagesThatMayChange(packages, byKey, members)
  const kept = packages.filter(({ key }) => !loose.has(key)).sort((a, b) => compareVersions(a.version, b.version))
  const keptKeys = new Set(kept.map(({ key }) => key))
  return {
    has: (id) => byKey.has(id),
    keptFor(wanted, dependent) {
      const own = keptKeys.has(dependent.id) ? (byKey.get(dependent.id)?.dependencies ?? []) : []
      const had = kept.find((locked) => own.includes(locked.key) && isMeant(wanted, locked))
      return had ?? kept.find((locked) => isMeant(wanted, locked))
    },
  }
}

function packagesThatMayChange(
  packages: readonly LockedPackage[],
  byKey: ReadonlyMap<string, LockedPackage>,
  members: readonly Candidate[],
): ReadonlySet<string> {
  const loose = new Set<string>()
  const loosen = (start: LockedPackage): void => {
    const pending = [start.key]
    for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
      if (loose.has(key)) continue
      loose.add(key)
      pending.push(...(byKey.get(key)?.dependencies ?? []))
    }
  }
  const ids = new Set(members.map(({ id }) => id))
  for (const wanted of members.flatMap(({ dependencies }) => dependencies)) {
    if (ids.has(wanted.from) || packages.some((locked) => isNamed(wanted, locked))) continue
    for (const locked of packages) if (sourceWithoutRevision(locked) === wanted.from) loosen(locked)
  }
  return loose
}

const isMeant = (wanted: WantedPackage, locked: LockedPackage): boolean =>
  isNamed(wanted, locked) && (sourceWithoutRevision(locked) ?? locked.key) === wanted.from.replace(/#.*$/, '')

const isNamed = ({ packageName, requirement }: WantedPackage, { name, version }: LockedPackage): boolean =>
  name === packageName && (requirement === undefined || meetsRequirement(version, requirement))

const sourceWithoutRevision = ({ source }: LockedPackage): string | undefined => source?.replace(/#.*$/, '')
