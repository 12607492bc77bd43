/** The gate as its users meet it: adopted, an update held against it, allowed by the commands that it prints, in a git hook. */
import { spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { type CapabilityProblem, type CheckResult, checkResultSchema } from '../../src/report/check-result.js'
import { caps, program, type Run, repository } from './run-caps.js'

let root = ''
/** Of the running test. */
let directory = ''
let tests = 0
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-check-'))
  mkdirSync(join(root, 'bin'))
  writeFileSync(join(root, 'bin/caps'), `#!/bin/sh\nexec '${process.execPath}' '${program}' "$@"\n`)
  chmodSync(join(root, 'bin/caps'), 0o755)
})
afterAll(() => rmSync(root, { recursive: true, force: true }))
beforeEach(() => {
  directory = join(root, `test ${tests++}`)
  mkdirSync(directory)
})

/** The sample in the test's directory, with the files that are there already. */
const put = (sample: string): void => cpSync(join(repository, 'samples', sample), directory, { recursive: true })
const run = (...args: string[]): Run => caps(args, '', directory)
const check = (...args: string[]): Run => run('check', '--offline', ...args)
const inFile = (name: string): string => readFileSync(join(directory, name), 'utf8')

/** A line in a shell in which `caps` is found. */
function shell(line: string): Run {
  const env = { ...process.env, PATH: `${join(root, 'bin')}:${process.env['PATH']}`, GIT_CONFIG_GLOBAL: '/dev/null' }
  const done = spawnSync('sh', ['-c', line], { cwd: directory, encoding: 'utf8', env })
  return { code: done.status, stdout: done.stdout, stderr: done.stderr }
}

function resultOf(done: Run): CheckResult {
  return checkResultSchema.parse(JSON.parse(done.stdout)) as CheckResult
}
const told = (result: CheckResult): string[] =>
  result.problems
    .filter((problem): problem is CapabilityProblem => problem.kind === 'capability')
    .map(({ name, stage, capability, verdict }) => `${name}: ${stage} ${capability} ${verdict}`)

describe('a malicious update', () => {
  beforeEach(() => {
    put('malicious-pair/v1')
    expect(run('init', '--offline')).toEqual({
      code: 0,
      stdout: '',
      stderr: 'wrote caps.toml: 2 rules, 2 TODOs where a reason belongs\n',
    })
  })

  test('adopting the gate costs nothing', () => {
    expect(check('--fail-on', 'any')).toMatchObject({ code: 0, stderr: '' })
    expect(check().stdout).toMatch(
      /^linelog 1\.4\.0 {3}1 package, held against caps\.toml\n\nclean: 2 of 2 findings allowed/,
    )
  })

  test('is stopped, with what it gained', () => {
    put('malicious-pair/v2')
    const done = check('--format', 'json')
    expect(done).toMatchObject({ code: 1, stderr: '' })
    expect(told(resultOf(done))).toEqual([
      'linelog-format: build exec not-allowed',
      'linelog: run network/connect not-allowed',
      'linelog: run network/resolve not-allowed',
      'linelog: run fs/read not-allowed',
      'linelog: run env/read not-allowed',
      'linelog-format: build env/read not-allowed',
      'linelog: run thread not-allowed',
      'linelog-format: run time not-allowed',
    ])
    expect(check().stdout).toContain('9 violations, 1 warning: 1 of 9 findings allowed by caps.toml')
  })

  test('is allowed by the commands that are printed, typed as they stand', () => {
    put('malicious-pair/v2')
    const commands = check()
      .stdout.split('\n')
      .map((line) => line.trim())
      .filter((line) => line.startsWith('caps allow '))
    expect(commands).toHaveLength(9)
    for (const command of commands)
      expect(shell(command)).toMatchObject({
        code: 0,
        stdout: '',
        stderr: expect.stringMatching(/^caps.toml:\d+: /),
      })
    expect(check()).toMatchObject({ code: 0 })
    expect(inFile('caps.toml')).toContain('"fs/write", # std::fs::OpenOptions::open, src/lib.rs')
  })

  test('is held against from elsewhere: the command names the file', () => {
    put('malicious-pair/v2')
    const name = basename(directory)
    const above = shell(`cd .. && caps check '${name}' --offline --format json`)
    expect(above.code).toBe(1)
    const [first] = resultOf(above).problems
    expect(first?.allow?.command).toContain(`--policy '${name}/caps.toml'`)
    expect(first?.message).not.toContain(name)
    expect(shell(`cd .. && ${first?.allow?.command}`)).toMatchObject({ code: 0 })
    expect(inFile('caps.toml')).toContain('linelog-format')
  })

  test('against a report of before: the same, and no file is needed', () => {
    rmSync(join(directory, 'caps.toml'))
    expect(run('analyze', '.', '--offline', '--format', 'json', '-o', 'before.json').code).toBe(0)
    expect(check('--baseline', 'before.json')).toMatchObject({ code: 0 })
    put('malicious-pair/v2')
    const done = check('--baseline', 'before.json', '--format', 'json')
    expect(done.code).toBe(1)
    expect(told(resultOf(done))).toHaveLength(8)
    expect(resultOf(done).problems[0]).not.toHaveProperty('allow')
  })
})

test('a policy is not written over, unless with --force', () => {
  put('program')
  writeFileSync(join(directory, 'caps.toml'), 'version = 1\n# mine\n')
  expect(run('init', '--offline')).toMatchObject({ code: 2, stdout: '' })
  expect(inFile('caps.toml')).toContain('# mine')
  expect(run('init', '--offline', '--force').code).toBe(0)
  expect(check().code).toBe(0)
})

test('a change goes through a link and leaves nothing beside it', () => {
  put('program')
  writeFileSync(join(directory, 'real.toml'), 'version = 1 # ours\n')
  symlinkSync('real.toml', join(directory, 'caps.toml'))
  const before = readdirSync(directory).sort()
  expect(run('allow', 'notes', 'exec,fs', '--reason', "an editor, and notes; it's its purpose").code).toBe(0)
  expect(readdirSync(directory).sort()).toEqual(before)
  expect(inFile('real.toml')).toMatch(
    /^version = 1 # ours\n\n\[\[allow\]\]\npackage = "notes"\ncapabilities = \["exec", "fs"\]\n/,
  )
  expect(told(resultOf(check('--format', 'json'))).some((line) => / (exec|fs)/.test(line))).toBe(false)
})

test('--strict counts what was not analyzed, until it is accepted', () => {
  put('proc-macro')
  expect(run('init', '--offline').code).toBe(0)
  expect(check().code).toBe(0)
  const strict = check('--strict')
  expect(strict.code).toBe(1)
  const commands = strict.stdout
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('caps allow '))
  expect(commands.length).toBeGreaterThan(0)
  for (const command of commands) expect(shell(command)).toMatchObject({ code: 0 })
  expect(check('--strict')).toMatchObject({ code: 0 })
})

test('rules for targets follow the conditions of the code', () => {
  put('platform-specific')
  expect(run('init', '--offline').code).toBe(0)
  expect(inFile('caps.toml')).toContain('target = "cfg(windows)"')
  expect(check('--fail-on', 'any').code).toBe(0)
  expect(check('--fail-on', 'any', '--target', 'x86_64-pc-windows-msvc').code).toBe(0)
  writeFileSync(join(directory, 'caps.toml'), inFile('caps.toml').replace('cfg(any(unix, windows))', 'cfg(unix)'))
  expect(told(resultOf(check('--format', 'json')))).toEqual(['platform-specific: run exec not-allowed'])
  expect(check('--target', 'aarch64-apple-darwin').code).toBe(0)
})

describe('errors have three parts and exit code 2', () => {
  const three = /^error: .+\n {2}why: .+\n {2}fix: .+\n$/
  test('no policy; a typing mistake, with its line; a crate that would vouch for itself', () => {
    put('program')
    for (const done of [
      check(),
      check('--policy', 'missing.toml'),
      check('--baseline', 'missing.json'),
      run('allow', 'notes', 'exec', '--reason', 'x'),
      caps(['check', 'walkdir@2.5.0', '--offline']),
    ]) {
      expect(done).toMatchObject({ code: 2, stdout: '' })
      expect(done.stderr).toMatch(three)
    }
    writeFileSync(
      join(directory, 'caps.toml'),
      'version = 1\n\n[[allow]]\npackage = "notes"\ncapabilities = ["excc"]\nreason = "x"\n',
    )
    const typo = check()
    expect(typo).toMatchObject({ code: 2, stdout: '' })
    expect(typo.stderr).toMatch(three)
    expect(typo.stderr).toMatch(/caps\.toml:5: there is no capability "excc"\n {2}fix: Did you mean "exec"\?/)
  })

  test('an allowance that cannot be', () => {
    put('program')
    writeFileSync(join(directory, 'caps.toml'), 'version = 1\n')
    for (const words of [
      ['notes', 'excc', '--reason', 'x'],
      ['notes', 'exec'],
      ['notes', 'exec', '--reason', ''],
      ['no tes', 'exec', '--reason', 'x'],
      ['notes', 'exec', '--target', 'nowhere', '--reason', 'x'],
      ['notes', 'exec', '--sites', 'many', '--reason', 'x'],
      ['notes', 'exec', '--losses', '3', '--reason', 'x'],
    ]) {
      const done = run('allow', ...words)
      expect({ words, ...done }).toMatchObject({ code: 2, stdout: '' })
      expect(done.stderr).toMatch(three)
      expect(inFile('caps.toml')).toBe('version = 1\n')
    }
  })
})

describe('--staged and --rev: what is committed, not what lies on disk', () => {
  const git = (line: string): Run => {
    const done = shell(`git -c user.name=a -c user.email=a@example.invalid ${line}`)
    if (done.code !== 0) throw new Error(done.stderr)
    return done
  }
  const append = (file: string, text: string): void =>
    writeFileSync(join(directory, file), `${readFileSync(join(directory, file), 'utf8')}${text}`)
  const EVIL = '\npub fn report() {\n    std::thread::spawn(|| ());\n}\n'
  const told = (...args: string[]): readonly string[] =>
    resultOf(check('--format', 'json', ...args)).problems.flatMap((one) =>
      one.kind === 'capability' ? [one.capability] : [],
    )
  beforeEach(() => {
    put('program')
    git('init -q -b main .')
    expect(run('init', '--offline').code).toBe(0)
    git('add -A')
    git('commit -qm first')
  })

  test('code that is staged and gone from disk, and code that is only on disk', () => {
    const before = inFile('src/main.rs')
    append('src/main.rs', EVIL)
    expect([told(), told('--staged'), told('--rev', 'HEAD')]).toEqual([['thread'], [], []])
    git('add -A')
    writeFileSync(join(directory, 'src/main.rs'), before)
    expect([told(), told('--staged'), told('--rev', 'HEAD')]).toEqual([[], ['thread'], []])
    git('commit -qm evil')
    expect([told(), told('--rev', 'HEAD'), told('--rev', 'HEAD~1')]).toEqual([[], ['thread'], []])
  })

  test('the policy is of the same state, unless one is named', () => {
    append('src/main.rs', EVIL)
    git('add -A')
    expect(shell("caps allow notes thread --reason 'only on disk'").code).toBe(0)
    expect([told(), told('--staged')]).toEqual([[], ['thread']])
    expect(told('--staged', '--policy', 'caps.toml')).toEqual([])
    git('add caps.toml')
    expect(told('--staged')).toEqual([])
    git('rm -q --cached caps.toml')
    const none = check('--staged')
    expect(none.code).toBe(2)
    expect(none.stderr).toContain('There is no policy caps.toml in what is staged')
    expect(none.stderr).toContain('not tracked by git')
  })

  test('a hook judges the commit that is made: of all, of one file, and of a part', () => {
    const hook = join(directory, '.git/hooks/pre-commit')
    writeFileSync(hook, '#!/bin/sh\nexec caps check --staged --offline --quiet\n')
    chmodSync(hook, 0o755)
    const commit = (args: string): number | null =>
      shell(`git -c user.name=a -c user.email=a@example.invalid commit -q -m m ${args}`).code
    append('src/main.rs', EVIL)
    writeFileSync(join(directory, 'README.md'), 'more')
    git('add README.md')
    expect(commit('-a')).toBe(1)
    expect(commit('src/main.rs')).toBe(1)
    // Of the README alone: the code on disk is none of it.
    expect(commit('README.md')).toBe(0)
    git('worktree add -q linked')
    writeFileSync(join(directory, 'linked/src/main.rs'), `${inFile('src/main.rs')}${EVIL}`)
    expect(shell('cd linked && git -c user.name=a -c user.email=a@example.invalid commit -qam m').code).toBe(1)
  })

  test('a member on disk that git does not track is told, and is no part of it', () => {
    const member = (name: string): void => {
      mkdirSync(join(directory, `crates/${name}/src`), { recursive: true })
      writeFileSync(join(directory, `crates/${name}/Cargo.toml`), `[package]\nname = "${name}"\nversion = "0.1.0"\n`)
      writeFileSync(join(directory, `crates/${name}/src/lib.rs`), EVIL)
    }
    append('Cargo.toml', '\n[workspace]\nmembers = ["crates/*"]\n')
    git('add -A')
    member('one')
    // A clean checkout has nothing that the pattern finds, which cargo refuses.
    const refused = run('analyze', '.', '--offline', '--staged')
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining('the member crates/*, which finds no') })
    member('two')
    git('add crates/two')
    const done = run('analyze', '.', '--offline', '--staged', '--format', 'json')
    expect(done).toMatchObject({ code: 0 })
    expect(done.stdout).toContain('crates/one/Cargo.toml is on disk, not tracked by git, and no part of what is staged')
  })

  test('every command that reads a crate reads it so; both at once are a mistake', () => {
    append('src/main.rs', EVIL)
    git('add -A')
    for (const options of [['--staged'], ['--rev', 'HEAD']]) {
      for (const words of [
        ['analyze', '.'],
        ['why', '.', 'fs'],
        ['graph', '.'],
        ['stats', '.'],
      ]) {
        expect([words, run(...words, '--offline', ...options).code]).toEqual([words, 0])
      }
    }
    expect(run('why', '.', 'thread', '--offline', '--staged').stdout).toContain('thread::spawn')
    const both = check('--staged', '--rev', 'HEAD')
    expect(both.code).toBe(2)
    expect(both.stderr).toContain('--staged and --rev exclude each other')
    const gained = run('diff', '--baseline-rev', 'HEAD', '--staged', '--offline', '--fail-on', 'new')
    expect(gained.code).toBe(1)
    expect(run('diff', '--baseline-rev', 'HEAD', '--rev', 'HEAD', '--offline', '--fail-on', 'any').code).toBe(0)
  })
})

test('as a git hook: a commit that brings a new power is stopped until somebody says why', () => {
  put('program')
  const commit = (message: string): Run =>
    shell(`git add -A && git -c user.name=a -c user.email=a@example.invalid commit -qm '${message}'`)
  expect(shell('git init -q . && caps init --offline').code).toBe(0)
  const hook = join(directory, '.git/hooks/pre-commit')
  writeFileSync(hook, '#!/bin/sh\nexec caps check --staged --offline --quiet\n')
  chmodSync(hook, 0o755)
  expect(commit('adopt')).toMatchObject({ code: 0 })
  const main = join(directory, 'src/main.rs')
  writeFileSync(
    main,
    `${readFileSync(main, 'utf8')}\npub fn report(text: &str) {\n    let _ = std::net::UdpSocket::bind(text);\n}\n`,
  )
  const stopped = commit('report')
  expect(stopped.code).toBe(1)
  // git hands on what a hook prints on its own stderr.
  expect(stopped.stderr).toContain('caps allow notes network/listen')
  const commands = stopped.stderr
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('caps allow '))
  for (const command of commands)
    expect(shell(command.replace('TODO: why it may', 'reports errors'))).toMatchObject({ code: 0 })
  expect(commit('report')).toMatchObject({ code: 0 })
  expect(inFile('caps.toml')).toContain('reason = "reports errors"')
})
