/** The diff for a person: what stands in it, in which order, and that nothing of a crate steers the terminal. */
import { describe, expect, test } from '@jest/globals'
import { renderDiff } from '../../src/report/diff-text.js'
import { widthOf } from '../../src/report/layout.js'
import type { AnalysisResult } from '../../src/report/result.js'
import { app, compare, dependency, noLosses, sites, use } from '../review/diff-support.js'
import { packageOf, step } from './results.js'

const spawn = 'std::process::Command::spawn'
const text = (old: AnalysisResult, now: AnalysisResult, columns = 100): string =>
  renderDiff(compare(old, now), { columns, colour: false })

function next(capabilities: Parameters<typeof app>[0], given = {}) {
  return app(capabilities, { id: 'app@1.1.0', version: '1.1.0', ...given })
}

test('an update that brings nothing is one line with the counts', () => {
  const power = use('exec', spawn)
  expect(text(sites([app([power])]), sites([next([power])], { members: ['app@1.1.0'] }))).toBe(
    'app 1.0.0 → 1.1.0   nothing gained, nothing lost: 1 capability, 1 site as before\ncompared for x86_64-unknown-linux-gnu\n',
  )
})

test('what is new: the package that brings it, the use with its path, arguments and place, then what is as before', () => {
  const path = [
    step('app::Api::get', 'app@1.1.0 src/lib.rs:1:1'),
    step('app::send', 'app@1.1.0 src/lib.rs:4:9'),
    step('std::net::TcpStream::connect', 'app@1.1.0 src/send.rs:17:33'),
  ]
  const connect = use('network/connect', 'std::net::TcpStream::connect', { path, literals: ['evil.invalid:80'] })
  const build = use('exec', spawn, {
    stage: 'build',
    of: 'evil@0.1.0',
    in: 'build_script_build::main',
    at: 'build.rs:9',
  })
  const unit = { kind: 'build', root: 'build.rs', stages: ['build' as const], digest: 'x' }
  const now = sites([
    next([connect, use('time', 'std::time::Instant::now'), use('fs/read', 'std::fs::read')], {
      dependencies: [{ package: 'evil@0.1.0', kinds: ['normal'] }],
    }),
    dependency('evil@0.1.0', [build], { units: [unit] }),
  ])
  const old = sites([app([use('fs/read', 'std::fs::read'), use('stdio', 'std::io::_print')])])
  expect(text(old, now)).toBe(
    [
      'app 1.0.0 → 1.1.0   gains exec, network/connect, time',
      'compared for x86_64-unknown-linux-gnu',
      '',
      'evil 0.1.0   new dependency, needed by app',
      '  + exec              new, 1 site  when built',
      '                      build_script_build::main → std::process::Command::spawn',
      `${' '.repeat(76)}evil 0.1.0  build.rs:9:5`,
      '  + build script      new, runs when built  build.rs',
      '',
      'app 1.0.0 → 1.1.0',
      '  + network/connect   new, 1 site',
      '                      app::Api::get → send → std::net::TcpStream::connect',
      '                      "evil.invalid:80"                                 app 1.1.0  src/send.rs:17:33',
      '  + time              new, 1 site',
      '  - stdio             no longer, had 1 site',
      '',
      'as before: 1 capability, 1 site',
      '',
    ].join('\n'),
  )
})

describe('one change', () => {
  const linesOf = (old: AnalysisResult, now: AnalysisResult) => text(old, now).split('\n').slice(3, 8).join('\n')

  test('more uses, each with its count', () => {
    const uses = [use('exec', spawn), use('exec', 'std::process::Command::output', { at: 'src/b.rs:2' })]
    const more = [...uses, use('exec', spawn, { at: 'src/c.rs:3', in: 'app::c' })]
    expect(linesOf(sites([app(uses.slice(0, 1))]), sites([app(more)]))).toBe(
      [
        'app 1.0.0   the same files',
        '  + exec              1 → 3 sites',
        '                      app::run → std::process::Command::output',
        `${' '.repeat(77)}app 1.0.0  src/b.rs:2:5`,
        '                      0 → 1 site of std::process::Command::output  src/b.rs:2:5',
      ].join('\n'),
    )
  })

  test('a wider condition, both in full', () => {
    const on = (condition: string) => sites([app([use('exec', spawn, { condition })])])
    expect(linesOf(on('windows'), on('any(unix, windows)'))).toContain(
      [
        '  + exec              in more builds than before',
        '                      now if any(unix, windows)',
        '                      was if windows',
      ].join('\n'),
    )
  })

  test('other unsafe operations, no more of them', () => {
    const dereference = sites([app([use('unsafe', 'raw dereference')])])
    const shown = linesOf(dereference, sites([app([use('unsafe', 'unsafe call: read')])]))
    expect(shown).toContain('  ~ unsafe            other operations, 1 site')
  })

  test('other arguments, a possible use, a file, lost coverage', () => {
    const to = (host: string) => use('network/connect', 'std::net::TcpStream::connect', { literals: [host] })
    expect(linesOf(sites([app([to('a')])]), sites([app([to('b')])]))).toContain(
      '  ~ network/connect   other arguments: "a" → "b"',
    )
    const possible = use('exec', spawn, { certainty: 'possible' })
    expect(linesOf(sites([app([])]), sites([app([possible])]))).toContain('  + exec              new, 1 site  possible')
    const binaries = [{ file: 'lib/x.a', format: 'ar archive', bytes: 12_000, sha256: 'abc' }]
    expect(linesOf(sites([app([])]), sites([app([], { binaries })]))).toContain(
      '  + added file        lib/x.a  ar archive of 12 kB\n                      sha256 abc',
    )
    const losses = [
      { kind: 'syntax error', what: 'fn (', package: 'app@1.0.0', file: 'src/lib.rs', line: 3, column: 1 },
    ]
    expect(linesOf(sites([app([])]), sites([app([])], { coverage: { ...noLosses, losses } }))).toContain(
      '  ? not read          syntax error: 0 → 1\n                      fn ( src/lib.rs:3:1',
    )
  })

  test('a new dependency that can do nothing is told, an updated one counted in one line', () => {
    const now = sites([app([]), dependency('new@1.0.0'), dependency('log@0.4.2')])
    expect(text(sites([app([]), dependency('log@0.4.1')]), now)).toContain(
      '\nnew 1.0.0   new dependency, no capability of its own\n\nupdated, nothing gained or lost: log 0.4.1 → 0.4.2\n',
    )
  })
})

test('what alone was compared is told, and nothing is claimed of the rest', () => {
  const diff = compare(sites([app([])]), sites([app([]), dependency('new@1.0.0')]), { capabilities: ['exec'] })
  expect(renderDiff(diff, { columns: 100, colour: false })).toContain(
    '\ncompared only: exec\n\nnew 1.0.0   new dependency\n',
  )
})

test('a note stands in front', () => {
  const coarse = { ...sites([app([])]), granularity: 'crate' as const }
  expect(text(coarse, sites([app([])]))).toMatch(
    /^app 1\.0\.0 {3}nothing.*\ncompared .*\nnote: old side: the report was made with/,
  )
})

test('hostile names do not reach the terminal, and no line is too wide', () => {
  const evil = '\u001b]0;x\u0007\u202e\n'
  const found = use('exec', `evil::${evil}`, { in: `app::${evil}`, literals: [evil], condition: `feature = "${evil}"` })
  const old = sites([app([]), packageOf(`old${evil}@1.0.0`, [])])
  const now = sites([
    app([found, use('exec', spawn)], {
      binaries: [{ file: evil, format: evil, bytes: 1, sha256: 'x' }],
      units: [{ kind: 'build', root: evil, stages: [], digest: 'x' }],
    }),
    packageOf(`dep${evil}@1.0.0`, [found]),
  ])
  const shown = text(old, now, 80)
  expect(shown.replaceAll('\n', '')).not.toMatch(/[\u0000-\u001f\u202e]/)
  expect(shown.split('\n').filter((line) => widthOf(line) > 80)).toEqual([])
})
