import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { gitDirectoryNames } from '../../src/project/cargo-hash.js'
import { loadWorkspace, type Workspace } from '../../src/project/index.js'
import {
  crateArchive,
  crateFiles,
  fillRegistry,
  loadFake,
  lockEntry,
  REGISTRY,
  REGISTRY_DIRECTORY,
  Scratch,
  sha256,
} from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
})
afterEach(() => scratch.remove())

const root = { id: 'root@1.0.0', manifest: '[dependencies]\ndep = "1"\n', needs: ['dep@1.0.0'] }
const dep = { id: 'dep@1.0.0', files: { 'src/lib.rs': '// dep' } }

/** Loads the directory `ws` of the scratch, with a lockfile of the root and `dep`. */
function loadDirectory(checksum: string, source = REGISTRY, manifest = root.manifest): Promise<Workspace> {
  const entry = lockEntry(dep, checksum).replace(REGISTRY, source)
  scratch.write({
    ...Object.fromEntries(
      Object.entries(crateFiles({ ...root, manifest })).map(([path, text]) => [`ws/${path}`, text]),
    ),
    'ws/Cargo.lock': `version = 4\n${lockEntry({ ...root, local: true }, '')}\n${entry}`,
  })
  return loadWorkspace(join(scratch.path, 'ws'), { offline: true })
}

const textOf = (workspace: Workspace, id: string, path = 'src/lib.rs'): string | undefined =>
  workspace.packages.find((found) => found.id === id)?.tree.read(path)?.text

describe('archives of the cache', () => {
  test('one that is not what the lockfile says ends the run and names both sums', async () => {
    const lock = fillRegistry(scratch, [root, dep])
    const expected = /name = "dep"[\s\S]*checksum = "(\w+)"/.exec(lock)?.[1] ?? ''
    const other = crateArchive('dep', '1.0.0', { ...crateFiles(dep), 'src/lib.rs': '// evil' })
    scratch.writeBytes(`home/registry/cache/${REGISTRY_DIRECTORY}/dep-1.0.0.crate`, other)
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(lock))
    const loading = loadWorkspace('root@1.0.0', { lockfile, offline: true })
    await expect(loading).rejects.toMatchObject({ why: expect.stringContaining(expected) })
    await expect(loading).rejects.toMatchObject({ why: expect.stringContaining(sha256(other)) })
  })

  test('of two registries’ archives the one with the lockfile’s checksum is meant', async () => {
    const lock = fillRegistry(scratch, [root, dep])
    scratch.writeBytes(
      'home/registry/cache/another/dep-1.0.0.crate',
      crateArchive('dep', '1.0.0', { 'Cargo.toml': 'no' }),
    )
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(lock))
    expect(textOf(await loadWorkspace('root@1.0.0', { lockfile, offline: true }), 'dep@1.0.0')).toBe('// dep')
  })

  test('another registry’s archive of the name is not taken, even where it is the only one', async () => {
    const manifest = { id: 'dep@1.0.0', files: { 'src/lib.rs': '// theirs' } }
    scratch.writeBytes(
      'home/registry/cache/another/dep-1.0.0.crate',
      crateArchive('dep', '1.0.0', crateFiles(manifest)),
    )
    await expect(loadDirectory('a'.repeat(64))).rejects.toMatchObject({ what: expect.stringContaining('dep@1.0.0') })
    const lockfile = scratch.writeBytes(
      'test.lock',
      Buffer.from(`version = 4\n${lockEntry({ ...dep, local: true }, '')}`),
    )
    await expect(loadWorkspace('dep@1.0.0', { lockfile, offline: true })).rejects.toMatchObject({
      what: expect.stringContaining('dep@1.0.0'),
    })
  })

  test('without a lockfile’s checksum that of its registry’s index is used', async () => {
    const archive = crateArchive('dep', '1.0.0', crateFiles(dep))
    scratch.writeBytes(`home/registry/cache/${REGISTRY_DIRECTORY}/dep-1.0.0.crate`, archive)
    const lockfile = scratch.writeBytes(
      'test.lock',
      Buffer.from(`version = 4\n${lockEntry({ ...dep, local: true }, '')}`),
    )
    const load = (): Promise<Workspace> => loadWorkspace('dep@1.0.0', { lockfile, offline: true })
    expect((await load()).diagnostics).toEqual([
      { package: 'dep@1.0.0', message: expect.stringContaining('neither the lockfile') },
    ])
    const index = (directory: string, sum: string): void => {
      const entry = { name: 'dep', vers: '1.0.0', cksum: sum }
      scratch.write({
        [`home/registry/index/${directory}/.cache/3/d/dep`]: `\x03\x02\0\0\0etag: x\x001.0.0\0${JSON.stringify(entry)}\0`,
      })
    }
    index('another-0123456789abcdef', '1'.repeat(64))
    expect((await load()).diagnostics).toHaveLength(1)
    index(REGISTRY_DIRECTORY, sha256(archive))
    expect((await load()).diagnostics).toEqual([])
    index(REGISTRY_DIRECTORY, '0'.repeat(64))
    await expect(load()).rejects.toMatchObject({ why: expect.stringContaining('0'.repeat(64)) })
  })

  test('an archive of another package under the name is refused', async () => {
    const wrong = { id: 'root@1.0.0', files: { 'Cargo.toml': '[package]\nname = "other"\nversion = "1.0.0"\n' } }
    await expect(loadFake(scratch, [wrong])).rejects.toMatchObject({ why: expect.stringContaining('other 1.0.0') })
  })

  test('names in a lockfile that would lead out of the cache are refused', async () => {
    const manifest = '[dependencies]\ndep = { path = "x" }\n'
    const lock = fillRegistry(scratch, [{ id: 'root@1.0.0', manifest, needs: ['dep@../../x'] }])
    const odd = lockEntry({ id: 'dep@../../x' }, 'a'.repeat(64))
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(`${lock}\n${odd}`))
    await expect(loadWorkspace('root@1.0.0', { lockfile, offline: true })).rejects.toMatchObject({
      why: 'no package can be named so',
    })
  })

  test('unpacked sources serve where there is no archive, and it is said that nothing vouches for them', async () => {
    for (const [path, text] of Object.entries(crateFiles(dep)))
      scratch.write({ [`home/registry/src/${REGISTRY_DIRECTORY}/dep-1.0.0/${path}`]: text })
    const workspace = await loadDirectory('a'.repeat(64))
    expect(textOf(workspace, 'dep@1.0.0')).toBe('// dep')
    expect(workspace.diagnostics).toEqual([
      { package: 'dep@1.0.0', message: expect.stringContaining('no checksum vouches') },
    ])
  })

  test('offline, what is missing is named', async () => {
    await expect(loadDirectory('a'.repeat(64))).rejects.toMatchObject({
      what: 'A package is not on this machine: dep@1.0.0',
      why: expect.stringContaining('--offline'),
    })
  })
})

describe('a `.crate` file', () => {
  const archive = (files: Record<string, string>): string =>
    scratch.writeBytes('some.crate', crateArchive('root', '1.0.0', { ...crateFiles(root), ...files }))

  test('is read in memory, with the lockfile in it', async () => {
    fillRegistry(scratch, [dep])
    const sum = sha256(crateArchive('dep', '1.0.0', crateFiles(dep)))
    const lock = `version = 4\n${lockEntry({ ...root, local: true }, '')}\n${lockEntry(dep, sum)}`
    const { packages } = await loadWorkspace(archive({ 'Cargo.lock': lock }), { offline: true })
    expect(packages.map(({ id, source }) => [id, source.kind])).toEqual([
      ['dep@1.0.0', 'registry'],
      ['root@1.0.0', 'archive'],
    ])
  })

  test('a lockfile in it that does not fit its manifest is not used', async () => {
    const lock = `version = 4\n${lockEntry({ id: 'root@1.0.0', local: true }, '')}`
    await expect(loadWorkspace(archive({ 'Cargo.lock': lock }), { offline: true })).rejects.toMatchObject({
      what: 'There is no lockfile for root@1.0.0',
    })
  })
})

describe('git checkouts', () => {
  test('a member of the repository, with what it inherits from the repository’s workspace', async () => {
    const revision = '0123456789abcdef0123456789abcdef01234567'
    const checkout = `home/git/checkouts/${gitDirectoryNames('https://host.invalid/Repo')[0]}/0123456`
    scratch.write({
      [`${checkout}/Cargo.toml`]:
        '[workspace]\nmembers = ["crates/*"]\n[workspace.package]\nversion = "1.0.0"\nedition = "2018"\n',
      [`${checkout}/crates/dep/Cargo.toml`]:
        '[package]\nname = "dep"\nversion.workspace = true\nedition.workspace = true\n',
      [`${checkout}/crates/dep/src/lib.rs`]: '// git',
      [`${checkout}/secret.rs`]: '',
    })
    const manifest = '[dependencies]\ndep = { git = "https://host.invalid/Repo", branch = "main" }\n'
    const source = `git+https://host.invalid/Repo.git?branch=main#${revision}`
    const workspace = await loadDirectory('', source, manifest)
    const found = workspace.packages.find(({ name }) => name === 'dep')
    expect([found?.source.kind, found?.edition, found?.version]).toEqual(['git', 2018, '1.0.0'])
    // As the manifest spells it: that is where cargo asks.
    expect(found?.source.url).toBe('https://host.invalid/Repo')
    expect(found?.tree.read('src/lib.rs')?.text).toBe('// git')
    expect(found?.tree.read('../../secret.rs')).toBeUndefined()
    scratch.write({ [`${checkout}/.git/HEAD`]: `${revision.replace(/.$/, '0')}\n` })
    await expect(loadDirectory('', `git+https://host.invalid/Repo.git#${revision}`)).rejects.toThrow()
    rmSync(join(scratch.path, checkout), { recursive: true })
    await expect(loadDirectory('', source, manifest)).rejects.toMatchObject({
      what: expect.stringContaining('dep@1.0.0'),
    })
  })
})
