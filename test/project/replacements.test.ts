import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { type LoadOptions, loadWorkspace, sourceText, type Workspace } from '../../src/project/index.js'
import { replacementFor, workspaceReplacements } from '../../src/project/replacements.js'
import { crateArchive, crateFiles, type FakeCrate, fillRegistry, REGISTRY, Scratch, sha256 } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
})
afterEach(() => scratch.remove())

const put = (directory: string, crate: FakeCrate): Scratch =>
  scratch.write(
    Object.fromEntries(Object.entries(crateFiles(crate)).map(([path, text]) => [`${directory}/${path}`, text])),
  )
const load = (options: LoadOptions = {}): Promise<Workspace> =>
  loadWorkspace(join(scratch.path, 'ws'), { offline: true, ...options })
const sources = ({ packages }: Workspace): string[] =>
  packages.map(({ name, source }) => `${name}: ${sourceText(source)}`)

const REPLACE = '[dependencies]\ndep = "1"\n[replace]\n"dep:1.0.0" = { path = "../fork" }\n'
/** A root that needs `dep`, which the lockfile replaces when it says so, by a package with these dependencies. */
function workspace(manifest: string, replace = '', needs = ''): void {
  const root: FakeCrate = { id: 'root@1.0.0', local: true, manifest, needs: [`dep@1.0.0 (${REGISTRY})`] }
  put('ws', root)
  const lock = fillRegistry(scratch, [root, { id: 'dep@1.0.0' }]).replace(
    /(name = "dep"[\s\S]*)dependencies = \[\]/,
    '$1',
  )
  const standIn = replace === '' ? '' : '\n[[package]]\nname = "dep"\nversion = "1.0.0"\n'
  scratch.write({ 'ws/Cargo.lock': `${lock}${replace}\n${standIn}dependencies = [${needs}]\n` })
}

describe('a package that [replace] puts in the place of another', () => {
  test('is what is built, where the lockfile has both', async () => {
    put('fork', { id: 'dep@1.0.0', files: { 'src/lib.rs': '// fork' } })
    workspace(REPLACE, 'replace = "dep 1.0.0"')
    const found = await load({ locked: true })
    expect(sources(found)).toEqual(['dep: path outside of the repository (replace)', 'root: path .'])
    expect(found.packages[0]?.tree.read('src/lib.rs')?.text).toBe('// fork')
    expect(found.diagnostics).toEqual([])
  })

  test.each([
    ['and the lockfile does not know', REPLACE, '', 'puts a package in the place of dep 1.0.0; Cargo.lock has none'],
    ['of another version', REPLACE.replace('../fork', '../newer'), 'replace = "dep 1.0.0"', 'Cargo.lock has another'],
    ['only by the lockfile', '[dependencies]\ndep = "1"\n', 'replace = "dep 1.0.0"', 'no [replace] of Cargo.toml does'],
  ])('%s: refused with --locked', async (_, manifest, replace, why) => {
    put('fork', { id: 'dep@1.0.0' })
    put('newer', { id: 'dep@1.1.0' })
    workspace(manifest, replace)
    await expect(load({ locked: true })).rejects.toMatchObject({ why: expect.stringContaining(why) })
  })

  test('needs what it replaces, and so itself: refused, as by cargo', async () => {
    put('fork', { id: 'dep@1.0.0', manifest: '[dependencies]\ndep = "1"\n' })
    workspace(REPLACE, 'replace = "dep 1.0.0"', `"dep 1.0.0 (${REGISTRY})"`)
    await expect(load({ locked: true })).rejects.toMatchObject({ what: 'dep 1.0.0 depends on itself' })
  })

  test('is not read while nobody needs it', async () => {
    scratch.write({ 'fork/Cargo.toml': '[package]\nname = "dep"\nversion = "3.0.0"\n' })
    workspace(REPLACE.replace('dep:1.0.0', 'dep:3.0.0'))
    const found = await load({ locked: true })
    expect(sources(found)[0]).toMatch(/^dep: registry/)
    expect(found.diagnostics).toEqual([{ message: expect.stringContaining('[replace] names cannot be used') }])
  })

  test('has what it replaces held against its checksum, though that is not read', async () => {
    put('fork', { id: 'dep@1.0.0' })
    workspace(REPLACE, 'replace = "dep 1.0.0"')
    localRegistry('0'.repeat(64))
    await expect(load({ locked: true })).rejects.toMatchObject({ what: 'dep 1.0.0 is not what the lockfile says' })
  })

  test('is taken without --locked, with what it needs; where none is of the version, there is an error', async () => {
    put('fork', { id: 'dep@1.0.0', manifest: '[dependencies]\nmore = { path = "../more" }\n' })
    put('more', { id: 'more@1.0.0' })
    workspace(REPLACE)
    localRegistry()
    expect(sources(await load())).toContain('dep: path outside of the repository (replace)')
    expect((await load()).packages.map(({ id }) => id)).toEqual(expect.arrayContaining(['dep@1.0.0', 'more@1.0.0']))
    put('fork', { id: 'dep@1.1.0' })
    await expect(load()).rejects.toMatchObject({ why: expect.stringContaining('has no dep 1.0.0') })
  })
})

/** The crates of the cache, as cargo without a network knows them. */
function localRegistry(cksum = sha256(crateArchive('dep', '1.0.0', crateFiles({ id: 'dep@1.0.0' })))): void {
  const entry = { name: 'dep', vers: '1.0.0', deps: [], features: {}, cksum, yanked: false }
  scratch.write({
    'registry/index/3/d/dep': `${JSON.stringify(entry)}\n`,
    'ws/.cargo/config.toml': `[source.crates-io]\nreplace-with = "here"\n[source.here]\nlocal-registry = "${scratch.path}/registry"\n`,
  })
}

describe('a specification of what is replaced', () => {
  const read = (spec: string, entry: Record<string, string> | string = { path: 'x' }, more = {}) =>
    workspaceReplacements({ replace: { [spec]: entry }, ...more })
  const INDEX = REGISTRY.replace('registry+', '')

  test.each([
    ['dep:1.0.0', REGISTRY, true],
    ['dep@1.0.0', REGISTRY, true],
    ['dep:1.0.0', `${REGISTRY}-of-others`, false],
    ['dep:1.0.1', REGISTRY, false],
    [`${INDEX}#dep:1.0.0`, REGISTRY, true],
    [`registry+${INDEX}#dep@1.0.0`, REGISTRY, true],
    ['https://host.invalid/dep#1.0.0', 'git+https://host.invalid/dep?branch=x#0123', true],
    ['registry+https://host.invalid/dep#1.0.0', 'git+https://host.invalid/dep#0123', false],
    ['dep:1.0.0', undefined, false],
  ])('%s of %s: %s', (spec, source, is) => {
    const locked = { name: 'dep', version: '1.0.0', ...(source === undefined ? {} : { source }) }
    expect(replacementFor(read(spec), locked) !== undefined).toBe(is)
  })

  test.each([
    ['without a version', () => read('dep'), 'names no version'],
    ['with half a version', () => read('dep:1'), 'names no version'],
    ['with a version for the stand-in', () => read('dep:1.0.0', '2'), 'has a version'],
    ['without a place', () => read('dep:1.0.0', { registry: 'x' }), 'has no version, path or git'],
    ['by another package', () => read('dep:1.0.0', { path: 'x', package: 'y' }), 'of another name'],
    ['of a path', () => read('file:///x/dep#1.0.0'), 'may mean a package of a path'],
    ['beside [patch]', () => read('dep:1.0.0', { path: 'x' }, { patch: {} }), 'beside each other'],
  ])('%s is refused, as cargo refuses it', (_, act, why) => {
    expect(act).toThrow(why)
  })

  test('two for one package are refused', () => {
    const both = [...read('dep:1.0.0'), ...read(`${INDEX}#dep:1.0.0`)]
    expect(() => replacementFor(both, { name: 'dep', version: '1.0.0', source: REGISTRY })).toThrow('for one package')
  })
})
