/**
 * Generic parameters of items and what their bounds say. Arguments of an item are one flat list: those of its impl or
 * trait first (a trait's Self is number 0), then its own, then one for each `impl Trait` among a function's parameters.
 */
import type { AliasDef, ImplDef, TraitDef } from '../names/index.js'
import type { Bound, GenericParam, Generics, TypeRef } from '../syntax/index.js'
import type { TypeContext } from './context.js'
import {
  type GenericOwner,
  type GenericsInfo,
  NO_PREDICATES,
  type ParamInfo,
  type Predicates,
  type ProjectionPredicate,
} from './generics-info.js'
import { forEachImplTrait } from './impl-trait-params.js'
import { reachLimit } from './limits.js'
import { lowerBound, lowerTy } from './lower.js'
import type { LowerContext } from './lower-context.js'
import { sameTy, sameTys } from './same-ty.js'
import { implHeader } from './signature.js'
import { paramTy, subst, substTraitRef, type TraitRef, type Ty } from './ty.js'

const NO_GENERICS: Generics = { params: [], where: [] }

/** The parameters and where-clauses as written; none for what can have none. */
export function astGenerics(owner: GenericOwner): Generics {
  return (owner.ast as { readonly generics?: Generics }).generics ?? NO_GENERICS
}

/** The impl or trait that an associated item stands in. */
export function containerOf(owner: GenericOwner): ImplDef | TraitDef | undefined {
  return owner.kind === 'fn' || owner.kind === 'alias' || owner.kind === 'const' ? owner.container : undefined
}

export function genericsOf(tcx: TypeContext, owner: GenericOwner): GenericsInfo {
  const known = tcx.generics.get(owner)
  if (known) return known
  const container = containerOf(owner)
  const parent = container && genericsOf(tcx, container)
  const all: ParamInfo[] = parent ? [...parent.all] : []
  const own: ParamInfo[] = []
  const add = (name: string, isConst: boolean, bounds: readonly Bound[], ast?: GenericParam): void => {
    const info: ParamInfo = { name, index: all.length, isConst, bounds, ...(ast ? { ast } : {}) }
    all.push(info)
    own.push(info)
  }
  if (owner.kind === 'trait') add('Self', false, [])
  for (const param of astGenerics(owner).params) add(param.name, param.k === 'const', param.bounds, param)
  const implTraits = new Map<TypeRef, number>()
  if (owner.kind === 'fn') {
    for (const param of owner.ast.params) {
      forEachImplTrait(param.ty, (ty, bounds) => {
        implTraits.set(ty, all.length)
        add('impl', false, bounds)
      })
    }
  }
  const byName = new Map(parent?.byName)
  for (const info of own) if (info.name !== 'impl') byName.set(info.name, info)
  const result: GenericsInfo = { owner, parent, own, all, byName, implTraits }
  tcx.generics.set(owner, result)
  return result
}

/** Each parameter standing for itself: the arguments as seen from inside the item. */
export function identityArgs(generics: GenericsInfo): readonly Ty[] {
  return generics.all.map((param) => paramTy(param.index, param.name))
}

/** How types written in the item are to be read. */
export function lowerContextOf(tcx: TypeContext, owner: GenericOwner): LowerContext {
  const generics = genericsOf(tcx, owner)
  const isSelf = owner.kind !== 'fn' && owner.kind !== 'alias' && owner.kind !== 'const'
  const container = isSelf ? owner : containerOf(owner)
  return { tcx, module: owner.module, source: owner.source, generics, container, depth: 0 }
}

/** The bounds of an item and those of its parents, as written. */
export function predicatesOf(tcx: TypeContext, owner: GenericOwner): Predicates {
  return tcx.predicates.get(tcx, owner, owner.cfg, () => makePredicatesOf(tcx, owner))
}

function makePredicatesOf(tcx: TypeContext, owner: GenericOwner): Predicates {
  // A cycle (a bound that mentions an associated type found through itself) sees no bounds the second time.
  tcx.predicates.begin(owner, NO_PREDICATES)
  const generics = genericsOf(tcx, owner)
  const cx = lowerContextOf(tcx, owner)
  const traits: TraitRef[] = []
  const projections: ProjectionPredicate[] = []
  const container = containerOf(owner)
  if (container) {
    const outer = predicatesOf(tcx, container)
    traits.push(...outer.traits)
    projections.push(...outer.projections)
    if (container.kind === 'trait') {
      traits.push({ trait: container, args: identityArgs(genericsOf(tcx, container)) })
    }
  }
  const into = { traits, projections }
  for (const param of generics.own) {
    const self = paramTy(param.index, param.name)
    for (const bound of param.bounds) lowerBound(cx, self, bound, into)
  }
  for (const where of astGenerics(owner).where) {
    const self = lowerTy(cx, where.ty)
    for (const bound of where.bounds) lowerBound(cx, self, bound, into)
  }
  const result = { traits, projections }
  return result
}

/** What may be taken for granted inside the item: its predicates with all supertraits. */
export function environmentOf(tcx: TypeContext, owner: GenericOwner): Predicates {
  return tcx.environments.get(tcx, owner, owner.cfg, () => makeEnvironmentOf(tcx, owner))
}

function makeEnvironmentOf(tcx: TypeContext, owner: GenericOwner): Predicates {
  const base = predicatesOf(tcx, owner)
  const own: Predicates =
    owner.kind === 'trait'
      ? {
          traits: [...base.traits, { trait: owner, args: identityArgs(genericsOf(tcx, owner)) }],
          projections: base.projections,
        }
      : base
  const result = elaborate(tcx, own)
  return result
}

/** How many predicates elaboration may reach; traits of real code stay far below. */
const ELABORATION_LIMIT = 2000

/** Adds what follows from the supertraits. */
export function elaborate(tcx: TypeContext, from: Predicates): Predicates {
  const traits: TraitRef[] = []
  const projections = [...from.projections]
  const queue = [...from.traits]
  for (const ref of queue) {
    if (traits.some((seen) => seen.trait === ref.trait && sameTys(seen.args, ref.args))) continue
    if (traits.length >= ELABORATION_LIMIT) {
      reachLimit(tcx, `bounds have more than ${ELABORATION_LIMIT} supertraits`)
      break
    }
    traits.push(ref)
    const above = supertraitsOf(tcx, ref.trait)
    for (const parent of above.traits) queue.push(substTraitRef(parent, ref.args))
    for (const projection of above.projections) {
      projections.push({
        trait: substTraitRef(projection.trait, ref.args),
        assoc: projection.assoc,
        ty: subst(projection.ty, ref.args),
      })
    }
  }
  return { traits, projections }
}

/** Direct supertraits in terms of the trait's own parameters: written behind the colon or as `where Self: …`. */
export function supertraitsOf(tcx: TypeContext, trait: TraitDef): Predicates {
  return tcx.supertraits.get(tcx, trait, trait.cfg, () => makeSupertraitsOf(tcx, trait))
}

function makeSupertraitsOf(tcx: TypeContext, trait: TraitDef): Predicates {
  tcx.supertraits.begin(trait, NO_PREDICATES)
  const cx = lowerContextOf(tcx, trait)
  const self = paramTy(0, 'Self')
  const into = { traits: [] as TraitRef[], projections: [] as ProjectionPredicate[] }
  for (const bound of trait.ast.supertraits) lowerBound(cx, self, bound, into)
  for (const where of trait.ast.generics.where) {
    const ty = lowerTy(cx, where.ty)
    if (sameTy(ty, self)) for (const bound of where.bounds) lowerBound(cx, self, bound, into)
  }
  return into
}

/** What an associated type's declaration promises of it: `type Item: Read` and `where Self::Item: Read`. */
export function itemBoundsOf(tcx: TypeContext, assoc: AliasDef): Predicates {
  return tcx.itemBounds.get(tcx, assoc, assoc.cfg, () => makeItemBoundsOf(tcx, assoc))
}

function makeItemBoundsOf(tcx: TypeContext, assoc: AliasDef): Predicates {
  tcx.itemBounds.begin(assoc, NO_PREDICATES)
  const trait = assoc.container
  if (trait?.kind !== 'trait') return NO_PREDICATES
  const cx = lowerContextOf(tcx, assoc)
  const generics = genericsOf(tcx, assoc)
  const self: Ty = cx.tcx && projectionOf(trait, assoc, identityArgs(generics))
  const into = { traits: [] as TraitRef[], projections: [] as ProjectionPredicate[] }
  for (const bound of assoc.ast.bounds) lowerBound(cx, self, bound, into)
  const traitCx = lowerContextOf(tcx, trait)
  for (const where of trait.ast.generics.where) {
    const ty = lowerTy(traitCx, where.ty)
    if (sameTy(ty, self)) for (const bound of where.bounds) lowerBound(traitCx, self, bound, into)
  }
  const result = elaborate(tcx, into)
  return result
}

function projectionOf(trait: TraitDef, assoc: AliasDef, args: readonly Ty[]): Ty {
  return { k: 'proj', trait, assoc, args, flags: 6 }
}

/** The impl's trait with the impl's own parameters; undefined for an inherent impl. */
export function implTraitRef(tcx: TypeContext, impl: ImplDef): TraitRef | undefined {
  return implHeader(tcx, impl).trait
}
