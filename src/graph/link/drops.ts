/**
 * Drop glue: the code that runs when a value goes out of scope. Whoever owns a value of a type with a `Drop` impl,
 * directly or inside of another, can run it; whether it was moved away before is not followed, so it is `possible`.
 *
 * What this deliberately does not do: look behind `dyn`, `impl Trait` and type parameters. Whoever made such a value owned
 * what is in it: it is found there.
 */
import { checked } from '../../base/index.js'
import type { GraphLoss } from '../call-graph.js'
import { conditionKey } from '../condition-key.js'
import type { CrateShare } from '../crate-share.js'
import { dispatchLoss } from '../limit-losses.js'
import { type OpenGraph, type OpenNode, type OpenReference, type PlacedSite, possible } from './open-graph.js'

/** Drop impls that one function's values may run; further ones are left out, and the graph says so. */
export const DROPS_PER_FUNCTION = 64

export interface DropState {
  /** By type, its own `Drop::drop`; several when targets differ. */
  readonly glue: Map<string, Set<OpenNode>>
  /** By function and type: where the value is. */
  readonly owned: Map<string, { readonly at: PlacedSite; readonly type: string }>
  /** Values whose type was too large to be looked at in full. */
  readonly cut: PlacedSite[]
}
/** The graph with that. */
type WithDrops = OpenGraph & { readonly drops: DropState }

export function newDropState(): DropState {
  return { glue: new Map(), owned: new Map(), cut: [] }
}

/** Takes in what a share's values own and which types have glue; its functions have nodes already. */
export function addDrops({ drops, nodeOfKey }: WithDrops, { open }: CrateShare, sites: readonly PlacedSite[]): void {
  for (const { at: index, types, cut } of open.owned) {
    const at = checked(sites[index])
    if (cut) drops.cut.push(at)
    for (const type of types) {
      const key = `${at.from}|${type}|${conditionKey(at.cfg)}`
      if (!drops.owned.has(key)) drops.owned.set(key, { at, type })
    }
  }
  for (const { type, drop } of open.drops) {
    const node = nodeOfKey.get(drop)
    if (!node) continue
    const known = drops.glue.get(type)
    if (known) known.add(node)
    else drops.glue.set(type, new Set([node]))
  }
}

/** A reference from each owner to each `drop` that its values may run, and a loss for each owner that has too many. */
export function dropReferences(state: DropState): {
  readonly references: OpenReference[]
  readonly losses: GraphLoss[]
} {
  const references: OpenReference[] = []
  const losses = state.cut.map((at) => dispatchLoss(at, 'the type of a value that is dropped holds too many others'))
  const cut = new Set<number>()
  const seen = new Map<number, Set<string>>()
  for (const { at, type } of state.owned.values()) {
    const drops = state.glue.get(type)
    if (!drops) continue
    let of = seen.get(at.from)
    if (!of) seen.set(at.from, (of = new Set()))
    for (const node of drops) {
      const key = `${node.id}|${conditionKey(at.cfg)}`
      if (node.id === at.from || of.has(key)) continue
      if (of.size >= DROPS_PER_FUNCTION) {
        if (!cut.has(at.from)) losses.push(dispatchLoss(at, TOO_MANY))
        cut.add(at.from)
        break
      }
      of.add(key)
      references.push(possible(at, node, 'drop'))
    }
  }
  return { references, losses }
}

const TOO_MANY = `values dropped here and later in the function may run more than ${DROPS_PER_FUNCTION} Drop impls`
