/**
 * Trait selection (rustc's "old" solver, less what only proofs need): bounds in scope win over impls, impls are
 * found by simplified self type, blanket ones last; docs/resolution.md, 2.3, says what several candidates mean. Whoever selects takes
 * auto traits, `Copy`, `Sized` and their like to hold (assumed-traits.ts); where it hangs on them whether an impl holds,
 * marker-traits.ts decides auto traits and `Copy`.
 */
import { checked } from '../base/index.js'
import type { ImplDef, OtherTargets, TraitDef } from '../names/index.js'
import {
  ALL_TARGETS,
  type Met,
  meaningInView,
  meet,
  meeting,
  newMet,
  noteCondition,
  otherTargets,
  type TargetSet,
} from '../names/index.js'
import { askForImpl } from './asked.js'
import { isAssumed } from './assumed-traits.js'
import { callableSig } from './callable.js'
import type { TypeContext } from './context.js'
import { isSpent } from './effort.js'
import { genericsOf, predicatesOf } from './generics.js'
import type { Predicates } from './generics-info.js'
import { candidateImpls, negativeImpls } from './impl-index.js'
import type { Inference, Selection } from './inference.js'
import { type Evaluation, evaluateMarker, isMarker } from './marker-traits.js'
import { normalize, normalizeShallow, project } from './normalize.js'
import { implHeader } from './signature.js'
import { couldBe, freshVar, kindOf, probe, resolve, shallow, unify } from './table.js'
import {
  HAS_OPEN_CONST,
  HAS_PARAM,
  HAS_PROJECTION,
  HAS_UNKNOWN,
  HAS_VAR,
  mapList,
  projTy,
  subst,
  substTraitRef,
  type TraitRef,
  type Ty,
  tupleTy,
  UNKNOWN,
} from './ty.js'
import { tyId } from './ty-id.js'
import { boundsOfTy } from './type-bounds.js'

/** How deep nested where-clauses are followed. */
const NESTING_LIMIT = 8
/** The same for goals with variables, whose verdicts cannot be kept: each level multiplies the work. */
const OPEN_NESTING_LIMIT = 3

const AMBIGUOUS: Selection = { k: 'ambiguous' }
const NONE: Selection = { k: 'none' }
const BUILTIN: Selection = { k: 'builtin' }
const ENV: Selection = { k: 'env' }

const isTrait = (inf: Inference, trait: TraitDef, lang: string): boolean => inf.tcx.lang.get(lang) === trait

/** Which impl or bound makes the trait hold; binds variables when exactly one can. */
export function select(inf: Inference, ref: TraitRef, depth = 0): Selection {
  const { table, tcx } = inf
  const self = normalizeShallow(inf, ref.args[0] ?? UNKNOWN, depth)
  if (self.k === 'unknown') return BUILTIN
  if (self.k === 'var' && kindOf(table, self) === 'any') return AMBIGUOUS
  const args = [self, ...ref.args.slice(1)]
  const bound = selectBound(inf, inf.env.traits, ref.trait, args)
  if (bound) return bound
  const inherent = boundsOfTy(inf, self)
  if (inherent) {
    const found = selectBound(inf, inherent.traits, ref.trait, args)
    if (found) return found
  }
  const builtin = selectBuiltin(inf, ref.trait, self, args)
  if (builtin) return builtin
  if (isAssumed(tcx, ref.trait)) return BUILTIN
  return selectImpl(inf, ref.trait, self, args, depth)
}

function selectBound(
  inf: Inference,
  traits: readonly TraitRef[],
  trait: TraitDef,
  args: readonly Ty[],
): Selection | undefined {
  const { table } = inf
  let first: TraitRef | undefined
  let count = 0
  for (const candidate of traits) {
    if (candidate.trait !== trait) continue
    if (!probe(table, () => unifyNormalized(inf, candidate.args, args))) continue
    first ??= candidate
    count++
  }
  if (!first) return undefined
  if (count > 1 && args.slice(1).some((arg) => shallow(table, arg).k === 'var')) return AMBIGUOUS
  unifyNormalized(inf, first.args, args)
  return ENV
}

export function unifyNormalized(inf: Inference, bound: readonly Ty[], args: readonly Ty[]): boolean {
  for (let i = 0; i < args.length; i++) {
    if (!unify(inf.table, bound[i] ?? UNKNOWN, checked(args[i]))) return false
  }
  return true
}

const FN_TRAITS = ['fn', 'fn_mut', 'fn_once']
const ASYNC_FN_TRAITS = ['async_fn', 'async_fn_mut', 'async_fn_once']

function selectBuiltin(inf: Inference, trait: TraitDef, self: Ty, args: readonly Ty[]): Selection | undefined {
  const { table } = inf
  const lang =
    FN_TRAITS.some((name) => isTrait(inf, trait, name)) || ASYNC_FN_TRAITS.some((name) => isTrait(inf, trait, name))
  if (lang) {
    const sig = callableSig(inf, self)
    if (sig) {
      const given = args[1] && shallow(table, args[1])
      if (given?.k === 'tuple' && given.tys.length !== sig.params.length) return NONE
      unify(table, tupleTy(sig.params), args[1] ?? UNKNOWN)
      return BUILTIN
    }
  }
  if (self.k === 'future' && isTrait(inf, trait, 'future_trait')) return BUILTIN
  // Of function pointers alone: std compares and prints whatever is one, and nothing else by those impls.
  if (self.k === 'fnptr' && isTrait(inf, trait, 'fn_ptr_trait')) return BUILTIN
  if (
    isTrait(inf, trait, 'clone') &&
    (self.k === 'tuple' || self.k === 'closure' || self.k === 'fndef' || self.k === 'fnptr' || self.k === 'never')
  )
    return BUILTIN
  if (self.k === 'never') return BUILTIN
  return undefined
}

function selectImpl(inf: Inference, trait: TraitDef, self: Ty, args: readonly Ty[], depth: number): Selection {
  const others = otherTargets(inf.tcx.program)
  askForImpl(inf.tcx, trait, self)
  const fitting: { impl: ImplDef; verdict: Evaluation }[] = []
  const kind = self.k === 'var' ? kindOf(inf.table, self) : undefined
  for (const impl of candidateImpls(inf.tcx, trait, self, kind)) {
    if (!inf.crate.visibleCrates.has(impl.crate)) continue
    const { same } = others
    const header = implHeader(inf.tcx, impl).trait
    if (header?.trait !== trait || !couldFit(inf, header, args)) {
      leaveOut(others, impl, same)
      continue
    }
    if (isSpent(inf.effort)) return AMBIGUOUS
    inf.effort.left -= 1 + genericsOf(inf.tcx, impl).all.length
    const verdict = probe(inf.table, () => evaluateImpl(inf, impl, header, args, depth))
    if (verdict === 'no') {
      leaveOut(others, impl, same)
      continue
    }
    noteCondition(others, impl.cfg)
    fitting.push({ impl, verdict })
    // Several may fit and one more teaches nothing.
    if (
      fitting.length > 1 &&
      fitting.every((entry) => entry.verdict === 'maybe') &&
      args.some((arg) => hasOpenVar(inf, arg))
    )
      return AMBIGUOUS
  }
  if (fitting.length === 0) return NONE
  const sure = fitting.filter((entry) => entry.verdict === 'yes')
  const open = args.some((arg) => hasOpenVar(inf, arg))
  if (fitting.length > 1 && open) return AMBIGUOUS
  // A constant that was not evaluated may be any: none of them wins (law 7).
  const isConstOpen = args.some((arg) => resolve(inf.table, arg).flags & HAS_OPEN_CONST)
  // Nor does one whose bounds are not known to hold, where others' are not either.
  if (fitting.length > 1 && (isConstOpen || sure.length === 0))
    return { k: 'ambiguous', impls: fitting.map(({ impl }) => impl) }
  const impl = chosenImpl(inf, sure.length > 0 ? sure : fitting)
  const implArgs = freshArgsOf(inf, impl)
  const header = implHeader(inf.tcx, impl).trait as TraitRef
  unifyHeader(inf, header, implArgs, args, depth)
  return { k: 'impl', impl, args: implArgs }
}

/** An impl that only some targets have and that does not fit says nothing of the others; another may fit there. */
function leaveOut(others: OtherTargets, impl: ImplDef, same: TargetSet): void {
  if (others.alike && others.alike(impl.cfg) !== ALL_TARGETS) others.same = same
}

/** Of impls that builds have in one place, the view's. */
function chosenImpl({ crate }: Inference, fitting: readonly { readonly impl: ImplDef }[]): ImplDef {
  const first = fitting[0]?.impl as ImplDef
  if (fitting.length < 2) return first
  return (
    meaningInView(
      crate,
      fitting.map(({ impl }) => impl),
    ) ?? first
  )
}

const hasOpenVar = (inf: Inference, ty: Ty): boolean =>
  (ty.flags & HAS_VAR) !== 0 && (resolve(inf.table, ty).flags & HAS_VAR) !== 0

export function freshArgsOf(inf: Inference, impl: ImplDef): readonly Ty[] {
  return genericsOf(inf.tcx, impl).all.map(() => freshVar(inf.table))
}

/** Fits an impl's header to a trait reference; projections in the header are normalised first. */
function unifyHeader(
  inf: Inference,
  header: TraitRef,
  implArgs: readonly Ty[],
  args: readonly Ty[],
  depth: number,
): boolean {
  for (let i = 0; i < args.length; i++) {
    const want = header.args[i]
    if (!want) continue
    const ty = subst(want, implArgs)
    if (!unify(inf.table, ty.flags & HAS_PROJECTION ? normalize(inf, ty, depth + 1) : ty, checked(args[i])))
      return false
  }
  return true
}

function couldFit(inf: Inference, header: TraitRef, args: readonly Ty[]): boolean {
  for (let i = 0; i < args.length; i++) {
    const want = header.args[i]
    if (want && !couldBe(inf.table, want, checked(args[i]))) return false
  }
  return true
}

function evaluateImpl(inf: Inference, impl: ImplDef, header: TraitRef, args: readonly Ty[], depth: number): Evaluation {
  const implArgs = freshArgsOf(inf, impl)
  const pending = inf.pending
  inf.pending = []
  try {
    if (!unifyHeader(inf, header, implArgs, args, depth)) return 'no'
    return evaluatePredicates(inf, predicatesOf(inf.tcx, impl), implArgs, depth + 1)
  } finally {
    inf.pending = pending
  }
}

/** Whether bounds hold: no when one surely does not, maybe when one is open. */
export function evaluatePredicates(
  inf: Inference,
  predicates: Predicates,
  args: readonly Ty[],
  depth: number,
): Evaluation {
  if (depth > NESTING_LIMIT) return 'maybe'
  let verdict: Evaluation = 'yes'
  for (const ref of predicates.traits) {
    if (isAssumed(inf.tcx, ref.trait) && !isMarker(inf, ref.trait)) continue
    const concrete = substTraitRef(ref, args)
    const one = evaluate(
      inf,
      { trait: concrete.trait, args: mapList(concrete.args, (ty) => normalize(inf, ty, depth)) },
      depth,
    )
    if (one === 'no') return 'no'
    if (one === 'maybe') verdict = 'maybe'
  }
  for (const projection of predicates.projections) {
    const ref = substTraitRef(projection.trait, args)
    // A bound in scope speaks of types as they are: `I::Item` is first what it is for this iterator.
    const refArgs = mapList(ref.args, (ty) => normalize(inf, ty, depth))
    const value = project(inf, projTy(ref.trait, projection.assoc, refArgs), depth)
    if (value === undefined) verdict = 'maybe'
    else if (!unify(inf.table, value, normalize(inf, subst(projection.ty, args), depth))) return 'no'
  }
  return verdict
}

/** By what is taken for granted: the bounds of the item that is inferred. */
const verdicts = new WeakMap<TypeContext, Verdicts>()
const verdictsUnder = new WeakMap<Predicates, Verdicts>()

interface Verdicts {
  /** With what the verdict hangs on. */
  readonly known: Map<string, { readonly verdict: Evaluation; readonly met: Met }>
  /** Those that are being decided, by how many were when they were begun. */
  readonly open: Map<string, number>
  /** The first of them whose assumed verdict was used since the last one was begun. */
  lowest: number
}

/** Whether a trait holds; leaves bindings to the caller's probe. */
export function evaluate(inf: Inference, ref: TraitRef, depth = 0): Evaluation {
  const marker = isMarker(inf, ref.trait)
  if (isAssumed(inf.tcx, ref.trait) && !marker) return 'yes'
  const args = mapList(ref.args, (ty) => resolve(inf.table, ty))
  const settled = !args.some((arg) => arg.flags & (HAS_VAR | HAS_UNKNOWN))
  const ground = settled && !args.some((arg) => arg.flags & (HAS_PARAM | HAS_PROJECTION))
  const fresh = (): Evaluation =>
    marker ? evaluateMarkerFresh(inf, ref.trait, args, depth) : evaluateFresh(inf, { trait: ref.trait, args }, depth)
  if (!settled) return fresh()
  let kept = ground ? verdicts.get(inf.tcx) : verdictsUnder.get(inf.env)
  if (!kept) {
    kept = { known: new Map(), open: new Map(), lowest: Number.POSITIVE_INFINITY }
    if (ground) verdicts.set(inf.tcx, kept)
    else verdictsUnder.set(inf.env, kept)
  }
  const key = `${inf.crate.id};${ref.trait.id};${args.map(tyId).join(',')}`
  const known = kept.known.get(key)
  if (known) {
    meet(otherTargets(inf.tcx.program), known.met)
    return known.verdict
  }
  const begun = kept.open.get(key)
  if (begun !== undefined) {
    // A cycle neither holds nor fails by itself. What a type is made of again has an auto trait as the type has.
    if (!marker) return 'maybe'
    kept.lowest = Math.min(kept.lowest, begun)
    return 'yes'
  }
  return decided(inf, kept, key, fresh)
}

/** Decides, and keeps the verdict unless it hangs on what was assumed of another that is still being decided. */
function decided(inf: Inference, kept: Verdicts, key: string, fresh: () => Evaluation): Evaluation {
  const place = kept.open.size
  const before = kept.lowest
  kept.open.set(key, place)
  kept.lowest = Number.POSITIVE_INFINITY
  const met = newMet()
  const verdict = meeting(otherTargets(inf.tcx.program), met, fresh)
  kept.open.delete(key)
  const hangs = kept.lowest < place
  kept.lowest = hangs ? Math.min(before, kept.lowest) : before
  // A verdict that was given up on is none for others. What fails though the best was assumed fails.
  if (!isSpent(inf.effort) && (!hangs || verdict === 'no')) kept.known.set(key, { verdict, met })
  return verdict
}

function evaluateMarkerFresh(inf: Inference, trait: TraitDef, args: readonly Ty[], depth: number): Evaluation {
  if (depth > NESTING_LIMIT) return 'maybe'
  const self = args[0] ?? UNKNOWN
  askForImpl(inf.tcx, trait, self)
  const others = otherTargets(inf.tcx.program)
  const negative = negativeImpls(inf.tcx, trait, self)
  // A negative one takes away by being there.
  for (const { cfg } of negative) noteCondition(others, cfg)
  const impls = [...candidateImpls(inf.tcx, trait, self), ...negative]
  return evaluateMarker(inf, trait, self, impls, {
    holds: (ty) => evaluate(inf, { trait, args: [ty] }, depth + 1),
    normalize: (ty) => normalize(inf, ty, depth),
    fits: (impl) => {
      const header = implHeader(inf.tcx, impl).trait
      if (header?.trait !== trait || !inf.crate.visibleCrates.has(impl.crate) || !couldFit(inf, header, args))
        return 'no'
      const verdict = probe(inf.table, () => evaluateImpl(inf, impl, header, args, depth))
      if (verdict !== 'no') noteCondition(others, impl.cfg)
      return verdict
    },
  })
}

function evaluateFresh(inf: Inference, ref: TraitRef, depth: number): Evaluation {
  const limit = ref.args.some((arg) => arg.flags & (HAS_VAR | HAS_UNKNOWN)) ? OPEN_NESTING_LIMIT : NESTING_LIMIT
  if (depth > limit) return 'maybe'
  const selection = select(inf, ref, depth)
  switch (selection.k) {
    case 'none':
      return 'no'
    case 'ambiguous':
      return 'maybe'
    case 'impl':
      return evaluatePredicates(inf, predicatesOf(inf.tcx, selection.impl), selection.args, depth + 1)
    default:
      return 'yes'
  }
}
