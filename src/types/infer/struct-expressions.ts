/** Struct expressions: a value for each field, and those that `..base` gives. */
import { checked } from '../../base/index.js'
import type { Expr } from '../../syntax/index.js'
import { normalize } from '../normalize.js'
import { fieldTy, shownFields } from '../signature.js'
import { unify } from '../table.js'
import { subst, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, fact, shallowTy } from './body-context.js'
import { checkExpr, inferExpr } from './expressions.js'
import { resolveAdt } from './path-adts.js'
import { notePath } from './paths.js'
import { noteFields } from './variables.js'

export function inferStruct(cx: BodyContext, expr: Expr & { k: 'struct' }, expected: Ty | undefined): Ty {
  const found = resolveAdt(cx, expr.path)
  notePath(cx, expr.path, found !== undefined)
  if (!found) {
    for (const field of expr.fields) inferExpr(cx, field.expr, undefined)
    if (expr.base) inferExpr(cx, expr.base, undefined)
    return UNKNOWN
  }
  const hint = expected && shallowTy(cx, expected)
  if (hint?.k === 'adt' && found.ty.k === 'adt' && hint.def === found.ty.def) {
    // A hint may be wrong where a coercion follows (Box<dyn Trait> and the like), so it must not bind for good.
    for (const [i, arg] of hint.args.entries()) {
      const own = shallowTy(cx, checked(found.ty.args[i]))
      const want = shallowTy(cx, arg)
      if (own.k === 'var' && want.k !== 'dyn' && want.k !== 'slice') unify(cx.table, own, want)
    }
  }
  cx.made.add(found.def.kind === 'variant' ? found.def.enum : found.def)
  const declared = shownFields(found.def)
  const args = found.ty.k === 'adt' ? found.ty.args : []
  for (const field of expr.fields) {
    if (!cx.holds(field.cfg)) continue
    const own = declared.find((candidate) => candidate.name === field.name)
    if (own) checkExpr(cx, field.expr, normalize(cx, subst(fieldTy(cx.tcx, found.def, own), args)))
    else inferExpr(cx, field.expr, undefined)
  }
  if (expr.base) checkExpr(cx, expr.base, found.ty)
  noteFields(cx, expr, found.def)
  if (found.def.kind === 'union') fact(cx, 'union field', found.def.name, expr.at)
  return found.ty
}
