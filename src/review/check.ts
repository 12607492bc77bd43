/**
 * A result held against a policy: every finding is judged on every target, what is alike is told together, and what is
 * allowed is counted. Pure: nothing is read, printed or decided about exit codes.
 *
 * A package answers for its own code. What it can do only through other packages is judged where a rule with
 * `transitive` says so, since those packages are judged themselves.
 */
import type { CapabilityProblem, CheckResult, Problem } from '../report/check-result.js'
import { CHECK_SCHEMA_VERSION } from '../report/check-result.js'
import { repositoryFacts } from '../report/repository-files.js'
import { resourceKey } from '../report/resource-text.js'
import type { AnalysisResult, Finding, PackageResult } from '../report/result.js'
import { allowCommand } from './check-allow.js'
import { type Case, type CheckOptions, caseOf } from './check-case.js'
import { coverageProblems } from './check-coverage.js'
import {
  asksForValues,
  type Decision,
  decide,
  type Judgeable,
  listOf,
  type PackageRule,
  rulesFor,
  type Verdict,
} from './check-decide.js'
import { capabilityMessage } from './check-message.js'
import { compareProblems, withDistinctKeys } from './check-order.js'
import { judgeSources } from './check-source.js'
import { unusedProblems, unusedSources } from './check-unused.js'
import { type Policy, ruleReference } from './policy.js'
import { wordOf } from './value-pattern.js'

/** Holds a result against a policy. */
export function checkResult(result: AnalysisResult, policy: Policy, options: CheckOptions): CheckResult {
  const given = caseOf(result, policy, options)
  const judged = result.packages.flatMap((owner) => judgePackage(given, owner))
  const used = judged.flatMap((one) => one.used)
  const sources = judgeSources(given)
  const problems = [
    ...judged.flatMap((one) => one.problems),
    ...sources.problems,
    ...(options.strict ? coverageProblems(given) : []),
    ...unusedProblems(given, used),
    ...unusedSources(given, sources.used),
  ]
  const sorted = withDistinctKeys(problems).sort(compareProblems)
  const countOf = (level: Problem['level']): number => sorted.filter((problem) => problem.level === level).length
  const repository = repositoryFacts(result)
  return {
    schemaVersion: CHECK_SCHEMA_VERSION,
    tool: result.tool,
    root: result.root,
    members: result.members,
    ...(repository && { repository }),
    targets: result.targets,
    ...(options.narrowedBy && options.narrowedBy.length > 0 && { narrowedBy: options.narrowedBy }),
    against: { kind: policy.kind, file: policy.file },
    failOn: options.failOn,
    strict: options.strict,
    possible: options.possible,
    clean: countOf('error') === 0,
    problems: sorted,
    summary: {
      packages: result.packages.length,
      findings: judged.length,
      allowed: judged.filter(({ problems }) => problems.length === 0).length,
      errors: countOf('error'),
      warnings: countOf('warning'),
      notes: countOf('note'),
    },
  }
}

/** A finding with what was said of it. */
interface Judged {
  readonly problems: readonly CapabilityProblem[]
  readonly used: readonly Decision[]
}

/** A verdict and the targets that it is about; none for code that exists on none that was looked at. */
interface Ruling {
  readonly verdict: Verdict
  readonly targets: string[]
}

function judgePackage(given: Case, owner: PackageResult): Judged[] {
  const rules = rulesFor(given.policy.rules, owner, given.select)
  return owner.capabilities.flatMap((finding) => {
    const hasList = rules.some(({ rule }) => asksForValues(rule, finding.capability))
    const judgeable = hasList ? { ...finding, places: given.placesOf(owner, finding) } : finding
    const rulings = rulingsOn(given, rules, judgeable)
    if (rulings.length === 0) return []
    const used = rulings.flatMap(({ verdict }) => decisionsOf(verdict))
    return [{ used, problems: rulings.flatMap((ruling) => problemOf(given, owner, judgeable, ruling) ?? []) }]
  })
}

/** Every rule that a verdict needs. */
function decisionsOf(verdict: Verdict): readonly Decision[] {
  return [...('by' in verdict ? [verdict.by] : []), ...(verdict.also ? [verdict.also] : [])]
}

/** The targets of a finding by what is said of it there; nothing for a transitive one that no rule is about. */
function rulingsOn(
  { result, policy }: Case,
  rules: readonly PackageRule[],
  finding: Finding & Pick<Judgeable, 'places'>,
): Ruling[] {
  const rulings = new Map<string, Ruling>()
  const targets = finding.targets ?? result.targets
  for (const triple of targets.length > 0 ? targets : [undefined]) {
    const verdict = decide(rules, finding, triple)
    if (finding.reach === 'transitive' && verdict.k === 'not-allowed') continue
    const rule = 'by' in verdict ? `${policy.rules.indexOf(verdict.by.rule)}` : ''
    const values = 'others' in verdict ? verdict.others.map(({ value }) => resourceKey(value)) : []
    const key = [verdict.k, rule, ...values].join(' ')
    const known = rulings.get(key) ?? { verdict, targets: [] }
    if (triple !== undefined) known.targets.push(triple)
    rulings.set(key, known)
  }
  return [...rulings.values()]
}

function problemOf(
  given: Case,
  owner: PackageResult,
  finding: Finding & Pick<Judgeable, 'places'>,
  { verdict, targets }: Ruling,
): CapabilityProblem | undefined {
  if (verdict.k === 'allowed') return undefined
  const { policy, options, result } = given
  const whole = targets.length === (finding.targets ?? result.targets).length
  const rule = 'by' in verdict ? ruleReference(policy, verdict.by.rule) : undefined
  const allow = allowCommand(given, owner, finding, {
    targets,
    whole,
    limited: verdict.k === 'more-sites',
    ...(verdict.k === 'other-values' && { values: wantedValues(verdict, finding.capability) }),
  })
  const { capability, stage, certainty, reach, condition, sites, literals } = finding
  const others = 'others' in verdict ? verdict.others : []
  const path = others[0]?.path ?? finding.path
  const facts = {
    kind: 'capability' as const,
    level: levelOf(verdict.k, finding, options),
    key: ['capability', owner.name, stage, capability, certainty, reach, ...(whole ? [] : targets)].join(' '),
    package: owner.id,
    name: owner.name,
    version: owner.version,
    local: owner.local,
    via: given.chainOf(owner.id),
    verdict: verdict.k,
    capability,
    stage,
    certainty,
    reach,
    condition,
    targets,
    everyTarget: whole,
    sites,
    ...(verdict.k === 'more-sites' && { allowedSites: verdict.allowed }),
    ...(others.length > 0 && { values: others.map(({ value, ...place }) => ({ ...value, ...place })) }),
    ...(verdict.k === 'other-values' && { allowedValues: [...(listOf(verdict.by.rule, capability) ?? [])] }),
    path,
    ...(literals && others.length === 0 && { literals }),
    ...(rule && { rule }),
    ...(allow && { allow }),
  }
  return { ...facts, message: capabilityMessage(facts) }
}

/** What the rule has, and what it would have to have. */
function wantedValues({ by, others }: Extract<Verdict, { k: 'other-values' }>, capability: string): readonly string[] {
  const more = others.map(({ value }) => wordOf(value))
  return [...new Set([...(listOf(by.rule, capability) ?? []), ...more])]
}

function levelOf(verdict: CapabilityProblem['verdict'], finding: Finding, options: CheckOptions): Problem['level'] {
  if (finding.certainty === 'possible' && !options.possible) return 'note'
  if (verdict === 'warned') return options.failOn === 'any' ? 'error' : 'warning'
  if (verdict === 'more-sites') return options.failOn === 'increase' || options.failOn === 'any' ? 'error' : 'warning'
  return 'error'
}
