/**
 * Values of expressions (body-values.ts), asked for right after the expression was inferred, while its variables are in
 * scope. What an expression hands on unchanged is looked through; what calls, names or macros give was noted when they were
 * inferred, by the object of their syntax. It never infers anything by itself.
 */
import type { AdtDef, Expansion, FnDef, VariantDef } from '../../names/index.js'
import type { Expr, Literal, MacroCall, Pat, Path, Stmt } from '../../syntax/index.js'
import type { Callee } from '../body-types.js'
import { anyOf, type BodyValue, type CallValues, joinedOf, listOf } from '../body-values.js'
import { formatValue } from '../format-values.js'
import { signatureOf } from '../signature.js'
import type { Ty } from '../ty.js'
import { type BodyContext, type Local, shallowTy } from './body-context.js'

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
    case 'ref':
    case 'try':
    case 'await':
      return valueAt(cx, expr.expr)
    case 'unary':
      return expr.op === '*' ? valueAt(cx, expr.expr) : undefined
    case 'block':
      return expr.tail && expr.mode !== 'gen'
        ? anyOf(endsOf(cx, expr.tail, expr.stmts).map((end) => valueAt(cx, end)))
        : undefined
    case 'if':
      return expr.else && anyOf([expr.then, expr.else].filter(mayGive).map((part) => valueAt(cx, part)))
    case 'match':
      return anyOf(expr.arms.filter(({ body }) => mayGive(body)).map(({ body }) => valueAt(cx, body)))
    case 'array':
      return listOf(expr.exprs.map((part) => valueAt(cx, part)))
    case 'tuple':
      return partsOf(
        'tuple',
        expr.exprs.map((part, i) => [String(i), valueAt(cx, part)]),
      )
    case 'struct':
      return partsOf(
        'struct',
        expr.fields.map((field) => [field.name, valueAt(cx, field.expr)]),
      )
    case 'field': {
      const of = valueAt(cx, expr.base)
      const member = cx.memberOf.get(expr)
      if (member && of?.k !== 'struct') return memberOf(member, expr.name)
      return of && { k: 'field', of, name: expr.name }
    }
    case 'index': {
      const of = valueAt(cx, expr.base)
      return of && (expr.index.k === 'range' ? of : elementOf(of, expr.index))
    }
    default:
      return undefined
  }
}

/** What a block ends with: of several under conditions each that there may be. */
function endsOf(cx: BodyContext, tail: Expr, stmts: readonly Stmt[]): readonly Expr[] {
  if (!tail.cfg) return [tail]
  const before = stmts.flatMap((stmt) => (stmt.k === 'expr' && !stmt.semi && cx.holds(stmt.cfg) ? [stmt.expr] : []))
  return cx.holds(tail.cfg) ? [...before, tail] : before
}

function elementOf(of: BodyValue, index: Expr): BodyValue {
  const place = index.k === 'lit' && index.lit.k === 'int' ? Number(index.lit.value) : undefined
  return { k: 'element', of, ...(place !== undefined && { index: place }) }
}

/** Whatever was noted; an expression there is what a macro expands to. */
function noted(cx: BodyContext, node: object): BodyValue | undefined {
  const found = cx.values.get(node)
  return found && 'at' in found ? valueAt(cx, found) : found
}

/** Branches that leave give no value. */
function mayGive(expr: Expr): boolean {
  if (expr.k === 'block') return expr.tail ? mayGive(expr.tail) : expr.stmts.length === 0
  return expr.k !== 'return' && expr.k !== 'break' && expr.k !== 'continue'
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

/** Variables whose values a piece of code that runs more than once may have changed before it runs again. */
export type BeforeRepeat = readonly {
  readonly local: Local
  readonly seen: BodyValue
  readonly all: (BodyValue | undefined)[]
}[]

/** To be called before the body of a loop or closure: in it a variable is what it was before, or what the body gives it. */
export function enterRepeated(cx: BodyContext): BeforeRepeat {
  const before: { local: Local; seen: BodyValue; all: (BodyValue | undefined)[] }[] = []
  for (const local of cx.locals) {
    if (!('name' in local) || !local.value || !local.isMutable) continue
    const all = [local.value]
    const seen: BodyValue = { k: 'any', of: all }
    local.value = seen
    before.push({ local, seen, all })
  }
  return before
}

/** After it: what was assigned there is what the variable may have been all along. What grew by calls is not followed round. */
export function leaveRepeated(before: BeforeRepeat): void {
  for (const { local, seen, all } of before) {
    const { value } = local
    if (value === seen) local.value = all[0]
    else if (value?.k === 'any') all.push(...value.of.filter((part) => part !== seen && !all.includes(part)))
    else if (value?.k !== 'changed') all.push(undefined)
    else if (all[0]) all.push({ k: 'borrowed', of: all[0] })
  }
}

/** Gives the variables that a pattern has just declared what they take of the value. */
export function bindValue(cx: BodyContext, pat: Pat, value: BodyValue | undefined): void {
  if (!value) return
  switch (pat.k) {
    case 'bind': {
      const local = newest(cx, pat.name)
      if (!local) return
      const ty = shallowTy(cx, local.ty)
      local.value = ty.k === 'ref' && ty.mut && value.k !== 'borrowed' ? { k: 'borrowed', of: value } : value
      local.isMutable = pat.mut
      return
    }
    case 'ref':
    case 'box':
      return bindValue(cx, pat.pat, value)
    case 'tuple struct':
      // `Some(x)`, `Ok(x)`, a wrapper: what is in it is what it was made of.
      if (pat.pats.length === 1 && value.k !== 'struct') bindValue(cx, pat.pats[0] as Pat, value)
      else bindParts(cx, pat.pats, value)
      return
    case 'tuple':
      return bindParts(cx, pat.pats, value)
    case 'struct':
      for (const field of pat.fields) bindValue(cx, field.pat, { k: 'field', of: value, name: field.name })
      return
    case 'slice':
      for (const part of pat.pats) bindValue(cx, part, { k: 'element', of: value })
      return
    default:
      return
  }
}

function bindParts(cx: BodyContext, pats: readonly Pat[], value: BodyValue): void {
  const rest = pats.findIndex((part) => part.k === 'rest')
  for (const [i, part] of (rest < 0 ? pats : pats.slice(0, rest)).entries())
    bindValue(cx, part, { k: 'field', of: value, name: String(i) })
}

function newest(cx: BodyContext, name: string): Local | undefined {
  for (let i = cx.locals.length - 1; i >= 0; i--) {
    const local = cx.locals[i]
    if (local && 'name' in local && local.name === name) return local
  }
  return undefined
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

/** The variable that a place is or begins with, through calls that hand it on by `&mut`. */
export function variableOf(cx: BodyContext, place: Expr): Local | undefined {
  let at = place
  for (;;) {
    if (at.k === 'path') return cx.localOfPath.get(at.path)
    if (at.k === 'method') {
      if (!cx.handsOn.has(at)) return undefined
      at = at.receiver
    } else if (at.k === 'unary' && at.op === '*') at = at.expr
    else if (at.k === 'ref') at = at.expr
    else return undefined
  }
}

/** The variable that a place is a part of: what is done to the part is done to it. */
function wholeOf(cx: BodyContext, place: Expr): Local | undefined {
  let at = place
  let isPart = false
  for (;;) {
    if (at.k === 'field' || at.k === 'index') {
      isPart = true
      at = at.base
    } else if (at.k === 'unary' && at.op === '*') at = at.expr
    else if (at.k === 'method' && cx.handsOn.has(at)) at = at.receiver
    else return isPart ? variableOf(cx, at) : undefined
  }
}

/** A call borrows the variable mutably. */
export function changeVariable(cx: BodyContext, place: Expr, by: CallValues): void {
  const field = fieldAt(cx, place)
  if (field) writeField(cx, field.of, field.name, { k: 'changed', by, of: undefined })
  losePart(cx, place)
  const local = variableOf(cx, place)
  if (local?.value) local.value = { k: 'changed', by, of: local.value }
}

function losePart(cx: BodyContext, place: Expr): void {
  const whole = wholeOf(cx, place)
  if (whole?.value) whole.value = anyOf([whole.value, undefined])
}

/** The variable is given a value: whether before or after what was seen, is not known. */
export function assignVariable(cx: BodyContext, place: Expr, value: BodyValue | undefined, appended: boolean): void {
  const field = fieldAt(cx, place)
  if (field) writeField(cx, field.of, field.name, appended ? undefined : value)
  // A struct of which a field changes is no longer the one of the literal.
  const whole = wholeOf(cx, place)
  if (whole) whole.value = undefined
  const local = variableOf(cx, place)
  if (!local) return
  if (appended) local.value = joinedOf([local.value, value])
  else local.value = local.isUnset ? value : anyOf([local.value, value])
  local.isUnset = false
}

/** Anything may be written to the variable from here on. */
export function loseVariable(cx: BodyContext, place: Expr): void {
  const field = fieldAt(cx, place)
  if (field) writeField(cx, field.of, field.name, undefined)
  losePart(cx, place)
  const local = variableOf(cx, place)
  if (local?.value) local.value = anyOf([local.value, undefined])
}

/** The fields that a struct literal sets. */
export function noteFields(cx: BodyContext, expr: Expr & { k: 'struct' }, def: AdtDef | VariantDef): void {
  for (const field of expr.fields) writeField(cx, def, field.name, valueAt(cx, field.expr))
}

/** Fields of std's types are not followed. */
function writeField(cx: BodyContext, of: AdtDef | VariantDef, name: string, value: BodyValue | undefined): void {
  if (of.crate.unit) cx.fieldWrites.push({ of, name, value })
}

/** The field at which a place ends, when it is one of a type of the program. */
function fieldAt(cx: BodyContext, place: Expr): { readonly of: AdtDef; readonly name: string } | undefined {
  let at = place
  while ((at.k === 'method' && cx.handsOn.has(at)) || (at.k === 'unary' && at.op === '*') || at.k === 'ref')
    at = at.k === 'method' ? at.receiver : at.expr
  const of = at.k === 'field' ? cx.memberOf.get(at) : undefined
  return of && at.k === 'field' ? { of, name: at.name } : undefined
}

/** A variable that is declared without a value. */
export function leaveUnset(cx: BodyContext, pat: Pat): void {
  const local = pat.k === 'bind' ? newest(cx, pat.name) : undefined
  if (!local || pat.k !== 'bind') return
  local.isUnset = true
  local.isMutable = pat.mut
}

/** What a call gives: of a constructor what it holds. */
export function noteResult(
  cx: BodyContext,
  expr: Expr & { k: 'call' },
  callee: Callee | undefined,
  call: CallValues,
  ret: Ty,
): void {
  if (callee?.k === 'constructor') {
    for (const [i, arg] of expr.args.entries()) writeField(cx, callee.def, String(i), valueAt(cx, arg))
    // `Some(x)`, `Ok(x)`: what is in it. std has no others that hold more than one thing.
    const value = callee.def.crate.unit
      ? partsOf(
          'struct',
          call.args.map((arg, i) => [String(i), arg]),
        )
      : call.args[0]
    if (value) cx.values.set(expr, value)
  } else if (callee?.k === 'fn' && expr.callee.k === 'path') {
    if (carriesValue(cx, ret)) cx.values.set(expr, { k: 'result', of: call })
  } else {
    const called = valueAt(cx, expr.callee)
    if (called?.k !== 'closure') return
    called.given.push(call.args)
    if (called.ret) cx.values.set(expr, called.ret)
  }
}

/** The same of a method call. */
export function noteMethod(cx: BodyContext, expr: Expr & { k: 'method' }, call: CallValues, ret: Ty): void {
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

/** A closure that a variable holds and that a call is given. */
export function noteHandedClosures(call: CallValues): void {
  for (const arg of call.args)
    if (arg?.k === 'closure') arg.given.push([0, 1].map((index) => ({ k: 'handed', by: call, index })))
}

/** `a + b` of what is no number. */
export function noteJoined(cx: BodyContext, expr: Expr & { k: 'binary' }): void {
  const value = joinedOf([valueAt(cx, expr.lhs), valueAt(cx, expr.rhs)])
  if (value) cx.values.set(expr, value)
}

/** A cast to a small integer cuts bits off, and the next one may fill them with the sign: that is not followed. */
export function noteCut(cx: BodyContext, expr: Expr, target: Ty): void {
  if (target.k === 'prim' && SMALL_INTEGERS.has(target.name)) cx.values.set(expr, { k: 'any', of: [undefined] })
}
const SMALL_INTEGERS: ReadonlySet<string> = new Set(['i8', 'u8', 'i16', 'u16'])

/** `a | b` of integers. */
export function noteBits(cx: BodyContext, expr: Expr & { k: 'binary' }): void {
  const left = valueAt(cx, expr.lhs)
  const right = left && valueAt(cx, expr.rhs)
  if (right) cx.values.set(expr, { k: 'bits', of: [left, right] })
}

/** What is read from the text, which is at hand now. */
export function noteLiteral(cx: BodyContext, expr: Expr, lit: Literal): void {
  if (lit.k !== 'bool' && lit.k !== 'char') return
  const text = cx.source.text.slice(expr.at, expr.end)
  if (lit.k === 'bool') cx.values.set(expr, { k: 'number', text })
  else if (/^'[^'\\]'$/u.test(text)) cx.values.set(expr, { k: 'text', text: text.slice(1, -1) })
}

/** The built-in macros that give text. */
export function noteBuiltin(cx: BodyContext, call: MacroCall, expansion: Expansion & { readonly k: 'builtin' }): void {
  const { name, args, format, argumentNames = [] } = expansion
  let value: BodyValue | undefined
  if (name === 'format_args' || name === 'format_args_nl' || name === 'const_format_args') {
    if (format !== undefined)
      value = formatValue(
        format,
        args.map((arg) => valueAt(cx, arg)),
        argumentNames,
      )
  } else if (name === 'concat') value = joinedOf(args.map((arg) => valueAt(cx, arg)))
  else if ((name === 'env' || name === 'option_env') && format !== undefined)
    value = { k: 'built with', variable: format }
  if (value) cx.values.set(call, value)
}

/** What a body gives to who calls it, or of an initialiser to who reads it. */
export function bodyValue(cx: BodyContext, expr: Expr, want: Ty): BodyValue | undefined {
  if (!carriesValue(cx, want)) return undefined
  return anyOf(mayGive(expr) ? [...cx.returned, valueAt(cx, expr)] : cx.returned)
}
