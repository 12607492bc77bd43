/**
 * Signatures: what functions take and give, what fields hold, what aliases and impl headers stand for, all in terms
 * of the item's own parameters. Lowered once per Program, on demand.
 */
import { cfgAnd } from '../base/index.js'
import type { AdtDef, AliasDef, ConstDef, FnDef, ImplDef, StaticDef, VariantDef } from '../names/index.js'
import { noteCondition, otherTargets, partsInView } from '../names/index.js'
import type { EnumItem, Field, StructItem, TypeRef } from '../syntax/index.js'
import type { TypeContext } from './context.js'
import { elaborate, genericsOf, identityArgs, lowerContextOf } from './generics.js'
import { NO_PREDICATES, type Predicates } from './generics-info.js'
import type { FnSig, ImplHeader } from './headers.js'
import { lowerBound, lowerTraitRef, lowerTy, selfTy } from './lower.js'
import type { LowerContext, PredicateSink } from './lower-context.js'
import { Lowered } from './lowered.js'
import { futureTy, opaqueTy, refTy, type Ty, UNIT, UNKNOWN } from './ty.js'

export function signatureOf(tcx: TypeContext, fn: FnDef): FnSig {
  return tcx.signatures.get(tcx, fn, fn.cfg, () => makeSignatureOf(tcx, fn))
}

function makeSignatureOf(tcx: TypeContext, fn: FnDef): FnSig {
  const opaques: TypeRef[] = []
  const identity = identityArgs(genericsOf(tcx, fn))
  const base = lowerContextOf(tcx, fn)
  const cx: LowerContext = {
    ...base,
    opaque: (ty) => {
      const at = opaques.indexOf(ty)
      return opaqueTy(fn, at >= 0 ? at : opaques.push(ty) - 1, identity)
    },
  }
  const params: Ty[] = []
  const { self } = fn.ast
  if (self) {
    const own = selfTy(base)
    params.push(self.ty ? lowerTy(base, self.ty) : self.ref ? refTy(own, self.mut) : own)
  }
  for (const param of partsInView(fn.crate, fn.ast.params)) params.push(lowerTy(base, param.ty))
  const written = fn.ast.ret ? lowerTy(cx, fn.ast.ret) : UNIT
  return { params, hasSelf: self !== undefined, ret: fn.ast.async ? futureTy(written) : written, opaques }
}

/** What the bounds of an `impl Trait` result promise, for the opaque type with the function's own parameters. */
export function opaqueBoundsOf(tcx: TypeContext, owner: FnDef | AliasDef, index: number): Predicates {
  if (owner.kind === 'alias') return NO_PREDICATES
  const key = `${owner.id}:${index}`
  return tcx.opaqueBounds.get(tcx, key, owner.cfg, () => makeOpaqueBoundsOf(tcx, owner, index, key))
}

function makeOpaqueBoundsOf(tcx: TypeContext, owner: FnDef, index: number, key: string): Predicates {
  tcx.opaqueBounds.begin(key, NO_PREDICATES)
  const sig = signatureOf(tcx, owner)
  const ty = sig.opaques[index]
  if (ty?.k !== 'impl') return NO_PREDICATES
  const identity = identityArgs(genericsOf(tcx, owner))
  const base = lowerContextOf(tcx, owner)
  const cx: LowerContext = {
    ...base,
    opaque: (inner) => {
      const at = sig.opaques.indexOf(inner)
      return at >= 0 ? opaqueTy(owner, at, identity) : UNKNOWN
    },
  }
  const into: PredicateSink = { traits: [], projections: [] }
  // An `impl Trait<Item = impl Other>` inside gets its own index first.
  for (const bound of ty.bounds) {
    for (const segment of bound.path.segments) {
      for (const binding of segment.args?.bindings ?? []) if (binding.ty?.k === 'impl') addOpaque(sig, binding.ty)
      for (const arg of segment.args?.args ?? []) if (arg.k === 'impl') addOpaque(sig, arg)
      const output = segment.args?.parenthesized?.output
      if (output?.k === 'impl') addOpaque(sig, output)
    }
  }
  for (const bound of ty.bounds) lowerBound(cx, opaqueTy(owner, index, identity), bound, into)
  return elaborate(tcx, into)
}

function addOpaque(sig: FnSig, ty: TypeRef): void {
  if (!sig.opaques.includes(ty)) (sig.opaques as TypeRef[]).push(ty)
}

export function implHeader(tcx: TypeContext, impl: ImplDef): ImplHeader {
  return tcx.headers.get(tcx, impl, impl.cfg, () => makeImplHeader(tcx, impl))
}

function makeImplHeader(tcx: TypeContext, impl: ImplDef): ImplHeader {
  const cx = lowerContextOf(tcx, impl)
  // `Self` inside of the header's own trait arguments is the self type: set it before the trait is lowered.
  const self = lowerTy({ ...cx, container: undefined }, impl.ast.self)
  tcx.headers.begin(impl, { self, trait: undefined })
  const trait = impl.derived
    ? { trait: impl.derived, args: genericsOf(tcx, impl.derived).all.map(() => self) }
    : impl.ast.trait && lowerTraitRef(cx, self, impl.ast.trait)
  return { self, trait }
}

/** The type an alias or an impl's associated type stands for; UNKNOWN for a trait's without default. */
export function aliasTarget(tcx: TypeContext, alias: AliasDef): Ty {
  return tcx.aliases.get(tcx, alias, alias.cfg, () => makeAliasTarget(tcx, alias))
}

function makeAliasTarget(tcx: TypeContext, alias: AliasDef): Ty {
  tcx.aliases.begin(alias, UNKNOWN)
  return alias.ast.ty ? lowerTy(lowerContextOf(tcx, alias), alias.ast.ty) : UNKNOWN
}

/** The fields of a struct, union or variant as the view has them; positions count what is there. */
export function shownFields(def: AdtDef | VariantDef): readonly Field[] {
  const all = fieldsOf(def)
  const shown = partsInView(def.crate, all)
  if (shown.length === all.length || def.kind === 'union') return shown
  return def.ast && 'shape' in def.ast && def.ast.shape === 'tuple' ? renumbered(shown) : shown
}

/** Fields of a tuple are called by their place among those that are there. A renamed one is the same for the caches. */
function renumbered(fields: readonly Field[]): readonly Field[] {
  return fields.map((field, index) => {
    const name = String(index)
    if (field.name === name) return field
    const known = renamed.get(field) ?? new Map<string, Field>()
    renamed.set(field, known)
    const made = known.get(name) ?? { ...field, name }
    known.set(name, made)
    return made
  })
}
const renamed = new WeakMap<Field, Map<string, Field>>()

/** The fields of a struct, union or variant, those of every target and build. */
export function fieldsOf(def: AdtDef | VariantDef): readonly Field[] {
  if (def.kind === 'variant') return def.ast.fields
  return def.kind === 'struct' || def.kind === 'union' ? (def.ast as StructItem).fields : []
}

/** What has the fields of a type: itself, or its variants. Other targets may have more of these. */
export function holdersOf({ program }: TypeContext, def: AdtDef): readonly (AdtDef | VariantDef)[] {
  if (def.kind !== 'enum') return [def]
  for (const { cfg } of (def.ast as EnumItem).variants) noteCondition(otherTargets(program), cfg)
  return def.variants
}

/** A field's type in terms of its struct's or enum's parameters. */
export function fieldTy(tcx: TypeContext, def: AdtDef | VariantDef, field: Field): Ty {
  let fields = tcx.fieldTypes.get(def)
  if (!fields) tcx.fieldTypes.set(def, (fields = new Lowered()))
  return fields.get(tcx, field, cfgAnd(def.cfg, field.cfg), () => makeFieldTy(tcx, def, field))
}

function makeFieldTy(tcx: TypeContext, def: AdtDef | VariantDef, field: Field): Ty {
  const adt = def.kind === 'variant' ? def.enum : def
  const base = lowerContextOf(tcx, adt)
  // A field's type was written where the variant or struct was, which for macro-made ones is its own source.
  return lowerTy({ ...base, source: def.source }, field.ty)
}

/** The declared type of a const or static. */
export function valueTy(tcx: TypeContext, def: ConstDef | StaticDef): Ty {
  return tcx.valueTypes.get(tcx, def, def.cfg, () => makeValueTy(tcx, def))
}

function makeValueTy(tcx: TypeContext, def: ConstDef | StaticDef): Ty {
  const cx: LowerContext =
    def.kind === 'const'
      ? lowerContextOf(tcx, def)
      : { tcx, module: def.module, source: def.source, generics: undefined, container: undefined, depth: 0 }
  return lowerTy(cx, def.ast.ty)
}
