/** No line is wider than the terminal, whatever is told: each text over the samples, at widths from a split window to a wide one. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { CAPABILITIES } from '../../src/capabilities/index.js'
import { renderCheck } from '../../src/report/check-text.js'
import { renderDiff } from '../../src/report/diff-text.js'
import { widthOf } from '../../src/report/layout.js'
import { renderText } from '../../src/report/text.js'
import { renderWhy } from '../../src/report/why-text.js'

import { type CrateGraph, findingsOf, readCrate } from '../../src/wiring/analyze.js'
import { toResult } from '../../src/wiring/to-result.js'
import { whyOf } from '../../src/wiring/why.js'
import { compare } from '../review/diff-support.js'
import { checked, policy } from '../review/policies.js'

const SAMPLES = [
  'plain-library',
  'program',
  'build-script',
  'proc-macro',
  'platform-specific',
  'workspace',
  'malicious-pair/v1',
  'malicious-pair/v2',
]

/** Commands are there to be copied: they are never cut, and a terminal may wrap them. */
const isCommand = (line: string): boolean => /^\s*(?:all with paths +)?caps [a-z]/.test(line)

const tooWide = (text: string, columns: number): string[] =>
  text.split('\n').filter((line) => widthOf(line) > columns && !isCommand(line))

const graphs = new Map<string, CrateGraph>()
beforeAll(async () => {
  for (const sample of SAMPLES)
    graphs.set(sample, await readCrate(`samples/${sample}`, { offline: true, target: [] }, () => {}))
}, 240_000)

const RULES = `[[allow]]\npackage = "*"\ncapabilities = "stdio"\nreason = "${'a long reason '.repeat(20)}"
[[deny]]\npackage = "none-of-this-name"\ncapabilities = "*"\nreason = "no"\n`

describe.each([40, 60, 80, 100, 120])('%d columns', (columns) => {
  const view = { columns, colour: false }

  test.each(SAMPLES)('%s', (sample) => {
    const graph = graphs.get(sample) as CrateGraph
    for (const granularity of ['crate', 'module', 'function', 'site'] as const) {
      const result = toResult(findingsOf(graph, granularity))
      for (const showUnanalyzed of [true, false]) {
        const options = { ...view, showUnanalyzed, command: `caps analyze samples/${sample}` }
        expect(tooWide(renderText(result, options), columns)).toEqual([])
        expect(tooWide(renderText(result, { ...options, whole: true }), columns)).toEqual([])
      }
    }
    const whole = toResult(findingsOf(graph, 'crate'))
    const given = { strict: true, possible: true, narrowedBy: ['--entry main', '-p some-member'] }
    for (const one of [{}, given])
      expect(tooWide(renderCheck(checked(whole, policy(RULES), one), view), columns)).toEqual([])
    for (const capability of CAPABILITIES) {
      const text = [...renderWhy(whyOf(graph, capability), capability, { all: true }, view)].join('')
      expect(tooWide(text, columns)).toEqual([])
    }
  })

  test('the diff of any two', () => {
    const results = SAMPLES.map((sample) => toResult(findingsOf(graphs.get(sample) as CrateGraph, 'site')))
    for (const old of results) {
      for (const now of results) expect(tooWide(renderDiff(compare(old, now), view), columns)).toEqual([])
    }
  })
})
