// What was turned on when versions were chosen counts beyond what is compiled: names of dependencies, `required-features`.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type LoadOptions, loadWorkspace, type Workspace } from '../../src/project/index.js'
import { Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
})
afterEach(() => scratch.remove())

const ON_LINUX: LoadOptions = { offline: true, target: ['x86_64-unknown-linux-gnu'] }

/** `root` over `a` over `b`, all in one workspace: what follows the heads of the first two manifests. */
async function load(root: string, a: string, options: LoadOptions = {}): Promise<Workspace> {
  const head = (name: string): string => `[package]\nname = "${name}"\nversion = "1.0.0"\nedition = "2021"\n`
  scratch.write({
    'ws/Cargo.toml': `${head('root')}${root}`,
    'ws/src/lib.rs': '',
    'ws/src/bin/tool.rs': '',
    'ws/a/Cargo.toml': `${head('a')}${a}`,
    'ws/a/src/lib.rs': '',
    'ws/b/Cargo.toml': `${head('b')}[features]\nf = []\n`,
    'ws/b/src/lib.rs': '',
  })
  return loadWorkspace(join(scratch.path, 'ws'), { ...ON_LINUX, ...options })
}

describe('one package under two names', () => {
  const A = (feature: string): string => `[features]
named = [${feature}]
[dependencies]
one = { package = "b", path = "../b" }
[build-dependencies]
b = { path = "../b", optional = true }
`
  const uses = 'a = { path = "a", features = ["named"] }\n'
  test.each([
    ['a feature names it weakly', `[dependencies]\n${uses}`, A('"b?/f"')],
    [
      'a feature that dev-dependencies alone ask for',
      `[dependencies]\na.path = "a"\n[dev-dependencies]\n${uses}`,
      A('"b?/f"'),
    ],
    [
      'a feature that a dependency for another platform asks for',
      `[dependencies]\na.path = "a"\n[target."cfg(windows)".dependencies]\n${uses}`,
      A('"dep:b"'),
    ],
    [
      'for another platform',
      `[dependencies]\na.path = "a"\n`,
      '[dependencies]\none = { package = "b", path = "../b" }\n[target."cfg(windows)".dependencies]\nb.path = "../b"\n',
    ],
  ])('refused: %s', async (_, root, a) => {
    await expect(load(root, a)).rejects.toMatchObject({ what: 'a@1.0.0 depends on b@1.0.0 under two names' })
  })

  test.each([
    ['no feature that is on names it', '[dependencies]\na.path = "a"\n', A('"b?/f"')],
    [
      'it is for the tests of a dependency',
      '[dependencies]\na.path = "a"\n',
      '[dependencies]\none = { package = "b", path = "../b" }\n[dev-dependencies]\nb.path = "../b"\n',
    ],
  ])('taken: %s', async (_, root, a) => {
    expect((await load(root, a)).units.map(({ id }) => id)).toContain('a@1.0.0 lib')
  })
})

test.each([
  ['a program', '[[bin]]\nname = "gone"\npath = "gone.rs"\n', true],
  ['a program that is not asked for', '[[bin]]\nname = "gone"\npath = "gone.rs"\nrequired-features = ["off"]\n', false],
  ['the library', '[lib]\npath = "gone.rs"\n', true],
])('names count before it is missed that the file of %s is not there', async (_, text, isRefused) => {
  const crate = `[package]\nname = "root"\nversion = "1.0.0"\nedition = "2021"\nautobins = false\n`
  const needs = '[features]\noff = []\n[dependencies]\nb.path = "b"\nagain = { package = "b", path = "b" }\n'
  scratch.write({
    'ws/Cargo.toml': `${crate}${needs}${text}`,
    'ws/b/Cargo.toml': '[package]\nname = "b"\nversion = "1.0.0"\n',
    'ws/b/src/lib.rs': '',
  })
  const loaded = loadWorkspace(join(scratch.path, 'ws'), ON_LINUX)
  if (isRefused) await expect(loaded).rejects.toMatchObject({ what: expect.stringContaining('under two names') })
  else expect((await loaded).units.filter(({ kind }) => kind === 'bin')).toEqual([])
})

describe('required-features of a dependency', () => {
  const needs = (what: string): string => `[[bin]]\nname = "tool"\nrequired-features = ["${what}"]\n`
  const A = '[features]\nf = []\n'
  test.each([
    ['a/f', '[dependencies]\na = { path = "a", features = ["f"] }\n', true],
    ['a/f', '[dependencies]\na.path = "a"\n', false],
    ['a/f', '[dependencies]\na = { path = "a", features = ["f"], optional = true }\n', false],
    [
      'same/f',
      '[dependencies]\na = { path = "a", features = ["f"] }\n[dev-dependencies]\nsame = { package = "a", path = "a" }\n',
      undefined,
    ],
    ['a/f', '[dev-dependencies]\na = { path = "a", features = ["f"] }\n', false],
  ] as const)('%s with %j', async (what, dependencies, isThere) => {
    const loaded = load(needs(what) + dependencies, A)
    if (isThere === undefined)
      await expect(loaded).rejects.toMatchObject({ what: expect.stringContaining('two names') })
    else expect((await loaded).units.some(({ id }) => id === 'root@1.0.0 bin tool')).toBe(isThere)
  })
})
