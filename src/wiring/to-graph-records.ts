/** From a call graph to the records that other programs read; see report/graph-records.ts. */

import { printCfg } from '../base/index.js'
import { classify, FlagFinder, functionsOfAllStages, idleFunctions, ResourceFinder } from '../capabilities/index.js'
import type { FunctionNode, Reference } from '../graph/index.js'
import type { FunctionRecord, GraphRecord, ReferenceRecord } from '../report/graph-records.js'
import type { CrateGraph } from './analyze.js'
import { entryOf } from './entry-of.js'
import { systemsOf } from './systems-of.js'

/**
 * Every function, then every reference, one at a time: a big graph is never in memory twice. That a value may be dropped is
 * listed where its `Drop` impl can do something. With an entry, of what runs only what is reachable from there.
 */
export function* toGraphRecords(crate: CrateGraph, entry?: string): Generator<GraphRecord> {
  const { graph, maps, workspace } = crate
  const within = functionsOfAllStages(graph, maps, entryOf(entry, crate), workspace.roots)
  for (const node of graph.functions) if (within?.[node.id] !== 0) yield functionRecord(node)
  const classification = classify(graph, maps)
  const { ofReference } = classification
  const idle = idleFunctions(graph, classification)
  const flags = new FlagFinder(graph, maps, workspace.roots, systemsOf(workspace))
  const finder = new ResourceFinder(graph, maps, workspace.roots, flags.evaluator)
  for (const [index, reference] of graph.references.entries()) {
    const { found, to } = reference
    if (within?.[reference.from] === 0) continue
    if (found === 'drop' && to !== undefined && idle[to] === 1) continue
    const { effect } = ofReference(reference)
    const grants = effect?.grants ?? []
    const left = effect && grants.length > 0 ? flags.left(index, effect) : grants
    yield referenceRecord(reference, {
      capabilities: mapped(grants),
      ...(left.length < grants.length && { effective: mapped(left) }),
      resources: grants.length > 0 ? finder.ofReference(index) : [],
    })
  }
}

/** What the maps say of a path; `ffi` says that they know nothing of it. */
const mapped = (grants: readonly string[]): readonly string[] => grants.filter((grant) => grant !== 'ffi').sort()

function functionRecord(node: FunctionNode): FunctionRecord {
  return {
    type: 'function',
    id: node.id,
    package: node.package,
    target: node.unit,
    path: node.path,
    file: node.file,
    line: node.line,
    endLine: node.endLine,
    ...(node.cfg.k !== 'true' && { condition: printCfg(node.cfg) }),
    ...(node.entry && { entry: true }),
  }
}

/** A name that another package's macro wrote is placed in that package, in front of the path: `<name-version>/file`. */
function placeOfRecord({ package: id, file, line, column, writtenAt }: Reference) {
  if (!writtenAt) return { package: id, file, line, column }
  const home = writtenAt.package.replace('@', '-')
  return { package: id, file: `<${home}>/${writtenAt.file}`, line: writtenAt.line, column: writtenAt.column }
}

function referenceRecord(
  reference: Reference,
  {
    capabilities,
    effective,
    resources,
  }: Pick<ReferenceRecord, 'capabilities' | 'effective'> & { readonly resources: ReferenceRecord['resources'] & {} },
): ReferenceRecord {
  return {
    type: 'reference',
    from: reference.from,
    ...placeOfRecord(reference),
    callee: reference.callee,
    ...(reference.to !== undefined && { to: reference.to }),
    certainty: reference.certainty,
    capabilities,
    ...(effective && { effective }),
    ...(resources.length > 0 && { resources }),
    ...(reference.cfg.k !== 'true' && { condition: printCfg(reference.cfg) }),
    ...(reference.why !== undefined && { why: reference.why }),
  }
}
