/**
 * What a first policy has to allow, and which of it belongs into one rule. The text of the rules is policy-init.ts's
 * matter.
 */
import { compareText } from '../base/index.js'
import {
  type AnalysisResult,
  type Finding,
  type PackageResult,
  type ReportStage,
  stageSchema,
} from '../report/result.js'
import { compareCapabilities, toneOf } from '../report/severity.js'
import { isNameable, type PolicyScope } from './policy.js'

export interface InitOptions {
  /** Merely possible findings too. */
  readonly possible: boolean
  /** Record in how many places each capability is. */
  readonly sites: boolean
  /** The same result at granularity `site`: with it, lists of what capabilities act on are written. */
  readonly places?: AnalysisResult
  /** Accept what is not analyzed today, for `caps check --strict`. */
  readonly strict: boolean
  /** What was asked to be looked at: `caps check` looks at the same. */
  readonly scope: PolicyScope
  /** Whether `cfg(..)` holds on a triple. */
  readonly cfgHolds: (cfg: string, triple: string) => boolean
}

/** This many packages with a quiet capability share one rule for it. */
const MIN_SHARED = 3
/** A longer condition is not worth reading: triples are listed instead. */
const MAX_CFG_LENGTH = 72
/** A capability of a package, over all of its versions. */
export interface Use {
  readonly name: string
  readonly owner: PackageResult
  readonly finding: Finding
  readonly targets: readonly string[]
  readonly sites: number
}

const STAGES: readonly ReportStage[] = stageSchema.options

/** What packages do themselves, versions of one name together; sorted by name, stage and seriousness. */
export function usesOf(result: AnalysisResult, options: InitOptions): Use[] {
  const found = new Map<string, Use>()
  for (const owner of result.packages.filter(({ name }) => isNameable(name))) {
    for (const finding of owner.capabilities) {
      if (finding.reach !== 'direct' || (finding.certainty === 'possible' && !options.possible)) continue
      const key = [owner.name, finding.stage, finding.capability].join('\0')
      const use = {
        name: owner.name,
        owner,
        finding,
        targets: targetsOf(finding, result, options),
        sites: finding.sites,
      }
      const known = found.get(key)
      found.set(key, known ? bothOf(known, use) : use)
    }
  }
  return [...found.values()].sort(
    (a, b) =>
      compareText(a.name, b.name) ||
      STAGES.indexOf(a.finding.stage) - STAGES.indexOf(b.finding.stage) ||
      compareCapabilities(a.finding.capability, b.finding.capability),
  )
}

function bothOf(a: Use, b: Use): Use {
  const everywhere = a.targets.length === 0 || b.targets.length === 0
  const targets = everywhere ? [] : [...new Set([...a.targets, ...b.targets])].sort()
  return { ...a, targets, sites: Math.max(a.sites, b.sites) }
}

/** How a rule names the targets of a finding: not at all, by its condition when that is short and says the same, or one by one. */
function targetsOf(finding: Finding, result: AnalysisResult, options: InitOptions): readonly string[] {
  const { targets, condition } = finding
  if (targets === undefined || targets.length === 0 || targets.length === result.targets.length) return []
  const cfg = `cfg(${condition})`
  const saysTheSame = (triple: string): boolean => holds(options.cfgHolds, cfg, triple) === targets.includes(triple)
  if (cfg.length <= MAX_CFG_LENGTH && result.targets.every(saysTheSame)) return [cfg]
  return targets
}

/** A formula with options that a manifest's `cfg(..)` cannot have holds nowhere as far as this asks. */
function holds(cfgHolds: InitOptions['cfgHolds'], cfg: string, triple: string): boolean {
  try {
    return cfgHolds(cfg, triple)
  } catch {
    return false
  }
}

/** By capability, the packages that share a rule: what is not alarming, in the running program, on every target. */
export function sharedUses(uses: readonly Use[]): Map<string, Use[]> {
  const shared = new Map<string, Use[]>()
  for (const use of uses) {
    const { capability, stage } = use.finding
    if (toneOf(capability) === 'alarm' || stage !== 'run' || use.targets.length > 0) continue
    const list = shared.get(capability)
    if (list) list.push(use)
    else shared.set(capability, [use])
  }
  return new Map([...shared].filter(([, of]) => of.length >= MIN_SHARED))
}

/** Uses of one package, stage and set of targets; the most serious first. */
export function rulesByPackage(uses: readonly Use[]): (readonly [Use, ...Use[]])[] {
  const rules = new Map<string, [Use, ...Use[]]>()
  for (const use of uses) {
    const key = [use.name, use.finding.stage, ...use.targets].join('\0')
    const rule = rules.get(key)
    if (rule) rule.push(use)
    else rules.set(key, [use])
  }
  return [...rules.values()].sort(([a], [b]) => compareCapabilities(a.finding.capability, b.finding.capability))
}
