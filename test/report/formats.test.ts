/** The table of formats is what docs/formats.md says, and Capslock's names are those of its table. */
import { readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { CAPABILITIES } from '../../src/capabilities/capability.js'
import { capslockName } from '../../src/report/capslock-names.js'
import { capabilityFilter } from '../../src/report/filter.js'
import { FORMATS, formatNames } from '../../src/report/formats.js'

const docs = readFileSync(new URL('../../docs/formats.md', import.meta.url), 'utf8')
const words = (cell: string): readonly string[] => [...cell.matchAll(/`([^`]+)`/g)].map(([, word]) => word as string)

test('every result has the formats that are documented', () => {
  const rows = [...docs.matchAll(/^\| (\w+) \| `caps \w+` \| (.*) \|$/gm)].map(([, kind, formats]) => [
    kind,
    words(formats ?? ''),
  ])
  const kinds = Object.keys(FORMATS) as (keyof typeof FORMATS)[]
  expect(Object.fromEntries(rows)).toEqual(Object.fromEntries(kinds.map((kind) => [kind, formatNames(kind)])))
})

test('every capability has the name of Capslock’s that is documented', () => {
  const table = docs.slice(docs.indexOf('| caps | Capslock |'))
  const rows = [...table.matchAll(/^\| (`.*) \| (?:`(\w+)`|none.*) \|$/gm)]
  const documented = (capability: string): string | undefined =>
    rows.find(([, ours]) => capabilityFilter(words(ours ?? ''))(capability))?.[2]
  expect(CAPABILITIES.map((name) => [name, documented(name)])).toEqual(
    CAPABILITIES.map((name) => [name, capslockName(name)]),
  )
  expect(rows.length).toBeGreaterThan(10)
})
