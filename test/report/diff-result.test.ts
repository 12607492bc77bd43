/** The schema of a diff is the one in docs/schema. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { diffJsonSchema } from '../../src/report/diff-result.js'

test('docs/schema/diff-v1.json is current (npm run docs)', () => {
  const file = new URL('../../docs/schema/diff-v1.json', import.meta.url)
  expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(diffJsonSchema())
})
