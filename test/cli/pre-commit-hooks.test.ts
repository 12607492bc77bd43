/** .pre-commit-hooks.yaml, as pre-commit.com documents it: the keys that it knows, a program that is there, every commit. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { parse } from 'yaml'
import { z } from 'zod'

const inRepository = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')

/** After "Creating new hooks" of pre-commit.com, as far as it is used here: another key is a mistake. */
const [hook] = z
  .array(
    z.strictObject({
      id: z.literal('caps-check'),
      name: z.string(),
      description: z.string(),
      entry: z.string(),
      language: z.literal('node'),
      pass_filenames: z.boolean(),
      always_run: z.boolean(),
    }),
  )
  .length(1)
  .parse(parse(inRepository('.pre-commit-hooks.yaml')))

test('starts a program that npm installs, and hands it no file names', () => {
  const { bin, scripts } = JSON.parse(inRepository('package.json'))
  const [program = '', ...words] = hook?.entry.split(' ') ?? []
  expect(inRepository(bin[program])).toMatch(/^#!\/usr\/bin\/env node\n/)
  expect(words).toEqual(['check', '--staged', '--quiet'])
  expect(hook?.pass_filenames).toBe(false)
  // pre-commit installs from a git revision, which has nothing built.
  expect(scripts.prepare).toBe('node scripts/prepare.mjs')
})

test('runs for every commit: any file may decide what is compiled, a deleted one too', () => {
  expect(hook?.always_run).toBe(true)
})
