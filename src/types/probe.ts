/**
 * Method look-up in rustc's order: nearest dereference first, within it by value, `&`, `&mut`, and within that
 * inherent functions before those of traits in scope (docs/resolution.md, 2.2).
 */
import { checked } from '../base/index.js'
import { type FnDef, type Module, meaningInView, type TraitDef } from '../names/index.js'
import { type DerefStep, receiverTypes } from './autoderef.js'
import { langAdt } from './context.js'
import { genericsOf, predicatesOf } from './generics.js'
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import {
  areRivals,
  type Candidate,
  inherentCandidates,
  outerArgs,
  traitCandidates,
  type UnderCondition,
} from './probe-candidates.js'
import { signatureOf } from './signature.js'
import { evaluate, evaluatePredicates } from './solve.js'
import { kindOf, probe, resolve, rollback, shallow, snapshot, unify } from './table.js'
import { HAS_UNKNOWN, HAS_VAR, ptrTy, refTy, sliceTy, subst, type Ty, UNKNOWN } from './ty.js'

export interface MethodPick {
  readonly fn: FnDef
  /** Arguments of the impl or trait around the function; the function's own are not in it. */
  readonly outer: readonly Ty[]
  /** The receiver as the function takes it. */
  readonly selfArg: Ty
  /** The adjusted receiver. */
  readonly receiver: Ty
  readonly derefs: readonly DerefStep[]
  /** Others that can be meant: whether its bounds hold is not known, or of which of several impls the type is. */
  readonly others: readonly FnDef[]
}
export type ProbeResult = MethodPick | { readonly failed: 'unknown receiver' | 'no such method' }

/** The method that `receiver.name()` calls; `extra`: traits that are in scope besides those of the module. */
export function probeMethod(
  inf: Inference,
  receiver: Ty,
  name: string,
  module: Module,
  extra: readonly TraitDef[],
  edition: number,
): ProbeResult {
  const steps = receiverTypes(inf, receiver)
  const last = checked(steps[steps.length - 1])
  const open = last.ty.k === 'var' && kindOf(inf.table, last.ty) === 'any'
  if (open && steps.length === 1) return { failed: 'unknown receiver' }
  if (steps[0]?.ty.k === 'unknown') return { failed: 'unknown receiver' }
  const all = receiverSteps(steps)
  const inherent = inherentCandidates(
    inf,
    all.map((step) => step.ty),
    name,
    module,
  )
  const traits = traitCandidates(inf, module, name, extra, (item) => item.kind === 'fn')
  let first: MethodPick | undefined
  const others: FnDef[] = []
  for (const step of all) {
    if (step.raw || step.ty.k === 'unknown') continue
    for (const { form, byValue } of formsOf(step)) {
      const usable = byValue && isNotTaken(inf, step.ty, name, edition) ? [] : traits
      for (const candidates of [inherent, usable]) {
        if (first) {
          const next = probe(inf.table, () => pickFrom(inf, candidates, form))
          if (next && next.fn !== first.fn) others.push(next.fn, ...next.others)
          if (next && !next.unsure) return { ...first, others }
          continue
        }
        const pick = pickFrom(inf, candidates, form)
        if (pick) others.push(...pick.others)
        if (pick && !pick.unsure) return { ...pick, derefs: step.derefs, others }
        if (pick) first = { ...pick, derefs: step.derefs, others }
      }
    }
  }
  if (first) return first
  return { failed: open || steps.some((step) => step.ty.k === 'unknown') ? 'unknown receiver' : 'no such method' }
}

/** One type that the receiver may be taken for, and the way there. */
interface ReceiverStep {
  readonly ty: Ty
  readonly derefs: readonly DerefStep[]
  /** An array that became a slice. */
  readonly unsize: boolean
  /** Behind a raw pointer, which is not dereferenced unasked. */
  readonly raw: boolean
}

/** All dereferences, and the slice that an array at their end becomes. */
function receiverSteps(steps: ReturnType<typeof receiverTypes>): readonly ReceiverStep[] {
  const all = steps.map((step, i): ReceiverStep => {
    return { ty: step.ty, derefs: steps.slice(1, i + 1), unsize: false, raw: step.throughRaw }
  })
  const last = checked(steps[steps.length - 1])
  if (last.ty.k !== 'array') return all
  return [...all, { ty: sliceTy(last.ty.ty), derefs: steps.slice(1), unsize: true, raw: last.throughRaw }]
}

/** The receiver by value, by `&` and by `&mut`; a slice that was an array is not taken by value. */
function formsOf({ ty, unsize }: ReceiverStep): readonly { readonly form: Ty; readonly byValue: boolean }[] {
  const adjusted = [refTy(ty, false), refTy(ty, true), ...(ty.k === 'ptr' && ty.mut ? [ptrTy(ty.ty, false)] : [])]
  return [...(unsize ? [] : [{ form: ty, byValue: true }]), ...adjusted.map((form) => ({ form, byValue: false }))]
}

/** Whether no trait's function takes such a receiver by value: what has no size is nobody's to hand over, and rustc looks at `&` next. */
function isNotTaken(inf: Inference, ty: Ty, name: string, edition: number): boolean {
  if (ty.k === 'slice' || ty.k === 'dyn' || (ty.k === 'prim' && ty.name === 'str')) return true
  return name === 'into_iter' && edition < intoIterSince(inf, ty)
}

/** From which edition on `x.into_iter()` takes the type by value, as std's `rustc_skip_during_method_dispatch` has it. */
function intoIterSince(inf: Inference, ty: Ty): number {
  if (ty.k === 'array') return 2021
  const isBoxedSlice =
    ty.k === 'adt' &&
    ty.def === langAdt(inf.tcx, 'owned_box') &&
    shallow(inf.table, ty.args[0] ?? UNKNOWN).k === 'slice'
  return isBoxedSlice ? 2024 : 0
}

/** `unsure`: its bounds are open though its types are known. */
type Picked = Omit<MethodPick, 'derefs'> & { readonly unsure: boolean }

/** Nothing will be known of the types later that is not known now. */
function isSettled(inf: Inference, candidate: Candidate, form: Ty): boolean {
  if (resolve(inf.table, form).flags & (HAS_VAR | HAS_UNKNOWN)) return false
  return candidate.k !== 'trait' || genericsOf(inf.tcx, candidate.trait).all.length === 1
}

function pickFrom(inf: Inference, candidates: readonly Candidate[], form: Ty): Picked | undefined {
  let fitting: FittingMethod[] = []
  let isSure = false
  for (const candidate of candidates) {
    const { item } = candidate
    if (item.kind !== 'fn' || !item.ast.self) continue
    const at = snapshot(inf.table)
    const pending = inf.pending
    inf.pending = []
    const fit = tryCandidate(inf, candidate, item, form)
    inf.pending = pending
    rollback(inf.table, at)
    if (fit === 'no' || (isSure && fit !== 'yes')) continue
    if (fit === 'yes' && !isSure) fitting = []
    isSure = fit === 'yes'
    fitting.push({ candidate, item, cfg: item.cfg })
  }
  const best = meaningInView(inf.crate, fitting)
  if (!best) return undefined
  const { item: fn, candidate } = best
  const outer = outerArgs(inf, candidate)
  const selfArg = selfArgOf(inf, fn, outer)
  unify(inf.table, selfArg, form)
  const others = fitting.flatMap((other) => (areRivals(inf, best, other) ? [other.item] : []))
  return { fn, outer, selfArg, receiver: form, others, unsure: !isSure && isSettled(inf, candidate, form) }
}

interface FittingMethod extends UnderCondition {
  readonly item: FnDef
}

function tryCandidate(inf: Inference, candidate: Candidate, fn: FnDef, form: Ty): 'yes' | 'maybe' | 'no' {
  const outer = outerArgs(inf, candidate)
  const selfArg = selfArgOf(inf, fn, outer)
  if (!unify(inf.table, selfArg, form)) return 'no'
  if (candidate.k === 'bound') return 'yes'
  if (candidate.k === 'trait') return evaluate(inf, { trait: candidate.trait, args: outer })
  const predicates = predicatesOf(inf.tcx, candidate.impl)
  return predicates.traits.length === 0 ? 'yes' : evaluatePredicates(inf, predicates, outer, 1)
}

function selfArgOf(inf: Inference, fn: FnDef, outer: readonly Ty[]): Ty {
  const first = checked(signatureOf(inf.tcx, fn).params[0])
  return shallow(inf.table, normalize(inf, subst(first, outer)))
}
