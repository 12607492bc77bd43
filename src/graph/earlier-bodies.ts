/**
 * What the shares of earlier targets say of bodies: one that was inferred and met nothing that depends on the target is
 * the same for all of them. It holds keys alone, so it may come from shares that were read from somewhere.
 */
import type { CrateShare, FunctionKey } from './crate-share.js'

export class EarlierBodies {
  /** Whether a body depends on the target. */
  readonly #dependent = new Map<FunctionKey, boolean>()

  /** Takes in the share of a unit for a target that is done. */
  note(share: CrateShare): void {
    for (const { key, targetDependent } of share.functions)
      if (targetDependent || !this.#dependent.has(key)) this.#dependent.set(key, targetDependent)
  }

  has(key: FunctionKey): boolean {
    return this.#dependent.has(key)
  }

  isDependent(key: FunctionKey): boolean {
    return this.#dependent.get(key) ?? false
  }
}
