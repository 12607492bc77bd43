/**
 * How much trait selection one body, and all of a crate's together, may cost. Bounds can be written that multiply with each
 * level, and macros write thousands of impls: an analysis must end all the same. What was given up is told by whoever
 * asks `isSpent` at the end of a body.
 */
import type { Crate } from '../names/index.js'

export interface Effort {
  /** What is left to try: an impl costs one, and one more for each of its parameters. */
  left: number
}

/** Measured: the costliest body of ordinary crates needs 140,000. */
export const EFFORT_PER_BODY = 250_000
/** About a minute of one core. */
export const EFFORT_PER_CRATE = 20_000_000
/** For each body of a crate that has used its share up. */
const EFFORT_AFTERWARDS = 2000

const spent = new WeakMap<Crate, number>()

/** For a body of the crate; hand it to `endEffort` when the body is done. */
export function newEffort(crate: Crate): Effort {
  return { left: (spent.get(crate) ?? 0) < EFFORT_PER_CRATE ? EFFORT_PER_BODY : EFFORT_AFTERWARDS }
}

export function endEffort(crate: Crate, effort: Effort): void {
  spent.set(crate, (spent.get(crate) ?? 0) + EFFORT_PER_BODY - effort.left)
}

export const isSpent = (effort: Effort): boolean => effort.left <= 0
