/**
 * Types as written to types as meant: names resolved, aliases replaced, `Self` and parameters put in, omitted
 * arguments filled with their defaults (or with variables inside of bodies). Never fails: what is not known is UNKNOWN.
 */
import { checked } from '../base/index.js'
import type { AliasDef, Def, TraitDef } from '../names/index.js'
import { expandMacro, losePath, resolvePath } from '../names/index.js'
import type { AssocBinding, Bound, GenericArgs, MacroCall, Path, PathSegment, TypeRef } from '../syntax/index.js'
import { constValue } from './const-value.js'
import type { TypeContext } from './context.js'
import { astGenerics, genericsOf, identityArgs, itemBoundsOf, lowerContextOf, supertraitsOf } from './generics.js'
import type { GenericOwner, GenericsInfo, ParamInfo } from './generics-info.js'
import { reachLimit } from './limits.js'
import type { LowerContext, PredicateSink } from './lower-context.js'
import { aliasTarget, implHeader } from './signature.js'
import {
  adtTy,
  arrayTy,
  CONST,
  type DynBound,
  dynTy,
  fnHeader,
  fnPtrTy,
  NEVER,
  paramTy,
  primTy,
  projTy,
  ptrTy,
  refTy,
  sliceTy,
  subst,
  substTraitRef,
  type TraitRef,
  type Ty,
  tupleTy,
  UNIT,
  UNKNOWN,
} from './ty.js'

const TYPE_DEPTH_LIMIT = 128
/** From here on the types in a type count too: what is written is never deeper than syntax reads. */
const COUNTED_DEPTH = 64
/** The same where a bound is looked for whose own type needs bounds. */
const WHERE_DEPTH_LIMIT = 64

export function lowerTy(cx: LowerContext, ty: TypeRef): Ty {
  if (cx.depth > TYPE_DEPTH_LIMIT) {
    reachLimit(cx.tcx, `types, aliases and macros are nested more than ${TYPE_DEPTH_LIMIT} deep`)
    return UNKNOWN
  }
  const inner = cx.depth > COUNTED_DEPTH ? { ...cx, depth: cx.depth + 1 } : cx
  switch (ty.k) {
    case 'path':
      return lowerPath(cx, ty.path)
    case 'ref':
      return refTy(lowerTy(inner, ty.ty), ty.mut)
    case 'ptr':
      return ptrTy(lowerTy(inner, ty.ty), ty.mut)
    case 'slice':
      return sliceTy(lowerTy(inner, ty.ty))
    case 'array':
      cx.constExpr?.(ty.len, cx.source)
      return arrayTy(lowerTy(inner, ty.ty), constValue(inner, ty.len))
    case 'tuple':
      return tupleTy(ty.tys.map((part) => lowerTy(inner, part)))
    case 'never':
      return NEVER
    case 'infer':
      return cx.fresh?.() ?? UNKNOWN
    case 'fn':
      return fnPtrTy(
        ty.params.map((param) => lowerTy(inner, param)),
        ty.ret ? lowerTy(inner, ty.ret) : UNIT,
        fnHeader(ty.unsafe, ty.abi),
      )
    case 'dyn':
      return lowerDyn(cx, ty.bounds)
    case 'impl': {
      const index = cx.generics?.implTraits.get(ty)
      if (index !== undefined) return paramTy(index, 'impl')
      return cx.opaque?.(ty) ?? UNKNOWN
    }
    case 'macro':
      return lowerMacroTy(cx, ty.call)
    default:
      return UNKNOWN
  }
}

function lowerMacroTy(cx: LowerContext, call: MacroCall): Ty {
  const expansion = expandMacro(cx.tcx.program, cx.module, cx.source, call, 'type')
  if (expansion.k !== 'ok' || !expansion.fragment.ty) return UNKNOWN
  return lowerTy({ ...cx, source: expansion.source, depth: cx.depth + 1 }, expansion.fragment.ty)
}

function lowerDyn(cx: LowerContext, bounds: readonly Bound[]): Ty {
  const out: DynBound[] = []
  for (const bound of bounds) {
    const into: PredicateSink = { traits: [], projections: [] }
    lowerBound(cx, UNKNOWN, bound, into)
    const ref = into.traits[0]
    if (!ref) continue
    out.push({
      trait: ref.trait,
      args: ref.args.slice(1),
      bindings: into.projections.map((projection) => ({ assoc: projection.assoc, ty: projection.ty })),
    })
  }
  // The principal trait first: auto traits have no methods, and order is free in the source.
  out.sort(
    (a, b) => Number(a.trait.ast.auto) - Number(b.trait.ast.auto) || (a.trait.ast.auto ? a.trait.id - b.trait.id : 0),
  )
  return dynTy(out.filter((bound, i) => !bound.trait.ast.auto || bound.trait !== out[i - 1]?.trait))
}

/** What `Self` means here. */
export function selfTy(cx: LowerContext): Ty {
  const { container } = cx
  if (!container) return UNKNOWN
  if (container.kind === 'trait') return paramTy(0, 'Self')
  if (container.kind === 'impl') return implHeader(cx.tcx, container).self
  // In its own definition a type names itself, with its own parameters.
  return adtTy(container, identityArgs(genericsOf(cx.tcx, container)))
}

function lowerPath(cx: LowerContext, path: Path): Ty {
  const ty = namedTy(cx, path)
  cx.source.visits?.note(cx.source, path.at, 'type', ty === UNKNOWN ? 'unknown' : 'known')
  return ty
}

function namedTy(cx: LowerContext, path: Path): Ty {
  if (path.qself) {
    const self = lowerTy(cx, path.qself.ty)
    if (!path.qself.trait) return lowerAssocChain(cx, self, path.segments, 0)
    const ref = lowerTraitRef(cx, self, path.qself.trait)
    // That the trait is not known is told where it is named.
    if (!ref) cx.source.visits?.note(cx.source, path.at, 'type', 'follows')
    const first = path.segments[0]
    const assoc = ref && first && assocTypeOf(cx.tcx, ref, first.name)
    if (!assoc) {
      if (ref && losePath(cx.module, cx.source, path)) cx.source.visits?.note(cx.source, path.at, 'type', 'follows')
      return lowerUnnamed(cx, path.segments)
    }
    return lowerAssocChain(cx, withOwnArgs(cx, assoc, first), path.segments, 1)
  }
  const local = localType(cx, path)
  if (local) return lowerAssocChain(cx, local, path.segments, 1)
  const resolution = resolvePath(cx.module, cx.source, path, 'types')
  const def = resolution.types
  // What the names hang on was not read, which is told.
  if (!def && (resolution.opaque || losePath(cx.module, cx.source, path)))
    cx.source.visits?.note(cx.source, path.at, 'type', 'follows')
  if (!def) return lowerUnnamed(cx, path.segments)
  const at = resolution.rest - 1
  if (def.kind === 'trait') return at === path.segments.length - 1 ? lowerDyn(cx, [{ path, maybe: false }]) : UNKNOWN
  return lowerAssocChain(cx, tyOfDef(cx, def, path.segments, at), path.segments, resolution.rest)
}

/** Of what means nothing here, the arguments: they are code and types of their own. */
function lowerUnnamed(cx: LowerContext, segments: readonly Pick<PathSegment, 'args'>[]): Ty {
  for (const { args } of segments) {
    for (const arg of args?.args ?? []) {
      if (arg.k === 'const') cx.constExpr?.(arg.value, cx.source)
      else lowerTy(cx, arg)
    }
    if (args?.parenthesized?.output) lowerTy(cx, args.parenthesized.output)
    for (const binding of args?.bindings ?? []) lowerUnnamedBinding(cx, binding)
  }
  return UNKNOWN
}

function lowerUnnamedBinding(cx: LowerContext, { args, ty, bounds }: AssocBinding): void {
  if (args) lowerUnnamed(cx, [{ args }])
  if (ty) lowerTy(cx, ty)
  for (const bound of bounds) lowerBound(cx, UNKNOWN, bound, { traits: [], projections: [] })
}

/** `Self` and generic parameters shadow every item. */
export function localType(cx: LowerContext, path: Path): Ty | undefined {
  const first = path.segments[0]
  if (!first || path.global) return undefined
  if (first.name === 'Self') return selfTy(cx)
  const param = cx.generics?.byName.get(first.name)
  if (!param) return undefined
  return param.isConst ? CONST : paramTy(param.index, param.name)
}

/** The type that a definition names, with arguments from the segment that named it. */
export function tyOfDef(cx: LowerContext, def: Def, segments: readonly PathSegment[], at: number): Ty {
  const segment = segments[at]
  switch (def.kind) {
    case 'struct':
    case 'enum':
    case 'union':
      return adtTy(def, lowerArgs(cx, def, segment?.args))
    case 'variant':
      return adtTy(def.enum, lowerArgs(cx, def.enum, segment?.args ?? segments[at - 1]?.args))
    case 'foreign type':
      return adtTy(def, [])
    case 'alias':
      return subst(aliasTarget(cx.tcx, def), lowerArgs(cx, def, segment?.args))
    case 'prim':
      return def.name === '!' ? NEVER : primTy(def.name)
    default:
      return UNKNOWN
  }
}

/** Arguments for all parameters of an item that stands alone (no impl or trait around it). */
export function lowerArgs(
  cx: LowerContext,
  owner: GenericOwner,
  args: GenericArgs | undefined,
  given: readonly Ty[] = [],
): readonly Ty[] {
  const generics = genericsOf(cx.tcx, owner)
  const out: Ty[] = [...given]
  const written = args?.args ?? []
  const own = generics.all.slice(given.length)
  for (const [i, param] of own.entries()) {
    const arg = written[i]
    if (arg?.k === 'const') cx.constExpr?.(arg.value, cx.source)
    if (arg)
      out.push(arg.k === 'const' ? constValue(cx, arg.value) : param.isConst ? constArg(cx, arg) : lowerTy(cx, arg))
    else if (cx.inferOmitted && cx.fresh) out.push(cx.fresh())
    else if (param.isConst) {
      const value = param.ast?.value
      out.push(value ? subst(constValue(lowerContextOf(cx.tcx, owner), value), out) : (cx.fresh?.() ?? CONST))
    } else out.push(paramDefault(cx.tcx, owner, param, out, cx.depth + 1) ?? cx.fresh?.() ?? UNKNOWN)
  }
  return out
}

/** What a type parameter is when nothing is written for it; `args` are those before it. */
export function paramDefault(
  tcx: TypeContext,
  owner: GenericOwner,
  { ast }: ParamInfo,
  args: readonly Ty[],
  depth = 0,
): Ty | undefined {
  return ast?.default && subst(lowerTy({ ...lowerContextOf(tcx, owner), depth }, ast.default), args)
}

/** A const argument that was read as a type: a parameter, or the name of a constant. */
function constArg(cx: LowerContext, ty: TypeRef): Ty {
  if (ty.k === 'infer') return cx.fresh?.() ?? CONST
  if (ty.k === 'path') cx.source.visits?.note(cx.source, ty.path.at, 'type', 'known')
  return ty.k === 'path' ? constValue(cx, { k: 'path', path: ty.path, at: ty.path.at, end: ty.path.end }) : CONST
}

/** `T::A::B`: each further segment is an associated type. */
function lowerAssocChain(cx: LowerContext, start: Ty, segments: readonly PathSegment[], from: number): Ty {
  let ty = start
  for (let i = from; i < segments.length; i++) {
    const segment = checked(segments[i])
    const assoc = findAssocType(cx, ty, segment.name)
    if (!assoc) return lowerUnnamed(cx, segments.slice(i))
    ty = withOwnArgs(cx, assoc, segment)
  }
  return ty
}

export interface AssocTypeRef {
  readonly ref: TraitRef
  readonly assoc: AliasDef
}

function withOwnArgs(cx: LowerContext, { ref, assoc }: AssocTypeRef, segment: PathSegment): Ty {
  return projTy(ref.trait, assoc, lowerArgs(cx, assoc, segment.args, ref.args))
}

/** The associated type of that name in a trait or its supertraits. */
export function assocTypeOf(tcx: TypeContext, ref: TraitRef, name: string): AssocTypeRef | undefined {
  const seen = new Set<TraitDef>()
  const queue = [ref]
  for (let i = 0; i < queue.length; i++) {
    const current = checked(queue[i])
    if (seen.has(current.trait)) continue
    seen.add(current.trait)
    const assoc = current.trait.items.find((item) => item.kind === 'alias' && item.name === name)
    if (assoc) return { ref: current, assoc: assoc as AliasDef }
    for (const parent of supertraitsOf(tcx, current.trait).traits) queue.push(substTraitRef(parent, current.args))
  }
  return undefined
}

/** Whether a trait or one of its supertraits, by name alone, has such an associated type: asked before bounds are lowered. */
function declaresAssoc(cx: LowerContext, bound: Bound, name: string): boolean {
  const trait = traitOfPath(cx, bound.path)
  return trait !== undefined && traitDeclaresAssoc(cx.tcx, trait, name, new Set())
}

function traitDeclaresAssoc(tcx: TypeContext, trait: TraitDef, name: string, seen: Set<TraitDef>): boolean {
  if (seen.has(trait)) return false
  seen.add(trait)
  if (trait.items.some((item) => item.kind === 'alias' && item.name === name)) return true
  const cx = lowerContextOf(tcx, trait)
  const bounds = [...trait.ast.supertraits]
  for (const where of trait.ast.generics.where) if (isName(where.ty, 'Self')) bounds.push(...where.bounds)
  return bounds.some((bound) => {
    const above = traitOfPath(cx, bound.path)
    return above !== undefined && traitDeclaresAssoc(tcx, above, name, seen)
  })
}

const isName = (ty: TypeRef, name: string): boolean =>
  ty.k === 'path' && !ty.path.qself && ty.path.segments.length === 1 && ty.path.segments[0]?.name === name

/** The trait and associated type that `ty::name` means here. */
export function findAssocType(cx: LowerContext, ty: Ty, name: string): AssocTypeRef | undefined {
  const { tcx, container } = cx
  if (ty.k === 'param') return findInParamBounds(cx, ty, name) ?? ofBlanketImpl(cx, ty, name)
  if (ty.k === 'proj') {
    for (const ref of itemBoundsOf(tcx, ty.assoc).traits) {
      const found = assocTypeOf(tcx, substTraitRef(ref, ty.args), name)
      if (found) return found
    }
    return findInWhere(cx, ty, name)
  }
  if (container?.kind === 'impl') {
    const header = implHeader(tcx, container)
    const found = header.trait && assocTypeOf(tcx, header.trait, name)
    if (found) return { ref: { trait: found.ref.trait, args: [ty, ...found.ref.args.slice(1)] }, assoc: found.assoc }
  }
  return findInWhere(cx, ty, name)
}

/** `Self::Item` in `impl<T> Trait for T`: the parameter has no bound that says so, the impl itself does. */
function ofBlanketImpl(
  { tcx, container }: LowerContext,
  ty: Ty & { k: 'param' },
  name: string,
): AssocTypeRef | undefined {
  if (container?.kind !== 'impl') return undefined
  const { self, trait } = implHeader(tcx, container)
  return trait && self.k === 'param' && self.index === ty.index ? assocTypeOf(tcx, trait, name) : undefined
}

/** As types are read inside the item whose parameters these are. */
const inside = (cx: LowerContext, generics: GenericsInfo): LowerContext => ({
  ...cx,
  module: generics.owner.module,
  source: generics.owner.source,
  generics,
  depth: cx.depth + 1,
})

/** `T::Item`: the bounds on T, in the item and around it, without lowering the others (they may mention T::Item). */
function findInParamBounds(cx: LowerContext, ty: Ty & { k: 'param' }, name: string): AssocTypeRef | undefined {
  for (let level = cx.generics; level; level = level.parent) {
    const { owner } = level
    const ownerCx = inside(cx, level)
    if (owner.kind === 'trait' && ty.index === 0) {
      const self: TraitRef = { trait: owner, args: identityArgs(level) }
      if (traitDeclaresAssoc(cx.tcx, owner, name, new Set())) {
        const found = assocTypeOf(cx.tcx, self, name)
        if (found) return found
      }
    }
    const bounds: Bound[] = []
    for (const param of level.own) if (param.index === ty.index) bounds.push(...param.bounds)
    for (const predicate of astGenerics(owner).where)
      if (isName(predicate.ty, ty.name)) bounds.push(...predicate.bounds)
    for (const bound of bounds) {
      if (bound.maybe || !declaresAssoc(ownerCx, bound, name)) continue
      const ref = lowerTraitRef(ownerCx, ty, bound.path)
      const found = ref && assocTypeOf(cx.tcx, ref, name)
      if (found) return found
    }
  }
  return undefined
}

/** `where T::Item: Trait` makes `T::Item::Assoc` known. */
function findInWhere(cx: LowerContext, ty: Ty, name: string): AssocTypeRef | undefined {
  if (cx.depth > WHERE_DEPTH_LIMIT) {
    reachLimit(cx.tcx, `a bound on an associated type needs others more than ${WHERE_DEPTH_LIMIT} deep`)
    return undefined
  }
  for (let level = cx.generics; level; level = level.parent) {
    const { owner } = level
    const ownerCx = inside(cx, level)
    for (const predicate of astGenerics(owner).where) {
      if (isName(predicate.ty, name)) continue
      if (!predicate.bounds.some((bound) => declaresAssoc(ownerCx, bound, name))) continue
      const self = lowerTy(ownerCx, predicate.ty)
      if (self.k !== ty.k || JSON.stringify(shape(self)) !== JSON.stringify(shape(ty))) continue
      for (const bound of predicate.bounds) {
        if (!declaresAssoc(ownerCx, bound, name)) continue
        const ref = lowerTraitRef(ownerCx, ty, bound.path)
        const found = ref && assocTypeOf(cx.tcx, ref, name)
        if (found) return found
      }
    }
  }
  return undefined
}

/** A projection's identity without its object graph. */
function shape(ty: Ty): unknown {
  if (ty.k === 'proj') return [ty.assoc.id, ...ty.args.map(shape)]
  if (ty.k === 'adt') return [ty.def.id, ...ty.args.map(shape)]
  if (ty.k === 'param') return ty.index
  return ty.k
}

/** The trait that a path names. */
export function traitOfPath(cx: LowerContext, path: Path): TraitDef | undefined {
  const { types, opaque } = resolvePath(cx.module, cx.source, path, 'types')
  const trait = types?.kind === 'trait' ? types : undefined
  const isTold = !types && !opaque && losePath(cx.module, cx.source, path)
  cx.source.visits?.note(cx.source, path.at, 'type', trait ? 'known' : opaque || isTold ? 'follows' : 'unknown')
  return trait
}

/** `Trait<Args>` for the given Self; bindings are left to `lowerBound`. */
export function lowerTraitRef(cx: LowerContext, self: Ty, path: Path): TraitRef | undefined {
  const trait = traitOfPath(cx, path)
  if (!trait) {
    lowerUnnamed(cx, path.segments)
    return undefined
  }
  return { trait, args: lowerTraitArgs(cx, trait, self, path.segments[path.segments.length - 1]?.args) }
}

export function lowerTraitArgs(
  cx: LowerContext,
  trait: TraitDef,
  self: Ty,
  args: GenericArgs | undefined,
): readonly Ty[] {
  if (args?.parenthesized)
    return [self, tupleTy(args.args.map((arg) => (arg.k === 'const' ? CONST : lowerTy(cx, arg))))]
  return lowerArgs(cx, trait, args, [self])
}

/** Adds what a bound says of `self`: the trait, and what it fixes of the trait's associated types. */
export function lowerBound(cx: LowerContext, self: Ty, bound: Bound, into: PredicateSink): void {
  if (bound.maybe) return
  const ref = lowerTraitRef(cx, self, bound.path)
  if (!ref) return
  into.traits.push(ref)
  const args = bound.path.segments[bound.path.segments.length - 1]?.args
  if (!args) return
  if (args.parenthesized) {
    const output = assocTypeOf(cx.tcx, ref, 'Output')
    if (output) {
      const ty = args.parenthesized.output ? lowerTy(cx, args.parenthesized.output) : UNIT
      into.projections.push({ trait: output.ref, assoc: output.assoc, ty })
    }
    return
  }
  for (const binding of args.bindings) {
    const found = assocTypeOf(cx.tcx, ref, binding.name)
    if (!found) {
      lowerUnnamedBinding(cx, binding)
      continue
    }
    const projection = projTy(found.ref.trait, found.assoc, found.ref.args)
    if (binding.ty) into.projections.push({ trait: found.ref, assoc: found.assoc, ty: lowerTy(cx, binding.ty) })
    for (const inner of binding.bounds) lowerBound(cx, projection, inner, into)
  }
}
