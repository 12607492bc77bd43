/**
 * Operators: built in for numbers, bools and chars, else the methods of their traits (The Rust Reference, "Operator
 * expressions"). Indexing is built in for arrays and slices, else `Index` along the dereferences.
 */
import type { TraitDef } from '../../names/index.js'
import type { BinaryOp, Expr } from '../../syntax/index.js'
import { autoderef, derefOnce } from '../autoderef.js'
import { langAdt, langTrait } from '../context.js'
import { normalize, project } from '../normalize.js'
import { oblige, solvePending } from '../obligations.js'
import { select } from '../solve.js'
import { freshVar, kindOf, resolve, rollback, snapshot, unify } from '../table.js'
import { BOOL, HAS_VAR, projTy, sliceTy, type Ty, UNIT, UNKNOWN, USIZE } from '../ty.js'
import { type BodyContext, fact, fresh, later, owns, reference, shallowTy, unknownOperand } from './body-context.js'
import { coerce, isNumber, structurally } from './coerce.js'
import { derefCalls, looksThrough } from './deref-calls.js'
import { checkExpr, inferExpr } from './expressions.js'
import { langAssoc } from './lang-assoc.js'
import { makeMutable } from './mutable-places.js'
import { noteBits, noteNumber } from './number-values.js'
import { loseValue, noteIndex, noteJoined, valueAt } from './values.js'
import { assignVariable, loseVariable } from './variables.js'

const BINARY: ReadonlyMap<BinaryOp, string> = new Map([
  ['+', 'add'],
  ['-', 'sub'],
  ['*', 'mul'],
  ['/', 'div'],
  ['%', 'rem'],
  ['&', 'bitand'],
  ['|', 'bitor'],
  ['^', 'bitxor'],
  ['<<', 'shl'],
  ['>>', 'shr'],
  ['==', 'eq'],
  ['!=', 'eq'],
  ['<', 'partial_ord'],
  ['<=', 'partial_ord'],
  ['>', 'partial_ord'],
  ['>=', 'partial_ord'],
])
const COMPARISONS = new Set<BinaryOp>(['==', '!=', '<', '<=', '>', '>='])
const METHODS: ReadonlyMap<BinaryOp, string> = new Map([
  ['==', 'eq'],
  ['!=', 'ne'],
  ['<', 'lt'],
  ['<=', 'le'],
  ['>', 'gt'],
  ['>=', 'ge'],
])

export function inferBinary(cx: BodyContext, expr: Expr & { k: 'binary' }, expected: Ty | undefined): Ty {
  const comparison = COMPARISONS.has(expr.op)
  const shift = expr.op === '<<' || expr.op === '>>'
  const lhs = structurally(cx, inferExpr(cx, expr.lhs, comparison ? undefined : expected))
  const hint = isNumber(cx, lhs) && !shift ? lhs : undefined
  const rhs = structurally(cx, inferExpr(cx, expr.rhs, comparison ? (hint ?? lhs) : hint))
  if (isNumber(cx, lhs) && isNumber(cx, rhs)) {
    builtIn(cx, expr.opAt)
    if (!shift) unify(cx.table, lhs, rhs)
    if (expr.op === '|') noteBits(cx, expr)
    noteNumber(cx, expr, lhs, comparison)
    return comparison ? BOOL : lhs
  }
  if (comparison) {
    if (lhs.k === 'var' || rhs.k === 'var') coerce(cx, rhs, lhs)
    operatorCall(cx, expr.opAt, BINARY.get(expr.op) ?? '', METHODS.get(expr.op) ?? '', [lhs, rhs])
    return BOOL
  }
  const lang = BINARY.get(expr.op) ?? ''
  noteNumber(cx, expr, lhs, false)
  operatorCall(cx, expr.opAt, lang, lang, [lhs, rhs])
  if (expr.op === '+') noteJoined(cx, expr)
  return outputOf(cx, lang, lhs, rhs)
}

function outputOf(cx: BodyContext, lang: string, lhs: Ty, rhs: Ty): Ty {
  const output = langAssoc(cx.tcx, lang, 'Output')
  if (!output) return UNKNOWN
  const wanted = freshVar(cx.table)
  // The right side may coerce (`String + &String`): where an impl takes it as it is, that one is meant.
  const at = snapshot(cx.table)
  const direct = project(cx, projTy(output.trait, output.assoc, [lhs, rhs]))
  if (direct && direct.k !== 'unknown' && !(direct.k === 'proj' && direct.assoc === output.assoc))
    return normalize(cx, direct)
  rollback(cx.table, at)
  const value = project(cx, projTy(output.trait, output.assoc, [lhs, wanted]))
  if (!value) return normalize(cx, projTy(output.trait, output.assoc, [lhs, rhs]))
  coerce(cx, rhs, wanted)
  return normalize(cx, value)
}

/** Records the trait's method as called, and lets its bound teach the operand's type. */
function operatorCall(cx: BodyContext, at: number, lang: string, method: string, operands: readonly Ty[]): void {
  const trait = langTrait(cx.tcx, lang)
  const fn = trait?.items.find((item) => item.kind === 'fn' && item.name === method)
  if (!trait || fn?.kind !== 'fn') return
  reference(cx, at, method, 'operator', { k: 'fn', fn, args: operands })
  // `Some(x) == None`: the bound says what the option is of.
  const known = operands.map((ty) => resolve(cx.table, ty))
  if (known.some((ty) => ty.flags & HAS_VAR)) oblige(cx, { trait, args: known })
}

export function inferUnary(cx: BodyContext, expr: Expr & { k: 'unary' }, expected: Ty | undefined): Ty {
  if (expr.op === '*') {
    const ty = structurally(cx, inferExpr(cx, expr.expr, undefined))
    const step = derefOnce(cx, ty)
    if (step && !step.overloaded) builtIn(cx, expr.at)
    if (!step) later(cx, () => lateDeref(cx, structurally(cx, ty), expr.at))
    if (ty.k === 'ptr') fact(cx, 'raw dereference', '', expr.at)
    if (step) derefCalls(cx, [{ ty, overloaded: false }, step], expr.at)
    if (!step || !looksThrough([{ ty, overloaded: false }, step])) loseValue(cx, expr)
    return step ? structurally(cx, step.ty) : UNKNOWN
  }
  const ty = structurally(cx, inferExpr(cx, expr.expr, expected))
  if (isNumber(cx, ty) || ty.k === 'never') {
    builtIn(cx, expr.at)
    noteNumber(cx, expr, ty, false)
    return ty
  }
  noteNumber(cx, expr, ty, false)
  const lang = expr.op === '!' ? 'not' : 'neg'
  operatorCall(cx, expr.at, lang, lang, [ty])
  const output = langAssoc(cx.tcx, lang, 'Output')
  return output ? normalize(cx, projTy(output.trait, output.assoc, [ty])) : UNKNOWN
}

export function inferAssign(cx: BodyContext, expr: Expr & { k: 'assign' }): Ty {
  const since = cx.references.length
  const lhs = inferExpr(cx, expr.lhs, undefined)
  makeMutable(cx, expr.lhs, since)
  if (expr.op === undefined) {
    // What was there is dropped.
    owns(cx, shallowTy(cx, lhs), expr.lhs.at)
    checkExpr(cx, expr.rhs, lhs)
    assignVariable(cx, expr.lhs, valueAt(cx, expr.rhs), false)
    return UNIT
  }
  const left = structurally(cx, lhs)
  const shift = expr.op === '<<' || expr.op === '>>'
  const rhs = structurally(cx, inferExpr(cx, expr.rhs, isNumber(cx, left) && !shift ? left : undefined))
  if (isNumber(cx, left) && isNumber(cx, rhs)) {
    builtIn(cx, expr.opAt)
    if (!shift) unify(cx.table, left, rhs)
    noteNumber(cx, expr, left, false)
    loseVariable(cx, expr.lhs)
    return UNIT
  }
  const lang = `${BINARY.get(expr.op) ?? ''}_assign`
  operatorCall(cx, expr.opAt, lang, lang, [left, rhs])
  assignVariable(cx, expr.lhs, expr.op === '+' ? valueAt(cx, expr.rhs) : undefined, expr.op === '+')
  const trait: TraitDef | undefined = langTrait(cx.tcx, lang)
  if (trait && (left.k === 'adt' || left.k === 'param')) {
    const want = fresh(cx)
    const at = snapshot(cx.table)
    if (select(cx, { trait, args: [left, want] }).k === 'impl') coerce(cx, rhs, want)
    else rollback(cx.table, at)
  }
  return UNIT
}

export function inferIndex(cx: BodyContext, expr: Expr & { k: 'index' }): Ty {
  const base = structurally(cx, inferExpr(cx, expr.base, undefined))
  const index = structurally(cx, inferExpr(cx, expr.index, undefined))
  if (cx.pending.length > 0) solvePending(cx)
  const output = langAssoc(cx.tcx, 'index', 'Output')
  const steps = autoderef(cx, base)
  // At the bracket: the index itself may be a call.
  const derefsTo = (i: number): void => derefCalls(cx, steps.slice(0, i + 1), Math.max(0, expr.index.at - 1))
  for (const [i, { ty }] of steps.entries()) {
    if (ty.k === 'slice' || ty.k === 'array') {
      const direct = builtinIndex(cx, ty, index)
      if (direct) {
        visitIndex(cx, expr.index.at, 'known')
        derefsTo(i)
        if (looksThrough(steps.slice(0, i + 1))) noteIndex(cx, expr, shallowTy(cx, index).k === 'prim')
        return direct
      }
    }
    if (
      !output ||
      (ty.k !== 'adt' &&
        ty.k !== 'slice' &&
        ty.k !== 'array' &&
        ty.k !== 'prim' &&
        ty.k !== 'param' &&
        ty.k !== 'proj' &&
        ty.k !== 'dyn' &&
        ty.k !== 'opaque')
    )
      continue
    const at = snapshot(cx.table)
    const selection = select(cx, { trait: output.trait, args: [ty, index] })
    if (selection.k === 'none') {
      rollback(cx.table, at)
      continue
    }
    derefsTo(i)
    const fn = output.trait.items.find((item) => item.kind === 'fn')
    if (fn?.kind === 'fn') reference(cx, expr.index.at, 'index', 'operator', { k: 'fn', fn, args: [ty, index] })
    visitIndex(cx, expr.index.at, fn ? 'led' : 'unknown')
    const isOfStd = ty.k === 'slice' || ty.k === 'array' || (ty.k === 'adt' && ty.def.crate.unit === undefined)
    if (isOfStd && looksThrough(steps.slice(0, i + 1))) noteIndex(cx, expr, isNumber(cx, index))
    return structurally(cx, normalize(cx, projTy(output.trait, output.assoc, [ty, index])))
  }
  // Nothing on the way can be indexed: an impl was not seen, and so what it does is not known.
  unknownOperand(cx, base, expr.index.at, 'operator', 'index')
  return UNKNOWN
}

/** The operand's type was not known in time. */
function lateDeref(cx: BodyContext, ty: Ty, at: number): void {
  const step = derefOnce(cx, ty)
  if (!step) return unknownOperand(cx, ty, at, 'operator', '*')
  builtIn(cx, at)
  derefCalls(cx, [{ ty, overloaded: false }, step], at)
}

const visitIndex = (cx: BodyContext, at: number, outcome: 'led' | 'known' | 'unknown'): void =>
  cx.source.visits?.note(cx.source, at, 'index', outcome)

/** Says that the operator is the language's own here: nothing is called. */
function builtIn(cx: BodyContext, at: number): void {
  cx.source.visits?.note(cx.source, at, 'operator', 'known')
}

function builtinIndex(cx: BodyContext, ty: Ty & { k: 'slice' | 'array' }, index: Ty): Ty | undefined {
  if (index.k === 'var' && kindOf(cx.table, index) !== 'float') {
    unify(cx.table, index, USIZE)
    return ty.ty
  }
  if (index.k === 'prim') return ty.ty
  if (index.k === 'adt' && RANGE_LANGS.some((name) => langAdt(cx.tcx, name) === index.def)) {
    if (index.args[0]) unify(cx.table, index.args[0], USIZE)
    return sliceTy(ty.ty)
  }
  return undefined
}

const RANGE_LANGS = ['Range', 'RangeFrom', 'RangeTo', 'RangeFull', 'RangeInclusive', 'RangeToInclusive']
