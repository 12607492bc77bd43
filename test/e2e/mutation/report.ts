/** The figures of a run, and each mutant that vanished. */
import type { Outcome } from './run-block.js'

/** The mutants that vanished, with what is needed to look at them; those that were told in a line each. */
export function lost(outcomes: readonly Outcome[]): string {
  const line = ({ verdict, seed, crate, what, file = '' }: Outcome) => `${verdict} ${seed} ${crate} ${file} ${what}\n`
  const told = outcomes.filter(({ verdict }) => verdict === 'told').map(line)
  const vanished = outcomes.filter(({ verdict }) => verdict === 'vanished')
  return [...told, ...vanished.map((one) => `${line(one)}    ${one.code ?? ''}\n`)].join('')
}

/** Text for a reader. */
export function report(outcomes: readonly Outcome[]): string {
  const count = (verdict: Outcome['verdict']): number => outcomes.filter((one) => one.verdict === verdict).length
  const compiled = outcomes.length - count('refused') - count('idle')
  const found = `${count('seen')} seen, ${count('told')} told, ${count('vanished')} vanished`
  const looked = `${compiled} compiled, ${count('idle')} more where the compiler does not look`
  return `${lost(outcomes)}${outcomes.length} mutants: ${looked}; ${found}\n`
}
