/**
 * Whether a lockfile fits, as `cargo metadata --locked` decides: from all members with all their features, on all platforms,
 * dev-dependencies of members included, every dependency must mean a package that its dependent's entry lists, and nothing
 * else may be listed. Manifests of packages that are not on this machine are not known here: what hangs on them is taken as
 * the lockfile has it, and said to be so.
 */
import { ProjectError } from '../base/index.js'
import type { Dependees } from './dependency-circle.js'
import type { ManifestDependency } from './dependency-tables.js'
import { parseFeatureValue } from './feature-value.js'
import { type Dependent, isByPath, keyOfPath, type LockMatcher } from './lock-matcher.js'
import { extraText, misfitText } from './lock-misfit-text.js'
import { versionOfPath } from './locked-paths.js'
import type { LockedPackage, UnusedPatch } from './lockfile.js'
import type { Manifest } from './manifest.js'
import type { PatchEntry } from './patches.js'
import type { PathPackage } from './path-collection.js'
import { lockedIdentity } from './source-identity.js'
import { meetsRequirement } from './version-req.js'

/** Packages that are not of a path; it may be asked for any package of any lockfile. */
export interface KnownPackages {
  /** Undefined where this machine does not have it. */
  readonly manifestOf: (locked: LockedPackage) => Manifest | undefined
  /** As `knownChecksum`. */
  readonly checksumOf: (locked: LockedPackage) => string | 'absent' | 'unknown' | undefined
  /** Why a package without a manifest here cannot stay locked. */
  readonly lacking: (locked: LockedPackage) => ProjectError | undefined
  /** Throws ProjectError when what a patch brings cannot be had: cargo reads it, whether it is used or not. */
  readonly requirePatch: (patch: UnusedPatch) => void
}

export interface LockRequest {
  readonly matcher: LockMatcher
  /** Packages of paths that are members. */
  readonly members: readonly PathPackage[]
  /** All packages of paths: entries for others without a source are left from an older state, and cargo passes over them. */
  readonly pathPackages: readonly Pick<LockedPackage, 'name' | 'version'>[]
  readonly patches: readonly PatchEntry[]
  readonly known: KnownPackages
  /** Some member could not be read: what only it needs may look as if nothing did. */
  readonly membersMissing: boolean
}

export interface LockFit {
  /** What is wrong with the lockfile, in words that name the dependency. */
  readonly misfits: readonly string[]
  /** Whether cargo would build something else than the lockfile says; else it would only write it anew. */
  readonly changesBuild: boolean
  /** Whether manifests were missing, so that more may be wrong. */
  readonly partial: boolean
  /** Packages of paths, by their key in the lockfile. */
  readonly paths: ReadonlyMap<string, PathPackage>
  /** Keys of packages that a patch put in the place of others. */
  readonly patched: ReadonlySet<string>
  /** Keys of packages that `[replace]` put in the place of others. */
  readonly replacing: ReadonlySet<string>
  /** Keys of packages that their source has with another checksum, or not at all: whoever keeps them ends with this. */
  readonly untrue: ReadonlyMap<string, ProjectError>
  /** Dependencies by path that are asked for, and are not there. */
  readonly absent: ReadonlySet<ManifestDependency>
  /** Keys of what each package depends on, but for dev-dependencies. */
  readonly dependees: Dependees
}

/** Holds a lockfile against manifests. Throws ProjectError where cargo could make no lockfile at all. */
export function fitLockfile(request: LockRequest): LockFit {
  return new LockWalk(request).run()
}

interface Node {
  readonly dependent: Dependent
  /** Undefined when the manifest is not on this machine. */
  readonly manifest: Manifest | undefined
  readonly isMember: boolean
  readonly features: Set<string>
  /** Optional dependencies that some feature names. A weak `x?/y` counts: cargo locks what it names. */
  readonly activated: Set<string>
  /** Which features are on is not known, because a dependent's manifest is not. */
  loose: boolean
  /** Listed entries that some dependency means. */
  readonly used: Set<string>
  /** Dependencies that mean nothing in the lockfile. */
  readonly done: Set<ManifestDependency>
}

class LockWalk {
  readonly #request: LockRequest
  readonly #nodes = new Map<string, Node>()
  readonly #paths = new Map<string, PathPackage>()
  readonly #patched = new Set<string>()
  readonly #replacing = new Set<string>()
  readonly #replaced = new Set<string>()
  readonly #misfits = new Set<string>()
  readonly #untrue = new Map<string, ProjectError>()
  readonly #absent = new Set<ManifestDependency>()
  readonly #dependees = new Map<string, Set<string>>()
  #changesBuild = false
  #partial = false

  constructor(request: LockRequest) {
    this.#request = request
  }

  run(): LockFit {
    for (const member of this.#request.members) this.#enterMember(member)
    const pending = [...this.#nodes.values()]
    for (let node = pending.pop(); node; node = pending.pop()) pending.push(...this.#visit(node))
    this.#findExtras()
    this.#comparePatches()
    return {
      misfits: [...this.#misfits],
      changesBuild: this.#changesBuild,
      partial: this.#partial,
      paths: this.#paths,
      patched: this.#patched,
      replacing: this.#replacing,
      untrue: this.#untrue,
      absent: this.#absent,
      dependees: this.#dependees,
    }
  }

  #enterMember(path: PathPackage): void {
    const { matcher } = this.#request
    const { name, version, features } = path.manifest
    const locked = matcher.byKey.get(keyOfPath(path))
    if (!locked) {
      const others = matcher.lockfile.packages.filter((one) => one.name === name && one.source === undefined)
      const has = others.map((one) => one.version).join(', ') || 'none of that name'
      this.#misfit(`the package ${name} is ${version} in its Cargo.toml, and Cargo.lock has ${has}`, true)
      return
    }
    const node = this.#enter({ locked, path }, true)
    for (const feature of features.keys()) this.#activate(node, feature)
  }

  #enter(dependent: Dependent, isMember: boolean): Node {
    const { locked, path } = dependent
    const known = this.#nodes.get(locked.key)
    if (path) this.#claim(locked.key, path)
    if (known) return known
    const manifest = path ? path.manifest : this.#request.known.manifestOf(locked)
    if (!manifest) {
      this.#partial = true
      this.#compareChecksum(locked)
      const lacking = this.#request.known.lacking(locked)
      if (lacking) this.#untrue.set(locked.key, lacking)
    }
    const node: Node = {
      dependent,
      manifest,
      isMember,
      features: new Set(),
      activated: new Set(),
      loose: false,
      used: new Set(),
      done: new Set(),
    }
    this.#nodes.set(locked.key, node)
    this.#requireChecksum(locked)
    return node
  }

  #requireChecksum(locked: LockedPackage): void {
    const { name, version, source, checksum } = locked
    const isOfRegistry = source !== undefined && !source.startsWith('git+')
    if (isOfRegistry && checksum === undefined && this.#request.known.checksumOf(locked) !== undefined)
      this.#misfit(`${name} ${version} has no checksum in Cargo.lock`, false)
  }

  /** Of what is not read nobody else asks. */
  #compareChecksum(locked: LockedPackage): void {
    const { source, checksum } = locked
    if (source === undefined || source.startsWith('git+')) return
    const known = this.#request.known.checksumOf(locked)
    if (known === undefined || known === 'unknown' || known === checksum) return
    if (checksum === undefined && known !== 'absent') return
    this.#untrue.set(locked.key, known === 'absent' ? notThere(locked) : wrongSum(locked, known))
  }

  /** A lockfile tells packages of paths apart by name and version alone. */
  #claim(key: string, path: PathPackage): void {
    const other = this.#paths.get(key)
    if (other && other.directory !== path.directory) {
      throw new ProjectError(
        `Two packages of paths are both ${key}`,
        `they stand in ${other.directory} and ${path.directory}, and a lockfile cannot tell them apart`,
        'Give one of them another version, as cargo asks too.',
      )
    }
    this.#paths.set(key, path)
  }

  /** Follows what the node needs; gives the nodes that have changed by it. */
  #visit(node: Node): readonly Node[] {
    const { manifest, dependent } = node
    const changed: Node[] = []
    if (!manifest) {
      for (const key of dependent.locked.dependencies) {
        const locked = this.#request.matcher.byKey.get(key)
        if (!locked) continue
        const to = this.#standIn(this.#presumed(locked))
        this.#dependsOn(node, to)
        changed.push(...this.#follow(to, [], true))
      }
      return changed
    }
    for (const dependency of manifest.dependencies) {
      if (dependency.kind === 'dev' && !node.isMember) continue
      const isOn = !dependency.optional || node.activated.has(dependency.nameInToml)
      if (!isOn && !node.loose) continue
      const named = this.#matched(node, dependency, isOn)
      if (!named) continue
      node.used.add(named.locked.key)
      const match = this.#standIn(named)
      if (dependency.kind !== 'dev') this.#dependsOn(node, match)
      const { features, defaultFeatures } = dependency
      const asked = [...(defaultFeatures ? ['default'] : []), ...features, ...passedOn(node, dependency)]
      changed.push(...this.#follow(match, asked, node.loose))
      if (isOn) this.#requireFeatures(node, match, asked)
    }
    return changed
  }

  #dependsOn({ dependent }: Node, { locked }: Dependent): void {
    const { key } = dependent.locked
    this.#dependees.set(key, (this.#dependees.get(key) ?? new Set()).add(locked.key))
  }

  /** A package of a path that is only known from a lock entry, since the manifest that names it is missing. */
  #presumed(locked: LockedPackage): Dependent {
    const { matcher, patches } = this.#request
    const patch = patches.find((one) => matcher.isPatch(one, locked))
    if (patch) this.#patched.add(locked.key)
    const path = (patch && matcher.pathOfPatch(patch)) ?? this.#paths.get(locked.key)
    return { locked, ...(path ? { path } : {}) }
  }

  /** What stands for a package: itself, or what `[replace]` puts in its place; the lockfile has both. */
  #standIn(to: Dependent): Dependent {
    const { matcher } = this.#request
    const { locked } = to
    const { key, name, version, replace } = locked
    const replacement = matcher.replacementOf(locked)
    const standIn = matcher.built(locked)
    if (!replacement) {
      if (replace !== undefined)
        this.#misfit(`Cargo.lock has another package in the place of ${key}, and no [replace] of Cargo.toml does`, true)
      return to
    }
    if (standIn === locked || standIn.version !== version || !matcher.isPatch(replacement, standIn)) {
      const has = standIn === locked ? 'none' : 'another'
      this.#misfit(
        `[replace] of Cargo.toml puts a package in the place of ${name} ${version}; Cargo.lock has ${has}`,
        true,
      )
      return to
    }
    // Its own source is never read, nor what it needs.
    this.#replaced.add(key)
    this.#requireChecksum(locked)
    this.#compareChecksum(locked)
    this.#replacing.add(standIn.key)
    const path = matcher.pathOfPatch(replacement)
    return { locked: standIn, ...(path ? { path } : {}) }
  }

  #follow(to: Dependent, features: readonly string[], loose: boolean): readonly Node[] {
    const isNew = !this.#nodes.has(to.locked.key)
    const node = this.#enter(to, false)
    const before = node.features.size + node.activated.size + Number(node.loose) + node.done.size
    if (loose) node.loose = true
    for (const feature of features) this.#activate(node, feature)
    const after = node.features.size + node.activated.size + Number(node.loose) + node.done.size
    return isNew || after !== before ? [node] : []
  }

  #matched(node: Node, dependency: ManifestDependency, isOn: boolean): Dependent | undefined {
    const { matcher } = this.#request
    const { dependent } = node
    const target = isByPath(dependency, dependent) ? matcher.targetOf(dependency, dependent) : undefined
    // What is not there at all is the caller's matter: it is an error, or a loss that the user asked for.
    if (isByPath(dependency, dependent) && !target) {
      if (isOn) this.#absent.add(dependency)
      return undefined
    }
    if (target) requireWhatIsAsked(dependency, target, dependent)
    const match = matcher.match(dependency, dependent)
    const shadow = match?.patch ? undefined : this.#shadowing(node, dependency, match?.locked)
    if (match && !shadow) {
      if (match.patch) this.#patched.add(match.locked.key)
      const path = target ?? (match.patch && matcher.pathOfPatch(match.patch))
      return { locked: match.locked, ...(path ? { path } : {}) }
    }
    if (isOn && !node.done.has(dependency)) {
      node.done.add(dependency)
      this.#misfit(misfitText(matcher, dependency, dependent, target, shadow), true)
    }
    return undefined
  }

  /** The patch that cargo would take instead: of the very version that is locked from the source itself. */
  #shadowing(node: Node, dependency: ManifestDependency, locked: LockedPackage | undefined): PatchEntry | undefined {
    const { matcher } = this.#request
    const patches = matcher.patchesOf(dependency, node.dependent)
    if (locked === undefined) return patches[0]
    // In a package of a registry it is not known which of two it means: it is of the one that was locked.
    const url = lockedIdentity(locked.source)?.url
    return patches.find((patch) => patch.of === url && matcher.versionOfPatch(patch) === locked.version)
  }

  /** cargo takes no version that lacks a feature which is asked of it; defaults there need not be. */
  #requireFeatures({ dependent }: Node, { locked }: Dependent, asked: readonly string[]): void {
    const manifest = this.#nodes.get(locked.key)?.manifest
    if (!manifest) return
    for (const feature of asked) {
      if (feature === 'default' || manifest.features.has(feature)) continue
      const what = `${locked.name} with the feature ${feature}`
      this.#misfit(`${dependent.locked.name} depends on ${what}, which ${locked.version} does not have`, true)
    }
  }

  #activate(node: Node, text: string): void {
    const { manifest } = node
    const pending = [text]
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (node.features.has(next)) continue
      node.features.add(next)
      const value = parseFeatureValue(next)
      if (value.k === 'dep') node.activated.add(value.name)
      else if (value.k === 'feature') pending.push(...(manifest?.features.get(value.name) ?? []))
      else {
        const isOptional = manifest?.dependencies.some((one) => one.nameInToml === value.name && one.optional) === true
        if (isOptional) node.activated.add(value.name)
        if (isOptional && !value.weak && manifest?.features.has(value.name)) pending.push(value.name)
      }
    }
  }

  /** Entries and lists that hold more than is needed. */
  #findExtras(): void {
    const { matcher, membersMissing } = this.#request
    const isStale = (locked: LockedPackage): boolean => locked.source === undefined && !this.#isPresent(locked)
    const told = new Set<string>()
    for (const { dependent, manifest, used, loose, done } of this.#nodes.values()) {
      if (!manifest) continue
      for (const key of dependent.locked.dependencies) {
        const locked = matcher.byKey.get(key)
        if (!locked || used.has(key) || isStale(locked)) continue
        if (isToldOf(done, locked)) continue
        if (loose && manifest.dependencies.some(({ packageName }) => packageName === locked.name)) continue
        told.add(key)
        this.#misfit(extraText(dependent, locked), false)
      }
    }
    // What a dependency that means nothing now would need, and what it needed, is not known.
    if (membersMissing || this.#changesBuild) return
    for (const locked of matcher.lockfile.packages) {
      if (this.#nodes.has(locked.key) || this.#replaced.has(locked.key) || told.has(locked.key) || isStale(locked))
        continue
      this.#misfit(`nothing needs ${locked.name} ${locked.version}, which Cargo.lock has`, false)
    }
  }

  /** Whether some package of a path is what an entry without a source names. */
  #isPresent(entry: { readonly name: string; readonly version: string }): boolean {
    return versionOfPath(entry, this.#request.pathPackages) !== undefined
  }

  #comparePatches(): void {
    const { matcher, patches } = this.#request
    const reached = [...this.#nodes.values()].map(({ dependent }) => dependent.locked)
    const unused = matcher.lockfile.unusedPatches ?? []
    for (const patch of patches) {
      if (this.#isUsed(patch, reached)) continue
      const known = unused.find((one) => matcher.isPatch(patch, one))
      if (known) this.#request.known.requirePatch(known)
      if (known) continue
      const { packageName, path } = patch.dependency
      const text = `[patch.${patch.key}] of ${patch.file} has ${packageName}, of which Cargo.lock knows nothing`
      // One that brought another version before makes cargo choose again. Which version one from elsewhere brings is not
      // known until cargo looks: it may be used.
      const versions = this.#request.pathPackages.flatMap(({ name, version }) =>
        name === packageName ? [version] : [],
      )
      const [, another] = new Set(versions)
      const hadOther = [...matcher.lockfile.packages, ...unused].some(
        ({ name, source }) => name === packageName && source === undefined && another === undefined,
      )
      this.#misfit(text, path === undefined || hadOther)
    }
    for (const one of unused) {
      const isUnused = patches.some(
        (patch) =>
          matcher.isPatch(patch, one) &&
          !this.#isUsed(
            patch,
            reached.filter((at) => isSame(at, one)),
          ),
      )
      if (!isUnused && (one.source !== undefined || this.#isPresent(one))) {
        this.#misfit(`Cargo.lock has an unused patch ${one.name} ${one.version}, which is none`, false)
      }
    }
  }

  /** Whether some locked package is what a patch brings: of paths of one name and version, the one in its directory. */
  #isUsed(patch: PatchEntry, among: readonly LockedPackage[]): boolean {
    const { matcher } = this.#request
    const directory = matcher.pathOfPatch(patch)?.directory
    return among.some(
      (locked) =>
        matcher.isPatch(patch, locked) && [undefined, directory].includes(this.#paths.get(locked.key)?.directory),
    )
  }

  #misfit(text: string, changesBuild: boolean): void {
    this.#misfits.add(text)
    if (changesBuild) this.#changesBuild = true
  }
}

/** Whether a misfit of that name was told already. */
const isToldOf = (done: ReadonlySet<ManifestDependency>, { name }: LockedPackage): boolean =>
  [...done].some(({ packageName }) => packageName === name)

const isSame = (a: LockedPackage, b: { name: string; version: string; source?: string }): boolean =>
  a.name === b.name && a.version === b.version && a.source === b.source

/** Features of a dependency that the dependent's own features turn on: `x/y`, `x?/y`. */
function passedOn(node: Node, { nameInToml }: ManifestDependency): readonly string[] {
  return [...node.features].flatMap((text) => {
    const value = parseFeatureValue(text)
    return value.k === 'dep-feature' && value.name === nameInToml ? [value.feature] : []
  })
}

/** Throws ProjectError when the package in a directory is not the one that a dependency asks for there. */
function requireWhatIsAsked(dependency: ManifestDependency, { manifest }: PathPackage, { locked }: Dependent): void {
  const { packageName, requirement, path } = dependency
  const fits = requirement === undefined || meetsRequirement(manifest.version, requirement)
  if (manifest.name === packageName && fits) return
  throw new ProjectError(
    `${locked.name} depends on ${packageName}${requirement === undefined ? '' : ` ${requirement}`} by the path ${path}`,
    `the package there is ${manifest.name} ${manifest.version}`,
    'Correct the dependency in its Cargo.toml.',
  )
}

const notThere = ({ name, version }: LockedPackage): ProjectError =>
  new ProjectError(
    `${name} ${version} is in the lockfile, and its source has no such package`,
    'the configuration puts a directory or a local registry in the place of its source',
    'Make that anew from this lockfile, or run `cargo update`; cargo refuses it too.',
  )

/** The error of a package whose checksum is another than the lockfile's. */
export const wrongSum = ({ name, version, checksum }: LockedPackage, known: string): ProjectError =>
  new ProjectError(
    `${name} ${version} is not what the lockfile says`,
    `sha256 in the lockfile: ${checksum}\nsha256 in the index:    ${known}`,
    'Find out which of the two is right; cargo refuses it too.',
  )
