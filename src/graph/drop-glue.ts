/**
 * Drop glue: the code that runs when a value goes out of scope. Whoever owns a value of a type with a `Drop` impl,
 * directly or inside of another, can run it; whether it was moved away before is not followed, so it is `possible`.
 *
 * What this deliberately does not do: look behind `dyn`, `impl Trait` and type parameters. Whoever made such a value owned
 * what is in it: it is found there.
 */
import type { Crate, TraitDef } from '../names/defs.js'
import { type BodyTypes, langTrait, type OwnedValue, type TypeContext } from '../types/index.js'
import { ownedTypes } from '../types/owned-types.js'
import { implHeader } from '../types/signature.js'
import type { GraphLoss } from './call-graph.js'
import { possible } from './dispatch.js'
import type { GraphState, OpenNode, OpenReference } from './graph-state.js'
import { conditionKey } from './keys.js'
import { dispatchLoss } from './limit-losses.js'
import { defKey } from './type-shape.js'

/** Drop impls that one function's values may run; further ones are left out, and the graph says so. */
export const DROPS_PER_FUNCTION = 64

export interface DropState {
  /** By type, its own `Drop::drop`; several when targets differ. */
  readonly glue: Map<string, Set<OpenNode>>
  /** By function and type: where the value is. */
  readonly owned: Map<string, { readonly at: OpenReference; readonly type: string }>
  /** Values whose type was too large to be looked at in full. */
  readonly cut: OpenReference[]
}

export function newDropState(): DropState {
  return { glue: new Map(), owned: new Map(), cut: [] }
}

/** Notes what a body's values own. */
export function noteOwned(
  state: DropState,
  tcx: TypeContext,
  crate: Crate,
  types: BodyTypes,
  placed: (value: OwnedValue) => OpenReference,
): void {
  for (const value of types.owned) {
    const own = ownedTypes(tcx, crate, value.ty)
    if (own.types.size === 0) continue
    const at = placed(value)
    if (own.cut) state.cut.push(at)
    for (const def of own.types) {
      const type = defKey(def)
      const key = `${at.from}|${type}|${conditionKey(at.cfg)}`
      if (!state.owned.has(key)) state.owned.set(key, { at, type })
    }
  }
}

/** Notes the glue of a Program's types; to be called when the functions of all its crates have nodes. */
export function noteGlue(state: GraphState, tcx: TypeContext): void {
  const drop = langTrait(tcx, 'drop')
  if (drop) noteImpls(state, tcx, drop)
}

function noteImpls(state: GraphState, tcx: TypeContext, drop: TraitDef): void {
  const entry = tcx.impls.byTrait.get(drop)
  for (const impls of entry?.byKey.values() ?? []) {
    for (const impl of impls) {
      const { self } = implHeader(tcx, impl)
      const node = impl.items.map((item) => state.nodeOfDef.get(item)).find((found) => found !== undefined)
      if (!node || self.k !== 'adt') continue
      const key = defKey(self.def)
      const known = state.drops.glue.get(key)
      if (known) known.add(node)
      else state.drops.glue.set(key, new Set([node]))
    }
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
