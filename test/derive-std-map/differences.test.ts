// Differences between a derivation and the maps: each kind is found, explained by the map's own file, and no longer when idle.
import { describe, expect, test } from '@jest/globals'
import { type LoadedMap, readMapFile } from '../../src/capabilities/map-file.js'
import type { DerivedTable } from '../../src/derive-std-map/derived-table.js'
import { explain, findDifferences } from '../../src/derive-std-map/differences.js'

const ROWS = `version = 1
symbol_crates = ["libc"]
rows = [
  { path = "std::fs::read", grants = ["fs/read"] },
  { path = "std::env::args", grants = ["env/args"] },
  { impl = "<std::fs::File as std::io::Write>", safe = "a test" },
  { prefix = "libc", grants = ["ffi"] },
]
`
const mapOf = (differences = ''): LoadedMap[] => [readMapFile({ name: 'std.toml', text: ROWS + differences })]
const POWERS: DerivedTable['powers'] = [
  ['std::fs::read', 'fs/read', 'libc::read', '0'],
  ['std::fs::read', 'fs/write', 'libc::open', '0'],
  ['<std::fs::File as std::io::Write>::write', 'fs/write', 'libc::write', '0'],
  ['<std::fs::File as std::io::Write>::flush', 'fs/write', 'libc::fsync', '01'],
  ['std::fs::frobnicate', 'exec', 'libc::fork', '1'],
]
const shown = (powers: DerivedTable['powers'], maps: readonly LoadedMap[]): string[] =>
  findDifferences(powers, maps).map(({ kind, subject, capability }) => `${kind} ${subject} ${capability}`)

describe('differences', () => {
  test('of each kind, once for each row', () => {
    expect(shown(POWERS, mapOf())).toEqual([
      'derived std::fs::read (std.toml) fs/write',
      'derived <std::fs::File as std::io::Write> (std.toml) fs/write',
      'unmapped std::fs::frobnicate exec',
      'granted std::env::args (std.toml) env/args',
    ])
  })

  test('a row that says what is derived has none', () => {
    expect(shown([['std::env::args', 'env/args', 'libc::args', '0']], mapOf())).toEqual([
      'granted std::fs::read (std.toml) fs/read',
    ])
  })
})

describe('explanations', () => {
  test('take differences away; a hole in the maps stays', () => {
    const maps = mapOf(`[[differences]]
derived = ["fs/write"]
because = "flags"
rows = ["std::fs::read", "<std::fs::File as std::io::Write>"]
[[differences]]
granted = ["env/args"]
because = "kept in memory"
rows = ["std::env::args"]
`)
    const { unexplained, idle, explained } = explain(findDifferences(POWERS, maps), maps)
    expect(unexplained.map(({ subject }) => subject)).toEqual(['std::fs::frobnicate'])
    expect({ idle, explained }).toEqual({ idle: [], explained: 3 })
  })

  test('that explain nothing are told, by row and by capability', () => {
    const maps = mapOf(`[[differences]]
derived = ["fs/write", "exec"]
because = "flags"
rows = ["std::fs::read", "std::fs::gone"]
`)
    expect(explain(findDifferences(POWERS, maps), maps).idle).toEqual([
      'std.toml differences[0]: std::fs::gone',
      'std.toml differences[0]: derived exec',
    ])
  })
})
