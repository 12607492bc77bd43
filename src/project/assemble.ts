/**
 * From roots, a lockfile and a way to find sources to the Workspace: features, missing sources, units. Where the roots and
 * the lockfile come from is `load.ts`'s matter.
 */
import { compareText, ProjectError } from '../base/index.js'
import { withAskedOptions } from './asked-options.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import { configurationPackages, machineLosses } from './configuration/configuration-package.js'
import { configuredTargets } from './configuration/configured-targets.js'
import { type Dependees, refuseCircle } from './dependency-circle.js'
import type { DependencyKind } from './dependency-tables.js'
import {
  activeEdges,
  type FeatureRules,
  type ResolvedFeatures,
  type RootFeatures,
  resolveFeatures,
  resolveForLock,
  type UnifiedFeatures,
} from './features.js'
import type { FoundSource } from './found-source.js'
import { MAX_FETCH_ROUNDS } from './limits.js'
import { type LockedPackage, type Lockfile, packageText } from './lockfile.js'
import type { LoadOptions } from './options.js'
import type { PackageEdge } from './package-graph.js'
import { type EdgeMatch, makePackageStore, type PackageStore } from './package-store.js'
import { rootFeatures } from './root-features.js'
import type { TargetPlatform } from './target-platform.js'
import { hostTargets, mayBeCompiled } from './targets.js'
import { makeUnits } from './units.js'
import { requireLocked } from './unlocked-dependencies.js'
import type { Verification } from './verified.js'
import type { LockChoice, Package, PackageId, ProjectDiagnostic, ProjectLoss, Workspace } from './workspace.js'

export interface AssemblyInput {
  readonly lockfile: Lockfile
  readonly roots: readonly LockedPackage[]
  /** `Workspace.directory`. */
  readonly directory?: string
  readonly isLocal: (locked: LockedPackage) => boolean
  /** The locked package that a dependency of another one means. */
  readonly match: EdgeMatch
  readonly find: (locked: LockedPackage) => FoundSource | undefined
  /** Brings missing packages onto this machine. Throws ProjectError when it may not or cannot. */
  readonly fetch: (missing: readonly LockedPackage[]) => Promise<void>
  readonly diagnostics: readonly ProjectDiagnostic[]
  readonly losses?: readonly ProjectLoss[]
  /** Resolver 1; absent for those after it. */
  readonly unified?: UnifiedFeatures
  /** As `cargo install` takes it: whatever its dev-dependencies are. */
  readonly installed?: true
  /** The package of the directory that was named, for resolver 1 outside of virtual workspaces: `--features` are its. */
  readonly current?: LockedPackage
  /** Asked once sources have come in: other roots to start from, when these show that the lockfile does not fit. */
  readonly refit?: () => Promise<AssemblyInput | undefined>
  readonly configuration: CargoConfiguration
  readonly lockedBy: LockChoice
}

/** Throws ProjectError when a source is missing and cannot be fetched, or a feature does not exist. */
export async function assembleWorkspace(input: AssemblyInput, options: LoadOptions): Promise<Workspace> {
  const targets = withAskedOptions(configuredTargets(options.target, input.configuration), options.cfg)
  const withDev = options.withDev ?? false
  const onRead = (id: PackageId): void => options.onProgress?.({ step: 'reading', package: id })
  const store = makePackageStore({ ...input, withDev, onRead })
  const roots = input.roots.map(({ key }) => store.ids.get(key) ?? key).sort()
  const rules: FeatureRules = {
    lookup: (id) => store.lookup(id),
    isActivePlatform: platformFilter(targets, (options.target?.length ?? 0) === 0),
    withDev,
    devIsLocked: input.installed !== true,
    ...(input.unified ? { unified: input.unified } : {}),
  }
  const unread: ProjectDiagnostic[] = []
  const { features, asked } = await resolveWithSources(store, roots, rules, input, options, unread)
  const other = await input.refit?.()
  if (other) return assembleWorkspace(other, options)
  requireLocked(features, rules)
  refuseCircle(builtEdges(features, store, rules), (id) => id)
  const { units, diagnostics } = makeUnits(
    roots,
    { compiled: features, locked: () => resolveForLock(asked, rules) },
    rules,
  )
  const described = [...features.packages]
    .sort()
    .flatMap((id) => describePackage(id, store, features, rules, roots, input.lockedBy))
  const losses = [...(input.losses ?? []), ...lostTargets(features.packages, store)]
  return {
    roots,
    ...(input.directory === undefined ? {} : { directory: input.directory }),
    // First by its id.
    packages: [...configurationPackages(input.configuration), ...described],
    units,
    targets,
    configuration: input.configuration,
    lockedBy: input.lockedBy,
    ...(losses.length > 0 ? { losses } : {}),
    diagnostics: sortDiagnostics([
      ...input.diagnostics,
      ...machineLosses(input.configuration),
      ...store.diagnostics(),
      ...features.problems,
      ...diagnostics,
      ...unread,
    ]),
  }
}

/** What the packages that are compiled depend on, but for dev-dependencies. */
function builtEdges(features: ResolvedFeatures, { lookup }: PackageStore, rules: FeatureRules): Dependees {
  const edgesOf = (id: PackageId): readonly PackageId[] => {
    const loaded = lookup(id)
    return (['target', 'host'] as const).flatMap((side) => {
      const resolved = features.get(id, side)
      if (!loaded || !resolved) return []
      return activeEdges(loaded, side, false, rules).flatMap(({ dependency: { optional, nameInToml }, to }) =>
        optional && !resolved.optional.has(nameInToml) ? [] : [to],
      )
    })
  }
  return new Map([...features.packages].map((id) => [id, new Set(edgesOf(id))]))
}

/** Of packages that are compiled, what cargo compiles of them and nobody can read. */
function lostTargets(compiled: ReadonlySet<PackageId>, store: PackageStore): readonly ProjectLoss[] {
  return [...compiled].sort().flatMap((id) => {
    const loaded = store.lookup(id)
    const lose = (kind: string, file: string, what: string): ProjectLoss => ({
      kind,
      what,
      package: id,
      file,
      line: 0,
      column: 0,
    })
    return [
      ...(loaded?.manifest.nightly ?? []).map((name) =>
        lose('nightly manifest', 'Cargo.toml', `cargo-features ${name}: what a nightly cargo then does is not known`),
      ),
      ...(loaded?.lost ?? []).map(({ root, what }) => lose('missing file', root, what)),
    ]
  })
}

/** Resolves features again after each fetch, since a package that was missing may need others. */
async function resolveWithSources(
  store: PackageStore,
  roots: readonly PackageId[],
  rules: FeatureRules,
  input: AssemblyInput,
  options: LoadOptions,
  unread: ProjectDiagnostic[],
): Promise<{ readonly features: ResolvedFeatures; readonly asked: readonly RootFeatures[] }> {
  const manifestOf = (id: PackageId) => store.lookup(id)?.manifest
  const current = input.current && (store.ids.get(input.current.key) ?? input.current.key)
  for (let round = 0; ; round++) {
    const asked: readonly RootFeatures[] = rootFeatures(roots, manifestOf, options, current)
    const features = resolveFeatures(asked, rules)
    const absent = store.takeMissing()
    const isNeeded = ({ key }: LockedPackage): boolean => {
      const id = store.ids.get(key) ?? key
      // A root that is not here was never entered, and so nothing needs it.
      return roots.includes(id) || features.needed.has(id)
    }
    // Offline, what only turns features on is done without, and said.
    const missing = options.offline === true ? absent.filter(isNeeded) : absent
    if (missing.length === 0) {
      unread.push(...absent.map((locked) => ({ message: unreadText(locked) })))
      return { features, asked }
    }
    if (round === MAX_FETCH_ROUNDS) {
      throw new ProjectError(
        'Sources are still missing',
        missing.map(({ key }) => key).join(', '),
        'Run `cargo fetch` and try again.',
      )
    }
    await input.fetch(missing)
  }
}

const unreadText = (locked: LockedPackage): string =>
  `${packageText(locked)} is not on this machine; with resolver 1 it may turn features on, though it is not compiled`

/** Remembers its answers by the predicate's text: a lockfile has few texts and many edges. */
function platformFilter(targets: readonly TargetPlatform[], wide: boolean): FeatureRules['isActivePlatform'] {
  const hosts = hostTargets(targets)
  const answers = new Map<string, boolean>()
  return ({ dependency }: PackageEdge, side) => {
    const { platform, kind } = dependency
    if (!platform) return true
    const forHost = side === 'host' || kind === 'build'
    const key = `${forHost} ${platform.text}`
    const known = answers.get(key)
    if (known !== undefined) return known
    const active = forHost
      ? mayBeCompiled(platform.predicate, hosts, wide || hosts.length === 0)
      : mayBeCompiled(platform.predicate, targets, wide)
    answers.set(key, active)
    return active
  }
}

function describePackage(
  id: PackageId,
  store: PackageStore,
  features: ResolvedFeatures,
  rules: FeatureRules,
  roots: readonly PackageId[],
  lockedBy: LockChoice,
): readonly Package[] {
  const loaded = store.lookup(id)
  if (!loaded) return []
  const kinds = new Map<PackageId, Set<DependencyKind>>()
  for (const side of ['target', 'host'] as const) {
    const resolved = features.get(id, side)
    if (!resolved) continue
    for (const edge of loaded.edges) {
      const { kind, optional, nameInToml } = edge.dependency
      if (kind === 'dev' && !(rules.withDev && roots.includes(id))) continue
      if ((optional && !resolved.optional.has(nameInToml)) || !rules.isActivePlatform(edge, side)) continue
      const known = kinds.get(edge.to) ?? new Set()
      kinds.set(edge.to, known.add(kind))
    }
  }
  const { links, edition } = loaded.manifest
  return [
    {
      id,
      name: loaded.locked.name,
      version: loaded.locked.version,
      source: loaded.source,
      verified: isMadeNow(lockedBy) ? byIndex(loaded.verified) : loaded.verified,
      ...(loaded.published && { published: loaded.published }),
      edition,
      ...(loaded.directory === undefined ? {} : { directory: loaded.directory }),
      ...(links === undefined ? {} : { links }),
      dependencies: [...kinds]
        .sort(([a], [b]) => compareText(a, b))
        .map(([to, set]) => ({ id: to, kinds: DEPENDENCY_KINDS.filter((kind) => set.has(kind)) })),
      tree: loaded.tree,
    },
  ]
}

/** A lockfile that was made for this run has its sums from the index. */
const isMadeNow = (lockedBy: LockChoice): boolean => lockedBy === 'resolved' || lockedBy === 'offline'
const byIndex = (verified: Verification): Verification =>
  verified.by === 'lockfile' ? { ...verified, by: 'index' } : verified

const DEPENDENCY_KINDS: readonly DependencyKind[] = ['normal', 'build', 'dev']

function sortDiagnostics(diagnostics: readonly ProjectDiagnostic[]): readonly ProjectDiagnostic[] {
  const key = ({ package: id = '', file = '', message }: ProjectDiagnostic): string => `${id}\0${file}\0${message}`
  const unique = new Map(diagnostics.map((diagnostic) => [key(diagnostic), diagnostic]))
  return [...unique].sort(([a], [b]) => compareText(a, b)).map(([, diagnostic]) => diagnostic)
}
