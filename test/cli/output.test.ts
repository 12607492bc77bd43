/** A file is written whole or not at all. */
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { writeOutput } from '../../src/cli/output.js'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-output-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('what fails half-way leaves the old file and nothing else', async () => {
  const file = join(directory, 'report.json')
  writeFileSync(file, 'old')
  function* chunks(): Generator<string> {
    yield 'x'.repeat(100_000)
    throw new Error('broken')
  }
  await expect(writeOutput(chunks(), file)).rejects.toThrow('broken')
  expect(readFileSync(file, 'utf8')).toBe('old')
  expect(readdirSync(directory)).toEqual(['report.json'])
})

test('a place that cannot be written to is told in three parts', async () => {
  mkdirSync(join(directory, 'here'))
  for (const file of [join(directory, 'missing/x'), join(directory, 'here')]) {
    await expect(writeOutput(['x'], file)).rejects.toMatchObject({ what: `The output cannot be written to ${file}` })
  }
})
