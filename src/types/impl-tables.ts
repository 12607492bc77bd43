/** The impls of a Program by what is asked for; impl-index.ts fills the tables. */
import type { AssocDef, ImplDef, TraitDef } from '../names/index.js'
import type { ImplHeader } from './headers.js'

/** Outermost constructor of a type; undefined for what any impl may fit (a bare parameter, a projection). */
export type TyKey = string

export interface ImplIndex {
  /** Self type's key, then name: items of inherent impls. */
  readonly inherent: Map<TyKey, Map<string, { readonly impl: ImplDef; readonly item: AssocDef }[]>>
  readonly byTrait: Map<TraitDef, { readonly byKey: Map<TyKey, ImplDef[]>; readonly blanket: ImplDef[] }>
  /** `impl !Send for T`: they take away what a type has by its parts. */
  readonly negative: Map<TraitDef, ImplDef[]>
  readonly seen: Set<ImplDef>
  /** Of impls whose header means several things: each of them. */
  readonly headers: Map<ImplDef, readonly ImplHeader[]>
}
