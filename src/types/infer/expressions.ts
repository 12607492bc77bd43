/**
 * Expressions, one case a kind. `expected` is a hint that flows down (from annotations, parameters, results); whoever
 * wants the type to be that very one coerces the result. A kind that needs more than a few lines has its own file.
 */
import { cfgAnd } from '../../base/index.js'
import type { Expr } from '../../syntax/index.js'
import { constValue } from '../const-value.js'
import { langAdt } from '../context.js'
import { lowerTy } from '../lower.js'
import { normalize, project } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { kindOf } from '../table.js'
import {
  adtTy,
  arrayTy,
  BOOL,
  CONST,
  constTy,
  NEVER,
  projTy,
  ptrTy,
  refTy,
  type Ty,
  tupleTy,
  UNIT,
  UNKNOWN,
  USIZE,
} from '../ty.js'
import { inferBlock } from './blocks.js'
import {
  type BodyContext,
  EXPRESSION_DEPTH_LIMIT,
  fresh,
  implicitCall,
  lowering,
  makes,
  owns,
  reference,
  shallowTy,
} from './body-context.js'
import { inferCall } from './calls.js'
import { inferClosure } from './closures.js'
import { coerce, join, structurally } from './coerce.js'
import { inferBreak, inferIf, inferLoop, inferMatch } from './control-flow.js'
import { inferField } from './fields.js'
import { langAssoc } from './lang-assoc.js'
import { literalTy } from './literals.js'
import { inferMacro } from './macros.js'
import { inferMethodCall } from './method-calls.js'
import { borrowsMutably, makeMutable } from './mutable-places.js'
import { noteCast } from './number-values.js'
import { inferAssign, inferBinary, inferIndex, inferUnary } from './operators.js'
import { inferPath } from './paths.js'
import { checkPattern } from './patterns.js'
import { inferStruct } from './struct-expressions.js'
import { inferTry } from './try-operator.js'
import { loseValue, noteLiteral, valueAt } from './values.js'
import { bindValue, loseVariable } from './variables.js'

export function inferExpr(cx: BodyContext, expr: Expr, expected: Ty | undefined): Ty {
  if (expr.cfg && !cx.holds(expr.cfg)) return UNIT
  if (cx.depth > EXPRESSION_DEPTH_LIMIT) {
    cx.source.visits?.noteAll(cx.source, expr.at, expr.end, 'told')
    reference(cx, expr.at, expr.k, 'path', { k: 'unresolved', why: 'limit' })
    return UNKNOWN
  }
  const { cfg } = cx
  if (expr.cfg) cx.cfg = cfgAnd(cfg, expr.cfg)
  cx.depth++
  // Text of a macro may be looked at more than once.
  cx.values.delete(expr)
  const ty = inferKind(cx, expr, expected)
  cx.at = expr.at
  if (MAKERS.has(expr.k)) owns(cx, ty, expr.at)
  cx.depth--
  cx.cfg = cfg
  return ty
}

/** Expressions that give a value of their own, not a place: when nobody takes it, it is dropped where it stands. */
const MAKERS: ReadonlySet<Expr['k']> = new Set(['call', 'method', 'struct', 'path', 'binary', 'unary', 'await', 'try'])

/** Infers an expression that must have the type, and coerces it. */
export function checkExpr(cx: BodyContext, expr: Expr, want: Ty): Ty {
  const ty = inferExpr(cx, expr, want)
  coerce(cx, ty, want)
  return ty
}

// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one arm for each kind of expression
function inferKind(cx: BodyContext, expr: Expr, expected: Ty | undefined): Ty {
  switch (expr.k) {
    case 'path':
      return inferPath(cx, expr.path)
    case 'lit':
      noteLiteral(cx, expr, expr.lit)
      return literalTy(cx, expr.lit, expected)
    case 'call':
      return inferCall(cx, expr, expected)
    case 'method':
      return inferMethodCall(cx, expr, expected)
    case 'field':
      return inferField(cx, expr)
    case 'index':
      return inferIndex(cx, expr)
    case 'unary':
      return inferUnary(cx, expr, expected)
    case 'binary':
      return inferBinary(cx, expr, expected)
    case 'lazy':
      checkExpr(cx, expr.lhs, BOOL)
      checkExpr(cx, expr.rhs, BOOL)
      return BOOL
    case 'assign':
      return inferAssign(cx, expr)
    case 'ref':
      return inferRef(cx, expr, expected)
    case 'cast':
      return inferCast(cx, expr)
    case 'range':
      return inferRange(cx, expr, expected)
    case 'try':
      return inferTry(cx, expr)
    case 'await':
      return inferAwait(cx, expr)
    case 'let': {
      const since = cx.references.length
      const ty = inferExpr(cx, expr.expr, undefined)
      if (borrowsMutably(expr.pat)) makeMutable(cx, expr.expr, since)
      if (cx.pending.length > 0) solvePending(cx)
      checkPattern(cx, expr.pat, ty)
      bindValue(cx, expr.pat, valueAt(cx, expr.expr))
      if (borrowsMutably(expr.pat)) loseVariable(cx, expr.expr)
      return BOOL
    }
    case 'if':
      return inferIf(cx, expr, expected)
    case 'match':
      return inferMatch(cx, expr, expected)
    case 'loop':
    case 'while':
    case 'for':
      return inferLoop(cx, expr, expected)
    case 'block':
      return inferBlock(cx, expr, expected)
    case 'closure':
      return inferClosure(cx, expr, expected)
    case 'tuple': {
      const hint = expected && shallowTy(cx, expected)
      return tupleTy(
        expr.exprs.map((part, i) => {
          const want = hint?.k === 'tuple' ? hint.tys[i] : undefined
          const ty = inferExpr(cx, part, want)
          // A component that coerces (a closure to a function pointer, …) takes the wanted type.
          return want && shallowTy(cx, want).k !== 'var' && coerce(cx, ty, want) ? want : ty
        }),
      )
    }
    case 'array': {
      if (expr.exprs.length > 2 && expr.exprs.every(({ k }) => k === 'lit')) cx.notes.computes = true
      let element = elementHint(cx, expected)
      const hinted = element !== undefined
      for (const part of expr.exprs) {
        const ty = inferExpr(cx, part, element)
        if (hinted) coerce(cx, ty, element as Ty)
        else element = join(cx, element, ty)
      }
      return arrayTy(element ?? fresh(cx), lengthOf(expr.exprs))
    }
    case 'repeat': {
      const element = inferExpr(cx, expr.expr, elementHint(cx, expected))
      checkExpr(cx, expr.len, USIZE)
      return arrayTy(element, constValue(lowering(cx, false), expr.len))
    }
    case 'struct':
      return inferStruct(cx, expr, expected)
    case 'return':
    case 'become':
      if (expr.expr) {
        checkExpr(cx, expr.expr, cx.ret)
        cx.returned.push(valueAt(cx, expr.expr))
      } else coerce(cx, UNIT, cx.ret)
      return NEVER
    case 'yield':
      if (expr.expr) inferExpr(cx, expr.expr, undefined)
      return fresh(cx)
    case 'break':
      return inferBreak(cx, expr)
    case 'continue':
      return NEVER
    case 'underscore':
      return fresh(cx)
    case 'macro':
      return inferMacro(cx, expr.call, expected)
    case 'error':
      return UNKNOWN
  }
}

/** Elements under a condition may be there or not. */
const lengthOf = (exprs: readonly Expr[]): Ty =>
  exprs.some((expr) => expr.cfg) ? CONST : constTy(String(exprs.length))

function elementHint(cx: BodyContext, expected: Ty | undefined): Ty | undefined {
  const hint = expected && shallowTy(cx, expected)
  return hint?.k === 'array' || hint?.k === 'slice' ? hint.ty : undefined
}

function inferRef(cx: BodyContext, expr: Expr & { k: 'ref' }, expected: Ty | undefined): Ty {
  const hint = expected && shallowTy(cx, expected)
  const since = cx.references.length
  const inner = inferExpr(cx, expr.expr, hint?.k === 'ref' || hint?.k === 'ptr' ? hint.ty : undefined)
  if (expr.mut) makeMutable(cx, expr.expr, since)
  // Who has a place's address may write to it, though it was asked for to read.
  if (expr.mut || expr.raw) loseVariable(cx, expr.expr)
  return expr.raw ? ptrTy(inner, expr.mut) : refTy(inner, expr.mut)
}

function inferCast(cx: BodyContext, expr: Expr & { k: 'cast' }): Ty {
  const target = normalize(cx, lowerTy(lowering(cx, false), expr.ty))
  // A pointer that is cast to another type makes a value of that type as well as its literal does.
  if (target.k === 'ptr' || target.k === 'ref' || target.k === 'fnptr') makes(cx, target)
  const from = structurally(cx, inferExpr(cx, expr.expr, target))
  noteCast(cx, expr, from, target)
  // `&x as *const _`: see `&raw`.
  if (target.k === 'ptr' && expr.expr.k === 'ref') loseVariable(cx, expr.expr.expr)
  // `ptr as *const _`, `f as fn(_) -> _`: the cast's holes are filled from the value.
  if (target.k === 'ptr' && (from.k === 'ref' || from.k === 'ptr'))
    coerce(cx, from.k === 'ref' || from.mut === target.mut ? from : ptrTy(from.ty, target.mut), target)
  else if (target.k === 'fnptr' || target.k === 'adt' || target.k === 'ref' || target.k === 'var')
    coerce(cx, from, target)
  else if (from.k === 'var' && kindOf(cx.table, from) === 'any') coerce(cx, from, target)
  return target
}

const RANGES = new Map([
  ['from to', 'Range'],
  ['from', 'RangeFrom'],
  ['to', 'RangeTo'],
  ['', 'RangeFull'],
  ['from to inclusive', 'RangeInclusive'],
  ['to inclusive', 'RangeToInclusive'],
])

function inferRange(cx: BodyContext, expr: Expr & { k: 'range' }, expected: Ty | undefined): Ty {
  const hint = expected && shallowTy(cx, expected)
  const want = hint?.k === 'adt' ? hint.args[0] : undefined
  const ends = [expr.from, expr.to].filter((end) => end !== undefined)
  let index: Ty | undefined
  for (const end of ends) index = join(cx, index, inferExpr(cx, end, index ?? want))
  const shape = [expr.from && 'from', expr.to && 'to', expr.inclusive && 'inclusive'].filter(Boolean).join(' ')
  const adt = langAdt(cx.tcx, RANGES.get(shape) ?? '')
  return adt ? adtTy(adt, index ? [index] : []) : UNKNOWN
}

function inferAwait(cx: BodyContext, expr: Expr & { k: 'await' }): Ty {
  const ty = structurally(cx, inferExpr(cx, expr.expr, undefined))
  if (ty.k === 'future') {
    cx.source.visits?.note(cx.source, expr.nameAt, 'operator', 'known')
    return ty.output
  }
  // What another future gives, its own impl says.
  loseValue(cx, expr)
  const output = langAssoc(cx.tcx, 'into_future', 'Output')
  if (!output) return UNKNOWN
  implicitCall(cx, expr.nameAt, 'into_future', [ty])
  const future = langAssoc(cx.tcx, 'into_future', 'IntoFuture')
  if (future) implicitCall(cx, expr.nameAt, 'future_trait', [normalize(cx, projTy(future.trait, future.assoc, [ty]))])
  return (
    project(cx, projTy(output.trait, output.assoc, [ty]) as Ty & { k: 'proj' }) ??
    normalize(cx, projTy(output.trait, output.assoc, [ty]))
  )
}
