/**
 * Which features each package is compiled with, by the rules of cargo's feature resolvers (Cargo book, "Feature resolver
 * version 2"): a worklist from the root packages to a fixpoint, the host side (build scripts' dependencies, proc macros, and
 * everything below them) apart from the target side, or, with resolver 1, all as one. It does not choose versions; the
 * lockfile has.
 */
import { ProjectError } from '../base/index.js'
import { type FeatureValue, parseFeatureValue } from './feature-value.js'
import { MAX_FEATURE_STEPS } from './limits.js'
import type { LoadedPackage, PackageEdge, PackageLookup } from './package-graph.js'
import type { PackageId } from './workspace.js'

/** What a package is compiled for: the machine that builds, or the target that the program is for. */
export type Side = 'host' | 'target'

export interface RootFeatures {
  readonly id: PackageId
  /** As given on the command line: `x`, `dep/x`, `dep?/x`. */
  readonly features: readonly string[]
  readonly all: boolean
  readonly default: boolean
  /** Not compiled itself: it only turns features on. */
  readonly onlyFeatures?: boolean
}

export interface ResolvedSide {
  readonly features: ReadonlySet<string>
  /** Keys (in the manifest) of optional dependencies that are turned on. */
  readonly optional: ReadonlySet<string>
}
export interface ResolvedFeatures {
  /** Undefined when the package is not compiled for that side. */
  get(id: PackageId, side: Side): ResolvedSide | undefined
  /** The same, with resolver 1 also of what is not compiled and turns features on. */
  turnedOn(id: PackageId, side: Side): ResolvedSide | undefined
  /** Ids of all packages compiled for either side. */
  readonly packages: ReadonlySet<PackageId>
  /** These, and those that would be if their sources were there. */
  readonly needed: ReadonlySet<PackageId>
  /** Features that were asked for by a dependent and are not there. */
  readonly problems: readonly { readonly package: PackageId; readonly message: string }[]
}
export interface FeatureRules {
  readonly lookup: PackageLookup
  /** Whether a dependency's platform is among those looked at, on that side. */
  readonly isActivePlatform: (edge: PackageEdge, side: Side) => boolean
  /** Dev-dependencies of the root packages count too. */
  readonly withDev: boolean
  /** Resolver 1; absent for those after it. */
  readonly unified?: UnifiedFeatures
  /** Dev-dependencies of the roots count where cargo chooses versions: always but for `cargo install`. */
  readonly devIsLocked: boolean
}

/**
 * Resolver 1: a package has the same features wherever it is compiled, and every dependency adds to them, also those that are
 * not compiled for their platform or their kind.
 */
export interface UnifiedFeatures {
  /** Dev-dependencies of the roots count, compiled or not: always but for `cargo install`. */
  readonly dev: boolean
  /** `x?/y` turns `x` on: so it is when cargo chooses versions, whatever it compiles then. */
  readonly weakIsOn?: true
}

/** The side that the dependency of an edge is compiled for, when its dependent is compiled for `side`. */
export function sideOfDependency({ dependency }: PackageEdge, to: LoadedPackage | undefined, side: Side): Side {
  return side === 'host' || dependency.kind === 'build' || to?.manifest.procMacro === true ? 'host' : 'target'
}

/** The edges of a package that count on that side, whether their optional dependencies are turned on or not. */
export function activeEdges(
  loaded: LoadedPackage,
  side: Side,
  isRoot: boolean,
  rules: FeatureRules,
): readonly PackageEdge[] {
  return loaded.edges.filter(
    (edge) => (edge.dependency.kind !== 'dev' || (rules.withDev && isRoot)) && rules.isActivePlatform(edge, side),
  )
}

/** Throws ProjectError when the graph is so large that the limit of steps is reached. */
export function resolveFeatures(roots: readonly RootFeatures[], rules: FeatureRules): ResolvedFeatures {
  if (!rules.unified) return new FeatureResolution(roots, rules).run()
  return compiledOf(roots, new FeatureResolution(roots, rules).run(), rules)
}

/**
 * What the dependency resolver turns on for these roots, before any feature resolver narrows it: both sides, every platform
 * and kind as one (as `target`), `x?/y` as `x/y`. What it has no source for counts with no features.
 */
export function resolveForLock(roots: readonly RootFeatures[], rules: FeatureRules): ResolvedFeatures {
  return new FeatureResolution(roots, { ...rules, unified: { dev: rules.devIsLocked, weakIsOn: true } }).run()
}

/** Resolver 1: what is compiled of the packages whose features were resolved as one. */
function compiledOf(roots: readonly RootFeatures[], all: ResolvedFeatures, rules: FeatureRules): ResolvedFeatures {
  const rootIds = new Set(roots.filter(({ onlyFeatures }) => !onlyFeatures).map(({ id }) => id))
  const sides = new Set<string>()
  const packages = new Set<PackageId>()
  const needed = new Set<PackageId>()
  const pending = [...rootIds].flatMap((id) => {
    const sides: readonly Side[] = rules.lookup(id)?.manifest.procMacro === true ? ['target', 'host'] : ['target']
    return sides.map((side) => ({ id, side }))
  })
  for (let next = pending.pop(); next; next = pending.pop()) {
    const { id, side } = next
    if (sides.has(`${side} ${id}`)) continue
    sides.add(`${side} ${id}`)
    needed.add(id)
    const loaded = rules.lookup(id)
    if (!loaded) continue
    packages.add(id)
    const optional = all.get(id, 'target')?.optional
    for (const edge of activeEdges(loaded, side, rootIds.has(id), rules)) {
      if (edge.dependency.optional && optional?.has(edge.dependency.nameInToml) !== true) continue
      pending.push({ id: edge.to, side: sideOfDependency(edge, rules.lookup(edge.to), side) })
    }
  }
  return {
    get: (id, side) => (sides.has(`${side} ${id}`) ? all.get(id, 'target') : undefined),
    turnedOn: (id) => all.get(id, 'target'),
    packages,
    needed,
    problems: all.problems.filter((problem) => packages.has(problem.package)),
  }
}

/** A package whose library is a proc macro may have programs and tests too, which are not for the host. */
function sidesOfRoot({ manifest }: LoadedPackage, { unified }: FeatureRules): readonly Side[] {
  return manifest.procMacro && !unified ? ['target', 'host'] : ['target']
}

interface SideState {
  readonly loaded: LoadedPackage
  readonly edges: readonly PackageEdge[]
  readonly side: Side
  readonly features: Set<string>
  readonly optional: Set<string>
  /** Features asked for with `x?/y` while `x` was off. */
  readonly deferred: Map<string, Set<string>>
}
interface Step {
  readonly state: SideState
  readonly value: FeatureValue
}

class FeatureResolution {
  readonly #roots: readonly RootFeatures[]
  readonly #rules: FeatureRules
  readonly #rootIds: ReadonlySet<PackageId>
  readonly #states = new Map<string, SideState>()
  readonly #packages = new Set<PackageId>()
  readonly #needed = new Set<PackageId>()
  readonly #problems = new Map<string, { package: PackageId; message: string }>()
  readonly #pending: Step[] = []

  constructor(roots: readonly RootFeatures[], rules: FeatureRules) {
    this.#roots = roots
    this.#rules = rules
    this.#rootIds = new Set(roots.map(({ id }) => id))
  }

  run(): ResolvedFeatures {
    for (const root of this.#roots) this.#enterRoot(root)
    let steps = 0
    for (let step = this.#pending.pop(); step; step = this.#pending.pop()) {
      if (++steps > MAX_FEATURE_STEPS) {
        throw new ProjectError(
          'The features cannot be resolved',
          `after ${MAX_FEATURE_STEPS} steps there is no end`,
          'Look at the [features] tables: this is far more than real crates have.',
        )
      }
      this.#activate(step.state, step.value)
    }
    const states = this.#states
    return {
      get: (id, side) => states.get(`${side} ${id}`),
      turnedOn: (id, side) => states.get(`${side} ${id}`),
      packages: this.#packages,
      needed: this.#needed,
      problems: [...this.#problems.values()],
    }
  }

  #enterRoot(root: RootFeatures): void {
    const loaded = this.#rules.lookup(root.id)
    if (!loaded) return
    const { features } = loaded.manifest
    const names = [
      ...(root.all ? features.keys() : []),
      ...(root.default && features.has('default') ? ['default'] : []),
      ...root.features,
    ]
    for (const side of sidesOfRoot(loaded, this.#rules)) {
      const state = this.#enter(root.id, side)
      for (const name of names) if (state) this.#pending.push({ state, value: parseFeatureValue(name) })
    }
  }

  /** The package on that side; when it is new, with its dependencies that are not optional. */
  #enter(id: PackageId, side: Side): SideState | undefined {
    const key = `${side} ${id}`
    const known = this.#states.get(key)
    if (known) return known
    this.#needed.add(id)
    const loaded = this.#rules.lookup(id)
    if (!loaded) return undefined
    const edges = this.#edgesOf(loaded, side)
    const state: SideState = { loaded, edges, side, features: new Set(), optional: new Set(), deferred: new Map() }
    this.#states.set(key, state)
    this.#packages.add(id)
    for (const edge of edges) if (!edge.dependency.optional) this.#enterDependency(state, edge)
    return state
  }

  #edgesOf(loaded: LoadedPackage, side: Side): readonly PackageEdge[] {
    const { unified } = this.#rules
    const isRoot = this.#rootIds.has(loaded.id)
    if (!unified) return activeEdges(loaded, side, isRoot, this.#rules)
    const withDev = isRoot && (unified.dev || this.#rules.withDev)
    return loaded.edges.filter(({ dependency }) => dependency.kind !== 'dev' || withDev)
  }

  /** Turns on the package of an edge with the features that the dependent's manifest asks of it. */
  #enterDependency(state: SideState, edge: PackageEdge): SideState | undefined {
    const to = this.#rules.lookup(edge.to)
    const side = this.#rules.unified ? 'target' : sideOfDependency(edge, to, state.side)
    const entered = this.#enter(edge.to, side)
    if (!entered) return undefined
    const { features, defaultFeatures } = edge.dependency
    const wanted =
      defaultFeatures && entered.loaded.manifest.features.has('default') ? ['default', ...features] : features
    for (const name of wanted) this.#pending.push({ state: entered, value: parseFeatureValue(name) })
    return entered
  }

  #activate(state: SideState, value: FeatureValue): void {
    if (value.k === 'feature') this.#activateFeature(state, value.name)
    else if (value.k === 'dep') this.#activateDependency(state, value.name)
    else this.#activateDependencyFeature(state, value.name, value.feature, value.weak)
  }

  #activateFeature(state: SideState, name: string): void {
    if (state.features.has(name)) return
    const values = state.loaded.manifest.features.get(name)
    if (!values) {
      const message = `feature ${name} is asked for, and the manifest has none of that name`
      this.#problems.set(`${state.loaded.id} ${name}`, { package: state.loaded.id, message })
      return
    }
    state.features.add(name)
    for (const value of values) this.#pending.push({ state, value: parseFeatureValue(value) })
  }

  #activateDependency(state: SideState, name: string): void {
    if (state.optional.has(name)) return
    state.optional.add(name)
    for (const edge of state.edges) if (edge.dependency.nameInToml === name) this.#enterDependency(state, edge)
    for (const feature of state.deferred.get(name) ?? []) this.#activateDependencyFeature(state, name, feature, true)
    state.deferred.delete(name)
  }

  #activateDependencyFeature(state: SideState, name: string, feature: string, weak: boolean): void {
    // Of what is in no lockfile there is no edge; that it is on must be known nevertheless.
    if (!weak && state.loaded.unlocked.some(({ nameInToml }) => nameInToml === name))
      this.#activateDependency(state, name)
    for (const edge of state.edges) {
      const { dependency } = edge
      if (dependency.nameInToml !== name) continue
      if (dependency.optional) {
        if (weak && this.#rules.unified?.weakIsOn !== true && !state.optional.has(name)) {
          const waiting = state.deferred.get(name)
          if (waiting) waiting.add(feature)
          else state.deferred.set(name, new Set([feature]))
          continue
        }
        this.#activateDependency(state, name)
        // Before `dep:` existed, `x/y` also turned on the feature `x`; it still does where `x` is one.
        if (!weak && state.loaded.manifest.features.has(name)) this.#activateFeature(state, name)
      }
      const entered = this.#enterDependency(state, edge)
      if (entered) this.#pending.push({ state: entered, value: parseFeatureValue(feature) })
    }
  }
}
