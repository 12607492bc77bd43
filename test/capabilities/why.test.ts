// `caps why`: each place once, by one shortest path of the best class, from whoever sets it off.
import { describe, expect, test } from '@jest/globals'
import { printCfg, type Stage } from '../../src/base/index.js'
import type { Entry } from '../../src/capabilities/entry.js'
import { readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import { whyCapabilities } from '../../src/capabilities/why.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { graphOf } from './hand-made-graph.js'

const maps = buildMaps([
  readMapFile({
    name: 'ours.toml',
    text: `version = 1
rows = [{ path = "std::fs::read", grants = ["fs/read"] }]
facts = [
  { kind = "attribute", what = "ctor", grants = ["hook"] },
  { kind = "loss", what = "missing file", grants = ["unanalyzed"] },
]`,
  }),
])

interface Asked {
  readonly stages?: readonly Stage[]
  readonly entry?: Entry
  readonly through?: string
}

/** `program certain true: app::main > std::fs::read`, a line a place. */
function dump(text: string, { stages, entry, through }: Asked = {}, losses: CallGraph['losses'] = []): string[] {
  const capabilities = ['fs/read', 'unanalyzed'] as const
  const roots = ['app@1.0.0']
  const packages = through === undefined ? undefined : new Set([`${through}@1.0.0`])
  return whyCapabilities(graphOf(text, losses), maps, { capabilities, stages, entry, roots, through: packages }).map(
    (found) => {
      const stage = found.stage === 'run' ? '' : `${found.stage} `
      const path = found.path.map((step) => step.function).join(' > ')
      return `${found.from.join(',')} ${stage}${found.certainty} ${printCfg(found.condition)}: ${path}`
    },
  )
}

describe('one path for each place', () => {
  test('the shortest one', () => {
    const text = `
      app main: unit bin; entry; calls app::a; calls app::b
      app a: calls app::b
      app b: calls std::fs::read; calls std::fs::read`
    expect(dump(text)).toEqual([
      'program certain true: app::main > app::b > std::fs::read',
      'program certain true: app::main > app::b > std::fs::read',
    ])
  })
  test('certain before possible, always before sometimes, however long', () => {
    const text = `
      app main: unit bin; entry; calls? app::f; calls app::g if unix; calls app::a
      app a: calls app::b
      app b: calls app::f; calls app::g
      app f: calls std::fs::read
      app g: calls std::fs::read`
    expect(dump(text)).toEqual([
      'program certain true: app::main > app::a > app::b > app::f > std::fs::read',
      'program certain true: app::main > app::a > app::b > app::g > std::fs::read',
    ])
  })
  test('certainty and condition are those of the whole path', () => {
    const text = `
      app main: unit bin; entry; calls? lib::f if unix; calls lib::g if windows
      lib f!: calls std::fs::read if tls
      lib g!: calls std::fs::read if tls`
    expect(dump(text)).toEqual([
      'program certain all(tls, windows): app::main > lib::g > std::fs::read',
      'program possible all(tls, unix): app::main > lib::f > std::fs::read',
    ])
  })
  test('circles end', () => {
    const text = 'app a!: calls app::b\napp b: calls app::a; calls app::b; calls std::fs::read'
    expect(dump(text)).toEqual(['api certain true: app::a > app::b > std::fs::read'])
  })
  test('nothing for a program without the capability', () => expect(dump('app a!: ')).toEqual([]))
})

describe('who sets it off', () => {
  test('all who can, first the one who begins the path', () => {
    const text = `
      app main: unit bin; entry; calls app::api
      app api!: calls std::fs::read
      lib made: fact attribute = ctor; calls app::api`
    expect(dump(text)).toEqual(['api,program,unasked certain true: app::api > std::fs::read'])
  })
  test('when built, in any package; a place that nothing leads to has a path in its own package', () => {
    const text = `
      app api!:
      lib main: unit build; stage build; entry; calls lib::probe
      lib probe: stage build; calls std::fs::read
      dead f!: calls dead::g
      dead g: calls std::fs::read
      dead h: calls std::fs::read`
    expect(dump(text)).toEqual([
      'build build certain true: lib::main > lib::probe > std::fs::read',
      'unreached certain true: dead::h > std::fs::read',
      'unreached certain true: dead::f > dead::g > std::fs::read',
    ])
  })
  test('code that was not read, of whoever', () => {
    const losses = [{ kind: 'missing file', what: 'x', package: 'lib@1.0.0', file: 'x.rs', line: 1, column: 1 }]
    expect(dump('app api!:\nlib f:', {}, losses)).toEqual(['unread certain true: missing file: x'])
  })
})

describe('narrowed', () => {
  const text = `
    app main: unit bin; entry; calls app::one; calls lib::f
    app one: calls std::fs::read
    app two!: calls std::fs::read
    lib f!: calls app::closure; calls std::fs::read
    app closure: calls std::fs::read
    lib main: unit build; stage build; entry; calls std::fs::read`
  test('by stage', () => {
    expect(dump(text, { stages: ['build'] })).toEqual(['build build certain true: lib::main > std::fs::read'])
    expect(dump(text, { stages: ['run'] })).toEqual(dump(text).filter((line) => !line.startsWith('build')))
  })
  test('by entry: what runs when built stays', () => {
    expect(dump(text, { entry: { path: 'app::two' } })).toEqual([
      'asked certain true: app::two > std::fs::read',
      'build build certain true: lib::main > std::fs::read',
    ])
    expect(dump(text, { entry: 'main', stages: ['run'] })).toEqual(
      dump(text, { stages: ['run'] }).filter((line) => line.startsWith('program')),
    )
  })
  test('by a package that the way leads through', () => {
    expect(dump(text, { through: 'lib', stages: ['run'] })).toEqual([
      'program certain true: app::main > lib::f > std::fs::read',
      'program certain true: app::main > lib::f > app::closure > std::fs::read',
    ])
    expect(dump(text, { through: 'other' })).toEqual([])
  })
})
