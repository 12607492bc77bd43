/**
 * `check`, `initialPolicyOf` and `allowIn`: an analysis held against a policy file or a baseline, and the file's beginning
 * and changes. The wiring of review with project: files are read here, and the words of a policy get their meaning.
 */

import { dirname } from 'node:path'
import { ProjectError } from '../base/index.js'
import { meetsRequirement } from '../project/index.js'
import type { CheckResult, FailOn } from '../report/check-result.js'
import type { AnalysisResult } from '../report/result.js'
import {
  type AllowRequest,
  type CoverageRequest,
  placeOf,
  ruleOfPackage,
  type SourceRequest,
} from '../review/allow-request.js'
import { policyOfBaseline } from '../review/baseline.js'
import { reportTellsValues } from '../review/baseline-values.js'
import { checkResult } from '../review/check.js'
import { narrowingOf } from '../review/narrowing.js'
import type { CapabilityRule, Policy } from '../review/policy.js'
import { acceptInPolicy, allowInPolicy, allowSourceInPolicy } from '../review/policy-edit.js'
import { initialPolicy } from '../review/policy-init.js'
import { type PolicySource, readPolicy } from '../review/policy-read.js'
import { type PolicyUpdate, updatedPolicy } from '../review/policy-update.js'
import type { Vocabulary } from '../review/policy-words.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { analyzeCrate, findingsOf } from './analyze.js'
import { type PolicyPlace, policyPlace, readPolicySource, vocabulary } from './policy-file.js'
import { inWordsOf, optionsWithin, scopeOfOptions } from './policy-scope.js'
import { readReport } from './read-report.js'
import { toResult } from './to-result.js'

export interface CheckInput {
  /** A caps.toml; without it, the one in the root directory of the workspace. */
  readonly policy?: string
  /** A report of `analyze` in the place of a policy: what is new against it is a problem. */
  readonly baseline?: string
  /** `new` unless given. */
  readonly failOn?: FailOn
  /** Lost coverage counts. */
  readonly strict?: boolean
  /** Merely possible findings count. */
  readonly possible?: boolean
}

/** A file as it is to be written. */
export interface FileText {
  readonly path: string
  readonly text: string
}

const silent: OnProgress = () => {}

/**
 * What of a crate its policy, or a baseline, does not allow. Throws ProjectError, and PolicyError with file and line when
 * the policy has a mistake; both before anything is analyzed where that can be told.
 */
export async function check(
  spec: string,
  options: AnalyzeOptions & CheckInput = {},
  onProgress: OnProgress = silent,
): Promise<CheckResult> {
  const { policy: file, baseline, failOn = 'new', strict = false, possible = false, ...analyzeOptions } = options
  if (file !== undefined && baseline !== undefined) {
    throw new ProjectError('A policy and a baseline were given', 'each takes the place of the other', 'Leave one out.')
  }
  const place = policyPlace(spec, baseline ?? file, analyzeOptions)
  const policy: Policy =
    baseline === undefined ? readPolicy(readPolicySource(place), vocabulary()) : baselineAt(place, failOn)
  const directory = dirname(place.path)
  const scoped = optionsWithin(policy.scope, analyzeOptions, directory)
  const hasLists = policy.rules.some(needsPlaces)
  const { result, places } = await resultsOf(spec, scoped, onProgress, hasLists)
  const narrowedBy = narrowingOf(analyzeOptions, inWordsOf(analyzeOptions, policy.scope, directory))
  return checkResult(result, policy, {
    failOn,
    strict,
    possible,
    ...(places && { places }),
    whole: place.whole && narrowedBy.length === 0,
    narrowedBy,
    policyArguments: place.policyArguments,
    meetsRequirement,
  })
}

/** A first policy, which allows what is there today, and where it belongs. Throws ProjectError. */
export async function initialPolicyOf(
  spec: string,
  options: AnalyzeOptions & Pick<CheckInput, 'policy' | 'strict' | 'possible'> & { readonly sites?: boolean } = {},
  onProgress: OnProgress = silent,
): Promise<string> {
  const { policy, strict = false, possible = false, sites = false, ...analyzeOptions } = options
  const names = analyzeOptions.capabilityMaps !== undefined && analyzeOptions.capabilityMaps.length > 0
  const directory = names ? dirname(policyPlace(spec, policy, analyzeOptions).path) : ''
  const scope = scopeOfOptions(analyzeOptions, directory)
  const { result, places } = await resultsOf(spec, analyzeOptions, onProgress, true)
  return initialPolicy(result, {
    strict,
    possible,
    sites,
    ...(places && { places }),
    scope,
    cfgHolds: vocabulary().cfgHolds,
  })
}

/** A policy brought up to date with what is there today; nothing is written. Throws ProjectError, PolicyError. */
export async function updatedPolicyOf(
  spec: string,
  place: PolicyPlace,
  options: AnalyzeOptions & Pick<CheckInput, 'strict' | 'possible'> = {},
  onProgress: OnProgress = silent,
): Promise<PolicyUpdate> {
  const { strict = false, possible = false, ...analyzeOptions } = options
  const source = readPolicySource(place)
  const words = vocabulary()
  const { scope, rules } = readPolicy(source, words)
  const directory = dirname(place.path)
  if (!place.whole || narrowingOf(analyzeOptions, inWordsOf(analyzeOptions, scope, directory)).length > 0) {
    throw new ProjectError(
      'Only a part of what the policy is about was named',
      'what the rest needs would be taken out of it',
      'Run it in the root directory of the workspace, without options that leave something out.',
    )
  }
  const scoped = optionsWithin(scope, analyzeOptions, directory)
  const hasLists = rules.some(needsPlaces)
  const { result, places } = await resultsOf(spec, scoped, onProgress, hasLists)
  return updatedPolicy(source, result, { strict, possible, ...(places && { places }), meetsRequirement }, words)
}

/** A policy with more in it, and the line of each rule that now says so. */
export interface AllowedText extends FileText {
  readonly lines: readonly number[]
}

/** The policy with something more allowed in it; nothing is written. Throws ProjectError, PolicyError, AllowanceError. */
export function allowIn(place: PolicyPlace, request: PolicyRequest): AllowedText {
  return allowAllIn(place, [request])
}

/** `allowIn` for several requests, one after the other. */
export function allowAllIn(place: PolicyPlace, requests: readonly PolicyRequest[]): AllowedText {
  const words = vocabulary()
  let last = readPolicySource(place)
  for (const request of requests) last = { file: last.file, text: withRequest(last, request, words) }
  const policy = readPolicy(last, words)
  return { path: place.path, text: last.text, lines: requests.map((request) => lineOf(policy, request)) }
}

export type PolicyRequest = AllowRequest | CoverageRequest | SourceRequest

function withRequest(source: PolicySource, request: PolicyRequest, words: Vocabulary): string {
  if ('sources' in request) return allowSourceInPolicy(source, request, words)
  return 'losses' in request ? acceptInPolicy(source, request, words) : allowInPolicy(source, request, words)
}

/** Where a policy says what was asked for. */
function lineOf(policy: Policy, request: PolicyRequest): number {
  if ('capabilities' in request) return policy.rules[placeOf(policy.rules, request).joined ?? 0]?.line ?? 1
  const rules = 'sources' in request ? policy.sources : policy.coverage
  return rules[ruleOfPackage(rules, request) ?? 0]?.line ?? 1
}

/** Whether a rule is about what capabilities act on. */
const needsPlaces = ({ values, isKnown, tags }: CapabilityRule): boolean =>
  isKnown !== undefined || values.size > 0 || tags.length > 0

/** What of a baseline each level records besides capabilities. */
const RECORDED = {
  new: { sites: false, values: 'none' },
  sensitive: { sites: false, values: 'sensitive' },
  'new-value': { sites: false, values: 'all' },
  increase: { sites: true, values: 'none' },
  any: { sites: true, values: 'all' },
} as const

function baselineAt({ path, file }: PolicyPlace, failOn: FailOn): Policy {
  const report = readReport(path)
  const recorded = RECORDED[failOn]
  if (recorded.values !== 'none' && !reportTellsValues(report)) {
    throw new ProjectError(
      `The baseline ${file} does not say what capabilities act on`,
      `--fail-on ${failOn} asks for what is new of it, and an older caps made the report`,
      'Make it anew: `caps analyze . --format json -o FILE`.',
    )
  }
  return policyOfBaseline(report, { file, ...recorded })
}

/** What an analysis found and, where it is asked for, each place of it: read once. */
async function resultsOf(
  spec: string,
  options: AnalyzeOptions,
  onProgress: OnProgress,
  withPlaces: boolean,
): Promise<{ readonly result: AnalysisResult; readonly places?: AnalysisResult }> {
  const analysis = await analyzeCrate(spec, options, onProgress)
  const result = toResult(analysis)
  return withPlaces ? { result, places: toResult(findingsOf(analysis, 'site', options.entry)) } : { result }
}
