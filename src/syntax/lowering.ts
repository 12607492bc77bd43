/**
 * What every lowering function gets: the flat tree, the text, and where to put bodies and errors; and the questions
 * they all ask of a node.
 *
 * Items hold types, types hold expressions (array lengths), expressions hold items: the files that lower them call
 * each other through `Lowering.to`, so that none has to import the other.
 */
import { checked } from '../base/index.js'
import type { BodyRef, Bound, Expr, Item, Pat, Span, Stmt, TypeRef } from './ast.js'
import type { FlatTree } from './flat-tree.js'
import { bareName } from './identifiers.js'
import { K, WALK, WALK_OF } from './kinds.js'

export interface Lowering {
  readonly text: string
  readonly tree: FlatTree
  readonly bodies: Expr[]
  readonly errors: Span[]
  /** How deep expressions, types, patterns and items are nested here. */
  depth: number
  readonly to: Lowerers
}
/** The entry points of the files that know one part of the language each. */
export interface Lowerers {
  readonly expr: (cx: Lowering, node: number) => Expr
  readonly type: (cx: Lowering, node: number) => TypeRef
  /** The bounds that these nodes spell: `A`, `?B`, `'c`, `A + B`. */
  readonly bounds: (cx: Lowering, nodes: readonly number[]) => readonly Bound[]
  readonly pattern: (cx: Lowering, node: number) => Pat
  /** An item, or undefined when the node is none. */
  readonly item: (cx: Lowering, node: number) => Item | undefined
  /** The statements inside a node, and the expression without semicolon at its end. */
  readonly statements: (cx: Lowering, node: number) => Statements
}
export interface Statements {
  readonly stmts: readonly Stmt[]
  readonly tail?: Expr
}

/** The same type with fields that can still be filled in. */
export type Unfinished<T> = { -readonly [P in keyof T]: T[P] }

/**
 * Nesting beyond this is not followed: an `error` node is left. Measured: 8,117 files of published crates need fewer
 * than 60; Node's default stack stands about 700 of the costliest kind, and callers have used some of it already.
 */
export const MAX_DEPTH = 256

/** For lists without elements: one frozen object takes the place of very many (see pack.ts). */
export const EMPTY: readonly never[] = Object.freeze([])

export function kindOf(cx: Lowering, node: number): number {
  return checked(cx.tree.kind[node])
}
export function startOf(cx: Lowering, node: number): number {
  return checked(cx.tree.start[node])
}
export function endOf(cx: Lowering, node: number): number {
  return checked(cx.tree.end[node])
}
export function textOf(cx: Lowering, node: number): string {
  return cx.text.slice(cx.tree.start[node], cx.tree.end[node])
}
/** The text of an identifier, without `r#`. */
export function nameOf(cx: Lowering, node: number): string {
  return bareName(textOf(cx, node))
}
export function spanOf(cx: Lowering, node: number): Span {
  return { at: startOf(cx, node), end: endOf(cx, node) }
}

/** The first child, -1 when there is none. */
export function firstChild(cx: Lowering, node: number): number {
  return node + 1 < checked(cx.tree.after[node]) ? node + 1 : -1
}
/** The next child of `parent` behind `child`, -1 when it was the last. */
export function nextChild(cx: Lowering, parent: number, child: number): number {
  const next = checked(cx.tree.after[child])
  return next < checked(cx.tree.after[parent]) ? next : -1
}
/** The first child in a field, -1 when there is none. */
export function childIn(cx: Lowering, node: number, field: number): number {
  const end = checked(cx.tree.after[node])
  for (let child = node + 1; child < end; child = checked(cx.tree.after[child])) {
    if (cx.tree.field[child] === field) return child
  }
  return -1
}
/** The first child of a kind, -1 when there is none. */
export function childOf(cx: Lowering, node: number, kind: number): number {
  const end = checked(cx.tree.after[node])
  for (let child = node + 1; child < end; child = checked(cx.tree.after[child])) {
    if (cx.tree.kind[child] === kind) return child
  }
  return -1
}
export function hasChild(cx: Lowering, node: number, kind: number): boolean {
  return childOf(cx, node, kind) >= 0
}
/** Whether this kind is a token that only says how a node is meant: `mut` is none, `unsafe` is one. */
export function isToken(kind: number): boolean {
  return WALK_OF[kind] === WALK.token
}
/** The children that are not tokens, attributes or errors. */
export function contentOf(cx: Lowering, node: number): number[] {
  const out: number[] = []
  const end = checked(cx.tree.after[node])
  for (let child = node + 1; child < end; child = checked(cx.tree.after[child])) {
    const kind = checked(cx.tree.kind[child])
    if (kind !== K.attributes && kind !== K.ERROR && !isToken(kind)) out.push(child)
  }
  return out
}

/** Puts an expression among the file's bodies. */
export function addBody(cx: Lowering, expr: Expr): BodyRef {
  return cx.bodies.push(expr) - 1
}

/** Records that a node could not be read (ERROR nodes are recorded by the walk) and gives its place. */
export function unreadable(cx: Lowering, node: number): Span & { readonly k: 'error' } {
  const span = spanOf(cx, node)
  if (kindOf(cx, node) !== K.ERROR) cx.errors.push(span)
  return { k: 'error', ...span }
}

/** Stands for a part that is not there: the parent's text has an error. */
export function absent(cx: Lowering, parent: number): Span & { readonly k: 'error' } {
  const at = startOf(cx, parent)
  const end = endOf(cx, parent)
  cx.errors.push({ at, end })
  return { k: 'error', at, end }
}

/** Reads one kind of expression node. */
export type ExprReader = (cx: Lowering, node: number) => Expr

/** The expression in a field of a node; a missing one is an error. */
export function exprIn(cx: Lowering, node: number, field: number): Expr {
  const child = childIn(cx, node, field)
  return child < 0 ? absent(cx, node) : cx.to.expr(cx, child)
}
