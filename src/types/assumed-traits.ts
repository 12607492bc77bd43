/** Traits of which no impl is looked for: they are taken to hold, since the code is known to compile (solve.ts). */
import type { TraitDef } from '../names/index.js'
import type { TypeContext } from './context.js'

/** Traits that the compiler implements and that say nothing of power. */
const ASSUMED = [
  'sized',
  'meta_sized',
  'pointee_sized',
  'copy',
  'sync',
  'unpin',
  'freeze',
  'tuple_trait',
  'destruct',
  'pointee_trait',
  'discriminant_kind',
  'unsize',
  'coerce_unsized',
  'dispatch_from_dyn',
  'structural_peq',
]

const assumedOf = new WeakMap<TypeContext, ReadonlySet<unknown>>()
/** Whether the trait is taken to hold of whatever it is asked of. */
export function isAssumed(tcx: TypeContext, trait: TraitDef): boolean {
  if (trait.ast.auto) return true
  let set = assumedOf.get(tcx)
  if (!set) assumedOf.set(tcx, (set = new Set(ASSUMED.map((name) => tcx.lang.get(name)).filter(Boolean))))
  return set.has(trait)
}
