/**
 * The rooms in a row: a crate's name to its workspace, call graph and findings. The one place that knows them all; it
 * computes nothing itself. What comes out is for callers inside of this package: the public result is to-result.ts's.
 */
import type { CapabilityMaps, Findings, Granularity } from '../capabilities/index.js'
import { analyzeCapabilities } from '../capabilities/index.js'
import type { CallGraph } from '../graph/index.js'
import type { Visits } from '../names/index.js'
import { CONFIGURATION_PACKAGE, loadWorkspace, type Workspace } from '../project/index.js'
import { openStore, storeDirectory } from '../store/index.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { callGraphOf } from './call-graph-of.js'
import { loadCapabilityMaps } from './capability-maps.js'
import { entryOf } from './entry-of.js'
import { engineId, keptGraph, type StoreUse } from './kept-graph.js'
import { systemsOf } from './systems-of.js'

/** A crate's code, before anything is said about its powers. */
export interface CrateGraph {
  readonly workspace: Workspace
  readonly graph: CallGraph
  readonly maps: CapabilityMaps
}
export interface Analysis extends CrateGraph {
  readonly granularity: Granularity
  readonly findings: Findings
}

/** Reads the crate and its dependencies, and resolves them. Throws ProjectError when the crate or a map cannot be read. */
export async function readCrate(
  spec: string,
  options: AnalyzeOptions,
  onProgress: OnProgress,
  visits?: Visits,
): Promise<CrateGraph> {
  const maps = loadCapabilityMaps(options.capabilityMaps ?? [])
  onProgress({ step: 'resolving' })
  const workspace = await loadWorkspace(spec, { ...options, onProgress })
  onProgress({ step: 'choosing', ...choicesIn(workspace) })
  const make = (): Promise<CallGraph> => callGraphOf(workspace, { onProgress, visits, jobs: options.jobs })
  // Whoever watches each place being visited needs it to be visited.
  const graph = visits ? await make() : await keptGraph(workspace, storeUse(options.cache ?? false, onProgress), make)
  return { workspace, maps, graph }
}

function storeUse(cache: boolean | 'verify', onProgress: OnProgress): StoreUse | undefined {
  const directory = cache === false ? undefined : storeDirectory()
  const engine = engineId()
  if (directory === undefined || engine === undefined) return undefined
  const store = openStore(directory, (trouble) => onProgress({ step: 'keeping', trouble }))
  return { store, engine, verify: cache === 'verify' }
}

/** The targets and features that an analysis looks at; a package that is built twice has the features of both. */
function choicesIn({ packages, targets, units }: Workspace) {
  const features = packages.map(({ id }) => {
    const own = units.filter((unit) => unit.package === id).flatMap((unit) => unit.features)
    return { package: id, features: [...new Set(own)].sort() }
  })
  return { targets: targets.map(({ triple }) => triple), features }
}

/** `readCrate`, and what the crate can do. */
export async function analyzeCrate(
  spec: string,
  options: AnalyzeOptions & { readonly granularity?: Granularity },
  onProgress: OnProgress,
  visits?: Visits,
): Promise<Analysis> {
  const crate = await readCrate(spec, options, onProgress, visits)
  onProgress({ step: 'following paths' })
  return findingsOf(crate, options.granularity ?? 'crate', options.entry)
}

/** What a crate that was read can do; asked again for another granularity, nothing is read again. Throws ProjectError. */
export function findingsOf(
  crate: CrateGraph,
  granularity: Granularity,
  entry?: string,
  { everyReach = false }: { readonly everyReach?: boolean } = {},
): Analysis {
  const { workspace, graph, maps } = crate
  const start = entryOf(entry, crate)
  // What a configuration does happens before anything is entered.
  const roots = [...workspace.roots, CONFIGURATION_PACKAGE]
  const systems = systemsOf(workspace)
  const findings = analyzeCapabilities(graph, maps, { granularity, entry: start, roots, systems, everyReach })
  return { ...crate, granularity, findings }
}
