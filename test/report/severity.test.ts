/** One order of capabilities: of findings, of reports, and of the documentation. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { CAPABILITIES } from '../../src/capabilities/capability.js'
import { compareCapabilities, RANKS } from '../../src/report/severity.js'

const ranked = RANKS.map((rank) => rank.capability)

test('findings and reports have the same names in the same order', () => {
  expect(ranked).toEqual([...CAPABILITIES])
})

test('docs/capabilities.md lists them in that order', () => {
  const text = readFileSync(new URL('../../docs/capabilities.md', import.meta.url), 'utf8')
  expect([...text.matchAll(/^\| `([^`]+)` \|/gm)].map((row) => row[1])).toEqual(ranked)
})

test('names that are not known have a place too', () => {
  const sorted = ['time', 'gpu/draw', 'fs/read', 'fs/invented', 'exec'].sort(compareCapabilities)
  expect(sorted).toEqual(['exec', 'fs/invented', 'fs/read', 'gpu/draw', 'time'])
})
