/**
 * What a policy allows and nothing uses: an allowance that outlives its need is one that an attacker may use, and one of a
 * package that there is not is as a rule misspelt. Told of rules for targets that were looked at. Where less was looked at than
 * the policy is about (CheckOptions.whole) it is a note: elsewhere something may use it.
 *
 * Of rules that deny or warn only a package that there is not is told, as a note too: it may be what they keep out.
 */
import type { UnusedProblem } from '../report/check-result.js'
import type { Case } from './check-case.js'
import type { Decision } from './check-decide.js'
import { placeOf } from './check-message.js'
import type { SourceDecision } from './check-source.js'
import {
  type CapabilityRule,
  type CoverageRule,
  ruleReference,
  type SourceRule,
  type Subject,
  subjectText,
} from './policy.js'
import { isConfiguration } from './source-parts.js'

/** `used`: every rule that decided about a finding, with the words by which it did. */
export function unusedProblems(given: Case, used: readonly Decision[]): UnusedProblem[] {
  if (given.policy.kind === 'baseline') return []
  const rules = given.policy.rules.filter((rule) => wasLookedAt(rule, given.result.targets))
  return [
    ...rules.flatMap((rule) =>
      rule.action === 'allow'
        ? problemsOf(
            given,
            rule,
            used.filter((decision) => decision.rule === rule),
          )
        : absentSubjects(given, rule),
    ),
    ...given.policy.coverage.flatMap((rule) => absentSubjects(given, rule)),
  ]
}

/** What a rule names and no package is. A group is no name. */
function absentSubjects(given: Case, rule: CapabilityRule | CoverageRule): UnusedProblem[] {
  const absent = rule.subjects.filter((subject) => subject.k === 'package' && !isInTree(given, subject))
  const isWhole = absent.length === rule.subjects.length
  if (isWhole && absent.length > 0) return [problemOf(given, rule, {})]
  return absent.map((subject) => problemOf(given, rule, { package: subjectText(subject) }))
}

function isInTree({ result, select }: Case, subject: Subject): boolean {
  return result.packages.some((owner) => select(subject, owner) !== undefined)
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
  given: Case,
  rule: CapabilityRule | CoverageRule,
  part: { readonly capability?: string; readonly package?: string },
): UnusedProblem {
  const reference = ruleReference(given.policy, rule)
  const { what, all, words } = saidBy(rule)
  const subject = part.package ?? reference.subject
  const subjects = rule.subjects.filter((one) => part.package === undefined || subjectText(one) === part.package)
  const matches = subjects.some((one) => isInTree(given, one)) ? ('no-finding' as const) : ('no-package' as const)
  const says = `${placeOf(reference)} ${what} ${part.capability ?? all} ${reference.action === 'warn' ? 'of' : 'to'} ${subject}`
  return {
    kind: 'unused',
    level: levelOf(given, reference.action === 'deny' || reference.action === 'warn'),
    key: [
      'unused',
      ...(reference.action === 'allow' ? [] : [reference.action]),
      reference.subject,
      ...words,
      part.capability ?? part.package ?? all,
    ].join(' '),
    message: matches === 'no-package' ? `${says}, and there is no such package` : `${says}, which nothing uses`,
    rule: reference,
    matches,
    ...part,
  }
}

/** What a rule says and of what, and the words that tell it from another of the same package. */
function saidBy(rule: CapabilityRule | CoverageRule) {
  if (!('action' in rule)) return { what: 'accepts', all: 'what is not analyzed', words: [] }
  const words = [...rule.stages.filter((stage) => stage !== 'run'), ...rule.targets]
  const what = { allow: 'allows', deny: 'denies', warn: 'warns' }[rule.action]
  return { what, all: rule.capabilities.join(', '), words }
}

function levelOf({ options }: Case, isNote = false): UnusedProblem['level'] {
  if (isNote || !options.whole) return 'note'
  return options.failOn === 'any' ? 'error' : 'warning'
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
  given: Case,
  rule: SourceRule,
  part: { readonly source?: string; readonly package?: string },
): UnusedProblem {
  const { policy } = given
  const reference = ruleReference(policy, rule)
  const from = part.source ?? rule.from.map(({ text }) => text).join(', ')
  const subject = part.package ?? reference.subject
  const subjects = rule.subjects.filter((one) => part.package === undefined || subjectText(one) === part.package)
  return {
    kind: 'unused',
    level: levelOf(given),
    key: ['unused', 'source', subject, from].join(' '),
    message: `${placeOf(reference)} allows ${subject} to come from ${from}, which nothing does`,
    rule: reference,
    matches: subjects.some((one) => isInTree(given, one)) ? 'no-finding' : 'no-package',
    ...part,
  }
}
