/**
 * Method look-up in rustc's order: nearest dereference first, within it by value, `&`, `&mut`, and within that
 * inherent functions before those of traits in scope (docs/resolution.md, 2.2).
 */
import { type CfgExpr, checked } from '../base/index.js'
import type { AssocDef, ConstDef, FnDef, ImplDef, Module, TraitDef } from '../names/index.js'
import { itemInView, mayBothBe, meaningInView, traitsInScope } from '../names/index.js'
import { autoderef, type DerefStep } from './autoderef.js'
import { langAdt } from './context.js'
import { genericsOf, predicatesOf } from './generics.js'
import { tyKey } from './impl-index.js'
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import { implHeader, signatureOf } from './signature.js'
import { evaluate, evaluatePredicates, freshArgsOf } from './solve.js'
import { freshVar, kindOf, probe, resolve, rollback, shallow, snapshot, unify } from './table.js'
import { F64, HAS_UNKNOWN, HAS_VAR, I32, ptrTy, refTy, sliceTy, subst, type TraitRef, type Ty, UNKNOWN } from './ty.js'
import { boundsOfTy } from './type-bounds.js'

/** A candidate before it is tried: whose function it is and what is known of the arguments around it. */
type Candidate =
  | { readonly k: 'inherent'; readonly item: AssocDef; readonly impl: ImplDef }
  /** From a bound, a `dyn` or an `impl Trait`: the trait reference is known. */
  | { readonly k: 'bound'; readonly item: AssocDef; readonly ref: TraitRef }
  | { readonly k: 'trait'; readonly item: AssocDef; readonly trait: TraitDef }

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

/** Which traits in scope of a module have an item of a name; memoised, as every method call asks. */
const scopeCache = new WeakMap<Module, Map<string, readonly { trait: TraitDef; item: AssocDef }[]>>()
export function traitItemsInScope(
  module: Module,
  name: string,
): readonly { readonly trait: TraitDef; readonly item: AssocDef }[] {
  let byName = scopeCache.get(module)
  if (!byName) scopeCache.set(module, (byName = new Map()))
  let found = byName.get(name)
  if (!found) {
    const all: { trait: TraitDef; item: AssocDef }[] = []
    for (const trait of traitsInScope(module)) {
      const item = valueItemsOf(trait).get(name)
      if (item) all.push({ trait, item })
    }
    byName.set(name, (found = all))
  }
  return found
}

const valueItems = new WeakMap<TraitDef, ReadonlyMap<string, AssocDef>>()
/** A trait's functions and constants by name; the first of a name, as rustc would report the second. */
function valueItemsOf(trait: TraitDef): ReadonlyMap<string, AssocDef> {
  const known = valueItems.get(trait)
  if (known) return known
  const out = new Map<string, AssocDef>()
  for (const item of trait.items) if (item.kind !== 'alias' && !out.has(item.name)) out.set(item.name, item)
  valueItems.set(trait, out)
  return out
}

export function probeMethod(
  inf: Inference,
  receiver: Ty,
  name: string,
  module: Module,
  extra: readonly TraitDef[],
  edition: number,
): ProbeResult {
  const steps = autoderef(inf, receiver)
  const last = checked(steps[steps.length - 1])
  const open = last.ty.k === 'var' && kindOf(inf.table, last.ty) === 'any'
  if (open && steps.length === 1) return { failed: 'unknown receiver' }
  if (steps[0]?.ty.k === 'unknown') return { failed: 'unknown receiver' }
  const all: { ty: Ty; derefs: readonly DerefStep[]; unsize: boolean; raw: boolean }[] = steps.map((step, i) => ({
    ty: step.ty,
    derefs: steps.slice(1, i + 1),
    unsize: false,
    raw: step.throughRaw,
  }))
  if (last.ty.k === 'array')
    all.push({ ty: sliceTy(last.ty.ty), derefs: steps.slice(1), unsize: true, raw: last.throughRaw })
  const inherent = inherentCandidates(
    inf,
    all.map((step) => step.ty),
    name,
    module,
  )
  const traits: Candidate[] = traitItemsInScope(module, name).map(({ trait, item }) => ({
    k: 'trait',
    item: itemInView(item),
    trait,
  }))
  for (const trait of extra) {
    const item = trait.items.find((candidate) => candidate.kind === 'fn' && candidate.name === name)
    if (item && !traits.some((candidate) => candidate.k === 'trait' && candidate.trait === trait))
      traits.push({ k: 'trait', item: itemInView(item), trait })
  }
  let first: MethodPick | undefined
  const others: FnDef[] = []
  for (const step of all) {
    if (step.raw || step.ty.k === 'unknown') continue
    const forms: Ty[] = step.unsize ? [] : [step.ty]
    forms.push(refTy(step.ty, false), refTy(step.ty, true))
    if (step.ty.k === 'ptr' && step.ty.mut) forms.push(ptrTy(step.ty.ty, false))
    for (const [i, form] of forms.entries()) {
      const byValue = i === 0 && !step.unsize
      const usable = byValue && name === 'into_iter' && edition < intoIterSince(inf, step.ty) ? [] : traits
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

/** From which edition on `x.into_iter()` takes the type by value, as std's `rustc_skip_during_method_dispatch` has it. */
function intoIterSince(inf: Inference, ty: Ty): number {
  if (ty.k === 'array') return 2021
  const isBoxedSlice =
    ty.k === 'adt' &&
    ty.def === langAdt(inf.tcx, 'owned_box') &&
    shallow(inf.table, ty.args[0] ?? UNKNOWN).k === 'slice'
  return isBoxedSlice ? 2024 : 0
}

function inherentCandidates(inf: Inference, tys: readonly Ty[], name: string, module: Module): Candidate[] {
  const out: Candidate[] = []
  const add = (candidate: Candidate): void => {
    if (
      !out.some(
        (known) =>
          known.item === candidate.item &&
          (known.k !== 'bound' || candidate.k !== 'bound' || known.ref === candidate.ref),
      )
    )
      out.push(candidate)
  }
  for (const ty of tys) {
    for (const key of keysOf(inf, ty)) {
      for (const { impl, item } of inf.tcx.impls.inherent.get(key)?.get(name) ?? []) {
        if (item.kind !== 'alias' && isVisible(item, module)) add({ k: 'inherent', item: itemInView(item), impl })
      }
    }
    for (const ref of boundsFor(inf, ty)) {
      const item = ref.trait.items.find((candidate) => candidate.kind !== 'alias' && candidate.name === name)
      if (item) add({ k: 'bound', item: itemInView(item), ref })
    }
  }
  return out
}

function keysOf(inf: Inference, ty: Ty): readonly string[] {
  if (ty.k === 'var') {
    const kind = kindOf(inf.table, ty)
    return kind === 'int' ? [tyKey(I32) as string] : kind === 'float' ? [tyKey(F64) as string] : []
  }
  const key = tyKey(ty)
  return key === undefined ? [] : [key]
}

/** Traits that are as good as inherent: bounds of a parameter, of a `dyn`, of an `impl Trait`. */
export function boundsFor(inf: Inference, ty: Ty): readonly TraitRef[] {
  const own = boundsOfTy(inf, ty)?.traits ?? []
  if (ty.k !== 'param' && ty.k !== 'proj' && ty.k !== 'opaque') return own
  const fromEnv = inf.env.traits.filter((ref) => {
    const self = ref.args[0]
    return (
      self !== undefined &&
      (self.k === ty.k || self.k === 'proj') &&
      probe(inf.table, () => unify(inf.table, normalize(inf, self), ty))
    )
  })
  return own.length === 0 ? fromEnv : [...fromEnv, ...own]
}

/** Whether an inherent item may be used here; private ones of other modules are not candidates. */
function isVisible(item: AssocDef, from: Module): boolean {
  if (item.vis === 'public') return true
  for (let module: Module | undefined = from; module; module = module.parent) if (module === item.vis) return true
  return false
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

interface UnderCondition {
  readonly candidate: Candidate
  readonly cfg: CfgExpr
}

/** Of two impls of a type's own in one build, no type has both: which of them is meant, hangs on an argument that is not known. */
function areRivals(inf: Inference, best: UnderCondition, other: UnderCondition): boolean {
  const { k, item } = other.candidate
  return (
    best.candidate.k === 'inherent' &&
    k === 'inherent' &&
    best.candidate.item !== item &&
    mayBothBe(inf.crate, best, other)
  )
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

/** Fresh arguments for what stands around the item. */
function outerArgs(inf: Inference, candidate: Candidate): readonly Ty[] {
  switch (candidate.k) {
    case 'inherent':
      return freshArgsOf(inf, candidate.impl)
    case 'bound':
      return candidate.ref.args
    case 'trait':
      return genericsOf(inf.tcx, candidate.trait).all.map(() => freshVar(inf.table))
  }
}

export interface AssocPick {
  readonly item: FnDef | ConstDef
  readonly outer: readonly Ty[]
  /** Those of other impls that can be meant as well. */
  readonly others: readonly (FnDef | ConstDef)[]
}

/** `Ty::name`: a function or const of the type's inherent impls, its bounds, or a trait in scope. */
export function probeAssoc(
  inf: Inference,
  self: Ty,
  name: string,
  module: Module,
  extra: readonly TraitDef[],
): AssocPick | undefined {
  const ty = shallow(inf.table, self)
  const inherent = inherentCandidates(inf, [ty], name, module)
  const traits: Candidate[] = traitItemsInScope(module, name).map(({ trait, item }) => ({
    k: 'trait',
    item: itemInView(item),
    trait,
  }))
  for (const trait of extra) {
    const item = trait.items.find((candidate) => candidate.kind !== 'alias' && candidate.name === name)
    if (item && !traits.some((candidate) => candidate.k === 'trait' && candidate.trait === trait))
      traits.push({ k: 'trait', item: itemInView(item), trait })
  }
  const own = chooseAssoc(inf, inherent, ty)
  const [chosen, ...rivals] = own.length > 0 ? own : chooseAssoc(inf, traits, ty)
  if (!chosen) return undefined
  const others = rivals.map(({ item }) => item as FnDef | ConstDef)
  const outer = outerArgs(inf, chosen)
  unifySelf(inf, chosen, outer, ty)
  return { item: chosen.item as FnDef | ConstDef, outer, others }
}

/** The one that is meant, and those of other impls that can be. */
function chooseAssoc(inf: Inference, candidates: readonly Candidate[], ty: Ty): readonly Candidate[] {
  const sure: UnderCondition[] = []
  const unsure: UnderCondition[] = []
  for (const candidate of candidates) {
    const verdict = probe(inf.table, () => {
      const pending = inf.pending
      inf.pending = []
      const outer = outerArgs(inf, candidate)
      const fits = unifySelf(inf, candidate, outer, ty)
      const result = !fits
        ? 'no'
        : candidate.k === 'trait'
          ? evaluate(inf, { trait: candidate.trait, args: outer })
          : candidate.k === 'inherent'
            ? evaluatePredicates(inf, predicatesOf(inf.tcx, candidate.impl), outer, 1)
            : 'yes'
      inf.pending = pending
      return result
    })
    if (verdict !== 'no') (verdict === 'yes' ? sure : unsure).push({ candidate, cfg: candidate.item.cfg })
  }
  const best = meaningInView(inf.crate, sure) ?? unsure[0]
  if (!best) return []
  const rivals = [...sure, ...unsure].filter((other) => areRivals(inf, best, other))
  return [best.candidate, ...rivals.map(({ candidate }) => candidate)]
}

function unifySelf(inf: Inference, candidate: Candidate, outer: readonly Ty[], ty: Ty): boolean {
  switch (candidate.k) {
    case 'inherent':
      return unify(inf.table, normalize(inf, subst(implHeader(inf.tcx, candidate.impl).self, outer)), ty)
    default:
      return unify(inf.table, checked(outer[0]), ty)
  }
}
