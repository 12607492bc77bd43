/** docs/man/caps.1, judged by groff where there is one: no warning, and what a reader sees of it. */
import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from '@jest/globals'
import { caps, repository } from './run-caps.js'

const file = join(repository, 'docs/man/caps.1')
const hasGroff = spawnSync('groff', ['--version']).status === 0
const testIf = hasGroff ? test : test.skip

test('is what `caps help man` prints', () => {
  expect(caps(['help', 'man'])).toEqual({ code: 0, stdout: readFileSync(file, 'utf8'), stderr: '' })
})

testIf('groff takes it without a warning', () => {
  const done = spawnSync('groff', ['-man', '-Tutf8', '-ww', '-P-cbou', file], { encoding: 'utf8' })
  expect(done).toMatchObject({ status: 0, stderr: '' })
  expect(done.stdout).toContain('caps check [crate]')
  expect(done.stdout).toContain('--baseline-rev')
  expect(done.stdout).toMatch(/EXIT STATUS\n +0 +Done/)
})

test('--help of a command is its page, -h its options', () => {
  const page = caps(['help', 'check'])
  expect(page.stdout).toContain('Examples:')
  expect(caps(['check', '--help'])).toEqual(page)
  const short = caps(['check', '-h'])
  expect(short).toMatchObject({ code: 0, stderr: '' })
  expect(short.stdout).toContain('--fail-on')
  expect(short.stdout).not.toContain('Examples:')
})

test('a command that there is not is an error of three parts', () => {
  const done = caps(['help', 'analyse'])
  expect(done).toMatchObject({ code: 2, stdout: '' })
  expect(done.stderr).toMatch(/^error: .+\n {2}why: .+\n {2}fix: .+\n$/)
})
