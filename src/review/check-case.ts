/** What the judges of one check share: the result, the policy, and how they are held together. */
import type { FailOn } from '../report/check-result.js'
import { chainsOf } from '../report/dependency-chains.js'
import type { AnalysisResult, Finding, PackageResult } from '../report/result.js'
import type { Policy } from './policy.js'
import { type Selector, selectorOf } from './policy-select.js'

export interface CheckOptions {
  readonly failOn: FailOn
  /** The same result at granularity `site`: rules with lists of values are held against each place. */
  readonly places?: AnalysisResult
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
  /** The places that a finding stands for. */
  readonly placesOf: (owner: PackageResult, finding: Judged) => readonly Finding[]
}
type Judged = Pick<Finding, 'capability' | 'stage' | 'certainty' | 'reach'>

/** What is to be judged, with what every judge asks. */
export function caseOf(result: AnalysisResult, policy: Policy, options: CheckOptions): Case {
  const select = selectorOf(result, options.meetsRequirement)
  return { result, policy, options, select, chainOf: chainsOf(result), placesOf: placesIn(result, options) }
}

/** Of what a package does itself each place; of what it gets to through others, and without places, the findings as they are. */
function placesIn(result: AnalysisResult, { places, possible }: CheckOptions): Case['placesOf'] {
  const byOwner = new Map<string, ReadonlyMap<string, readonly Finding[]>>()
  const indexed = (from: AnalysisResult, id: string, prefix: string): ReadonlyMap<string, readonly Finding[]> => {
    const known = byOwner.get(prefix + id)
    if (known) return known
    const index = new Map<string, Finding[]>()
    for (const one of from.packages.find((owner) => owner.id === id)?.capabilities ?? []) {
      const key = keyOf(one)
      const list = index.get(key)
      if (list) list.push(one)
      else index.set(key, [one])
    }
    byOwner.set(prefix + id, index)
    return index
  }
  return ({ id }, finding) => {
    const isPlaced = places !== undefined && finding.reach === 'direct'
    const index = isPlaced ? indexed(places, id, 'place ') : indexed(result, id, '')
    // What is merely possible is no reason against what is certain, unless it counts.
    const counts = ({ certainty }: Finding): boolean =>
      possible || certainty === 'certain' || finding.certainty !== 'certain'
    return (index.get(keyOf(finding)) ?? []).filter(counts)
  }
}

const keyOf = ({ capability, stage, reach }: Judged): string => [capability, stage, reach].join(' ')
