/** The call graph's formats, with names that try to break out of them. */
import { describe, expect, test } from '@jest/globals'
import { graphDot } from '../../src/report/graph-dot.js'
import { graphGraphml } from '../../src/report/graph-graphml.js'
import { graphJsonl } from '../../src/report/graph-jsonl.js'
import type { GraphRecord } from '../../src/report/graph-records.js'

const place = { package: 'app@1.0.0', file: 'src/lib.rs', line: 3 }
const records: readonly GraphRecord[] = [
  {
    type: 'function',
    id: 0,
    ...place,
    target: 'lib',
    path: 'app::a"]; evil [label="<x>&\x1b',
    endLine: 5,
    entry: true,
  },
  { type: 'function', id: 1, ...place, target: 'lib', path: 'app::b', endLine: 9 },
  { type: 'reference', from: 0, ...place, column: 5, callee: 'app::b', to: 1, certainty: 'possible', capabilities: [] },
  {
    type: 'reference',
    from: 1,
    ...place,
    column: 7,
    callee: 'std::fs::read',
    certainty: 'certain',
    capabilities: ['fs/read'],
  },
  {
    type: 'reference',
    from: 0,
    ...place,
    column: 8,
    callee: 'std::fs::read',
    certainty: 'certain',
    capabilities: ['fs/read'],
  },
  {
    type: 'reference',
    from: 1,
    ...place,
    column: 9,
    callee: null,
    certainty: 'certain',
    capabilities: [],
    why: 'unknown receiver',
  },
]
const join = (chunks: Iterable<string>): string => [...chunks].join('')

test('jsonl is a record a line and loses nothing', () => {
  const lines = join(graphJsonl(records)).split('\n')
  expect(lines.pop()).toBe('')
  expect(lines.map((line) => JSON.parse(line))).toEqual(records)
})

describe('dot', () => {
  const dot = join(graphDot(records))
  test('keeps names inside of their strings', () => {
    expect(dot).toContain('label="app::a\\"]; evil [label=\\"<x>&\\\\u{1b}"')
    expect(dot).not.toContain('\x1b')
  })
  test('draws each outer function once, filled when it has a capability', () => {
    expect(dot.match(/x1 \[/g)).toHaveLength(1)
    expect(dot).toContain('x1 [label="std::fs::read\\nfs/read", style=filled')
    expect(dot).toContain('f0 -> f1 [style=dashed]')
    expect(dot).toContain('x2 [label="unknown: unknown receiver", style=dotted]')
  })
})

test('graphml is well-formed and escapes names', () => {
  const xml = join(graphGraphml(records))
  expect(xml).toContain('<data key="path">app::a&quot;]; evil [label=&quot;&lt;x&gt;&amp;\\u{1b}</data>')
  expect(xml.match(/<node id="x1">/g)).toHaveLength(1)
  expect(xml).toContain('<edge source="f1" target="x1"><data key="certainty">certain</data>')
  const open = (xml.match(/<(?!\?|\/)[a-z]+[^>]*[^/]>/g) ?? []).length
  expect(open).toBe((xml.match(/<\//g) ?? []).length)
})
