/** Blocks, what holds them (conditions, loops, matches, closures), and what leaves them (`break`, `return`). */

import type { Block, Expr, MatchArm, Pat, TypeRef } from './ast.js'
import { bareName } from './identifiers.js'
import { F, K, type KindName } from './kinds.js'
import { attributesOf } from './lower-attributes.js'
import {
  absent,
  childIn,
  childOf,
  contentOf,
  type ExprReader,
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
export const CONTROL_FLOW: Readonly<Partial<Record<KindName, ExprReader>>> = {
  block: (cx, node) => block(cx, node, node, 'plain'),
  unsafe_block: prefixed('unsafe'),
  async_block: prefixed('async'),
  gen_block: prefixed('gen'),
  try_block: prefixed('try'),
  const_block: prefixed('const'),
  if_expression: conditional,
  let_condition: (cx, node) => ({
    k: 'let',
    pat: patternIn(cx, node),
    expr: exprIn(cx, node, F.value),
    ...spanOf(cx, node),
  }),
  let_chain: chain,
  match_expression: match,
  loop_expression: (cx, node) => ({
    k: 'loop',
    ...label(cx, node),
    body: exprIn(cx, node, F.body),
    ...spanOf(cx, node),
  }),
  while_expression: (cx, node) => ({
    k: 'while',
    ...label(cx, node),
    cond: exprIn(cx, node, F.condition),
    body: exprIn(cx, node, F.body),
    ...spanOf(cx, node),
  }),
  for_expression: (cx, node) => ({
    k: 'for',
    ...label(cx, node),
    pat: patternIn(cx, node),
    iter: exprIn(cx, node, F.value),
    body: exprIn(cx, node, F.body),
    ...spanOf(cx, node),
  }),
  closure_expression: closure,
  break_expression: jump,
  continue_expression: jump,
  return_expression: maybeOne('return'),
  yield_expression: maybeOne('yield'),
  become_expression: maybeOne('become'),
}

function maybeOne(k: 'return' | 'yield' | 'become'): ExprReader {
  return (cx, node) => {
    const inner = contentOf(cx, node)[0]
    return inner === undefined ? { k, ...spanOf(cx, node) } : { k, expr: cx.to.expr(cx, inner), ...spanOf(cx, node) }
  }
}

function patternIn(cx: Lowering, node: number): Pat {
  const child = childIn(cx, node, F.pattern)
  return child < 0 ? absent(cx, node) : cx.to.pattern(cx, child)
}

function label(cx: Lowering, node: number): { readonly label?: string } {
  const child = childOf(cx, node, K.label)
  return child < 0 ? {} : { label: bareName(textOf(cx, child).slice(1)) }
}

/** The block inside `node`, with the place of `outer`. */
function block(cx: Lowering, node: number, outer: number, mode: Block['mode']): Expr {
  const { stmts, tail } = cx.to.statements(cx, node)
  const out: Unfinished<Extract<Expr, { k: 'block' }>> = {
    k: 'block',
    mode,
    stmts,
    ...label(cx, node),
    ...spanOf(cx, outer),
  }
  if (tail) out.tail = tail
  return out
}

function prefixed(mode: Block['mode']): ExprReader {
  return (cx, node) => {
    const inner = childOf(cx, node, K.block)
    return inner < 0 ? unreadable(cx, node) : block(cx, inner, node, mode)
  }
}

function conditional(cx: Lowering, node: number): Expr {
  const out: Unfinished<Extract<Expr, { k: 'if' }>> = {
    k: 'if',
    cond: exprIn(cx, node, F.condition),
    // biome-ignore lint/suspicious/noThenProperty: Rust's own word for this branch, and never a function
    then: exprIn(cx, node, F.consequence),
    ...spanOf(cx, node),
  }
  const clause = childIn(cx, node, F.alternative)
  const other = clause < 0 ? undefined : contentOf(cx, clause)[0]
  if (other !== undefined) out.else = cx.to.expr(cx, other)
  return out
}

/** `let A = a && b && let C = c`: from left to right, as `&&` is. */
function chain(cx: Lowering, node: number): Expr {
  let out: Expr | undefined
  for (const child of contentOf(cx, node)) {
    const rhs = cx.to.expr(cx, child)
    out = out ? { k: 'lazy', op: '&&', lhs: out, rhs, at: out.at, end: rhs.end } : rhs
  }
  return out ?? unreadable(cx, node)
}

function match(cx: Lowering, node: number): Expr {
  const body = childIn(cx, node, F.body)
  const arms: MatchArm[] = []
  if (body >= 0) {
    for (let child = firstChild(cx, body); child >= 0; child = nextChild(cx, body, child)) {
      if (kindOf(cx, child) === K.match_arm) arms.push(arm(cx, child))
    }
  }
  return { k: 'match', expr: exprIn(cx, node, F.value), arms, ...spanOf(cx, node) }
}

function arm(cx: Lowering, node: number): MatchArm {
  const head = childIn(cx, node, F.pattern)
  const guard = head < 0 ? -1 : childIn(cx, head, F.condition)
  const pattern = head < 0 ? undefined : contentOf(cx, head).find((child) => child !== guard)
  const out: Unfinished<MatchArm> = {
    pat: pattern === undefined ? absent(cx, node) : cx.to.pattern(cx, pattern),
    body: exprIn(cx, node, F.value),
  }
  if (guard >= 0) out.guard = cx.to.expr(cx, guard)
  const { cfg } = attributesOf(cx, node)
  if (cfg) out.cfg = cfg
  return out
}

function closure(cx: Lowering, node: number): Expr {
  const list = childIn(cx, node, F.parameters)
  const params: { readonly pat: Pat; readonly ty?: TypeRef }[] = []
  if (list >= 0) {
    for (const child of contentOf(cx, list)) {
      params.push(closureParameter(cx, child))
    }
  }
  const head = { async: hasChild(cx, node, K.async), move: hasChild(cx, node, K.move) }
  const ret = childIn(cx, node, F.return_type)
  const out: Unfinished<Extract<Expr, { k: 'closure' }>> = {
    k: 'closure',
    params,
    ...head,
    body: exprIn(cx, node, F.body),
    ...spanOf(cx, node),
  }
  if (ret >= 0) out.ret = cx.to.type(cx, ret)
  return out
}

function closureParameter(cx: Lowering, node: number): { readonly pat: Pat; readonly ty?: TypeRef } {
  if (kindOf(cx, node) !== K.parameter) return { pat: cx.to.pattern(cx, node) }
  const type = childIn(cx, node, F.type)
  const pattern = childIn(cx, node, F.pattern)
  if (pattern < 0 || type < 0) return { pat: unreadable(cx, node) }
  const mutable = childOf(cx, node, K.mutable_specifier)
  const pat = cx.to.pattern(cx, pattern)
  const mut = mutable >= 0 && startOf(cx, mutable) < startOf(cx, pattern)
  return { pat: mut && pat.k === 'bind' ? { ...pat, mut } : pat, ty: cx.to.type(cx, type) }
}

/** `break 'a x` and `continue 'a`. */
function jump(cx: Lowering, node: number): Expr {
  const label = childOf(cx, node, K.label)
  const value = contentOf(cx, node).find((child) => child !== label)
  const span = spanOf(cx, node)
  const named = label < 0 ? {} : { label: bareName(textOf(cx, label).slice(1)) }
  if (kindOf(cx, node) === K.continue_expression) return { k: 'continue', ...named, ...span }
  if (value === undefined) return { k: 'break', ...named, ...span }
  return { k: 'break', ...named, expr: cx.to.expr(cx, value), ...span }
}
