/** Whether two types are the same. */
import { checked } from '../base/index.js'
import type { AdtTy, ClosureTy, DynTy, FnDefTy, FnPtrTy, OpaqueTy, ParamTy, ProjectionTy, Ty, VarTy } from './ty.js'

/** Structural equality; variables are equal only to themselves. */
export function sameTy(a: Ty, b: Ty): boolean {
  if (a === b) return true
  if (a.k !== b.k) return false
  switch (a.k) {
    case 'adt':
      return a.def === (b as AdtTy).def && sameTys(a.args, (b as AdtTy).args)
    case 'param':
      return a.index === (b as ParamTy).index && a.name === (b as ParamTy).name
    case 'var':
      return a.id === (b as VarTy).id
    case 'prim':
      return a.name === (b as typeof a).name
    case 'ref':
    case 'ptr':
      return a.mut === (b as typeof a).mut && sameTy(a.ty, (b as typeof a).ty)
    case 'slice':
      return sameTy(a.ty, (b as typeof a).ty)
    case 'array':
      return sameTy(a.ty, (b as typeof a).ty) && sameTy(a.len, (b as typeof a).len)
    case 'const':
      return a.value === (b as typeof a).value
    case 'tuple':
      return sameTys(a.tys, (b as typeof a).tys)
    case 'future':
      return sameTy(a.output, (b as typeof a).output)
    case 'fndef':
      return a.def === (b as FnDefTy).def && sameTys(a.args, (b as FnDefTy).args)
    case 'fnptr':
      return (
        a.header === (b as FnPtrTy).header &&
        sameTys(a.params, (b as FnPtrTy).params) &&
        sameTy(a.ret, (b as FnPtrTy).ret)
      )
    case 'closure':
      return a.id === (b as ClosureTy).id
    case 'proj':
      return a.assoc === (b as ProjectionTy).assoc && sameTys(a.args, (b as ProjectionTy).args)
    case 'opaque':
      return (
        a.owner === (b as OpaqueTy).owner && a.index === (b as OpaqueTy).index && sameTys(a.args, (b as OpaqueTy).args)
      )
    case 'dyn':
      return (
        a.bounds.length === (b as DynTy).bounds.length &&
        a.bounds.every(
          (bound, i) =>
            bound.trait === (b as DynTy).bounds[i]?.trait && sameTys(bound.args, (b as DynTy).bounds[i]?.args ?? []),
        )
      )
    default:
      return true
  }
}

export function sameTys(a: readonly Ty[], b: readonly Ty[]): boolean {
  return a.length === b.length && a.every((ty, i) => sameTy(ty, checked(b[i])))
}
