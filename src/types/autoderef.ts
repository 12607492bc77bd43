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
  /** Reached through a raw pointer: only to collect candidates. */
  readonly throughRaw: boolean
}

/** What `*ty` is; undefined when it cannot be dereferenced or is not known yet. */
export function derefOnce(inf: Inference, ty: Ty): DerefStep | undefined {
  const t = shallow(inf.table, ty)
  if (t.k === 'ref') return { ty: shallow(inf.table, t.ty), overloaded: false, throughRaw: false }
  if (t.k === 'ptr') return { ty: shallow(inf.table, t.ty), overloaded: false, throughRaw: true }
  if (t.k === 'adt' && t.def === langAdt(inf.tcx, 'owned_box'))
    return { ty: shallow(inf.table, t.args[0] ?? UNKNOWN), overloaded: false, throughRaw: false }
  if (t.k !== 'adt' && t.k !== 'param' && t.k !== 'opaque' && t.k !== 'proj') return undefined
  const trait = langTrait(inf.tcx, 'deref')
  const target = trait?.items.find((item) => item.kind === 'alias' && item.name === 'Target')
  if (!trait || target?.kind !== 'alias') return undefined
  if (t.k === 'adt' && candidateImpls(inf.tcx, trait, t).length === 0) return undefined
  const proj = projTy(trait, target, [t])
  const value = project(inf, proj)
  if (!value) return undefined
  const result = shallow(inf.table, normalize(inf, value))
  // A rigid `<T as Deref>::Target` is only meant where T is bound by Deref.
  if (result.k === 'unknown') return undefined
  if (result.k === 'proj' && result.assoc === target && !boundByDeref(inf, result.args[0] ?? t, trait)) return undefined
  return { ty: result, overloaded: true, throughRaw: false }
}

function boundByDeref(inf: Inference, ty: Ty, trait: unknown): boolean {
  return inf.env.traits.some((ref) => ref.trait === trait && ref.args[0] !== undefined && sameTy(ref.args[0], ty))
}

/** The type itself and what it dereferences to, nearest first. */
export function autoderef(inf: Inference, ty: Ty): DerefStep[] {
  const steps: DerefStep[] = [{ ty: shallow(inf.table, ty), overloaded: false, throughRaw: false }]
  let raw = false
  while (steps.length < AUTODEREF_LIMIT) {
    const next = derefOnce(inf, checked(steps[steps.length - 1]).ty)
    if (!next || steps.some((step) => sameTy(step.ty, next.ty))) return steps
    raw ||= next.throughRaw
    steps.push({ ...next, throughRaw: raw })
  }
  reachLimit(inf.tcx, `a value is dereferenced more than ${AUTODEREF_LIMIT} times`)
  return steps
}
