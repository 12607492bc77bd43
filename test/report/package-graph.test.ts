/** Graphs as their readers see them: Graphviz itself (as wasm) for DOT, a strict XML parser for GraphML. */
import { describe, expect, test } from '@jest/globals'
import { instance } from '@viz-js/viz'
import { SaxesParser } from 'saxes'
import { graphDot } from '../../src/report/graph-dot.js'
import { graphGraphml } from '../../src/report/graph-graphml.js'
import type { GraphRecord } from '../../src/report/graph-records.js'
import { packageDot } from '../../src/report/package-dot.js'
import { packageGraphml } from '../../src/report/package-graphml.js'
import type { AnalysisResult } from '../../src/report/result.js'
import { finding, packageOf, result } from './results.js'

const viz = await instance()

interface Drawing {
  readonly objects?: readonly {
    readonly name: string
    readonly label: string
    readonly style?: string
    readonly fillcolor?: string
  }[]
  readonly edges?: readonly { readonly tail: number; readonly head: number; readonly style?: string }[]
}

/** What Graphviz understood of a graph. */
function drawn(dot: string): Drawing {
  const rendered = viz.render(dot, { format: 'json0' })
  // Warnings are about fonts that wasm does not have.
  expect(rendered.errors.filter(({ level }) => level === 'error')).toEqual([])
  return JSON.parse(rendered.output ?? '')
}

/** Nodes and edges of a document, `<data>` by key; throws when it is not well-formed. */
function parsed(xml: string): readonly Readonly<Record<string, string>>[] {
  const found: Record<string, string>[] = []
  let key = ''
  const parser = new SaxesParser()
  parser.on('opentag', ({ name, attributes }) => {
    if (name === 'node' || name === 'edge') found.push({ ...attributes })
    if (name === 'data') key = attributes['key'] ?? ''
  })
  parser.on('text', (text) => {
    const last = found.at(-1)
    if (key !== '' && last) last[key] = (last[key] ?? '') + text
  })
  parser.on('closetag', () => {
    key = ''
  })
  parser.write(xml).close()
  return found
}

const HOSTILE = '"]; evil [label="<x>&\n\\N\\G \ud800\uffff\x1b ]]> --> <!ENTITY'

function sample(name: string): AnalysisResult {
  const app = packageOf('app@1.0.0', [finding('exec', { reach: 'transitive' }), finding('fs/read')], true)
  const helper = packageOf(`${name}@0.1.0`, [
    finding('exec'),
    finding('env/read', { stage: 'build' }),
    finding('time', { certainty: 'possible' }),
  ])
  const dependencies = [
    { package: helper.id, kinds: ['normal' as const] },
    { package: 'tool@1.0.0', kinds: ['build' as const] },
    { package: 'not-analyzed@1.0.0', kinds: ['normal' as const] },
  ]
  return result([{ ...app, dependencies }, helper, packageOf('tool@1.0.0', [])])
}

describe('packages as DOT', () => {
  test('who depends on whom, and what each one’s own code can do', () => {
    const { objects = [], edges = [] } = drawn(packageDot(sample('helper')))
    expect(objects.map(({ label, fillcolor }) => [label, fillcolor])).toEqual([
      ['app 1.0.0\\nfs/read', '#fff3cd'],
      ['helper 0.1.0\\nexec\\nenv/read (build)\\ntime?', '#ffd7d7'],
      ['tool 1.0.0', undefined],
    ])
    expect(edges.map(({ tail, head, style }) => [tail, head, style])).toEqual([
      [0, 1, undefined],
      [0, 2, 'dashed'],
    ])
  })

  test('a hostile name stays inside of its label', () => {
    const { objects = [] } = drawn(packageDot(sample(HOSTILE)))
    expect(objects.map(({ name }) => name)).toEqual(['p0', 'p1', 'p2'])
  })
})

describe('packages as GraphML', () => {
  test('says the same', () => {
    const source = 'registry crates-io'
    expect(parsed(packageGraphml(sample('helper')))).toEqual([
      { id: 'p0', package: 'app@1.0.0', asked: 'true', source: 'path .', capabilities: 'fs/read', through: 'exec' },
      { id: 'p1', package: 'helper@0.1.0', asked: 'false', source, capabilities: 'exec, env/read (build), time?' },
      { id: 'p2', package: 'tool@1.0.0', asked: 'false', source },
      { source: 'p0', target: 'p1', kinds: 'normal' },
      { source: 'p0', target: 'p2', kinds: 'build' },
    ])
  })

  test('a hostile name stays text', () => {
    const nodes = parsed(packageGraphml(sample(HOSTILE)))
    expect(nodes.map(({ id }) => id)).toEqual(['p0', 'p1', 'p2', undefined, undefined])
  })
})

test('the call graph’s formats hold the same names', () => {
  const place = { package: `${HOSTILE}@1.0.0`, file: HOSTILE, line: 3 }
  const records: readonly GraphRecord[] = [
    { type: 'function', id: 0, ...place, target: 'lib', path: HOSTILE, endLine: 5 },
    { type: 'reference', from: 0, ...place, column: 5, callee: HOSTILE, certainty: 'certain', capabilities: ['exec'] },
  ]
  expect(drawn([...graphDot(records)].join('')).objects?.map(({ name }) => name)).toEqual(['f0', 'x1'])
  expect(parsed([...graphGraphml(records)].join(''))).toHaveLength(3)
})
