/** The list that types goes by is the one that was derived. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { derivedTableSchema, printSystemImpls } from '../../src/derive-std-map/derived-table.js'

const read = (file: string) => readFileSync(new URL(`../../data/std/${file}`, import.meta.url), 'utf8')

test('data/std/system-impls.json is made of data/std/derived.json', () => {
  const table = derivedTableSchema.parse(JSON.parse(read('derived.json')))
  expect(read('system-impls.json')).toBe(printSystemImpls(table))
})
