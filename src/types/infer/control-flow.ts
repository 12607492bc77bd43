/** Branches and loops (The Rust Reference, "Expressions"): what each arm gives, and what is known of variables where arms meet. */
import { cfgAnd } from '../../base/index.js'
import type { Expr } from '../../syntax/index.js'
import { normalize } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { BOOL, NEVER, projTy, type Ty, UNIT, UNKNOWN } from '../ty.js'
import { type BodyContext, fresh, implicitCall, scoped, shallowTy } from './body-context.js'
import { coerce, join, structurally } from './coerce.js'
import { checkExpr, inferExpr } from './expressions.js'
import { langAssoc } from './lang-assoc.js'
import { borrowsMutably, makeMutable } from './mutable-places.js'
import { checkPattern } from './patterns.js'
import { elementsOf, valueAt } from './values.js'
import { bindValue, enterRepeated, leaveRepeated, loseVariable } from './variables.js'

export function inferIf(cx: BodyContext, expr: Expr & { k: 'if' }, expected: Ty | undefined): Ty {
  const then = scoped(cx, () => {
    checkExpr(cx, expr.cond, BOOL)
    return inferExpr(cx, expr.then, expected)
  })
  if (!expr.else) return UNIT
  const other = inferExpr(cx, expr.else, expected ?? then)
  return merge(cx, [then, other], expected)
}

/** The type of branches: the expected one when it is known and they fit it, else what they have in common. */
function merge(cx: BodyContext, tys: readonly Ty[], expected: Ty | undefined): Ty {
  const want = expected && shallowTy(cx, expected)
  if (want && want.k !== 'var' && want.k !== 'unknown' && tys.some((ty) => shallowTy(cx, ty).k !== 'never')) {
    let fits = true
    for (const ty of tys) fits = coerce(cx, ty, want) && fits
    if (fits) return want
  }
  let result: Ty | undefined
  for (const ty of tys) result = join(cx, result, ty)
  return result ?? NEVER
}

export function inferMatch(cx: BodyContext, expr: Expr & { k: 'match' }, expected: Ty | undefined): Ty {
  const since = cx.references.length
  const ty = inferExpr(cx, expr.expr, undefined)
  if (expr.arms.some((arm) => borrowsMutably(arm.pat))) makeMutable(cx, expr.expr, since)
  if (cx.pending.length > 0) solvePending(cx)
  const given = valueAt(cx, expr.expr)
  if (expr.arms.some((arm) => borrowsMutably(arm.pat))) loseVariable(cx, expr.expr)
  const tys: Ty[] = []
  let hint = expected
  for (const arm of expr.arms) {
    if (!cx.holds(arm.cfg)) continue
    const { cfg } = cx
    if (arm.cfg) cx.cfg = cfgAnd(cfg, arm.cfg)
    scoped(cx, () => {
      checkPattern(cx, arm.pat, ty)
      bindValue(cx, arm.pat, given)
      if (arm.guard) checkExpr(cx, arm.guard, BOOL)
      const own = inferExpr(cx, arm.body, hint)
      if (!hint && shallowTy(cx, own).k !== 'never') hint = own
      tys.push(own)
    })
    cx.cfg = cfg
  }
  return merge(cx, tys, expected)
}

export function inferLoop(cx: BodyContext, expr: Expr & { k: 'loop' | 'while' | 'for' }, expected: Ty | undefined): Ty {
  const frame = {
    label: expr.label,
    ty: expr.k === 'loop' ? (expected ?? fresh(cx)) : undefined,
    block: false,
    broken: false,
    values: [],
  }
  cx.notes.computes = true
  return scoped(cx, () => {
    let before = expr.k === 'for' ? [] : enterRepeated(cx)
    if (expr.k === 'while') {
      cx.loops.push(frame)
      checkExpr(cx, expr.cond, BOOL)
    } else if (expr.k === 'for') {
      const iter = structurally(cx, inferExpr(cx, expr.iter, undefined))
      // They stand where rustc has them: at what is gone through.
      implicitCall(cx, expr.iter.at, 'into_iter', [iter])
      const made = langAssoc(cx.tcx, 'into_iter', 'IntoIter')
      if (made) implicitCall(cx, expr.iter.at, 'next', [normalize(cx, projTy(made.trait, made.assoc, [iter]))])
      const item = langAssoc(cx.tcx, 'into_iter', 'Item')
      const ty = item ? normalize(cx, projTy(item.trait, item.assoc, [iter])) : UNKNOWN
      if (cx.pending.length > 0) solvePending(cx)
      checkPattern(cx, expr.pat, ty)
      const gone = elementsOf(iter, valueAt(cx, expr.iter))
      // What is gone through is asked for once.
      before = enterRepeated(cx)
      if (gone) bindValue(cx, expr.pat, { k: 'element', of: gone })
      cx.loops.push(frame)
    } else cx.loops.push(frame)
    inferExpr(cx, expr.body, UNIT)
    cx.loops.pop()
    leaveRepeated(before)
    if (expr.k !== 'loop') return UNIT
    cx.leftWith.set(expr, frame.values)
    return frame.broken ? (frame.ty as Ty) : NEVER
  })
}

export function inferBreak(cx: BodyContext, expr: Expr & { k: 'break' }): Ty {
  const frame =
    expr.label === undefined
      ? cx.loops.findLast((loop) => !loop.block)
      : cx.loops.findLast((loop) => loop.label === expr.label)
  if (frame) frame.broken = true
  if (expr.expr) {
    const ty = inferExpr(cx, expr.expr, frame?.ty)
    if (frame?.ty) coerce(cx, ty, frame.ty)
    frame?.values.push(valueAt(cx, expr.expr))
  } else if (frame?.ty) coerce(cx, UNIT, frame.ty)
  return NEVER
}
