/**
 * The call graph with the maps laid over it, as each stage is asked about it: `--entry` is a question about what runs, and
 * what runs when something is built stays whole whatever the answer. A gate must not turn green by it.
 */
import type { Stage } from '../base/index.js'
import type { CallGraph } from '../graph/index.js'
import { splitByCaller } from './by-caller.js'
import { classify } from './classify.js'
import { type Entry, functionsWithin, isAboutEntries } from './entry.js'
import { FlagFinder } from './flags.js'
import type { CapabilityMaps } from './map-index.js'
import { buildPowerGraph, type PowerGraph } from './power-graph.js'
import { ResourceFinder } from './resources.js'

export interface PowerOptions {
  readonly entry?: Entry | undefined
  /** The packages that were asked for: where `entry` looks for its starts. */
  readonly roots?: readonly string[] | undefined
  /** `target_os` of the targets that are looked at: what a number means may hang on it. */
  readonly systems?: readonly string[] | undefined
}

export interface PowersByStage {
  /** The graph that powers are asked of: with copies of functions whose callers decide what they do. */
  readonly graph: CallGraph
  readonly of: (stage: Stage) => PowerGraph
}

/** What each stage is asked about. */
export function powersByStage(
  whole: CallGraph,
  maps: CapabilityMaps,
  { entry = 'all', roots = [], systems = [] }: PowerOptions,
): PowersByStage {
  const flags = new FlagFinder(whole, maps, roots, systems)
  const byCaller = splitByCaller(whole, classify(whole, maps), flags)
  const { graph } = byCaller
  const resources = new ResourceFinder(whole, maps, roots, flags.evaluator)
  const all = buildPowerGraph(graph, maps, { resources, byCaller })
  const within = functionsWithin(graph, maps, entry, roots)
  const restricted = within ? buildPowerGraph(graph, maps, { within, resources, byCaller }) : all
  return { graph, of: (stage) => (isAboutEntries(stage) ? restricted : all) }
}
