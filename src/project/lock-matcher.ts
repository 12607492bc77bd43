/**
 * Which locked package a dependency of a manifest means, as cargo decides: by source, name and version, or by a patch of that
 * source. Among several that would do, the lowest: that is the one which cargo keeps. It looks at one edge at a time;
 * whether the lockfile as a whole fits is `lock-fit.ts`.
 */
import type { CargoConfiguration } from './cargo-configuration.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { PatchEntry } from './patches.js'
import type { PathPackage } from './path-collection.js'
import { type Replacement, replacementFor } from './replacements.js'
import {
  DEFAULT_IDENTITY,
  isSameSource,
  lockedIdentity,
  type SourceIdentity,
  wantedIdentity,
} from './source-identity.js'
import { compareVersions, meetsRequirement } from './version-req.js'

/** A package whose dependencies are asked about. */
export interface Dependent {
  readonly locked: LockedPackage
  /** Where it is one of a path, what stands there. */
  readonly path?: PathPackage
  /** The lockfile does not know it: `paths` puts it there. */
  readonly isNew?: boolean
}

/** What is known of packages of paths and patches; of a published crate nothing. */
export interface MatchRules {
  readonly configuration: CargoConfiguration
  readonly patches: readonly PatchEntry[]
  readonly replacements: readonly Replacement[]
  readonly packageOfPatch: (standIn: StandIn) => PathPackage | undefined
  /** The package in the directory that a dependency by path names. */
  readonly packageAt: (dependency: ManifestDependency, dependent: PathPackage) => PathPackage | undefined
  /** Packages without a source stand for those of a registry: the lockfile is of a workspace that was published since. */
  readonly published?: boolean
}

/** A patch or a replacement. */
type StandIn = Pick<PatchEntry, 'dependency' | 'file'>

export interface Match {
  readonly locked: LockedPackage
  /** The patch that put it there. */
  readonly patch?: PatchEntry
}

/** The key of a package of a path in a lockfile. */
export const keyOfPath = ({ manifest }: PathPackage): string => `${manifest.name} ${manifest.version}`

/** Whether a dependency is one by path for cargo: in packages of git and of registries a path is only a place beside them. */
export const isByPath = ({ path }: ManifestDependency, dependent: Dependent): boolean =>
  path !== undefined && dependent.path !== undefined

export class LockMatcher {
  readonly lockfile: Lockfile
  readonly byKey: ReadonlyMap<string, LockedPackage>
  readonly #rules: MatchRules
  readonly #identities = new Map<string, SourceIdentity | undefined>()

  constructor(lockfile: Lockfile, rules: MatchRules) {
    this.lockfile = lockfile
    this.byKey = new Map(lockfile.packages.map((locked) => [locked.key, locked]))
    this.#rules = rules
  }

  /** The same for another lockfile. */
  over(lockfile: Lockfile): LockMatcher {
    return new LockMatcher(lockfile, this.#rules)
  }

  /** The locked package, among those that the dependent's lock entry lists; undefined when none of them is meant. */
  match(dependency: ManifestDependency, dependent: Dependent): Match | undefined {
    const listed = dependent.locked.dependencies
      .flatMap((key) => this.byKey.get(key) ?? [])
      .sort((a, b) => compareVersions(a.version, b.version))
    if (isByPath(dependency, dependent)) {
      const target = this.targetOf(dependency, dependent)
      const key = target && keyOfPath(target)
      const locked = listed.find((one) => one.source === undefined && one.key === key)
      return locked && { locked }
    }
    const { packageName, requirement } = dependency
    const sources = this.wanted(dependency, dependent)
    const patches = this.patchesOf(dependency, dependent)
    const found: Match[] = []
    for (const locked of listed) {
      if (locked.name !== packageName || !meets(locked.version, requirement)) continue
      const patch = patches.find((one) => this.isPatch(one, locked))
      if (patch) found.push({ locked, patch })
      else if (this.#comesFrom(locked, sources)) found.push({ locked })
    }
    // Whoever was never locked takes what is locked of the source itself; of what patches bring the newest, for it has a choice.
    if (dependent.isNew === true) return found.find(({ patch }) => patch === undefined) ?? found.at(-1)
    return found[0]
  }

  /** What stands in the directory that a dependency by path names. */
  targetOf(dependency: ManifestDependency, { path }: Dependent): PathPackage | undefined {
    return path && this.#rules.packageAt(dependency, path)
  }

  /** Sources that would do for a dependency without a path; the first is the one that it names. */
  wanted(dependency: ManifestDependency, { locked, path }: Dependent): readonly SourceIdentity[] {
    const own = path ? undefined : this.#identityOf(locked)
    // A path in a package of git or of a registry means its neighbour: it comes from where the package comes from.
    if (own && dependency.path !== undefined && (own.k === 'git' || dependency.git === undefined)) {
      return own.k === 'git' ? [own] : [own, DEFAULT_IDENTITY]
    }
    const named = wantedIdentity(dependency, this.#rules.configuration, `${locked.name} ${locked.version}`)
    const plain = !dependency.git && dependency.registryIndex === undefined && dependency.registry === undefined
    return own?.k === 'registry' && plain && own.url !== named.url ? [named, own] : [named]
  }

  /** Patches that could stand in for a dependency. */
  patchesOf(dependency: ManifestDependency, dependent: Dependent): readonly PatchEntry[] {
    if (this.#rules.patches.length === 0 || isByPath(dependency, dependent)) return []
    const urls = new Set(this.wanted(dependency, dependent).map(({ url }) => url))
    return this.#rules.patches.filter(
      (patch) => urls.has(patch.of) && patch.dependency.packageName === dependency.packageName,
    )
  }

  /** Whether a locked package is what a patch or a replacement brings. */
  isPatch(patch: StandIn, locked: Pick<LockedPackage, 'name' | 'version' | 'source'>): boolean {
    const { packageName, path, requirement } = patch.dependency
    if (locked.name !== packageName) return false
    if (path !== undefined) {
      const target = this.#rules.packageOfPatch(patch)
      return locked.source === undefined && target?.manifest.version === locked.version
    }
    const source = lockedIdentity(locked.source)
    const wanted = wantedIdentity(patch.dependency, this.#rules.configuration, patch.file)
    return (
      source !== undefined && isSameSource(wanted, source, this.lockfile.version) && meets(locked.version, requirement)
    )
  }

  /** The replacement of a locked package. */
  replacementOf(locked: LockedPackage): Replacement | undefined {
    return replacementFor(this.#rules.replacements, locked)
  }

  /** What is built of a locked package: itself, or what the lockfile has in its place. */
  built(locked: LockedPackage): LockedPackage {
    return (locked.replace === undefined ? undefined : this.byKey.get(locked.replace)) ?? locked
  }

  /** The package of a patch or a replacement by path. */
  pathOfPatch(patch: StandIn): PathPackage | undefined {
    return this.#rules.packageOfPatch(patch)
  }

  /** The version that a patch brings, as far as manifest and lockfile tell. */
  versionOfPatch(patch: PatchEntry): string | undefined {
    if (patch.dependency.path !== undefined) return this.#rules.packageOfPatch(patch)?.manifest.version
    const known = [...this.lockfile.packages, ...(this.lockfile.unusedPatches ?? [])]
    return known.find((one) => this.isPatch(patch, one))?.version
  }

  #comesFrom(locked: LockedPackage, wanted: readonly SourceIdentity[]): boolean {
    const source = this.#identityOf(locked)
    if (source === undefined) return this.#rules.published === true
    return wanted.some((one) => isSameSource(one, source, this.lockfile.version))
  }

  #identityOf({ source }: LockedPackage): SourceIdentity | undefined {
    if (source === undefined) return undefined
    const known = this.#identities.get(source)
    if (known) return known
    const identity = lockedIdentity(source)
    this.#identities.set(source, identity)
    return identity
  }
}

const meets = (version: string, requirement: string | undefined): boolean =>
  requirement === undefined || meetsRequirement(version, requirement)
