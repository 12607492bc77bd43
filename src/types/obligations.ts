/**
 * What must hold for a body to compile and is not decided yet: bounds with variables in them. Going through them teaches the
 * variables (rustc's fulfilment context); what stays open in the end is let be, for the code is known to compile.
 */
import { isAssumed } from './assumed-traits.js'
import { predicatesOf } from './generics.js'
import type { Predicates } from './generics-info.js'
import type { Inference, Obligation } from './inference.js'
import { reachLimit } from './limits.js'
import { NORMALIZE_LIMIT, normalize, project, tooDeep } from './normalize.js'
import { select } from './solve.js'
import { unify } from './table.js'
import { HAS_PROJECTION, HAS_VAR, mapList, projTy, subst, substTraitRef, type TraitRef, type Ty } from './ty.js'

/** How often the list of open obligations is gone through at one time. */
const ROUND_LIMIT = 32

/** Adds an obligation unless it can teach nothing: no variable in it. */
export function oblige(inf: Inference, ref: TraitRef, depth = 0): void {
  if (isAssumed(inf.tcx, ref.trait)) return
  if (ref.args.some((arg) => arg.flags & (HAS_VAR | HAS_PROJECTION))) inf.pending.push({ k: 'trait', ref, depth })
}

/** The bounds of an item, with its arguments, become obligations. */
export function obligePredicates(inf: Inference, predicates: Predicates, args: readonly Ty[], depth = 0): void {
  for (const ref of predicates.traits) {
    if (isAssumed(inf.tcx, ref.trait)) continue
    const concrete = substTraitRef(ref, args)
    oblige(inf, { trait: concrete.trait, args: mapList(concrete.args, (ty) => normalize(inf, ty, depth)) }, depth)
  }
  for (const projection of predicates.projections) {
    const ref = substTraitRef(projection.trait, args)
    const ty = normalize(inf, subst(projection.ty, args), depth)
    const own = mapList(ref.args, (arg) => normalize(inf, arg, depth))
    if (ty.flags & HAS_VAR || own.some((arg) => arg.flags & HAS_VAR)) {
      inf.pending.push({ k: 'projection', proj: projTy(ref.trait, projection.assoc, own), ty, depth })
    }
  }
}

/** Goes through the open obligations until nothing new is learnt. Returns whether anything was. */
export function solvePending(inf: Inference): boolean {
  let any = false
  for (let round = 0; round < ROUND_LIMIT && inf.pending.length > 0; round++) {
    const before = inf.table.changes
    const list = inf.pending
    inf.pending = []
    const kept: Obligation[] = []
    for (const obligation of list) if (!solveOne(inf, obligation)) kept.push(obligation)
    const added = inf.pending.length > 0
    inf.pending = kept.concat(inf.pending)
    if (inf.table.changes === before && !added) return any
    any = true
  }
  if (inf.pending.length > 0) reachLimit(inf.tcx, `types were still changing after ${ROUND_LIMIT} rounds`)
  return any
}

/** True when the obligation is done with: met, or known to be of no use. */
function solveOne(inf: Inference, obligation: Obligation): boolean {
  if (obligation.depth > NORMALIZE_LIMIT) return tooDeep(inf, true)
  if (obligation.k === 'projection') {
    const value = project(inf, obligation.proj, obligation.depth)
    if (value === undefined) return false
    unify(inf.table, value, obligation.ty)
    return true
  }
  const selection = select(inf, obligation.ref, obligation.depth)
  if (selection.k === 'ambiguous') return false
  if (selection.k === 'impl')
    obligePredicates(inf, predicatesOf(inf.tcx, selection.impl), selection.args, obligation.depth + 1)
  return true
}
