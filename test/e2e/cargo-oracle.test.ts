/**
 * The first workspaces of the long run (`npm run oracle`), one test each: what caps makes of them is what cargo makes of
 * them. Without a cargo on this machine nothing is compared, and nothing counts as passed.
 */
import { spawnSync } from 'node:child_process'
import { join } from 'node:path'
import { beforeAll, expect, test } from '@jest/globals'
import { cargoDirectory } from './cargo-oracle/cargo.js'
import type { Outcome } from './cargo-oracle/run-world.js'
import { SABOTAGES } from './cargo-oracle/sabotage.js'
import { repository } from './run-caps.js'

const COUNT = 50
const seeds = Array.from({ length: COUNT }, (_, index) => index + 1)
const hasCargo = cargoDirectory() !== undefined

let outcomes: ReadonlyMap<number, Outcome> = new Map()
beforeAll(() => {
  if (!hasCargo) return
  const program = join(repository, 'scripts/oracle.mjs')
  const args = ['--no-warnings', program, '--count', String(COUNT), '--seed', '1', '--no-shrink', '--json']
  const done = spawnSync(process.execPath, args, { encoding: 'utf8', maxBuffer: 64 * 1024 * 1024 })
  expect(done.stderr).toBe('')
  outcomes = new Map((JSON.parse(done.stdout) as Outcome[]).map((outcome) => [outcome.seed, outcome]))
})

const oracle = hasCargo ? test : test.skip
oracle.each(seeds.map((seed) => ({ seed })))('workspace $seed: npm run oracle -- --only $seed', ({ seed }) => {
  expect(outcomes.get(seed)).toMatchObject({ seed, differences: [] })
})

oracle('cargo takes some as they are, resolves some anew and refuses some', () => {
  const answers = new Set([...outcomes.values()].map(({ cargo }) => cargo))
  expect([...answers].sort()).toEqual(['fits', 'refused', 'resolved anew'])
})

oracle('answers that were spoilt on purpose are seen', () => {
  const all = [...outcomes.values()].flatMap(({ seed, spoilt }) => spoilt.map((one) => ({ seed, ...one })))
  expect(all.filter(({ seen }) => !seen)).toEqual([])
  expect([...new Set(all.map(({ how }) => how))].sort()).toEqual(Object.keys(SABOTAGES).sort())
})
