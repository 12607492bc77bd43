/** A graph of several targets as each of them sees it: what stands under conditions that the target meets. */
import { type CfgExpr, cfgHolds } from '../../src/base/index.js'
import type { CallGraph, FunctionNode } from '../../src/graph/call-graph.js'
import type { TargetPlatform } from '../../src/project/target-platform.js'

export interface TargetView {
  readonly certain: ReadonlySet<string>
  readonly possible: ReadonlySet<string>
  readonly facts: ReadonlySet<string>
  readonly losses: ReadonlySet<string>
}

export function viewOf(graph: CallGraph, target: TargetPlatform): TargetView {
  const options = new Set(target.cfg.map(({ name, value }) => (value === undefined ? name : `${name}=${value}`)))
  // What no target says (features, a release build) is open on both sides alike.
  const holds = (cfg: CfgExpr): boolean =>
    cfgHolds(
      cfg,
      (name, value) => name === 'debug_assertions' || options.has(value === undefined ? name : `${name}=${value}`),
    )
  const nameOf = ({ package: pkg, unit, path, kind, file, line, column }: FunctionNode): string =>
    `${pkg} ${unit} ${kind} ${path} ${file}:${line}:${column}`
  const certain = new Set<string>()
  const possible = new Set<string>()
  for (const ref of graph.references) {
    const from = graph.functions[ref.from] as FunctionNode
    if (!holds(from.cfg) || !holds(ref.cfg)) continue
    const to = ref.to === undefined ? '' : nameOf(graph.functions[ref.to] as FunctionNode)
    const literals = ref.literals?.join('|') ?? ''
    const place = ref.certainty === 'certain' ? `${ref.file}:${ref.line}:${ref.column} ${ref.name} ${literals}` : ''
    const text = `${nameOf(from)} -> ${ref.callee ?? ref.why} ${ref.symbol ?? ''} ${to} ${place}`
    ;(ref.certainty === 'certain' ? certain : possible).add(text)
  }
  const facts = graph.functions.flatMap((fn) =>
    fn.facts
      .filter((fact) => holds(fn.cfg) && holds(fact.cfg))
      .map((fact) => `${nameOf(fn)} ${fact.kind} ${fact.what} ${fact.file}:${fact.line}:${fact.column}`),
  )
  const losses = graph.losses.map(
    ({ kind, what, package: pkg, file, line }) => `${pkg} ${file}:${line} ${kind}: ${what}`,
  )
  return { certain, possible, facts: new Set(facts), losses: new Set(losses) }
}

/** What a target's own graph has and its part of a graph of several has not. */
export function vanished(joint: TargetView, alone: TargetView): readonly string[] {
  return (['certain', 'possible', 'facts', 'losses'] as const).flatMap((kind) => missing(kind, alone, joint))
}

/** What it has too much; what can be meant is left aside, where an impl of another target counts. */
export function tooMuch(joint: TargetView, alone: TargetView): readonly string[] {
  return (['certain', 'facts'] as const).flatMap((kind) => missing(kind, joint, alone))
}

const missing = (kind: keyof TargetView, from: TargetView, to: TargetView): readonly string[] =>
  [...from[kind]].filter((each) => !to[kind].has(each)).map((each) => `${kind}: ${each}`)
