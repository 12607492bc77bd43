/** The figures of a run, and each mutant that vanished. */
import type { Outcome } from './run-block.js'

/** Text for a reader. */
export function report(outcomes: readonly Outcome[]): string {
  const count = (verdict: Outcome['verdict']): number => outcomes.filter((one) => one.verdict === verdict).length
  const compiled = outcomes.length - count('refused') - count('idle')
  const figures = `${outcomes.length} mutants, ${compiled} compiled and looked at, ${count('idle')} where no compiler looks: ${count('seen')} seen, ${count('told')} told, ${count('vanished')} vanished`
  const list = (verdict: Outcome['verdict']): string[] =>
    outcomes
      .filter((one) => one.verdict === verdict)
      .map(({ seed, crate, what, file = '', code = '' }) => `${verdict} ${seed} ${crate} ${file} ${what}\n    ${code}`)
  return `${[...list('told').map((line) => line.trim()), ...list('vanished'), figures].join('\n')}\n`
}
