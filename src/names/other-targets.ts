/**
 * Whether an answer depends on the target: it went through a binding, a definition or a field that some of the targets
 * looked at have and others have not, or have otherwise. A body whose answers do not is the same for all of them.
 *
 * What this deliberately does not see: what only another target has, where this one has nothing of the name. Code that
 * means it stands under a condition itself, or finds something else here under a condition.
 */
import type { CfgExpr } from '../base/index.js'

export interface OtherTargets {
  /** Whether a condition holds on some of the targets looked at and not on others; absent where there is but one. */
  differs?: (cfg: CfgExpr) => boolean
  /** Something that was asked since this was last put to false depends on the target. */
  met: boolean
}

export const newOtherTargets = (): OtherTargets => ({ met: false })

/** Something was found that exists under the condition. */
export function noteCondition(others: OtherTargets, cfg: CfgExpr | undefined): void {
  if (cfg !== undefined && cfg.k !== 'true' && !others.met && others.differs?.(cfg)) others.met = true
}
