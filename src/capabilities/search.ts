/**
 * From the seeds of one capability backwards over the references, breadth first: every function that has the power, and
 * for each the one reference by which a shortest path to the power goes on.
 *
 * Four classes of paths are searched apart, best first: certain before possible, unconditional before conditional. A
 * function's example path is a shortest one of the best class that it has. The order is that of the graph, so the same
 * input gives the same paths (law 3).
 */
import { checked } from '../base/index.js'
import { ALWAYS, type ConditionId } from './condition.js'
import { CERTAIN_BIT, type PowerGraph, type Seed, UNCONDITIONAL_BIT } from './power-graph.js'

/** Which references and seeds a search may use. */
export interface PathClass {
  readonly certain: boolean
  readonly unconditional: boolean
}
/** Best first. */
export const PATH_CLASSES: readonly PathClass[] = [
  { certain: true, unconditional: true },
  { certain: true, unconditional: false },
  { certain: false, unconditional: true },
  { certain: false, unconditional: false },
]

/** What a search found. Arrays are by function. */
export interface Reached {
  /** Functions in the order of their distance. */
  readonly order: readonly number[]
  /** The reference to go on by; `SEED - i` for seed number i; `UNREACHED`. */
  readonly next: Int32Array
  /** The function in which the path ends; only meaningful where reached. */
  readonly end: Int32Array
  readonly seeds: readonly Seed[]
}
export const UNREACHED = -1
const SEED = -2

/** The functions of a stage (a bit of `stageBits`) that have one of the seeds by paths of a class. */
export function searchBack(power: PowerGraph, seeds: readonly Seed[], stageBit: number, allowed: PathClass): Reached {
  const next = new Int32Array(power.graph.functions.length).fill(UNREACHED)
  const end = new Int32Array(power.graph.functions.length)
  const order: number[] = []
  seeds.forEach((seed, index) => {
    if (seed.node < 0 || next[seed.node] !== UNREACHED || !seedAllowed(power, seed, stageBit, allowed)) return
    next[seed.node] = SEED - index
    end[seed.node] = seed.node
    order.push(seed.node)
  })
  const bits = (allowed.certain ? CERTAIN_BIT : 0) | (allowed.unconditional ? UNCONDITIONAL_BIT : 0)
  const { inStart, inReferences, referenceBits, stageBits, graph } = power
  for (let head = 0; head < order.length; head++) {
    const callee = checked(order[head])
    const last = checked(inStart[callee + 1])
    for (let i = checked(inStart[callee]); i < last; i++) {
      const index = checked(inReferences[i])
      if ((checked(referenceBits[index]) & bits) !== bits) continue
      const caller = checked(graph.references[index]).from
      if (next[caller] !== UNREACHED || (checked(stageBits[caller]) & stageBit) === 0) continue
      next[caller] = index
      end[caller] = checked(end[callee])
      order.push(caller)
    }
  }
  return { order, next, end, seeds }
}

/** Whether a seed counts for a stage and class. */
export function seedAllowed(power: PowerGraph, seed: Seed, stageBit: number, allowed: PathClass): boolean {
  const stages = seed.node < 0 ? power.packageStages.get(seed.package) : power.stageBits[seed.node]
  return (
    ((stages ?? 0) & stageBit) !== 0 &&
    (seed.certain || !allowed.certain) &&
    (seed.condition === ALWAYS || !allowed.unconditional)
  )
}

/** The references from a reached function to the power, and the seed at the end. */
export function pathFrom(power: PowerGraph, reached: Reached, start: number): { references: number[]; seed: Seed } {
  const references: number[] = []
  let node = start
  for (;;) {
    const next = checked(reached.next[node])
    if (next <= SEED) return { references, seed: checked(reached.seeds[SEED - next]) }
    references.push(next)
    node = checked(power.graph.references[next]).to as number
  }
}

/**
 * Under which condition each reached function has the power, over all paths of the class: a fixpoint, since functions
 * call one another in circles. `settled` are functions that have it always.
 */
export function conditionsOf(
  power: PowerGraph,
  reached: Reached,
  stageBit: number,
  allowed: PathClass,
  settled: Reached,
): ReadonlyMap<number, ConditionId> {
  const { conditions, graph, inStart, inReferences, referenceBits, referenceConditions, stageBits } = power
  const found = new Map<number, ConditionId>()
  const updates = new Map<number, number>()
  const queue: number[] = []
  const widen = (node: number, by: ConditionId): void => {
    if (settled.next[node] !== UNREACHED) return
    const before = found.get(node)
    const count = (updates.get(node) ?? 0) + 1
    const after = count > MAX_UPDATES ? ALWAYS : before === undefined ? by : conditions.or(before, by)
    if (after === before) return
    found.set(node, after)
    updates.set(node, count)
    queue.push(node)
  }
  for (const seed of reached.seeds) {
    if (seed.node >= 0 && seedAllowed(power, seed, stageBit, allowed)) widen(seed.node, seed.condition)
  }
  const certainBit = allowed.certain ? CERTAIN_BIT : 0
  const callersOf = (callee: number, condition: ConditionId): void => {
    for (let i = checked(inStart[callee]); i < checked(inStart[callee + 1]); i++) {
      const index = checked(inReferences[i])
      if ((checked(referenceBits[index]) & certainBit) !== certainBit) continue
      const caller = checked(graph.references[index]).from
      if ((checked(stageBits[caller]) & stageBit) === 0) continue
      widen(caller, conditions.and(condition, checked(referenceConditions[index])))
    }
  }
  for (const node of settled.order) callersOf(node, ALWAYS)
  for (let head = 0; head < queue.length; head++) {
    const node = checked(queue[head])
    callersOf(node, checked(found.get(node)))
  }
  return found
}

/** A function whose condition changes more often is said to have the power always. */
const MAX_UPDATES = 4
