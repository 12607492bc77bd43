/**
 * What a path in value position means: a local, an item, a constructor, an associated item of a type or trait (The Rust
 * Reference, "Paths"). Nothing is recorded here but which closures hold the local.
 */
import { checked } from '../../base/index.js'
import type { AdtDef, AssocDef, ConstDef, Def, FnDef, StaticDef, TraitDef, VariantDef } from '../../names/index.js'
import { resolvePath } from '../../names/index.js'
import type { GenericArgs, Path, PathSegment } from '../../syntax/index.js'
import { assocTypeOf, localType, lowerArgs, lowerTraitArgs, lowerTraitRef, lowerTy, tyOfDef } from '../lower.js'
import { normalize } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { probeAssoc } from '../probe-assoc.js'
import { implHeader, valueTy } from '../signature.js'
import { projTy, subst, type Ty, UNKNOWN } from '../ty.js'
import { type BodyContext, findLocal, fresh, type Local, lowering, shallowTy, traitAround } from './body-context.js'
import { assocTypeIn } from './path-adts.js'

/** What a path in value position means. */
export type PathValue =
  | { readonly k: 'local'; readonly ty: Ty; readonly local: Local }
  /** `others`: of other impls, where it is not known which is meant. */
  | {
      readonly k: 'fn'
      readonly def: FnDef
      readonly args: readonly Ty[]
      readonly others?: readonly (FnDef | ConstDef)[]
    }
  | { readonly k: 'constructor'; readonly def: VariantDef | AdtDef; readonly args: readonly Ty[] }
  /** `args`: of a trait's or impl's constant. */
  | {
      readonly k: 'const'
      readonly def: ConstDef | StaticDef
      readonly ty: Ty
      readonly args?: readonly Ty[]
      readonly others?: readonly (FnDef | ConstDef)[]
    }
  | { readonly k: 'const param'; readonly ty: Ty }
  | { readonly k: 'unknown'; readonly opaque: boolean }

/** What a path means as a value; `itemsOnly` passes locals over, as a pattern does. */
export function resolveValue(cx: BodyContext, path: Path, itemsOnly = false): PathValue {
  const { segments } = path
  const first = segments[0]
  if (!first) return { k: 'unknown', opaque: false }
  const cxl = lowering(cx, true)
  if (path.qself) {
    const self = lowerTy(cxl, path.qself.ty)
    if (path.qself.trait) {
      const ref = lowerTraitRef(cxl, self, path.qself.trait)
      return ref ? traitMember(cx, ref.trait, ref.args, segments, 0) : { k: 'unknown', opaque: false }
    }
    return memberOf(cx, self, segments, 0)
  }
  if (segments.length === 1 && !path.global) {
    const local = itemsOnly ? undefined : findLocal(cx, first.name, first.at)
    if (local) {
      capture(cx, local)
      return { k: 'local', ty: local.ty, local }
    }
    const param = cx.generics?.byName.get(first.name)
    if (param?.isConst) return { k: 'const param', ty: param.ast?.ty ? lowerTy(cxl, param.ast.ty) : UNKNOWN }
    if (first.name === 'Self') return selfConstructor(cx)
  } else {
    const start = localType(cxl, path)
    if (start) return memberOf(cx, start, segments, 1)
  }
  const resolution = resolvePath(cx.module, cx.source, path, 'values')
  if (resolution.rest === segments.length) {
    const def = resolution.values
    return def ? itemOf(cx, def, segments) : { k: 'unknown', opaque: resolution.opaque }
  }
  const def = resolution.types
  if (!def) return { k: 'unknown', opaque: resolution.opaque }
  const at = resolution.rest - 1
  if (def.kind === 'trait') {
    return traitMember(cx, def, lowerTraitArgs(cxl, def, fresh(cx), segments[at]?.args), segments, resolution.rest)
  }
  return memberOf(cx, tyOfDef(cxl, def, segments, at), segments, resolution.rest)
}

/** Each closure between the place and the local's declaration holds it. */
function capture(cx: BodyContext, local: Local): void {
  for (let id = cx.owner; id > local.owner; id = cx.closures[id]?.parent ?? -1) (cx.captures[id] ??= []).push(local.ty)
}

function selfConstructor(cx: BodyContext): PathValue {
  const self = cx.container?.kind === 'impl' ? implHeader(cx.tcx, cx.container).self : UNKNOWN
  return self.k === 'adt' && self.def.kind === 'struct'
    ? { k: 'constructor', def: self.def, args: self.args }
    : { k: 'unknown', opaque: false }
}

function itemOf(cx: BodyContext, def: Def, segments: readonly PathSegment[]): PathValue {
  const last = checked(segments[segments.length - 1])
  switch (def.kind) {
    case 'fn':
      return { k: 'fn', def, args: lowerArgs(lowering(cx, true), def, last.args) }
    case 'struct':
      return { k: 'constructor', def, args: lowerArgs(lowering(cx, true), def, last.args) }
    case 'variant':
      return {
        k: 'constructor',
        def,
        args: lowerArgs(lowering(cx, true), def.enum, last.args ?? segments[segments.length - 2]?.args),
      }
    case 'const':
    case 'static':
      return { k: 'const', def, ty: normalize(cx, valueTy(cx.tcx, def)) }
    default:
      return { k: 'unknown', opaque: false }
  }
}

/** `ty::a::b`: associated types on the way, then a variant, function or const. */
function memberOf(cx: BodyContext, start: Ty, segments: readonly PathSegment[], from: number): PathValue {
  let ty = normalize(cx, start)
  for (let i = from; i < segments.length - 1; i++) {
    const segment = checked(segments[i])
    const known = shallowTy(cx, ty)
    const variant =
      known.k === 'adt' ? known.def.variants.find((candidate) => candidate.name === segment.name) : undefined
    if (variant) return { k: 'unknown', opaque: false }
    ty = normalize(cx, assocTypeIn(cx, known, segment))
  }
  const last = checked(segments[segments.length - 1])
  if (from >= segments.length) return { k: 'unknown', opaque: false }
  let self = shallowTy(cx, ty)
  if (self.k === 'var') {
    solvePending(cx)
    self = shallowTy(cx, self)
  }
  if (self.k === 'adt') {
    const variant = self.def.variants.find((candidate) => candidate.name === last.name)
    if (variant) return { k: 'constructor', def: variant, args: self.args }
  }
  const pick = probeAssoc(cx, self, last.name, cx.module, traitAround(cx))
  if (!pick) return { k: 'unknown', opaque: false }
  return itemValue(cx, pick.item, pick.outer, last.args, pick.others)
}

function traitMember(
  cx: BodyContext,
  trait: TraitDef,
  outer: readonly Ty[],
  segments: readonly PathSegment[],
  at: number,
): PathValue {
  const segment = checked(segments[at])
  const item = findInTrait(cx, trait, segment.name, outer)
  if (!item) return { k: 'unknown', opaque: false }
  if (item.item.kind === 'alias') {
    return memberOf(
      cx,
      projTy(item.trait, item.item, lowerArgs(lowering(cx, true), item.item, segment.args, item.args)),
      segments,
      at + 1,
    )
  }
  return itemValue(cx, item.item, item.args, segment.args)
}

/** An item of the trait, or of a supertrait that the path may mean. */
function findInTrait(
  cx: BodyContext,
  trait: TraitDef,
  name: string,
  args: readonly Ty[],
): { item: AssocDef; trait: TraitDef; args: readonly Ty[] } | undefined {
  const item = trait.items.find((candidate) => candidate.name === name)
  if (item) return { item, trait, args }
  const above = assocTypeOf(cx.tcx, { trait, args }, name)
  return above ? { item: above.assoc, trait: above.ref.trait, args: above.ref.args } : undefined
}

function itemValue(
  cx: BodyContext,
  item: AssocDef,
  outer: readonly Ty[],
  args: GenericArgs | undefined,
  others: readonly (FnDef | ConstDef)[] = [],
): PathValue {
  const all = lowerArgs(lowering(cx, true), item, args, outer)
  if (item.kind === 'fn') return { k: 'fn', def: item, args: all, others }
  if (item.kind === 'const')
    return { k: 'const', def: item, ty: normalize(cx, subst(valueTy(cx.tcx, item), all)), args: all, others }
  return { k: 'unknown', opaque: false }
}
