/**
 * Projection and normalisation: what `<T as Trait>::Assoc` is, as far as bounds, impls and what is built in say it (The Rust Reference,
 * "Associated types"). Which impl is meant is for solve.ts to say, which in turn normalises what it compares.
 */
import type { AliasDef, ImplDef } from '../names/index.js'
import { itemInView } from '../names/index.js'
import { callableSig } from './callable.js'
import { langTrait } from './context.js'
import { genericsOf, predicatesOf } from './generics.js'
import type { Predicates } from './generics-info.js'
import type { Inference } from './inference.js'
import { reachLimit } from './limits.js'
import { aliasTarget } from './signature.js'
import { select, unifyNormalized } from './solve.js'
import { attempt, freshVar, kindOf, resolve, shallow, unify } from './table.js'
import {
  HAS_PROJECTION,
  HAS_VAR,
  mapList,
  mapTy,
  type ProjectionTy,
  projTy,
  subst,
  substTraitRef,
  type Ty,
  tupleTy,
  UNKNOWN,
} from './ty.js'
import { boundsOfTy } from './type-bounds.js'

/** Nesting of normalisation; a type that grows without end stops here. */
export const NORMALIZE_LIMIT = 24

/** `answer` where associated types are given up on. */
export function tooDeep<T>(inf: Inference, answer: T): T {
  reachLimit(inf.tcx, `associated types are nested more than ${NORMALIZE_LIMIT} deep`)
  return answer
}

/** A projection's type: the value, the projection itself when it is rigid, undefined while it is open. */
export function project(inf: Inference, proj: ProjectionTy, depth = 0): Ty | undefined {
  const { table, tcx } = inf
  if (depth > NORMALIZE_LIMIT) return tooDeep(inf, UNKNOWN)
  const self = normalizeShallow(inf, proj.args[0] ?? UNKNOWN, depth)
  if (self.k === 'unknown') return UNKNOWN
  const traitCount = genericsOf(tcx, proj.trait).all.length
  const args = [self, ...proj.args.slice(1)]
  const traitArgs = args.slice(0, traitCount)
  const fromEnv = projectBound(inf, inf.env, proj.assoc, traitArgs)
  if (fromEnv) return normalize(inf, fromEnv, depth + 1)
  if (self.k === 'var' && kindOf(table, self) === 'any') return undefined
  const bounds = boundsOfTy(inf, self)
  const fromBounds = bounds && projectBound(inf, bounds, proj.assoc, traitArgs)
  if (fromBounds) return normalize(inf, fromBounds, depth + 1)
  const builtin = projectBuiltin(inf, proj, self)
  if (builtin) return builtin
  const selection = select(inf, { trait: proj.trait, args: traitArgs }, depth)
  if (selection.k === 'ambiguous') return undefined
  if (selection.k === 'impl') {
    const alias = selection.impl.items.find((item) => item.kind === 'alias' && item.name === proj.assoc.name) as
      | AliasDef
      | undefined
    if (alias) {
      const value = subst(aliasTarget(tcx, itemInView(alias)), [...selection.args, ...args.slice(traitCount)])
      if (depth <= LEARNING_DEPTH && value.flags & HAS_VAR && resolve(inf.table, value).flags & HAS_VAR)
        learnFromBounds(inf, selection.impl, selection.args, depth + 1)
      return normalize(inf, value, depth + 1)
    }
    if (proj.assoc.ast.ty) return normalize(inf, subst(aliasTarget(tcx, proj.assoc), args), depth + 1)
    return UNKNOWN
  }
  return projTy(proj.trait, proj.assoc, args)
}

/** Deeper inside of other projections nothing is learnt that the outer ones need. */
const LEARNING_DEPTH = 3

/** Parameters of an impl that only its bounds name: the `B` of `impl<B, I, F: FnMut(I::Item) -> B> Iterator for Map<I, F>`. */
function learnFromBounds(inf: Inference, impl: ImplDef, args: readonly Ty[], depth: number): void {
  for (const projection of predicatesOf(inf.tcx, impl).projections) {
    const ref = substTraitRef(projection.trait, args)
    const own = mapList(ref.args, (arg) => normalize(inf, arg, depth))
    const proj = projTy(ref.trait, projection.assoc, own)
    const ty = normalize(inf, subst(projection.ty, args), depth)
    const value = project(inf, proj, depth)
    if (value === undefined) inf.pending.push({ k: 'projection', proj, ty, depth })
    else unify(inf.table, value, ty)
  }
}

function projectBound(inf: Inference, bounds: Predicates, assoc: AliasDef, args: readonly Ty[]): Ty | undefined {
  for (const projection of bounds.projections) {
    if (projection.assoc !== assoc) continue
    if (attempt(inf.table, () => unifyNormalized(inf, projection.trait.args, args))) return projection.ty
  }
  return undefined
}

function projectBuiltin(inf: Inference, proj: ProjectionTy, self: Ty): Ty | undefined {
  const { tcx } = inf
  if (self.k === 'future' && langTrait(tcx, 'future_trait') === proj.trait) return self.output
  const sig =
    langTrait(tcx, 'fn_once') === proj.trait || langTrait(tcx, 'async_fn_once') === proj.trait
      ? callableSig(inf, self)
      : undefined
  if (sig) {
    unify(inf.table, tupleTy(sig.params), proj.args[1] ?? UNKNOWN)
    if (langTrait(tcx, 'fn_once') === proj.trait) return sig.ret
    return project(inf, { ...proj, trait: langTrait(tcx, 'future_trait') ?? proj.trait, args: [sig.ret] }, 1)
  }
  if (langTrait(tcx, 'pointee_trait') === proj.trait || langTrait(tcx, 'discriminant_kind') === proj.trait)
    return UNKNOWN
  return undefined
}

/** Projections replaced by what they stand for; an open one becomes a variable with an obligation. */
export function normalize(inf: Inference, ty: Ty, depth = 0): Ty {
  if (!(ty.flags & HAS_PROJECTION)) return ty
  if (depth > NORMALIZE_LIMIT) return tooDeep(inf, UNKNOWN)
  const inner = mapTy(ty, (part) => normalize(inf, part, depth))
  if (inner.k !== 'proj') return inner
  const value = project(inf, inner, depth)
  if (value !== undefined) return value
  const v = freshVar(inf.table)
  inf.pending.push({ k: 'projection', proj: inner, ty: v, depth: depth + 1 })
  return v
}

export function normalizeShallow(inf: Inference, ty: Ty, depth: number): Ty {
  const t = shallow(inf.table, ty)
  if (t.k !== 'proj') return t
  const value = depth > NORMALIZE_LIMIT ? tooDeep(inf, UNKNOWN) : projectRigid(inf, t, depth)
  return shallow(inf.table, value)
}

/** A projection that stands as Self: already rigid ones must not be projected again without end. */
function projectRigid(inf: Inference, proj: ProjectionTy, depth: number): Ty {
  const self = shallow(inf.table, proj.args[0] ?? UNKNOWN)
  if (self.k === 'param' || self.k === 'proj') {
    const fromEnv = projectBound(inf, inf.env, proj.assoc, proj.args)
    return fromEnv && fromEnv !== proj ? fromEnv : proj
  }
  return project(inf, proj, depth + 1) ?? proj
}
