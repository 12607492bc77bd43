/**
 * What every part of the types room shares for one Program: the caches of lowered signatures and the indexes of impls.
 * It only holds them; each is filled by the file that is named after it.
 */
import type { AdtDef, AliasDef, Def, FnDef, ImplDef, Program, TraitDef } from '../names/defs.js'
import type { Field } from '../syntax/ast.js'
import type { GenericOwner, GenericsInfo, Predicates } from './generics.js'
import type { ImplIndex } from './impl-index.js'
import type { FnSig, ImplHeader } from './signature.js'
import type { Ty } from './ty.js'

export interface TypeContext {
  readonly program: Program
  readonly lang: ReadonlyMap<string, Def>
  readonly impls: ImplIndex
  readonly generics: Map<GenericOwner, GenericsInfo>
  readonly predicates: Map<GenericOwner, Predicates>
  readonly environments: Map<GenericOwner, Predicates>
  readonly signatures: Map<FnDef, FnSig>
  readonly headers: Map<ImplDef, ImplHeader>
  readonly fieldTypes: Map<Field, Ty>
  readonly aliases: Map<AliasDef, Ty>
  readonly itemBounds: Map<AliasDef, Predicates>
  readonly opaqueBounds: Map<string, Predicates>
  readonly supertraits: Map<TraitDef, Predicates>
  readonly valueTypes: Map<Def, Ty>
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
