/**
 * `paths` of cargo's configuration: packages that stand in for those of their name, whatever their version, after the lockfile
 * is made and without a trace in it. Where the lockfile has all that they need they keep the entry of what they replace;
 * else versions are chosen once more from what this machine has, as cargo does, which writes that down nowhere.
 */
import { ProjectError } from '../base/index.js'
import type { ManifestDependency } from './dependency-tables.js'
import { type FittedLock, resolveRequest } from './directory-lock.js'
import { keyOfPath, type LockMatcher } from './lock-matcher.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import { lockKey } from './offline-candidates.js'
import type { LoadOptions } from './options.js'
import type { PathPackage } from './path-collection.js'
import type { PathWorkspace } from './path-packages.js'
import { OVERRIDING, resolveOffline } from './resolve-offline.js'
import { rootFeatures } from './root-features.js'
import type { SourcePlaces } from './sources.js'
import { wishOf } from './version-resolver.js'

export interface OverriddenLock {
  readonly lockfile: Lockfile
  /** What dependencies mean in it, those on what is overridden left aside. */
  readonly matcher: LockMatcher
  /** The package of a path that an entry stands for. */
  readonly packageOf: (key: string) => PathPackage | undefined
  /** The entry that every dependency on a package of that name means. */
  readonly overriding: ReadonlyMap<string, LockedPackage>
  /** The key of what a dependency of that entry was chosen to mean, where versions were chosen just now. */
  readonly meant?: (dependency: ManifestDependency, key: string) => string | undefined
  /** What is to be said of it. */
  readonly problems: readonly string[]
}

/** What is built, and with which features, when versions have to be chosen once more. */
export interface OverrideRequest {
  readonly workspace: PathWorkspace
  readonly picked: readonly PathPackage[]
  readonly options: LoadOptions
  readonly places: SourcePlaces
}

/** The lockfile with what the overrides put in it. Throws ProjectError where what they need is not on this machine. */
export function overrideLock(request: OverrideRequest, lock: FittedLock): OverriddenLock {
  const { overrides, packages } = request.workspace
  const { lockfile, matcher, fit } = lock
  const names = new Set(overrides.map(({ manifest }) => manifest.name))
  if (!lockfile.packages.some(({ name }) => names.has(name)))
    return { lockfile, matcher, packageOf: (key) => fit.paths.get(key), overriding: new Map(), problems: [] }
  const members = [...packages.values()].filter((one) => one.isMember && names.has(one.manifest.name))
  // A member is built all the same, beside what stands in for it where it is depended on.
  const isOpen = members.length > 0 || hangsOnPatches(names, lock)
  const kept = isOpen ? undefined : replacedInPlace(overrides, lock)
  return kept ?? chosenAnew(request, lock)
}

/**
 * Whether what a patch brings asks for a name that is overridden, and the lockfile is new: cargo does not hold what it read of
 * patches against that, so that it may find several that could be meant, where it ends.
 */
function hangsOnPatches(names: ReadonlySet<string>, { lockfile, fit, isNew }: FittedLock): boolean {
  if (!isNew) return false
  const overridden = new Set(lockfile.packages.flatMap(({ key, name }) => (names.has(name) ? [key] : [])))
  return lockfile.packages.some(
    ({ key, dependencies }) => fit.patched.has(key) && dependencies.some((to) => overridden.has(to)),
  )
}

/** Undefined when an override needs what the lockfile does not have. */
function replacedInPlace(
  overrides: readonly PathPackage[],
  { lockfile, matcher, fit }: FittedLock,
): OverriddenLock | undefined {
  const standing = new Map<string, PathPackage>()
  const overriding = new Map<string, LockedPackage>()
  const out: LockedPackage[] = []
  const all = lockfile.packages.map(({ key }) => key)
  for (const locked of lockfile.packages) {
    const found = overrides.find(({ manifest }) => manifest.name === locked.name)
    if (!found) out.push(locked)
    if (!found || overriding.has(locked.name)) continue
    const { key, name } = locked
    const dependencies = new Set<string>()
    // cargo does not look at what the replaced one had: any locked package that is meant will do, the lowest first.
    const dependent = { locked: { ...locked, dependencies: all }, path: found, isNew: true }
    for (const dependency of found.manifest.dependencies) {
      if (dependency.kind === 'dev') continue
      const match = matcher.match(dependency, dependent)
      // Where an override and a patch both stand for it, whether cargo ends there hangs on features.
      if (!match || (match.patch && overrides.some(({ manifest }) => manifest.name === match.locked.name)))
        return undefined
      dependencies.add(match.locked.key)
    }
    const entry = { key, name, version: found.manifest.version, dependencies: [...dependencies] }
    standing.set(key, found)
    overriding.set(name, entry)
    out.push(entry)
  }
  const overridden = { ...lockfile, packages: out }
  const packageOf = (key: string) => standing.get(key) ?? fit.paths.get(key)
  return { lockfile: overridden, matcher: matcher.over(overridden), packageOf, overriding, problems: [] }
}

function chosenAnew(
  { workspace, picked, options, places }: OverrideRequest,
  { lockfile, matcher, fit, isNew, previous }: FittedLock,
): OverriddenLock {
  const { overrides, resolver, named, raw } = workspace
  const list = [...workspace.packages.values()]
  const placeOf = new Map(list.map((one, place) => [String(place), one]))
  const idOf = (found: PathPackage): string => String(list.indexOf(found))
  const isVirtual = !(raw.package ?? raw.project)
  const current = resolver === 1 && !isVirtual && named ? idOf(named) : undefined
  const manifestOf = (id: string) => placeOf.get(id)?.manifest
  const asked = rootFeatures(picked.map(idOf), manifestOf, options, current)
  const features = new Map(
    asked.map((one) => {
      const declared = [...(manifestOf(one.id)?.features.keys() ?? [])]
      const own = one.all ? declared : one.default ? declared.filter((name) => name === 'default') : []
      return [Number(one.id), [...own, ...one.features]] as const
    }),
  )
  const ofPatches = isNew ? previous : lockfile
  const overriding = { overrides: overrides.map((one) => list.indexOf(one)), features, ofPatches }
  const made = resolveOffline({ ...resolveRequest(workspace, lockfile), overriding }, places)
  const keyOf = ({ manifest }: PathPackage) => lockKey(manifest.name, manifest.version, OVERRIDING)
  const standing = new Map([...overrides].reverse().map((one) => [keyOf(one), one]))
  requireDistinct(made.lockfile, standing)
  const others = new Map(list.map((one) => [keyOfPath(one), one]))
  const names = [...new Set(overrides.map(({ manifest }) => manifest.name))].join(', ')
  const problem = `\`paths\` of the configuration puts other packages in the place of ${names}, which need what Cargo.lock does not have: versions were chosen among those on this machine`
  return {
    lockfile: made.lockfile,
    matcher: matcher.over(made.lockfile),
    packageOf: (key) => standing.get(key) ?? fit.paths.get(key) ?? others.get(key),
    overriding: new Map(made.lockfile.packages.flatMap((one) => (standing.has(one.key) ? [[one.name, one]] : []))),
    meant: (dependency, key) => made.meant.get(key)?.get(wishOf(dependency)),
    problems: [problem, ...made.notes],
  }
}

/** Throws ProjectError when an override is built beside a member of the same name and version, as cargo does. */
function requireDistinct({ packages }: Lockfile, standing: ReadonlyMap<string, PathPackage>): void {
  const keys = new Set(packages.map(({ key }) => key))
  const both = [...standing].find(([key, one]) => keys.has(key) && keys.has(keyOfPath(one)))
  if (!both) return
  throw new ProjectError(
    `\`paths\` of the configuration puts another package in the place of ${keyOfPath(both[1])}`,
    'a member of the workspace has that name and version, and both would be built',
    'Give one of them another version, or use [patch].',
  )
}
