/**
 * Expressions, one case a kind. `expected` is a hint that flows down (from annotations, parameters, results); whoever
 * wants the type to be that very one coerces the result. A kind that needs more than a few lines has its own file.
 */
import { cfgAnd, checked } from '../../base/index.js'
import type { Expr, Literal } from '../../syntax/index.js'
import { constValue } from '../const-value.js'
import { langAdt } from '../context.js'
import { lowerTy } from '../lower.js'
import { normalize, project } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { fieldTy, shownFields } from '../signature.js'
import { kindOf, unify } from '../table.js'
import {
  adtTy,
  arrayTy,
  BOOL,
  CHAR,
  CONST,
  constTy,
  isFloatName,
  isIntName,
  NEVER,
  primTy,
  projTy,
  ptrTy,
  refTy,
  STR,
  subst,
  type Ty,
  tupleTy,
  U8,
  UNIT,
  UNKNOWN,
  USIZE,
} from '../ty.js'
import { inferBlock } from './blocks.js'
import {
  type BodyContext,
  EXPRESSION_DEPTH_LIMIT,
  fact,
  fresh,
  implicitCall,
  lowering,
  makes,
  owns,
  reference,
  scoped,
  shallowTy,
} from './body-context.js'
import { inferCall } from './calls.js'
import { inferClosure } from './closures.js'
import { coerce, join, structurally } from './coerce.js'
import { inferField } from './fields.js'
import { langAssoc } from './lang-assoc.js'
import { inferMacro } from './macros.js'
import { inferMethodCall } from './method-calls.js'
import { borrowsMutably, makeMutable } from './mutable-places.js'
import { noteCast } from './number-values.js'
import { inferAssign, inferBinary, inferIndex, inferUnary } from './operators.js'
import { resolveAdt } from './path-adts.js'
import { inferPath, notePath } from './paths.js'
import { checkPattern } from './patterns.js'
import { inferTry } from './try-operator.js'
import { elementsOf, loseValue, noteLiteral, valueAt } from './values.js'
import { bindValue, enterRepeated, leaveRepeated, loseVariable, noteFields } from './variables.js'

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

function literalTy(cx: BodyContext, lit: Literal, expected: Ty | undefined): Ty {
  switch (lit.k) {
    case 'int':
    case 'float': {
      if (lit.suffix) return primTy(lit.suffix)
      const hint = expected && shallowTy(cx, expected)
      const fits = lit.k === 'int' ? isIntName : isFloatName
      if (hint?.k === 'prim' && fits(hint.name)) return hint
      if (hint?.k === 'var' && kindOf(cx.table, hint) === lit.k) return hint
      return fresh(cx, lit.k)
    }
    case 'bool':
      return BOOL
    case 'char':
      return CHAR
    case 'byte':
      return U8
    case 'str':
      return refTy(STR, false)
    case 'bytes':
      return refTy(arrayTy(U8, bytesLength(lit.value)), false)
    case 'cstr': {
      const cstr = langAdt(cx.tcx, 'CStr')
      return cstr ? refTy(adtTy(cstr, []), false) : UNKNOWN
    }
  }
}

/** Elements under a condition may be there or not. */
const lengthOf = (exprs: readonly Expr[]): Ty =>
  exprs.some((expr) => expr.cfg) ? CONST : constTy(String(exprs.length))

/** Longer literals are cut where they are read. */
const CUT_LENGTH = 4096

/** Known for plain ones: what is written with escapes may be another number of bytes. */
const bytesLength = (value: string): Ty =>
  value.length < CUT_LENGTH && /^[\x00-\x7f]*$/.test(value) ? constTy(String(value.length)) : CONST

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

function inferIf(cx: BodyContext, expr: Expr & { k: 'if' }, expected: Ty | undefined): Ty {
  const then = scoped(cx, () => {
    checkExpr(cx, expr.cond, BOOL)
    return inferExpr(cx, expr.then, expected)
  })
  if (!expr.else) return UNIT
  const other = inferExpr(cx, expr.else, expected ?? then)
  return merge(cx, [then, other], expected)
}

/** The type of branches: the expected one when it is known and they fit it, else what they have in common. */
function merge(cx: BodyContext, tys: readonly Ty[], expected: Ty | undefined): Ty {
  const want = expected && shallowTy(cx, expected)
  if (want && want.k !== 'var' && want.k !== 'unknown' && tys.some((ty) => shallowTy(cx, ty).k !== 'never')) {
    let fits = true
    for (const ty of tys) fits = coerce(cx, ty, want) && fits
    if (fits) return want
  }
  let result: Ty | undefined
  for (const ty of tys) result = join(cx, result, ty)
  return result ?? NEVER
}

function inferMatch(cx: BodyContext, expr: Expr & { k: 'match' }, expected: Ty | undefined): Ty {
  const since = cx.references.length
  const ty = inferExpr(cx, expr.expr, undefined)
  if (expr.arms.some((arm) => borrowsMutably(arm.pat))) makeMutable(cx, expr.expr, since)
  if (cx.pending.length > 0) solvePending(cx)
  const given = valueAt(cx, expr.expr)
  if (expr.arms.some((arm) => borrowsMutably(arm.pat))) loseVariable(cx, expr.expr)
  const tys: Ty[] = []
  let hint = expected
  for (const arm of expr.arms) {
    if (!cx.holds(arm.cfg)) continue
    const { cfg } = cx
    if (arm.cfg) cx.cfg = cfgAnd(cfg, arm.cfg)
    scoped(cx, () => {
      checkPattern(cx, arm.pat, ty)
      bindValue(cx, arm.pat, given)
      if (arm.guard) checkExpr(cx, arm.guard, BOOL)
      const own = inferExpr(cx, arm.body, hint)
      if (!hint && shallowTy(cx, own).k !== 'never') hint = own
      tys.push(own)
    })
    cx.cfg = cfg
  }
  return merge(cx, tys, expected)
}

function inferLoop(cx: BodyContext, expr: Expr & { k: 'loop' | 'while' | 'for' }, expected: Ty | undefined): Ty {
  const frame = {
    label: expr.label,
    ty: expr.k === 'loop' ? (expected ?? fresh(cx)) : undefined,
    block: false,
    broken: false,
    values: [],
  }
  return scoped(cx, () => {
    let before = expr.k === 'for' ? [] : enterRepeated(cx)
    if (expr.k === 'while') {
      cx.loops.push(frame)
      checkExpr(cx, expr.cond, BOOL)
    } else if (expr.k === 'for') {
      const iter = structurally(cx, inferExpr(cx, expr.iter, undefined))
      // They stand where rustc has them: at what is gone through.
      implicitCall(cx, expr.iter.at, 'into_iter', [iter])
      const made = langAssoc(cx.tcx, 'into_iter', 'IntoIter')
      if (made) implicitCall(cx, expr.iter.at, 'next', [normalize(cx, projTy(made.trait, made.assoc, [iter]))])
      const item = langAssoc(cx.tcx, 'into_iter', 'Item')
      const ty = item ? normalize(cx, projTy(item.trait, item.assoc, [iter])) : UNKNOWN
      if (cx.pending.length > 0) solvePending(cx)
      checkPattern(cx, expr.pat, ty)
      const gone = elementsOf(iter, valueAt(cx, expr.iter))
      // What is gone through is asked for once.
      before = enterRepeated(cx)
      if (gone) bindValue(cx, expr.pat, { k: 'element', of: gone })
      cx.loops.push(frame)
    } else cx.loops.push(frame)
    inferExpr(cx, expr.body, UNIT)
    cx.loops.pop()
    leaveRepeated(before)
    if (expr.k !== 'loop') return UNIT
    cx.leftWith.set(expr, frame.values)
    return frame.broken ? (frame.ty as Ty) : NEVER
  })
}

function inferBreak(cx: BodyContext, expr: Expr & { k: 'break' }): Ty {
  const frame =
    expr.label === undefined
      ? cx.loops.findLast((loop) => !loop.block)
      : cx.loops.findLast((loop) => loop.label === expr.label)
  if (frame) frame.broken = true
  if (expr.expr) {
    const ty = inferExpr(cx, expr.expr, frame?.ty)
    if (frame?.ty) coerce(cx, ty, frame.ty)
    frame?.values.push(valueAt(cx, expr.expr))
  } else if (frame?.ty) coerce(cx, UNIT, frame.ty)
  return NEVER
}

function inferStruct(cx: BodyContext, expr: Expr & { k: 'struct' }, expected: Ty | undefined): Ty {
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
