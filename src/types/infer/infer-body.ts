/**
 * One body from start to end (The Rust Reference, "Expressions", "Patterns", "Type coercions").
 *
 * What it computes, and in which order: parameters and what they bind (patterns.ts); the expression, each kind in its own function
 * (expressions.ts is the table), where what is expected flows down as a hint and types flow up; obligations whenever somebody
 * needs a type to be known, and at the end; then fallbacks (integers are `i32`, floats `f64`). Only then is each reference
 * finished: what a call leads to is said when all that the body teaches is known. Beside types, values flow (values.ts, variables.ts):
 * what is known of arguments. All of it lives in a BodyContext (body-context.ts), which dies with the body.
 *
 * A name that builds bind differently makes the body be inferred once for each view, and merge-views.ts brings together what they
 * found.
 *
 * Why it ends: an expression is looked at once in a view; views, depth of expressions and the effort of the body have limits.
 *
 * The law that it keeps: each path, call and operator that may lead somewhere is a reference or is told as unresolved;
 * one that may be an impl not decided is handed on with all candidates.
 *
 * What it deliberately does not do: reject; come back to an expression whose type became known later, but for the obligations
 * that it left. What only the whole program can tell (dynamic dispatch, function values, drop glue) is for graph/link.
 */
import { printCfg } from '../../base/index.js'
import { bodyViews, partsInView } from '../../names/index.js'
import type { Pat, SelfParam } from '../../syntax/index.js'
import type { BodyOwner, BodyReference, BodyTypes, ClosureBody, OwnedValue } from '../body-types.js'
import { contextOfView, type TypeContext } from '../context.js'
import { endEffort, isSpent } from '../effort.js'
import { takeReached } from '../limits.js'
import { normalize } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { opaqueBoundsOf, signatureOf, valueTy } from '../signature.js'
import { closed, freshVar, unify } from '../table.js'
import { F64, HAS_VAR, I32, mapList, mapTy, projTy, type Ty, UNKNOWN, USIZE } from '../ty.js'
import { tyId } from '../ty-id.js'
import { type BodyContext, declareLocal, owns } from './body-context.js'
import type { BodyInput } from './body-input.js'
import { coerce } from './coerce.js'
import { inferExpr } from './expressions.js'
import { finishCallee } from './finish-callee.js'
import { makesFunction } from './made-functions.js'
import { mergeViews } from './merge-views.js'
import { newBodyContext } from './new-body-context.js'
import { checkPattern } from './patterns.js'
import { recipeOf } from './recipe-of.js'
import { calledByRuntime } from './runtime-calls.js'
import { bodyValue, carriesValue } from './values.js'
import { bindValue } from './variables.js'

/** Infers one function body, initialiser or discriminant, once for each meaning that its names have. */
export function inferBody(tcx: TypeContext, input: BodyInput): BodyTypes {
  const closures: ClosureBody[] = []
  const views = bodyViews(tcx.program, input.cfg, (index) => {
    const types = inferOnce(contextOfView(tcx, index), input, closures)
    closures.push(...types.closures.slice(closures.length))
    return types
  })
  return mergeViews(views, input)
}

/** `before`: closures of other views, whose numbers are taken. */
function inferOnce(tcx: TypeContext, input: BodyInput, before: readonly ClosureBody[]): BodyTypes {
  const { owner } = input
  const cx = newBodyContext(tcx, input, before)
  const want = enter(cx, owner)
  calledByRuntime(cx, owner, want)
  cx.ret = want
  const ty = inferExpr(cx, input.expr, want)
  coerce(cx, ty, want)
  const returned = bodyValue(cx, input.expr, want)
  settle(cx)
  const references: BodyReference[] = cx.references.map((open) => {
    cx.cfg = open.cfg
    return { ...open, callee: finishCallee(cx, open.callee) }
  })
  cx.cfg = input.cfg
  endEffort(input.crate, cx.effort)
  if (isSpent(cx.effort)) references.push(gaveUp(input))
  for (const made of references)
    if (makesFunction(cx.tcx, made.callee)) cx.facts.push({ ...made, kind: 'transmute to function', what: made.name })
  const limits = takeReached(tcx)
  return {
    references,
    facts: cx.facts,
    closures: cx.closures.map(
      (open, i) =>
        before[i] ?? {
          ...open,
          params: mapList(open.params, (param) => closed(cx.table, param)),
          ret: closed(cx.table, open.ret),
        },
    ),
    made: cx.made,
    owned: ownedValues(cx),
    limits,
    returned,
    recipe: recipeOf(cx, owner, input.expr),
    fieldWrites: cx.fieldWrites,
    blocks: [...cx.blocks],
  }
}

/** A type once for each closure: which of its values is dropped makes no difference. */
function ownedValues(cx: BodyContext): readonly OwnedValue[] {
  const known = new Map<string, OwnedValue>()
  for (const open of cx.owned) {
    const ty = closed(cx.table, open.ty)
    if (ty.k !== 'adt' && ty.k !== 'tuple' && ty.k !== 'array' && ty.k !== 'proj') continue
    const key = `${open.owner}|${tyId(ty)}|${open.cfg.k === 'true' ? '' : printCfg(open.cfg)}`
    if (!known.has(key)) known.set(key, { ...open, ty })
  }
  return [...known.values()]
}

/** Stands for all that the body's types did not tell. */
function gaveUp({ owner, expr, source, cfg }: BodyInput): BodyReference {
  const callee = { k: 'unresolved', why: 'limit' } as const
  return { source, at: expr.at, name: owner.name, owner: -1, found: 'path', callee, cfg, literals: [] }
}

/** Declares the parameters; the type that the body must have. */
function enter(cx: BodyContext, owner: BodyOwner): Ty {
  switch (owner.kind) {
    case 'fn': {
      const sig = signatureOf(cx.tcx, owner)
      const params = sig.params.map((ty) => normalize(cx, ty))
      if (owner.ast.self) declareSelf(cx, owner.ast.self, params[0] ?? UNKNOWN)
      const shift = owner.ast.self ? 1 : 0
      const { source } = cx
      cx.source = owner.source
      // Targets may differ in what there is.
      for (const param of owner.ast.params) cx.holds(param.cfg)
      const written = partsInView(cx.crate, owner.ast.params)
      cx.notes.params = [...cx.notes.params, ...written.map(({ pat }) => pat)]
      for (const [i, param] of written.entries()) {
        const ty = params[i + shift] ?? UNKNOWN
        // Whatever the pattern takes of it, the rest is dropped here.
        owns(cx, ty, param.pat.at)
        checkPattern(cx, param.pat, ty)
        if (carriesValue(cx, ty)) bindValue(cx, param.pat, { k: 'param', index: i + shift })
      }
      cx.source = source
      const ret = normalize(cx, sig.ret)
      // Inside, an `impl Trait` result is the type that the body has: only its bounds are known outside.
      const inner = owner.ast.async && ret.k === 'future' ? ret.output : ret
      return openOpaques(cx, inner)
    }
    case 'const':
    case 'static':
      return normalize(cx, valueTy(cx.tcx, owner))
    default:
      return USIZE
  }
}

function declareSelf(cx: BodyContext, { at, mut: isMutable }: SelfParam, ty: Ty): void {
  const pat: Pat = { k: 'bind', name: 'self', ref: false, mut: isMutable, at, end: at }
  cx.notes.params = [pat]
  cx.localOfPat.set(pat, declareLocal(cx, 'self', at, ty))
  if (carriesValue(cx, ty)) bindValue(cx, pat, { k: 'param', index: 0 })
}

/** A result of `impl Trait` becomes a variable that must meet the bounds. */
function openOpaques(cx: BodyContext, ty: Ty): Ty {
  if (ty.k === 'opaque') {
    const v = freshVar(cx.table)
    for (const ref of opaqueBoundsOf(cx.tcx, ty.owner, ty.index).traits) {
      cx.pending.push({ k: 'trait', ref: { trait: ref.trait, args: [v, ...ref.args.slice(1)] }, depth: 0 })
    }
    for (const projection of opaqueBoundsOf(cx.tcx, ty.owner, ty.index).projections) {
      const { trait, assoc } = projection
      cx.pending.push({
        k: 'projection',
        proj: projTy(trait.trait, assoc, [v, ...trait.args.slice(1)]),
        ty: normalize(cx, projection.ty),
        depth: 0,
      })
    }
    return v
  }
  return mapTy(ty, (part) => openOpaques(cx, part))
}

/** Runs what is open, gives numbers their default types, and runs it once more. */
function settle(cx: BodyContext): void {
  solvePending(cx)
  for (let id = 0; id < cx.table.bound.length; id++) {
    if (cx.table.bound[id]) continue
    const kind = cx.table.kinds[id]
    if (kind === 'int') unify(cx.table, { k: 'var', id, flags: HAS_VAR }, I32)
    else if (kind === 'float') unify(cx.table, { k: 'var', id, flags: HAS_VAR }, F64)
  }
  solvePending(cx)
  for (const say of cx.late.splice(0)) say()
}
