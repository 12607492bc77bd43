/** What a name may mean behind a dot or a type, before any of it is tried: items of impls, of bounds, of traits in scope. */
import type { CfgExpr } from '../base/index.js'
import {
  type AssocDef,
  type ImplDef,
  itemInView,
  type Met,
  type Module,
  mayBothBe,
  meet,
  meeting,
  newMet,
  noteTraits,
  type OtherTargets,
  otherTargets,
  type TraitDef,
  traitsInScope,
} from '../names/index.js'
import { askForItem, askForMember } from './asked.js'
import { genericsOf } from './generics.js'
import { tyKey } from './impl-index.js'
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import { freshArgsOf } from './solve.js'
import { freshVar, kindOf, probe, unify } from './table.js'
import { F64, I32, type TraitRef, type Ty } from './ty.js'
import { boundsOfTy } from './type-bounds.js'

/** A candidate before it is tried: whose function it is and what is known of the arguments around it. */
export type Candidate =
  | { readonly k: 'inherent'; readonly item: AssocDef; readonly impl: ImplDef }
  /** From a bound, a `dyn` or an `impl Trait`: the trait reference is known. */
  | { readonly k: 'bound'; readonly item: AssocDef; readonly ref: TraitRef }
  | { readonly k: 'trait'; readonly item: AssocDef; readonly trait: TraitDef }

/** A candidate and the condition of its item. */
export interface UnderCondition {
  readonly candidate: Candidate
  readonly cfg: CfgExpr
}

/** Of two impls of a type's own in one build, no type has both: which of them is meant, hangs on an argument that is not known. */
export function areRivals(inf: Inference, best: UnderCondition, other: UnderCondition): boolean {
  const { k, item } = other.candidate
  return (
    best.candidate.k === 'inherent' &&
    k === 'inherent' &&
    best.candidate.item !== item &&
    mayBothBe(inf.crate, best, other)
  )
}

/** Which traits in scope of a module have an item of a name; memoised, as every method call asks. */
interface InScope {
  readonly all: readonly { readonly trait: TraitDef; readonly item: AssocDef }[]
  readonly met: Met
}

const scopeCache = new WeakMap<Module, Map<string, InScope>>()
function traitItemsInScope(
  others: OtherTargets,
  module: Module,
  name: string,
): readonly { readonly trait: TraitDef; readonly item: AssocDef }[] {
  let byName = scopeCache.get(module)
  if (!byName) scopeCache.set(module, (byName = new Map()))
  let found = byName.get(name)
  if (!found) {
    const all: { trait: TraitDef; item: AssocDef }[] = []
    const met = newMet()
    byName.set(name, (found = { all, met }))
    for (const trait of traitsInScope(module)) {
      const item = valueItemsOf(trait).get(name)
      if (item) all.push({ trait, item })
    }
    const traits = all.map(({ trait }) => trait)
    meeting(others, met, () => noteTraits(module, name, traits))
  }
  meet(others, found.met)
  return found.all
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

/** The items of traits in scope, and of `extra`, which are in scope besides; of those last what `fits`. */
export function traitCandidates(
  { tcx }: Inference,
  module: Module,
  name: string,
  extra: readonly TraitDef[],
  fits: (item: AssocDef) => boolean,
): readonly Candidate[] {
  const out: (Candidate & { k: 'trait' })[] = traitItemsInScope(otherTargets(tcx.program), module, name).map(
    ({ trait, item }) => ({
      k: 'trait',
      item: itemInView(item),
      trait,
    }),
  )
  for (const trait of extra) {
    askForItem(tcx, trait)
    const item = trait.items.find((candidate) => candidate.name === name && fits(candidate))
    if (item && !out.some((candidate) => candidate.trait === trait))
      out.push({ k: 'trait', item: itemInView(item), trait })
  }
  return out
}

/** The items of inherent impls and of bounds that one of the types has, in the types' order. */
export function inherentCandidates(inf: Inference, tys: readonly Ty[], name: string, module: Module): Candidate[] {
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
    askForMember(inf.tcx, ty, name)
    for (const key of keysOf(inf, ty)) {
      for (const { impl, item } of inf.tcx.impls.inherent.get(key)?.get(name) ?? []) {
        if (item.kind !== 'alias' && isVisible(item, module)) add({ k: 'inherent', item: itemInView(item), impl })
      }
    }
    for (const ref of boundsFor(inf, ty)) {
      askForItem(inf.tcx, ref.trait)
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

/** Fresh arguments for what stands around the item. */
export function outerArgs(inf: Inference, candidate: Candidate): readonly Ty[] {
  switch (candidate.k) {
    case 'inherent':
      return freshArgsOf(inf, candidate.impl)
    case 'bound':
      return candidate.ref.args
    case 'trait':
      return genericsOf(inf.tcx, candidate.trait).all.map(() => freshVar(inf.table))
  }
}
