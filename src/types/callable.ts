/** What can be called: the signature of a function, a constructor, a closure or a function pointer. */
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import { fieldTy, shownFields, signatureOf } from './signature.js'
import { adtTy, subst, type Ty } from './ty.js'

/** Parameters and result of a type that can be called as it is. */
export function callableSig(
  inf: Inference,
  self: Ty,
): { readonly params: readonly Ty[]; readonly ret: Ty } | undefined {
  switch (self.k) {
    case 'closure':
    case 'fnptr':
      return self
    case 'fndef': {
      if (self.def.kind === 'fn') {
        const sig = signatureOf(inf.tcx, self.def)
        return {
          params: sig.params.map((ty) => normalize(inf, subst(ty, self.args))),
          ret: normalize(inf, subst(sig.ret, self.args)),
        }
      }
      return constructorSig(inf, self.def, self.args)
    }
    default:
      return undefined
  }
}

/** A tuple struct's or variant's constructor as a function. */
export function constructorSig(
  inf: Inference,
  def: Exclude<(Ty & { k: 'fndef' })['def'], { kind: 'fn' }>,
  args: readonly Ty[],
): { readonly params: readonly Ty[]; readonly ret: Ty } {
  const adt = def.kind === 'variant' ? def.enum : def
  const params = shownFields(def).map((field) => normalize(inf, subst(fieldTy(inf.tcx, def, field), args)))
  return { params, ret: adtTy(adt, args) }
}
