/**
 * Drop glue: the code that runs when a value goes out of scope. Whoever owns a value of a type with a `Drop` impl,
 * directly or inside of another, can run it; whether it was moved away before is not followed, so it is `possible`.
 *
 * What this deliberately does not do: look behind `dyn` and type parameters. std's types are taken to own what their
 * arguments name.
 */
import type { AdtDef, TraitDef } from '../names/defs.js'
import { type BodyTypes, langTrait, type OwnedValue, type TypeContext } from '../types/index.js'
import { fieldsOf, fieldTy, implHeader } from '../types/signature.js'
import { mapTy, type Ty } from '../types/ty.js'
import type { GraphLoss } from './call-graph.js'
import { possible } from './dispatch.js'
import type { GraphState, OpenNode, OpenReference } from './graph-state.js'
import { defKey } from './type-shape.js'

/** Drop impls that one function's values may run; further ones are left out, and the graph says so. */
export const DROPS_PER_FUNCTION = 64

interface Glue {
  /** The type's own `Drop::drop`; several when targets differ. */
  readonly drops: Set<OpenNode>
  /** Types of the program that its fields hold. */
  readonly parts: Set<string>
}
export interface DropState {
  /** By type. */
  readonly glue: Map<string, Glue>
  /** By function and type: where the value is. */
  readonly owned: Map<string, { readonly at: OpenReference; readonly type: string }>
}

export function newDropState(): DropState {
  return { glue: new Map(), owned: new Map() }
}

/** Notes what a body's parameters and locals own. */
export function noteOwned(state: DropState, types: BodyTypes, placed: (value: OwnedValue) => OpenReference): void {
  for (const value of types.owned) {
    const own = ownTypesIn(value.ty)
    if (own.size === 0) continue
    const at = placed(value)
    for (const def of own) {
      const type = defKey(def)
      const key = `${at.from}|${type}`
      if (!state.owned.has(key)) state.owned.set(key, { at, type })
    }
  }
}

/** How deep types are looked into. */
const TYPE_DEPTH = 6

/** The program's own types that a value of the type owns, as far as its type says; what they own in turn is their glue's. */
function ownTypesIn(ty: Ty): ReadonlySet<AdtDef> {
  const out = new Set<AdtDef>()
  const search = (part: Ty, depth: number): void => {
    if (part.k !== 'adt' && part.k !== 'tuple' && part.k !== 'array') return
    if (part.k === 'adt' && part.def.crate.unit) out.add(part.def)
    if (depth >= TYPE_DEPTH) return
    mapTy(part, (inner) => {
      search(inner, depth + 1)
      return inner
    })
  }
  search(ty, 0)
  return out
}

/** Notes the glue of a Program's types; to be called when the functions of all its crates have nodes. */
export function noteGlue(state: GraphState, tcx: TypeContext): void {
  for (const crate of tcx.program.crates) {
    if (!crate.unit) continue
    for (const def of crate.defs)
      if (def.kind === 'struct' || def.kind === 'enum' || def.kind === 'union') noteParts(state.drops, tcx, def)
  }
  const drop = langTrait(tcx, 'drop')
  if (drop) noteImpls(state, tcx, drop)
}

function noteParts(state: DropState, tcx: TypeContext, def: AdtDef): void {
  const { parts } = glueOf(state, defKey(def))
  // A union's fields are never dropped by themselves.
  if (def.kind === 'union') return
  for (const holder of def.kind === 'enum' ? def.variants : [def]) {
    for (const field of fieldsOf(holder))
      for (const part of ownTypesIn(fieldTy(tcx, holder, field))) parts.add(defKey(part))
  }
}

function noteImpls(state: GraphState, tcx: TypeContext, drop: TraitDef): void {
  const entry = tcx.impls.byTrait.get(drop)
  for (const impls of entry?.byKey.values() ?? []) {
    for (const impl of impls) {
      const { self } = implHeader(tcx, impl)
      const node = impl.items.map((item) => state.nodeOfDef.get(item)).find((found) => found !== undefined)
      if (node && self.k === 'adt') glueOf(state.drops, defKey(self.def)).drops.add(node)
    }
  }
}

function glueOf(state: DropState, type: string): Glue {
  let glue = state.glue.get(type)
  if (!glue) state.glue.set(type, (glue = { drops: new Set(), parts: new Set() }))
  return glue
}

/** A reference from each owner to each `drop` that its values may run, and a loss for each owner that has too many. */
export function dropReferences(state: DropState): {
  readonly references: OpenReference[]
  readonly losses: GraphLoss[]
} {
  const references: OpenReference[] = []
  const losses: GraphLoss[] = []
  const cut = new Set<number>()
  const known = new Map<string, readonly OpenNode[]>()
  const seen = new Map<number, Set<number>>()
  for (const { at, type } of state.owned.values()) {
    let drops = known.get(type)
    if (!drops) known.set(type, (drops = dropsWithin(state, type)))
    let of = seen.get(at.from)
    if (!of) seen.set(at.from, (of = new Set()))
    for (const node of drops) {
      if (node.id === at.from || of.has(node.id)) continue
      if (of.size >= DROPS_PER_FUNCTION) {
        if (!cut.has(at.from)) losses.push(tooMany(at))
        cut.add(at.from)
        break
      }
      of.add(node.id)
      references.push(possible(at, node, 'drop'))
    }
  }
  return { references, losses }
}

function tooMany({ package: pkg, file, line, column }: OpenReference): GraphLoss {
  const what = `values dropped here and later in the function may run more than ${DROPS_PER_FUNCTION} Drop impls`
  return { kind: 'dispatch limit', what, package: pkg, file, line, column }
}

/** The type's own drop and those of all it holds. */
function dropsWithin(state: DropState, type: string): readonly OpenNode[] {
  const drops = new Set<OpenNode>()
  const types = new Set([type])
  for (const each of types) {
    const glue = state.glue.get(each)
    for (const node of glue?.drops ?? []) drops.add(node)
    for (const part of glue?.parts ?? []) types.add(part)
  }
  return [...drops]
}
