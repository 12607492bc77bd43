/** The resolution figures of a result, for a person: what share of references was resolved, and what failed how often. */
import { percentResolved } from './coverage-text.js'
import { escapeText } from './escape.js'
import { padEnd } from './layout.js'
import type { AnalysisResult } from './result.js'
import { packageText } from './spelling.js'

/** Reasons below the one that fails most are what to improve next, so they come in that order. */
export function renderStats(result: AnalysisResult): string {
  const { written, exact, trait, value, unresolved } = result.coverage.references
  const row = (label: string, count: number): string => {
    const share = written === 0 ? 0 : (100 * count) / written
    return `  ${padEnd(escapeText(label), 20)}${String(count).padStart(9)}${`${share.toFixed(2)} %`.padStart(10)}`
  }
  const failures = Object.entries(unresolved)
    .filter(([, count]) => count > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
  return `${[
    `${result.members.map(packageText).join(', ')}   ${percentResolved(result.coverage)} % of ${written} references resolved`,
    row('one function', exact),
    row('trait method', trait),
    row('function value', value),
    'not resolved',
    ...failures.map(([reason, count]) => row(reason, count)),
  ].join('\n')}\n`
}
