// What cargo's configuration says, read from directories like those that cargo walks through.
import { mkdirSync, symlinkSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { unreadConfiguration } from '../../../src/project/configuration/load-files.js'
import { readConfiguration } from '../../../src/project/configuration/read-configuration.js'
import { DISK } from '../../../src/project/file-view.js'
import type { CargoConfiguration } from '../../../src/project/index.js'
import { type Files, Scratch } from '../support.js'

let scratch: Scratch
beforeEach(() => {
  scratch = new Scratch()
})
afterEach(() => scratch.remove())

/** The repository is `repo`, the directory that cargo runs in `repo/app`, cargo's home `home`. */
function read(files: Files, start = 'repo/app'): CargoConfiguration {
  scratch.write({ 'repo/app/Cargo.toml': '', 'repo/.git/HEAD': '', ...files })
  return readConfiguration(
    {
      view: DISK,
      start: join(scratch.path, start),
      repository: join(scratch.path, 'repo'),
      cargoHome: join(scratch.path, 'home'),
    },
    {},
  )
}
const powersOf = ({ powers }: CargoConfiguration): readonly string[] =>
  powers.map(({ at, key, does, what }) => `${at.file}:${at.line}:${at.column} ${key} ${does} ${what}`)
const lossesOf = ({ losses }: CargoConfiguration): readonly string[] =>
  losses.map(({ at, message }) => `${at.file}:${at.line}:${at.column} ${message}`)

test('Files are read from the directory upward, then that of CARGO_HOME; each says whose word it is', () => {
  const { files } = read({
    'repo/app/.cargo/config.toml': '',
    'repo/.cargo/config.toml': '',
    '.cargo/config.toml': '',
    'home/config.toml': '',
    'repo/other/.cargo/config.toml': '',
  })
  expect(files.map(({ file, scope }) => `${scope} ${file}`)).toEqual([
    'repository app/.cargo/config.toml',
    'repository .cargo/config.toml',
    'machine ../.cargo/config.toml',
    'machine CARGO_HOME/config.toml',
  ])
})

test('The file without an extension holds where both are', () => {
  const { files } = read({ 'repo/.cargo/config.toml': '', 'repo/.cargo/config': '' })
  expect(files.map(({ file }) => file)).toEqual(['.cargo/config'])
})

test('CARGO_HOME among the parents is read once', () => {
  scratch.write({ 'repo/Cargo.toml': '', '.cargo/config.toml': '' })
  const { files } = readConfiguration(
    {
      view: DISK,
      start: join(scratch.path, 'repo'),
      repository: join(scratch.path, 'repo'),
      cargoHome: join(scratch.path, '.cargo'),
    },
    {},
  )
  expect(files.map(({ file, scope }) => `${scope} ${file}`)).toEqual(['machine CARGO_HOME/config.toml'])
})

test('The nearest value holds, tables are joined, the elements of the nearest list come last', () => {
  const configuration = read({
    'repo/app/.cargo/config.toml': '[build]\ntarget = "near"\nrustflags = ["--cfg", "near"]\n[env]\nA = "1"\n',
    'repo/.cargo/config.toml': '[build]\ntarget = "far"\nrustflags = ["--cfg", "far"]\n[env]\nA = "2"\nB = "1"\n',
  })
  expect(configuration.buildTargets).toEqual(['near'])
  expect(configuration.cfgs.map(({ name }) => name)).toEqual(['far', 'near'])
  expect(powersOf(configuration)).toEqual([
    '.cargo/config.toml:3:14 build.rustflags cfg far',
    'app/.cargo/config.toml:3:14 build.rustflags cfg near',
    'app/.cargo/config.toml:5:1 env.A env A',
    '.cargo/config.toml:6:1 env.B env B',
  ])
})

test('Programs with arguments are not joined, and either may be started', () => {
  const configuration = read({
    'repo/app/.cargo/config.toml': "[target.'cfg(unix)']\nrunner = ['near', '-x']\n",
    'repo/.cargo/config.toml': "[target.'cfg(unix)']\nrunner = ['far']\n",
  })
  expect(powersOf(configuration)).toEqual([
    ".cargo/config.toml:2:1 target.'cfg(unix)'.runner program far",
    "app/.cargo/config.toml:2:1 target.'cfg(unix)'.runner program near -x",
  ])
})

test('A list and a string of one key cannot be merged', () => {
  const files = {
    'repo/app/.cargo/config.toml': '[build]\nrustflags = "-g"\n',
    'repo/.cargo/config.toml': '[build]\nrustflags = ["-g"]\n',
  }
  expect(() => read(files)).toThrow(
    'app/.cargo/config.toml:2: build.rustflags cannot be merged with that of .cargo/config.toml:2',
  )
})

test('An included file is weaker than the file, a later one stronger than an earlier one', () => {
  const configuration = read({
    'repo/.cargo/config.toml': 'include = ["a.toml", { path = "b.toml" }]\n[build]\nrustflags = ["--cfg=own"]\n',
    'repo/.cargo/a.toml': '[build]\ntarget = "a"\nrustflags = ["--cfg=a"]\n',
    'repo/.cargo/b.toml': '[build]\ntarget = "wasm32-wasip1"\nrustflags = ["--cfg=b"]\n',
  })
  expect(configuration.files.map(({ file }) => file)).toEqual(['.cargo/config.toml', '.cargo/a.toml', '.cargo/b.toml'])
  expect(configuration.buildTargets).toEqual(['wasm32-wasip1'])
  expect(configuration.cfgs.map(({ name }) => name)).toEqual(['a', 'b', 'own'])
  expect(configuration.losses).toEqual([])
})

test.each([
  ['include = "a.toml"', 'include is a string, not a list'],
  ['include = ["a.txt"]', 'a.txt does not end in .toml'],
  ['include = ["*.toml"]', '*.toml is a pattern'],
  ['include = ["missing.toml"]', 'it includes missing.toml, which is not there'],
  ['include = ["a.toml", "a.toml"]', 'it is included a second time'],
  ['include = ["config.toml"]', 'it is included a second time'],
  ['include = ["../.cargo/config.toml"]', 'more than 256 files'],
  ['include = [1]', 'neither a path nor a table with one'],
  ['a = 1.5', 'is of a type that no configuration has'],
  ['a = ', 'Invalid TOML'],
  ['[registry]\nindex = "x"', 'registry.index is no longer a key'],
  ['[env]\nCARGO_HOME = "x"', 'env.CARGO_HOME may not be set'],
  ['[source.x]\nreplace-with = "y"', 'names no source'],
  ['[source.x]\ndirectory = "y"\nregistry = "z"', 'names more than one source'],
  ['[source.x]\ndirectory = "y"\nrev = "z"', 'has a reference and no git'],
])('Cargo refuses it, and so do we: %s', (text, why) => {
  expect(() => read({ 'repo/.cargo/config.toml': text, 'repo/.cargo/a.toml': '' })).toThrow(why)
})

test('An include that may come later, or from outside, is a loss; so are keys and values that are not known', () => {
  const configuration = read({
    'outside.toml': '[env]\nX = "1"\n',
    'repo/.cargo/config.toml': [
      'include = [{ path = "later.toml", optional = true }, "../../outside.toml"]',
      '[build]',
      'rustc-wraper = "x"',
      'incremental = "yes"',
      '[unstable]',
      'build-std = true',
      '[target.x86_64-unknown-linux-gnu]',
      'rustflags = ["-Zcrate-attr=feature(x)", "@more", "--extern=a=b.rlib"]',
      '[target.x86_64-unknown-linux-gnu.z]',
      'rustc-link-lib = ["z"]',
    ].join('\n'),
  })
  expect(lossesOf(configuration)).toEqual([
    '.cargo/config.toml:1:12 later.toml may be included later, and is not there now',
    '.cargo/config.toml:1:54 ../../outside.toml is outside of the repository: other machines have another file',
    ".cargo/config.toml:3:1 build.rustc-wraper is no key of cargo's configuration that is known here",
    '.cargo/config.toml:4:1 build.incremental is a string, where cargo takes a boolean',
    '.cargo/config.toml:5:1 unstable holds for a nightly cargo: what it changes is not known',
    '.cargo/config.toml:8:14 target.x86_64-unknown-linux-gnu.rustflags: -Z crate-attr=feature(x) holds for a nightly compiler: what it changes is not known',
    '.cargo/config.toml:8:41 target.x86_64-unknown-linux-gnu.rustflags: @more is a file of further flags; it was not read',
    '.cargo/config.toml:8:50 target.x86_64-unknown-linux-gnu.rustflags: --extern a=b.rlib adds a crate that was not looked at',
    '.cargo/config.toml:9:1 target.x86_64-unknown-linux-gnu.z stands in for a build script, whose output is looked at as if it ran',
  ])
  expect(powersOf(configuration)).toContain('../outside.toml:2:1 env.X env X')
})

test('Configuration that holds in the directory of another package is a loss', () => {
  scratch.write({
    'repo/Cargo.toml': '',
    'repo/a/b/Cargo.toml': '',
    'repo/.cargo/config.toml': '',
    'repo/a/.cargo/config.toml': '[build]\nrustc = "x"\n',
  })
  const at = (path: string): string => join(scratch.path, path)
  const places = { view: DISK, start: at('repo'), repository: at('repo'), cargoHome: at('home') }
  const { files, powers } = readConfiguration(places, {})
  expect(powers).toEqual([])
  const unread = unreadConfiguration(places, files, [at('repo'), at('repo/a/b')])
  expect(unread.map(({ at: place, message }) => `${place.file} ${message}`)).toEqual([
    'a/.cargo/config.toml holds when cargo is run in that directory; here it is not, and the file was not read',
  ])
})

test('What a configuration does', () => {
  const configuration = read({
    'repo/.cargo/config.toml': [
      '[build]',
      'rustc = "./rustc.sh"',
      'rustc-wrapper = "sccache"',
      'rustflags = "-Clink-arg=-s -C target-cpu=native --cfg x=\\"1\\" -lfoo -C linker=./ld.sh -Dwarnings"',
      "[target.'cfg(windows)']",
      'linker = "link.sh"',
      '[env]',
      'PATH = { value = "bin", relative = true, force = true }',
      '[alias]',
      'x = "run -p x --"',
      "y = ['build', '--config', 'build.rustc=\"z\"']",
      '[registries.own]',
      'credential-provider = "cargo:token"',
      '[registry]',
      'global-credential-providers = ["cargo:token", "./leak.sh"]',
      '[target.x86_64-pc-windows-msvc.z]',
      'rustc-env = { A = "1" }',
      'rustc-link-search = ["dir"]',
    ].join('\n'),
  })
  expect(powersOf(configuration).map((line) => line.replace('.cargo/config.toml:', ''))).toEqual([
    '2:1 build.rustc program ./rustc.sh',
    '3:1 build.rustc-wrapper program sccache',
    '15:47 registry.global-credential-providers program ./leak.sh',
    '4:1 build.rustflags linker -C link-arg=-s',
    '4:1 build.rustflags rustflags -C target-cpu=native',
    '4:1 build.rustflags cfg x="1"',
    '4:1 build.rustflags linker -l foo',
    '4:1 build.rustflags program ./ld.sh',
    '4:1 build.rustflags linker -C linker=./ld.sh',
    '4:1 build.rustflags rustflags -D warnings',
    "6:1 target.'cfg(windows)'.linker program link.sh",
    "6:1 target.'cfg(windows)'.linker linker link.sh",
    '8:1 env.PATH env PATH',
    '10:1 alias.x alias x = run -p x --',
    '11:1 alias.y alias --config build.rustc="z"',
    '17:15 target.x86_64-pc-windows-msvc.z.rustc-env env A',
    '18:1 target.x86_64-pc-windows-msvc.z.rustc-link-search linker rustc-link-search=dir',
  ])
  expect(configuration.cfgs).toMatchObject([{ name: 'x', value: '1' }])
})

test('Sources, registries, patches and paths; paths count from the directory above that of the file', () => {
  const { sources, registries, patches, paths, defaultRegistry } = read({
    'repo/.cargo/config.toml': [
      'paths = ["../over"]',
      '[source.crates-io]',
      'replace-with = "vendored"',
      '[source.vendored]',
      'directory = "vendor"',
      '[source.fork]',
      'git = "https://git.invalid/x"',
      'branch = "main"',
      '[registries.own]',
      'index = "https://registry.invalid/own"',
      '[registry]',
      'default = "own"',
      '[patch.crates-io]',
      'log = { path = "local/log" }',
    ].join('\n'),
  })
  const at = (path: string): string => join(scratch.path, path)
  expect([...sources]).toMatchObject([
    ['crates-io', { replaceWith: 'vendored', at: { line: 2 } }],
    ['vendored', { is: { k: 'directory', path: at('repo/vendor') } }],
    ['fork', { is: { k: 'git', url: 'https://git.invalid/x', reference: 'branch=main' } }],
  ])
  expect([...registries]).toMatchObject([['own', { index: 'https://registry.invalid/own' }]])
  expect(defaultRegistry).toBe('own')
  expect(paths).toMatchObject([{ directory: at('over'), at: { line: 1, column: 10 } }])
  expect(patches.get('crates-io')).toMatchObject([
    { dependency: { nameInToml: 'log', path: at('repo/local/log') }, at: { line: 14 } },
  ])
})

test('A file of the repository that is a link outside is an error, not the file of someone else', () => {
  scratch.write({ 'secret.toml': '' })
  mkdirSync(join(scratch.path, 'repo/.cargo'), { recursive: true })
  symlinkSync(join(scratch.path, 'secret.toml'), join(scratch.path, 'repo/.cargo/config.toml'))
  expect(() => read({})).toThrow('it is not a regular file inside of the repository')
})

test('An error in a file of the machine does not show its lines', () => {
  expect(() => read({ 'home/config.toml': 'token = "secret\n' })).toThrow(
    expect.objectContaining({ why: expect.not.stringContaining('secret') }),
  )
})
