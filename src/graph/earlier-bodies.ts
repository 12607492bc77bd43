/**
 * What the shares of the first target say of bodies: one that was inferred and met nothing that depends on the target is
 * the same for all of them. It holds keys alone, so it may come from shares that were made in another thread.
 */
import type { CrateShare, FunctionKey } from './crate-share.js'

/** A body, and whether it depends on the target. */
export type EarlierBody = readonly [FunctionKey, boolean]

/** The bodies of a share. */
export function bodiesIn(share: CrateShare): readonly EarlierBody[] {
  return share.functions.map(({ key, targetDependent }) => [key, targetDependent] as const)
}

export class EarlierBodies {
  readonly #dependent = new Map<FunctionKey, boolean>()

  /** Takes in the bodies of a unit. */
  note(bodies: readonly EarlierBody[]): void {
    for (const [key, depends] of bodies) if (depends || !this.#dependent.has(key)) this.#dependent.set(key, depends)
  }

  has(key: FunctionKey): boolean {
    return this.#dependent.has(key)
  }

  isDependent(key: FunctionKey): boolean {
    return this.#dependent.get(key) ?? false
  }
}
