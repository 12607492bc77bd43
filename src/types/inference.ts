/** What selection works on and what it answers: the state of one body's inference, as far as traits need it. */
import type { Crate, ImplDef } from '../names/index.js'
import type { TypeContext } from './context.js'
import type { Effort } from './effort.js'
import type { Predicates } from './generics-info.js'
import type { Table } from './table.js'
import type { ProjectionTy, TraitRef, Ty } from './ty.js'

/** What selection needs of a body: its variables, its bounds, and what is still open. */
export interface Inference {
  readonly tcx: TypeContext
  readonly table: Table
  readonly env: Predicates
  readonly crate: Crate
  readonly effort: Effort
  pending: Obligation[]
}
export type Obligation =
  | { readonly k: 'trait'; readonly ref: TraitRef; readonly depth: number }
  | { readonly k: 'projection'; readonly proj: ProjectionTy; readonly ty: Ty; readonly depth: number }

export type Selection =
  | { readonly k: 'impl'; readonly impl: ImplDef; readonly args: readonly Ty[] }
  | { readonly k: 'env' | 'builtin' | 'none' }
  /** `impls`: those that fit, where nothing more will be known. */
  | { readonly k: 'ambiguous'; readonly impls?: readonly ImplDef[] }
