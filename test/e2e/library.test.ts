/** The example of docs/library.md, as a program that has caps installed: its types hold, and it prints what the page says. */
import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { repository } from './run-caps.js'

const document = readFileSync(join(repository, 'docs/library.md'), 'utf8')
const code = /```ts\n([\s\S]*?)```/.exec(document)?.[1] ?? ''
const printed = /```text\n([\s\S]*?)```/.exec(document)?.[1] ?? ''

let project = ''
beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), 'caps-library-'))
  mkdirSync(join(project, 'node_modules'))
  symlinkSync(repository, join(project, 'node_modules/caps-rs'))
  writeFileSync(join(project, 'package.json'), '{ "type": "module" }')
  writeFileSync(join(project, 'example.js'), code)
  writeFileSync(join(project, 'example.ts'), code)
})
afterAll(() => rmSync(project, { recursive: true, force: true }))

test('prints what the page says', () => {
  const done = spawnSync(process.execPath, [join(project, 'example.js')], { cwd: repository, encoding: 'utf8' })
  expect(done).toMatchObject({ status: 0, stderr: '', stdout: printed })
})

test('type-checks against what is published', () => {
  const types = join(repository, 'node_modules/@types')
  const options = [
    '--noEmit',
    '--strict',
    '--module',
    'nodenext',
    '--target',
    'es2022',
    '--types',
    'node',
    '--typeRoots',
    types,
  ]
  const check = () =>
    spawnSync(process.execPath, [join(repository, 'node_modules/typescript/bin/tsc'), ...options, 'example.ts'], {
      cwd: project,
      encoding: 'utf8',
    })
  expect(check()).toMatchObject({ status: 0, stdout: '' })
  writeFileSync(join(project, 'example.ts'), code.replace('changes.summary', 'changes.sumary'))
  expect(check().stdout).toContain('sumary')
})
