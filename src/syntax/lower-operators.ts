/** Operator expressions (The Rust Reference, "Operator expressions"), with ranges, which are written like operators. */
import type { BinaryOp, Expr, UnaryOp } from './ast.js'
import { F, K, type KindName } from './kinds.js'
import { typeIn } from './lower-types.js'
import {
  childIn,
  childOf,
  contentOf,
  type ExprReader,
  endOf,
  exprIn,
  firstChild,
  hasChild,
  kindOf,
  type Lowering,
  nextChild,
  spanOf,
  startOf,
  textOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

/** By node kind. */
export const OPERATORS: Readonly<Partial<Record<KindName, ExprReader>>> = {
  negative_literal: unary,
  unary_expression: unary,
  binary_expression: binary,
  assignment_expression: assignment,
  compound_assignment_expr: assignment,
  range_expression: range,
  reference_expression: (cx, node) => ({
    k: 'ref',
    mut: hasChild(cx, node, K.mutable_specifier),
    raw: hasChild(cx, node, K.raw),
    expr: exprIn(cx, node, F.value),
    ...spanOf(cx, node),
  }),
  type_cast_expression: (cx, node) => ({
    k: 'cast',
    expr: exprIn(cx, node, F.value),
    ty: typeIn(cx, node, F.type),
    ...spanOf(cx, node),
  }),
  try_expression: (cx, node) => {
    const inner = contentOf(cx, node)[0]
    if (inner === undefined) return unreadable(cx, node)
    return { k: 'try', expr: cx.to.expr(cx, inner), ...spanOf(cx, node) }
  },
}

const UNARY_OPS: readonly UnaryOp[] = ['*', '!', '-']

function unary(cx: Lowering, node: number): Expr {
  const inner = contentOf(cx, node).at(-1)
  const op = UNARY_OPS.find((each) => each === cx.text[startOf(cx, node)])
  if (inner === undefined || op === undefined) return unreadable(cx, node)
  return { k: 'unary', op, expr: cx.to.expr(cx, inner), ...spanOf(cx, node) }
}

function binary(cx: Lowering, node: number): Expr {
  const operator = childIn(cx, node, F.operator)
  if (operator < 0) return unreadable(cx, node)
  const op = textOf(cx, operator)
  if (op === '||' && isBareReturn(cx, childIn(cx, node, F.left))) return returnedClosure(cx, node, operator)
  const lhs = exprIn(cx, node, F.left)
  const rhs = exprIn(cx, node, F.right)
  if (op === '&&' || op === '||') return { k: 'lazy', op, lhs, rhs, ...spanOf(cx, node) }
  return { k: 'binary', op: op as BinaryOp, opAt: startOf(cx, operator), lhs, rhs, ...spanOf(cx, node) }
}

function isBareReturn(cx: Lowering, node: number): boolean {
  return node >= 0 && kindOf(cx, node) === K.return_expression && firstChild(cx, node) < 0
}

/** `return || x`: the grammar takes the closure's bars for an operator. */
function returnedClosure(cx: Lowering, node: number, bars: number): Expr {
  const body = exprIn(cx, node, F.right)
  const place = { at: startOf(cx, bars), end: endOf(cx, node) }
  return {
    k: 'return',
    expr: { k: 'closure', params: [], async: false, move: false, body, ...place },
    ...spanOf(cx, node),
  }
}

/** `a = b`, `a += b`; and `..=b`, for which the grammar knows no other shape than `.. = b`. */
function assignment(cx: Lowering, node: number): Expr {
  const left = childIn(cx, node, F.left)
  const compound = childIn(cx, node, F.operator)
  const operator = compound < 0 ? childOf(cx, node, K['=']) : compound
  if (left < 0 || operator < 0) return unreadable(cx, node)
  const rhs = exprIn(cx, node, F.right)
  const opAt = startOf(cx, operator)
  if (compound < 0 && cx.text.slice(startOf(cx, left), opAt + 1) === '..=') {
    return { k: 'range', to: rhs, inclusive: true, ...spanOf(cx, node) }
  }
  const lhs = cx.to.expr(cx, left)
  if (compound < 0) return { k: 'assign', opAt, lhs, rhs, ...spanOf(cx, node) }
  const op = textOf(cx, operator).slice(0, -1) as BinaryOp
  return { k: 'assign', op, opAt, lhs, rhs, ...spanOf(cx, node) }
}

function range(cx: Lowering, node: number): Expr {
  let operator = -1
  const out: Unfinished<Extract<Expr, { k: 'range' }>> = { k: 'range', inclusive: false, ...spanOf(cx, node) }
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    const kind = kindOf(cx, child)
    if (kind === K['..'] || kind === K['...'] || kind === K['..=']) {
      operator = child
      out.inclusive = kind !== K['..']
    } else if (kind === K.ERROR) continue
    else if (operator < 0) out.from = cx.to.expr(cx, child)
    else out.to = cx.to.expr(cx, child)
  }
  return out
}
