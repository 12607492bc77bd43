/** Calls of functions, constructors and values, and the order in which arguments are looked at. */
import { createHash } from 'node:crypto'
import { checked } from '../../base/index.js'
import { partsInView } from '../../names/index.js'
import type { Expr } from '../../syntax/index.js'
import { autoderef } from '../autoderef.js'
import type { CallValues } from '../body-values.js'
import { callableSig } from '../callable.js'
import { normalize, project } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { freshVar, resolve, rollback, snapshot, unify } from '../table.js'
import { projTy, type Ty, tupleTy, UNKNOWN } from '../ty.js'
import { type BodyContext, fact, reference, shallowTy, unknownOperand } from './body-context.js'
import { coerce, structurally } from './coerce.js'
import { derefCalls } from './deref-calls.js'
import { inferExpr } from './expressions.js'
import { passedArguments } from './foreign-arguments.js'
import { noteHandedClosures } from './handed-closures.js'
import { langAssoc } from './lang-assoc.js'
import { argumentsOf, noteResult } from './values.js'
import { loseHandedOn } from './variables.js'

/** So much of a literal is kept; of a longer one the digest of the whole stands behind it, so that no change hides there. */
const LITERAL_LENGTH = 200

/** String literals among the first arguments, for the reader of a finding. */
export function literalsOf(args: readonly Expr[]): readonly string[] {
  const out: string[] = []
  for (const arg of args.slice(0, 2)) {
    const inner = arg.k === 'ref' ? arg.expr : arg
    if (inner.k === 'lit' && (inner.lit.k === 'str' || inner.lit.k === 'cstr')) out.push(keptLiteral(inner.lit.value))
  }
  return out
}

function keptLiteral(value: string): string {
  if (value.length <= LITERAL_LENGTH) return value
  const digest = createHash('sha256').update(value).digest('hex')
  return `${value.slice(0, LITERAL_LENGTH)}… (${value.length} characters, sha256 ${digest})`
}

export function inferCall(cx: BodyContext, expr: Expr & { k: 'call' }, expected: Ty | undefined): Ty {
  const before = cx.references.length
  const call: CallValues = { args: [] }
  cx.calledPath = expr.callee.k === 'path' ? expr.callee.path : undefined
  const callee = structurally(cx, inferExpr(cx, expr.callee, undefined))
  // The path that was just recorded is what is called: it gets the call's literals.
  const last = cx.references.length > before ? cx.references[cx.references.length - 1] : undefined
  if (last && expr.callee.k === 'path') {
    cx.references[cx.references.length - 1] = {
      ...last,
      called: true,
      literals: literalsOf(partsInView(cx.crate, expr.args)),
      call,
    }
    if (last.callee.k === 'fn') unsafeCall(cx, last.callee.fn, last.at)
  }
  // A function that a variable holds was referred to where it was named.
  else if (callee.k === 'fndef') cx.source.visits?.note(cx.source, expr.callee.at, 'value', 'known')
  const sig = callSig(cx, callee, expr)
  const args = partsInView(cx.crate, expr.args)
  if (!sig) {
    for (const arg of args) inferExpr(cx, arg, undefined)
    return UNKNOWN
  }
  const since = cx.references.length
  checkArgs(cx, sig.params, args, sig.ret, expected, call)
  call.args = argumentsOf(cx, args, sig.params)
  if (callee.k === 'fndef' && callee.def.kind === 'fn' && callee.def.foreign)
    call.args = passedArguments(cx, callee.def.foreign, call.args, sig.params)
  loseHandedOn(cx, args)
  noteHandedClosures(call)
  noteResult(cx, expr, args, last?.callee, call, sig.ret)
  noteConstants(cx, args, since)
  return sig.ret
}

/** Constants that are handed on as they are; `since`: how many references there were before the arguments. */
function noteConstants(cx: BodyContext, args: readonly Expr[], since: number): void {
  for (const arg of args) {
    const named = arg.k === 'cast' ? arg.expr : arg
    const at = named.k === 'path' ? named.path.segments[named.path.segments.length - 1]?.at : undefined
    if (at === undefined) continue
    const read = cx.references.find((ref, index) => index >= since && ref.at === at && ref.callee.k === 'const')
    if (read?.callee.k === 'const') fact(cx, 'constant argument', read.callee.def.name, at)
  }
}

/** The call of an `unsafe` or foreign function is an unsafe operation of the caller. */
export function unsafeCall(cx: BodyContext, fn: (Ty & { k: 'fndef' })['def'], at: number): void {
  if (fn.kind !== 'fn') return
  if (fn.ast.unsafe || (fn.foreign && !fn.ast.safe)) fact(cx, 'unsafe call', fn.name, at)
}

function callSig(
  cx: BodyContext,
  callee: Ty,
  expr: Expr & { k: 'call' },
): { readonly params: readonly Ty[]; readonly ret: Ty } | undefined {
  const steps = autoderef(cx, callee)
  for (const [i, step] of steps.entries()) {
    const ty = structurally(cx, step.ty)
    const direct = callableSig(cx, ty)
    if (direct) {
      derefCalls(cx, steps.slice(0, i + 1), expr.callee.at)
      if (ty.k === 'fnptr' && ty.header.startsWith('unsafe')) fact(cx, 'unsafe call', '', expr.callee.at)
      if (ty.k !== 'fndef')
        reference(cx, expr.callee.at, '', 'value', { k: 'value', ty, params: direct.params, ret: direct.ret })
      return direct
    }
    const through = callThroughTrait(cx, ty, expr)
    if (through) {
      derefCalls(cx, steps.slice(0, i + 1), expr.callee.at)
      return through
    }
  }
  const last = steps[steps.length - 1]?.ty ?? callee
  unknownOperand(cx, structurally(cx, last), expr.callee.at, 'value', '')
  return undefined
}

/** A parameter, `impl Fn`, `dyn Fn` or any type with an `Fn` bound: `<T as FnOnce<(args…)>>::Output`. */
function callThroughTrait(
  cx: BodyContext,
  ty: Ty,
  expr: Expr & { k: 'call' },
): { readonly params: readonly Ty[]; readonly ret: Ty } | undefined {
  if (ty.k !== 'param' && ty.k !== 'opaque' && ty.k !== 'dyn' && ty.k !== 'proj' && ty.k !== 'adt') return undefined
  const output = langAssoc(cx.tcx, 'fn_once', 'Output')
  if (!output) return undefined
  const params = expr.args.map(() => freshVar(cx.table))
  const at = snapshot(cx.table)
  const value = project(cx, projTy(output.trait, output.assoc, [ty, tupleTy(params)]))
  if (!value || value.k === 'unknown' || (value.k === 'proj' && value.assoc === output.assoc)) {
    rollback(cx.table, at)
    return undefined
  }
  const ret = normalize(cx, value)
  reference(cx, expr.callee.at, '', 'value', { k: 'value', ty, params, ret })
  return { params, ret }
}

/** Checks arguments as rustc does: all but closures first, then what they taught, then the closures. */
export function checkArgs(
  cx: BodyContext,
  params: readonly Ty[],
  args: readonly Expr[],
  ret: Ty,
  expected: Ty | undefined,
  call: CallValues,
): void {
  const hints = expected ? inputsFor(cx, params, ret, expected) : params
  const closures: number[] = []
  for (const [i, arg] of args.entries()) {
    if (arg.k === 'closure') {
      closures.push(i)
      continue
    }
    // A function that is named there will be given what a closure would.
    if (arg.k === 'path') cx.handedBy = call
    checkArg(cx, arg, params[i], hints[i])
    cx.handedBy = undefined
  }
  if (closures.length === 0) return
  if (cx.pending.length > 0) solvePending(cx)
  for (const i of closures) checkArg(cx, checked(args[i]), params[i], hints[i])
}

function checkArg(cx: BodyContext, arg: Expr, param: Ty | undefined, hint: Ty | undefined): void {
  const ty = inferExpr(cx, arg, hint ?? param)
  if (param) coerce(cx, ty, param)
}

/** What the parameters would be if the call gave the expected type: a hint only, taken back at once. */
function inputsFor(cx: BodyContext, params: readonly Ty[], ret: Ty, expected: Ty): readonly Ty[] {
  const want = shallowTy(cx, expected)
  if (want.k === 'var' || want.k === 'unknown' || shallowTy(cx, ret).k === 'var') return params
  const at = snapshot(cx.table)
  const variables = cx.table.bound.length
  const fits = unify(cx.table, ret, want)
  const hints = fits ? params.map((ty) => resolve(cx.table, ty)) : params
  rollback(cx.table, at)
  // Variables made in the probe would dangle.
  return cx.table.bound.length === variables ? hints : params
}
