import { symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type LoadOptions, loadWorkspace, type Workspace } from '../../src/project/index.js'
import { expandMemberPattern } from '../../src/project/member-globs.js'
import { Scratch } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome().write({
    'ws/Cargo.toml': `[workspace]
members = ["crates/*", "tools/cli"]
exclude = ["crates/old"]
[workspace.package]
version = "0.3.0"
edition = "2021"
[workspace.dependencies]
core = { path = "crates/core", features = ["std"] }
`,
    'ws/crates/core/Cargo.toml': '[package]\nname = "core"\nversion.workspace = true\n[features]\nstd = []\n',
    'ws/crates/core/src/lib.rs': '',
    'ws/crates/old/Cargo.toml': '[package]\nname = "old"\n',
    'ws/crates/notes.md': '',
    'ws/tools/cli/Cargo.toml':
      '[package]\nname = "cli"\nversion.workspace = true\nedition.workspace = true\n[dependencies]\ncore.workspace = true\n',
    'ws/tools/cli/src/main.rs': '',
  })
})
afterEach(() => scratch.remove())

const load = (path: string, options: LoadOptions = {}): Promise<Workspace> =>
  loadWorkspace(join(scratch.path, path), { offline: true, ...options })

describe('workspaces', () => {
  test('a virtual one: all members; no lockfile is needed where nothing comes from outside', async () => {
    const { roots, units, packages } = await load('ws')
    expect(roots).toEqual(['cli@0.3.0', 'core@0.3.0'])
    expect(units.map(({ id, features, edition }) => [id, features, edition])).toEqual([
      ['core@0.3.0 lib', ['std'], 2015],
      ['cli@0.3.0 bin cli', [], 2021],
    ])
    expect(packages.every(({ local, source }) => local && source.kind === 'path')).toBe(true)
  })

  test.each([
    ['a member by its directory', 'ws/tools/cli', {}, ['cli@0.3.0']],
    ['a member by its manifest', 'ws/crates/core/Cargo.toml', {}, ['core@0.3.0']],
    ['-p', 'ws', { packages: ['core'] }, ['core@0.3.0']],
    ['-p with a version, from another member', 'ws/tools/cli', { packages: ['core@0.3.0'] }, ['core@0.3.0']],
  ])('%s', async (_, path, options, roots) => {
    expect((await load(path, options)).roots).toEqual(roots)
  })

  test('default members', async () => {
    scratch.write({ 'dm/Cargo.toml': '[workspace]\nmembers = ["a", "b"]\ndefault-members = ["b"]\n' })
    for (const name of ['a', 'b'])
      scratch.write({
        [`dm/${name}/Cargo.toml`]: `[package]\nname = "${name}"\nversion = "1.0.0"\n`,
        [`dm/${name}/src/lib.rs`]: '',
      })
    expect((await load('dm')).roots).toEqual(['b@1.0.0'])
  })

  test('a member that is not there is an error that names those that are', async () => {
    await expect(load('ws', { packages: ['nope'] })).rejects.toMatchObject({ fix: 'Name one of: cli, core.' })
  })

  test('an excluded package stands alone', async () => {
    scratch.write({ 'ws/crates/old/src/lib.rs': '' })
    expect((await load('ws/crates/old')).roots).toEqual(['old@0.0.0'])
  })

  test('members that lead outside are left out and said', async () => {
    scratch.write({
      'bad/Cargo.toml': '[workspace]\nmembers = ["../ws/tools/cli", "linked", "ok"]\n',
      'bad/ok/Cargo.toml': '[package]\nname = "ok"\n',
      'bad/ok/src/lib.rs': '',
    })
    symlinkSync('../ws/tools/cli', join(scratch.path, 'bad/linked'))
    const { roots, diagnostics } = await load('bad')
    expect(roots).toEqual(['ok@0.0.0'])
    expect(diagnostics.map(({ message }) => message)).toEqual([
      'the workspace member ../ws/tools/cli leads outside the workspace and was left out',
      'the workspace member linked is a link that leads outside and was left out',
    ])
  })

  test('a dependency by path may stand beside the package; it is not part of what was asked for', async () => {
    scratch.write({
      'one/Cargo.toml': '[package]\nname = "one"\nversion = "1.0.0"\n[dependencies]\ntwo = { path = "../two" }\n',
      'one/src/lib.rs': '',
      'two/Cargo.toml': '[package]\nname = "two"\nversion = "1.0.0"\n',
      'two/src/lib.rs': '',
    })
    const { packages } = await load('one')
    expect(packages.map(({ id, local, dependencies }) => [id, local, dependencies])).toEqual([
      ['one@1.0.0', true, [{ id: 'two@1.0.0', kinds: ['normal'] }]],
      ['two@1.0.0', false, []],
    ])
  })

  test('--locked without a lockfile, and without cargo one that does not fit', async () => {
    await expect(load('ws', { locked: true })).rejects.toMatchObject({ what: 'There is no Cargo.lock' })
    scratch.write({
      'ws/Cargo.lock': 'version = 4\n',
      'ws/crates/core/Cargo.toml': '[package]\nname = "core"\n[dependencies]\nx = "1"\n',
    })
    await expect(load('ws')).rejects.toMatchObject({ what: 'Cargo.lock does not fit the manifests' })
    await expect(load('ws', { offline: false })).rejects.toMatchObject({
      why: expect.stringContaining('no cargo on PATH'),
    })
  })

  test('the result does not depend on where it stands', async () => {
    const print = ({ roots, packages, units, diagnostics }: Workspace): string =>
      JSON.stringify([roots, packages.map(({ tree, ...rest }) => [rest, [...tree.files]]), units, diagnostics])
    expect(print(await load('ws'))).not.toContain(scratch.path)
  })
})

describe('member patterns', () => {
  test.each([
    ['crates/*', ['crates/core', 'crates/old']],
    ['crates/c?r[a-z]', ['crates/core']],
    ['crates/[!o]*', ['crates/core']],
    ['**/c*', ['crates', 'crates/core', 'tools/cli']],
    ['./tools/cli/', ['tools/cli']],
    ['.', ['']],
    ['../ws', undefined],
    ['/etc', undefined],
  ])('%s', (pattern, expected) => {
    expect(expandMemberPattern(join(scratch.path, 'ws'), pattern)).toEqual(expected)
  })

  test('many stars take no long time', () => {
    scratch.write({ [`ws/${'a'.repeat(200)}/x`]: '' })
    expect(expandMemberPattern(join(scratch.path, 'ws'), `${'*a'.repeat(60)}b`)).toEqual([])
  })
})

describe('what is named', () => {
  test.each([
    ['./nowhere', 'There is no crate in'],
    ['gone.crate', 'There is no archive'],
    ['name@latest', 'names no crate'],
    ['--flag', 'names no crate'],
    ['a b', 'names no crate'],
  ])('%s', async (spec, what) => {
    await expect(loadWorkspace(spec, { offline: true })).rejects.toMatchObject({ what: expect.stringContaining(what) })
  })

  test('a target that rustc does not know', async () => {
    await expect(load('ws', { target: ['x86_64-unknown-lunix'] })).rejects.toMatchObject({
      what: 'There is no target x86_64-unknown-lunix',
    })
  })
})
