/** What differs is a change, whatever else became less: a diff that says nothing must have nothing to say. */
import { describe, expect, test } from '@jest/globals'
import type { AnalysisResult, Finding, PackageResult } from '../../src/report/result.js'
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

describe('what a call acts on though it stands elsewhere', () => {
  const acts = (at: string, value: string, known: 'written' | 'unknown' = 'written') => ({
    ...run(at),
    resources: [{ kind: 'program', value, known, sites: 1 }],
  })
  const old = sites([app([acts('1', 'git'), acts('2', 'ls')])])

  test('another program, one that is not known, one of two that went', () => {
    expect(between(old, sites([app([acts('1', 'git'), acts('2', 'evil')])]))).toEqual([
      'app: + gained run exec certain [git, ls] → evil',
      'app: ~ arguments run exec certain 2→2',
    ])
    expect(between(old, sites([app([acts('1', 'git'), acts('2', '*', 'unknown')])]))).toEqual([
      'app: + computed run exec certain [git, ls] → *',
      'app: ~ arguments run exec certain 2→2',
    ])
    expect(between(old, sites([app([acts('1', 'git')])]))).toEqual(['app: - fewer run exec certain 2→1'])
    expect(between(old, sites([app([acts('7', 'ls'), acts('8', 'git')])]))).toEqual([])
  })

  test('arguments of a program', () => {
    const git = (...args: readonly string[]) =>
      sites([
        app([
          { ...run('1'), resources: [{ kind: 'program', value: 'git', known: 'written', arguments: args, sites: 1 }] },
        ]),
      ])
    expect(between(git('status'), git('push'))).toEqual([
      'app: + gained run exec certain [git] → git',
      'app: ~ arguments run exec certain 1→1',
    ])
  })

  test('as many places, but others of them with the same texts', () => {
    const of = (...names: readonly string[]) => sites([app(names.map((name, i) => acts(`${i + 1}`, name)))])
    expect(between(of('git', 'git', 'ls'), of('git', 'ls', 'ls'))).toEqual(['app: ~ arguments run exec certain 3→3'])
  })
})

describe('conditions of several places', () => {
  const under = (...conditions: readonly string[]) =>
    sites([app(conditions.map((condition, i) => ({ ...run(`${i + 1}`, 'git'), condition })))])

  test('one of them changed, though all builds have another', () => {
    expect(between(under('true', 'windows'), under('true', 'unix'))).toEqual(['app: ~ changed run exec certain 2→2'])
    expect(between(under('true', 'windows', 'windows'), under('true', 'unix'))).toEqual([
      'app: ~ changed run exec certain 3→2',
    ])
    expect(between(under('true', 'windows'), under('windows', 'true'))).toEqual([])
    expect(between(under('true', 'windows'), under('true'))).toEqual(['app: - fewer run exec certain 2→1'])
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

describe('ways into an old dependency', () => {
  const dep = (digest = 'd'): PackageResult =>
    dependency('dep@1.0.0', [use('exec', spawn, { of: 'dep@1.0.0' })], { digest })
  const user = (ways: readonly string[], programs: readonly string[] = []): PackageResult => ({
    ...app([
      finding('exec', {
        reach: 'transitive',
        sites: 2,
        path: [step('app::go'), step('dep::a'), step(spawn, 'dep@1.0.0 src/lib.rs:1:5')],
        ways: ways.map((way) => {
          const [name = '', condition = 'true'] = way.split(' if ')
          return { function: name, condition, sites: 1 }
        }),
        ...(programs.length > 0 && {
          resources: programs.map((value) => ({ kind: 'program', value, known: 'written' as const, sites: 1 })),
        }),
      }),
    ]),
    dependencies: [{ package: 'dep@1.0.0', kinds: ['normal'] }],
  })

  test('another function in the place of one, another condition, fewer of one', () => {
    const old = sites([user(['dep::a', 'dep::b']), dep()])
    const changed = ['app: ~ changed run exec certain 2→2 through others']
    expect(between(old, sites([user(['dep::a', 'dep::c']), dep()]))).toEqual(changed)
    expect(between(old, sites([user(['dep::a', 'dep::b if unix']), dep()]))).toEqual(changed)
    expect(between(old, sites([user(['dep::b', 'dep::a']), dep()]))).toEqual([])
    expect(between(old, sites([user(['dep::a', 'dep::c']), dep('e')]))).toEqual([])
  })

  test('what is handed on', () => {
    const old = sites([user(['dep::a'], ['git']), dep()])
    expect(between(old, sites([user(['dep::a'], ['evil']), dep()]))).toEqual([
      'app: + gained run exec certain [git] → evil handed on',
      'app: ~ arguments run exec certain 2→2 through others',
    ])
    expect(between(old, sites([user(['dep::a'], ['git']), dep()]))).toEqual([])
  })
})

test('a way beside what the package does itself', () => {
  const dep = dependency('dep@1.0.0', [use('exec', spawn, { of: 'dep@1.0.0' })])
  const way = finding('exec', {
    reach: 'transitive',
    sites: 1,
    path: [step('app::go'), step('dep::a'), step(spawn, 'dep@1.0.0 src/lib.rs:1:5')],
    ways: [{ function: 'dep::a', condition: 'true', sites: 1 }],
  })
  const user = (...others: readonly Finding[]): PackageResult => ({
    ...app([run('1', 'git'), ...others]),
    dependencies: [{ package: 'dep@1.0.0', kinds: ['normal'] }],
  })
  const [alone, both] = [sites([user(), dep]), sites([user(way), dep])]
  expect(between(alone, both)).toEqual(['app: + more run exec certain 0→1 through others'])
  expect(between(both, alone)).toEqual(['app: - fewer run exec certain 1→0 through others'])
  expect(between(both, both)).toEqual([])
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
