/** Look-up of `Ty::name` (The Rust Reference, "Paths"): inherent items and bounds before traits in scope. */
import { checked } from '../base/index.js'
import { type ConstDef, type FnDef, type Module, meaningInView, type TraitDef } from '../names/index.js'
import { predicatesOf } from './generics.js'
import type { Inference } from './inference.js'
import { normalize } from './normalize.js'
import {
  areRivals,
  type Candidate,
  inherentCandidates,
  outerArgs,
  traitCandidates,
  type UnderCondition,
} from './probe-candidates.js'
import { implHeader } from './signature.js'
import { evaluate, evaluatePredicates } from './solve.js'
import { probe, shallow, unify } from './table.js'
import { subst, type Ty } from './ty.js'

export interface AssocPick {
  readonly item: FnDef | ConstDef
  readonly outer: readonly Ty[]
  /** Those of other impls that can be meant as well. */
  readonly others: readonly (FnDef | ConstDef)[]
}

/** `Ty::name`: a function or const of the type's inherent impls, its bounds, or a trait in scope. */
export function probeAssoc(
  inf: Inference,
  self: Ty,
  name: string,
  module: Module,
  extra: readonly TraitDef[],
): AssocPick | undefined {
  const ty = shallow(inf.table, self)
  const inherent = inherentCandidates(inf, [ty], name, module)
  const traits = traitCandidates(inf, module, name, extra, (item) => item.kind !== 'alias')
  const own = chooseAssoc(inf, inherent, ty)
  const [chosen, ...rivals] = own.length > 0 ? own : chooseAssoc(inf, traits, ty)
  if (!chosen) return undefined
  const others = rivals.map(({ item }) => item as FnDef | ConstDef)
  const outer = outerArgs(inf, chosen)
  unifySelf(inf, chosen, outer, ty)
  return { item: chosen.item as FnDef | ConstDef, outer, others }
}

/** The one that is meant, and those of other impls that can be. */
function chooseAssoc(inf: Inference, candidates: readonly Candidate[], ty: Ty): readonly Candidate[] {
  const sure: UnderCondition[] = []
  const unsure: UnderCondition[] = []
  for (const candidate of candidates) {
    const verdict = probe(inf.table, () => {
      const pending = inf.pending
      inf.pending = []
      const outer = outerArgs(inf, candidate)
      const fits = unifySelf(inf, candidate, outer, ty)
      const result = !fits
        ? 'no'
        : candidate.k === 'trait'
          ? evaluate(inf, { trait: candidate.trait, args: outer })
          : candidate.k === 'inherent'
            ? evaluatePredicates(inf, predicatesOf(inf.tcx, candidate.impl), outer, 1)
            : 'yes'
      inf.pending = pending
      return result
    })
    if (verdict !== 'no') (verdict === 'yes' ? sure : unsure).push({ candidate, cfg: candidate.item.cfg })
  }
  const best = meaningInView(inf.crate, sure) ?? unsure[0]
  if (!best) return []
  const rivals = [...sure, ...unsure].filter((other) => areRivals(inf, best, other))
  return [best.candidate, ...rivals.map(({ candidate }) => candidate)]
}

function unifySelf(inf: Inference, candidate: Candidate, outer: readonly Ty[], ty: Ty): boolean {
  switch (candidate.k) {
    case 'inherent':
      return unify(inf.table, normalize(inf, subst(implHeader(inf.tcx, candidate.impl).self, outer)), ty)
    default:
      return unify(inf.table, checked(outer[0]), ty)
  }
}
