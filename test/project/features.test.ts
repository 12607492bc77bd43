import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { loadWorkspace } from '../../src/project/index.js'
import { loadFake, printUnits, Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

describe('features', () => {
  const optional = {
    id: 'root@1.0.0',
    manifest: `[features]
default = ["a"]
a = []
weak = ["opt?/extra"]
strong = ["opt/extra"]
on = ["dep:opt"]
[dependencies]
opt = { version = "1", optional = true, default-features = false }
`,
    needs: ['opt@1.0.0'],
  }
  const opt = { id: 'opt@1.0.0', manifest: '[features]\ndefault = ["std"]\nstd = []\nextra = []\n' }

  test.each([
    [{}, ['root@1.0.0 lib [a default] run']],
    [{ noDefaultFeatures: true }, ['root@1.0.0 lib [] run']],
    [{ features: ['weak'] }, ['root@1.0.0 lib [a default weak] run']],
    [
      { features: ['weak,on'] },
      ['opt@1.0.0 lib [extra] run', 'root@1.0.0 lib [a default on weak] run <- opt=opt@1.0.0 lib'],
    ],
    [
      { features: ['on', 'weak'] },
      ['opt@1.0.0 lib [extra] run', 'root@1.0.0 lib [a default on weak] run <- opt=opt@1.0.0 lib'],
    ],
    [
      { features: ['strong'] },
      ['opt@1.0.0 lib [extra] run', 'root@1.0.0 lib [a default strong] run <- opt=opt@1.0.0 lib'],
    ],
    [{ features: ['opt/std'] }, ['opt@1.0.0 lib [std] run', 'root@1.0.0 lib [a default] run <- opt=opt@1.0.0 lib']],
    [
      { allFeatures: true },
      ['opt@1.0.0 lib [extra] run', 'root@1.0.0 lib [a default on strong weak] run <- opt=opt@1.0.0 lib'],
    ],
  ])('%j', async (options, expected) => {
    expect(printUnits(await loadFake(scratch, [optional, opt], options))).toEqual(expected)
  })

  test('a feature that is not there is an error that names those that are', async () => {
    await expect(loadFake(scratch, [optional, opt], { features: ['nope'] })).rejects.toMatchObject({
      what: 'There is no feature nope',
      fix: expect.stringContaining('a, default, on'),
    })
  })

  test.each([['dep/on'], ['dep/strong']])(
    'what %s of the command line turns on and no lockfile has is refused',
    async (feature) => {
      const root = { id: 'root@1.0.0', manifest: '[dependencies]\ndep = "1"\n', needs: ['dep@1.0.0'] }
      const dep = { id: 'dep@1.0.0', manifest: optional.manifest }
      await expect(loadFake(scratch, [root, dep], { features: [feature] })).rejects.toMatchObject({
        what: expect.stringContaining('dep@1.0.0 is to be compiled with its optional dependency opt'),
      })
      expect(printUnits(await loadFake(scratch, [root, dep], { features: ['dep/weak'] }))).toContain(
        'dep@1.0.0 lib [a default weak] run',
      )
    },
  )

  test('`x/y` also turns on the feature x where it is one', async () => {
    const root = {
      id: 'root@1.0.0',
      manifest: '[features]\nf = ["opt/extra"]\n[dependencies]\nopt = { version = "1", optional = true }\n',
      needs: ['opt@1.0.0'],
    }
    expect(printUnits(await loadFake(scratch, [root, opt], { features: ['f'] }))).toEqual([
      'opt@1.0.0 lib [default extra std] run',
      'root@1.0.0 lib [f opt] run <- opt=opt@1.0.0 lib',
    ])
  })

  test('a feature that a dependent wrongly asks for is a diagnostic, not an end', async () => {
    const root = {
      id: 'root@1.0.0',
      manifest: '[dependencies]\nopt = { version = "1", features = ["nope"] }\n',
      needs: ['opt@1.0.0'],
    }
    const { diagnostics } = await loadFake(scratch, [root, opt])
    expect(diagnostics).toEqual([{ package: 'opt@1.0.0', message: expect.stringContaining('feature nope') }])
  })
})

describe('host and target side', () => {
  const shared = { id: 'shared@1.0.0', manifest: '[features]\nhost = []\ntarget = []\n' }
  const above = { id: 'above@1.0.0', manifest: '[dependencies]\nshared = "1"\n', needs: ['shared@1.0.0'] }
  const root = (
    hostFeatures: string,
  ): { id: string; manifest: string; needs: string[]; files: Record<string, string> } => ({
    id: 'root@1.0.0',
    manifest: `[dependencies]\nabove = "1"\nmac = "1"\n[build-dependencies]\nabove = "1"\nshared = { version = "1"${hostFeatures} }\n`,
    needs: ['above@1.0.0', 'shared@1.0.0', 'mac@1.0.0'],
    files: { 'src/lib.rs': '', 'build.rs': '' },
  })
  const mac = {
    id: 'mac@1.0.0',
    manifest: '[lib]\nproc-macro = true\n[dependencies]\nbelow = "1"\n',
    needs: ['below@1.0.0'],
  }
  const below = { id: 'below@1.0.0' }

  test('equal on both sides: one unit with the stages of both', async () => {
    expect(printUnits(await loadFake(scratch, [root(''), above, shared, mac, below]))).toEqual([
      'shared@1.0.0 lib [] run+build',
      'above@1.0.0 lib [] run+build <- shared=shared@1.0.0 lib',
      'below@1.0.0 lib [] macro',
      'mac@1.0.0 proc-macro [] macro <- below=below@1.0.0 lib',
      'root@1.0.0 build [] build <- above=above@1.0.0 lib, shared=shared@1.0.0 lib',
      'root@1.0.0 lib [] run <- above=above@1.0.0 lib, mac=mac@1.0.0 proc-macro',
    ])
  })

  test('the tests in a proc macro are for the host, like the macro: its build script is run for that side alone', async () => {
    scratch.useAsCargoHome().write({
      'ws/Cargo.toml':
        '[package]\nname = "own"\nversion = "1.0.0"\nedition = "2021"\n[lib]\nproc-macro = true\n[features]\nmore = []\n[workspace]\nmembers = ["user"]\ndefault-members = [".", "user"]\n',
      'ws/build.rs': 'fn main() {}\n',
      'ws/src/lib.rs': '',
      'ws/user/Cargo.toml':
        '[package]\nname = "user"\nversion = "1.0.0"\nedition = "2021"\n[dependencies]\nown = { path = "..", features = ["more"] }\n',
      'ws/user/src/lib.rs': '',
    })
    const options = { offline: true, withDev: true, target: ['x86_64-unknown-linux-gnu'] }
    const { units } = await loadWorkspace(join(scratch.path, 'ws'), options)
    expect(units.filter(({ id }) => id.includes(' build')).map(({ features }) => features)).toEqual([['more']])
  })

  test('other features on the host side: two units, and two of all that use them', async () => {
    const crates = [root(', features = ["host"]'), above, shared, mac, below]
    expect(printUnits(await loadFake(scratch, crates))).toEqual([
      'shared@1.0.0 lib [] run',
      'above@1.0.0 lib [] run <- shared=shared@1.0.0 lib',
      'shared@1.0.0 lib (host) [host] build',
      'above@1.0.0 lib (host) [] build <- shared=shared@1.0.0 lib (host)',
      'below@1.0.0 lib [] macro',
      'mac@1.0.0 proc-macro [] macro <- below=below@1.0.0 lib',
      'root@1.0.0 build [] build <- above=above@1.0.0 lib (host), shared=shared@1.0.0 lib (host)',
      'root@1.0.0 lib [] run <- above=above@1.0.0 lib, mac=mac@1.0.0 proc-macro',
    ])
  })
})

describe('platforms and units', () => {
  const root = {
    id: 'root@1.0.0',
    manifest: `[dependencies]
my-dep = { version = "1", package = "dep" }
[target.'cfg(windows)'.dependencies]
win = "1"
[target.'cfg(any())'.dependencies]
never = "1"
[target.'cfg(loom)'.dependencies]
never = "1"
[[bin]]
name = "tool"
path = "src/tool.rs"
[[bin]]
name = "extra"
path = "src/tool.rs"
required-features = ["cli"]
[features]
cli = []
`,
    files: { 'src/lib.rs': '', 'src/tool.rs': '' },
    needs: ['dep@1.0.0', 'win@1.0.0', 'never@1.0.0'],
  }
  const crates = [
    root,
    { id: 'dep@1.0.0', manifest: '[lib]\nname = "dep_lib"\n' },
    { id: 'win@1.0.0' },
    { id: 'never@1.0.0' },
  ]

  test('one target: only what is compiled for it', async () => {
    expect(printUnits(await loadFake(scratch, crates))).toEqual([
      'dep@1.0.0 lib [] run',
      'root@1.0.0 lib [] run <- my_dep=dep@1.0.0 lib',
      'root@1.0.0 bin tool [] run <- my_dep=dep@1.0.0 lib, root=root@1.0.0 lib',
    ])
  })

  test('no target: what is compiled for any, with the platform kept; nothing that no target sets', async () => {
    const workspace = await loadFake(scratch, crates, { target: [] })
    expect(workspace.targets.length).toBeGreaterThan(1)
    expect(printUnits(workspace)).toContain(
      'root@1.0.0 lib [] run <- my_dep=dep@1.0.0 lib, win=win@1.0.0 lib cfg(windows)',
    )
    expect(workspace.packages.map(({ id }) => id)).toEqual(['dep@1.0.0', 'root@1.0.0', 'win@1.0.0'])
  })

  test('required features bring a program', async () => {
    const { units } = await loadFake(scratch, crates, { features: ['cli'] })
    expect(units.map(({ id }) => id)).toContain('root@1.0.0 bin extra')
  })

  test('a dependency without a library is said to be ignored', async () => {
    const root = { id: 'root@1.0.0', manifest: '[dependencies]\nprogram = "1"\n', needs: ['program@1.0.0'] }
    const program = { id: 'program@1.0.0', files: { 'src/main.rs': '' } }
    const { diagnostics, units } = await loadFake(scratch, [root, program])
    expect(units.map(({ id }) => id)).toEqual(['root@1.0.0 lib'])
    expect(diagnostics).toEqual([{ package: 'program@1.0.0', message: expect.stringContaining('has no library') }])
  })

  test('a lockfile that runs in a circle is refused', async () => {
    const a = { id: 'a@1.0.0', manifest: '[dependencies]\nb = "1"\n', needs: ['b@1.0.0'] }
    const b = { id: 'b@1.0.0', manifest: '[build-dependencies]\na = "1"\n', needs: ['a@1.0.0'] }
    await expect(loadFake(scratch, [a, b])).rejects.toMatchObject({
      what: 'a@1.0.0 depends on itself',
      why: expect.stringContaining('a@1.0.0 -> b@1.0.0 -> a@1.0.0'),
    })
  })

  test('a circle of which a part is compiled for nothing is none', async () => {
    const a = { id: 'a@1.0.0', manifest: '[dependencies]\nb = "1"\n', needs: ['b@1.0.0'] }
    const needs = ['a@1.0.0']
    const b = { id: 'b@1.0.0', manifest: '[dependencies]\na = { version = "1", optional = true }\n', needs }
    expect(printUnits(await loadFake(scratch, [a, b]))).toEqual([
      'b@1.0.0 lib [] run',
      'a@1.0.0 lib [] run <- b=b@1.0.0 lib',
    ])
  })

  test('tests and dev-dependencies only when asked for', async () => {
    const root = {
      id: 'root@1.0.0',
      manifest: '[dev-dependencies]\ncheck = "1"\n',
      files: { 'src/lib.rs': '', 'tests/it.rs': '' },
      needs: ['check@1.0.0'],
    }
    const check = { id: 'check@1.0.0', manifest: '[dependencies]\nroot = "1"\n', needs: ['root@1.0.0'] }
    expect(printUnits(await loadFake(scratch, [root, check]))).toEqual(['root@1.0.0 lib [] run'])
    expect(printUnits(await loadFake(scratch, [root, check], { withDev: true }))).toEqual([
      'root@1.0.0 lib [] run+test',
      'check@1.0.0 lib [] test <- root=root@1.0.0 lib',
      'root@1.0.0 test it [] test <- check=check@1.0.0 lib, root=root@1.0.0 lib',
      'root@1.0.0 test lib root [] test <- check=check@1.0.0 lib',
    ])
  })
})
