/**
 * What `caps allow` is asked for, and where it belongs among the rules that there are. Shared by whoever writes the file
 * (policy-edit.ts) and whoever proposes the command (check-allow.ts), so that a proposed command does what it promises.
 */
import { checked } from '../base/index.js'
import type { ReportStage } from '../report/result.js'
import { type CapabilityRule, type CoverageRule, type Subject, subjectText } from './policy.js'

export interface AllowRequest {
  /** `name`, or with what a policy may say of its version: `name@^1`. */
  readonly package: string
  readonly capabilities: readonly string[]
  /** Absent: the running program. */
  readonly stage?: ReportStage
  /** Triples, patterns, `cfg(..)`; empty for all. */
  readonly targets: readonly string[]
  readonly transitive: boolean
  /** In at most so many places. */
  readonly sites?: number
  /** All that each of the capabilities may act on; absent for anything. */
  readonly values?: readonly string[]
  readonly reason: string
}

/** That much of a package may stay unanalyzed when lost coverage counts. */
export interface CoverageRequest {
  readonly package: string
  readonly losses: number
  readonly unresolved: number
  readonly reason: string
}

/** Where a package may come from. */
export interface SourceRequest {
  readonly package: string
  /** As a policy writes sources. */
  readonly sources: readonly string[]
  readonly reason: string
}

/** What stands in the place of a capability when coverage is meant. */
export const COVERAGE_WORD = 'coverage'

/** The words after `caps` that make this request. */
export function coverageArgumentsOf(request: CoverageRequest, policyArguments: readonly string[]): string[] {
  const counts = ['--losses', String(request.losses), '--unresolved', String(request.unresolved)]
  return ['allow', request.package, COVERAGE_WORD, ...counts, ...policyArguments, '--reason', request.reason]
}

/** The words after `caps` that make this request. */
export function sourceArgumentsOf(request: SourceRequest, policyArguments: readonly string[]): string[] {
  const sources = request.sources.flatMap((source) => ['--source', source])
  return ['allow', request.package, ...sources, ...policyArguments, '--reason', request.reason]
}

/** The words after `caps` that make this request; the reason comes last, where a user changes it. */
export function argumentsOf(request: AllowRequest, policyArguments: readonly string[]): string[] {
  return [
    'allow',
    request.package,
    ...request.capabilities,
    ...(request.stage === undefined ? [] : ['--stage', request.stage]),
    ...request.targets.flatMap((target) => ['--target', target]),
    ...(request.transitive ? ['--transitive'] : []),
    ...(request.sites === undefined ? [] : ['--sites', String(request.sites)]),
    ...(request.values ?? []).flatMap((value) => ['--value', value]),
    ...policyArguments,
    '--reason',
    request.reason,
  ]
}

/** Which rules a request changes, by their number in the policy. */
export interface Placement {
  /** Rules that lose one of the capabilities, since it gets a new reason or limit. */
  readonly taken: readonly number[]
  /** The rule that the capabilities are added to; absent when a new one is made. */
  readonly joined?: number
}

/** A rule of exactly this scope and reason is joined; one of this scope and another reason gives up what it has. */
export function placeOf(rules: readonly CapabilityRule[], request: AllowRequest): Placement {
  const taken: number[] = []
  let joined: number | undefined
  rules.forEach((rule, index) => {
    if (!hasScope(rule, request)) return
    if (rule.reason === request.reason) joined ??= index
    else if (rule.capabilities.some((word) => request.capabilities.includes(word))) taken.push(index)
  })
  return { taken, ...(joined !== undefined && { joined }) }
}

function hasScope(rule: CapabilityRule, request: AllowRequest): boolean {
  const [subject] = rule.subjects
  return (
    rule.action === 'allow' &&
    rule.subjects.length === 1 &&
    subjectText(subject as Subject) === request.package &&
    rule.transitive === request.transitive &&
    rule.namesStages === (request.stage !== undefined) &&
    sameWords(rule.stages, [request.stage ?? 'run']) &&
    sameWords(rule.targets, request.targets)
  )
}

/** The rule, of coverage or sources, for exactly this package: it is replaced, or gets the sources too. */
export function ruleOfPackage(
  rules: readonly Pick<CoverageRule, 'subjects'>[],
  request: Pick<CoverageRequest, 'package'>,
): number | undefined {
  const index = rules.findIndex(
    ({ subjects }) => subjects.length === 1 && subjectText(checked(subjects[0])) === request.package,
  )
  return index < 0 ? undefined : index
}

const sameWords = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((word) => b.includes(word))
