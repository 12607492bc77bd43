/**
 * On which targets a finding's condition can be true: the only place where a condition of the result meets what targets
 * set, so that whoever sees the result alone (policies, formats) need not evaluate formulas.
 */
import { type CfgExpr, simplifyCfg } from '../base/index.js'
import type { TargetPlatform } from '../project/index.js'

/** What the target alone decides. Profile, features and build scripts decide the other options: those stay open. */
const SET_BY_TARGET = /^(?:unix|windows|target_\w+)$/

/** The triples, in their order, on which nothing of the target makes the condition false. */
export function targetsOfCondition(condition: CfgExpr, targets: readonly TargetPlatform[]): readonly string[] {
  return targets.filter((target) => canBeTrueOn(condition, target)).map((target) => target.triple)
}

function canBeTrueOn(condition: CfgExpr, target: TargetPlatform): boolean {
  const known = (name: string, value: string | undefined): boolean | undefined => {
    if (!SET_BY_TARGET.test(name)) return undefined
    return target.cfg.some((option) => option.name === name && option.value === value)
  }
  return simplifyCfg(condition, known).k !== 'false'
}
