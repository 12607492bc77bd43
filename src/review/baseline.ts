/**
 * A baseline: an earlier report in the place of a policy. What it has seen is allowed, by package name and not by
 * version, so that an update is held against what was there before it.
 */
import { compareText } from '../base/index.js'
import type { AnalysisResult, Finding, PackageResult } from '../report/result.js'
import { sourceText } from '../report/source-text.js'
import { type KnownValues, type ValueLevel, valuesIn, wasThere } from './baseline-values.js'
import { lostCode } from './lost-coverage.js'
import { type CapabilityRule, type CoverageRule, type Policy, type SourceRule, WHOLE_SCOPE } from './policy.js'
import { configurationText, differingParts, isConfiguration } from './source-parts.js'
import { sourcePattern } from './source-pattern.js'
import { wordOf } from './value-pattern.js'

export interface BaselineOptions {
  /** As results name it: relative to the directory of the crate. */
  readonly file: string
  /** Record in how many places each capability was, so that more of them is told. */
  readonly sites: boolean
  /** Record what capabilities acted on, so that anything else is told; `none` unless given. */
  readonly values?: ValueLevel
}

/** The policy that a report stands for. */
export function policyOfBaseline(report: AnalysisResult, options: BaselineOptions): Policy {
  const valuesOf = valuesIn(report)
  return {
    kind: 'baseline',
    file: options.file,
    rules: seenIn(report).map((seen) => ({
      ...ruleOf(seen, options.sites),
      ...valueRule(valuesOf(seen.name, seen.finding), seen.finding, options.values ?? 'none'),
    })),
    coverage: coverageRules(report),
    sources: sourceRules(report),
    scope: WHOLE_SCOPE,
  }
}

/** A capability of a package, over all of its versions. */
interface Seen {
  readonly name: string
  readonly finding: Finding
  sites: number
  /** Absent: on all that were looked at. */
  targets: ReadonlySet<string> | undefined
}

/** What packages do themselves: what they reach through others is allowed or not at those. */
function seenIn(report: AnalysisResult): Seen[] {
  const all = new Map<string, Seen>()
  for (const owner of report.packages) {
    for (const seen of seenOf(owner, report)) {
      const key = keyOf(owner, seen.finding)
      const known = all.get(key)
      if (!known) all.set(key, seen)
      else {
        known.sites = Math.max(known.sites, seen.sites)
        known.targets = known.targets && seen.targets && new Set([...known.targets, ...seen.targets])
      }
    }
  }
  return [...all.values()]
}

/** Of one version; a report of finer granularity has several findings of one capability. */
function seenOf(owner: PackageResult, report: AnalysisResult): Iterable<Seen> {
  const all = new Map<string, Seen>()
  for (const finding of owner.capabilities) {
    if (finding.reach !== 'direct') continue
    const targets = restrictedTo(finding, report)
    const known = all.get(keyOf(owner, finding))
    if (!known) all.set(keyOf(owner, finding), { name: owner.name, finding, sites: finding.sites, targets })
    else {
      known.sites += finding.sites
      known.targets = known.targets && targets && new Set([...known.targets, ...targets])
    }
  }
  return all.values()
}

const keyOf = ({ name }: PackageResult, { stage, capability, certainty }: Finding): string =>
  [name, stage, capability, certainty].join('\0')

/** The targets that it was on, when it was not on all of them; what was on none may be on all. */
function restrictedTo({ targets }: Finding, report: AnalysisResult): ReadonlySet<string> | undefined {
  if (targets === undefined || targets.length === 0 || targets.length === report.targets.length) return undefined
  return new Set(targets)
}

function ruleOf({ name, finding, sites, targets }: Seen, withSites: boolean): CapabilityRule {
  return {
    action: 'allow',
    subjects: [{ k: 'package', name, text: name }],
    line: 0,
    reason: undefined,
    capabilities: [finding.capability],
    stages: [finding.stage],
    namesStages: true,
    targets: [...(targets ?? [])],
    ...(targets && { onTarget: (triple: string) => targets.has(triple) }),
    sites: new Map(withSites ? [[finding.capability, sites]] : []),
    values: new Map(),
    tags: [],
    transitive: false,
    possibleOnly: finding.certainty === 'possible',
  }
}

/** The values are for messages: what the report has of a value decides. */
function valueRule(
  known: KnownValues,
  { capability }: Finding,
  level: ValueLevel,
): Pick<CapabilityRule, 'isKnown'> & Partial<Pick<CapabilityRule, 'values'>> {
  if (level === 'none') return {}
  if (level === 'sensitive') {
    return { isKnown: (value, ...rest) => value.tags === undefined || wasThere(known, value, ...rest) }
  }
  const words = [...new Set(known.resources.filter(({ kind }) => kind !== 'handle').map(wordOf))].sort(compareText)
  return {
    isKnown: (value, ...rest) => wasThere(known, value, ...rest),
    values: new Map(words.length > 0 ? [[capability, words]] : []),
  }
}

/** By package name: where its versions came from. An older report knows no more than registry, git or path. */
function sourceRules(report: AnalysisResult): SourceRule[] {
  const byName = new Map<string, PackageResult[]>()
  for (const owner of report.packages) byName.set(owner.name, [...(byName.get(owner.name) ?? []), owner])
  return [...byName].map(([name, seen]) => ({
    subjects: [{ k: 'package', name, text: name }],
    line: 0,
    reason: undefined,
    from: seen.some(isConfiguration)
      ? seen.flatMap((old) => sourcePattern(configurationText(old)) ?? [])
      : seen.map((old) => ({
          text: sourceText(old.source ?? { kind: old.origin }),
          allows: (owner, directory) => {
            // A version that was there is held against itself: its content has one sum.
            if (old.version !== owner.version && seen.some(({ version }) => version === owner.version)) return false
            return differingParts({ owner: old, directory: report.directory }, { owner, directory }).length === 0
          },
        })),
  }))
}

/** By package name: the most that a version of it had. */
function coverageRules(report: AnalysisResult): CoverageRule[] {
  const counts = new Map<string, { losses: number; unresolved: number }>()
  const lostOf = lostCode(report)
  for (const { id, name } of report.packages) {
    const lost = lostOf.get(id)
    if (!lost) continue
    const known = counts.get(name) ?? { losses: 0, unresolved: 0 }
    known.losses = Math.max(known.losses, lost.losses.length)
    known.unresolved = Math.max(known.unresolved, lost.unresolved.length)
    counts.set(name, known)
  }
  return [...counts].map(([name, count]) => ({
    subjects: [{ k: 'package', name, text: name }],
    line: 0,
    reason: undefined,
    ...count,
  }))
}
