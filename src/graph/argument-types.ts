/**
 * Which types a call's arguments are of, where a function of std asks for a trait of std's own that many types have: what the
 * call does may hang on it (an address is connected to, a name is looked up first). Traits of core and alloc, which reach
 * nothing, are passed over, and so are types of the program, whose impls stand in the graph.
 */
import type { Crate, FnDef } from '../names/index.js'
import { type BodyReference, predicatesOf, signatureOf, type Ty, type TypeContext } from '../types/index.js'
import { isFacade, typePath } from './type-path.js'

/** An argument, and the function's own type parameter that it is of. */
type Asked = readonly { readonly argument: number; readonly param: number }[]

const NONE: Asked = []
const asked = new WeakMap<FnDef, Asked>()

/** By argument; undefined for a call that asks for nothing of the kind. */
export function argumentTypes(
  tcx: TypeContext,
  { callee }: BodyReference,
): readonly (string | undefined)[] | undefined {
  if (callee.k !== 'fn' || callee.fn.crate.unit !== undefined) return undefined
  let wanted = asked.get(callee.fn)
  if (!wanted) asked.set(callee.fn, (wanted = askedBy(tcx, callee.fn)))
  if (wanted.length === 0) return undefined
  const types: (string | undefined)[] = []
  for (const { argument, param } of wanted) {
    const ty = callee.args[param]
    types[argument] = ty && isOfStd(ty) ? typePath(withoutRefs(ty)) : undefined
  }
  return types.some((text) => text !== undefined) ? types : undefined
}

function askedBy(tcx: TypeContext, fn: FnDef): Asked {
  const isOwn = (crate: Crate): boolean => crate === fn.crate && isFacade(crate)
  const params = predicatesOf(tcx, fn).traits.flatMap(({ trait, args: [self] }) =>
    self?.k === 'param' && isOwn(trait.crate) ? [self.index] : [],
  )
  if (params.length === 0) return NONE
  return signatureOf(tcx, fn).params.flatMap((ty, argument) => {
    const own = withoutRefs(ty)
    return own.k === 'param' && params.includes(own.index) ? [{ argument, param: own.index }] : []
  })
}

function withoutRefs(ty: Ty): Ty {
  let at = ty
  while (at.k === 'ref') at = at.ty
  return at
}

/** Nothing of it is the program's, or not known. */
function isOfStd(ty: Ty): boolean {
  switch (ty.k) {
    case 'prim':
      return true
    case 'adt':
      return ty.def.crate.unit === undefined && ty.args.every(isOfStd)
    case 'ref':
    case 'slice':
    case 'array':
      return isOfStd(ty.ty)
    case 'tuple':
      return ty.tys.every(isOfStd)
    default:
      return false
  }
}
