// The propagation rules of ANCHORS §3.1, one test each.
import { describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import { analyzeCapabilities, type CapabilityOptions } from '../../src/capabilities/analyze.js'
import { readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOf } from './hand-made-graph.js'

const OURS = `
version = 1
rows = [
  { path = "std::fs::read", grants = ["fs/read"] },
  { path = "std::fs::write", grants = ["fs/write"] },
  { path = "std::process::Command::spawn", grants = ["exec"] },
  { path = "<std::fs::File as std::io::Read>::read", grants = ["fs/read"] },
]
facts = [
  { kind = "raw dereference", grants = ["unsafe"] },
  { kind = "foreign call", grants = ["ffi"] },
  { kind = "attribute", what = "ctor", grants = ["hook"] },
  { kind = "loss", what = "missing file", grants = ["unanalyzed"] },
]
[[symbols]]
why = "test"
grants = ["network/connect"]
names = ["connect"]
[[syscalls]]
why = "test"
grants = ["exec"]
names = ["execve"]
`
const mapsWith = (user = '') =>
  buildMaps(
    [readMapFile({ name: 'ours.toml', text: `syscall_constants = ["SYS_"]\nsymbol_crates = ["sys"]\n${OURS}` })],
    user ? [readMapFile({ name: 'user.toml', text: `version = 1\nrows = [${user}]` })] : [],
  )

/** `app fs/read run certain direct 1 true: app::main > std::fs::read`, a line a finding. */
function dump(graph: CallGraph, options: CapabilityOptions & { user?: string } = {}): string[] {
  const { packages } = analyzeCapabilities(graph, mapsWith(options.user), options)
  return packages.flatMap(({ id, capabilities }) =>
    capabilities.map((found) => {
      const about = [id.split('@')[0], found.module, found.function].filter(Boolean).at(-1)
      const facts = [about, found.capability, found.stage, found.certainty, found.reach, found.sites]
      return `${facts.join(' ')} ${printCfg(found.condition)}: ${found.path.map((step) => step.function).join(' > ')}`
    }),
  )
}

describe('what begins a power', () => {
  test('a reference to a classified path, with every step of the way', () => {
    const graph = graphOf('app main!: calls app::load\napp load: calls std::fs::read')
    expect(dump(graph)).toEqual(['app fs/read run certain direct 1 true: app::main > app::load > std::fs::read'])
  })
  test('a syntactic fact', () => {
    expect(dump(graphOf('app peek!: fact raw dereference'))).toEqual([
      'app unsafe run certain direct 1 true: app::peek > raw dereference',
    ])
  })
  test('a foreign function: what the map says of its symbol, ffi for the others', () => {
    expect(dump(graphOf('app dial!: symbol connect; symbol frobnicate'))).toEqual([
      'app network/connect run certain direct 1 true: app::dial > app::ffi::connect',
      'app ffi run certain direct 1 true: app::dial > app::ffi::frobnicate',
    ])
  })
  test('the number of a system call', () => {
    expect(dump(graphOf('app go!: calls libc::SYS_execve'))).toEqual([
      'app exec run certain direct 1 true: app::go > libc::SYS_execve',
    ])
  })
  test('a reference to nothing known is no capability', () => {
    expect(dump(graphOf('app main!: calls other::unknown'))).toEqual([])
  })
  test('a method through a type parameter is none: whoever made the handle has the power', () => {
    const graph = graphOf(
      'app main!: calls <R as std::io::Read>::read\napp open!: calls <&mut std::fs::File as std::io::Read>::read',
    )
    expect(dump(graph)).toEqual([
      'app fs/read run certain direct 1 true: app::open > <&mut std::fs::File as std::io::Read>::read',
    ])
  })
  test('code that could not be read, with the place of what is missing', () => {
    const loss = {
      kind: 'missing file',
      what: 'src/gone.rs',
      package: 'app@1.0.0',
      file: 'src/lib.rs',
      line: 3,
      column: 1,
    }
    expect(dump(graphOf('app main!: ', [loss]))).toEqual([
      'app unanalyzed run certain direct 1 true: missing file: src/gone.rs',
    ])
  })
})

describe('how a power spreads', () => {
  test('through functions of other packages it is transitive; a package that has none is not listed', () => {
    const graph = graphOf(
      'app main!: calls lib::load\nlib load!: calls std::fs::read\nidle f!: calls idle::g\nidle g: ',
    )
    expect(dump(graph)).toEqual([
      'app fs/read run certain transitive 1 true: app::main > lib::load > std::fs::read',
      'lib fs/read run certain direct 1 true: lib::load > std::fs::read',
    ])
  })
  test('every function of the package is a start, callable ones preferred for the example', () => {
    const graph = graphOf(
      'app hidden: calls std::fs::read\napp open!: calls app::middle\napp middle: calls app::hidden',
    )
    expect(dump(graph)).toEqual([
      'app fs/read run certain direct 1 true: app::open > app::middle > app::hidden > std::fs::read',
    ])
    expect(dump(graphOf('app hidden: calls std::fs::read'))).toHaveLength(1)
  })
  test('of several ways the shortest is shown', () => {
    const graph = graphOf(
      'app main!: calls app::a; calls app::c\napp a: calls app::b\napp b: calls std::fs::read\napp c: calls std::fs::read',
    )
    expect(dump(graph)).toEqual(['app fs/read run certain direct 2 true: app::main > app::c > std::fs::read'])
  })
  test('circles end', () => {
    const graph = graphOf(
      'app a!: calls app::b if unix\napp b: calls app::a; calls app::c\napp c: calls app::b; calls std::fs::read if windows',
    )
    expect(dump(graph, { granularity: 'function' })).toContain(
      'app::a fs/read run certain transitive 1 all(unix, windows): app::a > app::b > app::c > std::fs::read',
    )
  })
  test('a stage has what its own functions have', () => {
    const graph = graphOf(
      'app main!: calls lib::f\napp build!: stage build; calls lib::g\nlib f!: stage run,build; calls std::fs::read\nlib g!: stage build; calls std::process::Command::spawn',
    )
    expect(dump(graph).filter((line) => line.startsWith('app'))).toEqual([
      'app exec build certain transitive 1 true: app::build > lib::g > std::process::Command::spawn',
      'app fs/read run certain transitive 1 true: app::main > lib::f > std::fs::read',
    ])
  })
})

describe('walls', () => {
  const graph = graphOf('app main!: calls lib::log\nlib log!: calls lib::open\nlib open: calls std::fs::write')
  test('a classified function gives what the map says and nothing of its body', () => {
    expect(dump(graph, { user: '{ path = "lib::log", grants = ["stdio"] }' })).toEqual([
      'app stdio run certain direct 1 true: app::main > lib::log',
      'lib fs/write run certain direct 1 true: lib::open > std::fs::write',
      'lib stdio run certain direct 1 true: lib::log > lib::log (user.toml)',
    ])
  })
  test('safe is a wall without a capability', () => {
    expect(dump(graph, { user: '{ path = "lib::log", safe = "writes its own log" }' })).toEqual([
      'lib fs/write run certain direct 1 true: lib::open > std::fs::write',
    ])
  })
  test('neutral clears the default of a module: the body is looked into', () => {
    const user =
      '{ prefix = "lib", safe = "trusted" }, { path = "lib::log", neutral = true }, { path = "lib::open", neutral = true }'
    expect(dump(graph, { user })).toHaveLength(2)
    expect(dump(graph, { user: '{ prefix = "lib", safe = "trusted" }' })).toEqual([])
  })
  test('closures stand behind the wall of their function', () => {
    // As the graph room makes it: test/graph/functions.test.ts holds it to that.
    const closure = graphOf('lib log!: calls lib::log::{closure}\nlib log::{closure}: calls std::fs::write')
    expect(dump(closure)).toHaveLength(1)
    expect(dump(closure, { user: '{ path = "lib::log", safe = "writes its own log" }' })).toEqual([])
  })
})

describe('where a body stands in the graph, our own maps do not speak for it', () => {
  test('a crate does not hide behind the name of a classified function', () => {
    const graph = graphOf('app main!: calls std::fs::read\nstd fs::read!: calls std::process::Command::spawn')
    expect(dump(graph)).toEqual([
      'app exec run certain transitive 1 true: app::main > std::fs::read > std::process::Command::spawn',
      'std exec run certain direct 1 true: std::fs::read > std::process::Command::spawn',
    ])
  })
  test('a crate that declares foreign functions gives what the map says as well', () => {
    const graph = graphOf('app main!: calls sys::connect\nsys connect!: calls std::process::Command::spawn')
    expect(dump(graph)).toEqual([
      'app exec run certain transitive 1 true: app::main > sys::connect > std::process::Command::spawn',
      'app network/connect run certain direct 1 true: app::main > sys::connect',
      'sys exec run certain direct 1 true: sys::connect > std::process::Command::spawn',
    ])
  })
})

describe('certainty', () => {
  test('possible when every way has a guess in it; the certain way is shown when there is one', () => {
    const guess = 'app main!: calls? app::load\napp load: calls std::fs::read'
    expect(dump(graphOf(guess), { granularity: 'function' })).toContain(
      'app::main fs/read run possible transitive 1 true: app::main > app::load > std::fs::read',
    )
    const both = `${guess}; calls std::fs::write\napp other!: calls app::load`
    expect(dump(graphOf(both))).toContain(
      'app fs/read run certain direct 1 true: app::other > app::load > std::fs::read',
    )
  })
  test('a possible direct one does not hide a certain transitive one', () => {
    const graph = graphOf('app main!: calls? std::fs::read; calls lib::f\nlib f!: calls std::fs::read')
    expect(dump(graph).filter((line) => line.startsWith('app'))).toEqual([
      'app fs/read run possible direct 1 true: app::main > std::fs::read',
      'app fs/read run certain transitive 1 true: app::main > lib::f > std::fs::read',
    ])
  })
})

describe('conditions', () => {
  test('those along a path together, those of several places either', () => {
    const graph = graphOf('app a!: cfg unix; calls std::fs::read if tls\napp b!: calls std::fs::read if windows')
    expect(dump(graph)).toEqual([
      'app fs/read run certain direct 2 any(all(tls, unix), windows): app::a > std::fs::read',
    ])
  })
  test('an unconditional way wins over a shorter conditional one', () => {
    const graph = graphOf(
      'app main!: calls std::fs::read if windows; calls app::a\napp a: calls app::b\napp b: calls std::fs::read',
    )
    expect(dump(graph)).toEqual(['app fs/read run certain direct 2 true: app::main > app::a > app::b > std::fs::read'])
  })
  test('a long way round that is open is not hidden by a short one that is closed', () => {
    const graph = graphOf(
      'app main!: calls lib::f if windows; calls lib::g if unix\nlib f!: calls std::fs::read\nlib g!: calls lib::h\nlib h: calls std::fs::read',
    )
    expect(dump(graph)[0]).toBe(
      'app fs/read run certain transitive 2 any(unix, windows): app::main > lib::f > std::fs::read',
    )
  })
  test('opposite conditions are always', () => {
    const graph = graphOf('app a!: calls std::fs::read if unix\napp b!: calls std::fs::read if not unix')
    expect(dump(graph)[0]).toContain('direct 2 true')
  })
})

describe('restriction and granularity', () => {
  const graph = graphOf('app main!: calls app::used\napp used: calls std::fs::read\napp unused: calls std::fs::write')
  test('an entry leaves only what is reachable from there', () => {
    expect(dump(graph, { entry: 'public' })).toEqual([
      'app fs/read run certain direct 1 true: app::main > app::used > std::fs::read',
    ])
    expect(dump(graph, { entry: { path: 'app::unused' } })).toEqual([
      'app fs/write run certain direct 1 true: app::unused > std::fs::write',
    ])
    expect(dump(graph, { entry: 'main' })).toEqual([])
  })
  test('what runs when built is whole, whatever is asked of what runs', () => {
    const built = graphOf(
      [
        'app main!: unit bin; entry; calls app::used',
        'app used: calls std::fs::read',
        'app unused: calls std::fs::write',
        'lib build::main: stage build; unit build; entry; calls std::fs::write; calls shared::f',
        'shared f!: stage run,build; calls std::process::Command::spawn',
        'shared dead!: stage build; calls std::fs::read',
      ].join('\n'),
    )
    const inBuild = (lines: readonly string[]) => lines.filter((line) => / build (?:certain|possible) /.test(line))
    const whole = dump(built)
    for (const entry of ['main', 'public', { path: 'app::unused' }] as const) {
      expect(inBuild(dump(built, { entry, roots: ['app@1.0.0'] }))).toEqual(inBuild(whole))
    }
    expect(dump(built, { entry: 'main', roots: ['app@1.0.0'] }).filter((line) => / run /.test(line))).toEqual([
      'app fs/read run certain direct 1 true: app::main > app::used > std::fs::read',
    ])
  })
  test('what runs before main, or without being asked, is there in every package', () => {
    const unasked = graphOf(
      [
        'app main!: unit bin; entry',
        'lib START: entry; calls lib::start',
        'lib start: calls std::fs::write',
        'lib made: fact attribute = ctor; calls std::fs::read',
        'lib _: calls std::fs::write',
        'lib other!: calls std::process::Command::spawn',
      ].join('\n'),
    )
    expect(dump(unasked, { entry: 'main', roots: ['app@1.0.0'] })).toEqual([
      'lib hook run certain direct 1 true: lib::made > attribute: ctor',
      'lib fs/write run certain direct 2 true: lib::START > lib::start > std::fs::write',
      'lib fs/read run certain direct 1 true: lib::made > std::fs::read',
    ])
  })
  test('code that was not read may be reached from anywhere', () => {
    const lost = graphOf('app main!: unit bin; entry', [
      { kind: 'missing file', what: 'x.rs', package: 'app@1.0.0', file: 'src/lib.rs', line: 1, column: 1 },
    ])
    expect(dump(lost, { entry: 'main' })).toEqual(dump(lost))
    expect(dump(lost)).toHaveLength(1)
  })
  test('a site each', () => {
    const twice = graphOf('app f!: calls std::fs::read; calls std::fs::read')
    expect(dump(twice)).toEqual(['app fs/read run certain direct 2 true: app::f > std::fs::read'])
    expect(dump(twice, { granularity: 'site' })).toHaveLength(2)
  })
  test('by module, what comes from another module is transitive', () => {
    const modules = graphOf('app a::f!: calls app::b::g\napp b::g: calls std::fs::read')
    expect(dump(modules, { granularity: 'module' })).toEqual([
      'app::a fs/read run certain transitive 1 true: app::a::f > app::b::g > std::fs::read',
      'app::b fs/read run certain direct 1 true: app::b::g > std::fs::read',
    ])
  })
})
