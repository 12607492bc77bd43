/**
 * Which items are part of the Program, and in which order they are collected: those of other builds of the target
 * alone (a release, another processor) come last, so that a name means what it means in a plain one, and nothing goes unseen.
 */
import type { Item } from '../syntax/ast.js'
import type { CrateCfg } from './crate-cfg.js'

export function activeItems<T extends Item>(cfg: CrateCfg, items: readonly T[]): readonly T[] {
  const always = items.filter((item) => cfg.holds(item.cfg))
  if (always.length === items.length) return items
  return [...always, ...items.filter((item) => !cfg.holds(item.cfg) && cfg.mayHold(item.cfg))]
}
