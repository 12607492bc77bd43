/**
 * Which of the targets looked at a condition does not tell apart: those for which the same is left of it when what the target
 * says is put in. What no target says (features, options of build scripts) stays in it, so `all(feature = "x", windows)` tells
 * Windows from the others whether the feature is on or not.
 */
import { type CfgExpr, printCfg, simplifyCfg } from '../base/index.js'
import type { GroupSet } from './crate-share.js'
import type { TargetGroups } from './link/target-conditions.js'

export const ALL_GROUPS: GroupSet = -1

/** As many as there are bits; of more than these each is alike to none where a condition differs. */
const MOST_GROUPS = 31

/** The groups for which a condition comes to what it comes to for the group `here`. */
export type AlikeGroups = (cfg: CfgExpr, here: number) => GroupSet

export function alikeAmong(groups: TargetGroups): AlikeGroups {
  const targets = groups.flatMap(([target]) => target ?? [])
  const keyOf = (name: string, value: string | undefined): string => (value === undefined ? name : `${name}=${value}`)
  const sets = targets.map(({ cfg }) => new Set(cfg.map(({ name, value }) => keyOf(name, value))))
  const names = new Set(['unix', 'windows', ...targets.flatMap(({ cfg }) => cfg.map(({ name }) => name))])
  const answers = (cfg: CfgExpr): readonly GroupSet[] => {
    const left = sets.map((set) =>
      printCfg(simplifyCfg(cfg, (name, value) => (names.has(name) ? set.has(keyOf(name, value)) : undefined))),
    )
    if (left.every((text) => text === left[0])) return left.map(() => ALL_GROUPS)
    if (left.length > MOST_GROUPS) return left.map(() => 0)
    return left.map((text) => left.reduce((bits, other, i) => (other === text ? bits | (1 << i) : bits), 0))
  }
  const known = new WeakMap<CfgExpr, readonly GroupSet[]>()
  return (cfg, here) => {
    if (cfg.k === 'true') return ALL_GROUPS
    let found = known.get(cfg)
    if (!found) known.set(cfg, (found = answers(cfg)))
    return found[here] ?? ALL_GROUPS
  }
}
