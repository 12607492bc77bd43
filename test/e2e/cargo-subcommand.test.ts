/** `cargo capabilities`: the program as cargo starts it, and by a real cargo where there is one. */
import { spawnSync } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { caps, repository } from './run-caps.js'

const { bin } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8')) as { bin: Record<string, string> }
const program = join(repository, bin['cargo-capabilities'] ?? 'missing')
const words = ['analyze', 'samples/program', '--offline']

let directory = ''
beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-cargo-'))
  chmodSync(program, 0o755)
  symlinkSync(program, join(directory, 'cargo-capabilities'))
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

describe('started by its name', () => {
  const started = (...args: string[]) =>
    spawnSync(process.execPath, [program, ...args], { cwd: repository, encoding: 'utf8' })

  test('with the subcommand’s name in front, as cargo does, and without', () => {
    const { stdout } = caps(words)
    expect(stdout).toContain('notes')
    expect(started('capabilities', ...words)).toMatchObject({ status: 0, stdout, stderr: '' })
    expect(started(...words)).toMatchObject({ status: 0, stdout, stderr: '' })
  })

  test('exit codes and errors are those of caps', () => {
    expect(started('capabilities', 'analyse')).toMatchObject({ status: 2, stdout: '' })
    expect(started('capabilities', 'capabilities')).toMatchObject({ status: 2 })
  })
})

const hasCargo = spawnSync('cargo', ['--version']).status === 0
const testIf = hasCargo ? test : test.skip
testIf('by cargo', () => {
  const env = { ...process.env, PATH: `${directory}:${process.env['PATH']}` }
  const done = spawnSync('cargo', ['capabilities', ...words], { cwd: repository, encoding: 'utf8', env })
  expect(done).toMatchObject({ status: 0, stdout: caps(words).stdout })
})
