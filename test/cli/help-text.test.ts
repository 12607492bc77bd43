/** The help of yargs, read back. */
import { expect, test } from '@jest/globals'
import { helpText } from '../../src/cli/command-parser.js'
import { readHelp } from '../../src/cli/help-text.js'

test('commands, with their descriptions', async () => {
  const { usage, description, sections } = readHelp(await helpText(undefined, null))
  expect(usage).toBe('caps <command>')
  expect(description).toMatch(/^What a Rust crate can do/)
  expect(sections.map(({ title }) => title)).toEqual(['Commands', 'Options'])
  expect(sections[0]?.rows[0]).toEqual({
    names: ['caps analyze <crate>'],
    description: 'What the crate and its dependencies can do, where, and by which path',
    tags: [],
    choices: [],
  })
})

test('options, with all their names, choices and defaults', async () => {
  const { sections } = readHelp(await helpText('check', null))
  const rows = sections.flatMap((section) => section.rows)
  const row = (name: string) => rows.find(({ names }) => names.includes(name))
  expect(row('--package')).toMatchObject({ names: ['-p', '--package'], tags: ['array'] })
  expect(row('--fail-on')?.choices).toEqual(['new', 'sensitive', 'new-value', 'increase', 'any'])
  expect(row('--strict')?.tags).toEqual(['boolean', 'default: false'])
  expect(row('crate')?.description).toMatch(/^a directory, a Cargo\.toml/)
})

test('what has no description, and a default that is an empty list', async () => {
  const text =
    'caps x\n\nOptions:\n      --format  [choices: "a", "b c"] [default: "a"]\n  paths  words, …  [array] [default: []]\n'
  expect(readHelp(text).sections[0]?.rows).toEqual([
    { names: ['--format'], description: '', tags: ['choices: "a", "b c"', 'default: "a"'], choices: ['a', 'b c'] },
    { names: ['paths'], description: 'words, …', tags: ['array', 'default: []'], choices: [] },
  ])
})
