/** The result's schema: it takes what we make, refuses what is not in it, and is the one in docs/schema. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { analysisJsonSchema, analysisResultSchema } from '../../src/report/result.js'
import { finding, packageOf, result } from './results.js'

test('a result passes, one with an unknown or wrong field does not', () => {
  const good = result([packageOf('app@1.0.0', [finding('exec')], true)])
  expect(analysisResultSchema.safeParse(good).success).toBe(true)
  expect(analysisResultSchema.safeParse({ ...good, extra: 1 }).success).toBe(false)
  expect(analysisResultSchema.safeParse({ ...good, schemaVersion: 2 }).success).toBe(false)
  const noPath = result([packageOf('app@1.0.0', [finding('exec', { path: [] })], true)])
  expect(analysisResultSchema.safeParse(noPath).success).toBe(false)
})

test('docs/schema/analysis-v1.json is current (npm run docs)', () => {
  const file = new URL('../../docs/schema/analysis-v1.json', import.meta.url)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(analysisJsonSchema())
})
