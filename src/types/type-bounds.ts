/** Bounds that come with a type itself, not with an impl or the item around: they need no search. */
import type { TraitDef } from '../names/index.js'
import { elaborate, itemBoundsOf } from './generics.js'
import type { Predicates } from './generics-info.js'
import type { Inference } from './inference.js'
import { opaqueBoundsOf } from './signature.js'
import { subst, substTraitRef, type Ty } from './ty.js'

/** What a type promises by being what it is: `dyn`, `impl Trait`, an associated type's bounds. */
export function boundsOfTy(inf: Inference, self: Ty): Predicates | undefined {
  switch (self.k) {
    case 'opaque':
      return substPredicates(opaqueBoundsOf(inf.tcx, self.owner, self.index), self.args)
    case 'proj':
      return substPredicates(itemBoundsOf(inf.tcx, self.assoc), self.args)
    case 'dyn':
      return elaborate(inf.tcx, {
        traits: self.bounds.map((bound) => ({ trait: bound.trait, args: [self, ...bound.args] })),
        projections: self.bounds.flatMap((bound) =>
          bound.bindings.map((binding) => ({
            trait: { trait: binding.assoc.container as TraitDef, args: [self, ...bound.args] },
            assoc: binding.assoc,
            ty: binding.ty,
          })),
        ),
      })
    default:
      return undefined
  }
}

function substPredicates(predicates: Predicates, args: readonly Ty[]): Predicates {
  return {
    traits: predicates.traits.map((ref) => substTraitRef(ref, args)),
    projections: predicates.projections.map((projection) => ({
      trait: substTraitRef(projection.trait, args),
      assoc: projection.assoc,
      ty: subst(projection.ty, args),
    })),
  }
}
