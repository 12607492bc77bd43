/**
 * With --strict, what could not be analyzed is held against what the policy accepts, package by package: code that was
 * not read may do anything (law 1). The most exact rule decides; of equally exact ones the first.
 */
import type { CoverageProblem } from '../report/check-result.js'
import type { PackageResult } from '../report/result.js'
import { coverageArgumentsOf } from './allow-request.js'
import { commandOf, REASON } from './check-allow.js'
import type { Case } from './check-case.js'
import { coverageMessage } from './check-message.js'
import { type LostCode, lostCode } from './lost-coverage.js'
import { type CoverageRule, isNameable, ruleReference } from './policy.js'
import type { Selector } from './policy-select.js'

/** A reader looks at a few; the analysis lists all. */
const MAX_PLACES = 10

/** Packages of which more could not be analyzed than is accepted. */
export function coverageProblems(given: Case): CoverageProblem[] {
  const lostOf = lostCode(given.result)
  return given.result.packages.flatMap((owner) => {
    const lost = lostOf.get(owner.id) ?? { losses: [], unresolved: [] }
    const rule = coverageRuleFor(given.policy.coverage, owner, given.select)
    const within = lost.losses.length <= (rule?.losses ?? 0) && lost.unresolved.length <= (rule?.unresolved ?? 0)
    return within ? [] : [problemOf(given, owner, lost, rule)]
  })
}

/** The rule that decides how much of a package may stay unanalyzed. */
export function coverageRuleFor(
  rules: readonly CoverageRule[],
  owner: PackageResult,
  select: Selector,
): CoverageRule | undefined {
  let best: { readonly rule: CoverageRule; readonly exactness: number } | undefined
  for (const rule of rules) {
    for (const subject of rule.subjects) {
      const exactness = select(subject, owner)
      if (exactness !== undefined && exactness > (best?.exactness ?? -1)) best = { rule, exactness }
    }
  }
  return best?.rule
}

function problemOf(given: Case, owner: PackageResult, lost: LostCode, rule: CoverageRule | undefined): CoverageProblem {
  const { policy, options } = given
  const [losses, unresolved] = [lost.losses.length, lost.unresolved.length]
  const request = { package: owner.name, losses, unresolved, reason: REASON }
  const facts = {
    kind: 'coverage' as const,
    level: 'error' as const,
    key: `coverage ${owner.name}`,
    package: owner.id,
    name: owner.name,
    version: owner.version,
    local: owner.local,
    via: given.chainOf(owner.id),
    losses,
    unresolved,
    acceptedLosses: rule?.losses ?? 0,
    acceptedUnresolved: rule?.unresolved ?? 0,
    places: [...lost.losses, ...lost.unresolved].slice(0, MAX_PLACES),
    ...(rule && { rule: ruleReference(policy, rule) }),
    ...(policy.kind === 'policy' &&
      isNameable(owner.name) && { allow: commandOf(coverageArgumentsOf(request, options.policyArguments)) }),
  }
  return { ...facts, message: coverageMessage(facts) }
}
