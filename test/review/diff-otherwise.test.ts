/** What differs is a change, whatever else became less: a diff that says nothing must have nothing to say. */
import { describe, expect, test } from '@jest/globals'
import type { AnalysisResult, PackageResult } from '../../src/report/result.js'
import { failsOn } from '../../src/review/diff-gate.js'
import { finding, step } from '../report/results.js'
import { app, changeLines, compare, dependency, noLosses, sites, use } from './diff-support.js'

const spawn = 'std::process::Command::spawn'
const run = (at: string, ...literals: readonly string[]) =>
  use('exec', spawn, { at: `src/lib.rs:${at}`, ...(literals.length > 0 && { literals }) })

function between(old: AnalysisResult, now: AnalysisResult): string[] {
  const diff = compare(old, now)
  const lines = changeLines(diff)
  expect(failsOn(diff, 'any')).toBe(lines.some((line) => !line.includes(': - ')))
  return lines
}

describe('arguments', () => {
  const old = sites([app([run('1', 'git'), run('2', 'ls')])])

  test('one new program in the place of two', () => {
    expect(between(old, sites([app([run('1', 'evil')])]))).toEqual(['app: ~ arguments run exec certain 2→1'])
  })

  test('one that is worked out in the place of two, or of one of two alike', () => {
    expect(between(old, sites([app([run('1')])]))).toEqual(['app: ~ arguments run exec certain 2→1'])
    const alike = sites([app([run('1', 'git'), run('2', 'git')])])
    expect(between(alike, sites([app([run('1', 'git'), run('2')])]))).toEqual(['app: ~ arguments run exec certain 2→2'])
  })

  test('one of two that went is less', () => {
    expect(between(old, sites([app([run('1', 'git')])]))).toEqual(['app: - fewer run exec certain 2→1'])
  })

  test('another program behind a call that is merely possible now', () => {
    const possible = (...literals: string[]) => ({ ...run('1', ...literals), certainty: 'possible' as const })
    const certain = sites([app([run('1', 'git')])])
    expect(between(certain, sites([app([possible('git')])])).some((line) => line.includes('arguments'))).toBe(false)
    expect(between(certain, sites([app([possible('evil')])]))).toContain('app: ~ arguments run exec possible 0→1')
  })
})

describe('through an old dependency', () => {
  const dep = (places: number, digest = 'd'): PackageResult =>
    dependency(
      'dep@1.0.0',
      Array.from({ length: places }, (_, i) => use('exec', spawn, { of: 'dep@1.0.0', at: `src/lib.rs:${i + 1}` })),
      { digest },
    )
  const user = (count: number, calls = 'dep::a', condition = 'true'): PackageResult => ({
    ...app([
      finding('exec', {
        reach: 'transitive',
        sites: count,
        condition,
        path: [step('app::go'), step(calls), step(spawn, 'dep@1.0.0 src/lib.rs:1:5')],
      }),
    ]),
    dependencies: [{ package: 'dep@1.0.0', kinds: ['normal'] }],
  })

  test('a second call is told, of a capability that was held already', () => {
    expect(between(sites([user(1), dep(2)]), sites([user(2), dep(2)]))).toEqual([
      'app: + more run exec certain 1→2 through others',
    ])
  })

  test('what the dependency itself gained is told there alone', () => {
    expect(between(sites([user(1), dep(1)]), sites([user(2), dep(2, 'e')]))).toEqual([
      'dep: + more run exec certain 1→2',
    ])
  })

  test('another condition is told while the dependency has the same files', () => {
    const windows = sites([user(1, 'dep::a', 'windows'), dep(2)])
    expect(between(windows, sites([user(1), dep(2)]))).toEqual(['app: + wider run exec certain 1→1 through others'])
    expect(between(windows, sites([user(1), dep(2, 'e')]))).toEqual([])
  })
})

describe('what is not known', () => {
  const lost = (...names: readonly string[]): AnalysisResult => {
    const losses = names.map((what, i) => ({
      kind: 'proc macro',
      what,
      package: 'app@1.0.0',
      file: 'src/lib.rs',
      line: i + 1,
      column: 1,
    }))
    return sites([app([])], { coverage: { ...noLosses, losses } })
  }

  test('as many losses as before, but others', () => {
    expect(between(lost('a', 'b'), lost('b', 'a'))).toEqual([])
    expect(between(lost('a', 'b'), lost('a', 'c'))).toEqual(['app: ~ changed proc macro 2→2'])
    expect(between(lost('a', 'b'), lost('c'))).toEqual(['app: ~ changed proc macro 2→1'])
    expect(between(lost('a', 'b'), lost('a'))).toEqual(['app: - better proc macro 2→1'])
  })
})

test('how many functions a call can mean hangs on all other code: another number is no change', () => {
  const limit = (what: string) => ({
    ...noLosses,
    losses: [{ kind: 'dispatch limit', what, package: 'app@1.0.0', file: 'src/lib.rs', line: 3, column: 1 }],
  })
  const of = (what: string) => sites([app([])], { coverage: limit(what) })
  const old = of('std::ops::Add::add: 70 functions can be meant')
  expect(changeLines(compare(old, of('std::ops::Add::add: 71 functions can be meant')))).toEqual([])
  expect(changeLines(compare(old, of('std::ops::Sub::sub: 70 functions can be meant')))).toHaveLength(1)
})
