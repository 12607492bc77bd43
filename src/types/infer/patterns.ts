/** Patterns: what they bind, with default binding modes ("match ergonomics"; The Rust Reference, "Binding modes"). */
import type { Pat } from '../../syntax/index.js'
import { constructorSig } from '../callable.js'
import { langAdt } from '../context.js'
import { normalize } from '../normalize.js'
import { fieldTy, shownFields } from '../signature.js'
import { unify } from '../table.js'
import { adtTy, refTy, sliceTy, subst, type Ty, tupleTy, UNKNOWN } from '../ty.js'
import { type BodyContext, declareLocal, fact, fresh } from './body-context.js'
import { coerce, structurally } from './coerce.js'
import { inferExpr } from './expressions.js'
import { writeField } from './field-writes.js'
import { expandPattern } from './macros.js'
import { borrowsMutably } from './mutable-places.js'
import { isOtherSide } from './other-sides.js'
import { resolveAdt } from './path-adts.js'
import { type PathValue, resolveValue } from './path-values.js'
import { notePath } from './paths.js'

/** How a binding takes its value: moved, or by reference because a reference was looked through. */
type BindingMode = 'move' | 'ref' | 'ref mut'

/** Fits a pattern to the type of what it matches, and declares its bindings. */
export function checkPattern(cx: BodyContext, pat: Pat, ty: Ty, mode: BindingMode = 'move'): void {
  switch (pat.k) {
    case 'wild':
    case 'rest':
    case 'never':
    case 'error':
      return
    case 'bind':
      return bindName(cx, pat, ty, mode)
    case 'or':
      for (const part of pat.pats) checkPattern(cx, part, ty, mode)
      return
    case 'macro': {
      expandPattern(cx, pat.call, (inner) => checkPattern(cx, inner, ty, mode))
      return
    }
    case 'ref': {
      const known = structurally(cx, ty)
      if (known.k === 'ref') return checkPattern(cx, pat.pat, known.ty)
      const inner = fresh(cx)
      // Under a default binding mode `&x` takes that reference off (edition 2024 aside).
      if (mode === 'move') unify(cx.table, refTy(inner, pat.mut), known)
      else return checkPattern(cx, pat.pat, known)
      return checkPattern(cx, pat.pat, inner)
    }
    case 'box': {
      const box = langAdt(cx.tcx, 'owned_box')
      const known = structurally(cx, ty)
      return checkPattern(
        cx,
        pat.pat,
        known.k === 'adt' && known.def === box ? (known.args[0] ?? UNKNOWN) : UNKNOWN,
        mode,
      )
    }
    case 'expr': {
      const literal = pat.expr.k === 'lit' && (pat.expr.lit.k === 'str' || pat.expr.lit.k === 'bytes')
      const target = literal ? ty : peel(cx, ty, mode).ty
      const own = inferExpr(cx, pat.expr, target)
      if (literal) {
        const known = structurally(cx, ty)
        if (known.k === 'var') unify(cx.table, own, known)
      } else coerce(cx, own, target)
      return
    }
    case 'range': {
      const target = peel(cx, ty, mode).ty
      for (const end of [pat.from, pat.to]) if (end) coerce(cx, inferExpr(cx, end, target), target)
      return
    }
    default:
      return checkStructured(cx, pat, ty, mode)
  }
}

function bindName(cx: BodyContext, pat: Pat & { k: 'bind' }, ty: Ty, mode: BindingMode): void {
  cx.localOfPat.delete(pat)
  if (!pat.sub && !pat.ref && !pat.mut && /^[A-Z_]/.test(pat.name)) {
    // An upper-case name may be a unit struct, variant or const; a lower-case one that is would be refused by no one, but is never written.
    const path = { at: pat.at, end: pat.end, global: false, segments: [{ name: pat.name, at: pat.at }] }
    const value = resolveValue(cx, path, true)
    if (value.k === 'constructor') {
      unify(
        cx.table,
        adtTy(value.def.kind === 'variant' ? value.def.enum : value.def, value.args),
        peel(cx, ty, mode).ty,
      )
      return
    }
    if (value.k === 'const') {
      unify(cx.table, value.ty, peel(cx, ty, mode).ty)
      return
    }
  }
  const own = pat.ref ? refTy(ty, pat.mut) : mode === 'move' ? ty : refTy(ty, mode === 'ref mut')
  cx.localOfPat.set(pat, declareLocal(cx, pat.name, pat.at, own))
  if (pat.sub) checkPattern(cx, pat.sub, ty, mode)
}

/** Looks through references, as every pattern that is neither a reference nor a binding does. */
function peel(cx: BodyContext, ty: Ty, mode: BindingMode): { readonly ty: Ty; readonly mode: BindingMode } {
  let current = structurally(cx, ty)
  let binding = mode
  while (current.k === 'ref') {
    binding = binding === 'ref' || !current.mut ? 'ref' : 'ref mut'
    current = structurally(cx, current.ty)
  }
  return { ty: current, mode: binding }
}

function checkStructured(cx: BodyContext, pat: Pat, whole: Ty, outer: BindingMode): void {
  const { ty, mode } = peel(cx, whole, outer)
  switch (pat.k) {
    case 'path': {
      const value = resolveValue(cx, pat.path)
      notePath(cx, pat.path, value.k !== 'unknown')
      if (value.k === 'constructor') unify(cx.table, constructedTy(value), ty)
      else if (value.k === 'const') unify(cx.table, value.ty, ty)
      return
    }
    case 'tuple struct': {
      const value = resolveValue(cx, pat.path)
      const found = value.k === 'constructor' ? { def: value.def, ty: constructedTy(value) } : resolveAdt(cx, pat.path)
      notePath(cx, pat.path, found !== undefined)
      if (!found) {
        for (const part of pat.pats) checkPattern(cx, part, UNKNOWN)
        return
      }
      if (isOtherSide(cx, found.def)) cx.otherSides.add(pat)
      for (const [i, part] of pat.pats.entries())
        if (mode === 'ref mut' || borrowsMutably(part)) writeField(cx, found.def, String(i), undefined)
      unify(cx.table, found.ty, ty)
      const args = found.ty.k === 'adt' ? found.ty.args : []
      checkList(cx, pat.pats, constructorSig(cx, found.def, args).params, mode)
      return
    }
    case 'struct':
      return checkFields(cx, pat, ty, mode)
    case 'tuple': {
      const at = pat.pats.findIndex((part) => part.k === 'rest')
      if (ty.k === 'tuple') return checkList(cx, pat.pats, ty.tys, mode)
      const parts = pat.pats.filter((part) => part.k !== 'rest').map(() => fresh(cx))
      if (at < 0) unify(cx.table, tupleTy(parts), ty)
      return checkList(cx, pat.pats, parts, mode)
    }
    case 'slice': {
      const element = ty.k === 'slice' || ty.k === 'array' ? ty.ty : fresh(cx)
      if (ty.k === 'var') unify(cx.table, sliceTy(element), ty)
      for (const part of pat.pats) {
        const isRest = part.k === 'bind' && part.sub?.k === 'rest'
        checkPattern(cx, part, isRest ? (ty.k === 'array' ? ty : sliceTy(element)) : element, mode)
      }
      return
    }
  }
}

function checkFields(cx: BodyContext, pat: Pat & { k: 'struct' }, ty: Ty, mode: BindingMode): void {
  const found = resolveAdt(cx, pat.path)
  notePath(cx, pat.path, found !== undefined)
  if (found) unify(cx.table, found.ty, ty)
  if (found?.def.kind === 'union' && pat.fields.length > 0) fact(cx, 'union field', found.def.name, pat.at)
  for (const field of pat.fields) {
    if (!cx.holds(field.cfg)) continue
    const declared = found && shownFields(found.def).find((candidate) => candidate.name === field.name)
    const args = found?.ty.k === 'adt' ? found.ty.args : []
    if (found && (mode === 'ref mut' || borrowsMutably(field.pat))) writeField(cx, found.def, field.name, undefined)
    const own = found && declared ? normalize(cx, subst(fieldTy(cx.tcx, found.def, declared), args)) : UNKNOWN
    checkPattern(cx, field.pat, own, mode)
  }
}

const constructedTy = ({ def, args }: PathValue & { k: 'constructor' }): Ty =>
  adtTy(def.kind === 'variant' ? def.enum : def, args)

/** Positional parts; `..` stands for as many as are missing. */
function checkList(cx: BodyContext, pats: readonly Pat[], tys: readonly Ty[], mode: BindingMode): void {
  const rest = pats.findIndex((part) => part.k === 'rest')
  for (const [i, part] of pats.entries()) {
    const index = rest >= 0 && i > rest ? tys.length - (pats.length - i) : i
    checkPattern(cx, part, tys[index] ?? UNKNOWN, mode)
  }
}
