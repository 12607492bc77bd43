/** Lines of values, for whoever words an error: of keys, tables, elements of lists, and what is around what is missing. */
import { parseDocument } from '@decimalturn/toml-patch'
import { expect, test } from '@jest/globals'
import { lineOfValue, tomlPlaces } from '../../src/base/index.js'

const TEXT = `# a comment
name = "a = b"
a.b = 1

[table]
list = [
  1, # one
  { x = 1, y = 2 },
]

[[row]]
path = "first"
[[row]]
text = """
[table]
"""
path = "second"
`

test.each([
  [['name'], 2],
  [['a'], 3],
  [['a', 'b'], 3],
  [['a', 'missing'], 3],
  [['table'], 5],
  [['table', 'list', 0], 7],
  [['table', 'list', 1, 'y'], 8],
  [['row'], 11],
  [['row', 0, 'path'], 12],
  [['row', 1], 13],
  [['row', 1, 'path'], 17],
  [['row', 1, 'missing'], 13],
  [['nowhere'], 1],
])('%j stands in line %i', (path, line) => {
  expect(lineOfValue(TEXT, path, parseDocument)).toBe(line)
})

test('a place has the column of its key', () => {
  expect(tomlPlaces(parseDocument(TEXT))(['table', 'list', 1, 'y'])).toEqual({ line: 8, column: 11 })
})

test('what the parser refuses has no lines', () => {
  expect(lineOfValue('= 1', ['a'], parseDocument)).toBe(1)
})
