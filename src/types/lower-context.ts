/** What lowering a written type needs to know of the place where it stands. */
import type { AdtDef, ImplDef, Module, Source, TraitDef } from '../names/index.js'
import type { Expr, TypeRef } from '../syntax/index.js'
import type { TypeContext } from './context.js'
import type { GenericsInfo, ProjectionPredicate } from './generics-info.js'
import type { TraitRef, Ty } from './ty.js'

export interface LowerContext {
  readonly tcx: TypeContext
  readonly module: Module
  readonly source: Source
  readonly generics: GenericsInfo | undefined
  /** What `Self` stands for. */
  readonly container: ImplDef | TraitDef | AdtDef | undefined
  /** Inside bodies: a fresh variable for `_` and, in expressions, for omitted arguments. */
  readonly fresh?: () => Ty
  /** Omitted arguments become variables, not defaults: paths in expressions and patterns. */
  readonly inferOmitted?: boolean
  /** Inside bodies: an array's length or a const argument is code of the body's own. */
  readonly constExpr?: (expr: Expr, source: Source) => void
  /** What an `impl Trait` result is; parameters' ones are known to `generics`. */
  readonly opaque?: (ty: TypeRef) => Ty
  /** Nesting of types and aliases, bounded by TYPE_DEPTH_LIMIT. */
  readonly depth: number
}

export interface PredicateSink {
  readonly traits: TraitRef[]
  readonly projections: ProjectionPredicate[]
}
