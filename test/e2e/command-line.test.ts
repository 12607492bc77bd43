/** The built program's manners: exit codes, messages, pipes and files. */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { caps, program, repository } from './run-caps.js'

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-e2e-'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('errors have three parts, exit code 2, and nothing on stdout', () => {
  test.each([
    ['no command', []],
    ['an unknown command', ['analyse', '.']],
    ['an unknown option', ['analyze', '.', '--colour']],
    ['an option given twice', ['analyze', '.', '--format', 'json', '--format', 'text']],
    ['options that exclude each other', ['analyze', '.', '--all-features', '--no-default-features']],
    ['an unknown capability', ['analyze', 'samples/program', '--capabilities', 'filesystem']],
    ['a directory without a crate', ['analyze', './docs']],
    ['something that is no crate', ['analyze', 'what is this']],
    ['a missing archive', ['analyze', 'missing.crate']],
    ['a map that is missing', ['lookup', 'a::b', '--capability-map', 'missing.toml']],
    ['an output that cannot be written', ['analyze', 'samples/program', '--offline', '-o', '/missing/x']],
    ['a start that does not exist', ['analyze', 'samples/program', '--offline', '--entry', 'notes::nowhere']],
  ])('%s', (_, args) => {
    const run = caps(args)
    expect(run.code).toBe(2)
    expect(run.stdout).toBe('')
    expect(run.stderr).toMatch(/^error: .+\n {2}why: .+\n(?: {7}.+\n)* {2}fix: .+\n(?: {7}.+\n)*$/)
  })

  test('a hostile argument does not steer the terminal', () => {
    expect(caps(['analyze', '\x1b[2Jx']).stderr).not.toContain('\x1b')
  })
})

describe('lookup', () => {
  test('reads arguments, or a line each from stdin', () => {
    const expected = '{"path":"std::fs::read","capabilities":["fs/read"]}\n{"path":"a::b","capabilities":[]}\n'
    expect(caps(['lookup', 'std::fs::read', 'a::b'])).toEqual({
      code: 0,
      stdout: expected,
      stderr: expect.stringContaining('No map names a::b: '),
    })
    expect(caps(['lookup', 'std::fs::read'])).toMatchObject({ code: 0, stderr: '' })
    expect(caps(['lookup'], 'std::fs::read\r\n\na::b').stdout).toBe(expected)
  })
})

describe('output', () => {
  test('a file appears whole, through a link, and nothing is left beside it', () => {
    writeFileSync(join(directory, 'real.json'), 'old')
    symlinkSync(join(directory, 'real.json'), join(directory, 'link.json'))
    const run = caps([
      'analyze',
      'samples/program',
      '--offline',
      '--format',
      'json',
      '-o',
      join(directory, 'link.json'),
    ])
    expect(run).toEqual({ code: 0, stdout: '', stderr: '' })
    expect(JSON.parse(readFileSync(join(directory, 'real.json'), 'utf8'))).toMatchObject({ root: 'notes@1.2.0' })
    expect(readdirSync(directory).sort()).toEqual(['link.json', 'real.json'])
  })

  test('a device is written to, not replaced', () => {
    expect(caps(['schema']).code).toBe(0)
    expect(caps(['graph', 'samples/program', '--offline', '-o', '/dev/null']).code).toBe(0)
    expect(readFileSync('/dev/null', 'utf8')).toBe('')
  })

  test('a reader that goes away is no error', () => {
    const command = `"${process.execPath}" "${program}" graph samples/workspace --offline | head -n 1; exit "\${PIPESTATUS[0]}"`
    const done = spawnSync('bash', ['-c', command], { cwd: repository, encoding: 'utf8' })
    expect(done).toMatchObject({ status: 0, stderr: '' })
    expect(JSON.parse(done.stdout)).toMatchObject({ type: 'function' })
  })

  test('colours only when asked, no progress without a terminal, no time in the text', () => {
    const plain = caps(['analyze', 'samples/program', '--offline'])
    expect(plain.stderr).toBe('')
    expect(plain.stdout).not.toContain('\x1b')
    expect(plain.stdout).not.toMatch(/\d s\b/)
    expect(caps(['analyze', 'samples/program', '--offline', '--color', 'always']).stdout).toContain('\x1b[')
  })

  test('capabilities can be picked and left out', () => {
    const names = (...options: string[]): Set<string> => {
      const run = caps(['analyze', 'samples/program', '--offline', '--format', 'json', ...options])
      const result = JSON.parse(run.stdout) as { packages: { capabilities: { capability: string }[] }[] }
      return new Set(result.packages.flatMap((owner) => owner.capabilities.map((found) => found.capability)))
    }
    expect(names('--capabilities', 'exec,env')).toEqual(new Set(['exec', 'env/read', 'env/args']))
    expect(names('--capabilities', '-fs')).not.toContain('fs/write')
    expect(names('--capabilities', '-fs')).toContain('exec')
  })
})

describe('graph', () => {
  test('jsonl: references lead from and to functions of the graph', () => {
    const run = caps(['graph', 'samples/workspace', '--offline', '--target', 'x86_64-unknown-linux-gnu'])
    const records = run.stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line) as Record<string, unknown>)
    const ids = new Set(records.filter((record) => record['type'] === 'function').map((record) => record['id']))
    const references = records.filter((record) => record['type'] === 'reference')
    expect(references.length).toBeGreaterThan(0)
    for (const reference of references) {
      expect(ids.has(reference['from'])).toBe(true)
      if ('to' in reference) expect(ids.has(reference['to'])).toBe(true)
    }
    expect(references).toContainEqual(
      expect.objectContaining({
        callee: 'std::net::TcpStream::connect',
        capabilities: ['network/connect', 'network/resolve'],
      }),
    )
  })
})

test('why prints the way to each place, from who can set it off', () => {
  const run = caps(['why', 'samples/program', 'exec', '--offline'])
  const way = [
    'notes 1\\.2\\.0 {3}exec at 1 site, certain\n\na user of the program\n',
    ' +notes::main +notes 1\\.2\\.0 {2}src/main\\.rs:\\d+:\\d+\n',
    ' +→ … notes::edit +src/main\\.rs:\\d+:\\d+\n',
    ' +→ std::process::Command::status +src/main\\.rs:\\d+:\\d+ {2}vi \\*, \\$EDITOR \\*\n$',
  ]
  expect(run.stdout).toMatch(new RegExp(`^${way.join('')}`))
  expect(caps(['why', 'samples/program', 'exec', '--offline', '--all']).stdout).toContain('→ notes::run')
})

test('a mistake in what why is narrowed to is an error with what was probably meant', () => {
  const why = (...options: string[]) => caps(['why', 'samples/program', 'exec', '--offline', ...options])
  expect(why('--entry', 'notes::edt')).toMatchObject({ code: 2, stderr: expect.stringContaining('notes::edit') })
  expect(why('--through', 'note')).toMatchObject({ code: 2, stderr: expect.stringContaining('Did you mean notes?') })
  expect(why('--site', 'src/main.rs:1')).toMatchObject({ code: 2, stderr: expect.stringContaining('src/main.rs:34') })
  expect(why('--limit', '0')).toMatchObject({ code: 2, stderr: expect.stringContaining('--limit') })
  expect(why('--all', '--limit', '3').code).toBe(2)
})

test('stats count references', () => {
  expect(caps(['stats', 'samples/program', '--offline']).stdout).toMatch(
    /^notes 1\.2\.0 {3}[\d.]+ % of \d+ references resolved\n/,
  )
})

test('the version is that of the package', () => {
  const { version } = JSON.parse(readFileSync(`${repository}package.json`, 'utf8')) as { version: string }
  expect(caps(['--version']).stdout).toBe(`${version}\n`)
})
