/** Which items are part of the Program: those of every build for the target, a release or another processor among them. */
import type { Item } from '../syntax/index.js'
import type { CrateCfg } from './crate-cfg.js'

export function activeItems<T extends Item>(cfg: CrateCfg, items: readonly T[]): readonly T[] {
  return items.every((item) => cfg.mayHold(item.cfg)) ? items : items.filter((item) => cfg.mayHold(item.cfg))
}
