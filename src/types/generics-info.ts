/** Generic parameters and where-clauses as they are kept, once generics.ts has lowered them. */
import type { AdtDef, AliasDef, ConstDef, FnDef, ImplDef, TraitDef } from '../names/index.js'
import type { Bound, GenericParam, TypeRef } from '../syntax/index.js'
import type { TraitRef, Ty } from './ty.js'

export type GenericOwner = FnDef | AdtDef | TraitDef | ImplDef | AliasDef | ConstDef

export interface ParamInfo {
  readonly name: string
  readonly index: number
  readonly isConst: boolean
  readonly ast?: GenericParam
  /** An `impl Trait` parameter's bounds. */
  readonly bounds: readonly Bound[]
}
export interface GenericsInfo {
  readonly owner: GenericOwner
  readonly parent: GenericsInfo | undefined
  readonly own: readonly ParamInfo[]
  /** Parents' parameters and own ones: `all[i].index === i`. */
  readonly all: readonly ParamInfo[]
  readonly byName: ReadonlyMap<string, ParamInfo>
  /** Which parameter an `impl Trait` type of the signature stands for. */
  readonly implTraits: ReadonlyMap<TypeRef, number>
}
export interface ProjectionPredicate {
  readonly trait: TraitRef
  readonly assoc: AliasDef
  readonly ty: Ty
}
/** What holds: `traits` and `<T as Trait>::Assoc == ty`. */
export interface Predicates {
  readonly traits: readonly TraitRef[]
  readonly projections: readonly ProjectionPredicate[]
}
export const NO_PREDICATES: Predicates = { traits: [], projections: [] }
