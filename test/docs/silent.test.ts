/** A pair that is seen meanwhile fails here: then its words in docs/caveats.md go too. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import * as library from '../../src/index.js'
import { answersOf } from './attacks/answers.js'
import { SILENT } from './attacks/silent.js'

test('What neither diff nor check says of a changed crate stands in docs/caveats.md', async () => {
  const answers = await answersOf(SILENT, library)
  expect(answers.cleanBefore).toBe(true)
  const caveats = readFileSync('docs/caveats.md', 'utf8').replace(/\s+/g, ' ')
  const found = SILENT.map((pair) => {
    const { checked, changes } = answers.of(pair)
    const said = [...checked.problems, ...changes.packages.flatMap((one) => one.changes)].length
    return { name: pair.name, said, ownedUp: caveats.includes(pair.caveat) }
  })
  expect(found).toEqual(SILENT.map(({ name }) => ({ name, said: 0, ownedUp: true })))
}, 120_000)
