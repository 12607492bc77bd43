/**
 * Places that are written to or borrowed mutably: on the way to them `Deref` and `Index` become `DerefMut` and `IndexMut`
 * (The Rust Reference, "Overloading deref", "Array and slice indexing expressions"). As in rustc this is known only when the whole
 * place was looked at, so what was recorded for its parts is corrected afterwards.
 */
import { checked } from '../../base/index.js'
import type { FnDef, TraitDef } from '../../names/index.js'
import type { Expr, Pat } from '../../syntax/index.js'
import { langTrait } from '../context.js'
import { evaluate } from '../solve.js'
import { probe } from '../table.js'
import type { BodyContext, PendingReference } from './body-context.js'

/** By the lang name of the shared trait: that of its mutable one. */
const MUTABLE = [
  ['deref', 'deref_mut'],
  ['index', 'index_mut'],
] as const

/** `since`: how many references there were before the place was inferred. `ends`: further offsets of its dereferences. */
export function makeMutable(cx: BodyContext, place: Expr, since: number, ends: readonly number[] = []): void {
  if (cx.references.length === since) return
  const offsets = new Set([...ends, ...offsetsOf(place)])
  for (let i = since; i < cx.references.length; i++) {
    const ref = checked(cx.references[i])
    if (ref.source !== cx.source || ref.owner !== cx.owner || !offsets.has(ref.at)) continue
    if (ref.found !== 'implicit' && ref.found !== 'operator') continue
    const fn = mutableOf(cx, ref)
    if (fn && ref.callee.k === 'fn') {
      const name = ref.found === 'operator' ? fn.name : ref.name
      cx.references[i] = { ...ref, name, callee: { ...ref.callee, fn } }
    }
  }
}

/** Whether a pattern borrows a part of what it matches mutably, in so many words: what it matches is then such a place. */
export function borrowsMutably(pat: Pat): boolean {
  switch (pat.k) {
    case 'bind':
      return (pat.ref && pat.mut) || (pat.sub !== undefined && borrowsMutably(pat.sub))
    case 'tuple struct':
    case 'tuple':
    case 'slice':
    case 'or':
      return pat.pats.some(borrowsMutably)
    case 'struct':
      return pat.fields.some((field) => borrowsMutably(field.pat))
    case 'box':
    case 'ref':
      return borrowsMutably(pat.pat)
    // What a macro makes is not looked into here: it may.
    default:
      return pat.k === 'macro'
  }
}

/** Where a place expression's own dereferences and index operators were recorded; what it starts from is a value. */
function offsetsOf(place: Expr): readonly number[] {
  const out: number[] = []
  for (let at = place; ; ) {
    if (at.k === 'field') {
      out.push(at.nameAt - 1)
      at = at.base
    } else if (at.k === 'index') {
      out.push(at.index.at, Math.max(0, at.index.at - 1))
      at = at.base
    } else if (at.k === 'unary' && at.op === '*') {
      out.push(at.at)
      at = at.expr
    } else return out
  }
}

/** The mutable counterpart, where the type has it: a place behind a raw pointer may be reached through a shared one. */
function mutableOf(cx: BodyContext, { callee }: PendingReference): FnDef | undefined {
  if (callee.k !== 'fn') return undefined
  for (const [shared, mutable] of MUTABLE) {
    if (callee.fn.container !== langTrait(cx.tcx, shared)) continue
    const trait: TraitDef | undefined = langTrait(cx.tcx, mutable)
    const fn = trait?.items.find((item) => item.kind === 'fn')
    if (!trait || fn?.kind !== 'fn') return undefined
    return probe(cx.table, () => evaluate(cx, { trait, args: callee.args })) === 'no' ? undefined : fn
  }
  return undefined
}
