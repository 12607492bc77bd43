// Completeness by derivation: what std's own bodies can do (data/std/derived.json, made by `npm run derive`) against the maps.
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { builtInMaps } from '../../src/capabilities/builtin-maps.js'
import { derivedTableSchema, printDerivedTable } from '../../src/derive-std-map/derived-table.js'
import { explain, findDifferences } from '../../src/derive-std-map/differences.js'

const read = (name: string): string => readFileSync(new URL(`../../data/std/${name}`, import.meta.url), 'utf8')
const text = read('derived.json')
const table = derivedTableSchema.parse(JSON.parse(text))
const maps = builtInMaps()
const differences = findDifferences(table.powers, maps)

test('every public function of std that reaches the system is named by a map', () => {
  expect(differences.filter(({ kind }) => kind === 'unmapped')).toEqual([])
})

test('what is derived and what a map says differ only where the map explains it', () => {
  expect(explain(differences, maps).unexplained).toEqual([])
})

test('no explanation explains nothing', () => {
  expect(explain(differences, maps).idle).toEqual([])
})

test('the entry points are complete: no foreign function of std is unknown to the maps', () => {
  expect(table.powers.filter(([, capability]) => capability === 'ffi')).toEqual([])
})

test('it was derived from the std that the model is of, and is as the script wrote it', () => {
  const { version } = JSON.parse(read('model.json')) as { version: string }
  expect(table.version).toBe(version)
  expect(printDerivedTable(table)).toBe(text)
})
