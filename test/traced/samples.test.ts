/** The samples, and forms where they lie beside the checkout: no program, no socket, no stray read or write. */
import { cpSync, existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { program, repository } from '../e2e/run-caps.js'
import { Laboratory } from './run-traced.js'

let laboratory: Laboratory
beforeEach(() => {
  laboratory = new Laboratory()
})
afterEach(() => laboratory.remove())

const FORMS = process.env['CAPS_FORMS'] ?? join(repository, '../shared/forms/evasive')
const CRATES = [
  ...['program', 'malicious-pair/v2', 'build-script', 'proc-macro'].map((name) => join(repository, 'samples', name)),
  // Some, spread over the list.
  ...(existsSync(FORMS)
    ? readdirSync(FORMS)
        .filter((_, index) => index % 20 === 0)
        .map((name) => join(FORMS, name))
    : []),
]

test.each(CRATES)('%s', (from) => {
  cpSync(from, laboratory.crate, { recursive: true })
  const output = join(laboratory.output, 'report.json')
  const run = laboratory.run([program, 'analyze', laboratory.crate, '--format', 'json', '-o', output])
  expect(run).toMatchObject({ code: 0, objections: [], started: [] })
  expect(JSON.parse(readFileSync(output, 'utf8'))).toHaveProperty('coverage.files.rust', expect.any(Number))
})
