/**
 * The resolution figures of a result, for a person: what share of references was resolved, what failed how often and in
 * which packages, and what was not read at all.
 */
import { compareText } from '../base/index.js'
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
  const owners = byCount(result.coverage.unresolved.map((reference) => reference.package))
  const losses = byCount(result.coverage.losses.map((loss) => loss.kind))
  const plain = ([label, count]: Count): string => `  ${padEnd(escapeText(label), 40)}${String(count).padStart(7)}`
  return `${[
    `${result.members.map(packageText).join(', ')}   ${percentResolved(result.coverage)} % of ${written} references resolved`,
    row('one function', exact),
    row('trait method', trait),
    row('function value', value),
    'not resolved',
    ...sorted(Object.entries(unresolved)).map(([reason, count]) => row(reason, count)),
    ...section('where', owners.slice(0, PACKAGES_SHOWN).map(plain), owners.length - PACKAGES_SHOWN),
    ...section('not read', losses.map(plain), 0),
  ].join('\n')}\n`
}

/** Packages listed; the JSON has each reference with its place. */
const PACKAGES_SHOWN = 20

type Count = readonly [what: string, count: number]

function section(title: string, rows: readonly string[], more: number): readonly string[] {
  if (rows.length === 0) return []
  return [title, ...rows, ...(more > 0 ? [`  and ${more} more packages`] : [])]
}

function byCount(names: readonly string[]): readonly Count[] {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return sorted([...counts])
}

/** The largest first, what is not there left out. */
function sorted(counts: readonly Count[]): readonly Count[] {
  return counts.filter(([, count]) => count > 0).sort(([a, m], [b, n]) => n - m || compareText(a, b))
}
