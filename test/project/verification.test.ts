// What vouches for a package's files, and what a published one says of where it was made.
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { loadWorkspace, type Package, type Workspace } from '../../src/project/index.js'
import {
  crateArchive,
  crateFiles,
  type Files,
  fillRegistry,
  lockEntry,
  REGISTRY_DIRECTORY,
  Scratch,
} from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
})
afterEach(() => scratch.remove())

const root = { id: 'root@1.0.0', manifest: '[dependencies]\ndep = "1"\n', needs: ['dep@1.0.0'] }
const plain: Files = { 'src/lib.rs': '// dep' }

async function load(files: Files = plain, manifest = ''): Promise<Workspace> {
  const lock = fillRegistry(scratch, [root, { id: 'dep@1.0.0', files, manifest }])
  const lockfile = scratch.writeBytes('test.lock', Buffer.from(lock))
  return loadWorkspace('root@1.0.0', { lockfile, offline: true })
}

const named = ({ packages }: Workspace, name = 'dep'): Package => {
  const found = packages.find((one) => one.name === name)
  if (!found) throw new Error(`no package ${name}`)
  return found
}
const told = ({ diagnostics }: Workspace): string => diagnostics.map(({ message }) => message).join('\n')

const unpack = (files: Files): unknown =>
  scratch.write(
    Object.fromEntries(
      Object.entries(files).map(([path, text]) => [`home/registry/src/${REGISTRY_DIRECTORY}/dep-1.0.0/${path}`, text]),
    ),
  )

describe('what vouches for the files', () => {
  test('the sum in the lockfile, of an archive', async () => {
    expect(named(await load()).verified).toEqual({ by: 'lockfile' })
  })

  test('a path is of whoever asked', async () => {
    scratch.write({ 'ws/Cargo.toml': '[package]\nname = "own"\nversion = "1.0.0"\n', 'ws/src/lib.rs': '' })
    expect(named(await loadWorkspace(join(scratch.path, 'ws'), { offline: true }), 'own').verified).toEqual({
      by: 'path',
    })
  })

  test('an archive that was named is held against a lockfile that was named, or by nothing', async () => {
    const archive = scratch.writeBytes('some.crate', crateArchive('root', '1.0.0', crateFiles({ id: 'root@1.0.0' })))
    const { verified } = named(await loadWorkspace(archive, { offline: true }), 'root')
    expect(verified).toMatchObject({ by: 'nothing', why: expect.stringContaining('named as a file') })
    const lock = fillRegistry(scratch, [{ id: 'root@1.0.0' }])
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(lock))
    const held = await loadWorkspace(archive, { lockfile, offline: true })
    expect(named(held, 'root').verified).toEqual({ by: 'lockfile' })
  })

  test('nothing, where only unpacked sources are there, and why', async () => {
    unpack(crateFiles({ id: 'dep@1.0.0', files: plain }))
    const lock = `${fillRegistry(scratch, [root])}\n${lockEntry({ id: 'dep@1.0.0' }, 'a'.repeat(64))}`
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(lock))
    const { verified } = named(await loadWorkspace('root@1.0.0', { lockfile, offline: true }))
    expect(verified).toMatchObject({ by: 'nothing', why: expect.stringContaining('no checksum vouches') })
  })
})

describe('what cargo has unpacked is held against the archive', () => {
  const archived = crateFiles({ id: 'dep@1.0.0', files: plain })

  test('the same, beside what cargo writes there itself', async () => {
    unpack({ ...archived, '.cargo-ok': '{"v":1}' })
    const workspace = await load()
    expect(named(workspace).verified).toEqual({ by: 'lockfile' })
    expect(workspace.diagnostics).toEqual([])
  })

  const { 'Cargo.toml': manifest = '', ...rest } = archived
  test.each([
    ['another text of the same length', { ...archived, 'src/lib.rs': '// evl' }, ['src/lib.rs']],
    ['a longer one', { ...archived, 'src/lib.rs': '// dep and more' }, ['src/lib.rs']],
    ['a file besides', { ...archived, 'build.rs': 'fn main() {}' }, ['build.rs']],
    ['a file that went', { 'Cargo.toml': manifest }, Object.keys(rest)],
  ])('%s', async (_, files, differs) => {
    unpack(files)
    const workspace = await load()
    expect(named(workspace).verified).toEqual({ by: 'lockfile', unpackedOtherwise: differs })
    expect(told(workspace)).toContain(`is not what the archive holds, which was read: ${differs.join(', ')}`)
    // Read was what the lockfile vouches for.
    expect(named(workspace).tree.read('src/lib.rs')?.text).toBe('// dep')
  })
})

describe('what a published package says of where it was made', () => {
  const commit = '0123456789abcdef0123456789abcdef01234567'

  test('commit, place and whether there were changes', async () => {
    const info = { git: { sha1: commit, dirty: true }, path_in_vcs: 'crates/dep' }
    const { published } = named(await load({ ...plain, '.cargo_vcs_info.json': JSON.stringify(info) }))
    expect(published).toEqual({ commit, path: 'crates/dep', dirty: true })
  })

  test.each([
    ['no JSON', '{'],
    ['no commit', '{"git":{"sha1":"\\u001b[31mHEAD"}}'],
    ['deep', `${'['.repeat(100_000)}`],
  ])('what is %s is told, not believed', async (_, text) => {
    const workspace = await load({ ...plain, '.cargo_vcs_info.json': text })
    expect(named(workspace).published).toEqual({ unreadable: ['.cargo_vcs_info.json'] })
    expect(told(workspace)).toContain('.cargo_vcs_info.json cannot be read')
  })

  const head = '[package]\nname = "dep"\nversion = "1.0.0"\nedition = "2021"\n'
  const differences = async (manifest: string, original: string): Promise<readonly string[] | undefined> =>
    named(await load({ ...plain, 'build.rs': 'fn main() {}', 'Cargo.toml.orig': head + original }, manifest)).published
      ?.manifestDiffers

  test('what cargo makes of the author’s manifest agrees with it', async () => {
    const original = `
[features]
x = ["a"]
y = ["d/z", "a"]
[dependencies]
a = { version = "1", path = "../a", optional = true, registry = "other" }
b = { workspace = true, features = ["f"], optional = true }
[target.'cfg(unix)'.dependencies]
c = { version = "1", optional = true }
[dev-dependencies]
d = { path = "../d" }`
    const manifest = `build = "build.rs"
[lib]
path = "src/lib.rs"
[features]
x = ["a"]
y = ["a"]
[dependencies.a]
version = "1"
optional = true
[dependencies.b]
version = "2"
optional = true
features = ["f", "g"]
[target.'cfg(unix)'.dependencies.c]
version = "1"
optional = true
`
    expect(await differences(manifest, original)).toEqual([])
  })

  test.each([
    [
      'a dependency that the author does not name',
      '[dependencies.e]\nversion = "1"\noptional = true\n',
      '',
      'dependencies.e',
    ],
    [
      'one under another version',
      '[dependencies.e]\nversion = "2"\noptional = true\n',
      '[dependencies]\ne = { version = "1", optional = true }',
      'dependencies.e',
    ],
    [
      'one of another name',
      '[dependencies.e]\nversion = "1"\noptional = true\npackage = "evil"\n',
      '[dependencies]\ne = { version = "1", optional = true }',
      'dependencies.e',
    ],
    [
      'one of a platform',
      "[target.'cfg(windows)'.dependencies.e]\nversion = '1'\noptional = true\n",
      '',
      'target.cfg(windows).dependencies.e',
    ],
    [
      'a feature that asks for more',
      '[features]\ndefault = ["f"]\nf = []\n',
      '[features]\ndefault = []\nf = []',
      'features.default',
    ],
    ['a build script', 'build = "build.rs"\n', 'build = false', 'build'],
    ['a library elsewhere', '[lib]\npath = "build.rs"\n', '', 'lib.path'],
    ['a native library', 'links = "z"\n', '', 'links'],
  ])('%s differs', async (_, manifest, original, differs) => {
    expect(await differences(manifest, original)).toEqual([differs])
  })

  test('a difference is told, and an author’s manifest that is none', async () => {
    const other = await load({ ...plain, 'Cargo.toml.orig': `${head}links = "z"\n` })
    expect(told(other)).toContain('is not what cargo makes of Cargo.toml.orig: links')
    const none = await load({ ...plain, 'Cargo.toml.orig': '[package' })
    expect(named(none).published).toEqual({ unreadable: ['Cargo.toml.orig'] })
  })
})
