/**
 * A policy brought up to date with a result: what is new is allowed, each with a reason to be written; what nothing uses any
 * more is taken out. What a rule denies or warns of stays as it is, and so does every comment and reason.
 */
import { checked, compareText } from '../base/index.js'
import type { CapabilityProblem, CoverageProblem, Problem, SourceProblem } from '../report/check-result.js'
import type { AnalysisResult } from '../report/result.js'
import { compareCapabilities } from '../report/severity.js'
import { fileText } from '../report/spelling.js'
import type { AllowRequest, CoverageRequest, SourceRequest } from './allow-request.js'
import { checkResult } from './check.js'
import { requestFor } from './check-allow.js'
import { type CheckOptions, caseOf } from './check-case.js'
import type { Policy } from './policy.js'
import { acceptInPolicy, allowInPolicy, allowSourceInPolicy, withoutUnused } from './policy-edit.js'
import { type PolicySource, readPolicy } from './policy-read.js'
import type { Vocabulary } from './policy-words.js'
import { wordOf } from './value-pattern.js'

/** One thing that a policy says now, or no longer. */
export interface PolicyChange {
  /** Capabilities, a source, or `coverage`. */
  readonly what: readonly string[]
  readonly package: string
  readonly stage?: string
  readonly targets: readonly string[]
}

export interface PolicyUpdate {
  readonly text: string
  readonly added: readonly PolicyChange[]
  readonly removed: readonly PolicyChange[]
  /** What fails a check all the same, as what a rule denies. */
  readonly left: readonly Problem[]
}

/** `options`: what a check counts; all that the policy is about must have been looked at. Throws PolicyError. */
export function updatedPolicy(
  source: PolicySource,
  result: AnalysisResult,
  options: Omit<CheckOptions, 'whole' | 'policyArguments' | 'failOn'>,
  vocabulary: Vocabulary,
): PolicyUpdate {
  const asked: CheckOptions = { ...options, whole: true, policyArguments: [], failOn: 'increase' }
  const problemsIn = (text: string): readonly Problem[] =>
    checkResult(result, readPolicy({ ...source, text }, vocabulary), asked).problems
  const unused = problemsIn(source.text).flatMap((problem) =>
    problem.kind === 'unused' && problem.level !== 'note' ? [problem] : [],
  )
  let text = unused.length > 0 ? withoutUnused(source, unused, vocabulary) : source.text
  const removed = unused.map(({ rule, capability, source: from, package: owner }): PolicyChange => {
    const what = capability ?? from ?? (rule.action === 'coverage' ? 'coverage' : 'all')
    return { what: [what], package: owner ?? rule.subject, targets: [] }
  })
  const wanted = requestsOf(problemsIn(text), readPolicy({ ...source, text }, vocabulary), result, asked)
  for (const request of wanted) {
    const now = { ...source, text }
    if ('sources' in request) text = allowSourceInPolicy(now, request, vocabulary)
    else if ('losses' in request) text = acceptInPolicy(now, request, vocabulary)
    else text = allowInPolicy(now, request, vocabulary)
  }
  const left = problemsIn(text).filter(({ level }) => level === 'error')
  return { text, added: wanted.map(changeOf), removed, left }
}

type Request = AllowRequest | CoverageRequest | SourceRequest

function changeOf(request: Request): PolicyChange {
  if ('sources' in request) return { what: request.sources, package: request.package, targets: [] }
  if ('losses' in request) return { what: ['coverage'], package: request.package, targets: [] }
  const { capabilities, stage, targets } = request
  return { what: capabilities, package: request.package, ...(stage !== undefined && { stage }), targets }
}

/** What would allow each problem that can be allowed; capabilities of one package and scope together. */
function requestsOf(
  problems: readonly Problem[],
  policy: Policy,
  result: AnalysisResult,
  options: CheckOptions,
): readonly Request[] {
  const given = caseOf(result, policy, options)
  const allow = new Map<string, AllowRequest>()
  const others: Request[] = []
  for (const problem of problems) {
    if (problem.level !== 'error' || problem.allow === undefined) continue
    if (problem.kind === 'source') others.push(sourceRequest(problem))
    else if (problem.kind === 'coverage') others.push(coverageRequest(problem))
    else if (problem.kind === 'capability' && MENDED.has(problem.verdict)) {
      const owner = result.packages.find(({ id }) => id === problem.package)
      const request = owner && requestFor(given, owner, problem, wantedBy(problem))
      if (request) add(allow, problem, request)
    }
  }
  const sorted = [...allow.values()].map((request) => ({
    ...request,
    capabilities: [...request.capabilities].sort(compareCapabilities),
  }))
  return [...sorted, ...others].sort((a, b) => compareText(a.package, b.package))
}

/** A rule that denies or warns means what it says. */
const MENDED: ReadonlySet<CapabilityProblem['verdict']> = new Set(['not-allowed', 'more-sites', 'other-values'])

const wantedBy = ({ targets, everyTarget, verdict, values, allowedValues = [] }: CapabilityProblem) => ({
  targets,
  whole: everyTarget,
  limited: verdict === 'more-sites',
  ...(values && { values: [...new Set([...allowedValues, ...values.map(wordOf)])] }),
})

function add(allow: Map<string, AllowRequest>, problem: CapabilityProblem, request: AllowRequest): void {
  const { package: subject, stage = '', targets, transitive, sites = '', values = [] } = request
  const key = [subject, stage, ...targets, transitive, sites, ...values].join('\0')
  const known = allow.get(key)
  if (known) {
    const capabilities = [...new Set([...known.capabilities, ...request.capabilities])]
    allow.set(key, { ...known, capabilities })
    return
  }
  const place = fileText(checked(problem.path.at(-1)))
  allow.set(key, { ...request, reason: `TODO: found in ${problem.name} ${problem.version}, as at ${place}` })
}

function sourceRequest({ name, text }: SourceProblem): SourceRequest {
  return { package: name, sources: [text], reason: 'TODO: from there when caps init --update ran' }
}

function coverageRequest({ name, losses, unresolved }: CoverageProblem): CoverageRequest {
  return { package: name, losses, unresolved, reason: 'TODO: not analyzed when caps init --update ran' }
}
