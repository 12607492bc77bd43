/**
 * Functions that can do nothing to the machine: no power of their own, nothing called that has one, nothing that is not known.
 * Whoever lists the call graph leaves the possible run of such a `Drop` impl out: every value may be dropped wherever it is
 * owned, and no answer hangs on it. It does not judge what a power is: the maps do.
 */
import type { CallGraph } from '../graph/index.js'
import type { Classification } from './classify.js'

/** By number, 1 for those that can do nothing. A function around code that was not read is none of them. */
export function idleFunctions(graph: CallGraph, { walls, ofReference, ofFact }: Classification): Uint8Array {
  const idle = new Uint8Array(graph.functions.length).fill(1)
  const pending: number[] = []
  const wake = (id: number): void => {
    if (idle[id] !== 1) return
    idle[id] = 0
    pending.push(id)
  }
  const callers = new Map<number, number[]>()
  for (const reference of graph.references) {
    const { from, to, callee } = reference
    const { effect } = ofReference(reference)
    if ((effect && effect.grants.length > 0) || (callee === null && to === undefined)) wake(from)
    if (to === undefined) continue
    const known = callers.get(to)
    if (known) known.push(from)
    else callers.set(to, [from])
  }
  const lost = groupBy(graph.losses)
  for (const node of graph.functions) {
    const isInside = (line: number): boolean => line === 0 || (line >= node.line && line <= node.endLine)
    const isUnread = lost.get(fileKey(node))?.some(({ line }) => isInside(line)) === true
    const hasPower = walls[node.id] !== undefined || node.facts.some((fact) => ofFact(fact, node) !== undefined)
    if (isUnread || hasPower) wake(node.id)
  }
  for (let id = pending.pop(); id !== undefined; id = pending.pop())
    for (const caller of callers.get(id) ?? []) wake(caller)
  return idle
}

const fileKey = ({ package: id, file }: { readonly package: string; readonly file: string }): string => `${id}\0${file}`

function groupBy(losses: CallGraph['losses']): ReadonlyMap<string, readonly CallGraph['losses'][number][]> {
  const groups = new Map<string, CallGraph['losses'][number][]>()
  for (const loss of losses) {
    const known = groups.get(fileKey(loss))
    if (known) known.push(loss)
    else groups.set(fileKey(loss), [loss])
  }
  return groups
}
