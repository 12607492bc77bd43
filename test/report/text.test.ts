/** The report for a person: what stands in it, in which order, and that it fits. */
import { describe, expect, test } from '@jest/globals'
import { widthOf } from '../../src/report/layout.js'
import type { AnalysisResult } from '../../src/report/result.js'
import { renderText } from '../../src/report/text.js'
import { finding, packageOf, result, step } from './results.js'

const plain = { columns: 100, colour: false, showUnanalyzed: false, command: 'caps analyze app' }
const text = (of: AnalysisResult, given = {}): string => renderText(of, { ...plain, ...given })

const spawn = [
  step('app::main', 'app@1.0.0 src/main.rs:1:4'),
  step('app::search', 'app@1.0.0 src/main.rs:2:5'),
  step('helper::run', 'app@1.0.0 src/main.rs:9:13'),
  step('std::process::Command::spawn', 'helper@0.1.12 src/process.rs:94:21'),
]

describe('the report', () => {
  test('names the packages that bring a capability, an example path and its last place', () => {
    const report = text(
      result([
        packageOf('app@1.0.0', [finding('exec', { reach: 'transitive', path: spawn })], true),
        packageOf('helper@0.1.12', [finding('exec', { path: spawn.slice(2) })]),
      ]),
    )
    expect(report).toBe(
      [
        'app 1.0.0   2 packages, 6.1 MB of Rust   97.8 % of calls resolved',
        '',
        'exec          certain   helper  1 site',
        '              app::main → search → helper::run → std::process::Command::spawn',
        '                                                                 helper 0.1.12  src/process.rs:94:21',
        '',
      ].join('\n'),
    )
  })

  test('puts the most serious first, what is possible behind what is certain, and what is built apart', () => {
    const report = text(
      result([
        packageOf(
          'app@1.0.0',
          [
            finding('time'),
            finding('network/connect', { certainty: 'possible' }),
            finding('env/read', { stage: 'build' }),
            finding('fs/read'),
            finding('exec', { condition: 'windows' }),
            finding('exec', { stage: 'macro' }),
          ],
          true,
        ),
      ]),
    )
    const heads = report.split('\n').filter((line) => /^\S.*(certain|possible)/.test(line))
    expect(heads.map((line) => line.replace(/ {2,}/g, '|').replace(/\|app.*/, ''))).toEqual([
      'fs/read|certain',
      'time|certain',
      'network/connect|possible',
      'only on Windows|certain|exec',
      'when built|certain|exec',
      'when built|certain|env/read',
    ])
  })

  test('says when nothing of what was asked for gets there', () => {
    const report = text(result([packageOf('app@1.0.0', [], true), packageOf('b@2.0.0', [finding('fs/read')])]))
    expect(report).toContain('not reached from app')
  })

  test('says that there is nothing', () => {
    expect(text(result([packageOf('app@1.0.0', [], true)]))).toContain('no capability found')
  })

  test('counts what was not analyzed and tells how to see it; then shows every place', () => {
    const of = result([packageOf('app@1.0.0', [], true)])
    const place = { package: 'app@1.0.0', file: 'src/a.rs', line: 7, column: 3 }
    const lost = {
      ...of,
      coverage: {
        ...of.coverage,
        losses: [
          { kind: 'proc macro', what: 'serde_derive', ...place },
          { kind: 'generated code', what: 'table.rs', ...place },
        ],
        unresolved: [{ reason: 'unknown receiver', name: 'poll', ...place, line: 8 }],
        diagnostics: [{ package: 'app@1.0.0', message: 'no lockfile' }],
      },
    }
    expect(text(lost)).toContain(
      'not analyzed     generated code in 1 place, 1 proc macro, 1 unresolved call, 1 remark\n',
    )
    expect(text(lost)).toContain('caps analyze app --show unanalyzed')
    const shown = text(lost, { showUnanalyzed: true })
    expect(shown).toMatch(/proc macro +serde_derive +app 1\.0\.0 {2}src\/a\.rs:7:3/)
    expect(shown).toMatch(/unknown receiver +poll +app 1\.0\.0 {2}src\/a\.rs:8:3/)
    expect(shown).toMatch(/remark +no lockfile +app@1\.0\.0/)
  })

  test('never says 100 % when something is unresolved', () => {
    const of = result([packageOf('app@1.0.0', [], true)])
    const references = { written: 100_000, exact: 99_999, trait: 0, value: 0, unresolved: { limit: 1 } }
    expect(text({ ...of, coverage: { ...of.coverage, references } })).toContain('99.9 % of calls resolved')
  })

  test('shows literals of the call, made harmless', () => {
    const of = finding('network/connect', { literals: ['evil.example.invalid:80', '\x1b[2J'] })
    const report = text(result([packageOf('app@1.0.0', [of], true)]))
    expect(report).toContain('"evil.example.invalid:80" "\\u001b[2J"')
  })

  test('says what a row acts on, made harmless, once for all of its packages', () => {
    const acts = (value: string, known: 'written' | 'unknown' = 'written') =>
      ({ kind: 'program', value, known, sites: 1 }) as const
    const of = (name: string, ...resources: ReturnType<typeof acts>[]) =>
      packageOf(name, [finding('exec', { path: spawn, resources })], true)
    const git = { ...acts('git'), arguments: ['log', 'a b'] }
    const report = text(
      result([of('a@1.0.0', acts('sh'), acts('*', 'unknown')), of('b@1.0.0', acts('sh'), git, acts('\x1b[2J'))]),
    )
    expect(report).toMatch(/exec +certain +a, b {2}2 sites {2}\\u\{1b\}\[2J, git log "a b", sh\n/)
  })

  test.each([60, 80, 132])('fits %d columns', (columns) => {
    const many = Array.from({ length: 40 }, (_, i) =>
      packageOf(`package-number-${i}@1.0.0`, [finding('exec', { path: spawn })]),
    )
    const long = finding('fs/write', {
      path: [
        step(`app::${'very_'.repeat(30)}long`),
        step('b::c'),
        step('std::fs::write', `app@1.0.0 src/${'d/'.repeat(60)}e.rs:1:1`),
      ],
      condition: 'all(feature = "x", debug_assertions)',
    })
    const report = text(result([packageOf('app@1.0.0', [long, finding('exec', { path: spawn })], true), ...many]), {
      columns,
    })
    for (const line of report.split('\n')) expect(widthOf(line)).toBeLessThanOrEqual(columns)
    expect(report).toMatch(/app, .*\d+ more/)
  })

  test('is coloured only when asked', () => {
    const of = result([packageOf('app@1.0.0', [finding('exec')], true)])
    expect(text(of)).not.toContain('\x1b')
    expect(text(of, { colour: true })).toContain('\x1b[31m')
  })

  test('tells the seconds only when they are given', () => {
    const of = result([packageOf('app@1.0.0', [], true)])
    expect(text(of)).not.toContain(' s ')
    expect(text(of, { seconds: 2.41 })).toContain('6.1 MB of Rust, 2.4 s')
  })

  test('lists elements with a finer granularity', () => {
    const of = finding('fs/read', { module: 'app::io', function: 'app::io::load', stage: 'build', condition: 'unix' })
    const report = text(result([packageOf('app@1.0.0', [of], true)], { granularity: 'function' }))
    expect(report).toMatch(/^app 1\.0\.0\n {2}fs\/read +app::io::load +src\/lib\.rs:3:5 +build, on unix$/m)
  })
})
