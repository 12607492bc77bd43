/** What the judges of one check share: the result, the policy, and how they are held together. */
import type { FailOn } from '../report/check-result.js'
import { chainsOf } from '../report/dependency-chains.js'
import type { AnalysisResult } from '../report/result.js'
import type { Policy } from './policy.js'
import { type Selector, selectorOf } from './policy-select.js'

export interface CheckOptions {
  readonly failOn: FailOn
  /** Lost coverage counts. */
  readonly strict: boolean
  /** Merely possible findings count. */
  readonly possible: boolean
  /** Everything that the policy is about was looked at: what nothing uses here, nothing uses. */
  readonly whole: boolean
  /** The options that made the analysis look at less, as a command line has them; none unless given. */
  readonly narrowedBy?: readonly string[]
  /** Words of a command line that make `caps allow` change this policy: `--policy`, and its file. */
  readonly policyArguments: readonly string[]
  /** Whether a version meets a requirement in cargo's spelling. */
  readonly meetsRequirement: (version: string, requirement: string) => boolean
}

/** What the judges of one check share. */
export interface Case {
  readonly result: AnalysisResult
  readonly policy: Policy
  readonly options: CheckOptions
  readonly select: Selector
  readonly chainOf: (id: string) => readonly string[]
}

/** What is to be judged, with what every judge asks. */
export function caseOf(result: AnalysisResult, policy: Policy, options: CheckOptions): Case {
  return { result, policy, options, select: selectorOf(result, options.meetsRequirement), chainOf: chainsOf(result) }
}
