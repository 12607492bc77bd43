/** What `--capabilities` and `--stage` select. */
import { expect, test } from '@jest/globals'
import { capabilityFilter, filterResult } from '../../src/report/filter.js'
import { finding, packageOf, result } from './results.js'

const names = ['exec', 'fs/read', 'fs/meta', 'unsafe']
test.each([
  [[], names],
  [['fs'], ['fs/read', 'fs/meta']],
  [
    ['fs', 'exec', '-fs/meta'],
    ['exec', 'fs/read'],
  ],
  [['-unsafe'], ['exec', 'fs/read', 'fs/meta']],
  [['-fs', 'fs/read'], ['fs/read']],
])('%j selects %j', (words, expected) => {
  expect(names.filter(capabilityFilter(words))).toEqual(expected)
})

test('a filter keeps packages and coverage', () => {
  const all = result([packageOf('app@1.0.0', [finding('exec'), finding('exec', { stage: 'build' })], true)])
  const built = filterResult(all, { stages: ['build'] })
  expect(built.packages[0]?.capabilities.map((found) => found.stage)).toEqual(['build'])
  expect(filterResult(all, { capabilities: ['fs'] }).packages[0]?.capabilities).toEqual([])
  expect(built.coverage).toBe(all.coverage)
})
