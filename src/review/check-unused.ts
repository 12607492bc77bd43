/**
 * What a policy allows and nothing uses: an allowance that outlives its need is one that an attacker may use. Told only
 * of rules for targets that were looked at, and only when everything was looked at (CheckOptions.whole).
 */
import type { UnusedProblem } from '../report/check-result.js'
import type { Case } from './check-case.js'
import type { Decision } from './check-decide.js'
import { placeOf } from './check-message.js'
import type { SourceDecision } from './check-source.js'
import { type CapabilityRule, ruleReference, type SourceRule, type Subject, subjectText } from './policy.js'
import { isConfiguration } from './source-parts.js'

/** `used`: every rule that decided about a finding, with the words by which it did. */
export function unusedProblems(given: Case, used: readonly Decision[]): UnusedProblem[] {
  if (given.policy.kind === 'baseline') return []
  return given.policy.rules
    .filter((rule) => rule.action === 'allow' && wasLookedAt(rule, given.result.targets))
    .flatMap((rule) =>
      problemsOf(
        given,
        rule,
        used.filter((decision) => decision.rule === rule),
      ),
    )
}

function wasLookedAt({ onTarget }: CapabilityRule, targets: readonly string[]): boolean {
  return onTarget === undefined || targets.some(onTarget)
}

/** The whole rule, or else each capability and each of several packages that it could do without. */
function problemsOf(given: Case, rule: CapabilityRule, used: readonly Decision[]): UnusedProblem[] {
  if (used.length === 0) return [problemOf(given, rule, {})]
  const capabilities = new Set(used.map(({ capability }) => capability))
  const subjects = new Set<Subject>(used.map(({ subject }) => subject))
  return [
    ...rule.capabilities
      .filter((capability) => !capabilities.has(capability))
      .map((capability) => problemOf(given, rule, { capability })),
    ...rule.subjects
      .filter((subject) => !subjects.has(subject))
      .map((subject) => problemOf(given, rule, { package: subjectText(subject) })),
  ]
}

function problemOf(
  { policy, options }: Case,
  rule: CapabilityRule,
  part: { readonly capability?: string; readonly package?: string },
): UnusedProblem {
  const reference = ruleReference(policy, rule)
  const what = part.capability ?? (part.package === undefined ? rule.capabilities.join(', ') : 'it')
  const stages = rule.stages.filter((stage) => stage !== 'run')
  return {
    kind: 'unused',
    level: options.failOn === 'any' ? 'error' : 'warning',
    key: [
      'unused',
      reference.subject,
      ...stages,
      ...rule.targets,
      part.capability ?? part.package ?? rule.capabilities.join(),
    ].join(' '),
    message: `${placeOf(reference)} allows ${what} to ${part.package ?? reference.subject}, which nothing uses`,
    rule: reference,
    ...part,
  }
}

/** Sources that no package comes from, and packages of which none does. `used`: what each package was allowed by. */
export function unusedSources(given: Case, used: readonly SourceDecision[]): UnusedProblem[] {
  if (given.policy.kind === 'baseline') return []
  // Another configuration than the one that is pinned is told already.
  const isTold = given.result.packages.some(isConfiguration)
  const rules = given.policy.sources.filter(({ from }) => !(isTold && from.some((one) => one.ofConfiguration === true)))
  return rules.flatMap((rule) => {
    const its = used.filter((decision) => decision.rule === rule)
    if (its.length === 0) return [sourceProblemOf(given, rule, {})]
    return [
      ...rule.from
        .filter((from) => !its.some((decision) => decision.from.includes(from)))
        .map(({ text }) => sourceProblemOf(given, rule, { source: text })),
      ...rule.subjects
        .filter((subject) => !its.some((decision) => decision.subject === subject))
        .map((subject) => sourceProblemOf(given, rule, { package: subjectText(subject) })),
    ]
  })
}

function sourceProblemOf(
  { policy, options }: Case,
  rule: SourceRule,
  part: { readonly source?: string; readonly package?: string },
): UnusedProblem {
  const reference = ruleReference(policy, rule)
  const from = part.source ?? rule.from.map(({ text }) => text).join(', ')
  const subject = part.package ?? reference.subject
  return {
    kind: 'unused',
    level: options.failOn === 'any' ? 'error' : 'warning',
    key: ['unused', 'source', subject, from].join(' '),
    message: `${placeOf(reference)} allows ${subject} to come from ${from}, which nothing does`,
    rule: reference,
    ...part,
  }
}
