/** docs/attacks.md: the attacks that happened are seen by each command, on both sides of the pair. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import * as library from '../../src/index.js'
import { type AllAnswers, answersOf } from './attacks/answers.js'
import { HAPPENED } from './attacks/document.js'
import { firstLines, inWords, refusedBy, valuesOf } from './attacks/first.js'

describe('attacks that happened', () => {
  let answers: AllAnswers
  beforeAll(async () => {
    answers = await answersOf(HAPPENED, library)
  }, 120_000)

  test('a policy that was made of what was there before allows it', () => {
    expect(answers.cleanBefore).toBe(true)
  })

  test.each(HAPPENED.map((pair) => [pair.name, pair] as const))('%s', async (_, pair) => {
    const of = answers.of(pair)
    expect({
      ...inWords(await firstLines(of, library)),
      refused: refusedBy(of),
      values: valuesOf(of),
    }).toEqual({ analyze: pair.analyze, diff: pair.diff, refused: pair.refused, values: pair.values })
  })
})
