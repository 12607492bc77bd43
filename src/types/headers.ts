/** Signatures and headers of impls as they are kept, once signature.ts has lowered them. */
import type { TypeRef } from '../syntax/index.js'
import type { TraitRef, Ty } from './ty.js'

export interface FnSig {
  /** The receiver first, when there is one. */
  readonly params: readonly Ty[]
  readonly hasSelf: boolean
  readonly ret: Ty
  /** The `impl Trait` types of the result, by index. */
  readonly opaques: readonly TypeRef[]
}
export interface ImplHeader {
  readonly self: Ty
  readonly trait: TraitRef | undefined
}
