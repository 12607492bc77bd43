/**
 * Symbolic values in the words of the finished graph: calls by numbers, functions by theirs. A call that several targets have
 * is one call, with what the first of them says of its arguments.
 */
import type { FunctionKey } from '../crate-share.js'
import { renamed, type SymbolicValue } from '../symbolic-values.js'
import type { LinkState, OpenUse } from './link-state.js'

export class LinkedValues {
  readonly #numbers = new Map<OpenUse, number>()

  constructor(
    private readonly state: LinkState,
    private readonly functionOf: (key: FunctionKey) => number | undefined,
  ) {}

  /** In the order in which they are asked for, which is that of the shares. */
  numberOf(use: OpenUse): number {
    const first = this.state.sameUse.get(use) ?? use
    let number = this.#numbers.get(first)
    if (number === undefined) this.#numbers.set(first, (number = this.#numbers.size))
    return number
  }

  of(value: SymbolicValue<FunctionKey>, calls: readonly (OpenUse | undefined)[]): SymbolicValue | null {
    return renamed(
      value,
      (call) => {
        const use = calls[call]
        return use && this.numberOf(use)
      },
      this.functionOf,
    )
  }
}
