/** The packed archive, installed elsewhere, is all that caps needs. */
import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository } from './run-caps.js'

let directory = ''
const run = (command: string, args: readonly string[], cwd: string): string =>
  execFileSync(command, args, { cwd, encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] })

beforeAll(() => {
  directory = mkdtempSync(join(tmpdir(), 'caps-packed-'))
  const [packed] = JSON.parse(run('npm', ['pack', '--json', '--pack-destination', directory], repository)) as [
    { filename: string },
  ]
  writeFileSync(join(directory, 'package.json'), '{ "private": true }\n')
  // What `npm ci` of this repository put into npm's cache is enough.
  run(
    'npm',
    ['install', '--prefer-offline', '--ignore-scripts', '--no-audit', '--no-fund', `./${packed.filename}`],
    directory,
  )
  cpSync(join(repository, 'samples/program'), join(directory, 'sample'), { recursive: true })
})
afterAll(() => rmSync(directory, { recursive: true, force: true }))

test('the program runs and analyzes', () => {
  const program = join(directory, 'node_modules/.bin/caps')
  expect(run(program, ['--version'], directory)).toMatch(/^\d+\.\d+\.\d+/)
  expect(run(program, ['analyze', 'sample', '--offline'], directory)).toContain('std::process::Command::status')
})

test('the library can be imported', () => {
  const code = "import { analyze } from 'caps-rs'; console.log((await analyze('sample', { offline: true })).root)"
  expect(run(process.execPath, ['--input-type=module', '--eval', code], directory)).toBe('notes@1.2.0\n')
})
