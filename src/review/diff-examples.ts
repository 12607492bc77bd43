/** Which of many places a reader is shown: those in functions where something changed, before those that only stand nearby. */
import type { Finding, Step } from '../report/result.js'
import type { Use } from './diff-uses.js'

/** More places than this are counted, not shown. */
export const MAX_EXAMPLES = 5

/** Paths of `use` that `other`, the same use on the other side, most likely does not have. */
export function examplesOf(use: Use | undefined, other: Use | undefined): readonly (readonly Step[])[] {
  if (!use) return []
  const surplus = surplusByFunction(use, other)
  const rank = (finding: Finding): number => {
    if (finding.literals?.some((literal) => !other?.texts.has(literal))) return 0
    return (surplus.get(functionOf(finding)) ?? 0) > 0 ? 1 : 2
  }
  return use.findings
    .map((finding, index) => ({ finding, index, rank: rank(finding) }))
    .sort((a, b) => a.rank - b.rank || a.index - b.index)
    .slice(0, MAX_EXAMPLES)
    .map(({ finding }) => finding.path)
}

const functionOf = (finding: Finding): string => finding.function ?? finding.path[0]?.function ?? ''

function surplusByFunction(use: Use, other: Use | undefined): ReadonlyMap<string, number> {
  const counts = new Map<string, number>()
  const count = (finding: Finding, by: number): void => {
    counts.set(functionOf(finding), (counts.get(functionOf(finding)) ?? 0) + by)
  }
  for (const finding of use.findings) count(finding, 1)
  for (const finding of other?.findings ?? []) count(finding, -1)
  return counts
}
