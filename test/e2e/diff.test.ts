/** `caps diff` through the built program: on the malicious pair, on code that only moved, on git revisions and reports. */
import * as fs from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterAll, describe, expect, test } from '@jest/globals'
import * as git from 'isomorphic-git'
import { type DiffResult, diffResultSchema } from '../../src/report/diff-result.js'
import { caps, type Run, repository } from './run-caps.js'

const scratch = fs.realpathSync(fs.mkdtempSync(join(tmpdir(), 'caps-diff-')))
afterAll(() => fs.rmSync(scratch, { recursive: true, force: true }))

const v1 = 'samples/malicious-pair/v1'
const v2 = 'samples/malicious-pair/v2'
const diff = (...args: string[]): Run => caps(['diff', '--offline', ...args])

function diffOf(...args: string[]): DiffResult {
  const run = diff('--format', 'json', ...args)
  expect(run).toMatchObject({ stderr: '' })
  return diffResultSchema.parse(JSON.parse(run.stdout)) as DiffResult
}

function write(name: string, files: Readonly<Record<string, string>>): string {
  for (const [path, text] of Object.entries(files)) {
    const full = join(scratch, name, path)
    fs.mkdirSync(dirname(full), { recursive: true })
    fs.writeFileSync(full, text)
  }
  return join(scratch, name)
}

const MANIFEST = '[package]\nname = "moved"\nversion = "1.0.0"\nedition = "2021"\n'

describe('caps diff', () => {
  test('the malicious pair: the new dependency and its build script first, then what the logger sends', () => {
    const { packages, summary, notes } = diffOf(v1, v2)
    expect(notes).toEqual([])
    expect(summary.capabilities.gained).toEqual([
      'exec',
      'network/connect',
      'network/resolve',
      'fs/read',
      'env/read',
      'thread',
    ])
    expect(packages.map(({ name, change }) => `${name} ${change}`)).toEqual(['linelog-format added', 'linelog version'])
    const [added, logger] = packages
    expect(added?.dependents).toEqual(['linelog'])
    expect(added?.changes.slice(0, 2)).toMatchObject([
      { kind: 'capability', change: 'gained', stage: 'build', capability: 'exec', certainty: 'certain' },
      { kind: 'unit', change: 'added', unit: 'build', file: 'build.rs' },
    ])
    const connect = logger?.changes.find((one) => one.kind === 'capability' && one.capability === 'network/connect')
    expect(connect).toMatchObject({ change: 'gained', reach: 'direct', sites: { old: 0 } })
    expect(connect?.kind === 'capability' && connect.uses.flatMap((use) => use.literals.gained)).toEqual([
      'time-sync.example.invalid:80',
    ])
  })

  test('exit codes: 0 whatever was gained, 1 when a gate is asked for, 2 for an error', () => {
    expect(diff(v1, v2).code).toBe(0)
    expect(diff(v1, v2, '--fail-on', 'new').code).toBe(1)
    expect(diff(v1, v1, '--fail-on', 'any').code).toBe(0)
    const wrong = diff(v1)
    expect(wrong.code).toBe(2)
    expect(wrong.stderr).toContain('fix: Name both: `caps diff OLD NEW`')
    expect(diff(v1, v2, '--baseline-root', v1).code).toBe(2)
    expect(diff('--baseline-root', v1, '--baseline-rev', 'HEAD', v2).code).toBe(2)
  })

  test('files, modules and functions renamed, lines shifted: nothing gained, nothing lost', () => {
    const old = write('old', {
      'Cargo.toml': MANIFEST,
      'src/lib.rs': [
        'mod store;',
        'pub fn load(path: &str) -> Vec<u8> { store::bytes(path) }',
        'pub fn edit() { let _ = std::process::Command::new("vi").status(); }',
        'pub fn first(bytes: &[u8]) -> u8 { unsafe { get(bytes) } }',
        'unsafe fn get(bytes: &[u8]) -> u8 { *bytes.as_ptr() }',
      ].join('\n'),
      'src/store.rs': 'pub fn bytes(path: &str) -> Vec<u8> { std::fs::read(path).unwrap_or_default() }',
    })
    const now = write('new', {
      'Cargo.toml': MANIFEST,
      'src/lib.rs': [
        '//! A line more.',
        'mod io { pub mod disk; }',
        'mod raw;',
        'mod tools { pub fn start_editor() { let _ = std::process::Command::new("vi").status(); } }',
        'pub fn open(name: &str) -> Vec<u8> { io::disk::content(name) }',
        'pub fn edit() { tools::start_editor() }',
        'pub fn first(bytes: &[u8]) -> u8 { unsafe { raw::head(bytes) } }',
      ].join('\n'),
      'src/raw.rs': 'pub unsafe fn head(of: &[u8]) -> u8 { *of.as_ptr() }',
      'src/io/disk.rs':
        '\n\nuse std::fs::read as r;\npub fn content(name: &str) -> Vec<u8> { r(name).unwrap_or_default() }',
    })
    const run = diff(old, now, '--fail-on', 'any')
    expect(run).toMatchObject({ code: 0, stderr: '' })
    expect(run.stdout).toMatch(
      /^moved 1\.0\.0 {3}nothing gained, nothing lost: 3 capabilities, 4 sites as before\ncompared for 9 targets .*\nno dependencies that had to be chosen\n$/,
    )
  })

  test('a new call into an old dependency, and a program among the files of that package only', () => {
    const helper = {
      'helper/Cargo.toml': MANIFEST.replace('moved', 'helper'),
      'helper/src/lib.rs':
        'pub fn safe() -> u8 { 1 }\npub fn run() { let _ = std::process::Command::new("sh").spawn(); }',
    }
    const manifest = `${MANIFEST}[dependencies]\nhelper = { path = "helper" }\n`
    const old = write('calls-old', {
      ...helper,
      'Cargo.toml': manifest,
      'src/lib.rs': 'pub fn a() -> u8 { helper::safe() }',
    })
    const now = write('calls-new', {
      ...helper,
      'Cargo.toml': manifest,
      'src/lib.rs': 'pub fn a() -> u8 { helper::run(); helper::safe() }',
      'helper/data/logo.png': '\u007fELF\u0000',
    })
    const { packages } = diffOf(old, now)
    expect(packages.flatMap(({ name, changes }) => changes.map((change) => ({ name, ...change })))).toMatchObject([
      { name: 'moved', kind: 'capability', change: 'gained', capability: 'exec', reach: 'transitive' },
      {
        name: 'helper',
        kind: 'file',
        change: 'added',
        file: 'data/logo.png',
        format: { new: 'ELF program or object' },
      },
    ])
  })

  test('a git revision, read without git: what its configuration would start is not started', async () => {
    const dir = join(scratch, 'repo')
    fs.cpSync(join(repository, v1), join(dir, 'crate'), { recursive: true })
    await git.init({ fs, dir, defaultBranch: 'main' })
    await git.add({ fs, dir, filepath: '.' })
    await git.commit({ fs, dir, message: 'm', author: { name: 'a', email: 'a@example.invalid' } })
    const trap = join(scratch, 'started')
    fs.appendFileSync(join(dir, '.git/config'), `[core]\n\tfsmonitor = touch ${trap}\n\tpager = touch ${trap}\n`)
    fs.rmSync(join(dir, 'crate'), { recursive: true })
    fs.cpSync(join(repository, v2), join(dir, 'crate'), { recursive: true })
    const result = diffOf(join(dir, 'crate'), '--baseline-rev', 'main')
    // Both stand elsewhere in their repositories.
    const besides = (one: object): unknown =>
      JSON.parse(JSON.stringify(one, (key, value) => (key === 'repository' || key === 'directory' ? undefined : value)))
    expect(besides(result)).toEqual(besides(diffOf(v1, v2)))
    expect(fs.existsSync(trap)).toBe(false)
    expect(diff(join(dir, 'crate'), '--baseline-rev', 'nope').stderr).toContain('There is no revision nope')
  })

  test('reports: from a file and from stdin, with a note where they are too coarse', () => {
    const fine = join(scratch, 'v1.json')
    expect(caps(['analyze', v1, '--granularity', 'site', '--format', 'json', '-o', fine]).code).toBe(0)
    const fromReport = diffOf(fine, v2)
    expect(fromReport.packages.map(({ name, changes }) => `${name} ${changes.length}`)).toEqual(
      diffOf(v1, v2).packages.map(({ name, changes }) => `${name} ${changes.length}`),
    )
    const coarse = caps(['analyze', v1, '--format', 'json']).stdout
    const run = caps(['diff', '-', v2, '--offline'], coarse)
    expect(run.stdout).toContain('note: old side: the report was made with --granularity crate')
    expect(caps(['diff', '-', v2], '{}')).toMatchObject({ code: 2, stdout: '' })
  })

  test('the same input gives the same bytes', () => {
    expect(diff(v1, v2, '--format', 'json').stdout).toBe(diff(v1, v2, '--format', 'json').stdout)
  })
})
