/**
 * On which targets a finding's condition can be true: with `decided-condition.ts` the only place where a condition of the result
 * meets what targets set, so that whoever sees the result alone (policies, formats) need not evaluate formulas.
 */
import { type CfgExpr, simplifyCfg } from '../base/index.js'
import type { TargetPlatform } from '../project/index.js'
import { setBy } from './decided-condition.js'

/** The triples, in their order, on which nothing of the target makes the condition false. */
export function targetsOfCondition(condition: CfgExpr, targets: readonly TargetPlatform[]): readonly string[] {
  const canBeTrue = (target: TargetPlatform): boolean =>
    simplifyCfg(condition, (name, value) => setBy(target, name, value)).k !== 'false'
  return targets.filter(canBeTrue).map((target) => target.triple)
}
