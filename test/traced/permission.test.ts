/** The flags of SECURITY.md, "An extra wall": they suffice, and what they deny ends the run. */
import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { program, repository } from '../e2e/run-caps.js'
import { Laboratory } from './run-traced.js'

let laboratory: Laboratory
beforeEach(() => {
  laboratory = new Laboratory()
  cpSync(join(repository, 'samples/malicious-pair/v2'), laboratory.crate, { recursive: true })
})
afterEach(() => laboratory.remove())

// Node 20 has the model under its first name.
const MODEL = process.allowedNodeEnvironmentFlags.has('--permission') ? '--permission' : '--experimental-permission'
const OPTIONS = ['--offline', '--no-cache', '--jobs', '1']

function analyze(flags: readonly string[]): { status: number | null; stdout: string; stderr: string } {
  return spawnSync(process.execPath, ['--no-warnings', ...flags, program, 'analyze', laboratory.crate, ...OPTIONS], {
    encoding: 'utf8',
    cwd: laboratory.directory,
    env: { HOME: laboratory.home, TMPDIR: laboratory.temporary },
  })
}
const wall = (): string[] => [
  MODEL,
  `--allow-fs-read=${repository}`,
  `--allow-fs-read=${join(laboratory.home, '.cargo')}`,
  `--allow-fs-read=${laboratory.crate}`,
]

test('they suffice, and change nothing of the report', () => {
  mkdirSync(join(laboratory.crate, '.git'))
  const inside = analyze(wall())
  expect(inside).toMatchObject({ status: 0, stderr: '' })
  expect(inside.stdout).toContain('network/connect')
  expect(inside.stdout).toBe(analyze([]).stdout)
})

test('the root of the repository, when it may not be looked for, is not taken for absent', () => {
  const { status, stdout, stderr } = analyze(wall())
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('Node was told not to permit what caps needs')
  expect(stderr.replaceAll(/\s+/g, '')).toContain(`--allow-fs-read=${join(laboratory.crate, '../.git')}`)
})

test('configuration of cargo that may not be read is not taken for absent', () => {
  mkdirSync(join(laboratory.crate, '.git'))
  mkdirSync(join(laboratory.root, '.cargo'))
  writeFileSync(join(laboratory.root, '.cargo/config.toml'), '[build]\nrustc-wrapper = "sccache"\n')
  const { status, stdout, stderr } = analyze(wall())
  expect({ status, stdout }).toEqual({ status: 2, stdout: '' })
  expect(stderr).toContain('.cargo/config.toml')
})
