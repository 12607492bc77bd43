import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { loadWorkspace, sourceText, type Workspace } from '../../src/project/index.js'
import { crateArchive, crateFiles, type FakeCrate, fillRegistry, Scratch, sha256 } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
  scratch.write({
    'ws/.cargo/config.toml': `paths = ["${scratch.path}/over"]\n[source.crates-io]\nreplace-with = "here"\n[source.here]\nlocal-registry = "${scratch.path}/registry"\n`,
  })
})
afterEach(() => scratch.remove())

const put = (directory: string, crate: FakeCrate): Scratch =>
  scratch.write(
    Object.fromEntries(Object.entries(crateFiles(crate)).map(([path, text]) => [`${directory}/${path}`, text])),
  )
const load = (): Promise<Workspace> => loadWorkspace(join(scratch.path, 'ws'), { offline: true, locked: true })
const sources = ({ packages }: Workspace): string[] =>
  packages
    .filter(({ name }) => name !== '.cargo')
    .map(({ id, source }) => `${id}: ${sourceText(source).split(' from ')[0]}`)

/** A package of the registry that a lockfile need not know. */
function publish(name: string, versions: readonly string[]): void {
  const lines = versions.map((vers) => {
    const archive = crateArchive(name, vers, crateFiles({ id: `${name}@${vers}` }))
    scratch.writeBytes(`registry/${name}-${vers}.crate`, archive)
    return JSON.stringify({ name, vers, deps: [], features: {}, cksum: sha256(archive), yanked: false })
  })
  scratch.write({ [`registry/index/${name.slice(0, 2)}/${name.slice(2, 4)}/${name}`]: `${lines.join('\n')}\n` })
}

/** A root that needs `depp`, with a lockfile of both and of `other` 1.0.0. */
function workspace(): void {
  const manifest = '[dependencies]\ndepp = "1"\nother = "1"\n'
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['depp@1.0.0', 'other@1.0.0'] }
  put('ws', root)
  publish('depp', ['1.0.0', '1.1.0'])
  publish('other', ['1.0.0', '2.0.0', '2.1.0'])
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'depp@1.0.0' }, { id: 'other@1.0.0' }]) })
}

test('an override that needs what is locked for others takes that', async () => {
  workspace()
  put('over', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = ">=1"\n' })
  const found = await load()
  expect(sources(found)).toEqual([
    'depp@7.0.0: path outside of the repository (paths)',
    expect.stringMatching(/^other@1\.0\.0: registry crates-io/),
    'root@1.0.0: path .',
  ])
  expect(found.packages.find(({ name }) => name === 'depp')?.dependencies).toEqual([
    { id: 'other@1.0.0', kinds: ['normal'] },
  ])
})

test('one that needs what the lockfile does not have gets what cargo would choose, and that is said', async () => {
  workspace()
  put('over', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = "2"\nnear = { path = "../near" }\n' })
  put('near', { id: 'near@1.0.0' })
  const found = await load()
  expect(found.packages.map(({ id }) => id)).toEqual([
    '.cargo@0.0.0',
    'depp@7.0.0',
    'near@1.0.0',
    'other@1.0.0',
    'other@2.1.0',
    'root@1.0.0',
  ])
  expect(found.diagnostics.map(({ message }) => message)).toContainEqual(
    expect.stringContaining('puts other packages in the place of depp, which need what Cargo.lock does not have'),
  )
})

test.each([['what this machine does not have', '[dependencies]\nother = "3"\n', 'no other that fits']])(
  '%s is an error',
  async (_, manifest, why) => {
    workspace()
    put('over', { id: 'depp@7.0.0', manifest })
    await expect(load()).rejects.toMatchObject({ why: expect.stringContaining(why) })
  },
)

test('in the place of a member: it is built beside what stands in for it, unless nobody can tell them apart', async () => {
  const root: FakeCrate = {
    id: 'root@1.0.0',
    local: true,
    manifest: '[dependencies]\nnear = { path = "near" }\n[workspace]\n',
    needs: ['near@1.0.0'],
  }
  put('ws', root)
  put('ws/near', { id: 'near@1.0.0' })
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'near@1.0.0', local: true }]) })
  put('over', { id: 'near@9.0.0' })
  expect(sources(await load())).toEqual(['near@9.0.0: path outside of the repository (paths)', 'root@1.0.0: path .'])
  put('over', { id: 'near@1.0.0' })
  expect(sources(await load())).toEqual(['near@1.0.0: path outside of the repository (paths)', 'root@1.0.0: path .'])
})

test('a directory without a package is an error, as in cargo, or a loss where it may be', async () => {
  workspace()
  await expect(load()).rejects.toMatchObject({
    what: expect.stringMatching(/^`paths` of .* names .*over, where no package is$/),
  })
  const found = await loadWorkspace(join(scratch.path, 'ws'), { offline: true, allowMissing: true })
  expect(found.losses).toMatchObject([{ kind: 'missing package', what: expect.stringContaining('`paths`') }])
})

test('an override takes what is locked of the registry before what a patch brings, whichever is the lower', async () => {
  put('patched', { id: 'other@0.9.0' })
  const manifest =
    '[dependencies]\ndepp = "1"\nother = "1"\nold = { package = "other", version = "0.9" }\n[patch.crates-io]\nother = { path = "../patched" }\n'
  const root: FakeCrate = {
    id: 'root@1.0.0',
    local: true,
    manifest,
    needs: ['depp@1.0.0', 'other@0.9.0', 'other@1.0.0'],
  }
  put('ws', root)
  publish('depp', ['1.0.0'])
  publish('other', ['1.0.0'])
  const locked = [root, { id: 'depp@1.0.0' }, { id: 'other@1.0.0' }, { id: 'other@0.9.0', local: true }]
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, locked) })
  put('over', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = "*"\n' })
  const found = await load()
  expect(found.packages.find(({ name }) => name === 'depp')?.dependencies).toMatchObject([
    { id: expect.stringContaining('other@1.0.0') },
  ])
})

test('where an override and a patch would both do for what is not locked, it is refused, as by cargo', async () => {
  put('patched', { id: 'other@1.0.0' })
  scratch.write({
    'ws/.cargo/config.toml': `paths = ["${scratch.path}/over", "${scratch.path}/second"]\n[source.crates-io]\nreplace-with = "here"\n[source.here]\nlocal-registry = "${scratch.path}/registry"\n`,
  })
  const manifest = '[dependencies]\ndepp = "1"\nother = "1"\n[patch.crates-io]\nother = { path = "../patched" }\n'
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['depp@1.0.0', 'other@1.0.0'] }
  put('ws', root)
  publish('depp', ['1.0.0'])
  publish('other', ['1.0.0'])
  const locked = [root, { id: 'depp@1.0.0' }, { id: 'other@1.0.0', local: true }]
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, locked) })
  put('second', { id: 'other@1.5.0' })
  put('over', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = "1"\n' })
  await expect(load()).rejects.toMatchObject({ why: expect.stringContaining('a [patch] would do too') })
  put('over', { id: 'depp@7.0.0', manifest: '' })
  expect(sources(await load())).toHaveLength(3)
})

test('an override of the name and version of a locked package of a path was never locked itself', async () => {
  put('patched', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = "*"\n' })
  const manifest = '[dependencies]\ndepp = "7"\nother = "1"\n[patch.crates-io]\ndepp = { path = "../patched" }\n'
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['depp@7.0.0', 'other@1.0.0'] }
  put('ws', root)
  publish('other', ['1.0.0', '2.0.0'])
  publish('new', ['1.0.0'])
  const patched = { id: 'depp@7.0.0', local: true, needs: ['other@2.0.0'] }
  scratch.write({
    'ws/Cargo.lock': fillRegistry(scratch, [root, patched, { id: 'other@1.0.0' }, { id: 'other@2.0.0' }]),
  })
  // `new` is not locked, so that versions are chosen once more.
  put('over', {
    id: 'depp@7.0.0',
    manifest: '[dependencies]\nother = "*"\n[build-dependencies]\nnew = { version = "1", optional = true }\n',
  })
  const found = await load()
  expect(found.packages.find(({ name }) => name === 'depp')?.dependencies).toMatchObject([{ id: 'other@1.0.0' }])
})

test('what a patch brings keeps to the lockfile that lay there, not to one that was made just now', async () => {
  put('patched', { id: 'depp@1.5.0', manifest: '[dependencies]\nother = "*"\n' })
  const manifest = '[dependencies]\ndepp = "1"\n[patch.crates-io]\ndepp = { path = "../patched" }\n'
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['depp@1.5.0'] }
  put('ws', root)
  put('over', { id: 'other@7.0.0' })
  publish('depp', ['1.0.0'])
  publish('other', ['1.0.0', '2.0.0'])
  const loadAnew = () => loadWorkspace(join(scratch.path, 'ws'), { offline: true })
  await expect(loadAnew()).rejects.toMatchObject({ why: expect.stringContaining('there are several versions') })
  publish('other', ['2.0.0'])
  expect(sources(await loadAnew())).toContain('other@7.0.0: path outside of the repository (paths)')
  publish('other', ['1.0.0', '2.0.0'])
  const locked = [root, { id: 'depp@1.5.0', local: true, needs: ['other@2.0.0'] }, { id: 'other@2.0.0' }]
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, locked) })
  expect(sources(await load())).toContain('other@7.0.0: path outside of the repository (paths)')
  // The entry of the patch is gone, and that of what it needs, so that nothing holds it.
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [{ ...root, needs: [] }]) })
  await expect(loadAnew()).rejects.toMatchObject({ why: expect.stringContaining('there are several versions') })
})

test('where versions are chosen once more, each dependency means what was chosen for it, though another would do', async () => {
  put('patched', { id: 'other@8.0.0' })
  const manifest = '[dependencies]\ndepp = "1"\nother = "8"\n[patch.crates-io]\nother = { path = "../patched" }\n'
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: ['depp@1.0.0', 'other@8.0.0'] }
  put('ws', root)
  publish('depp', ['1.0.0'])
  publish('other', ['1.0.0'])
  const locked = [root, { id: 'depp@1.0.0' }, { id: 'other@8.0.0', local: true }]
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, locked) })
  const needs = '[dependencies]\nother = "1"\n[build-dependencies]\nother = ">=1"\n'
  put('over', { id: 'depp@7.0.0', manifest: needs })
  const found = await load()
  expect(found.packages.find(({ name }) => name === 'depp')?.dependencies).toEqual([
    { id: expect.stringContaining('other@1.0.0'), kinds: ['normal'] },
    { id: expect.stringContaining('other@8.0.0'), kinds: ['build'] },
  ])
})

test('of several that patches bring an override takes the newest, which was never locked for it', async () => {
  put('first', { id: 'other@1.0.0' })
  put('second', { id: 'other@2.0.0' })
  const manifest =
    '[dependencies]\ndepp = "1"\none = { package = "other", version = "1" }\ntwo = { package = "other", version = "2" }\n[patch.crates-io]\none = { package = "other", path = "../first" }\ntwo = { package = "other", path = "../second" }\n'
  const root: FakeCrate = {
    id: 'root@1.0.0',
    local: true,
    manifest,
    needs: ['depp@1.0.0', 'other@1.0.0', 'other@2.0.0'],
  }
  put('ws', root)
  publish('depp', ['1.0.0'])
  const others = ['other@1.0.0', 'other@2.0.0'].map((id) => ({ id, local: true }))
  scratch.write({ 'ws/Cargo.lock': fillRegistry(scratch, [root, { id: 'depp@1.0.0' }, ...others]) })
  put('over', { id: 'depp@7.0.0', manifest: '[dependencies]\nother = ">=1"\n' })
  const found = await load()
  expect(found.packages.find(({ name }) => name === 'depp')?.dependencies).toMatchObject([{ id: 'other@2.0.0' }])
})
