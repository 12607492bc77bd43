/** Coercion sites (The Rust Reference, "Type coercions"): unify, else the conversions that are made unasked. */
import { checked } from '../../base/index.js'
import { autoderef } from '../autoderef.js'
import { callableSig } from '../callable.js'
import { solvePending } from '../obligations.js'
import { attempt, kindOf, unify } from '../table.js'
import { fnHeader, fnPtrTy, HAS_VAR, type Ty } from '../ty.js'
import { type BodyContext, shallowTy } from './body-context.js'
import { derefCalls } from './deref-calls.js'

/** Makes `from` usable where `to` is wanted. False when no conversion fits: the caller goes on all the same. */
export function coerce(cx: BodyContext, from: Ty, to: Ty): boolean {
  const a = shallowTy(cx, from)
  const b = shallowTy(cx, to)
  if (a.k === 'never') return true
  if (a.k === 'var' || b.k === 'var' || b.k === 'unknown') return unify(cx.table, a, b)
  if (b.k === 'ref' && a.k === 'ref') return coerceRef(cx, a, b)
  if (b.k === 'ptr' && (a.k === 'ref' || a.k === 'ptr')) {
    return attempt(cx.table, () => unify(cx.table, a.ty, b.ty)) || unsizes(cx, a.ty, b.ty)
  }
  if (b.k === 'fnptr' && (a.k === 'fndef' || a.k === 'closure' || a.k === 'fnptr')) {
    // A safe one may be handed on as an unsafe one; that the rest of the header fits is the compiler's matter.
    const sig = callableSig(cx, a)
    return sig !== undefined && unify(cx.table, fnPtrTy(sig.params, sig.ret, b.header), b)
  }
  if (a.k === 'adt' && b.k === 'adt' && a.def === b.def && attempt(cx.table, () => unify(cx.table, a, b))) return true
  if (a.k === 'adt' && b.k === 'adt' && a.def === b.def) return unsizesAdt(cx, a, b)
  return attempt(cx.table, () => unify(cx.table, a, b))
}

function coerceRef(cx: BodyContext, a: Ty & { k: 'ref' | 'ptr' }, b: Ty & { k: 'ref' | 'ptr' }): boolean {
  if (attempt(cx.table, () => unify(cx.table, a.ty, b.ty))) return true
  const inner = shallowTy(cx, a.ty)
  const steps = autoderef(cx, inner)
  for (const [i, step] of steps.entries()) {
    if (i === 0 || !attempt(cx.table, () => unify(cx.table, step.ty, b.ty))) continue
    derefCalls(cx, steps.slice(0, i + 1), cx.at, b.mut)
    return true
  }
  return unsizes(cx, inner, b.ty)
}

/** `[T; N]` to `[T]`, anything to `dyn Trait`. */
function unsizes(cx: BodyContext, from: Ty, to: Ty): boolean {
  const a = shallowTy(cx, from)
  const b = shallowTy(cx, to)
  if (a.k === 'array' && b.k === 'slice') return unify(cx.table, a.ty, b.ty)
  if (b.k === 'dyn') {
    // What the value's type says of the trait's parameters is learnt from the bound it must meet.
    for (const bound of b.bounds) {
      if (bound.args.some((arg) => arg.flags & HAS_VAR) || a.flags & HAS_VAR)
        cx.pending.push({ k: 'trait', ref: { trait: bound.trait, args: [a, ...bound.args] }, depth: 0 })
      for (const binding of bound.bindings) {
        const trait = binding.assoc.container
        if (trait?.kind !== 'trait' || !(binding.ty.flags & HAS_VAR || a.flags & HAS_VAR)) continue
        cx.pending.push({
          k: 'projection',
          proj: { k: 'proj', assoc: binding.assoc, trait, args: [a, ...bound.args], flags: 5 },
          ty: binding.ty,
          depth: 0,
        })
      }
    }
    return true
  }
  if (a.k === 'adt' && b.k === 'adt' && a.def === b.def) return unsizesAdt(cx, a, b)
  return false
}

/** `Box<T>` to `Box<dyn Trait>`, `Rc<[T; N]>` to `Rc<[T]>`: any struct whose last differing argument unsizes. */
function unsizesAdt(cx: BodyContext, a: Ty & { k: 'adt' }, b: Ty & { k: 'adt' }): boolean {
  let ok = true
  for (let i = 0; i < a.args.length; i++) {
    const x = checked(a.args[i])
    const y = b.args[i]
    if (!y || attempt(cx.table, () => unify(cx.table, x, y))) continue
    ok = unsizes(cx, x, y) && ok
  }
  return ok
}

/** The type that two branches have in common. */
export function join(cx: BodyContext, first: Ty | undefined, next: Ty): Ty {
  if (!first) return next
  const a = shallowTy(cx, first)
  const b = shallowTy(cx, next)
  if (a.k === 'never') return next
  if (b.k === 'never') return first
  if (attempt(cx.table, () => unify(cx.table, a, b))) return first
  const one = a.k === 'fndef' || a.k === 'closure' ? callableSig(cx, a) : undefined
  if (one) {
    const pointer = fnPtrTy(one.params, one.ret, headerOf(a))
    coerce(cx, b, pointer)
    return pointer
  }
  if (coerce(cx, b, a)) return first
  return coerce(cx, a, b) ? next : first
}

const headerOf = (ty: Ty): string =>
  ty.k === 'fndef' && ty.def.kind === 'fn' ? fnHeader(ty.def.ast.unsafe, ty.def.ast.abi) : ''

/** Learns what it can and gives the type as far as it is known. */
export function structurally(cx: BodyContext, ty: Ty): Ty {
  const t = shallowTy(cx, ty)
  if (t.k !== 'var' || cx.pending.length === 0) return t
  solvePending(cx)
  return shallowTy(cx, t)
}

export const isNumber = (cx: BodyContext, ty: Ty): boolean => {
  if (ty.k === 'var') return kindOf(cx.table, ty) !== 'any'
  return ty.k === 'prim' && ty.name !== 'str'
}
