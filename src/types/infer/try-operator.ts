/** The `?` operator: the value it takes out, and what it calls to make the function's error of the operand's. */
import type { Expr } from '../../syntax/index.js'
import { predicatesOf } from '../generics.js'
import { normalize } from '../normalize.js'
import { select } from '../solve.js'
import { projTy, substTraitRef, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, later, reference, unknownOperand } from './body-context.js'
import { structurally } from './coerce.js'
import { inferExpr } from './expressions.js'
import { langAssoc } from './lang-assoc.js'

export function inferTry(cx: BodyContext, expr: Expr & { k: 'try' }): Ty {
  const ty = structurally(cx, inferExpr(cx, expr.expr, undefined))
  errorConversion(cx, ty, expr.end - 1)
  const output = langAssoc(cx.tcx, 'branch', 'Output')
  return output ? (normalize(cx, projTy(output.trait, output.assoc, [ty])) ?? UNKNOWN) : UNKNOWN
}

/** The calls by which `?` makes the function's error of the operand's: those that the impl of its conversion is bound by. */
function errorConversion(cx: BodyContext, operand: Ty, at: number, late?: Ty): void {
  const residual = langAssoc(cx.tcx, 'branch', 'Residual')
  const from = cx.tcx.lang.get('from_residual')
  if (!residual || from?.kind !== 'fn' || from.container?.kind !== 'trait') return
  const ret = structurally(cx, late ?? cx.ret)
  if (ret.k === 'var' || operand.k === 'var') {
    // The result type of a closure or async block is often known only at its end.
    if (!late) later(cx, () => errorConversion(cx, structurally(cx, operand), at, ret))
    else reference(cx, at, '?', 'implicit', { k: 'unresolved', why: 'unknown value' })
    return
  }
  const rest = normalize(cx, projTy(residual.trait, residual.assoc, [operand]))
  const selection = select(cx, { trait: from.container, args: [ret, rest] })
  if (selection.k !== 'impl') {
    unknownOperand(cx, ret.k === 'unknown' ? ret : operand, at, 'operator', '?')
    return
  }
  cx.source.visits?.note(cx.source, at, 'operator', 'known')
  for (const bound of predicatesOf(cx.tcx, selection.impl).traits) {
    const { trait, args } = substTraitRef(bound, selection.args)
    for (const item of trait.items)
      if (item.kind === 'fn') reference(cx, at, '?', 'implicit', { k: 'fn', fn: item, args })
  }
}
