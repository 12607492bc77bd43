/**
 * Expressions (The Rust Reference, "Expressions"). Operators are in lower-operators.ts, what holds blocks
 * and what jumps in lower-control-flow.ts.
 */
import type { CfgExpr } from '../base/index.js'
import type { Expr, FieldInit, GenericArgs } from './ast.js'
import { byKind, F, K } from './kinds.js'
import { cfgAttributeOf, readAttributesNode } from './lower-attributes.js'
import { CONTROL_FLOW } from './lower-control-flow.js'
import { lowerLiteral } from './lower-literals.js'
import { lowerMacroCall } from './lower-macros.js'
import { OPERATORS } from './lower-operators.js'
import { lowerGenericArgs, lowerPath, NO_PATH } from './lower-paths.js'
import {
  absent,
  childIn,
  childOf,
  contentOf,
  type ExprReader,
  endOf,
  exprIn,
  firstChild,
  kindOf,
  type Lowering,
  MAX_DEPTH,
  nameOf,
  nextChild,
  spanOf,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

const path: ExprReader = (cx, node) => ({ k: 'path', path: lowerPath(cx, node), ...spanOf(cx, node) })
const literal: ExprReader = (cx, node) => {
  const lit = lowerLiteral(cx, node)
  return lit ? { k: 'lit', lit, ...spanOf(cx, node) } : unreadable(cx, node)
}
const TABLE = byKind<ExprReader>({
  identifier: (cx, node) =>
    endOf(cx, node) - startOf(cx, node) === 1 && cx.text[startOf(cx, node)] === '_'
      ? { k: 'underscore', ...spanOf(cx, node) }
      : path(cx, node),
  type_identifier: path,
  self: path,
  crate: path,
  super: path,
  metavariable: path,
  scoped_identifier: path,
  generic_function: path,
  integer_literal: literal,
  float_literal: literal,
  boolean_literal: literal,
  char_literal: literal,
  string_literal: literal,
  raw_string_literal: literal,
  call_expression: call,
  field_expression: field,
  index_expression: (cx, node) => {
    const [base, index] = contentOf(cx, node)
    if (base === undefined || index === undefined) return unreadable(cx, node)
    return { k: 'index', base: lowerExpr(cx, base), index: lowerExpr(cx, index), ...spanOf(cx, node) }
  },
  await_expression: (cx, node) => {
    const inner = contentOf(cx, node)[0]
    const expr = inner === undefined ? absent(cx, node) : lowerExpr(cx, inner)
    return { k: 'await', expr, nameAt: endOf(cx, node) - 'await'.length, ...spanOf(cx, node) }
  },
  unit_expression: (cx, node) => ({ k: 'tuple', exprs: [], ...spanOf(cx, node) }),
  tuple_expression: (cx, node) => ({ k: 'tuple', exprs: exprsIn(cx, node), ...spanOf(cx, node) }),
  array_expression: array,
  struct_expression: structLiteral,
  macro_invocation: (cx, node) => ({ k: 'macro', call: lowerMacroCall(cx, node), ...spanOf(cx, node) }),
  expression_with_attribute: attributed,
  block_expression_with_attribute: attributed,
  parenthesized_expression: (cx, node) => {
    const inner = contentOf(cx, node)[0]
    return inner === undefined ? unreadable(cx, node) : lowerExpr(cx, inner)
  },
  ...OPERATORS,
  ...CONTROL_FLOW,
  _: (cx, node) => ({ k: 'underscore', ...spanOf(cx, node) }),
})

/** Whether nodes of this kind are expressions. */
export function isExpression(kind: number): boolean {
  return TABLE[kind] !== undefined
}

/** Lowers an expression node. Parentheses leave no node of their own. */
export function lowerExpr(cx: Lowering, node: number): Expr {
  const reader = TABLE[kindOf(cx, node)]
  if (!reader || cx.depth >= MAX_DEPTH) return unreadable(cx, node)
  cx.depth++
  const expr = reader(cx, node)
  cx.depth--
  return expr
}

/** The expressions among the children, each under the attributes before it. */
function exprsIn(cx: Lowering, node: number): readonly Expr[] {
  const out: Expr[] = []
  let cfg: CfgExpr | undefined
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.attributes) cfg = readAttributesNode(cx, child).cfg
    if (!isExpression(kind)) continue
    const expr = lowerExpr(cx, child)
    out.push(cfg ? { ...expr, cfg } : expr)
    cfg = undefined
  }
  return out
}

function attributed(cx: Lowering, node: number): Expr {
  const expr = exprIn(cx, node, F.expression)
  const cfg = cfgAttributeOf(cx, node)
  return cfg ? { ...expr, cfg } : expr
}

/** `f(a)` and `x.m(a)`. `(x.f)(a)` and `x.0(a)` call what a field holds. */
function call(cx: Lowering, node: number): Expr {
  const callee = childIn(cx, node, F.function)
  const list = childIn(cx, node, F.arguments)
  if (callee < 0 || list < 0) return unreadable(cx, node)
  const generic = kindOf(cx, callee) === K.generic_function
  const target = generic ? childIn(cx, callee, F.function) : callee
  const args = (): readonly Expr[] => exprsIn(cx, list)
  if (target >= 0 && kindOf(cx, target) === K.field_expression) {
    const name = childIn(cx, target, F.field)
    if (name >= 0 && kindOf(cx, name) !== K.integer_literal) {
      const generics = generic ? childIn(cx, callee, F.type_arguments) : -1
      const out: Unfinished<Extract<Expr, { k: 'method' }>> = {
        k: 'method',
        receiver: exprIn(cx, target, F.value),
        name: nameOf(cx, name),
        nameAt: startOf(cx, name),
        args: args(),
        ...spanOf(cx, node),
      }
      if (generics >= 0) out.generics = lowerGenericArgs(cx, generics) as GenericArgs
      return out
    }
  }
  return { k: 'call', callee: lowerExpr(cx, callee), args: args(), ...spanOf(cx, node) }
}

function field(cx: Lowering, node: number): Expr {
  const name = childIn(cx, node, F.field)
  if (name < 0) return unreadable(cx, node)
  const base = exprIn(cx, node, F.value)
  return { k: 'field', base, name: nameOf(cx, name), nameAt: startOf(cx, name), ...spanOf(cx, node) }
}

function array(cx: Lowering, node: number): Expr {
  const length = childIn(cx, node, F.length)
  if (length < 0) return { k: 'array', exprs: exprsIn(cx, node), ...spanOf(cx, node) }
  const element = contentOf(cx, node).find((child) => child !== length)
  const expr = element === undefined ? absent(cx, node) : lowerExpr(cx, element)
  return { k: 'repeat', expr, len: lowerExpr(cx, length), ...spanOf(cx, node) }
}

function structLiteral(cx: Lowering, node: number): Expr {
  const name = childIn(cx, node, F.name)
  const body = childIn(cx, node, F.body)
  const fields: FieldInit[] = []
  const out: Unfinished<Extract<Expr, { k: 'struct' }>> = {
    k: 'struct',
    path: name < 0 ? NO_PATH : lowerPath(cx, name),
    fields,
    ...spanOf(cx, node),
  }
  if (body < 0) return out
  for (const child of contentOf(cx, body)) {
    const kind = kindOf(cx, child)
    if (kind === K.base_field_initializer) {
      const base = contentOf(cx, child).at(-1)
      if (base !== undefined) out.base = lowerExpr(cx, base)
    } else if (kind === K.field_initializer || kind === K.shorthand_field_initializer) {
      fields.push(fieldInit(cx, child))
    } else if (kind !== K.field_ellipsis) unreadable(cx, child)
  }
  return out
}

function fieldInit(cx: Lowering, node: number): FieldInit {
  const shorthand = kindOf(cx, node) === K.shorthand_field_initializer
  const name = shorthand ? childOf(cx, node, K.identifier) : childIn(cx, node, F.field)
  const value = shorthand ? name : childIn(cx, node, F.value)
  if (name < 0 || value < 0) return { name: '', at: startOf(cx, node), expr: absent(cx, node) }
  const out = { name: nameOf(cx, name), at: startOf(cx, name), expr: lowerExpr(cx, value) }
  const cfg = cfgAttributeOf(cx, node)
  return cfg ? { ...out, cfg } : out
}
