/** What a survey keeps of a crate that was analyzed: findings by crate of the whole tree, finer ones and references of the crate itself. */
import { compareText, printCfg } from '../base/index.js'
import { classify, type Granularity, idleFunctions } from '../capabilities/index.js'
import type { FunctionNode, Reference } from '../graph/index.js'
import type { Finding } from '../report/result.js'
import { type CrateVersion, type CrossReference, type How, RECORD_FORMAT, type ResultRecord } from '../survey/index.js'
import { type CrateGraph, findingsOf } from './analyze.js'
import { decidedFor } from './decided-condition.js'
import { toResult } from './to-result.js'

export interface Surveyed {
  readonly crate: CrateVersion
  readonly lockfile: string
  readonly how: How
}

export function toSurveyRecord(read: CrateGraph, { crate, lockfile, how }: Surveyed): ResultRecord {
  const [root = ''] = read.workspace.roots
  const finer = (granularity: Granularity): readonly Finding[] =>
    toResult(findingsOf(read, granularity)).packages.find(({ id }) => id === root)?.capabilities ?? []
  const own = read.graph.functions.filter((node) => node.package === root)
  return {
    format: RECORD_FORMAT,
    crate,
    lockfile,
    how,
    analysis: toResult(findingsOf(read, 'crate')),
    finer: { module: finer('module'), function: finer('function'), site: finer('site') },
    size: {
      modules: new Set(own.map(({ module }) => module)).size,
      functions: new Set(own.filter(canHave).map(({ path }) => path)).size,
      publicFunctions: own.filter((node) => isFunction(node) && node.public).length,
    },
    references: crossReferences(read, root),
  }
}

/** What a finding by function can be told of: closures and initialisers too. */
const canHave = ({ kind }: FunctionNode): boolean => kind !== 'module' && kind !== 'foreign fn'

const isFunction = ({ kind }: FunctionNode): boolean => kind === 'fn'

/** References of the crate's own code that lead out of it: to other packages, and to what the maps know. One a pair and condition. */
function crossReferences(read: CrateGraph, root: string): readonly CrossReference[] {
  const { graph, maps, workspace } = read
  const classification = classify(graph, maps)
  const idle = idleFunctions(graph, classification)
  const decided = decidedFor(workspace.targets)
  const found = new Map<string, CrossReference>()
  for (const reference of graph.references) {
    const from = graph.functions[reference.from]
    if (from?.package !== root || reference.callee === null) continue
    const to = reference.to === undefined ? undefined : graph.functions[reference.to]
    if (to?.package === root || (to && reference.found === 'drop' && idle[to.id] === 1)) continue
    const capabilities = [...(classification.ofReference(reference).effect?.grants ?? [])].sort()
    if (!to && capabilities.length === 0) continue
    const one = {
      ...ends(from, reference, to),
      certainty: reference.certainty,
      condition: printCfg(decided(reference.cfg)),
    }
    const key = JSON.stringify(one)
    found.set(key, { ...one, capabilities, places: (found.get(key)?.places ?? 0) + 1 })
  }
  return [...found].sort(([a], [b]) => compareText(a, b)).map(([, reference]) => reference)
}

const ends = (from: FunctionNode, { callee }: Reference, to: FunctionNode | undefined) => ({
  from: from.path,
  package: to?.package ?? null,
  to: to?.path ?? callee ?? '',
})
