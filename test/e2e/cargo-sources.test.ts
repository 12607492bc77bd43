// Sources that are no registry on the network: a git repository on this machine, a directory source, a local registry, all
// made here, with a cargo directory of their own. Where cargo refuses, caps does.
import { spawnSync } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals'
import { indexPath } from '../../src/project/index-file.js'
import { crateArchive, crateFiles, type Files, Scratch, sha256 } from '../project/support.js'
import { caps, type Run } from './run-caps.js'

let scratch: Scratch
const PATH = process.env['PATH']
beforeEach(() => {
  scratch = new Scratch().useAsCargoHome(PATH)
  mkdirSync(join(scratch.path, 'home'))
})
afterEach(() => scratch.remove())

const hasCargo = spawnSync('cargo', ['--version']).status === 0
const READS = 'pub fn f() { std::fs::read("x").ok(); }'
const WRITES = 'pub fn f() { std::fs::write("x", "").ok(); }'

function git(directory: string, ...args: readonly string[]): void {
  const who = ['-c', 'user.name=a', '-c', 'user.email=a@b', '-c', 'commit.gpgsign=false']
  const done = spawnSync('git', [...who, ...args], { cwd: join(scratch.path, directory), encoding: 'utf8' })
  if (done.status !== 0) throw new Error(done.stderr)
}
function commit(directory: string): void {
  git(directory, 'init', '-q', '-b', 'main', '.')
  git(directory, 'add', '.')
  git(directory, 'commit', '-qm', 'one')
}
const below = (directory: string, files: Files): Files =>
  Object.fromEntries(Object.entries(files).map(([path, text]) => [`${directory}/${path}`, text]))

function workspace(dependency: string, configuration?: string): void {
  scratch.write({
    'ws/Cargo.toml': `[package]\nname = "w"\nversion = "0.1.0"\nedition = "2021"\n[dependencies]\n${dependency}\n`,
    'ws/src/lib.rs': 'pub fn g() { dep::f() }',
    ...(configuration === undefined ? {} : { 'ws/.cargo/config.toml': configuration }),
  })
}
const analyze = (...args: readonly string[]): Run =>
  caps(['analyze', join(scratch.path, 'ws'), '--format', 'json', ...args])
const packagesOf = ({ stdout }: Run): readonly unknown[] => {
  const { packages } = JSON.parse(stdout)
  return packages.flatMap(({ name, source }: { readonly name: string; readonly source: unknown }) =>
    name === 'dep' ? [source] : [],
  )
}

describe('a git repository on this machine', () => {
  ;(hasCargo ? test : test.skip)('is fetched by cargo, then found offline, without a lockfile too', () => {
    scratch.write({
      'repo/Cargo.toml': '[workspace]\nmembers = ["b"]\n',
      ...below('repo/b', crateFiles({ id: 'dep@1.0.0', files: { 'src/lib.rs': READS } })),
    })
    commit('repo')
    workspace(`dep = { git = "file://${scratch.path}/repo", branch = "main" }`)
    expect(analyze('--offline').stderr).toContain('has no clone of it that knows branch=main')
    const source = { kind: 'git', url: `file://${scratch.path}/repo`, reference: 'branch=main' }
    expect(packagesOf(analyze())).toEqual([{ ...source, revision: expect.stringMatching(/^[0-9a-f]{40}$/) }])
    const offline = analyze('--offline')
    expect(packagesOf(offline)).toEqual([expect.objectContaining(source)])
    expect(offline.stdout).toContain('fs/read')
  })
})

;(hasCargo ? test : test.skip)('a temporary directory that cannot be had is the user’s matter, with a way out', () => {
  workspace('dep = "1"')
  process.env['TMPDIR'] = join(scratch.path, 'nowhere')
  const run = analyze()
  expect([run.code, run.stderr]).toEqual([
    2,
    expect.stringMatching(/no temporary directory for cargo[\s\S]*fix: Set TMPDIR/),
  ])
})

describe('a directory source that the repository’s configuration names', () => {
  const CONFIGURATION = '[source.crates-io]\nreplace-with = "v"\n[source.v]\ndirectory = "third/party"\n'
  const vendor = (text: string): void => {
    const files = crateFiles({ id: 'dep@1.0.0', files: { 'src/lib.rs': text } })
    const sums = Object.fromEntries(
      Object.entries(files).map(([path, content]) => [path, sha256(Buffer.from(content))]),
    )
    const checksums = JSON.stringify({ package: 'b'.repeat(64), files: sums })
    scratch.write(below('ws/third/party/dep', { ...files, '.cargo-checksum.json': checksums }))
  }

  test('is read on disk and at a revision: a line added with its checksum is a change', () => {
    workspace('dep = "1"', CONFIGURATION)
    vendor(READS)
    const source = { kind: 'registry', url: 'crates-io', from: { kind: 'directory', url: 'third/party' } }
    expect(packagesOf(analyze('--offline'))).toEqual([expect.objectContaining(source)])
    commit('ws')
    vendor(WRITES)
    const diff = caps(
      ['diff', '.', '--baseline-rev', 'HEAD', '--offline', '--fail-on', 'new'],
      '',
      join(scratch.path, 'ws'),
    )
    expect([diff.code, diff.stdout]).toEqual([1, expect.stringContaining('+ fs/write')])
  })

  test('a line added without its checksum, and a package that is gone, are errors', () => {
    workspace('dep = "1"', CONFIGURATION)
    vendor(READS)
    scratch.write({ 'ws/third/party/dep/src/lib.rs': WRITES })
    const changed = analyze('--offline')
    expect([changed.code, changed.stderr]).toEqual([2, expect.stringContaining('src/lib.rs: sha256')])
    rmSync(join(scratch.path, 'ws/third/party/dep'), { recursive: true })
    const gone = analyze('--offline')
    expect([gone.code, gone.stderr]).toEqual([2, expect.stringContaining('this machine has no dep that fits')])
  })

  test('nothing is read from a vendor directory that no configuration names', () => {
    workspace('dep = "1"')
    vendor(READS)
    scratch.write({
      'ws/Cargo.lock': [
        'version = 4\n[[package]]\nname = "w"\nversion = "0.1.0"\ndependencies = ["dep"]\n',
        '[[package]]\nname = "dep"\nversion = "1.0.0"\nsource = "registry+https://host.invalid/i"\n',
      ].join('\n'),
      ...below('ws/vendor/dep', crateFiles({ id: 'dep@1.0.0' })),
    })
    expect(analyze('--offline').code).toBe(2)
  })
})

describe('a local registry that the machine’s configuration names', () => {
  test('is resolved and read without cargo and without a lockfile, and said to be the machine’s', () => {
    workspace('dep = "1"')
    const archives = ['1.0.0', '1.2.0', '2.0.0'].map((vers) => {
      const files = crateFiles({ id: `dep@${vers}`, files: { 'src/lib.rs': READS } })
      const archive = crateArchive('dep', vers, files)
      scratch.writeBytes(`local/dep-${vers}.crate`, archive)
      return { name: 'dep', vers, cksum: sha256(archive), deps: [], features: {}, yanked: false }
    })
    scratch.write({
      [`local/index/${indexPath('dep')}`]: archives.map((entry) => JSON.stringify(entry)).join('\n'),
      'home/config.toml': `[source.crates-io]\nreplace-with = "l"\n[source.l]\nlocal-registry = "${scratch.path}/local"\n`,
    })
    const found = analyze('--offline')
    expect(packagesOf(found)).toEqual([expect.objectContaining({ from: { kind: 'local-registry', url: 'outside' } })])
    expect(found.stdout).toContain('dep@1.2.0')
    expect(found.stdout).toContain("the machine's configuration puts a local-registry outside of the repository")
  })
})
