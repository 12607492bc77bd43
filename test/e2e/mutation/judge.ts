/** What caps says of the mutants in a crate: by the call graph, from the mutant's own line to its power. */
import type { CallGraph, Reference, SyntacticFact } from '../../../src/graph/call-graph.js'
import type { Mutant, Mutated } from './mutant.js'

export type Verdict = 'seen' | 'told' | 'vanished'

interface Spot {
  readonly file: string
  readonly line: number
}

/** The verdict on each mutant. Told: a loss, or a reference whose callee is not known, on the mutant's line or on the way. */
export function judge(graph: CallGraph, mutated: Mutated): Map<Mutant, Verdict> {
  const outgoing = new Map<number, Reference[]>()
  const spots = new Map<string, Reference[]>()
  const push = <K>(map: Map<K, Reference[]>, key: K, reference: Reference): void => {
    const list = map.get(key)
    if (list) list.push(reference)
    else map.set(key, [reference])
  }
  for (const reference of graph.references) {
    push(outgoing, reference.from, reference)
    for (const spot of [reference, reference.writtenAt ?? reference]) push(spots, keyOf(spot), reference)
  }
  const facts = new Map<string, Set<string>>()
  const factsOf = graph.functions.map((node) => new Set(node.facts.map(({ kind }) => kind as string)))
  for (const { facts: own } of graph.functions)
    for (const fact of own) facts.set(keyOf(fact), (facts.get(keyOf(fact)) ?? new Set()).add(fact.kind))
  const lost = new Set(graph.losses.map(keyOf))

  // What a macro of the mutant's module makes stands there, but is of the function that the mutant stands in.
  const functionsAround = ({ file, line }: Spot) =>
    graph.functions.filter((node) => node.file === file && node.line <= line && line <= node.endLine)
  const factMade = (mutant: Mutant, spot: Spot): boolean => {
    const module = mutated.modules.get(mutant)
    const isMade = (fact: SyntacticFact) =>
      mutant.power.facts.includes(fact.kind) && fact.file === module?.file && fact.line === module.from
    return functionsAround(spot).some((node) => node.facts.some(isMade))
  }
  const referencesMade = (mutant: Mutant, spot: Spot): readonly Reference[] => {
    const module = mutated.modules.get(mutant)
    const own = functionsAround(spot).flatMap(({ id }) => outgoing.get(id) ?? [])
    return own.filter(({ file, line }) => file === module?.file && line === module.from)
  }

  const verdictOf = (mutant: Mutant, spot: Spot): Verdict => {
    const { callees, facts: kinds } = mutant.power
    if (kinds.some((kind) => facts.get(keyOf(spot))?.has(kind)) || factMade(mutant, spot)) return 'seen'
    const seen = new Set<number>()
    const queue = [...(spots.get(keyOf(spot)) ?? []), ...referencesMade(mutant, spot)]
    let told = lost.has(keyOf(spot))
    for (let next = queue.pop(); next; next = queue.pop()) {
      if (callees.includes(next.callee ?? '') || callees.includes(next.symbol ?? '')) return 'seen'
      if (next.callee === null || next.why !== undefined) told = true
      if (next.to === undefined || seen.has(next.to)) continue
      seen.add(next.to)
      if (kinds.some((kind) => factsOf[next.to as number]?.has(kind))) return 'seen'
      queue.push(...(outgoing.get(next.to) ?? []))
    }
    return told ? 'told' : 'vanished'
  }
  return new Map(
    [...mutated.placed].map(([mutant, { file, from }]) => [mutant, verdictOf(mutant, { file, line: from })]),
  )
}

const keyOf = ({ file, line }: Spot): string => `${file}:${line}`
