/** Workspaces of a git revision and of the index: everything of theirs comes from the repository, whatever lies on disk. */
import { spawnSync } from 'node:child_process'
import * as fs from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { loadWorkspace, type Workspace } from '../../src/project/index.js'
import { DEFAULT_REGISTRY_SOURCE } from '../../src/project/locked-source.js'
import { type Files, Scratch, sha256 } from './support.js'

let scratch: Scratch
let dir: string
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome(process.env['PATH'])
  dir = join(scratch.path, 'repo')
  fs.mkdirSync(dir)
  git('init', '-q', '-b', 'main')
})
afterEach(() => scratch.remove())

function git(...args: string[]): void {
  const identity = ['-c', 'user.name=a', '-c', 'user.email=a@example.invalid', '-c', 'protocol.file.allow=always']
  const env = { ...process.env, GIT_CONFIG_GLOBAL: '/dev/null', GIT_CONFIG_NOSYSTEM: '1' }
  const done = spawnSync('git', [...identity, ...args], { cwd: dir, env, encoding: 'utf8' })
  if (done.status !== 0) throw new Error(`git ${args.join(' ')}: ${done.stderr}`)
}
const write = (files: Files): void => {
  for (const [path, text] of Object.entries(files)) scratch.write({ [`repo/${path}`]: text })
}
function commit(files: Files): void {
  write(files)
  git('add', '-A')
  git('commit', '-qm', 'm')
}

const manifest = (name: string, more = ''): string =>
  `[package]\nname = "${name}"\nversion = "0.1.0"\nedition = "2021"\n${more}`
const locked = (name: string, more = ''): string => `[[package]]\nname = "${name}"\nversion = "0.1.0"\n${more}\n`
const load = (options: { readonly revision?: string; readonly staged?: boolean; readonly oldSide?: boolean }) =>
  loadWorkspace(dir, { offline: true, ...options })
const textOf = ({ packages }: Workspace, name: string, file = 'src/lib.rs'): string | undefined =>
  packages.find((one) => one.name === name)?.tree.read(file)?.text
const told = ({ diagnostics }: Workspace): readonly string[] => diagnostics.map(({ message }) => message)

const vendored = (text: string): Files => {
  const files = { 'Cargo.toml': manifest('log'), 'src/lib.rs': text }
  const sums = Object.fromEntries(Object.entries(files).map(([path, file]) => [path, sha256(Buffer.from(file))]))
  return {
    'vendor/log/Cargo.toml': files['Cargo.toml'],
    'vendor/log/src/lib.rs': text,
    'vendor/log/.cargo-checksum.json': JSON.stringify({ package: 'a'.repeat(64), files: sums }),
  }
}
const VENDORING: Files = {
  '.cargo/config.toml': '[source.crates-io]\nreplace-with = "here"\n[source.here]\ndirectory = "vendor"\n',
  'Cargo.toml': manifest('app', '[dependencies]\nlog = "0.1"\n'),
  'Cargo.lock': `version = 3\n\n${locked('app', 'dependencies = ["log"]')}${locked(
    'log',
    `source = "${DEFAULT_REGISTRY_SOURCE}"\nchecksum = "${'a'.repeat(64)}"`,
  )}`,
  'src/lib.rs': '',
}

describe('vendored packages', () => {
  test('of the revision, the index and the disk, with the checksums of each', async () => {
    commit({ ...VENDORING, ...vendored('pub fn committed() {}') })
    write(vendored('pub fn staged() {}'))
    git('add', '-A')
    write(vendored('pub fn on_disk() {}'))
    expect(textOf(await load({ revision: 'HEAD', oldSide: true }), 'log')).toBe('pub fn committed() {}')
    expect(textOf(await load({ staged: true }), 'log')).toBe('pub fn staged() {}')
    expect(textOf(await load({}), 'log')).toBe('pub fn on_disk() {}')
  })
})

describe('path dependencies', () => {
  const APP: Files = {
    'Cargo.toml': manifest('app', '[dependencies]\ndep = { path = "deps/dep" }\n'),
    'Cargo.lock': `version = 3\n\n${locked('app', 'dependencies = ["dep"]')}${locked('dep')}`,
    'src/lib.rs': '',
  }

  test('in a submodule: of the commit that the revision names', async () => {
    const write2 = (text: string) => scratch.write({ 'sub/Cargo.toml': manifest('dep'), 'sub/src/lib.rs': text })
    const sub = join(scratch.path, 'sub')
    write2('old')
    git('init', '-q', '-b', 'main', sub)
    git('-C', sub, 'add', '-A')
    git('-C', sub, 'commit', '-qm', 'm')
    write(APP)
    git('submodule', '--quiet', 'add', sub, 'deps/dep')
    commit({})
    write2('new')
    git('-C', sub, 'commit', '-qam', 'm')
    git('-C', 'deps/dep', 'pull', '-q', 'origin', 'main')
    expect(textOf(await load({ revision: 'HEAD' }), 'dep')).toBe('old')
    expect(textOf(await load({ staged: true }), 'dep')).toBe('old')
    expect(textOf(await load({}), 'dep')).toBe('new')
    git('add', 'deps/dep')
    expect(textOf(await load({ staged: true }), 'dep')).toBe('new')
  })

  test('that git does not track: an error that says so', async () => {
    commit(APP)
    write({ 'deps/dep/Cargo.toml': manifest('dep'), 'deps/dep/src/lib.rs': '' })
    await expect(load({ staged: true })).rejects.toThrow('not tracked by git')
    await expect(load({ revision: 'HEAD' })).rejects.toThrow('not tracked by git')
    expect(textOf(await load({}), 'dep')).toBe('')
  })

  test('outside of the repository: the disk’s, with a remark; of an old side not known', async () => {
    scratch.write({ 'beside/Cargo.toml': manifest('dep'), 'beside/src/lib.rs': 'beside' })
    commit({ ...APP, 'Cargo.toml': manifest('app', '[dependencies]\ndep = { path = "../beside" }\n') })
    for (const options of [{ staged: true }, { revision: 'HEAD' }]) {
      const workspace = await load(options)
      expect(textOf(workspace, 'dep')).toBe('beside')
      expect(told(workspace).join()).toContain('stands outside of the repository: read as it is on disk')
    }
    const old = await load({ revision: 'HEAD', oldSide: true })
    expect(textOf(old, 'dep')).toBeUndefined()
    expect(old.losses?.map(({ what }) => what).join()).toContain('is outside of the repository: what it was')
  })
})

describe('what the revision does not have', () => {
  test.each([
    ['ignored', { '.gitignore': '/Cargo.lock\n' }, []],
    [
      'untracked',
      {},
      ['Cargo.lock is on disk, not tracked by git, and no part of the revision HEAD; it was used all the same'],
    ],
  ] as const)('a lockfile that is %s', async (_, files, messages) => {
    commit({ ...files, 'Cargo.toml': manifest('app'), 'src/lib.rs': '' })
    write({ 'Cargo.lock': `version = 3\n\n${locked('app')}` })
    expect(told(await load({ revision: 'HEAD' }))).toEqual(messages)
  })

  test('configuration that git does not track is told: a build here obeys it', async () => {
    commit({ 'Cargo.toml': manifest('app'), 'Cargo.lock': `version = 3\n\n${locked('app')}`, 'src/lib.rs': '' })
    write({ '.cargo/config.toml': '[build]\nrustc-wrapper = "evil"\n' })
    const { configuration, ...workspace } = await load({ staged: true })
    expect(configuration.powers).toEqual([])
    expect(told(workspace as Workspace)).toEqual([
      '.cargo/config.toml is on disk, not tracked by git, and no part of what is staged',
    ])
    git('add', '-A')
    const staged = await load({ staged: true })
    expect(staged.configuration.powers.map(({ key }) => key)).toEqual(['build.rustc-wrapper'])
    expect((await load({ revision: 'HEAD' }).catch(() => undefined))?.configuration.powers ?? 'unborn').toEqual([])
  })

  test('a crate that is no longer on disk', async () => {
    commit({ 'a/Cargo.toml': manifest('a'), 'a/Cargo.lock': `version = 3\n\n${locked('a')}`, 'a/src/lib.rs': 'then' })
    fs.rmSync(join(dir, 'a'), { recursive: true })
    const workspace = await loadWorkspace(join(dir, 'a'), { offline: true, revision: 'HEAD' })
    expect(textOf(workspace, 'a')).toBe('then')
  })
})
