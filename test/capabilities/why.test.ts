// `caps why`: every simple path, shortest first, within limits.
import { describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import { readMapFile } from '../../src/capabilities/map-file.js'
import { buildMaps } from '../../src/capabilities/map-index.js'
import { MAX_WHY_PATHS, whyCapabilities } from '../../src/capabilities/why.js'
import { graphOf } from './hand-made-graph.js'

const maps = buildMaps([
  readMapFile({ name: 'ours.toml', text: 'version = 1\nrows = [{ path = "std::fs::read", grants = ["fs/read"] }]' }),
])
const why = (text: string, packageId = 'app@1.0.0') => whyCapabilities(graphOf(text), maps, packageId, ['fs/read'])
const dump = (text: string): string[] =>
  why(text).paths.map(
    (found) =>
      `${found.certainty} ${printCfg(found.condition)}: ${found.path.map((step) => step.function).join(' > ')}`,
  )

describe('every path', () => {
  test('shortest first, each place of the power its own', () => {
    const text =
      'app main!: calls app::a; calls app::b; calls std::fs::read\napp a: calls app::b\napp b: calls std::fs::read; calls std::fs::read'
    expect(dump(text)).toEqual([
      'certain true: app::main > std::fs::read',
      'certain true: app::main > app::b > std::fs::read',
      'certain true: app::main > app::b > std::fs::read',
      'certain true: app::main > app::a > app::b > std::fs::read',
      'certain true: app::main > app::a > app::b > std::fs::read',
    ])
  })
  test('certainty and condition are those of the whole path', () => {
    const text = 'app main!: calls? lib::f if unix; calls lib::f if windows\nlib f!: calls std::fs::read if tls'
    expect(dump(text)).toEqual([
      'possible all(tls, unix): app::main > lib::f > std::fs::read',
      'certain all(tls, windows): app::main > lib::f > std::fs::read',
    ])
  })
  test('circles give no endless paths', () => {
    const text = 'app a!: calls app::b\napp b: calls app::a; calls app::b; calls std::fs::read'
    const answer = why(text)
    expect(answer.paths).toHaveLength(1)
    expect(answer.truncated).toBe(false)
  })
  test('a package without the capability has none', () => expect(why('app a!: ').paths).toEqual([]))
})

test('more paths than the limit are cut, and the answer says so', () => {
  // Ten layers of three functions, all of a layer calling all of the next: 3^10 paths.
  const layer = (n: number) => [0, 1, 2].map((i) => `l${n}f${i}`)
  const lines = Array.from({ length: 10 }, (_, n) =>
    layer(n).map((name) => {
      const callees = n === 9 ? ['calls std::fs::read'] : layer(n + 1).map((callee) => `calls app::${callee}`)
      return `app ${name}${n === 0 ? '!' : ''}: ${callees.join('; ')}`
    }),
  )
  const answer = why(lines.flat().join('\n'))
  expect(answer.paths).toHaveLength(MAX_WHY_PATHS)
  expect(answer.truncated).toBe(true)
})
