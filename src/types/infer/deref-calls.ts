/** Calls of a type’s own `Deref`, which nobody wrote. */
import type { DerefStep } from '../autoderef.js'
import { langTrait } from '../context.js'
import { type BodyContext, reference } from './body-context.js'

/** Whether what stands at the end of the steps is what their first one is: nobody's own `Deref` is among them but std's. */
export function looksThrough(steps: readonly Pick<DerefStep, 'ty' | 'overloaded'>[]): boolean {
  return steps.every(({ overloaded }, i) => {
    const pointer = steps[i - 1]?.ty
    return !overloaded || (pointer?.k === 'adt' && pointer.def.crate.unit === undefined)
  })
}

/** Records each call of a type's own `Deref` (or, for a place that is written to, `DerefMut`) on the way from the first step to the last. */
export function derefCalls(
  cx: BodyContext,
  steps: readonly Pick<DerefStep, 'ty' | 'overloaded'>[],
  at: number,
  mutable = false,
): void {
  const fn = langTrait(cx.tcx, mutable ? 'deref_mut' : 'deref')?.items.find((item) => item.kind === 'fn')
  if (fn?.kind !== 'fn') return
  for (const [i, step] of steps.entries()) {
    const pointer = steps[i - 1]
    if (step.overloaded && pointer) reference(cx, at, '*', 'implicit', { k: 'fn', fn, args: [pointer.ty] })
  }
}
