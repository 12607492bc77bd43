/**
 * Limits of this room that say "unknown" where there may be more. Each place that stops at one says so here, and whoever
 * infers a body tells of all that were reached on the way, at the body's place: no limit means "no".
 *
 * What stops in doubt on the side of more (a verdict that is `maybe`, a type that is taken to hold a function) is no loss.
 */
import type { TypeContext } from './context.js'

/** Notes that a limit was reached; `what` is for the reader of the coverage. */
export function reachLimit(tcx: TypeContext, what: string): void {
  tcx.reached.add(what)
}

/** What was reached since it was asked last, in a stable order. */
export function takeReached(tcx: TypeContext): readonly string[] {
  if (tcx.reached.size === 0) return NOTHING
  const found = [...tcx.reached].sort()
  tcx.reached.clear()
  return found
}

const NOTHING: readonly string[] = []
