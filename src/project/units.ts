/**
 * From packages and features to the crates that are compiled: one Unit per target of a package and set of features. Where
 * the host side of a package is compiled just like its target side, both share one unit; otherwise there are two, as in
 * cargo's unit graph. It reads no Rust.
 */
import { ProjectError } from '../base/index.js'
import { type CompileTarget, codeName, isTestKind } from './compile-targets.js'
import { plain, unitName, withUnitTests } from './compiled-targets.js'
import { activeEdges, type FeatureRules, type ResolvedFeatures, type Side, sideOfDependency } from './features.js'
import { type Draft, HOST, sorted, withoutRepeats, withShortIds } from './finished-units.js'
import type { LoadedPackage, PackageEdge } from './package-graph.js'
import type { PackageId, ProjectDiagnostic, Unit, UnitExtern } from './workspace.js'

export interface UnitGraph {
  /** Every crate behind its dependencies; among those that could come next, the smallest id first. */
  readonly units: readonly Unit[]
  readonly diagnostics: readonly ProjectDiagnostic[]
}

/** What is compiled, and what was turned on when versions were chosen (`resolveForLock`), which is seldom asked for. */
export interface Resolutions {
  readonly compiled: ResolvedFeatures
  readonly locked: () => ResolvedFeatures
}

/** The units of the root packages and of everything they are compiled with. */
export function makeUnits(roots: readonly PackageId[], features: Resolutions, rules: FeatureRules): UnitGraph {
  return new UnitDrafting(roots, features, rules).run()
}

class UnitDrafting {
  readonly #roots: ReadonlySet<PackageId>
  readonly #features: ResolvedFeatures
  readonly #rules: FeatureRules
  readonly #drafts = new Map<string, Draft>()
  readonly #libraries = new Map<string, string | undefined>()
  readonly #shared = new Map<PackageId, boolean>()
  readonly #scripted = new Set<string>()
  readonly #diagnostics: ProjectDiagnostic[] = []

  readonly #lock: () => ResolvedFeatures
  #locking: ResolvedFeatures | undefined

  constructor(roots: readonly PackageId[], features: Resolutions, rules: FeatureRules) {
    this.#roots = new Set(roots)
    this.#features = features.compiled
    this.#lock = features.locked
    this.#rules = rules
  }

  run(): UnitGraph {
    for (const id of [...this.#roots].sort()) this.#draftRoot(id)
    this.#spreadStages()
    return { units: sorted(withShortIds(this.#drafts)), diagnostics: this.#diagnostics }
  }

  /** What is compiled of a root package; the rest comes in as its crates name it. */
  #draftRoot(id: PackageId): void {
    const loaded = this.#rules.lookup(id)
    if (!loaded) return
    const library = this.#library(id, loaded.manifest.procMacro ? 'host' : 'target')
    // Programs and tests are for the target, also those of a package whose library is a proc macro.
    if (this.#features.get(id, 'target')) this.#draftRootTargets(loaded, library)
  }

  /** The unit of a package's library on that side, drafted with all below it; undefined when it has none. */
  #library(id: PackageId, side: Side): string | undefined {
    const loaded = this.#rules.lookup(id)
    const target = loaded?.targets.find(isLibrary)
    if (!loaded || !this.#features.get(id, side)) return undefined
    if (!target) {
      const isLost = loaded.lost.some(isLibrary)
      if (isLost) this.#refuseOtherNames(loaded, side, ['normal'])
      if (!this.#roots.has(id) && !isLost)
        this.#report(id, 'has no library, though another package depends on it; cargo ignores such a dependency')
      return undefined
    }
    const key = `${side} ${id}`
    if (this.#libraries.has(key)) return this.#libraries.get(key)
    const shared = side === 'host' && this.#isShared(id)
    if (!shared) this.#draftBuildScripts(loaded, side)
    const unit = shared
      ? this.#library(id, 'target')
      : this.#draft(loaded, target, side, this.#externs(loaded, side, 'normal')).id
    this.#libraries.set(key, unit)
    return unit
  }

  /** Whether the host side is compiled just like the target side: the same features, and so for all that it uses. */
  #isShared(id: PackageId): boolean {
    const known = this.#shared.get(id)
    if (known !== undefined) return known
    this.#shared.set(id, false)
    const loaded = this.#rules.lookup(id)
    const host = this.#features.get(id, 'host')
    const target = this.#features.get(id, 'target')
    if (
      !loaded ||
      loaded.manifest.procMacro ||
      !host ||
      !target ||
      !sameSet(host.features, target.features) ||
      !sameSet(host.optional, target.optional)
    )
      return false
    const edges = this.#usedEdges(loaded, 'target', 'normal')
    const hostEdges = new Set(this.#usedEdges(loaded, 'host', 'normal'))
    const shared =
      edges.length === hostEdges.size &&
      edges.every((edge) => {
        if (!hostEdges.has(edge)) return false
        return sideOfDependency(edge, this.#rules.lookup(edge.to), 'target') === 'host' || this.#isShared(edge.to)
      })
    this.#shared.set(id, shared)
    return shared
  }

  /** A build script has the features of the crates that it is run for; both sides share it where these are the same. */
  #draftBuildScripts(loaded: LoadedPackage, asked: Side): void {
    const scripts = loaded.targets.filter(({ kind }) => kind === 'build')
    if (loaded.lost.some(({ kind }) => kind === 'build')) this.#refuseOtherNames(loaded, asked, ['build'])
    if (scripts.length === 0) return
    const host = this.#features.get(loaded.id, 'host')
    const target = this.#features.get(loaded.id, 'target')
    const same = host && target && sameSet(host.features, target.features) && sameSet(host.optional, target.optional)
    const side = same ? 'target' : asked
    const key = `${side} ${loaded.id}`
    if (this.#scripted.has(key)) return
    this.#scripted.add(key)
    const externs = this.#externs(loaded, side, 'build')
    for (const script of scripts) this.#draft(loaded, script, side, externs).stages.add('build')
  }

  #draftRootTargets(loaded: LoadedPackage, library: string | undefined): void {
    const own = loaded.targets.find(isLibrary)
    if (library !== undefined) this.#drafts.get(library)?.stages.add(own?.kind === 'proc-macro' ? 'macro' : 'run')
    const self: UnitExtern[] = own?.isLinkable && library !== undefined ? [{ name: own.crateName, unit: library }] : []
    for (const { kind, requiredFeatures = [] } of loaded.lost) {
      if (!requiredFeatures.every((name) => this.#isProvided(loaded, name))) continue
      const test = isTestKind(kind) && this.#rules.withDev
      if (kind === 'bin' || test) this.#refuseOtherNames(loaded, 'target', test ? ['normal', 'dev'] : ['normal'])
    }
    for (const { target, itself } of this.#rules.withDev ? withUnitTests(loaded.targets) : plain(loaded.targets)) {
      const test = isTestKind(target.kind)
      if (target.kind !== 'bin' && !(test && this.#rules.withDev)) continue
      if (!target.requiredFeatures.every((name) => this.#isProvided(loaded, name))) continue
      // The tests that stand in a library are that library, compiled for them, and for the side that it is compiled for.
      const side = itself && loaded.manifest.procMacro ? 'host' : 'target'
      this.#draftBuildScripts(loaded, side)
      const externs = [
        ...(itself ? [] : self),
        ...this.#externs(loaded, side, 'normal'),
        ...(test ? this.#externs(loaded, side, 'dev') : []),
      ]
      this.#draft(loaded, target, side, externs).stages.add(test ? 'test' : 'run')
    }
  }

  /** cargo looks at the names that a crate has for others before it misses the crate's file. */
  #refuseOtherNames(loaded: LoadedPackage, side: Side, kinds: readonly ('normal' | 'build' | 'dev')[]): void {
    for (const edge of kinds.flatMap((kind) => this.#usedEdges(loaded, side, kind))) {
      const dependee = this.#rules.lookup(edge.to)
      if (dependee && [...dependee.targets, ...dependee.lost].some(isLibrary))
        this.#refuseOtherName(loaded, externName(edge, dependee), dependee)
    }
  }

  /**
   * What `required-features` may ask for: features of the package, and those of its dependencies as `dependency/feature`. An
   * optional one counts as soon as it was locked, and with one table of a dependency come all of them.
   */
  #isProvided(loaded: LoadedPackage, name: string): boolean {
    if (this.#features.get(loaded.id, 'target')?.features.has(name) === true) return true
    const [dependency, feature] = [name.slice(0, name.indexOf('/')), name.slice(name.indexOf('/') + 1)]
    return loaded.edges.some((edge) => {
      if (edge.dependency.nameInToml !== dependency || !this.#isLocked(loaded, edge)) return false
      const isLookedAt = (other: PackageEdge): boolean =>
        other.to === edge.to &&
        this.#isLocked(loaded, other) &&
        (other.dependency.kind !== 'dev' || this.#rules.withDev) &&
        SIDES.some((side) => this.#rules.isActivePlatform(other, side))
      const side = sideOfDependency(edge, this.#rules.lookup(edge.to), 'target')
      return this.#features.turnedOn(edge.to, side)?.features.has(feature) === true && loaded.edges.some(isLookedAt)
    })
  }

  #externs(loaded: LoadedPackage, side: Side, kind: 'normal' | 'build' | 'dev'): readonly UnitExtern[] {
    const externs: UnitExtern[] = []
    for (const edge of this.#usedEdges(loaded, side, kind)) {
      const { dependency, to } = edge
      const dependee = this.#rules.lookup(to)
      const unit = this.#library(to, sideOfDependency(edge, dependee, side))
      const name = externName(edge, dependee)
      // cargo asks for the name before it misses the file.
      if (unit !== undefined || dependee?.lost.some(isLibrary)) this.#refuseOtherName(loaded, name, dependee)
      if (unit === undefined) continue
      externs.push({ name, unit, ...(dependency.platform ? { platform: dependency.platform.text } : {}) })
    }
    return withoutRepeats(externs)
  }

  /**
   * cargo builds no package that has one other package under two names, whatever the tables or platforms: it looks at all
   * that was turned on when versions were chosen.
   */
  #refuseOtherName(loaded: LoadedPackage, name: string, dependee: LoadedPackage | undefined): void {
    const other = loaded.edges.find(
      (edge) => edge.to === dependee?.id && externName(edge, dependee) !== name && this.#isLocked(loaded, edge),
    )
    if (!other || !dependee) return
    throw new ProjectError(
      `${loaded.id} depends on ${dependee.id} under two names`,
      `${name} and ${externName(other, dependee)}; cargo refuses to build it`,
      'Give it one name in all tables of dependencies.',
    )
  }

  /** Whether cargo had this dependency in mind when it chose versions. */
  #isLocked({ id }: LoadedPackage, { dependency: { kind, optional, nameInToml } }: PackageEdge): boolean {
    const { devIsLocked, withDev } = this.#rules
    if (kind === 'dev' && !((devIsLocked || withDev) && this.#roots.has(id))) return false
    if (!optional || SIDES.some((side) => this.#features.get(id, side)?.optional.has(nameInToml))) return true
    this.#locking ??= this.#lock()
    return this.#locking.get(id, 'target')?.optional.has(nameInToml) === true
  }

  #usedEdges(loaded: LoadedPackage, side: Side, kind: 'normal' | 'build' | 'dev'): readonly PackageEdge[] {
    const optional = this.#features.get(loaded.id, side)?.optional
    return activeEdges(loaded, side, this.#roots.has(loaded.id), this.#rules).filter(
      ({ dependency }) =>
        dependency.kind === kind && (!dependency.optional || optional?.has(dependency.nameInToml) === true),
    )
  }

  #draft(loaded: LoadedPackage, target: CompileTarget, side: Side, externs: readonly UnitExtern[]): Draft {
    const id = `${loaded.id} ${unitName(target, loaded)}${side === 'host' ? HOST : ''}`
    const features = [...(this.#features.get(loaded.id, side)?.features ?? [])].sort()
    const draft: Draft = { id, loaded, target, features, externs, stages: new Set() }
    this.#drafts.set(id, draft)
    return draft
  }

  #report(id: PackageId, message: string): void {
    if (this.#diagnostics.some((known) => known.package === id && known.message === message)) return
    this.#diagnostics.push({ package: id, message })
  }

  /** A library serves every stage that a crate using it serves; a proc macro, and what it uses, always `macro`. */
  #spreadStages(): void {
    const pending = [...this.#drafts.values()].filter(({ stages }) => stages.size > 0)
    for (let draft = pending.pop(); draft; draft = pending.pop()) {
      for (const { unit } of draft.externs) {
        const used = this.#drafts.get(unit)
        if (!used) continue
        const before = used.stages.size
        if (used.target.kind === 'proc-macro') used.stages.add('macro')
        else for (const stage of draft.stages) used.stages.add(stage)
        if (used.stages.size > before) pending.push(used)
      }
    }
  }
}

/** The name that code has for the library of a dependency. */
function externName({ dependency }: PackageEdge, dependee: LoadedPackage | undefined): string {
  if (dependency.renamed) return codeName(dependency.nameInToml)
  const crate = dependee?.targets.find(isLibrary)
  return crate?.crateName ?? codeName(dependency.packageName)
}

const isLibrary = ({ kind }: { readonly kind: string }): boolean => kind === 'lib' || kind === 'proc-macro'

const SIDES: readonly Side[] = ['target', 'host']

function sameSet(a: ReadonlySet<string>, b: ReadonlySet<string>): boolean {
  return a.size === b.size && [...a].every((item) => b.has(item))
}
