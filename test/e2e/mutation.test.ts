/**
 * The first mutants of the long run (`npm run mutate`), over the samples alone: no power vanishes. Without a rustc on this
 * machine nothing is compared, and nothing counts as passed.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import type { Outcome } from './mutation/run-block.js'
import { repository } from './run-caps.js'

const hasRustc = spawnSync('rustc', ['--version']).status === 0
const mutation = hasRustc ? test : test.skip

mutation('of 200 mutants none vanishes: npm run mutate -- --fetched 0 --seed 0', () => {
  const program = join(repository, 'scripts/mutate.mjs')
  const args = ['--no-warnings', program, '--count', '200', '--seed', '0', '--block', '50', '--fetched', '0', '--json']
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect(done.stderr).toBe('')
  const outcomes = JSON.parse(done.stdout) as Outcome[]
  expect(outcomes.filter(({ verdict }) => verdict === 'vanished')).toEqual([])
  expect(outcomes.filter(({ verdict }) => verdict === 'seen').length).toBeGreaterThan(80)
})
