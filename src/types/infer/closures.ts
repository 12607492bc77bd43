/** Closures: a type of their own each, with the signature that the place they are given to asks for. */
import { checked } from '../../base/index.js'
import type { TraitDef } from '../../names/index.js'
import type { Expr } from '../../syntax/index.js'
import type { ClosureValue } from '../body-values.js'
import { elaborate } from '../generics.js'
import type { ProjectionPredicate } from '../generics-info.js'
import { lowerTy } from '../lower.js'
import { normalize } from '../normalize.js'
import { freshVar, shallow, unify } from '../table.js'
import { closureTy, futureTy, type TraitRef, type Ty, UNKNOWN } from '../ty.js'
import { boundsOfTy } from '../type-bounds.js'
import { type BodyContext, fresh, lowering, owns, scoped, shallowTy } from './body-context.js'
import { coerce } from './coerce.js'
import { inferExpr } from './expressions.js'
import { langAssoc } from './lang-assoc.js'
import { checkPattern } from './patterns.js'
import { carriesValue, endValue } from './values.js'
import { bindValue, enterRepeated, leaveRepeated } from './variables.js'

interface ExpectedSig {
  readonly params: readonly Ty[] | undefined
  readonly ret: Ty | undefined
}

export function inferClosure(cx: BodyContext, expr: Expr & { k: 'closure' }, expected: Ty | undefined): Ty {
  const want = expected ? expectedSig(cx, expected) : undefined
  const cxl = lowering(cx, false)
  const params = expr.params.map((param, i) => {
    const hint = want?.params?.[i]
    if (!param.ty) return hint ?? fresh(cx)
    const own = normalize(cx, lowerTy(cxl, param.ty))
    if (hint) unify(cx.table, own, hint)
    return own
  })
  cx.notes.computes = true
  const id = cx.closures.length
  cx.closures.push({ source: cx.source, at: expr.at, end: expr.end, parent: cx.owner, params, ret: UNKNOWN })
  const outer = { ret: cx.ret, owner: cx.owner, returned: cx.returned }
  const loops = cx.loops.splice(0)
  cx.owner = id
  cx.returned = []
  const written = expr.ret ? normalize(cx, lowerTy(cxl, expr.ret)) : undefined
  const body = written ?? (expr.async ? freshVar(cx.table) : (want?.ret ?? freshVar(cx.table)))
  cx.ret = body
  const value: ClosureValue = { k: 'closure', ret: undefined, given: [] }
  const before = enterRepeated(cx)
  scoped(cx, () => {
    for (const [i, param] of expr.params.entries()) {
      owns(cx, checked(params[i]), param.pat.at)
      checkPattern(cx, param.pat, checked(params[i]))
      if (carriesValue(cx, checked(params[i]))) bindValue(cx, param.pat, { k: 'given', to: value, index: i })
    }
    const ty = inferExpr(cx, expr.body, body)
    coerce(cx, ty, body)
    value.ret = endValue(cx, expr.body)
    cx.values.set(expr, value)
  })
  leaveRepeated(before)
  cx.ret = outer.ret
  cx.owner = outer.owner
  cx.returned = outer.returned
  cx.loops.push(...loops)
  const ret = expr.async ? futureTy(body) : body
  if (expr.async && want?.ret) unify(cx.table, want.ret, ret)
  cx.closures[id] = { ...checked(cx.closures[id]), ret }
  // The id must be unique over all closures of the body: bodies never mix.
  return closureTy(id, params, ret)
}

/** What the expected type says of the closure's parameters and result. */
function expectedSig(cx: BodyContext, expected: Ty): ExpectedSig | undefined {
  const ty = shallowTy(cx, expected)
  switch (ty.k) {
    case 'fnptr':
      return { params: ty.params, ret: ty.ret }
    case 'closure':
      return { params: ty.params, ret: ty.ret }
    case 'var':
      return fromPending(cx, ty)
    case 'dyn':
    case 'opaque': {
      const bounds = boundsOfTy(cx, ty)
      return bounds && fromBounds(cx, bounds.traits, bounds.projections)
    }
    case 'param':
      return fromBounds(
        cx,
        cx.env.traits.filter((ref) => sameParam(ref, ty.index)),
        cx.env.projections.filter((projection) => sameParam(projection.trait, ty.index)),
      )
    case 'adt': {
      // `Box<dyn Fn(A)>` and the like: a hint for the closure that will be put into it.
      const inner = ty.args[0] && shallowTy(cx, ty.args[0])
      return inner?.k === 'dyn' ? expectedSig(cx, inner) : undefined
    }
    default:
      return undefined
  }
}

const sameParam = (ref: TraitRef, index: number): boolean => ref.args[0]?.k === 'param' && ref.args[0].index === index

const FN_LANGS = ['fn', 'fn_mut', 'fn_once', 'async_fn', 'async_fn_mut', 'async_fn_once']
const isFnTrait = (cx: BodyContext, trait: TraitDef): boolean =>
  FN_LANGS.some((name) => cx.tcx.lang.get(name) === trait)

function fromBounds(
  cx: BodyContext,
  traits: readonly TraitRef[],
  projections: readonly ProjectionPredicate[],
): ExpectedSig | undefined {
  const output = langAssoc(cx.tcx, 'fn_once', 'Output')
  const bound = traits.find((ref) => isFnTrait(cx, ref.trait))
  if (!bound) return undefined
  const args = shallowTy(cx, bound.args[1] ?? fresh(cx))
  const ret = projections.find((projection) => projection.assoc === output?.assoc)
  return { params: args.k === 'tuple' ? args.tys : undefined, ret: ret && normalize(cx, ret.ty) }
}

/** Open obligations on the variable that the closure will become. */
function fromPending(cx: BodyContext, v: Ty & { k: 'var' }): ExpectedSig | undefined {
  const output = langAssoc(cx.tcx, 'fn_once', 'Output')
  let params: readonly Ty[] | undefined
  let ret: Ty | undefined
  for (const obligation of cx.pending) {
    const args = obligation.k === 'trait' ? obligation.ref.args : obligation.proj.args
    const trait = obligation.k === 'trait' ? obligation.ref.trait : obligation.proj.trait
    const self = args[0] && shallow(cx.table, args[0])
    if (self?.k !== 'var' || self.id !== v.id) continue
    if (obligation.k === 'projection' && obligation.proj.assoc === output?.assoc) ret ??= obligation.ty
    if (isFnTrait(cx, trait)) {
      const tuple = args[1] && shallow(cx.table, args[1])
      if (tuple?.k === 'tuple') params ??= tuple.tys
    } else {
      // A trait whose supertrait is `Fn(..)`.
      const above = boundsAbove(cx, { trait, args })
      params ??= above?.params
      ret ??= above?.ret
    }
  }
  return params || ret ? { params, ret } : undefined
}

function boundsAbove(cx: BodyContext, ref: TraitRef): ExpectedSig | undefined {
  const all = elaborate(cx.tcx, { traits: [ref], projections: [] })
  if (all.traits.length < 2) return undefined
  return fromBounds(cx, all.traits, all.projections)
}
