/** What the other commands do to the machine, under the tracer. */
import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { program, repository } from '../e2e/run-caps.js'
import { Laboratory } from './run-traced.js'

let laboratory: Laboratory
beforeEach(() => {
  laboratory = new Laboratory()
  cpSync(join(repository, 'samples/malicious-pair'), laboratory.crate, { recursive: true })
})
afterEach(() => laboratory.remove())

test.each<[string, number, string[]]>([
  ['diff', 0, ['CRATE/v1', 'CRATE/v2', '--offline']],
  ['diff', 0, ['CRATE/v1', 'CRATE/v2', '--offline', '--format', 'html', '-o', 'OUTPUT/page.html']],
  ['check', 1, ['CRATE/v2', '--policy', 'CRATE/caps.toml', '--offline']],
  ['why', 0, ['CRATE/v2', 'exec', '--offline']],
  ['graph', 0, ['CRATE/v2', '--format', 'dot', '-o', 'OUTPUT/graph.dot', '--offline']],
  ['stats', 0, ['CRATE/v2', '--offline']],
  ['lookup', 0, ['std::fs::read']],
])('%s, exit code %i: %j', (command, code, args) => {
  const here = args.map((arg) => arg.replace('CRATE', laboratory.crate).replace('OUTPUT', laboratory.output))
  expect(laboratory.run([program, command, ...here])).toMatchObject({ objections: [], started: [], code })
})
