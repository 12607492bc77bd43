/**
 * What std's own code calls back. Its bodies are not read, but a bound tells what they can call: `io::copy` asks for
 * `R: Read`, so it may call any function of the impl that makes the reader a `Read`; `x.into()` goes through an impl
 * that asks for `U: From<T>`. Only impls of the program's own crates are handed on.
 */
import type { FnDef, ImplDef } from '../../names/defs.js'
import { predicatesOf } from '../generics.js'
import { type Inference, normalize, select } from '../solve.js'
import { probe, shallow } from '../table.js'
import { HAS_UNKNOWN, HAS_VAR, mapList, mapTy, substTraitRef, type TraitRef, type Ty } from '../ty.js'

/** Impls of std that lead to further bounds: `&mut R: Read` asks for `R: Read`. */
const NESTING_LIMIT = 3
/** Bounds looked at for one call. */
const BOUND_LIMIT = 24

const NONE: readonly FnDef[] = []

/** Functions of the program that a call of std's function may lead to; `selection` is the impl that the call means. */
export function callbacksOf(
  inf: Inference,
  fn: FnDef,
  args: readonly Ty[],
  selection: { readonly impl: ImplDef; readonly args: readonly Ty[] } | undefined,
): readonly FnDef[] {
  if (fn.crate.unit || !args.some((arg) => mentionsOwnType(arg))) return NONE
  const found = new Set<FnDef>()
  const budget = { left: BOUND_LIMIT }
  const { pending } = inf
  inf.pending = []
  probe(inf.table, () => {
    if (selection?.impl.crate.unit) addFunctions(selection.impl, found)
    else if (selection) followBounds(inf, selection.impl, selection.args, found, budget, 0)
    followBounds(inf, fn, args, found, budget, 0)
  })
  inf.pending = pending
  return found.size > 0 ? [...found] : NONE
}

function followBounds(
  inf: Inference,
  owner: FnDef | ImplDef,
  args: readonly Ty[],
  found: Set<FnDef>,
  budget: { left: number },
  depth: number,
): void {
  for (const bound of predicatesOf(inf.tcx, owner).traits) {
    if (bound.trait.items.every((item) => item.kind !== 'fn') || budget.left-- <= 0) continue
    const concrete = substTraitRef(bound, args)
    const ref: TraitRef = { trait: concrete.trait, args: mapList(concrete.args, (arg) => normalize(inf, arg)) }
    const self = ref.args[0] && shallow(inf.table, ref.args[0])
    if (!self || self.k === 'var' || self.flags & (HAS_UNKNOWN | HAS_VAR)) continue
    const selection = select(inf, ref)
    if (selection.k !== 'impl') continue
    if (selection.impl.crate.unit) addFunctions(selection.impl, found)
    else if (depth < NESTING_LIMIT) followBounds(inf, selection.impl, selection.args, found, budget, depth + 1)
  }
}

function addFunctions(impl: ImplDef, found: Set<FnDef>): void {
  for (const item of impl.items) if (item.kind === 'fn') found.add(item)
}

/** How deep types are searched. */
const TYPE_DEPTH = 4

function mentionsOwnType(ty: Ty, depth = 0): boolean {
  if (ty.k === 'adt' && ty.def.crate.unit) return true
  if (depth >= TYPE_DEPTH) return false
  let found = false
  mapTy(ty, (part) => {
    found ||= mentionsOwnType(part, depth + 1)
    return part
  })
  return found
}
