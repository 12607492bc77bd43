/**
 * The statements of a block (The Rust Reference, "Statements").
 *
 * Where Rust's grammar leaves it to the place what a text means, rustc's reading is taken: a block-like expression at
 * the end without semicolon is the block's value; `name! {..}` is a statement macro even there, and what it expands to
 * then ends the block.
 */
import type { Expr, Stmt } from './ast.js'
import { F, K } from './kinds.js'
import { attributesOf } from './lower-attributes.js'
import { isExpression } from './lower-expressions.js'
import { lowerMacroCall } from './lower-macros.js'
import { patternIn } from './lower-patterns.js'
import {
  childIn,
  contentOf,
  endOf,
  firstChild,
  hasChild,
  kindOf,
  type Lowering,
  nextChild,
  type Statements,
  spanOf,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

/** Lowers the children of a block, of a file, or of an ERROR node in one. */
export function lowerStatements(cx: Lowering, node: number): Statements {
  const stmts: Stmt[] = []
  let tail: Expr | undefined
  /** A tail that more text follows was a statement. */
  const settle = (): void => {
    if (tail) stmts.push({ k: 'expr', expr: tail, semi: false, at: tail.at, end: tail.end })
    tail = undefined
  }
  const walk = (parent: number): void => {
    for (let child = firstChild(cx, parent); child >= 0; child = nextChild(cx, parent, child)) {
      const kind = kindOf(cx, child)
      if (kind === K.ERROR) walk(child)
      else if (kind === K.empty_statement) endWithSemicolon(cx, stmts, child)
      else if (kind === K.inner_attribute_item || kind === K.label || kind === K.attributes) continue
      else if (isExpression(kind)) {
        settle()
        const expr = cx.to.expr(cx, child)
        if (expr.k === 'macro' && expr.call.delimiter === '{') stmts.push({ ...expr, semi: false })
        else tail = expr
      } else {
        settle()
        const stmt = statement(cx, child)
        if (stmt) stmts.push(stmt)
      }
    }
  }
  walk(node)
  const last = stmts.at(-1)
  if (!tail && last?.k === 'expr' && !last.semi) {
    stmts.pop()
    tail = last.expr
  }
  return tail ? { stmts, tail } : { stmts }
}

function statement(cx: Lowering, node: number): Stmt | undefined {
  switch (kindOf(cx, node)) {
    case K.let_declaration:
      return letStatement(cx, node)
    case K.expression_statement:
      return expressionStatement(cx, node)
    case K.macro_invocation_item: {
      const call = childIn(cx, node, F.invocation)
      return call < 0 ? undefined : macroStatement(cx, node, call, false)
    }
    default: {
      const item = cx.to.item(cx, node)
      if (item) return withCfg({ k: 'item', item, ...spanOf(cx, node) }, item)
      // keywords and brackets in the text that an ERROR node spans
      if (contentOf(cx, node).length > 0) unreadable(cx, node)
      return undefined
    }
  }
}

/** `if a {};` is an expression statement with semicolon, though the grammar has an empty statement behind it. */
function endWithSemicolon(cx: Lowering, stmts: Stmt[], node: number): void {
  const last = stmts.at(-1)
  if (!last || hasChild(cx, node, K.attributes)) return
  if ((last.k === 'expr' || last.k === 'macro') && !last.semi) {
    stmts[stmts.length - 1] = { ...last, semi: true, end: endOf(cx, node) }
  }
}

function letStatement(cx: Lowering, node: number): Stmt {
  const type = childIn(cx, node, F.type)
  const value = childIn(cx, node, F.value)
  const other = childIn(cx, node, F.alternative)
  const out: Unfinished<Extract<Stmt, { k: 'let' }>> = { k: 'let', pat: patternIn(cx, node), ...spanOf(cx, node) }
  if (type >= 0) out.ty = cx.to.type(cx, type)
  if (value >= 0) out.init = cx.to.expr(cx, value)
  if (other >= 0) out.else = cx.to.expr(cx, other)
  return withCfg(out, attributesOf(cx, node))
}

function expressionStatement(cx: Lowering, node: number): Stmt | undefined {
  const inner = contentOf(cx, node)[0]
  if (inner === undefined) return undefined
  const semi = cx.text[endOf(cx, node) - 1] === ';'
  if (kindOf(cx, inner) === K.macro_invocation) return macroStatement(cx, node, inner, semi)
  if (kindOf(cx, inner) === K.expression_with_attribute) {
    const bare = childIn(cx, inner, F.expression)
    if (bare >= 0 && kindOf(cx, bare) === K.macro_invocation) {
      return withCfg(macroStatement(cx, node, bare, semi), attributesOf(cx, inner))
    }
  }
  const expr = cx.to.expr(cx, inner)
  return withCfg({ k: 'expr', expr, semi, ...spanOf(cx, node) }, leadingAttributes(cx, inner) ?? expr)
}

/** In `#[cfg(a)] b.c();` the grammar hangs the attribute on `b`; in Rust it is the statement's. */
function leadingAttributes(cx: Lowering, node: number): { readonly cfg?: Stmt['cfg'] } | undefined {
  const start = startOf(cx, node)
  for (let at: number | undefined = node; at !== undefined && startOf(cx, at) === start; at = contentOf(cx, at)[0]) {
    if (kindOf(cx, at) === K.expression_with_attribute) return attributesOf(cx, at)
  }
  return undefined
}

function macroStatement(cx: Lowering, node: number, call: number, semi: boolean): Stmt {
  return withCfg({ k: 'macro', call: lowerMacroCall(cx, call), semi, ...spanOf(cx, node) }, attributesOf(cx, node))
}

function withCfg(stmt: Stmt, from: { readonly cfg?: Stmt['cfg'] }): Stmt {
  return from.cfg ? { ...stmt, cfg: from.cfg } : stmt
}
