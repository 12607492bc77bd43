/**
 * Which variant of an enum of std holds what values are followed by. Functions of std that hand a value on (`unwrap`, `map`)
 * speak of that one: what the others hold (`Err(_)`, `Break(_)`) may come from anywhere.
 */
import type { AdtDef, VariantDef } from '../../names/index.js'
import { genericsOf, identityArgs } from '../generics.js'
import { project } from '../normalize.js'
import { fieldTy, shownFields } from '../signature.js'
import { adtTy, projTy } from '../ty.js'
import { type BodyContext, shallowTy } from './body-context.js'
import { langAssoc } from './lang-assoc.js'

/** Whether another variant than this one may hold what is followed: the only one that holds anything, or what `?` takes out. */
export function isOtherSide(cx: BodyContext, variant: VariantDef | AdtDef): boolean {
  if (variant.kind !== 'variant' || variant.crate.unit) return false
  if (variant.enum.variants.every((each) => each === variant || shownFields(each).length === 0)) return false
  const output = langAssoc(cx.tcx, 'branch', 'Output')
  const [field] = shownFields(variant)
  if (!output || !field) return true
  const self = adtTy(variant.enum, identityArgs(genericsOf(cx.tcx, variant.enum)))
  const taken = project(cx, projTy(output.trait, output.assoc, [self]))
  const held = fieldTy(cx.tcx, variant, field)
  const inside = taken && shallowTy(cx, taken)
  return inside?.k !== 'param' || held.k !== 'param' || inside.index !== held.index
}
