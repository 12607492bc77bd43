/**
 * From some functions onwards over the references that carry power: for each function that is reached one shortest way to it.
 * All ways together are a forest, so those of two functions share what they can. The order is that of the graph (law 3).
 *
 * With packages that a way has to lead through, each function is two: before and after. A way may then meet a function in both.
 */
import { checked } from '../base/index.js'
import type { FunctionNode } from '../graph/index.js'
import { CERTAIN_BIT, type PowerGraph, UNCONDITIONAL_BIT } from './power-graph.js'
import type { PathClass } from './search.js'

/** What a forest grows over. */
export interface Ground {
  readonly power: PowerGraph
  /** The stage's bit in `stageBits`. */
  readonly stageBit: number
  /** References that carry power, by caller. */
  readonly outgoing: Outgoing
  /** One byte a function, 1 where a way has to come by; without it, every way counts. */
  readonly through?: Uint8Array | undefined
}

/** A shortest way: where it begins, and its references by number. */
export interface Way {
  readonly start: number
  readonly references: readonly number[]
}

const BEGIN = -2
const NOT_REACHED = -1

/** The ways of a class from the functions in `starts`; undefined for a function that none leads to. */
export function waysFrom(
  { power, stageBit, outgoing, through }: Ground,
  starts: Iterable<number>,
  allowed: PathClass,
): (node: number) => Way | undefined {
  const { functions, references } = power.graph
  const passed = (node: number, before: 0 | 1): 0 | 1 => (before === 1 || !through || through[node] === 1 ? 1 : 0)
  // By state: a function before (even) and after (odd) the way came by.
  const via = new Int32Array(functions.length * 2).fill(NOT_REACHED)
  const from = new Int32Array(functions.length * 2)
  const queue: number[] = []
  const reach = (state: number, reference: number, before: number): void => {
    if (via[state] !== NOT_REACHED) return
    via[state] = reference
    from[state] = before
    queue.push(state)
  }
  for (const node of starts) reach(node * 2 + passed(node, 0), BEGIN, BEGIN)
  const bits = (allowed.certain ? CERTAIN_BIT : 0) | (allowed.unconditional ? UNCONDITIONAL_BIT : 0)
  for (let head = 0; head < queue.length; head++) {
    const state = checked(queue[head])
    for (const index of outgoing(state >> 1)) {
      if ((checked(power.referenceBits[index]) & bits) !== bits) continue
      const target = checked(references[index]).to as number
      if ((checked(power.stageBits[target]) & stageBit) === 0) continue
      reach(target * 2 + passed(target, (state & 1) as 0 | 1), index, state)
    }
  }
  return (node) => {
    let state = node * 2 + 1
    if (via[state] === NOT_REACHED) return undefined
    const way: number[] = []
    for (; via[state] !== BEGIN; state = checked(from[state])) way.push(checked(via[state]))
    return { start: state >> 1, references: way.reverse() }
  }
}

export type Outgoing = (node: number) => readonly number[]

/** References that carry power, by caller, in the order of the graph. */
export function outgoingOf({ graph, inReferences }: PowerGraph): Outgoing {
  const lists: number[][] = []
  for (const index of Array.from(inReferences).sort((a, b) => a - b)) {
    const { from } = checked(graph.references[index])
    const list = lists[from]
    if (list) list.push(index)
    else lists[from] = [index]
  }
  return (node) => lists[node] ?? []
}

/** One byte a function, 1 for those of the packages. */
export function functionsOf(functions: readonly FunctionNode[], packages: ReadonlySet<string>): Uint8Array {
  return Uint8Array.from(functions, (node) => (packages.has(node.package) ? 1 : 0))
}
