/** Closures among the values of a call: who is handed one may call it, and change what it holds. */
import type { BodyValue, CallValues, ClosureValue } from '../body-values.js'

/** A closure that a variable holds and that a call is given. */
export function noteHandedClosures(call: CallValues): void {
  for (const arg of call.args)
    for (const closure of closuresIn(arg)) closure.given.push([0, 1].map((index) => ({ k: 'handed', by: call, index })))
}

/** The closure goes where its calls are not seen: into a field, a result, another variable. */
export function loseClosures(value: BodyValue | undefined): void {
  for (const closure of closuresIn(value)) closure.given.push([])
}

/** The closures that a variable may be. */
export function closuresIn(value: BodyValue | undefined, seen = new Set<BodyValue>()): readonly ClosureValue[] {
  if (!value || seen.has(value)) return []
  seen.add(value)
  if (value.k === 'closure') return [value]
  if (value.k === 'any') return value.of.flatMap((part) => closuresIn(part, seen))
  if (value.k === 'partly') return closuresIn(value.of, seen)
  return value.k === 'changed' ? closuresIn(value.of, seen) : []
}
