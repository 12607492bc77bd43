import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { loadWorkspace, type Workspace } from '../../src/project/index.js'
import { crateArchive, crateFiles, fillRegistry, loadFake, lockEntry, REGISTRY, Scratch, sha256 } from './support.js'

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
    scratch.writeBytes('home/registry/cache/fake/dep-1.0.0.crate', other)
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

  test('without a lockfile’s checksum the index’s is used', async () => {
    const lockfile = scratch.writeBytes('test.lock', Buffer.from(fillRegistry(scratch, [{ ...dep, local: true }])))
    const load = (): Promise<Workspace> => loadWorkspace('dep@1.0.0', { lockfile, offline: true })
    expect((await load()).diagnostics).toEqual([
      { package: 'dep@1.0.0', message: expect.stringContaining('neither the lockfile') },
    ])
    const entry = (sum: string): string =>
      `\x03\x02\0\0\0etag: x\x001.0.0\0${JSON.stringify({ vers: '1.0.0', cksum: sum })}\0`
    scratch.write({
      'home/registry/index/fake/.cache/3/d/dep': entry(sha256(crateArchive('dep', '1.0.0', crateFiles(dep)))),
    })
    expect((await load()).diagnostics).toEqual([])
    scratch.write({ 'home/registry/index/fake/.cache/3/d/dep': entry('0'.repeat(64)) })
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
      scratch.write({ [`home/registry/src/fake/dep-1.0.0/${path}`]: text })
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
    expect(packages.map(({ id, source, local }) => [id, source.kind, local])).toEqual([
      ['dep@1.0.0', 'registry', false],
      ['root@1.0.0', 'archive', true],
    ])
  })

  test('a lockfile in it that does not fit its manifest is not used', async () => {
    const lock = `version = 4\n${lockEntry({ id: 'root@1.0.0', local: true }, '')}`
    await expect(loadWorkspace(archive({ 'Cargo.lock': lock }), { offline: true })).rejects.toMatchObject({
      what: 'There is no lockfile for root@1.0.0',
    })
  })
})

describe('vendor directories', () => {
  const vendored = (name: string, sum: string, changed: Record<string, string> = {}): void => {
    const files = Object.entries(crateFiles(dep))
    const sums = Object.fromEntries(files.map(([path, text]) => [path, sha256(Buffer.from(text))]))
    scratch.write(
      Object.fromEntries(
        [...files, ...Object.entries(changed)].map(([path, text]) => [`ws/${name}/dep/${path}`, text]),
      ),
    )
    scratch.write({ [`ws/${name}/dep/.cargo-checksum.json`]: JSON.stringify({ package: sum, files: sums }) })
  }
  const SUM = 'b'.repeat(64)
  const CONFIG = '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "third/party"\n'

  test('one that the workspace’s configuration puts in place goes before the cache', async () => {
    fillRegistry(scratch, [dep])
    vendored('third/party', SUM)
    scratch.write({ 'ws/.cargo/config.toml': CONFIG })
    expect(textOf(await loadDirectory(SUM), 'dep@1.0.0')).toBe('// dep')
  })

  test('a plain vendor directory serves what is nowhere else', async () => {
    vendored('vendor', SUM)
    expect(textOf(await loadDirectory(SUM), 'dep@1.0.0')).toBe('// dep')
  })

  test('another checksum than the lockfile’s is an error with both', async () => {
    vendored('vendor', 'c'.repeat(64))
    await expect(loadDirectory(SUM)).rejects.toMatchObject({ why: expect.stringMatching(/b{64}[\s\S]*c{64}/) })
  })

  test('a file that was changed is not handed on', async () => {
    vendored('vendor', SUM, { 'src/lib.rs': '// evil' })
    const tree = (await loadDirectory(SUM)).packages.find(({ id }) => id === 'dep@1.0.0')?.tree
    expect(tree?.read('src/lib.rs')).toEqual({ text: '', problem: expect.stringContaining('.cargo-checksum.json') })
  })

  test('one outside the workspace is not used', async () => {
    scratch.write({ 'ws/.cargo/config.toml': CONFIG.replace('third/party', '../elsewhere') })
    mkdirSync(join(scratch.path, 'elsewhere'))
    vendored('vendor', SUM)
    const { diagnostics } = await loadDirectory(SUM)
    expect(diagnostics).toEqual([{ message: expect.stringContaining('outside the workspace') }])
  })
})

describe('git checkouts', () => {
  test('a member of the repository, with what it inherits from the repository’s workspace', async () => {
    const revision = '0123456789abcdef0123456789abcdef01234567'
    const checkout = 'home/git/checkouts/repo-1122334455667788/0123456'
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
    expect(found?.tree.read('src/lib.rs')?.text).toBe('// git')
    expect(found?.tree.read('../../secret.rs')).toBeUndefined()
    rmSync(join(scratch.path, checkout), { recursive: true })
    await expect(loadDirectory('', source, manifest)).rejects.toMatchObject({
      what: expect.stringContaining('dep@1.0.0'),
    })
  })
})
