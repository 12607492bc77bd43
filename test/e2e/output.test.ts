/**
 * Output is whole or it is an error: disks that fill up, a limit on the size of files, /dev/full, readers that go away, places
 * that are no files, and runs that are ended at random moments. Linux: /dev/full, and where it may be mounted a small tmpfs.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process'
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals'
import { program, repository } from './run-caps.js'

const CRATE = join(repository, 'samples/malicious-pair/v2')
const OLD_CRATE = join(repository, 'samples/malicious-pair/v1')
const OLD = 'the old report\n'.repeat(1000)

let root = ''
let directory = ''
/** What REPORT prints when nothing is in its way. */
let report = ''
/** A comparison of two reports: output of some length in little time, and with `--fail-on` a gate that says no. */
let REPORT: readonly string[] = []

beforeAll(() => {
  root = realpathSync(mkdtempSync(join(tmpdir(), 'caps-output-')))
  const sides = [OLD_CRATE, CRATE].map((crate) => {
    const file = join(root, `${basename(crate)}.json`)
    expect(capsIn('CAPS', ['analyze', crate, '--offline', '--format', 'json', '-o', file])).toMatchObject({ code: 0 })
    return file
  })
  REPORT = ['diff', ...sides, '--format', 'json']
  report = shell('"$@"', [process.execPath, program, ...REPORT]).stdout
  expect(JSON.parse(report)).toHaveProperty('schemaVersion')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))
beforeEach(() => {
  directory = mkdtempSync(join(root, 'case-'))
  writeFileSync(join(directory, 'report.json'), OLD)
})

/** Runs a script of bash, in the directory of the test. */
function shell(script: string, args: readonly string[] = []) {
  const done = spawnSync('bash', ['-c', script, 'bash', ...args], { cwd: directory || root, encoding: 'utf8' })
  return { code: done.status, stdout: done.stdout, stderr: done.stderr }
}

/** `caps` in a script of bash, whose words are the arguments. */
const capsIn = (script: string, args: readonly string[]) =>
  shell(script.replaceAll('CAPS', '"$@"'), [process.execPath, program, ...args])

const error = (code: string, place: string) => ({
  code: 2,
  stderr: expect.stringMatching(
    new RegExp(`^error: The output cannot be written to ${place}\\n +why: ${code}[^\\n]*\\n +fix: [^\\n]+\\n$`),
  ),
})
const content = () => readFileSync(join(directory, 'report.json'), 'utf8')
/** Nothing was written: the old file, and no other. */
function expectOld(): void {
  expect(content()).toBe(OLD)
  expect(readdirSync(directory)).toEqual(['report.json'])
}

describe('a place without room', () => {
  test('a limit on the size of files: the old file stays, exit code 2', () => {
    // 4 blocks of 1024 bytes: a part of the report has room.
    expect(capsIn('ulimit -f 4; CAPS -o report.json', REPORT)).toMatchObject(error('EFBIG', 'report.json'))
    expectOld()
    expect(capsIn('ulimit -f 4; CAPS > new.json', REPORT)).toMatchObject(error('EFBIG', 'stdout'))
  })

  const mounted = mountable()
  const onDisk = mounted ? test : test.skip
  onDisk('a disk that fills up while it is written to', () => {
    shell('mount -t tmpfs -o size=64k tmpfs .')
    try {
      writeFileSync(join(directory, 'report.json'), OLD)
      writeFileSync(join(directory, 'other'), Buffer.alloc(36 << 10))
      expect(capsIn('CAPS -o report.json', REPORT)).toMatchObject(error('ENOSPC', 'report.json'))
      expect(content()).toBe(OLD)
      expect(readdirSync(directory).sort()).toEqual(['other', 'report.json'])
      expect(capsIn('CAPS > new.json', REPORT)).toMatchObject(error('ENOSPC', 'stdout'))
      // A gate that says no, and a yes, are errors when they cannot be told.
      rmSync(join(directory, 'new.json'))
      writeFileSync(join(directory, 'rest'), Buffer.alloc(12 << 10))
      for (const level of ['new', 'never']) {
        expect(capsIn('CAPS -o report.json', [...REPORT, '--fail-on', level])).toMatchObject({ code: 2 })
        expect(content()).toBe(OLD)
      }
    } finally {
      spawnSync('umount', [directory])
    }
  })

  test('policies: `init --force` and `allow` keep the old one', () => {
    cpSync(CRATE, directory, { recursive: true })
    expect(capsIn('CAPS', ['init', '--offline'])).toMatchObject({ code: 0 })
    const policy = join(directory, 'caps.toml')
    const old = `${readFileSync(policy, 'utf8')}\n# ${'x'.repeat(4000)}\n`
    writeFileSync(policy, old)
    const before = readdirSync(directory)
    for (const args of [
      ['init', '--offline', '--force'],
      ['allow', 'other', 'fs', '--force', '--reason', 'a test'],
    ]) {
      expect(capsIn('ulimit -f 0; CAPS', args)).toMatchObject(error('EFBIG', '[^\\n]*caps\\.toml'))
      expect(readFileSync(policy, 'utf8')).toBe(old)
      expect(readdirSync(directory)).toEqual(before)
    }
  })
})

describe('stdout and stderr', () => {
  const commands: readonly (readonly string[])[] = [
    ['analyze', CRATE, '--offline'],
    ['graph', CRATE, '--offline'],
    ['stats', CRATE, '--offline'],
    ['check', CRATE, '--offline', '--baseline', '../v1.json'],
    ['diff', '../v1.json', '../v2.json', '--fail-on', 'new'],
    ['lookup', 'std::fs::read'],
    ['schema'],
    ['completion'],
    ['help', 'man'],
    ['help', 'check'],
    ['check', '--help'],
    ['--help'],
    ['-h'],
    ['--version'],
  ]
  test.each(commands.map((words) => [words.join(' '), words] as const))('/dev/full is an error: %s', (_, args) => {
    expect(capsIn('CAPS > /dev/full', args)).toMatchObject(error('ENOSPC', 'stdout'))
  })

  test('a stderr that cannot be written to, or is closed, changes no exit code', () => {
    const gate = [...REPORT, '--verbose', '--fail-on', 'new']
    for (const stderr of ['2> /dev/full', '2>&-', '2> >(true)']) {
      expect(capsIn(`CAPS ${stderr}`, gate)).toMatchObject({ code: 1 })
      expect(capsIn(`CAPS ${stderr}`, [...REPORT, '--verbose'])).toMatchObject({ code: 0, stdout: report })
      expect(capsIn(`CAPS ${stderr}`, ['analyze', '/nowhere', '--offline'])).toMatchObject({ code: 2 })
      expect(capsIn(`CAPS ${stderr}`, ['nothing'])).toMatchObject({ code: 2 })
      expect(capsIn(`CAPS > /dev/full ${stderr}`, gate)).toMatchObject({ code: 2 })
    }
  })

  test('a reader that goes away is no error, and a gate keeps its exit code', () => {
    const script = (command: string) => `${command}; echo "\${PIPESTATUS[0]}" >&2`
    expect(capsIn(script('CAPS | head -c 1'), REPORT).stderr).toBe('0\n')
    expect(capsIn(script('CAPS | true'), REPORT).stderr).toBe('0\n')
    for (const format of ['text', 'json']) {
      const gate = [...REPORT.slice(0, -1), format, '--fail-on', 'new']
      expect(capsIn(script('CAPS | head -c 1'), gate).stderr).toBe('1\n')
      expect(capsIn(script('CAPS | true'), gate).stderr).toBe('1\n')
    }
  })

  test('what is told never stands in the output', () => {
    const done = capsIn('CAPS', ['analyze', CRATE, '--offline', '--format', 'json', '--verbose'])
    expect(done.stdout).toBe(readFileSync(join(root, 'v2.json'), 'utf8'))
    expect(done.stderr).toMatch(/^caps: /)
  })
})

describe('places', () => {
  test('permissions stay; a new file has those of every new file', () => {
    chmodSync(join(directory, 'report.json'), 0o640)
    expect(capsIn('umask 077; CAPS -o report.json', REPORT)).toMatchObject({ code: 0, stdout: '', stderr: '' })
    expect(capsIn('umask 027; CAPS -o new.json', REPORT)).toMatchObject({ code: 0 })
    for (const name of ['report.json', 'new.json']) {
      expect(statSync(join(directory, name)).mode & 0o777).toBe(0o640)
      expect(readFileSync(join(directory, name), 'utf8')).toBe(report)
    }
  })

  test('links are followed, also to what is not there yet', () => {
    mkdirSync(join(directory, 'sub'))
    for (const target of ['../report.json', '../new.json']) {
      const link = join(directory, 'sub/link')
      rmSync(link, { force: true })
      symlinkSync(target, link)
      expect(capsIn('CAPS -o sub/link', REPORT)).toMatchObject({ code: 0 })
      expect(readFileSync(link, 'utf8')).toBe(report)
      expect(readFileSync(join(directory, 'sub', target), 'utf8')).toBe(report)
    }
    expect(readdirSync(join(directory, 'sub'))).toEqual(['link'])
    symlinkSync('loop', join(directory, 'loop'))
    expect(capsIn('CAPS -o loop', REPORT)).toMatchObject({ code: 2 })
  })

  test('stdout by its names, descriptors, devices and FIFOs are written into', () => {
    for (const name of ['/dev/stdout', '/dev/fd/1', '/proc/self/fd/1']) {
      expect(capsIn(`CAPS -o ${name} | cat`, REPORT)).toMatchObject({ code: 0, stdout: report })
      expect(capsIn(`echo first > out; CAPS -o ${name} >> out; cat out`, REPORT).stdout).toBe(`first\n${report}`)
      expect(capsIn(`CAPS -o ${name} > /dev/full`, REPORT)).toMatchObject({ code: 2 })
    }
    expect(capsIn('CAPS -o /dev/fd/3 3> out; cat out', REPORT).stdout).toBe(report)
    expect(capsIn('exec 4> >(cat); CAPS -o /dev/fd/4', REPORT)).toMatchObject({ code: 0, stdout: report })
    expect(capsIn('mkfifo pipe; cat pipe & CAPS -o pipe; code=$?; wait; exit $code', REPORT)).toMatchObject({
      code: 0,
      stdout: report,
    })
    expect(statSync(join(directory, 'pipe')).isFIFO()).toBe(true)
    expect(capsIn('CAPS -o /dev/null', REPORT)).toMatchObject({ code: 0 })
    expect(capsIn('CAPS -o /dev/full', REPORT)).toMatchObject(error('ENOSPC', '/dev/full'))
    expect(statSync('/dev/null').isCharacterDevice()).toBe(true)
  })

  test.each([
    '.',
    '..',
    '/',
    'sub',
    'sub/',
    'nowhere/x',
    'nowhere/',
    'report.json/',
    'report.json/x',
    '',
    `/proc/caps`,
  ])('no file: "%s"', (place) => {
    mkdirSync(join(directory, 'sub'))
    const done = capsIn('CAPS', [...REPORT, '-o', place])
    expect(done).toMatchObject({ code: 2, stdout: '' })
    expect(done.stderr).toMatch(/^error: [^\n]+\n +why: [^\n]+\n +fix: [^\n]+\n$/)
    expect(content()).toBe(OLD)
    expect(readdirSync(directory).sort()).toEqual(['report.json', 'sub'])
  })

  test('a link of a crate is no leave to write a policy elsewhere', () => {
    cpSync(CRATE, join(directory, 'crate'), { recursive: true })
    symlinkSync('../stolen.toml', join(directory, 'crate/caps.toml'))
    expect(capsIn('cd crate; CAPS', ['init', '--offline'])).toMatchObject({ code: 2 })
    writeFileSync(join(directory, 'stolen.toml'), 'schema = 1\n')
    expect(capsIn('cd crate; CAPS', ['init', '--offline', '--force'])).toMatchObject({ code: 2 })
    expect(readFileSync(join(directory, 'stolen.toml'), 'utf8')).toBe('schema = 1\n')
    const named = ['init', '--offline', '--force', '--policy', 'caps.toml']
    expect(capsIn('cd crate; CAPS', named)).toMatchObject({ code: 0 })
    expect(readFileSync(join(directory, 'stolen.toml'), 'utf8')).toContain('[[allow]]')
  })
})

describe('a run that is ended', () => {
  const start = (): ChildProcess =>
    spawn(process.execPath, [program, ...REPORT, '-o', 'report.json'], { cwd: directory, stdio: 'ignore' })

  /** Ends a run after so many milliseconds; the old or the new text is there, and with a signal that can be caught nothing else. */
  async function endAfter(milliseconds: number, signal: NodeJS.Signals): Promise<void> {
    writeFileSync(join(directory, 'report.json'), OLD)
    const child = start()
    await atMoment(child, () => new Promise((done) => setTimeout(done, milliseconds)), signal)
  }

  /** As soon as something stands beside the file. */
  async function endWhileWriting(signal: NodeJS.Signals): Promise<void> {
    writeFileSync(join(directory, 'report.json'), OLD)
    const child = start()
    const there = async (): Promise<void> => {
      while (child.exitCode === null && readdirSync(directory).length === 1)
        await new Promise((done) => setImmediate(done))
    }
    await atMoment(child, there, signal)
  }

  async function atMoment(child: ChildProcess, moment: () => Promise<void>, signal: NodeJS.Signals): Promise<void> {
    const ended = new Promise<[number | null, NodeJS.Signals | null]>((done) =>
      child.on('exit', (code, by) => done([code, by])),
    )
    await moment()
    child.kill(signal)
    const [code, by] = await ended
    expect(code === null ? by : code).toBe(code === null ? signal : 0)
    const text = content()
    expect(text === OLD && code !== 0 ? report : text).toBe(report)
    if (signal !== 'SIGKILL') expect(readdirSync(directory)).toEqual(['report.json'])
  }

  test('at random moments', async () => {
    const began = performance.now()
    expect(capsIn('CAPS -o report.json', REPORT)).toMatchObject({ code: 0 })
    const whole = performance.now() - began
    for (let i = 0; i < 24; i++) {
      const signal = (['SIGTERM', 'SIGINT', 'SIGHUP', 'SIGKILL'] as const)[i % 4] ?? 'SIGTERM'
      await endAfter(Math.random() * whole * 1.1, signal)
      if (signal === 'SIGKILL') shell('rm -f .caps-*.tmp')
    }
  })

  test('while the file is written', async () => {
    for (const signal of ['SIGTERM', 'SIGINT', 'SIGHUP'] as const) {
      for (let i = 0; i < 3; i++) await endWhileWriting(signal)
    }
  })
})

/** Whether this user may mount a tmpfs. */
function mountable(): boolean {
  const place = mkdtempSync(join(tmpdir(), 'caps-mount-'))
  const mounted = spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=64k', 'tmpfs', place]).status === 0
  if (mounted) spawnSync('umount', [place])
  if (existsSync(place)) rmSync(place, { recursive: true })
  return mounted
}
