/** The problems of a check as a list: each with a key of its own, the most serious first. */
import { checked, compareText } from '../base/index.js'
import type { Problem } from '../report/check-result.js'
import { compareCapabilities } from '../report/severity.js'

/** Two versions of a package may have the same problem: then each says which it is. */
export function withDistinctKeys(problems: readonly Problem[]): Problem[] {
  const counts = new Map<string, number>()
  for (const { key } of problems) counts.set(key, (counts.get(key) ?? 0) + 1)
  return problems.map((problem) =>
    checked(counts.get(problem.key)) > 1 && 'version' in problem
      ? { ...problem, key: `${problem.key} ${problem.version}` }
      : problem,
  )
}

const LEVELS: readonly Problem['level'][] = ['error', 'warning', 'note']
const KINDS: readonly Problem['kind'][] = ['capability', 'source', 'coverage', 'unused']

/** Most serious first; what is denied before what is not allowed. */
export function compareProblems(a: Problem, b: Problem): number {
  return (
    LEVELS.indexOf(a.level) - LEVELS.indexOf(b.level) ||
    KINDS.indexOf(a.kind) - KINDS.indexOf(b.kind) ||
    (a.kind === 'capability' && b.kind === 'capability'
      ? Number(b.verdict === 'denied') - Number(a.verdict === 'denied') ||
        compareCapabilities(a.capability, b.capability)
      : 0) ||
    (a.kind === 'unused' && b.kind === 'unused' ? a.rule.line - b.rule.line : 0) ||
    compareText(a.key, b.key)
  )
}
