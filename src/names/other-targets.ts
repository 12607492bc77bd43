/**
 * On which other targets an answer is the same: those for which each condition comes to the same that was met on the way, of
 * a binding, a definition, a field or a statement. What is the same on all of them depends on no target.
 *
 * What this deliberately does not see: what only another target has, where this one has nothing of the name. Code that
 * means it stands under a condition itself, or finds something else here under a condition.
 */
import type { CfgExpr } from '../base/index.js'

/** A bit for each of the targets looked at, in their order. */
export type TargetSet = number

export const ALL_TARGETS: TargetSet = -1

export interface OtherTargets {
  /** The targets for which a condition comes to what it comes to here; absent where there is but one. */
  alike?: (cfg: CfgExpr) => TargetSet
  /** The targets for which all is the same that was asked since this was last put to `ALL_TARGETS`. */
  same: TargetSet
}

export const newOtherTargets = (): OtherTargets => ({ same: ALL_TARGETS })

/** Something was found, or is not there, under the condition. */
export function noteCondition(others: OtherTargets, cfg: CfgExpr | undefined): void {
  if (cfg !== undefined && cfg.k !== 'true' && others.alike) others.same &= others.alike(cfg)
}
