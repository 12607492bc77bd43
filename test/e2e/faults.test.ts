/**
 * Faults of the machine: no home, no temporary directory, too few file handles, odd locales, an end by a signal. The right result or
 * one clear error, exit code 2; never a gate's 1, and nothing left in the directory that caps was started in.
 */
import { spawn, spawnSync } from 'node:child_process'
import { cpSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { program, repository } from './run-caps.js'

let root = ''
let directory = ''
let expected = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-faults-'))
  directory = join(root, 'crate')
  cpSync(join(repository, 'samples/program'), directory, { recursive: true })
  expected = run({ HOME: root }).stdout
  expect(expected).toContain('notes::main')
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

interface Ended {
  readonly status: number | null
  readonly stdout: string
  readonly stderr: string
}
const ANALYZE = [program, 'analyze', '.', '--offline']

/** With nothing in the environment but this. */
function run(env: Readonly<Record<string, string>>, args: readonly string[] = ANALYZE): Ended {
  return spawnSync(process.execPath, args, { cwd: directory, encoding: 'utf8', env })
}

/** With at most so many open files. */
function withHandles(count: number): Ended {
  const script = `ulimit -n ${count}; exec "$0" "$@"`
  const args = ['-c', script, process.execPath, ...ANALYZE, '--no-cache']
  return spawnSync('/bin/sh', args, { cwd: directory, encoding: 'utf8', env: { HOME: root } })
}

test.each<[string, Record<string, string>]>([
  ['an empty home', { HOME: '' }],
  ['a home that is not there', { HOME: 'ROOT/gone/at/all' }],
  ['a home that is no directory', { HOME: '/dev/null' }],
  ['a relative home', { HOME: 'home' }],
  ['a relative store', { CAPS_CACHE_DIR: 'store', HOME: 'ROOT/gone' }],
  ['no temporary directory', { HOME: 'ROOT/gone', TMPDIR: 'ROOT/none' }],
  ['a locale that is none', { HOME: 'ROOT/gone', LC_ALL: 'xx_YY.none', LANG: '???' }],
  ['a locale with letters of its own', { HOME: 'ROOT/gone', LC_ALL: 'tr_TR.UTF-8' }],
  ['the plain locale', { HOME: 'ROOT/gone', LC_ALL: 'C' }],
  ['a time zone that is none', { HOME: 'ROOT/gone', TZ: 'Nowhere/At_All' }],
])('%s: the right result, and nothing is left behind', (_, env) => {
  const before = readdirSync(directory)
  const here = Object.entries(env).map(([name, value]) => [name, value.replace('ROOT', root)])
  expect(run(Object.fromEntries(here))).toMatchObject({ status: 0, stdout: expected, stderr: '' })
  expect(readdirSync(directory)).toEqual(before)
})

test('no environment at all is the right result', () => {
  // Without HOME the system says where home is: the user's store is none of ours.
  expect(run({}, [...ANALYZE, '--no-cache'])).toMatchObject({ status: 0, stdout: expected, stderr: '' })
})

describe('too few file handles', () => {
  test('are one error, and exit code 2', () => {
    for (const count of [20, 30, 40]) {
      const { status, stdout, stderr } = withHandles(count)
      expect({ count, status, stdout }).toEqual({ count, status: 2, stdout: '' })
      expect(stderr).toMatch(
        /^error: (?:The system lets caps open no more files|caps cannot be loaded)\n {2}why: EMFILE/,
      )
      expect(stderr).toContain('ulimit -n 1024')
    }
  })

  test('or the right result, with whatever number', () => {
    for (const count of [48, 56]) {
      const { status, stdout } = withHandles(count)
      expect([
        [0, expected],
        [2, ''],
      ]).toContainEqual([status, stdout])
    }
    expect(withHandles(256)).toMatchObject({ status: 0, stdout: expected })
  })
})

test.each(['SIGINT', 'SIGTERM'] as const)('%s ends a run by that signal, with nothing on stdout', async (signal) => {
  const child = spawn(process.execPath, [...ANALYZE, '--no-cache'], { cwd: directory, env: { HOME: root } })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => {
    text += chunk.toString()
  })
  const ended = new Promise((done) => child.on('close', (code, by) => done(by ?? code)))
  await new Promise((done) => setTimeout(done, 150))
  child.kill(signal)
  expect(await ended).toBe(signal)
  expect(text).toBe('')
})
