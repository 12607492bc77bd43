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
    expect(packages.every(({ source }) => source.kind === 'path')).toBe(true)
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

  test('members that lead outside are errors, or losses where the user asks for it', async () => {
    scratch.write({
      'bad/Cargo.toml': '[workspace]\nmembers = ["../ws/tools/cli", "lin*", "ok", "../bad/back"]\n',
      'bad/ok/Cargo.toml': '[package]\nname = "ok"\n',
      'bad/ok/src/lib.rs': '',
      'bad/back/Cargo.toml': '[package]\nname = "back"\n',
      'bad/back/src/lib.rs': '',
    })
    symlinkSync('../ws/tools/cli', join(scratch.path, 'bad/linked'))
    await expect(load('bad')).rejects.toMatchObject({
      what: 'The workspace has the member ../ws/tools/cli, which leads out of the workspace, where nothing is looked at',
    })
    const { roots, losses } = await load('bad', { allowMissing: true })
    expect(roots).toEqual(['back@0.0.0', 'ok@0.0.0'])
    expect(losses?.map(({ what }) => what)).toEqual([
      'the member ../ws/tools/cli of the workspace leads out of the workspace, where nothing is looked at',
      'the member linked of the workspace leads out of the workspace, where nothing is looked at',
    ])
  })

  test('links inside of the workspace are members where a pattern finds them, as in cargo', async () => {
    scratch.write({
      'linked/Cargo.toml': '[workspace]\nmembers = ["crates/*", "deep/**/x"]\n',
      'linked/crates/a/Cargo.toml': '[package]\nname = "a"\n',
      'linked/crates/a/src/lib.rs': '',
      'linked/elsewhere/Cargo.toml': '[package]\nname = "b"\n',
      'linked/elsewhere/src/lib.rs': '',
      'linked/below/x/Cargo.toml': '[package]\nname = "x"\n',
      'linked/below/x/src/lib.rs': '',
      'linked/deep/readme.md': '',
    })
    symlinkSync('../elsewhere', join(scratch.path, 'linked/crates/b'))
    symlinkSync('../below', join(scratch.path, 'linked/deep/below'))
    symlinkSync('..', join(scratch.path, 'linked/below/up'))
    expect((await load('linked')).roots).toEqual(['a@0.0.0', 'b@0.0.0', 'x@0.0.0'])
  })

  test('a file that a target needs and that is a link to the outside is lost, and so are programs in such a directory', async () => {
    scratch.write({
      'links/Cargo.toml': '[package]\nname = "links"\n[lib]\npath = "../outside/lib.rs"\n',
      'links/src/main.rs': '',
      'outside/lib.rs': '',
    })
    symlinkSync('../outside/lib.rs', join(scratch.path, 'links/build.rs'))
    symlinkSync('../../outside', join(scratch.path, 'links/src/bin'))
    const { losses, units } = await load('links')
    expect(units.map(({ kind }) => kind)).toEqual(['bin'])
    expect(losses?.map(({ kind, file, what }) => `${kind} ${file}: ${what}`)).toEqual([
      'missing file ../outside/lib.rs: the lib target links has no file ../outside/lib.rs',
      'missing file build.rs: the build target build-script-build has no file build.rs that may be read',
      'missing file src/bin: programs may be in src/bin, which was left out',
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
    expect(packages.map(({ id, dependencies }) => [id, dependencies])).toEqual([
      ['one@1.0.0', [{ id: 'two@1.0.0', kinds: ['normal'] }]],
      ['two@1.0.0', []],
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
    ['../ws', ['']],
    ['../other', undefined],
    ['../*', undefined],
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
