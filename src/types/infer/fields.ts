/** Field access: the nearest type along the dereferences that has the field. */
import { isFieldVisible } from '../../names/index.js'
import type { Expr, Field } from '../../syntax/index.js'
import { autoderef } from '../autoderef.js'
import { normalize } from '../normalize.js'
import { fieldTy, shownFields } from '../signature.js'
import { subst, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, fact, later, unknownOperand } from './body-context.js'
import { structurally } from './coerce.js'
import { derefCalls, looksThrough } from './deref-calls.js'
import { inferExpr } from './expressions.js'
import { carriesValue, loseValue } from './values.js'

export function inferField(cx: BodyContext, expr: Expr & { k: 'field' }): Ty {
  const base = structurally(cx, inferExpr(cx, expr.base, undefined))
  const found = fieldOf(cx, base, expr.name, expr.nameAt, expr)
  if (found) cx.source.visits?.note(cx.source, expr.nameAt, 'field', 'known')
  else later(cx, () => lateField(cx, structurally(cx, base), expr.name, expr.nameAt))
  return found ?? UNKNOWN
}

/** The base's type was not known in time: what it dereferences to is said in the end, or that it never became known. */
function lateField(cx: BodyContext, base: Ty, name: string, at: number): void {
  if (fieldOf(cx, base, name, at)) cx.source.visits?.note(cx.source, at, 'field', 'known')
  else unknownOperand(cx, base, at, 'field', name)
}

/** The type of `base.name`; undefined when no type on the way has such a field. */
function fieldOf(cx: BodyContext, base: Ty, name: string, at: number, expr?: Expr): Ty | undefined {
  const steps = autoderef(cx, base)
  // A field that is private here stops nothing; where no other is found, it is the one (a macro's own module sees it).
  let hidden: { readonly index: number; readonly ty: Ty & { k: 'adt' }; readonly field: Field } | undefined
  const take = (index: number, ty: Ty & { k: 'adt' }, field: Field): Ty => {
    derefCalls(cx, steps.slice(0, index + 1), at - 1)
    if (expr && !looksThrough(steps.slice(0, index + 1))) loseValue(cx, expr)
    if (ty.def.kind === 'union') fact(cx, 'union field', ty.def.name, at)
    const given = normalize(cx, subst(fieldTy(cx.tcx, ty.def, field), ty.args))
    if (expr && ty.def.crate.unit && carriesValue(cx, given)) cx.memberOf.set(expr, ty.def)
    return given
  }
  for (const [i, { ty }] of steps.entries()) {
    if (ty.k === 'tuple') {
      const part = /^\d+$/.test(name) ? ty.tys[Number(name)] : undefined
      if (part) {
        derefCalls(cx, steps.slice(0, i + 1), at - 1)
        if (expr && !looksThrough(steps.slice(0, i + 1))) loseValue(cx, expr)
        return part
      }
    }
    if (ty.k !== 'adt') continue
    const field = shownFields(ty.def).find((candidate) => candidate.name === name)
    if (!field) continue
    if (isFieldVisible(ty.def, field.vis, cx.module)) return take(i, ty, field)
    hidden ??= { index: i, ty, field }
  }
  return hidden && take(hidden.index, hidden.ty, hidden.field)
}
