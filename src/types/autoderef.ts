/** The chain of types that `*` leads through: built-in references first, then `Deref::Target` (The Rust Reference, "Method-call expressions"). */
import { checked } from '../base/index.js'
import { langAdt, langTrait } from './context.js'
import { candidateImpls } from './impl-index.js'
import type { Inference } from './inference.js'
import { reachLimit } from './limits.js'
import { normalize, project } from './normalize.js'
import { sameTy } from './same-ty.js'
import { shallow } from './table.js'
import { projTy, type Ty, UNKNOWN } from './ty.js'

/** Dereferences of one value, as rustc's default recursion limit; real chains are below 6. */
const AUTODEREF_LIMIT = 128

export interface DerefStep {
  readonly ty: Ty
  /** Reached through a `Deref` impl, not a built-in dereference. */
  readonly overloaded: boolean
  /** Reached through a raw pointer or a `Receiver` that is no `Deref`: only to collect candidates. */
  readonly throughRaw: boolean
}

/** What `*ty` is; undefined when it cannot be dereferenced or is not known yet. */
export function derefOnce(inf: Inference, ty: Ty): DerefStep | undefined {
  const t = shallow(inf.table, ty)
  if (t.k === 'ref') return { ty: shallow(inf.table, t.ty), overloaded: false, throughRaw: false }
  if (t.k === 'ptr') return { ty: shallow(inf.table, t.ty), overloaded: false, throughRaw: true }
  if (t.k === 'adt' && t.def === langAdt(inf.tcx, 'owned_box'))
    return { ty: shallow(inf.table, t.args[0] ?? UNKNOWN), overloaded: false, throughRaw: false }
  const target = targetBy(inf, t, 'deref')
  return target && { ty: target, overloaded: true, throughRaw: false }
}

/** What a receiver of the type may belong to, though it cannot be dereferenced (`Receiver::Target`, arbitrary self types). */
function receiverOnce(inf: Inference, ty: Ty): DerefStep | undefined {
  const target = ty.k === 'adt' ? targetBy(inf, ty, 'receiver') : undefined
  return target && { ty: target, overloaded: false, throughRaw: true }
}

/** `<ty as Deref>::Target`, or that of another lang item. */
function targetBy(inf: Inference, t: Ty, lang: string): Ty | undefined {
  if (t.k !== 'adt' && t.k !== 'param' && t.k !== 'opaque' && t.k !== 'proj') return undefined
  const trait = langTrait(inf.tcx, lang)
  const target = trait?.items.find((item) => item.kind === 'alias' && item.name === 'Target')
  if (!trait || target?.kind !== 'alias') return undefined
  if (t.k === 'adt' && candidateImpls(inf.tcx, trait, t).length === 0) return undefined
  const value = project(inf, projTy(trait, target, [t]))
  if (!value) return undefined
  const result = shallow(inf.table, normalize(inf, value))
  // A rigid `<T as Deref>::Target` is only meant where T is bound by Deref.
  if (result.k === 'unknown') return undefined
  if (result.k === 'proj' && result.assoc === target && !boundByDeref(inf, result.args[0] ?? t, trait)) return undefined
  return result
}

function boundByDeref(inf: Inference, ty: Ty, trait: unknown): boolean {
  return inf.env.traits.some((ref) => ref.trait === trait && ref.args[0] !== undefined && sameTy(ref.args[0], ty))
}

/** What a method's receiver may be taken for: as `autoderef`, and where that ends, by way of `Receiver`. */
export const receiverTypes = (inf: Inference, ty: Ty): DerefStep[] => autoderef(inf, ty, receiverOnce)

/** The type itself and what it dereferences to, nearest first; where that ends, what `beyond` has. */
export function autoderef(
  inf: Inference,
  ty: Ty,
  beyond: (inf: Inference, ty: Ty) => DerefStep | undefined = () => undefined,
): DerefStep[] {
  const steps: DerefStep[] = [{ ty: shallow(inf.table, ty), overloaded: false, throughRaw: false }]
  let raw = false
  while (steps.length < AUTODEREF_LIMIT) {
    const { ty: from } = checked(steps[steps.length - 1])
    const next = derefOnce(inf, from) ?? beyond(inf, from)
    if (!next || steps.some((step) => sameTy(step.ty, next.ty))) return steps
    raw ||= next.throughRaw
    steps.push({ ...next, throughRaw: raw })
  }
  reachLimit(inf.tcx, `a value is dereferenced more than ${AUTODEREF_LIMIT} times`)
  return steps
}
