/**
 * Values of variables and fields (body-values.ts): what patterns bind, what assignments, calls and borrows change. Whatever may
 * write to a variable in a way that is not followed leaves it with more values than are known.
 */
import { checked } from '../../base/index.js'
import type { AdtDef, VariantDef } from '../../names/index.js'
import type { Expr, Pat } from '../../syntax/index.js'
import { anyOf, type BodyValue, type CallValues, joinedOf, orAnything, partly } from '../body-values.js'
import { type BodyContext, type Local, shallowTy } from './body-context.js'
import { writeField } from './field-writes.js'
import { valueAt } from './values.js'

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
    else if (all[0]) all.push({ k: 'partly', of: all[0] })
  }
}

/** Gives the variables that a pattern has just declared what they take of the value. */
export function bindValue(cx: BodyContext, pat: Pat, value: BodyValue | undefined): void {
  if (!value) return
  switch (pat.k) {
    case 'bind': {
      const local = cx.localOfPat.get(pat)
      if (!local) return
      const ty = shallowTy(cx, local.ty)
      // Whoever has it may write through it unseen; `x @ ..` is some of the elements.
      const isPart = (ty.k === 'ref' && ty.mut) || pat.sub?.k === 'rest'
      local.value = isPart ? partly(value) : value
      local.isMutable = pat.mut
      return
    }
    case 'ref':
    case 'box':
      return bindValue(cx, pat.pat, value)
    case 'tuple struct':
      // `Some(x)`, `Ok(x)`, a wrapper: what is in it is what it was made of. What `Err(x)` takes is not what is followed.
      if (pat.pats.length === 1 && value.k !== 'struct')
        bindValue(cx, checked(pat.pats[0]), cx.otherSides.has(pat) ? orAnything(value) : value)
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
  const parts = partsOfPlace(place)
  if (parts) {
    // `(a, b) = …`: what each of them takes is not followed.
    for (const part of parts) assignVariable(cx, part, undefined, false)
    return
  }
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

/** The places that an assignment takes apart (The Rust Reference, "Destructuring assignments"). */
function partsOfPlace(place: Expr): readonly Expr[] | undefined {
  switch (place.k) {
    case 'tuple':
    case 'array':
      return place.exprs
    case 'call':
      return place.args
    case 'struct':
      return place.fields.map(({ expr }) => expr)
    default:
      return undefined
  }
}

/** Anything may be written to the variable from here on. */
export function loseVariable(cx: BodyContext, place: Expr): void {
  const field = fieldAt(cx, place)
  if (field) writeField(cx, field.of, field.name, undefined)
  losePart(cx, place)
  const local = variableOf(cx, place)
  if (local?.value) local.value = anyOf([local.value, undefined])
}

/** Who is given a `&mut` that a variable holds may write through it. */
export function loseHandedOn(cx: BodyContext, args: readonly Expr[]): void {
  for (const arg of args) {
    const local = arg.k === 'path' ? cx.localOfPath.get(arg.path) : undefined
    const ty = local?.value && shallowTy(cx, local.ty)
    if (ty && (ty.k === 'ref' || ty.k === 'ptr') && ty.mut) loseVariable(cx, arg)
  }
}

/** The fields that a struct literal sets. */
export function noteFields(cx: BodyContext, expr: Expr & { k: 'struct' }, def: AdtDef | VariantDef): void {
  for (const field of expr.fields) writeField(cx, def, field.name, valueAt(cx, field.expr))
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
  const local = cx.localOfPat.get(pat)
  if (!local || pat.k !== 'bind') return
  local.isUnset = true
  local.isMutable = pat.mut
}
