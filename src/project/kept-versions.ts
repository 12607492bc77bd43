/**
 * Which versions of an older lockfile stay when it is made anew, as cargo keeps them: a dependency stays at the version that its
 * dependent had, else at one that the lockfile has and that fits. Where a member asks for something new that nothing in the
 * lockfile can be, all of that source may change; where a patch brings another version than it did, what it patches may. What
 * was there is then only preferred.
 */
import { compareText } from '../base/index.js'
import { versionOfPath } from './locked-paths.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import { isSameSource, lockedIdentity } from './source-identity.js'
import type { Candidate, WantedPackage } from './version-question.js'
import { compareVersions, meetsRequirement } from './version-req.js'

export interface KeptVersions {
  /** Whether the older lockfile has the package, and nothing speaks against it. */
  has(candidate: Identified): boolean
  /** The package that a dependency stays at, if it does. */
  keptFor(wanted: WantedPackage, dependent: Candidate): LockedPackage | undefined
}

/** What a patch brings now. */
export interface KnownPatch {
  /** Canonical address of the source that it patches. */
  readonly of: string
  readonly packageName: string
  readonly requirement?: string
  /** Where it comes from: a source, or the id of a package of a path. */
  readonly from: string
  readonly brings: readonly Candidate[]
}

export interface KeptRequest {
  readonly previous: Lockfile | undefined
  /** Packages of paths, members and others. */
  readonly own: readonly Candidate[]
  readonly members: readonly Candidate[]
  readonly patches: readonly KnownPatch[]
}

type Identified = Pick<LockedPackage, 'name' | 'version' | 'source'>

/** What stays of a lockfile; nothing without one. */
export function keptVersions(request: KeptRequest): KeptVersions {
  return new Keeping(request)
}

class Keeping implements KeptVersions {
  readonly #request: KeptRequest
  /** Those that cargo knows, in its order. */
  readonly #live: readonly LockedPackage[]
  readonly #byKey: ReadonlyMap<string, LockedPackage>
  readonly #preferred: ReadonlySet<string>
  readonly #kept: readonly LockedPackage[]
  readonly #keptByIdentity: ReadonlyMap<string, LockedPackage>

  constructor(request: KeptRequest) {
    this.#request = request
    const packages = request.previous?.packages ?? []
    this.#live = packages.filter((locked) => this.#isLive(locked)).sort(inOrder)
    this.#byKey = new Map(packages.map((locked) => [locked.key, locked]))
    const unlocked = this.#unlockedByPatches()
    this.#preferred = new Set(this.#live.filter(({ key }) => !unlocked.has(key)).map(identityKey))
    const loose = this.#looseWith([...unlocked, ...this.#poisoned()])
    this.#kept = this.#live.filter((locked) => !loose.has(locked.key) && !this.#hasMoved(locked))
    this.#keptByIdentity = new Map(this.#kept.map((locked) => [identityKey(locked), locked]))
  }

  has(candidate: Identified): boolean {
    return this.#preferred.has(identityKey(candidate))
  }

  keptFor(wanted: WantedPackage, dependent: Candidate): LockedPackage | undefined {
    const same = this.#keptByIdentity.get(identityKey(dependent))
    // What stands in for a package of a path by `paths` was never locked, though it has the name and version of what was.
    const before = same && (dependent.source !== undefined || same.key === dependent.id) ? same.dependencies : []
    const patches = this.#request.patches.filter(({ of }) => of === lockedIdentity(wanted.from)?.url)
    const isMeant = (locked: LockedPackage): boolean => isNamed(wanted, locked) && this.#isFrom(wanted.from, locked)
    const isPatched = (locked: LockedPackage): boolean =>
      isNamed(wanted, locked) &&
      patches.some(
        (patch) => patch.brings.some((one) => isSameVersion(one, locked)) && this.#isFrom(patch.from, locked),
      )
    const own = this.#kept.filter(({ key }) => before.includes(key))
    return own.find((locked) => isMeant(locked) || isPatched(locked)) ?? this.#kept.find(isMeant)
  }

  /** cargo knows a package of a path by what has its name now; what is gone is passed over. */
  #isLive({ name, version, source }: Identified): boolean {
    if (source !== undefined) return true
    return versionOfPath({ name, version }, this.#request.own) !== undefined
  }

  /** Whether it is of a path where another version is by now. */
  #hasMoved({ key, source }: LockedPackage): boolean {
    return source === undefined && !this.#request.own.some(({ id }) => id === key)
  }

  /** Whether a locked package comes from a source, or from the path of a package. */
  #isFrom(from: string, locked: Identified): boolean {
    const { own, previous } = this.#request
    const path = own.find(({ id }) => id === from)
    if (path ?? locked.source === undefined) {
      const isNamed = locked.source === undefined && locked.name === path?.name
      return isNamed && versionOfPath(locked, own) === path.version
    }
    const wanted = lockedIdentity(from)
    const is = lockedIdentity(locked.source)
    return wanted !== undefined && is !== undefined && isSameSource(wanted, is, previous?.version ?? 0)
  }

  /** Keys of packages of a patch that brings another version now, and of those that it is for. */
  #unlockedByPatches(): ReadonlySet<string> {
    const { patches, previous } = this.#request
    const unlocked = new Set<string>()
    for (const patch of patches) {
      const unused = (previous?.unusedPatches ?? []).filter((one) => this.#isLive(one))
      const was = [...this.#live, ...unused].find((one) => isNamed(patch, one) && this.#isFrom(patch.from, one))
      if (!was || patch.brings.some((one) => isSameVersion(one, was))) continue
      for (const locked of this.#live) {
        const isPatched = isNamed(patch, locked) && lockedIdentity(locked.source)?.url === patch.of
        if (isPatched || (isSameVersion(locked, was) && locked.source === was.source)) unlocked.add(locked.key)
      }
    }
    return unlocked
  }

  /** Keys of all packages of sources of which something is asked that the lockfile does not have. */
  #poisoned(): readonly string[] {
    const { own, members } = this.#request
    const found: string[] = []
    const visited = new Set<Candidate>()
    const pending = [...members]
    for (let at = pending.pop(); at; at = pending.pop()) {
      if (visited.has(at)) continue
      visited.add(at)
      for (const wanted of at.dependencies) {
        if (wanted.optional && !members.includes(at)) continue
        const path = own.find(({ id }) => id === wanted.from)
        if (path) pending.push(path)
        else if (!this.#live.some((locked) => isNamed(wanted, locked)))
          found.push(...this.#live.filter((locked) => this.#isFrom(wanted.from, locked)).map(({ key }) => key))
      }
    }
    return found
  }

  #looseWith(keys: readonly string[]): ReadonlySet<string> {
    const loose = new Set<string>()
    const pending = [...keys]
    for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
      if (loose.has(key)) continue
      loose.add(key)
      pending.push(...(this.#byKey.get(key)?.dependencies ?? []))
    }
    return loose
  }
}

const isSameVersion = (a: Identified, b: Identified): boolean => a.name === b.name && a.version === b.version

/** Whatever the commit, and however the lockfile spells the source. */
function identityKey({ name, version, source }: Identified): string {
  const identity = lockedIdentity(source)
  return `${name} ${version} ${identity ? `${identity.k} ${identity.url} ${identity.reference}` : ''}`
}

function inOrder(a: LockedPackage, b: LockedPackage): number {
  if (a.name !== b.name) return compareText(a.name, b.name)
  return compareVersions(a.version, b.version) || compareText(a.key, b.key)
}

const isNamed = (
  { packageName, requirement }: Pick<WantedPackage, 'packageName' | 'requirement'>,
  { name, version }: Identified,
): boolean => name === packageName && (requirement === undefined || meetsRequirement(version, requirement))
