/**
 * What the shares of earlier targets say of bodies: what was inferred for one holds for each target for which all that it met
 * on the way is the same. It holds keys alone, so it may come from shares that were made in another thread.
 */

import { conditionKey } from './condition-key.js'
import type { CrateShare, FunctionKey, GroupSet, ShareFunction } from './crate-share.js'

/** A body that was inferred: its function, for which group, for which groups that holds, and under which condition it stands. */
export type EarlierBody = readonly [key: FunctionKey, group: number, holdsFor: GroupSet, condition: string]

/** The bodies of a share that were inferred for the group. */
export function bodiesIn({ functions }: CrateShare, group: number): readonly EarlierBody[] {
  return functions.flatMap(({ key, inferred, holdsFor, cfg }) =>
    inferred ? [[key, group, holdsFor, conditionKey(cfg)] as const] : [],
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
   * The group whose inference of the function's body holds for `group` as well; `alike`: the groups for which the names that
   * the body sees are the same as they are for this one.
   */
  groupOf({ key, cfg }: Pick<ShareFunction, 'key' | 'cfg'>, group: number, alike: () => GroupSet): number | undefined {
    const has = (set: GroupSet, one: number): boolean => (set & (1 << one)) !== 0
    const condition = conditionKey(cfg)
    return this.#known
      .get(key)
      ?.find(([, other, holdsFor, under]) => under === condition && has(holdsFor, group) && has(alike(), other))?.[1]
  }
}
