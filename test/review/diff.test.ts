/** What counts as a change, and what does not. */
import { describe, expect, test } from '@jest/globals'
import { step } from '../report/results.js'
import { app, changeLines, compare, dependency, noLosses, sites, use } from './diff-support.js'

const read = 'std::fs::read'
const spawn = 'std::process::Command::spawn'

describe('identity', () => {
  test('moved and renamed code is no change: other lines, files, modules and functions', () => {
    const old = sites([app([use('fs/read', read), use('exec', spawn, { in: 'app::a::go', at: 'src/a.rs:9' })])])
    const now = sites([
      app([
        use('exec', spawn, { in: 'app::b::start', at: 'src/b.rs:90' }),
        use('fs/read', read, { in: 'app::load', at: 'src/io.rs:77' }),
      ]),
    ])
    const diff = compare(old, now)
    expect(diff.packages).toEqual([])
    expect(diff.summary.unchanged).toMatchObject({ capabilities: 2, sites: 2 })
    expect(diff.summary.packages).toEqual({ added: 0, removed: 0, changed: 0, unchanged: 1 })
  })

  test('a renamed unsafe function is no new operation, one more call is', () => {
    const old = sites([app([use('unsafe', 'unsafe call: old_name')])])
    const renamed = use('unsafe', 'unsafe call: new_name')
    expect(changeLines(compare(old, sites([app([renamed])])))).toEqual([])
    const grown = sites([app([renamed, use('unsafe', 'unsafe call: other', { at: 'src/lib.rs:8' })])])
    expect(changeLines(compare(old, grown))).toEqual(['app: + more run unsafe certain 1→2'])
    const other = sites([app([use('unsafe', 'raw dereference')])])
    expect(changeLines(compare(old, other))).toEqual(['app: ~ changed run unsafe certain 1→1'])
  })

  test('a foreign function that another module declares is the same symbol', () => {
    const old = sites([app([use('dynload', 'app::unix::dlopen')])])
    expect(changeLines(compare(old, sites([app([use('dynload', 'app::os::unix::sys::dlopen')])])))).toEqual([])
    expect(changeLines(compare(old, sites([app([use('dynload', 'app::unix::dlsym')])])))).toEqual([
      'app: + more run dynload certain 1→1',
    ])
  })
})

describe('capabilities', () => {
  const nothing = sites([app([])])

  test('gained and lost, by stage; the most serious first', () => {
    const now = sites([app([use('time', 'std::time::Instant::now'), use('exec', spawn, { stage: 'build' })])])
    expect(changeLines(compare(nothing, now))).toEqual([
      'app: + gained build exec certain 0→1',
      'app: + gained run time certain 0→1',
    ])
    expect(changeLines(compare(now, nothing))).toEqual([
      'app: - lost build exec certain 1→0',
      'app: - lost run time certain 1→0',
    ])
    expect(compare(nothing, now).summary.capabilities).toEqual({ gained: ['exec', 'time'], lost: [] })
  })

  test('the same capability in another stage is new', () => {
    const diff = compare(
      sites([app([use('exec', spawn)])]),
      sites([app([use('exec', spawn), use('exec', spawn, { stage: 'macro' })])]),
    )
    expect(changeLines(diff)).toEqual(['app: + gained macro exec certain 0→1'])
  })

  test('a new use of a known capability, with the place that is new first', () => {
    const far = [step('app::Api::load'), step('app::run'), step(read)]
    const now = sites([
      app([
        use('fs/read', read, { path: far }),
        use('fs/read', read, { in: 'app::steal', at: 'src/lib.rs:99', literals: ['.env'] }),
      ]),
    ])
    const [change] = compare(sites([app([use('fs/read', read)])]), now).packages[0]?.changes ?? []
    expect(change).toMatchObject({ change: 'more', sites: { old: 1, new: 2 }, tone: 'notice' })
    expect(change?.kind === 'capability' && change.uses[0]?.examples.new[0]?.at(-1)).toMatchObject({ line: 99 })
    expect(change?.kind === 'capability' && change.path[0]?.function).toBe('app::steal')
  })

  test('the same calls with other arguments, where these say what is touched', () => {
    const calls = 'std::net::TcpStream::connect'
    const to = (host: string) => sites([app([use('network/connect', calls, { literals: [host] })])])
    const diff = compare(to('a.example:80'), to('b.example:80'))
    expect(changeLines(diff)).toEqual(['app: ~ arguments run network/connect certain 1→1'])
    expect(diff.packages[0]?.changes[0]).toMatchObject({
      uses: [{ literals: { gained: ['b.example:80'], lost: ['a.example:80'] } }],
    })
    const print = (text: string) => sites([app([use('stdio', 'std::io::_print', { literals: [text] })])])
    expect(changeLines(compare(print('1'), print('2')))).toEqual([])
  })

  test('what is possible stands apart and is quiet; certain made possible is no gain, the reverse is', () => {
    const certain = sites([app([use('exec', spawn)])])
    const possible = sites([app([use('exec', spawn, { certainty: 'possible' })])])
    const gained = compare(nothing, possible)
    expect(changeLines(gained)).toEqual(['app: + gained run exec possible 0→1'])
    expect(gained.packages[0]?.changes[0]?.tone).toBe('quiet')
    expect(gained.summary.capabilities.gained).toEqual([])
    expect(changeLines(compare(certain, possible))).toEqual(['app: - lost run exec certain 1→0'])
    expect(changeLines(compare(possible, certain))).toEqual(['app: + gained run exec certain 0→1'])
  })

  test('conditions that widen and narrow, of one use beside others too', () => {
    const on = (condition: string) =>
      sites([app([use('exec', spawn, { condition }), use('exec', 'app::always', { at: 'src/lib.rs:9' })])])
    expect(changeLines(compare(on('windows'), on('true')))).toEqual(['app: + wider run exec certain 2→2'])
    expect(changeLines(compare(on('any(unix, windows)'), on('unix')))).toEqual(['app: - narrower run exec certain 2→2'])
    expect(changeLines(compare(on('windows'), on('unix')))).toEqual(['app: ~ changed run exec certain 2→2'])
  })

  test('a filter leaves out other capabilities and stages, and what runs in them', () => {
    const unit = { kind: 'build', root: 'build.rs', stages: ['build' as const], digest: 'x' }
    const now = sites([app([use('exec', spawn, { stage: 'build' }), use('fs/read', read)], { units: [unit] })])
    expect(changeLines(compare(nothing, now, { capabilities: ['fs'] }))).toEqual([
      'app: + added build build.rs',
      'app: + gained run fs/read certain 0→1',
    ])
    expect(changeLines(compare(nothing, now, { stages: ['run'] }))).toEqual(['app: + gained run fs/read certain 0→1'])
  })
})

describe('through other packages', () => {
  const power = use('exec', spawn, { of: 'duct@1.0.0', in: 'duct::run' })
  const through = use('exec', spawn, { of: 'duct@1.0.0', in: 'app::start', reach: 'transitive' })
  const duct = dependency('duct@1.0.0', [power])

  test('a new call into an old dependency is told of the caller', () => {
    const [old, now] = [sites([app([]), duct]), sites([app([through]), duct])]
    expect(changeLines(compare(old, now))).toEqual(['app: + gained run exec certain 0→1 through others'])
    expect(changeLines(compare(old, now, { capabilities: ['-exec'] }))).toEqual([])
    // A report of places alone does not say that nothing was reached.
    const fromReport = compare(old, now, {}, 'report')
    expect(changeLines(fromReport)).toEqual([])
    expect(fromReport.notes.map(({ code, side }) => `${side} ${code}`)).toEqual(['old no-reach'])
  })

  test('what a dependency gained itself is told there only', () => {
    const diff = compare(sites([app([]), dependency('duct@1.0.0', [])]), sites([app([through]), duct]))
    expect(changeLines(diff)).toEqual(['duct: + gained run exec certain 0→1'])
  })
})

describe('packages', () => {
  test('a new dependency comes with all that it brings, and who needs it', () => {
    const unit = { kind: 'build', root: 'build.rs', stages: ['build' as const], digest: 'x' }
    const brought = dependency('evil@0.1.0', [use('exec', spawn, { stage: 'build' })], { units: [unit] })
    const needing = app([], { dependencies: [{ package: 'evil@0.1.0', kinds: ['normal'] }] })
    const [one] = compare(sites([app([])]), sites([needing, brought])).packages
    expect(one).toMatchObject({ name: 'evil', change: 'added', old: null, dependents: ['app'] })
    expect(one?.changes.map(({ kind, change, tone }) => `${kind} ${change} ${tone}`)).toEqual([
      'capability gained alarm',
      'unit added alarm',
    ])
  })

  test('another version without a change is listed without one', () => {
    const diff = compare(sites([app([]), dependency('log@0.4.1')]), sites([app([]), dependency('log@0.4.2')]))
    expect(diff.packages).toMatchObject([{ name: 'log', change: 'version', changes: [] }])
    expect(diff.summary.packages).toEqual({ added: 0, removed: 0, changed: 1, unchanged: 1 })
  })

  test('several versions of one name: compatible ones first, then in order', () => {
    const versions = (...list: string[]) => sites([app([]), ...list.map((version) => dependency(`rand@${version}`))])
    const pairs = (old: string[], now: string[]) =>
      compare(versions(...old), versions(...now)).packages.map(
        (one) => `${one.old?.version ?? 'none'} → ${one.new?.version ?? 'none'}`,
      )
    expect(pairs(['0.7.1', '0.8.1'], ['0.8.5', '0.9.0'])).toEqual(['0.8.1 → 0.8.5', '0.7.1 → 0.9.0'])
    expect(pairs(['1.0.0', '2.0.0'], ['2.1.0'])).toEqual(['1.0.0 → none', '2.0.0 → 2.1.0'])
    expect(pairs(['0.8.5'], ['0.8.5', '0.9.0'])).toEqual(['none → 0.9.0'])
  })

  test('two crates of different names are compared as what they are asked for, with a note', () => {
    const look = { ...app([use('exec', spawn)]), id: 'appp@1.0.0', name: 'appp' }
    const diff = compare(sites([app([])]), sites([look]))
    expect(changeLines(diff)).toEqual(['appp: + gained run exec certain 0→1'])
    expect(diff.packages).toHaveLength(1)
    expect(diff.notes.map(({ code }) => code)).toEqual(['different-crates'])
  })

  test('other files under the same version', () => {
    expect(compare(sites([app([], { digest: 'a' })]), sites([app([], { digest: 'b' })])).packages).toMatchObject([
      { name: 'app', change: 'content', changes: [] },
    ])
  })
})

describe('build scripts, proc macros and files', () => {
  const unit = (kind: string, root: string, digest?: string) => ({ kind, root, stages: [], ...(digest && { digest }) })

  test('appeared, changed, went; a renamed file is the same', () => {
    const units = (...list: ReturnType<typeof unit>[]) => sites([app([], { units: list })])
    const script = units(unit('build', 'build.rs', '1'))
    expect(changeLines(compare(units(), script))).toEqual(['app: + added build build.rs'])
    expect(changeLines(compare(script, units(unit('build', 'build.rs', '2'))))).toEqual([
      'app: ~ changed build build.rs',
    ])
    expect(changeLines(compare(script, units(unit('build', 'b/main.rs', '1'))))).toEqual([])
    expect(changeLines(compare(script, units(unit('proc-macro', 'src/lib.rs', '1'))))).toEqual([
      'app: + added proc-macro src/lib.rs',
      'app: - removed build build.rs',
    ])
  })

  test('without a digest nothing is said of it, and a note says so', () => {
    const old = sites([app([], { units: [unit('build', 'build.rs')] })])
    const diff = compare(old, sites([app([], { units: [unit('build', 'build.rs', '1')] })]))
    expect(changeLines(diff)).toEqual([])
    expect(diff.notes.map(({ code, side }) => `${side} ${code}`)).toEqual(['old no-contents'])
  })

  test('files that are not source: a program is loud, an image is not, a moved one is the same', () => {
    const file = (name: string, format: string, sha256 = name) => ({ file: name, format, bytes: 9, sha256 })
    const old = sites([app([], { binaries: [file('t/a.gz', 'gzip archive', '1'), file('logo.png', 'PNG image')] })])
    const now = sites([
      app([], { binaries: [file('data/a.gz', 'gzip archive', '1'), file('x', 'ELF program or object')] }),
    ])
    const diff = compare(old, now)
    expect(changeLines(diff)).toEqual(['app: + added file x', 'app: - removed file logo.png'])
    expect(diff.packages[0]?.changes.map(({ tone }) => tone)).toEqual(['alarm', 'quiet'])
    expect(diff.summary.unchanged.files).toBe(1)
    const twice = (directory: string) =>
      sites([app([], { binaries: ['a', 'b'].map((name) => file(`${directory}/${name}`, 'gzip archive', '1')) })])
    expect(changeLines(compare(twice('x'), twice('y')))).toEqual([])
    expect(changeLines(compare(twice('x'), sites([app([], { binaries: [file('x/a', 'ELF', '2')] })])))).toEqual([
      'app: ~ changed file x/a',
      'app: - removed file x/b',
    ])
  })
})

test('coverage that got worse, by reason; a moved place is no change', () => {
  const call = (line: number, name = 'go') => ({
    reason: 'unknown path',
    name,
    package: 'app@1.0.0',
    file: 'src/lib.rs',
    line,
    column: 1,
  })
  const covered = (...unresolved: ReturnType<typeof call>[]) =>
    sites([app([])], { coverage: { ...noLosses, unresolved } })
  expect(changeLines(compare(covered(call(1)), covered(call(99))))).toEqual([])
  const worse = compare(covered(call(1)), covered(call(1), call(2, 'hidden')))
  expect(changeLines(worse)).toEqual(['app: + worse unknown path 1→2'])
  expect(worse.packages[0]?.changes[0]).toMatchObject({ examples: [{ what: 'hidden', line: 2 }] })
})

test('a report that tells no uses apart is compared by counts, with a note', () => {
  const coarse = { ...sites([app([{ ...use('fs/read', read), sites: 2 }])]), granularity: 'crate' as const }
  const diff = compare(coarse, sites([app([use('fs/read', 'std::fs::File::open'), use('exec', spawn)])]))
  expect(changeLines(diff)).toEqual(['app: + gained run exec certain 0→1', 'app: - fewer run fs/read certain 2→1'])
  expect(diff.notes.map(({ code, side }) => `${side} ${code}`)).toEqual(['old coarse'])
})

test('the same two results give the same bytes, in whatever order their packages come', () => {
  const packages = [app([use('exec', spawn)]), dependency('b@1.0.0', [use('exec', spawn)]), dependency('a@1.0.0')]
  const once = JSON.stringify(compare(sites([app([])]), sites(packages)).packages)
  expect(JSON.stringify(compare(sites([app([])]), sites([...packages].reverse())).packages)).toBe(once)
})
