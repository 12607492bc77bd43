/**
 * The program's own types that a value of a type owns: its own, its fields', and what the arguments of std's types name
 * (`Vec<T>` owns what T does). Fields are taken with the arguments put in, so that `W<X>` owns what `<X as Tr>::Out` is.
 *
 * What this deliberately does not do: look behind `dyn`, `impl Trait` and closures. Whoever made such a value owned what
 * is in it, and has been asked there.
 */
import { CFG_TRUE } from '../base/index.js'
import type { AdtDef, Crate, Seen } from '../names/index.js'
import { bodyViews, isActive, type Met, meet, meeting, newMet, otherTargets } from '../names/index.js'
import { contextOfView, type TypeContext } from './context.js'
import { newEffort } from './effort.js'
import { NO_PREDICATES } from './generics-info.js'
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import { fieldsOf, fieldTy, holdersOf } from './signature.js'
import { closed, newTable } from './table.js'
import { HAS_PROJECTION, mapTy, subst, type Ty } from './ty.js'
import { tyId } from './ty-id.js'

/** Types looked at for one value. A type may grow with each field that it holds (`struct S<T>(Box<S<(T, T)>>)`). */
export const OWNED_TYPES_LIMIT = 2000

export interface OwnedTypes {
  readonly types: ReadonlySet<AdtDef>
  /** OWNED_TYPES_LIMIT was reached: there may be more. */
  readonly cut: boolean
}

interface Kept {
  readonly views: readonly Seen<OwnedTypes>[]
  readonly met: Met
}

const known = new WeakMap<TypeContext, Map<string, Kept>>()

/** What each build for the target owns by it. `crate` is the one whose impls may be seen. */
export function ownedTypes(tcx: TypeContext, crate: Crate, ty: Ty): readonly Seen<OwnedTypes>[] {
  let memo = known.get(tcx)
  if (!memo) known.set(tcx, (memo = new Map()))
  const key = `${crate.id};${tyId(ty)}`
  const others = otherTargets(tcx.program)
  const before = memo.get(key)
  if (before) {
    meet(others, before.met)
    return before.views
  }
  const met = newMet()
  const views = meeting(others, met, () => searchInViews(tcx, crate, ty))
  memo.set(key, { views, met })
  return views
}

function searchInViews(tcx: TypeContext, crate: Crate, ty: Ty): readonly Seen<OwnedTypes>[] {
  let isCut = false
  const views = bodyViews(
    tcx.program,
    CFG_TRUE,
    (index) => search(contextOfView(tcx, index), crate, ty),
    () => {
      isCut = true
    },
  )
  return isCut ? views.map((view) => ({ ...view, value: { ...view.value, cut: true } })) : views
}

function search(tcx: TypeContext, crate: Crate, start: Ty): OwnedTypes {
  const types = new Set<AdtDef>()
  const seen = new Set<string>()
  const pending = [start]
  for (let ty = pending.pop(); ty; ty = pending.pop()) {
    const part = ty.flags & HAS_PROJECTION ? normalizedAlone(tcx, crate, ty) : ty
    if (part.k !== 'adt' && part.k !== 'tuple' && part.k !== 'array') continue
    const id = tyId(part)
    if (seen.has(id)) continue
    if (seen.size >= OWNED_TYPES_LIMIT) return { types, cut: true }
    seen.add(id)
    mapTy(part, (inner) => {
      pending.push(inner)
      return inner
    })
    if (part.k !== 'adt' || !part.def.crate.unit) continue
    types.add(part.def)
    // A union's fields are never dropped by themselves.
    if (part.def.kind === 'union') continue
    for (const holder of holdersOf(tcx, part.def))
      for (const field of fieldsOf(holder))
        if (isActive(part.def.crate, field.cfg)) pending.push(subst(fieldTy(tcx, holder, field), part.args))
  }
  return { types, cut: false }
}

/** Nothing is assumed, nothing stays open. */
function normalizedAlone(tcx: TypeContext, crate: Crate, ty: Ty): Ty {
  const table = newTable()
  const inf: Inference = { tcx, table, env: NO_PREDICATES, crate, effort: newEffort(crate), pending: [] }
  return closed(table, normalize(inf, ty))
}
