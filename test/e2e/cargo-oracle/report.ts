/** The outcomes of a run as text: what was met, what cargo said, and every kind of difference with examples. */
import type { Outcome } from './run-world.js'

const EXAMPLES = 6

export function report(outcomes: readonly Outcome[]): string {
  const count = (names: readonly string[]): string =>
    [...tally(names)]
      .sort(([a, n], [b, m]) => m - n || (a < b ? -1 : 1))
      .map(([name, times]) => `  ${times} ${name}\n`)
      .join('')
  const different = outcomes.filter(({ differences }) => differences.length > 0)
  const kinds = tally(different.flatMap(({ differences }) => [...new Set(differences.map(({ kind }) => kind))]))
  const lines = [
    `mechanisms\n${count(outcomes.flatMap(({ mechanisms }) => mechanisms))}`,
    `changes\n${count(outcomes.map(({ mutation }) => mutation))}`,
    `cargo\n${count(outcomes.map(({ cargo }) => cargo))}`,
    `allowed\n${count(outcomes.flatMap(({ allowed }) => allowed))}`,
    `spoilt on purpose, and seen\n${spoilt(outcomes)}`,
    ...[...kinds]
      .sort(([, n], [, m]) => m - n)
      .map(([kind, times]) => `${times} worlds differ: ${kind}\n${examples(kind, different)}`),
    `${outcomes.length} workspaces, ${different.length} with differences\n`,
  ]
  return lines.join('\n')
}

function spoilt(outcomes: readonly Outcome[]): string {
  const all = outcomes.flatMap((one) => one.spoilt)
  const seen = tally(all.filter((one) => one.seen).map(({ how }) => how))
  return [...tally(all.map(({ how }) => how))].map(([how, n]) => `  ${seen.get(how) ?? 0} of ${n} ${how}\n`).join('')
}

function examples(kind: string, outcomes: readonly Outcome[]): string {
  return outcomes
    .flatMap((outcome) =>
      outcome.differences
        .filter((one) => one.kind === kind)
        .slice(0, 1)
        .map((one) => ({ outcome, one })),
    )
    .slice(0, EXAMPLES)
    .map(
      ({ outcome, one }) =>
        `  seed ${outcome.seed}: ${outcome.mutation} [${outcome.mechanisms.join(', ')}]\n      ${one.text}\n`,
    )
    .join('')
}

function tally(names: readonly string[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const name of names) counts.set(name, (counts.get(name) ?? 0) + 1)
  return counts
}
