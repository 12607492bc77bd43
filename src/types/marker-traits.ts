/**
 * Auto traits and `Copy`, which most types have by what they are made of (The Rust Reference, "Auto traits", "Copy"). An
 * impl that is written, a negative one too, goes before; a type that has one is not asked for its parts.
 *
 * The private fields of std's types are not known: such a type has an auto trait where its arguments do, and where one
 * has not it stays open. So does a closure, whose captures are not known while bodies are inferred.
 */
import type { AdtDef, ImplDef, TraitDef } from '../names/index.js'
import { langAdt, langTrait } from './context.js'
import type { Inference } from './inference.js'
import { fieldsOf, fieldTy, holdersOf } from './signature.js'
import { kindOf, probe, shallow, unify } from './table.js'
import { subst, type Ty, UNKNOWN } from './ty.js'
import { boundsOfTy } from './type-bounds.js'

/** Whether a trait holds: `maybe` while the types are not known. */
export type Evaluation = 'yes' | 'maybe' | 'no'

/** What the solver does for this file. */
export interface MarkerRules {
  /** Whether the trait holds of a part; kept, and `yes` where it is asked for while it is being decided. */
  readonly holds: (ty: Ty) => Evaluation
  /** Whether an impl is one for the type, and its bounds hold. */
  readonly fits: (impl: ImplDef) => Evaluation
  /** The type as far as its associated types are known. */
  readonly normalize: (ty: Ty) => Ty
}

/** Whether the trait is one of those that this file decides. */
export function isMarker(inf: Inference, trait: TraitDef): boolean {
  return trait.ast.auto || trait === langTrait(inf.tcx, 'copy')
}

/** Whether the marker trait holds of a type. `impls` are those of the trait that may be meant. */
export function evaluateMarker(
  inf: Inference,
  trait: TraitDef,
  given: Ty,
  impls: readonly ImplDef[],
  rules: MarkerRules,
): Evaluation {
  const self = shallow(inf.table, given)
  if (self.k === 'unknown' || self.k === 'closure' || self.k === 'future') return 'maybe'
  if (self.k === 'var') return kindOf(inf.table, self) === 'any' ? 'maybe' : 'yes'
  if (isPromised(inf, trait, self)) return 'yes'
  if (self.k === 'param' || self.k === 'dyn') return blanketOr(impls, rules, 'no')
  if (self.k === 'proj' || self.k === 'opaque') return 'maybe'
  const written = byImpl(impls, rules)
  if (written) return written
  return trait.ast.auto ? byParts(inf, self, rules) : copyByParts(self, rules)
}

/** A bound of the item around, of a `dyn`, an `impl Trait`, an associated type. */
function isPromised(inf: Inference, trait: TraitDef, self: Ty): boolean {
  const promised = boundsOfTy(inf, self)?.traits.some((ref) => ref.trait === trait)
  const isSelf = (ty: Ty): boolean => probe(inf.table, () => unify(inf.table, ty, self))
  return promised === true || inf.env.traits.some((ref) => ref.trait === trait && isSelf(ref.args[0] ?? UNKNOWN))
}

function blanketOr(impls: readonly ImplDef[], rules: MarkerRules, otherwise: Evaluation): Evaluation {
  return byImpl(impls, rules) === 'yes' ? 'yes' : otherwise
}

/** What the written impls say; undefined where none is for the type. */
function byImpl(impls: readonly ImplDef[], rules: MarkerRules): Evaluation | undefined {
  let found: Evaluation | undefined
  for (const impl of impls) {
    // A type with written impls is not asked for its parts: a negative one takes away by being there.
    const fit = impl.ast.negative ? 'no' : rules.fits(impl)
    if (fit === 'no') {
      found ??= 'no'
      continue
    }
    if (fit === 'yes') return 'yes'
    found = 'maybe'
  }
  return found
}

function byParts(inf: Inference, self: Ty, rules: MarkerRules): Evaluation {
  switch (self.k) {
    case 'ref':
    case 'ptr':
    case 'slice':
    case 'array':
      return rules.holds(self.ty)
    case 'tuple':
      return all(self.tys, rules)
    case 'adt': {
      const { def, args } = self
      // Variants have no private fields, and PhantomData stands for its argument.
      if (def.crate.unit || def.kind === 'enum') return all(partsOf(inf, def, args).map(rules.normalize), rules)
      const verdict = all(args, rules)
      return verdict === 'no' && def !== langAdt(inf.tcx, 'phantom_data') ? 'maybe' : verdict
    }
    default:
      return 'yes'
  }
}

function copyByParts(self: Ty, rules: MarkerRules): Evaluation {
  switch (self.k) {
    case 'ref':
      return self.mut ? 'no' : 'yes'
    case 'array':
      return rules.holds(self.ty)
    case 'tuple':
      return all(self.tys, rules)
    case 'adt':
    case 'slice':
      return 'no'
    case 'prim':
      return self.name === 'str' ? 'no' : 'yes'
    default:
      return 'yes'
  }
}

function partsOf(inf: Inference, def: AdtDef, args: readonly Ty[]): readonly Ty[] {
  const holders = holdersOf(inf.tcx, def)
  return holders.flatMap((holder) => fieldsOf(holder).map((field) => subst(fieldTy(inf.tcx, holder, field), args)))
}

function all(parts: readonly Ty[], rules: MarkerRules): Evaluation {
  let verdict: Evaluation = 'yes'
  for (const part of parts) {
    if (part.k === 'const') continue
    const one = rules.holds(part)
    if (one === 'no') return 'no'
    if (one === 'maybe') verdict = 'maybe'
  }
  return verdict
}
