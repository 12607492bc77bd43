/**
 * What the shares of earlier targets say of bodies: what was inferred for one holds for each target for which all that it met
 * on the way is the same. It holds keys alone, so it may come from shares that were made in another thread.
 */

import type { Question } from '../names/index.js'
import { ALL_GROUPS } from './alike-targets.js'
import { conditionKey } from './condition-key.js'
import type { CrateShare, FunctionKey, GroupSet, ShareFunction } from './crate-share.js'

/** A body that was inferred: its function, for which group, in which unit, for which groups that holds, its condition, what it asked. */
export type EarlierBody = readonly [
  key: FunctionKey,
  group: number,
  unit: number,
  holdsFor: GroupSet,
  condition: string,
  asked: readonly Question[],
]

/** The bodies of a share that were inferred for the group; `unit` is the position of the share's unit. */
export function bodiesIn({ functions }: CrateShare, group: number, unit: number): readonly EarlierBody[] {
  return functions.flatMap(({ key, inferred, holdsFor, cfg, asked = [] }) =>
    inferred ? [[key, group, unit, holdsFor, conditionKey(cfg), asked] as const] : [],
  )
}

export class EarlierBodies {
  readonly #known = new Map<FunctionKey, EarlierBody[]>()

  /** Takes in the bodies of a unit. */
  note(bodies: readonly EarlierBody[]): void {
    for (const body of bodies) {
      const known = this.#known.get(body[0])
      if (known) known.push(body)
      else this.#known.set(body[0], [body])
    }
  }

  /**
   * The first group whose inference of the function's body holds for `group` as well; `alike`: the groups for which the names
   * that the body sees are the same as they are for this one. Units behind `unit` do not count, though they may be known
   * already: which are depends on who was faster.
   * `answers`: the groups that share those answers which not all do.
   */
  groupOf(
    { key, cfg }: Pick<ShareFunction, 'key' | 'cfg'>,
    group: number,
    unit: number,
    alike: () => GroupSet,
    answers: ReadonlyMap<Question, GroupSet>,
  ): number | undefined {
    const known = this.#known.get(key)
    if (!known) return undefined
    const has = (set: GroupSet, one: number): boolean => (set & (1 << one)) !== 0
    const condition = conditionKey(cfg)
    let first: number | undefined
    for (const [, other, at, holdsFor, under, asked] of known) {
      if (at > unit || (first !== undefined && first <= other)) continue
      if (under !== condition || !has(holdsFor, group) || !has(alike(), other)) continue
      if (asked.every((question) => has(answers.get(question) ?? ALL_GROUPS, other))) first = other
    }
    return first
  }
}
