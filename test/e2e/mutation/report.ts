/** The figures of a run, and each mutant that vanished. */
import type { Outcome } from './run-block.js'

/** The mutants that vanished, with what is needed to look at them; those that were told in a line each. */
export function lost(outcomes: readonly Outcome[]): string {
  const line = ({ verdict, seed, crate, what, file = '' }: Outcome) => `${verdict} ${seed} ${crate} ${file} ${what}\n`
  const told = outcomes.filter(({ verdict }) => verdict === 'told').map(line)
  const vanished = outcomes.filter(({ verdict }) => verdict === 'vanished')
  return [...told, ...vanished.map((one) => `${line(one)}    ${one.code ?? ''}\n`)].join('')
}

/** How many were what, in a line. */
export function figures(outcomes: readonly Outcome[]): string {
  const count = (verdict: Outcome['verdict']): number => outcomes.filter((one) => one.verdict === verdict).length
  const compiled = outcomes.length - count('refused') - count('idle')
  const found = `${count('seen')} seen, ${count('told')} told, ${count('vanished')} vanished`
  return `${outcomes.length} mutants: ${compiled} compiled, ${count('idle')} more where the compiler does not look; ${found}\n`
}

/** Text for a reader. */
export const report = (outcomes: readonly Outcome[]): string => `${lost(outcomes)}${figures(outcomes)}`
