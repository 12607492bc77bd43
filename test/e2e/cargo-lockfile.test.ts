/**
 * cargo is the oracle of whether a lockfile fits: small workspaces are locked by cargo, then one thing is changed, and what
 * `cargo metadata` says of them with and without --locked is held against what was loaded. Everything is local: a registry of
 * archives, repositories of git by file://.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { ProjectError } from '../../src/base/index.js'
import { type LoadOptions, loadWorkspace } from '../../src/project/index.js'
import { crateArchive, type Files, Scratch, sha256 } from '../project/support.js'

const CARGO = spawnSync('cargo', ['--version']).status === 0
const GIT = ['-c', 'user.name=x', '-c', 'user.email=x@x.invalid', '-c', 'init.defaultBranch=main']
const LIB = 'src/lib.rs'

let scratch: Scratch
const path = process.env['PATH'] ?? ''
beforeAll(() => {
  scratch = new Scratch().useAsCargoHome(path)
  publish('foo', '1.0.0')
  publish('foo', '1.1.0')
  publish('foo', '2.0.0')
  publish('bar', '1.0.0', [{ name: 'foo', req: '^1', optional: false }])
  publish('opt', '1.0.0', [{ name: 'bar', req: '^1', optional: true }])
  scratch.write({
    'home/config.toml': `[source.crates-io]
replace-with = "local"
[source.local]
local-registry = ${JSON.stringify(join(scratch.path, 'registry'))}
`,
  })
  repository('one', { 'Cargo.toml': manifest('foo', '', '1.1.0'), [LIB]: '' })
  repository('two', { 'Cargo.toml': manifest('foo', '', '1.1.0'), [LIB]: '// another' })
  repository('many', {
    'Cargo.toml': '[workspace]\nmembers = ["a", "b"]\n',
    'a/Cargo.toml': manifest('ga', '[dependencies]\ngb = { path = "../b" }\n'),
    [`a/${LIB}`]: '',
    'b/Cargo.toml': manifest('gb'),
    [`b/${LIB}`]: '',
  })
})
afterAll(() => scratch.remove())

function manifest(name: string, rest = '', version = '0.1.0'): string {
  return `[package]\nname = "${name}"\nversion = "${version}"\nedition = "2021"\n${rest}`
}

/** A root package with what follows in its manifest. */
const root = (rest: string): Files => ({ 'Cargo.toml': manifest('r', rest), [LIB]: '' })
const needs = (entries: string, rest = ''): Files => root(`[dependencies]\n${entries}\n${rest}`)
const packageIn = (directory: string, name: string, version: string, rest = ''): Files => ({
  [`${directory}/Cargo.toml`]: manifest(name, rest, version),
  [`${directory}/${LIB}`]: '',
})

interface Need {
  readonly name: string
  readonly req: string
  readonly optional: boolean
}
function publish(name: string, version: string, needed: readonly Need[] = []): void {
  const entries = needed.map((one) => `${one.name} = { version = "${one.req}", optional = ${one.optional} }\n`).join('')
  const archive = crateArchive(name, version, {
    'Cargo.toml': manifest(name, `[dependencies]\n${entries}`, version),
    [LIB]: '',
  })
  scratch.writeBytes(`registry/${name}-${version}.crate`, archive)
  const deps = needed.map((one) => ({ ...one, features: [], default_features: true, target: null, kind: 'normal' }))
  const line = { name, vers: version, deps, cksum: sha256(archive), features: {}, yanked: false }
  const index = `registry/index/3/${name[0]}/${name}`
  const before = existsSync(join(scratch.path, index)) ? readFileSync(join(scratch.path, index), 'utf8') : ''
  scratch.write({ [index]: `${before}${JSON.stringify(line)}\n` })
}

function repository(name: string, files: Files): void {
  scratch.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`git/${name}/${file}`, text])))
  const commands = [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-qm', 'all'],
    ['tag', 'v1'],
    ['branch', 'dev'],
  ]
  for (const command of commands) spawnSync('git', [...GIT, ...command], { cwd: join(scratch.path, 'git', name) })
}

const gitUrl = (name: string): string => `file://${scratch.path}/git/${name}`
const gitNeeds = (keys: string, name = 'one'): Files => needs(`foo = { git = "${gitUrl(name)}"${keys} }`)

/** A file that is gone has no text. */
type Edits = Readonly<Record<string, string | undefined>>
type Case = readonly [name: string, before: () => Files, edits: () => Edits, lock?: (text: string) => string]

const FOO = (): Files => needs('foo = "1"')
const PATCHED = (version: string): Files => ({
  ...needs('foo = "1"', '[patch.crates-io]\nfoo = { path = "p" }'),
  ...packageIn('p', 'foo', version),
})
const NONE = (): Edits => ({})

const CASES: readonly Case[] = [
  ['nothing changed', FOO, NONE],
  ['git: another repository', () => gitNeeds(''), () => gitNeeds('', 'two')],
  ['git: a branch', () => gitNeeds(''), () => gitNeeds(', branch = "dev"')],
  ['git: the default branch by its name', () => gitNeeds(''), () => gitNeeds(', branch = "main"')],
  ['git: a tag', () => gitNeeds(', tag = "v1"'), NONE],
  ['git: a tag for a branch', () => gitNeeds(', branch = "main"'), () => gitNeeds(', tag = "v1"')],
  ['git: .git at the end', () => gitNeeds(''), () => gitNeeds('', 'one.git')],
  ['git: neighbours by path', () => needs(`ga = { git = "${gitUrl('many')}" }`), NONE],
  ['registry to git', FOO, () => gitNeeds('')],
  ['registry to path', FOO, () => ({ ...needs('foo = { path = "../ext" }'), ...packageIn('../ext', 'foo', '1.1.0') })],
  ['path to registry', () => ({ ...needs('foo = { path = "foo" }'), ...packageIn('foo', 'foo', '1.1.0') }), FOO],
  ['removed', FOO, () => needs('')],
  ['removed, by path', () => ({ ...needs('p = { path = "p" }'), ...packageIn('p', 'p', '1.0.0') }), () => needs('')],
  ['added', FOO, () => needs('foo = "1"\nbar = "1"')],
  ['added for development', FOO, () => needs('foo = "1"', '[dev-dependencies]\nbar = "1"')],
  ['added for another platform', FOO, () => needs('foo = "1"', '[target."cfg(windows)".dependencies]\nbar = "1"')],
  ['added, optional', FOO, () => needs('foo = "1"\nbar = { version = "1", optional = true }')],
  ['another version is asked for', FOO, () => needs('foo = "2"')],
  ['an older version is asked for', FOO, () => needs('foo = "=1.0.0"')],
  ['the package’s own version', FOO, () => ({ 'Cargo.toml': manifest('r', '[dependencies]\nfoo = "1"\n', '0.2.0') })],
  [
    'a feature of a dependency on',
    () => needs('opt = "1"'),
    () => needs('opt = { version = "1", features = ["bar"] }'),
  ],
  [
    'a feature of a dependency off',
    () => needs('opt = { version = "1", features = ["bar"] }'),
    () => needs('opt = "1"'),
  ],
  ['patch: of the locked version', FOO, () => PATCHED('1.1.0')],
  ['patch: of another version', FOO, () => PATCHED('1.1.1')],
  ['patch: locked', () => PATCHED('1.1.1'), NONE],
  ['patch: removed', () => PATCHED('1.1.1'), FOO],
  ['patch: unused', () => PATCHED('3.0.0'), NONE],
  ['patch: unused and removed', () => PATCHED('3.0.0'), FOO],
  ['patch: of git', FOO, () => needs('foo = "1"', `[patch.crates-io]\nfoo = { git = "${gitUrl('one')}" }`)],
  ['patch: of git, locked', () => needs('foo = "1"', `[patch.crates-io]\nfoo = { git = "${gitUrl('one')}" }`), NONE],
  [
    'patch: of a repository',
    () => gitNeeds(''),
    () => ({
      'Cargo.toml': `${gitNeeds('')['Cargo.toml']}[patch."${gitUrl('one')}"]\nfoo = { path = "p" }\n`,
      ...packageIn('p', 'foo', '1.1.0'),
    }),
  ],
  [
    'patch: in the configuration',
    FOO,
    () => ({ '.cargo/config.toml': '[patch.crates-io]\nfoo = { path = "p" }\n', ...packageIn('p', 'foo', '1.1.0') }),
  ],
  [
    'paths of the configuration',
    FOO,
    () => ({ '.cargo/config.toml': 'paths = ["p"]\n', ...packageIn('p', 'foo', '9.0.0') }),
  ],
  ['a path where nothing is', FOO, () => needs('foo = "1"\nq = { path = "q" }')],
  ['a path where nothing is, of a name on the registry', FOO, () => needs('foo = { path = "q", version = "1" }')],
  ['an optional path where nothing is', FOO, () => needs('foo = "1"\nq = { path = "q", optional = true }')],
  ['a member where nothing is', FOO, () => ({ 'Cargo.toml': manifest('r', '[workspace]\nmembers = ["zz"]\n') })],
  ['a path with another package', FOO, () => ({ ...needs('foo = { path = "p" }'), ...packageIn('p', 'oof', '1.1.0') })],
  [
    'a path with another version',
    FOO,
    () => ({ ...needs('foo = { path = "p", version = "2" }'), ...packageIn('p', 'foo', '1.1.0') }),
  ],
  [
    'dev-dependencies of a path outside of the workspace',
    () => ({
      ...needs('d = { path = "d" }', '[workspace]\nexclude = ["d"]'),
      ...packageIn('d', 'd', '0.1.0', '[dev-dependencies]\nfoo = "1"\n'),
    }),
    NONE,
  ],
  [
    'dev-dependencies of a member by path',
    () => ({
      ...needs('d = { path = "d" }', '[workspace]'),
      ...packageIn('d', 'd', '0.1.0', '[dev-dependencies]\nfoo = "1"\n'),
    }),
    () => packageIn('d', 'd', '0.1.0'),
  ],
  [
    'one name and version of a path and of the registry',
    () => ({ ...needs('foo = "1"\nf2 = { package = "foo", path = "f" }'), ...packageIn('f', 'foo', '1.1.0') }),
    NONE,
  ],
  [
    'one name and version of two paths',
    () => ({
      ...needs('a = { path = "a" }\nb = { path = "b", package = "a" }'),
      ...packageIn('a', 'a', '0.1.0'),
      ...packageIn('b', 'a', '0.1.0'),
    }),
    NONE,
  ],
  ['the lowest version that is locked for a dependent', () => needs('foo = ">=1"\nbar = "1"'), NONE],
  ['no checksum', FOO, NONE, (text) => text.replace(/^checksum.*\n/m, '')],
  [
    'a list of dependencies that lacks one',
    () => needs('foo = "1"\nbar = "1"'),
    NONE,
    (text) => text.replace(/(name = "bar"[^[]*)dependencies = \[[^\]]*\]\n/, '$1'),
  ],
  ['a lockfile of version 3', () => gitNeeds(', branch = "main"'), NONE, (text) => text.replace('= 4', '= 3')],
  ['a lockfile of a version to come', FOO, NONE, (text) => text.replace('version = 4', 'version = 9')],
]

interface Found {
  /** Of cargo those of every platform and of development too. */
  readonly packages: ReadonlySet<string>
}

function cargo(directory: string, ...options: string[]): Found | undefined {
  const done = spawnSync('cargo', ['metadata', '--format-version', '1', ...options], {
    cwd: directory,
    // The test's own environment: a child would get that of the process.
    env: { ...process.env },
    encoding: 'utf8',
    maxBuffer: 1 << 26,
  })
  if (done.status !== 0) return undefined
  const { packages } = JSON.parse(done.stdout) as {
    packages: { name: string; version: string; source: string | null }[]
  }
  const kindOf = (source: string | null): string => source?.replace(/\+.*$/, '') ?? 'path'
  return { packages: new Set(packages.map(({ name, version, source }) => `${name} ${version} ${kindOf(source)}`)) }
}

async function load(directory: string, options: LoadOptions): Promise<Found | ProjectError> {
  try {
    const { packages } = await loadWorkspace(directory, { packages: ['r'], ...options })
    // What the repository's configuration of cargo does is a package of its own for us.
    const shown = packages.filter(({ name }) => name !== '.cargo')
    return { packages: new Set(shown.map(({ name, version, source }) => `${name} ${version} ${source.kind}`)) }
  } catch (thrown) {
    if (thrown instanceof ProjectError) return thrown
    throw thrown
  }
}

;(CARGO ? describe : describe.skip)('a lockfile fits when cargo says so', () => {
  test.each(CASES.map((one) => ({ name: one[0], one })))(
    '$name',
    async ({ name, one: [, before, edits, changeLock] }) => {
      const place = `ws ${CASES.findIndex(([other]) => other === name)}/w`
      const directory = join(scratch.path, place)
      const put = (files: Files): void => {
        scratch.write(Object.fromEntries(Object.entries(files).map(([file, text]) => [`${place}/${file}`, text])))
      }
      put(before())
      cargo(directory)
      for (const [file, text] of Object.entries(edits())) {
        if (text === undefined) rmSync(join(directory, file))
        else put({ [file]: text })
      }
      const lockfile = join(directory, 'Cargo.lock')
      const locked = existsSync(lockfile) ? (changeLock ?? ((text) => text))(readFileSync(lockfile, 'utf8')) : undefined
      if (locked !== undefined) writeFileSync(lockfile, locked)
      const ours = [await load(directory, { locked: true }), await load(directory, {})]
      const cargos = [cargo(directory, '--locked'), cargo(directory)]
      expect(ours.map((found) => !(found instanceof ProjectError))).toEqual(cargos.map((found) => found !== undefined))
      for (const [index, found] of ours.entries()) {
        if (found instanceof ProjectError) continue
        // Cargo's metadata also has what only other platforms and tests need.
        for (const one of found.packages) expect(cargos[index]?.packages).toContain(one)
      }
    },
  )
})
