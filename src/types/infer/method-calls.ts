/** `receiver.name(args)`: probe, instantiate, check the arguments. */
import { type FnDef, partsInView, writtenIn } from '../../names/index.js'
import type { Expr, GenericArgs } from '../../syntax/index.js'
import type { CallValues } from '../body-values.js'
import { langAdt, langTrait } from '../context.js'
import { predicatesOf } from '../generics.js'
import { lowerArgs, lowerTy } from '../lower.js'
import { normalize } from '../normalize.js'
import { obligePredicates, solvePending } from '../obligations.js'
import { probeMethod } from '../probe.js'
import { signatureOf } from '../signature.js'
import { unify } from '../table.js'
import { subst, type Ty, UNKNOWN } from '../ty.js'
import type { UnresolvedReason } from '../unresolved-reason.js'
import { type BodyContext, lowering, makes, reference, shallowTy, traitAround } from './body-context.js'
import { checkArgs, literalsOf, unsafeCall } from './calls.js'
import { structurally } from './coerce.js'
import { derefCalls } from './deref-calls.js'
import { inferExpr } from './expressions.js'
import { noteHandedClosures } from './handed-closures.js'
import { makeMutable } from './mutable-places.js'
import { argumentsOf, noteMethod } from './values.js'
import { changeVariable, loseHandedOn, loseVariable } from './variables.js'

const isText = (cx: BodyContext, ty: Ty): boolean => {
  let of = shallowTy(cx, ty)
  while (of.k === 'ref') of = shallowTy(cx, of.ty)
  return of.k === 'prim' && of.name === 'str'
}
/** What makes one text of another. */
const isOwnedText = (cx: BodyContext, ty: Ty): boolean => {
  const of = shallowTy(cx, ty)
  return of.k === 'adt' && of.def === langAdt(cx.tcx, 'String')
}

export function inferMethodCall(cx: BodyContext, expr: Expr & { k: 'method' }, expected: Ty | undefined): Ty {
  const since = cx.references.length
  const given = partsInView(cx.crate, expr.args)
  let receiver = structurally(cx, inferExpr(cx, expr.receiver, undefined))
  if (cx.pending.length > 0 && receiver.k !== 'prim') {
    solvePending(cx)
    receiver = shallowTy(cx, receiver)
  }
  const pick = probeMethod(
    cx,
    receiver,
    expr.name,
    cx.module,
    traitAround(cx),
    writtenIn(cx.source, expr.nameAt, cx.crate.edition),
  )
  if ('failed' in pick) {
    unknownMethod(cx, expr, given, receiver, pick.failed)
    return UNKNOWN
  }
  // The dereference has no name of its own: it stands in front of the method's.
  derefCalls(cx, [{ ty: receiver, overloaded: false }, ...pick.derefs], expr.nameAt - 1)
  const place = pick.derefs[pick.derefs.length - 1]?.ty ?? receiver
  const borrowed = pick.receiver
  // `&mut` is put in front of the place, or of the slice that an array becomes; a `&mut` that is there already is a value.
  if (borrowed.k === 'ref' && borrowed.mut && borrowed !== place) {
    makeMutable(cx, expr.receiver, since, [expr.nameAt - 1])
  }
  const args = ownArgs(cx, pick.fn, pick.outer, expr.generics)
  obligePredicates(cx, predicatesOf(cx.tcx, pick.fn), args)
  const sig = instantiate(cx, pick.fn, args)
  if (sig.params[0]) unify(cx.table, sig.params[0], pick.receiver)
  const call: CallValues = { args: argumentsOf(cx, [expr.receiver], sig.params) }
  reference(
    cx,
    expr.nameAt,
    expr.name,
    'method',
    { k: 'fn', fn: pick.fn, args, ...(pick.others.length > 0 ? { candidates: pick.others } : {}) },
    literalsOf(given),
    call,
  )
  unsafeCall(cx, pick.fn, expr.nameAt)
  if (pick.fn.container === langTrait(cx.tcx, 'iterator')) cx.notes.computes = true
  else if (pick.fn.container?.kind === 'impl' && isText(cx, place)) cx.notes.computes ||= isOwnedText(cx, sig.ret)
  const params = sig.params.slice(1)
  checkArgs(cx, params, given, sig.ret, expected, call)
  call.args = [...call.args, ...argumentsOf(cx, given, params)]
  loseHandedOn(cx, given)
  noteHandedClosures(call)
  noteMethod(cx, expr, call, sig.ret)
  if (pick.receiver.k === 'ref' && pick.receiver.mut) changeVariable(cx, expr.receiver, call)
  return sig.ret
}

/** Which method is called is not known: everything that it is handed may come to be used. */
function unknownMethod(
  cx: BodyContext,
  expr: Expr & { k: 'method' },
  given: readonly Expr[],
  receiver: Ty,
  why: UnresolvedReason,
): void {
  reference(cx, expr.nameAt, expr.name, 'method', { k: 'unresolved', why, receiver }, literalsOf(given))
  for (const arg of given) inferExpr(cx, arg, undefined)
  // Whatever it is: it may borrow what it is called for.
  loseVariable(cx, expr.receiver)
  // Whatever is called: values of the types that are written here may come to be.
  for (const arg of expr.generics?.args ?? []) {
    if (arg.k === 'const') inferExpr(cx, arg.value, undefined)
    else makes(cx, lowerTy(lowering(cx, true), arg))
  }
}

/** Parameters and result of a function with its arguments put in. */
function instantiate(
  cx: BodyContext,
  fn: FnDef,
  args: readonly Ty[],
): { readonly params: readonly Ty[]; readonly ret: Ty } {
  const sig = signatureOf(cx.tcx, fn)
  return { params: sig.params.map((ty) => normalize(cx, subst(ty, args))), ret: normalize(cx, subst(sig.ret, args)) }
}

/** Fresh variables for a function's own parameters behind the given ones, with what a turbofish says. */
function ownArgs(cx: BodyContext, fn: FnDef, outer: readonly Ty[], written: GenericArgs | undefined): readonly Ty[] {
  return lowerArgs(lowering(cx, true), fn, written, outer)
}
