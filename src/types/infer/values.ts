/**
 * Values of expressions (body-values.ts), asked for right after the expression was inferred, while its variables are in
 * scope. What an expression hands on unchanged is looked through; what calls, names or macros give was noted when they were
 * inferred, by the object of their syntax. It never infers anything by itself.
 */
import type { AdtDef, Expansion, FnDef } from '../../names/index.js'
import { mayBeAnother } from '../../names/index.js'
import type { Conditional, Expr, Literal, MacroCall, Path } from '../../syntax/index.js'
import type { Callee } from '../body-types.js'
import {
  anyOf,
  type BodyValue,
  type CallValues,
  joinedOf,
  listOf,
  NOTHING_KNOWN,
  orAnything,
  partly,
} from '../body-values.js'
import { formatParts, formatValue } from '../format-values.js'
import { signatureOf } from '../signature.js'
import type { Ty } from '../ty.js'
import { type BodyContext, shallowTy } from './body-context.js'
import { writeField } from './field-writes.js'
import { closuresIn } from './handed-closures.js'

/** The value of an expression that was inferred; undefined when nothing is known of it. */
export function valueAt(cx: BodyContext, expr: Expr): BodyValue | undefined {
  switch (expr.k) {
    case 'lit': {
      const { lit } = expr
      if (lit.k === 'str' || lit.k === 'bytes' || lit.k === 'cstr') return { k: 'text', text: lit.value }
      return lit.k === 'int' ? { k: 'number', text: lit.value } : noted(cx, expr)
    }
    case 'path':
      return cx.localOfPath.get(expr.path)?.value ?? noted(cx, expr.path)
    case 'macro':
      return noted(cx, expr.call)
    case 'call':
    case 'method':
    case 'binary':
    case 'closure':
      return noted(cx, expr)
    case 'cast':
      return noted(cx, expr) ?? valueAt(cx, expr.expr)
    case 'ref': {
      const of = valueAt(cx, expr.expr)
      return of && expr.mut ? partly(of) : of
    }
    case 'try':
      return valueAt(cx, expr.expr)
    case 'await':
      return noted(cx, expr) ?? valueAt(cx, expr.expr)
    case 'unary':
      return expr.op === '*' ? (noted(cx, expr) ?? valueAt(cx, expr.expr)) : undefined
    case 'block':
      return blockValue(cx, expr)
    case 'loop':
      return anyOf(cx.leftWith.get(expr) ?? [])
    case 'if':
      return expr.else && anyOf([expr.then, expr.else].filter(mayGive).map((part) => valueAt(cx, part)))
    case 'match':
      return anyOf(expr.arms.filter(({ body }) => mayGive(body)).map(({ body }) => valueAt(cx, body)))
    case 'array':
      return underConditions(expr.exprs, listOf(ofTarget(cx, expr.exprs).map((part) => valueAt(cx, part))))
    case 'tuple': {
      const parts = ofTarget(cx, expr.exprs).map((part, i) => [String(i), valueAt(cx, part)] as const)
      return underConditions(expr.exprs, partsOf('tuple', parts))
    }
    case 'struct': {
      const parts = ofTarget(cx, expr.fields).map((field) => [field.name, valueAt(cx, field.expr)] as const)
      return underConditions(expr.fields, partsOf('struct', parts))
    }
    case 'field': {
      if (cx.values.has(expr)) return undefined
      const of = valueAt(cx, expr.base)
      const member = cx.memberOf.get(expr)
      if (member && of?.k !== 'struct') return memberOf(member, expr.name)
      return of && { k: 'field', of, name: expr.name }
    }
    case 'index':
      return noted(cx, expr)
    default:
      return undefined
  }
}

const ofTarget = <T extends Conditional>(cx: BodyContext, parts: readonly T[]): readonly T[] =>
  parts.filter(({ cfg }) => cx.holds(cfg))

/** Which of its parts are there, a condition says: which one stands at a place, is not known. */
const underConditions = (parts: readonly Conditional[], value: BodyValue | undefined): BodyValue | undefined =>
  value && parts.some(({ cfg }) => cfg) ? orAnything(value) : value

/** What a block ends with, and what it is left with. */
function blockValue(cx: BodyContext, block: Expr & { k: 'block' }): BodyValue | undefined {
  if (block.mode === 'gen') return undefined
  const ends = endsOf(cx, block).filter((end) => !end || mayGive(end))
  return anyOf([...ends.map((end) => end && valueAt(cx, end)), ...(cx.leftWith.get(block) ?? [])])
}

/** Of several ends under conditions each that there may be; undefined for one that is not followed: what a macro makes. */
function endsOf(cx: BodyContext, { tail, stmts }: Expr & { k: 'block' }): readonly (Expr | undefined)[] {
  if (tail && !tail.cfg) return [tail]
  const before = stmts.flatMap((stmt) => {
    if (stmt.k === 'macro') return !stmt.semi && cx.holds(stmt.cfg) ? [undefined] : []
    return stmt.k === 'expr' && !stmt.semi && cx.holds(stmt.cfg) ? [stmt.expr] : []
  })
  return tail && cx.holds(tail.cfg) ? [...before, tail] : before
}

/** `a[i]`: `ofElement` when the index is one number, and not a range. */
export function noteIndex(cx: BodyContext, expr: Expr & { k: 'index' }, ofElement: boolean): void {
  const of = valueAt(cx, expr.base)
  if (!of) return
  const { index } = expr
  const place = index.k === 'lit' && index.lit.k === 'int' ? Number(index.lit.value) : undefined
  const element: BodyValue = { k: 'element', of, ...(place !== undefined && { index: place }) }
  cx.values.set(expr, ofElement ? element : partly(of))
}

/** What `for` goes through: std's types give what they hold, of the program's types nobody knows. */
export function elementsOf(iter: Ty, value: BodyValue | undefined): BodyValue | undefined {
  let ty = iter
  while (ty.k === 'ref') ty = ty.ty
  if (!value || (ty.k === 'adt' && ty.def.crate.unit)) return undefined
  return ty.k === 'adt' || ty.k === 'array' || ty.k === 'slice' ? value : partly(value)
}

/** What a path means, in so far as it means what was found. */
export const asFound = (cx: BodyContext, path: Path, value: BodyValue): BodyValue =>
  mayBeAnother(cx.module, cx.source, path) ? orAnything(value) : value

/** The expression is none of what its operand is: what the operand's type makes of it stands in an impl of its own. */
export function loseValue(cx: BodyContext, expr: Expr): void {
  cx.values.set(expr, NOTHING_KNOWN)
}

/** Whatever was noted; an expression there is what a macro expands to. */
function noted(cx: BodyContext, node: object): BodyValue | undefined {
  const found = cx.values.get(node)
  return found && 'at' in found ? valueAt(cx, found) : found
}

/** Branches that leave give no value. */
function mayGive(expr: Expr): boolean {
  if (expr.k !== 'block') return expr.k !== 'return' && expr.k !== 'break' && expr.k !== 'continue'
  if (expr.label !== undefined || expr.mode === 'async') return true
  if (expr.tail) return mayGive(expr.tail)
  const last = expr.stmts[expr.stmts.length - 1]
  return !last || ((last.k === 'macro' || last.k === 'expr') && !last.semi)
}

function partsOf(
  k: 'tuple' | 'struct',
  parts: readonly (readonly [string, BodyValue | undefined])[],
): BodyValue | undefined {
  return parts.some(([, value]) => value) ? { k, of: new Map(parts) } : undefined
}

/** What anybody writes to a field. Others may write as well: whoever uses a public one, and what a procedural macro makes. */
function memberOf(of: AdtDef, name: string): BodyValue {
  const member = { k: 'member', of, name } as const
  const field = 'fields' in of.ast ? of.ast.fields.find((each) => each.name === name) : undefined
  const isOffered = of.vis === 'public' && field?.vis.k === 'public'
  return isOffered || of.module.opaque ? { k: 'any', of: [member, undefined] } : member
}

/** Whether a value of the type can be, or hold, what is followed: text, bytes, numbers, what std makes of them. */
export function carriesValue(cx: BodyContext, open: Ty): boolean {
  let ty = shallowTy(cx, open)
  while (ty.k === 'ref' || ty.k === 'ptr' || ty.k === 'slice' || ty.k === 'array') ty = shallowTy(cx, ty.ty)
  switch (ty.k) {
    case 'prim':
      return ty.name !== 'f32' && ty.name !== 'f64'
    case 'adt':
      return ty.def.crate.unit === undefined && (ty.args.length === 0 || ty.args.some((arg) => carriesValue(cx, arg)))
    case 'tuple':
      return ty.tys.some((part) => carriesValue(cx, part))
    case 'param':
    case 'opaque':
    case 'proj':
    case 'var':
    case 'fndef':
    case 'fnptr':
    case 'closure':
      return true
    default:
      return false
  }
}

/** The call's arguments, of those that can be followed. */
export function argumentsOf(
  cx: BodyContext,
  args: readonly Expr[],
  params: readonly Ty[],
): readonly (BodyValue | undefined)[] {
  return args.map((arg, i) => {
    const param = params[i]
    return param && !carriesValue(cx, param) ? undefined : valueAt(cx, arg)
  })
}

/** What a call gives: of a constructor what it holds. */
export function noteResult(
  cx: BodyContext,
  expr: Expr & { k: 'call' },
  args: readonly Expr[],
  callee: Callee | undefined,
  call: CallValues,
  ret: Ty,
): void {
  cx.notes.callOf.set(expr, call)
  if (callee?.k === 'constructor') {
    cx.notes.constructed.set(expr, callee.def.name)
    for (const [i, arg] of args.entries()) writeField(cx, callee.def, String(i), valueAt(cx, arg))
    // `Some(x)`, `Ok(x)`: what is in it. std has no others that hold more than one thing.
    const value = callee.def.crate.unit
      ? partsOf(
          'struct',
          call.args.map((arg, i) => [String(i), arg]),
        )
      : call.args[0]
    if (value) cx.values.set(expr, value)
  } else if (callee?.k === 'fn' && expr.callee.k === 'path') {
    if (carriesValue(cx, ret)) cx.values.set(expr, asFound(cx, expr.callee.path, { k: 'result', of: call }))
  } else {
    const called = valueAt(cx, expr.callee)
    for (const closure of closuresIn(called)) closure.given.push(call.args)
    if (called?.k === 'closure' && called.ret) cx.values.set(expr, called.ret)
  }
}

/** The same of a method call. */
export function noteMethod(cx: BodyContext, expr: Expr & { k: 'method' }, call: CallValues, ret: Ty): void {
  cx.notes.callOf.set(expr, call)
  const given = shallowTy(cx, ret)
  if (given.k === 'ref' && given.mut) cx.handsOn.add(expr)
  if (carriesValue(cx, given)) cx.values.set(expr, { k: 'result', of: call })
}

/** A function among the arguments of a call is called with what the call hands to it. */
export function handedTo(cx: BodyContext, path: Path, fn: FnDef): CallValues | undefined {
  const by = cx.handedBy
  cx.handedBy = undefined
  if (!by) return undefined
  const { params } = signatureOf(cx.tcx, fn)
  const call: CallValues = { args: params.map((_, index) => ({ k: 'handed', by, index })) }
  cx.values.set(path, { k: 'closure', ret: { k: 'result', of: call }, given: [] })
  return call
}

/** `a + b` of what is no number. */
export function noteJoined(cx: BodyContext, expr: Expr & { k: 'binary' }): void {
  const value = joinedOf([valueAt(cx, expr.lhs), valueAt(cx, expr.rhs)])
  if (value) cx.values.set(expr, value)
}

/** So many of them in one body may put a text together. */
const SINGLE_CHARACTERS = 3

/** What is read from the text, which is at hand now. */
export function noteLiteral(cx: BodyContext, expr: Expr, lit: Literal): void {
  if (lit.k !== 'bool' && lit.k !== 'char' && lit.k !== 'byte') return
  const text = cx.source.text.slice(expr.at, expr.end)
  cx.notes.literalTexts.set(expr, text)
  if (lit.k !== 'bool' && ++cx.notes.characters >= SINGLE_CHARACTERS) cx.notes.computes = true
  if (lit.k === 'bool') cx.values.set(expr, { k: 'number', text })
  else if (lit.k === 'char' && /^'[^'\\]'$/u.test(text)) cx.values.set(expr, { k: 'text', text: text.slice(1, -1) })
}

/** The built-in macros that give text. */
export function noteBuiltin(cx: BodyContext, call: MacroCall, expansion: Expansion & { readonly k: 'builtin' }): void {
  const { name, args, format, argumentNames = [] } = expansion
  let value: BodyValue | undefined
  if (name === 'format_args' || name === 'format_args_nl' || name === 'const_format_args') {
    if (format !== undefined) cx.notes.formatted.set(call, formatParts(format, args, argumentNames))
    if (format !== undefined)
      value = formatValue(
        format,
        args.map((arg) => valueAt(cx, arg)),
        argumentNames,
      )
  } else if (name === 'concat') {
    cx.notes.formatted.set(call, args)
    value = joinedOf(args.map((arg) => valueAt(cx, arg)))
  }
  if ((name === 'env' || name === 'option_env') && format !== undefined) value = { k: 'built with', variable: format }
  if (value) cx.values.set(call, value)
}

/** What a body gives to who calls it, or of an initialiser to who reads it. */
export function bodyValue(cx: BodyContext, expr: Expr, want: Ty): BodyValue | undefined {
  return carriesValue(cx, want) ? endValue(cx, expr) : undefined
}

/** The same of a body or closure of which it is known: its end, and what its `return`s give. */
export function endValue(cx: BodyContext, expr: Expr): BodyValue | undefined {
  return anyOf(mayGive(expr) ? [...cx.returned, valueAt(cx, expr)] : cx.returned)
}
