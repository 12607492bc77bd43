/**
 * What every part of the types room shares for one Program: the caches of lowered signatures and the indexes of impls.
 * It only holds them; each is filled by the file that is named after it.
 */
import type { CfgExpr } from '../base/index.js'
import type { AdtDef, AliasDef, Def, FnDef, ImplDef, Program, TraitDef, VariantDef } from '../names/index.js'
import { bodyViews } from '../names/index.js'
import type { Field } from '../syntax/index.js'
import type { GenericOwner, GenericsInfo, Predicates } from './generics-info.js'
import type { FnSig, ImplHeader } from './headers.js'
import type { ImplIndex } from './impl-tables.js'
import { Lowered } from './lowered.js'
import type { Ty } from './ty.js'

/** What whoever asks for types knows of std: which of its impls reach the system by themselves, and of which traits they are. */
export interface SystemImpls {
  readonly hasTrait: (trait: TraitDef) => boolean
  readonly has: (tcx: TypeContext, impl: ImplDef) => boolean
}

export interface TypeContext {
  readonly program: Program
  readonly lang: ReadonlyMap<string, Def>
  readonly impls: ImplIndex
  readonly generics: Map<GenericOwner, GenericsInfo>
  readonly predicates: Lowered<GenericOwner, Predicates>
  readonly environments: Lowered<GenericOwner, Predicates>
  readonly signatures: Lowered<FnDef, FnSig>
  readonly headers: Lowered<ImplDef, ImplHeader>
  /** By the struct, union or variant: two of one macro's may share the text of their fields. */
  readonly fieldTypes: Map<AdtDef | VariantDef, Lowered<Field, Ty>>
  readonly aliases: Lowered<AliasDef, Ty>
  readonly itemBounds: Lowered<AliasDef, Predicates>
  readonly opaqueBounds: Lowered<string, Predicates>
  readonly supertraits: Lowered<TraitDef, Predicates>
  readonly valueTypes: Lowered<Def, Ty>
  readonly system: SystemImpls
  /** Limits that were reached and not told yet; see limits.ts. */
  readonly reached: Set<string>
  /** The same Program as its later views see it, by view. */
  readonly views: TypeContext[]
}

/** What depends on the meaning of names, empty. */
export function newCaches() {
  return {
    predicates: new Lowered<GenericOwner, Predicates>(),
    environments: new Lowered<GenericOwner, Predicates>(),
    signatures: new Lowered<FnDef, FnSig>(),
    headers: new Lowered<ImplDef, ImplHeader>(),
    fieldTypes: new Map(),
    aliases: new Lowered<AliasDef, Ty>(),
    itemBounds: new Lowered<AliasDef, Predicates>(),
    opaqueBounds: new Lowered<string, Predicates>(),
    supertraits: new Lowered<TraitDef, Predicates>(),
    valueTypes: new Lowered<Def, Ty>(),
  }
}

/** The context for a view: the indexes are shared, what is lowered is not. */
export function contextOfView(tcx: TypeContext, index: number): TypeContext {
  if (index === 0) return tcx
  const known = tcx.views[index]
  if (known) return known
  const made: TypeContext = { ...tcx, ...newCaches() }
  tcx.views[index] = made
  return made
}

/** Asks once for each meaning that names have in the builds for the target that meet a condition. */
export function inBuilds<T>(
  tcx: TypeContext,
  under: CfgExpr,
  ask: (view: TypeContext) => T,
  tooMany?: () => void,
): readonly T[] {
  return bodyViews(tcx.program, under, (index) => ask(contextOfView(tcx, index)), tooMany).map(({ value }) => value)
}

/** A lang item of std (`#[lang = "deref"]`) that is a trait. */
export function langTrait(tcx: TypeContext, name: string): TraitDef | undefined {
  const def = tcx.lang.get(name)
  return def?.kind === 'trait' ? def : undefined
}

/** A lang item of std that is a struct, enum or union. */
export function langAdt(tcx: TypeContext, name: string): AdtDef | undefined {
  const def = tcx.lang.get(name)
  return def && (def.kind === 'struct' || def.kind === 'enum' || def.kind === 'union') ? def : undefined
}
