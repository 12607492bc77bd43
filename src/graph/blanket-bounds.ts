/**
 * What std's blanket impls ask for when a trait is called on a type that is not known: `x.into()` for a `T: Into<E>` goes
 * through `impl<T, U: From<T>> Into<U> for T`, and so runs the program's own `From`; `x.to_string()` runs a `Display`.
 *
 * An impl whose associated type is the type itself (`IntoIterator` for iterators, `IntoFuture` for futures) hands its value
 * on as it is, and is left aside.
 */
import type { ImplDef, TraitDef } from '../names/index.js'
import type { TypeContext } from '../types/index.js'
import {
  aliasTarget,
  genericsOf,
  implHeader,
  predicatesOf,
  substTraitRef,
  type TraitRef,
  type Ty,
  UNKNOWN,
} from '../types/index.js'
import { shapeOf } from './type-shape.js'

/** The bounds, those behind further blanket impls too; `ref` itself is not among them. */
export function blanketBounds(tcx: TypeContext, ref: TraitRef): readonly TraitRef[] {
  const seen = new Set([keyOf(ref)])
  const found: TraitRef[] = []
  const queue = [ref]
  // Shapes are of bounded depth, so there are finitely many.
  for (const next of queue) {
    for (const impl of stdBlankets(tcx, next.trait)) {
      for (const bound of boundsOf(tcx, impl, next)) {
        const key = keyOf(bound)
        if (seen.has(key)) continue
        seen.add(key)
        found.push(bound)
        queue.push(bound)
      }
    }
  }
  return found
}

const keyOf = ({ trait, args }: TraitRef): string => [trait.id, ...args.map((arg) => shapeOf(arg))].join('|')

const blankets = new WeakMap<TraitDef, readonly ImplDef[]>()

function stdBlankets(tcx: TypeContext, trait: TraitDef): readonly ImplDef[] {
  if (trait.crate.unit) return []
  let found = blankets.get(trait)
  if (!found) {
    const all = tcx.impls.byTrait.get(trait)?.blanket ?? []
    found = all.filter((impl) => !impl.crate.unit && implHeader(tcx, impl).self.k === 'param' && !handsOn(tcx, impl))
    blankets.set(trait, found)
  }
  return found
}

function handsOn(tcx: TypeContext, impl: ImplDef): boolean {
  const { self } = implHeader(tcx, impl)
  return impl.items.some((item) => {
    const ty = item.kind === 'alias' ? aliasTarget(tcx, item) : undefined
    return ty?.k === 'param' && self.k === 'param' && ty.index === self.index
  })
}

function boundsOf(tcx: TypeContext, impl: ImplDef, { args }: TraitRef): readonly TraitRef[] {
  const header = implHeader(tcx, impl).trait
  if (!header) return []
  const by = genericsOf(tcx, impl).all.map((): Ty => UNKNOWN)
  for (const [i, arg] of header.args.entries()) if (arg.k === 'param') by[arg.index] = args[i] ?? UNKNOWN
  return predicatesOf(tcx, impl)
    .traits.filter(({ trait }) => trait.items.some((item) => item.kind === 'fn'))
    .map((bound) => substTraitRef(bound, by))
}
