/** Paths in expressions and patterns: locals, items, constructors, and associated items of types (The Rust Reference, "Paths"). */
import { checked } from '../../base/index.js'
import type { AdtDef, AssocDef, ConstDef, Def, FnDef, StaticDef, TraitDef, VariantDef } from '../../names/index.js'
import { resolvePath, type Segment, STD_PACKAGE, segmentAt } from '../../names/index.js'
import type { GenericArgs, Path, PathSegment } from '../../syntax/index.js'
import {
  assocTypeOf,
  findAssocType,
  localType,
  lowerArgs,
  lowerTraitArgs,
  lowerTraitRef,
  lowerTy,
  tyOfDef,
} from '../lower.js'
import { normalize } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { probeAssoc } from '../probe.js'
import { implHeader, signatureOf, valueTy } from '../signature.js'
import { adtTy, fnDefTy, projTy, subst, type Ty, UNKNOWN } from '../ty.js'
import {
  type BodyContext,
  fact,
  findLocal,
  fresh,
  type Local,
  lowering,
  reference,
  shallowTy,
  traitAround,
  useItem,
} from './body-context.js'
import { asFound, handedTo, loseClosures } from './values.js'

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

const lastOf = (path: Path): PathSegment | undefined => path.segments[path.segments.length - 1]

/**
 * Where a path's callee is written: at its last name, or, as rustc has it, at the path's beginning when a macro begins
 * the path and its caller ends it (`libc::$name`), or when the text is std's.
 */
function placedName(cx: BodyContext, path: Path): { readonly at: number; readonly name: string } | undefined {
  const last = lastOf(path)
  const first = path.segments[0]
  if (!last || !first || first === last) return last
  const from = segmentAt(cx.source, first.at)
  const to = segmentAt(cx.source, last.at)
  if (from === to && !from) return last
  const beginsDeeper = (from?.hygiene?.id ?? -1) > (to?.hygiene?.id ?? -1)
  return beginsDeeper || isStd(from) ? { at: path.at, name: last.name } : last
}

const isStd = (segment: Segment | undefined): boolean =>
  segment?.source.origin.k === 'file' && segment.source.origin.package === STD_PACKAGE

/** The type of a path expression; what it refers to is recorded. */
export function inferPath(cx: BodyContext, path: Path): Ty {
  const last = placedName(cx, path)
  const value = resolveValue(cx, path)
  const { visits } = cx.source
  // Text of a macro may be looked at more than once.
  cx.values.delete(path)
  if (value.k !== 'local') cx.localOfPath.delete(path)
  switch (value.k) {
    case 'local':
      if (value.local.value || value.local.isUnset) cx.localOfPath.set(path, value.local)
      else cx.localOfPath.delete(path)
      if (path !== cx.calledPath && !cx.handedBy) loseClosures(value.local.value)
      visits?.note(cx.source, path.at, 'path', 'known')
      return value.ty
    case 'const param':
      visits?.note(cx.source, path.at, 'path', 'known')
      return value.ty
    case 'fn':
      useItem(cx, value.def, value.args)
      if (last) {
        const call = handedTo(cx, path, value.def)
        const candidates = value.others?.filter((each) => each.kind === 'fn') ?? []
        const callee = {
          k: 'fn',
          fn: value.def,
          args: value.args,
          ...(candidates.length > 0 && { candidates }),
        } as const
        reference(cx, last.at, last.name, 'path', callee, [], call)
      }
      return fnDefTy(value.def, value.args)
    case 'constructor': {
      const { def } = value
      const shape = 'shape' in def.ast ? def.ast.shape : undefined
      cx.made.add(def.kind === 'variant' ? def.enum : def)
      if (shape !== 'tuple') visits?.note(cx.source, path.at, 'path', 'known')
      if (shape !== 'tuple') return adtTy(def.kind === 'variant' ? def.enum : def, value.args)
      if (last) reference(cx, last.at, last.name, 'path', { k: 'constructor', def })
      return fnDefTy(def, value.args)
    }
    case 'const':
      if (!value.others?.length && (value.def.kind === 'static' || value.def.container?.kind !== 'trait'))
        cx.values.set(path, asFound(cx, path, { k: 'const', def: value.def }))
      if (last) {
        reference(cx, last.at, last.name, 'path', {
          k: 'const',
          def: value.def,
          ...(value.args && { args: value.args }),
        })
        for (const def of value.others ?? [])
          if (def.kind === 'const') reference(cx, last.at, last.name, 'path', { k: 'const', def })
        if (value.def.kind === 'static' && value.def.foreign) fact(cx, 'foreign static', value.def.name, last.at)
        else if (value.def.kind === 'static' && value.def.ast.mut) fact(cx, 'static mut', value.def.name, last.at)
      }
      return value.ty
    case 'unknown':
      if (last)
        reference(cx, last.at, last.name, 'path', {
          k: 'unresolved',
          why: value.opaque ? 'opaque macro' : 'unknown path',
        })
      return UNKNOWN
  }
}

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

function assocTypeIn(cx: BodyContext, self: Ty, segment: PathSegment): Ty {
  const cxl = lowering(cx, true)
  const found = findAssocType(cxl, self, segment.name)
  return found
    ? projTy(found.ref.trait, found.assoc, lowerArgs(cxl, found.assoc, segment.args, found.ref.args))
    : UNKNOWN
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

/** A struct, union or variant named by a path in a pattern or struct expression, and its type. */
export function resolveAdt(
  cx: BodyContext,
  path: Path,
): { readonly def: VariantDef | AdtDef; readonly ty: Ty } | undefined {
  const { segments } = path
  const cxl = lowering(cx, true)
  if (!path.qself) {
    const start = localType(cxl, path)
    if (start) return adtMember(cx, start, segments, 1)
    const resolution = resolvePath(cx.module, cx.source, path, 'types')
    const def =
      resolution.rest === segments.length ? (pickAdt(resolution.types) ?? pickAdt(resolution.values)) : resolution.types
    if (!def) return undefined
    if (def.kind === 'variant') return { def, ty: tyOfDef(cxl, def, segments, segments.length - 1) }
    return adtMember(cx, tyOfDef(cxl, def, segments, resolution.rest - 1), segments, resolution.rest)
  }
  return adtMember(
    cx,
    lowerTy(cxl, { k: 'path', path: { ...path, segments: segments.slice(0, -1) } }),
    segments,
    segments.length - 1,
  )
}

const pickAdt = (def: Def | undefined): Def | undefined =>
  def &&
  (def.kind === 'variant' ||
    def.kind === 'struct' ||
    def.kind === 'union' ||
    def.kind === 'alias' ||
    def.kind === 'enum')
    ? def
    : undefined

function adtMember(
  cx: BodyContext,
  start: Ty,
  segments: readonly PathSegment[],
  from: number,
): { readonly def: VariantDef | AdtDef; readonly ty: Ty } | undefined {
  let ty = shallowTy(cx, normalize(cx, start))
  for (let i = from; i < segments.length; i++) {
    const segment = checked(segments[i])
    const variant = ty.k === 'adt' ? ty.def.variants.find((candidate) => candidate.name === segment.name) : undefined
    if (variant) return { def: variant, ty }
    ty = shallowTy(cx, normalize(cx, assocTypeIn(cx, ty, segment)))
  }
  return ty.k === 'adt' ? { def: ty.def, ty } : undefined
}

/**
 * Says what became of the path of a pattern or struct expression, which calls nothing. One that hangs on what was not read,
 * which is told, makes what it binds unknown.
 */
export function notePath(cx: BodyContext, path: Path, isKnown: boolean): void {
  const { visits } = cx.source
  if (!visits) return
  const isOpaque = !isKnown && resolvePath(cx.module, cx.source, path, 'types').opaque
  visits.note(cx.source, path.at, 'path', isKnown ? 'known' : isOpaque ? 'follows' : 'unknown')
}

/** Parameters and result of a function with its arguments put in. */
export function instantiate(
  cx: BodyContext,
  fn: FnDef,
  args: readonly Ty[],
): { readonly params: readonly Ty[]; readonly ret: Ty } {
  const sig = signatureOf(cx.tcx, fn)
  return { params: sig.params.map((ty) => normalize(cx, subst(ty, args))), ret: normalize(cx, subst(sig.ret, args)) }
}

/** Fresh variables for a function's own parameters behind the given ones, with what a turbofish says. */
export function ownArgs(
  cx: BodyContext,
  fn: FnDef,
  outer: readonly Ty[],
  written: GenericArgs | undefined,
): readonly Ty[] {
  return lowerArgs(lowering(cx, true), fn, written, outer)
}
