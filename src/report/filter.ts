/**
 * A part of a result: the capabilities and stages that the user asks for. Coverage stays whole, since code that was not
 * read may have anything.
 */
import { familyOf } from '../base/index.js'
import type { AnalysisResult, Finding, ReportStage } from './result.js'

export interface ResultFilter {
  /** `fs`, `fs/read`, `exec`: only these; `-unsafe`: not these. */
  readonly capabilities?: readonly string[]
  readonly stages?: readonly ReportStage[]
}

/** The result with the asked-for findings only; every package stays. */
export function filterResult(result: AnalysisResult, filter: ResultFilter): AnalysisResult {
  const wanted = capabilityFilter(filter.capabilities ?? [])
  const stages = filter.stages && filter.stages.length > 0 ? new Set<string>(filter.stages) : undefined
  const keep = (finding: Finding): boolean => wanted(finding.capability) && (stages?.has(finding.stage) ?? true)
  return {
    ...result,
    packages: result.packages.map((owner) => ({ ...owner, capabilities: owner.capabilities.filter(keep) })),
  }
}

/**
 * Whether a capability is asked for. A word means the capability of that name or all of that family; the more exact word
 * wins, so that `fs,-fs/meta` and `-fs,fs/read` both mean what they say. Without a word that includes, all are included.
 */
export function capabilityFilter(words: readonly string[]): (capability: string) => boolean {
  const including = new Set(words.filter((word) => !word.startsWith('-')))
  const excluding = new Set(words.filter((word) => word.startsWith('-')).map((word) => word.slice(1)))
  return (capability) => {
    const family = familyOf(capability)
    for (const word of [capability, family]) {
      if (excluding.has(word)) return false
      if (including.has(word)) return true
    }
    return including.size === 0
  }
}
