/**
 * What capabilities act on in a baseline, and which of what they act on now is not among it: the same question as of a
 * diff, whose answer diff-values.ts gives of two whole results.
 */
import { resourceKey } from '../report/resource-text.js'
import type { AnalysisResult, Finding, Resource } from '../report/result.js'

/** `sensitive`: those with a tag alone. */
export type ValueLevel = 'none' | 'sensitive' | 'all'

/** What a capability of a package acted on, in all of its versions. */
export interface KnownValues {
  readonly resources: readonly Resource[]
  /** By `resourceKey`, those of certain findings. */
  readonly certain: ReadonlySet<string>
  readonly any: ReadonlySet<string>
}

/** Whether a report says what capabilities act on; one of an older caps does not. */
export const reportTellsValues = ({ packages }: AnalysisResult): boolean =>
  packages.some(({ capabilities }) => capabilities.some(({ resources }) => resources !== undefined)) ||
  packages.every(({ capabilities }) => capabilities.length === 0)

/** By package name, stage and capability. */
export function valuesIn({ packages }: AnalysisResult): (name: string, finding: Finding) => KnownValues {
  const all = new Map<string, { resources: Resource[]; certain: Set<string>; any: Set<string> }>()
  for (const { name, capabilities } of packages) {
    for (const finding of capabilities) {
      const key = keyOf(name, finding)
      const known = all.get(key) ?? { resources: [], certain: new Set(), any: new Set() }
      all.set(key, known)
      for (const resource of finding.resources ?? []) {
        known.resources.push(resource)
        known.any.add(resourceKey(resource))
        if (finding.certainty === 'certain') known.certain.add(resourceKey(resource))
      }
    }
  }
  return (name, finding) => all.get(keyOf(name, finding)) ?? NOTHING
}

const NOTHING: KnownValues = { resources: [], certain: new Set(), any: new Set() }
const keyOf = (name: string, { stage, capability }: Pick<Finding, 'stage' | 'capability'>): string =>
  [name, stage, capability].join('\0')

/** Whether a value was there, or says no more than what was; `now`: all that the capability acts on. */
export function wasThere(
  { resources, certain, any }: KnownValues,
  value: Omit<Resource, 'sites'>,
  certainty: Finding['certainty'],
  now: readonly Resource[],
): boolean {
  // It was opened elsewhere, and is judged there.
  if (value.kind === 'handle') return true
  const key = resourceKey(value)
  if ((certainty === 'certain' ? certain : any).has(key)) return true
  const before = resources.filter((one) => one.kind === value.kind && resourceKey(one) !== key)
  if (value.known === 'unknown' && before.length === 0) return true
  if (value.tags !== undefined || before.some(({ known }) => known !== 'unknown')) return false
  // Nothing was known, and less is unknown now: it is known better what it always was.
  return unknownSites(now, value.kind) < unknownSites(before, value.kind)
}

const unknownSites = (resources: readonly Resource[], kind: Resource['kind']): number =>
  resources.reduce((sum, one) => sum + (one.known === 'unknown' && one.kind === kind ? one.sites : 0), 0)
