/** Which diffs a gate stops at. */
import { expect, test } from '@jest/globals'
import type { AnalysisResult } from '../../src/report/result.js'
import { failsOn } from '../../src/review/diff-gate.js'
import { app, compare, sites, use } from './diff-support.js'

const spawn = 'std::process::Command::spawn'
const nothing = sites([app([])])
const binaries = (format: string) => [{ file: 'x', format, bytes: 1, sha256: 'x' }]
const twice = [use('exec', spawn), use('exec', spawn, { at: 'src/lib.rs:9' })]

test.each<[string, AnalysisResult, AnalysisResult, boolean, boolean]>([
  ['nothing', nothing, nothing, false, false],
  ['something lost', sites([app([use('exec', spawn)])]), nothing, false, false],
  ['a capability', nothing, sites([app([use('exec', spawn)])]), true, true],
  ['a possible capability', nothing, sites([app([use('exec', spawn, { certainty: 'possible' })])]), false, true],
  ['one more use', sites([app(twice.slice(1))]), sites([app(twice)]), false, true],
  ['a program', nothing, sites([app([], { binaries: binaries('ELF program or object') })]), true, true],
  ['an image', nothing, sites([app([], { binaries: binaries('PNG image') })]), false, true],
])('%s', (_, old, now, onNew, onAny) => {
  const diff = compare(old, now)
  expect([failsOn(diff, 'new'), failsOn(diff, 'any')]).toEqual([onNew, onAny])
})
