/** What an operation of the maps is to the machine. */
import type { Value } from './machine-values.js'

export interface Machine {
  /** Calls a closure or function. */
  readonly apply: (fn: Value, args: readonly Value[]) => Value
  /** One step; throws where there were too many. */
  readonly tick: () => void
}

/** `type`: the integer type or `char` whose function it is. Undefined where it cannot be worked out. */
export type Operation = (machine: Machine, args: readonly Value[], call: { readonly type: string }) => Value | undefined
