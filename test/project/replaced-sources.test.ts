import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import {
  type CargoConfiguration,
  type ConfigurationPlace,
  type ConfiguredSource,
  NO_CONFIGURATION,
} from '../../src/project/cargo-configuration.js'
import { registryDirectoryNames } from '../../src/project/cargo-hash.js'
import { cargoHome } from '../../src/project/cargo-home.js'
import { sourcesToml } from '../../src/project/cargo-sources-toml.js'
import type { FoundSource } from '../../src/project/found-source.js'
import { DEFAULT_REGISTRY_SOURCE } from '../../src/project/locked-source.js'
import type { LockedPackage } from '../../src/project/lockfile.js'
import { locationOf, replacementOf } from '../../src/project/source-replacement.js'
import { findSource, notesOnPlaces, sourcePlaces } from '../../src/project/sources.js'
import { crateArchive, crateFiles, type Files, Scratch, sha256 } from './support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome()
  mkdirSync(join(scratch.path, 'ws'))
})
afterEach(() => scratch.remove())

const at: ConfigurationPlace = { file: '.cargo/config.toml', scope: 'repository', line: 1, column: 1 }
const dep = { id: 'dep@1.0.0', files: { 'src/lib.rs': '// dep' } }
const SUM = 'b'.repeat(64)

type Sources = Readonly<Record<string, Omit<ConfiguredSource, 'at'>>>
const configured = (sources: Sources): CargoConfiguration => ({
  ...NO_CONFIGURATION,
  sources: new Map(Object.entries(sources).map(([name, one]) => [name, { ...one, at }])),
})
const inWorkspace = (path: string): string => join(scratch.path, 'ws', path)
const locked = (checksum = SUM, source = DEFAULT_REGISTRY_SOURCE): LockedPackage => ({
  key: `dep 1.0.0 (${source})`,
  name: 'dep',
  version: '1.0.0',
  source,
  ...(checksum === '' ? {} : { checksum }),
  dependencies: [],
})
const find = (sources: Sources, one = locked()): FoundSource | undefined =>
  findSource(
    one,
    sourcePlaces({ cargoHome: cargoHome(), configuration: configured(sources), repository: inWorkspace('.') }),
  )
const vendored = (path = 'ws/third/dep', sum: string | null = SUM, changed: Files = {}): void => {
  const files = crateFiles(dep)
  const sums = Object.fromEntries(Object.entries(files).map(([name, text]) => [name, sha256(Buffer.from(text))]))
  for (const [name, text] of Object.entries({ ...files, ...changed })) scratch.write({ [`${path}/${name}`]: text })
  scratch.write({ [`${path}/.cargo-checksum.json`]: JSON.stringify({ package: sum, files: sums }) })
}
const DIRECTORY = (): Sources => ({
  'crates-io': { replaceWith: 'a' },
  a: { replaceWith: 'b', is: { k: 'registry', index: 'https://host.invalid/a' } },
  b: { is: { k: 'directory', path: inWorkspace('third') } },
})

describe('chains of replacements', () => {
  const end = (sources: Sources, source: string | undefined = undefined) =>
    replacementOf(locationOf(source), configured(sources))?.location

  test('are followed to their end, from a registry’s either address and from names of [registries]', () => {
    const directory = { k: 'directory', path: inWorkspace('third') }
    expect(end(DIRECTORY())).toEqual(directory)
    expect(end(DIRECTORY(), DEFAULT_REGISTRY_SOURCE)).toEqual(directory)
    expect(end(DIRECTORY(), 'registry+https://host.invalid/a/')).toEqual(directory)
    expect(end(DIRECTORY(), 'registry+https://host.invalid/b')).toBeUndefined()
    const registries = new Map([['mine', { index: 'sparse+https://host.invalid/i/', at }]])
    const configuration = { ...configured({ 'crates-io': { replaceWith: 'mine' } }), registries }
    expect(replacementOf(locationOf(undefined), configuration)?.location).toEqual({
      k: 'registry',
      index: 'sparse+https://host.invalid/i/',
    })
  })

  test('of git are by address and reference, and keep the commit', () => {
    const git = 'https://host.invalid/r'
    const sources: Sources = {
      theirs: { is: { k: 'git', url: git, reference: 'branch=a/b' }, replaceWith: 'ours' },
      ours: { is: { k: 'git', url: 'file:///r' } },
    }
    expect(end(sources, `git+${git}.git?branch=a%2Fb#0123`)).toEqual({ k: 'git', url: 'file:///r', revision: '0123' })
    expect(end(sources, `git+${git}?branch=b#0123`)).toBeUndefined()
    expect(end(sources, `git+${git}#0123`)).toBeUndefined()
  })

  test.each<[string, Sources]>([
    [
      'replaced with itself',
      { 'crates-io': { replaceWith: 'a' }, a: { is: { k: 'directory', path: '/a' }, replaceWith: 'a' } },
    ],
    ['replaced with itself', { 'crates-io': { replaceWith: 'crates-io' } }],
    ['there is no source "a"', { 'crates-io': { replaceWith: 'a' } }],
    ['has no place', { a: {} }],
    ['are the same', { a: { is: { k: 'directory', path: '/a' } }, b: { is: { k: 'directory', path: '/a' } } }],
    ['git has none', { 'crates-io': { replaceWith: 'a' }, a: { is: { k: 'git', url: 'https://host.invalid/r' } } }],
  ])('what cargo refuses is refused: %s', (why, sources) => {
    expect(() => end(sources)).toThrow(why)
  })
})

describe('a directory source', () => {
  test('is the one place, whatever the cache has and the directory is called', () => {
    vendored('ws/third/some-name')
    const found = find(DIRECTORY())
    expect(found?.tree.read('src/lib.rs')?.text).toBe('// dep')
    expect(found?.problems).toEqual([])
    expect(found?.source).toEqual({
      kind: 'registry',
      url: 'crates-io',
      checksum: SUM,
      from: { kind: 'directory', url: 'third' },
    })
    expect(found?.verified).toEqual({ by: 'checksum file' })
  })

  test('that lacks the package is an error that names it, though the cache has the package', () => {
    const archive = crateArchive('dep', '1.0.0', crateFiles(dep))
    const [name] = registryDirectoryNames(DEFAULT_REGISTRY_SOURCE.replace('registry+', ''))
    scratch.writeBytes(`home/registry/cache/${name}/dep-1.0.0.crate`, archive)
    expect(find({}, locked(sha256(archive)))?.tree.files.has('src/lib.rs')).toBe(true)
    expect(() => find(DIRECTORY(), locked(sha256(archive)))).toThrow('is not there')
    mkdirSync(inWorkspace('third'))
    expect(() => find(DIRECTORY(), locked(sha256(archive)))).toThrow(/not in the directory .*third/)
  })

  test('outside of the repository is read where it is, and said', () => {
    vendored('elsewhere/dep')
    const sources: Sources = {
      'crates-io': { replaceWith: 'a' },
      a: { is: { k: 'directory', path: join(scratch.path, 'elsewhere') } },
    }
    expect(find(sources)?.source.from).toEqual({ kind: 'directory', url: 'outside' })
    const places = sourcePlaces({
      cargoHome: cargoHome(),
      configuration: configured(sources),
      repository: inWorkspace('.'),
    })
    expect(notesOnPlaces(places)).toEqual([expect.stringContaining('.cargo/config.toml puts a directory outside')])
  })

  test.each<[string, () => void]>([
    ['lib.rs: sha256', () => vendored(undefined, SUM, { 'src/lib.rs': '// evil' })],
    [
      'no such file here',
      () => {
        vendored()
        scratch.write({
          'ws/third/dep/.cargo-checksum.json': JSON.stringify({ package: SUM, files: { 'src/gone.rs': SUM } }),
        })
      },
    ],
    [`in .cargo-checksum.json: ${'c'.repeat(64)}`, () => vendored(undefined, 'c'.repeat(64))],
    ['in .cargo-checksum.json: none', () => vendored(undefined, null)],
    [
      'is in a directory source twice',
      () => {
        vendored()
        vendored('ws/third/dep-1.0.0')
      },
    ],
    [
      'there is none',
      () => {
        scratch.write({ 'ws/third/dep/Cargo.toml': '[package]\nname = "dep"\nversion = "1.0.0"\n' })
      },
    ],
  ])('what cargo refuses is refused: %s', (why, prepare) => {
    prepare()
    expect(() => find(DIRECTORY())).toThrow(expect.objectContaining({ message: expect.stringContaining(why) }))
  })

  test('files that are not listed are told', () => {
    vendored(undefined, SUM, { 'src/more.rs': '' })
    expect(find(DIRECTORY())?.problems).toEqual([expect.stringMatching(/^a file is not in .*: src\/more\.rs$/)])
    expect(find(DIRECTORY())?.verified.by).toBe('nothing')
  })

  test('a plain vendor directory that nothing names is no source', () => {
    vendored('ws/vendor/dep')
    expect(find({})).toBeUndefined()
  })
})

describe('a local registry', () => {
  const sources = (): Sources => ({
    'crates-io': { replaceWith: 'a' },
    a: { is: { k: 'local-registry', path: inWorkspace('local') } },
  })
  const archive = crateArchive('dep', '1.0.0', crateFiles(dep))
  const fill = (sum: string): void => {
    scratch.writeBytes('ws/local/dep-1.0.0.crate', archive)
    scratch.write({ 'ws/local/index/3/d/dep': `${JSON.stringify({ name: 'dep', vers: '1.0.0', cksum: sum })}\n` })
  }

  test('is read, its archives held against its index and the lockfile', () => {
    expect(() => find(sources())).toThrow('is not there')
    fill(sha256(archive))
    const found = find(sources(), locked(sha256(archive)))
    expect(found?.tree.read('src/lib.rs')?.text).toBe('// dep')
    expect(found?.source.from).toEqual({ kind: 'local-registry', url: 'local' })
    expect(() => find(sources())).toThrow('is not what the lockfile says')
    fill(SUM)
    expect(() => find(sources())).toThrow('is not what the lockfile says')
  })
})

describe('the configuration that cargo gets in its temporary directory', () => {
  test('holds sources and registries, and nothing of CARGO_HOME, which applies by itself', () => {
    const home = { ...at, file: 'CARGO_HOME/config.toml', scope: 'machine' as const }
    const configuration: CargoConfiguration = {
      ...configured(DIRECTORY()),
      registries: new Map([
        ['ours', { index: 'sparse+https://host.invalid/i/', at }],
        ['theirs', { index: 'https://host.invalid/j', at: home }],
      ]),
    }
    expect(sourcesToml(configuration)).toBe(
      [
        '[source.crates-io]\nreplace-with = "a"\n',
        '[source.a]\nreplace-with = "b"\nregistry = "https://host.invalid/a"\n',
        `[source.b]\ndirectory = "${inWorkspace('third')}"\n`,
        '[registries.ours]\nindex = "sparse+https://host.invalid/i/"\n',
      ].join('\n'),
    )
    expect(sourcesToml(NO_CONFIGURATION)).toBeUndefined()
  })

  test.each(['ext::sh -c evil', '-oProxyCommand=evil', 'ssh://-oProxyCommand=x/', 'file://host/x'])(
    'an address like %s is not handed on',
    (index) => {
      const registries = new Map([['x', { index, at }]])
      expect(() => sourcesToml({ ...NO_CONFIGURATION, registries })).toThrow('not handed to cargo')
    },
  )
})
