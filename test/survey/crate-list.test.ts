// Lists of crates: what they may look like, and the one error for what is none.
import { expect, test } from '@jest/globals'
import { listText, parseCrateList } from '../../src/survey/index.js'

const parse = (text: string) => parseCrateList(text, 'the list')

test('a line a crate, with comments', () => {
  expect(parse('# the first\nserde\n\n  log@0.4.29  # pinned\r\nserde\n')).toEqual([
    { name: 'serde', rank: 1 },
    { name: 'log', version: '0.4.29', rank: 2 },
  ])
})

test('a table with a column name, in any order', () => {
  expect(parse('downloads,name,rank\n500,syn,7\n400,"libc",8\n')).toEqual([
    { name: 'syn', rank: 7, downloads: 500 },
    { name: 'libc', rank: 8, downloads: 400 },
  ])
  expect(parse('name,version\nsyn,2.0.1\n')).toEqual([{ name: 'syn', version: '2.0.1', rank: 1 }])
})

test('a lockfile stands for its packages, but for those of a path or of git', () => {
  const entry = (name: string, source: string) => `[[package]]\nname = "${name}"\nversion = "1.0.0"\n${source}\n`
  const lock = [
    'version = 4\n',
    entry('own', ''),
    entry('a', 'source = "registry+r"'),
    entry('g', 'source = "git+g#0"'),
  ]
  expect(parse(lock.join('\n'))).toEqual([{ name: 'a', version: '1.0.0', rank: 1 }])
})

test.each([
  ['', 'it is empty, or all of it are comments'],
  ['serde\nnot a name\n', 'line 2: "not a name" is no name of a crate'],
  ['serde@1\n', 'line 1: "1" is no version; write all of it, as in 1.2.3'],
  ['serde\n../../etc/passwd\n', 'line 2: "../../etc/passwd" is no name of a crate'],
  ['a,b\nc,d\n', 'line 1: it is a row of a table whose first line has no column name'],
  ['name,downloads\nsyn,many\n', 'line 2: its downloads is no number: "many"'],
])('%j is refused', (text, why) => {
  expect(() => parse(text)).toThrow(expect.objectContaining({ why }))
})

test('bytes that are no text are refused', () => {
  expect(() => listText(Buffer.from([0x7f, 0x45, 0xff, 0xfe]), 'the list')).toThrow(/the list is no list of crates/)
})
