/** Two small results compared, and what came of it as one line a change, so that a test shows what it is about. */
import type { Change, DiffResult } from '../../src/report/diff-result.js'
import { diffResultSchema } from '../../src/report/diff-result.js'
import type { ResultFilter } from '../../src/report/filter.js'
import type { AnalysisResult, Finding, PackageResult } from '../../src/report/result.js'
import { diffResults } from '../../src/review/diff.js'
import { finding, packageOf, result, step } from '../report/results.js'

/** A place of a power: `at` is `file:line`, `in` the function that it stands in. */
export function use(
  capability: string,
  calls: string,
  given: Partial<Finding> & { readonly in?: string; readonly at?: string; readonly of?: string } = {},
): Finding {
  const { in: within = 'app::run', at = 'src/lib.rs:3', of = 'app@1.0.0', ...rest } = given
  const last = step(calls, `${of} ${at}:5`)
  // What is no path is what syntax does: `unsafe call: zeroed`.
  const fact = calls.includes('::') ? {} : { fact: calls.split(':', 1)[0] as string }
  const path = [step(within, `${of} src/lib.rs:1:1`), { ...last, ...fact }]
  return finding(capability, { function: within, path, ...rest })
}

/** A result that lists each place, of `app` and what it depends on. */
export function sites(packages: readonly PackageResult[], given: Partial<AnalysisResult> = {}): AnalysisResult {
  return result(packages, { granularity: 'site', coverage: noLosses, ...given })
}

export const noLosses: AnalysisResult['coverage'] = {
  references: { written: 0, exact: 0, trait: 0, value: 0, unresolved: {} },
  unresolved: [],
  losses: [],
  files: { rust: 1, bytes: 100 },
  diagnostics: [],
}

export function app(capabilities: readonly Finding[], given: Partial<PackageResult> = {}): PackageResult {
  return { ...packageOf('app@1.0.0', capabilities, true), digest: 'd', binaries: [], ...given }
}

export function dependency(id: string, capabilities: readonly Finding[] = [], given: Partial<PackageResult> = {}) {
  return { ...packageOf(id, capabilities), digest: 'd', binaries: [], ...given }
}

/** The diff, held against its own schema. */
export function compare(
  old: AnalysisResult,
  now: AnalysisResult,
  filter: ResultFilter = {},
  oldFrom: 'source' | 'report' = 'source',
): DiffResult {
  const diff = diffResults({ result: old, from: oldFrom }, { result: now, from: 'source' }, '0.0.0', filter)
  diffResultSchema.parse(diff)
  return diff
}

/** `app: + gained run exec certain 0→1`, in the order of the diff. */
export function changeLines(diff: DiffResult): string[] {
  return diff.packages.flatMap((one) => one.changes.map((change) => `${one.name}: ${lineOf(change)}`))
}

const SIGNS = { more: '+', less: '-', other: '~' } as const

function lineOf(change: Change): string {
  const words: string[] = [SIGNS[change.direction], change.change]
  if (change.kind === 'capability') {
    const { stage, capability, certainty, reach, sites: counts } = change
    words.push(stage, capability, certainty, `${counts.old}→${counts.new}`)
    if (reach === 'transitive') words.push('through others')
  } else if (change.kind === 'value') {
    words.push(
      change.stage,
      change.capability,
      change.certainty,
      `[${change.before.join(', ')}] → ${change.resource.value}`,
    )
    if (change.reach === 'transitive') words.push('handed on')
  } else if (change.kind === 'coverage') words.push(change.reason, `${change.counts.old}→${change.counts.new}`)
  else if (change.kind === 'source') words.push(`${change.text.old} → ${change.text.new} (${change.tone})`)
  else words.push(change.kind === 'unit' ? change.unit : 'file', change.file)
  return words.join(' ')
}
