/** What one tries who knows caps: a gate says it, the diff says it, or docs/caveats.md says that nothing does. */
import { readFileSync } from 'node:fs'
import { beforeAll, expect, test } from '@jest/globals'
import * as library from '../../src/index.js'
import { TRICKS } from './attacks/against-caps.js'
import { type AllAnswers, type Answers, answersOf } from './attacks/answers.js'
import { refusedBy } from './attacks/first.js'

let answers: AllAnswers
beforeAll(async () => {
  answers = await answersOf(TRICKS, library)
}, 180_000)

/** `app: value exec git`, what can be more or is less known than before. */
function toldBy({ changes }: Answers): string[] {
  return changes.packages.flatMap((one) =>
    one.changes
      .filter(({ direction }) => direction === 'more')
      .map((change) => {
        if (change.kind === 'value') return `${one.name}: value ${change.capability} ${change.resource.value}`
        if (change.kind === 'coverage') return `${one.name}: coverage ${change.reason}`
        return `${one.name}: ${change.kind} ${change.kind === 'capability' ? change.capability : ''}`
      }),
  )
}

test.each(TRICKS.map((trick) => [trick.trick, trick] as const))('%s', (_, trick) => {
  const of = answers.of(trick)
  const [refused, told] = [refusedBy(of), toldBy(of)]
  if (trick.ends === 'check') expect(refused).toContain(trick.by)
  else expect(refused).toEqual([])
  if (trick.ends === 'diff') expect(told).toContain(trick.by)
  if (trick.ends !== 'caveat') return
  // When it is told, row and document change.
  expect(told).toEqual([])
  const document = readFileSync(new URL('../../docs/caveats.md', import.meta.url), 'utf8')
  expect(document.split('## What an attacker could still do')[1]).toContain(trick.by)
})
