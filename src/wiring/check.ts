/**
 * `check`, `initialPolicyOf` and `allowIn`: an analysis held against a policy file or a baseline, and the file's beginning
 * and changes. The wiring of review with project: files are read here, and the words of a policy get their meaning.
 */

import { ProjectError } from '../base/index.js'
import { meetsRequirement } from '../project/index.js'
import type { CheckResult, FailOn } from '../report/check-result.js'
import type { AnalysisResult } from '../report/result.js'
import type { AllowRequest, CoverageRequest, SourceRequest } from '../review/allow-request.js'
import { policyOfBaseline } from '../review/baseline.js'
import { checkResult } from '../review/check.js'
import { narrowingOf } from '../review/narrowing.js'
import type { Policy } from '../review/policy.js'
import { acceptInPolicy, allowInPolicy, allowSourceInPolicy } from '../review/policy-edit.js'
import { initialPolicy } from '../review/policy-init.js'
import { readPolicy } from '../review/policy-read.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { analyzeCrate } from './analyze.js'
import { type PolicyPlace, policyPlace, readPolicySource, vocabulary } from './policy-file.js'
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
    baseline === undefined
      ? readPolicy(readPolicySource(place), vocabulary())
      : policyOfBaseline(readReport(place.path), { file: place.file, sites: failOn !== 'new' })
  const result = await resultOf(spec, analyzeOptions, onProgress)
  const narrowedBy = narrowingOf(analyzeOptions)
  return checkResult(result, policy, {
    failOn,
    strict,
    possible,
    whole: place.whole && narrowedBy.length === 0,
    narrowedBy,
    policyArguments: place.policyArguments,
    meetsRequirement,
  })
}

/** A first policy, which allows what is there today, and where it belongs. Throws ProjectError. */
export async function initialPolicyOf(
  spec: string,
  options: AnalyzeOptions & Pick<CheckInput, 'strict' | 'possible'> & { readonly sites?: boolean } = {},
  onProgress: OnProgress = silent,
): Promise<string> {
  const { strict = false, possible = false, sites = false, ...analyzeOptions } = options
  const result = await resultOf(spec, analyzeOptions, onProgress)
  return initialPolicy(result, { strict, possible, sites, cfgHolds: vocabulary().cfgHolds })
}

/** The policy with something more allowed in it; nothing is written. Throws ProjectError, PolicyError, AllowanceError. */
export function allowIn(place: PolicyPlace, request: AllowRequest | CoverageRequest | SourceRequest): FileText {
  const source = readPolicySource(place)
  const words = vocabulary()
  if ('sources' in request) return { path: place.path, text: allowSourceInPolicy(source, request, words) }
  const text = 'losses' in request ? acceptInPolicy(source, request, words) : allowInPolicy(source, request, words)
  return { path: place.path, text }
}

async function resultOf(spec: string, options: AnalyzeOptions, onProgress: OnProgress): Promise<AnalysisResult> {
  return toResult(await analyzeCrate(spec, options, onProgress))
}
