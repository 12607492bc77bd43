/**
 * The call graph with the maps laid over it, as each stage is asked about it: `--entry` is a question about what runs, and
 * what runs when something is built stays whole whatever the answer. A gate must not turn green by it.
 */
import type { Stage } from '../base/index.js'
import type { CallGraph } from '../graph/index.js'
import { type Entry, functionsWithin, isAboutEntries } from './entry.js'
import type { CapabilityMaps } from './map-index.js'
import { buildPowerGraph, type PowerGraph } from './power-graph.js'
import { ResourceFinder } from './resources.js'

/** What a stage is asked about; `roots` are the packages that were asked for, where `entry` looks for its starts. */
export function powersByStage(
  graph: CallGraph,
  maps: CapabilityMaps,
  { entry = 'all', roots = [] }: { readonly entry?: Entry | undefined; readonly roots?: readonly string[] | undefined },
): (stage: Stage) => PowerGraph {
  const whole = buildPowerGraph(graph, maps, undefined, new ResourceFinder(graph, maps, roots))
  const within = functionsWithin(graph, maps, entry, roots)
  const restricted = within ? buildPowerGraph(graph, maps, within, whole.resources) : whole
  return (stage) => (isAboutEntries(stage) ? restricted : whole)
}
