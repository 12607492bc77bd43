/** A first policy: it is clean, it says where everything comes from, and it can be read. */
import { describe, expect, test } from '@jest/globals'
import type { AnalysisResult } from '../../src/report/result.js'
import { WHOLE_SCOPE } from '../../src/review/policy.js'
import { initialPolicy } from '../../src/review/policy-init.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { packageOf, result, step } from '../report/results.js'
import { application, checked, has, LINUX, WINDOWS, words } from './policies.js'

const defaults = { possible: false, sites: false, strict: false, scope: WHOLE_SCOPE, cfgHolds: words.cfgHolds }
const initial = (of: AnalysisResult, given: Partial<typeof defaults> = {}): string =>
  initialPolicy(of, { ...defaults, ...given })
const read = (text: string) => readPolicy({ file: 'caps.toml', text }, words)

const everything = application({
  app: [has('exec', { sites: 3 }), has('fs/read'), has('network/connect', { reach: 'transitive' })],
  direct: [
    has('exec', { stage: 'build' }),
    has('unsafe'),
    has('dynload', { condition: 'windows', targets: [WINDOWS] }),
  ],
  deep: [has('unsafe'), has('time', { certainty: 'possible' }), has('ffi', { targets: [] })],
})

test('a check is clean with it, as strict as it was made', () => {
  expect(checked(everything, read(initial(everything)), { failOn: 'increase' })).toMatchObject({
    clean: true,
    summary: { warnings: 0 },
  })
  const lost = {
    ...everything,
    coverage: {
      ...everything.coverage,
      losses: [{ kind: 'limit', what: 'x', ...step('', 'deep@0.3.0 src/a.rs:1:1') }],
    },
  }
  const { function: _, ...loss } = lost.coverage.losses[0] as (typeof lost.coverage.losses)[number] & {
    function: string
  }
  const given = { ...lost, coverage: { ...lost.coverage, losses: [loss] } }
  const exact = initial(given, { possible: true, sites: true, strict: true })
  expect(checked(given, read(exact), { failOn: 'any', possible: true, strict: true }).problems).toEqual([])
  expect(checked(given, read(initial(given)), { strict: true }).clean).toBe(false)
})

test('the most serious comes first; each reason names a place', () => {
  expect(
    initial(everything),
  ).toBe(`# What app 1.0.0 and its dependencies may do; \`caps check\` tells what else they can.
# Written by \`caps init\`: everything that was there is allowed. Read the rules, remove what should not be, and say in
# the place of each TODO why the rest may. docs/policy.md of caps describes the file.
version = 1

# Looked at: x86_64-unknown-linux-gnu, x86_64-pc-windows-msvc; the features that cargo turns on.

[[allow]]
package = "app"
capabilities = [
    "exec", # std::a, src/a.rs:2:3
    "fs/read", # std::a, src/a.rs:2:3
]
reason = "TODO: found in app 1.0.0, as at src/a.rs:2:3"

# app 1.0.0 → direct 2.1.0
[[allow]]
package = "direct"
stage = "build"
capabilities = [
    "exec", # std::a, src/a.rs:2:3
]
reason = "TODO: found in direct 2.1.0, as at src/a.rs:2:3"

# app 1.0.0 → direct 2.1.0
[[allow]]
package = "direct"
target = "cfg(windows)"
capabilities = [
    "dynload", # std::a, src/a.rs:2:3
]
reason = "TODO: found in direct 2.1.0, as at src/a.rs:2:3"

# app 1.0.0 → direct 2.1.0 → deep 0.3.0
[[allow]]
package = "deep"
capabilities = [
    "ffi", # std::a, src/a.rs:2:3
    "unsafe", # std::a, src/a.rs:2:3
]
reason = "TODO: found in deep 0.3.0, as at src/a.rs:2:3"

# app 1.0.0 → direct 2.1.0
[[allow]]
package = "direct"
capabilities = [
    "unsafe", # std::a, src/a.rs:2:3
]
reason = "TODO: found in direct 2.1.0, as at src/a.rs:2:3"

# Where packages may come from; another registry, repository, commit or patch is told.
[[source]]
group = "dependencies"
from = "registry crates-io"
reason = "TODO: from there when caps init ran"

[[source]]
package = "app"
from = "path"
reason = "TODO: from there when caps init ran"
`)
})

test('what was asked to be looked at stands in it', () => {
  const scope = {
    packages: ['app'],
    targets: [LINUX],
    features: ['x', 'y/z'],
    cfg: ['nightly', 'mode="hard"', 'not(loom)'],
    allFeatures: false,
    noDefaultFeatures: true,
    maps: ['maps/own.toml'],
    entry: 'main',
  }
  const text = initial(everything, { scope })
  expect(read(text).scope).toEqual(scope)
  expect(read(initial(everything)).scope).toEqual(WHOLE_SCOPE)
})

test('what is harmless in many packages is one rule', () => {
  const many = application({ app: [has('unsafe')], direct: [has('unsafe')], deep: [has('unsafe'), has('exec')] })
  const shared = read(initial(many)).rules.find(({ subjects }) => subjects.length > 1)
  expect(shared).toMatchObject({
    capabilities: ['unsafe'],
    subjects: [{ name: 'app' }, { name: 'deep' }, { name: 'direct' }],
  })
})

describe('targets', () => {
  const target = (condition: string, targets: string[]) =>
    read(initial(application({ app: [has('exec', { condition, targets })] }))).rules[0]?.targets

  test('are named by a condition that says the same, else one by one', () => {
    expect(target('target_os = "linux"', [LINUX])).toEqual(['cfg(target_os = "linux")'])
    expect(target('all(unix, debug_assertions)', [LINUX])).toEqual(['cfg(all(unix, debug_assertions))'])
    expect(target('all(unix, loom)', [LINUX])).toEqual([LINUX])
    expect(
      target(`any(${Array.from({ length: 9 }, (_, i) => `target_os = "os${i}"`).join(', ')}, unix)`, [LINUX]),
    ).toEqual([LINUX])
    expect(target('true', [LINUX, WINDOWS])).toEqual([])
  })
})

test('two versions of a package are one, with what both have', () => {
  const owner = (version: string, targets: string[]) => packageOf(`dup@${version}`, [has('exec', { targets })])
  const both = result([packageOf('app@1.0.0', [], true), owner('1.0.0', [LINUX]), owner('2.0.0', [WINDOWS])], {
    targets: [LINUX, WINDOWS],
  })
  expect(read(initial(both)).rules).toMatchObject([{ subjects: [{ name: 'dup' }], targets: [WINDOWS, LINUX] }])
  expect(checked(both, read(initial(both))).problems).toEqual([])
})

test('hostile text stays in its comment or string', () => {
  const path = [step('a::run'), step('x\n[[allow]]\u001b', 'a@1.0.0 src/"a\n].rs:2:3')]
  const hostile = result([packageOf('app@1.0.0', [has('exec', { path })], true)], { targets: [LINUX, WINDOWS] })
  const text = initial(hostile)
  expect(text).not.toMatch(/\u001b/)
  expect(read(text).rules).toHaveLength(1)
})

test('a package that no rule can name is allowed nothing, and the file says so', () => {
  const names = ['--policy', 'a b', 'c*', 'd\u001b', 'päckchen']
  const hostile = result(
    names.map((name) => ({ ...packageOf('x@1.0.0', [has('exec')], true), id: `${name}@1.0.0`, name })),
    { targets: [LINUX, WINDOWS] },
  )
  const text = initial(hostile)
  expect(text.match(/^# No rule can name the package .*: it is allowed nothing\.$/gm)).toHaveLength(4)
  const { problems } = checked(hostile, read(text))
  expect(problems.map(({ kind }) => kind)).toEqual([...Array(4).fill('capability'), ...Array(4).fill('source')])
  for (const problem of problems) expect(problem.allow).toBeUndefined()
})
