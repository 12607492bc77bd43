// The graphs of a survey: what calls what across crates, as files and as a graph for algorithms.
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { bidirectional } from 'graphology-shortest-path'
import { SaxesParser } from 'saxes'
import { crateGraph, exportGraph, SurveyDirectory } from '../../src/survey/index.js'
import { fillRichly } from './rich-survey.js'

let survey: SurveyDirectory
let output: string
beforeAll(() => {
  survey = new SurveyDirectory(mkdtempSync(join(tmpdir(), 'caps-graph-')))
  survey.create()
  fillRichly(survey)
  output = join(survey.path, 'graph')
  exportGraph(survey, output)
})
afterAll(() => rmSync(survey.path, { recursive: true, force: true }))

const rows = (name: string) => readFileSync(join(output, name), 'utf8').trimEnd().split('\r\n')

test('crates depend on each other, and the algorithms of graphology run on them', () => {
  const graph = crateGraph(survey)
  expect(graph.nodes().sort()).toEqual(['a@0.9.0', 'a@1.0.0', 'd@0.5.0', 'd@1.0.0', 'e@1.0.0'])
  expect(graph.getNodeAttributes('a@1.0.0')).toEqual({
    analyzed: true,
    direct: ['exec', 'network/connect'],
    transitive: ['exec', 'network/connect'],
  })
  expect(graph.getNodeAttribute('d@0.5.0', 'analyzed')).toBe(false)
  expect(graph.getEdgeAttributes('a@1.0.0', 'd@1.0.0')).toEqual({ kinds: ['build', 'normal'], places: 1 })
  expect(bidirectional(graph, 'a@1.0.0', 'd@1.0.0')).toEqual(['a@1.0.0', 'd@1.0.0'])
})

test('every edge leads between nodes that are there, once each', () => {
  for (const [nodes, edges] of [
    ['functions.csv', 'calls.csv'],
    ['crates.csv', 'dependencies.csv'],
  ] as const) {
    const ids = rows(nodes)
      .slice(1)
      .map((row) => row.split(',')[0])
    expect(new Set(ids).size).toBe(ids.length)
    for (const row of rows(edges).slice(1)) expect(ids).toEqual(expect.arrayContaining(row.split(',').slice(0, 2)))
  }
  expect(rows('functions.csv')).toContain('d@1.0.0 d::call,d@1.0.0,d::call,network/connect,Function')
  expect(rows('calls.csv')).toContain('a@1.0.0 a::go,d@1.0.0 d::call,possible,true,,1,CALLS')
})

test('the GraphML is read by a parser that is not ours', () => {
  const counts: Record<string, number> = {}
  const parser = new SaxesParser()
  parser.on('opentag', ({ name }) => {
    counts[name] = (counts[name] ?? 0) + 1
  })
  parser.write(readFileSync(join(output, 'crates.graphml'), 'utf8')).close()
  expect(counts).toMatchObject({ node: 5, edge: 3 })
})
