/** Mistakes in a caps.toml: each is an error with its line and, where one was meant, the right word. */
import { describe, expect, test } from '@jest/globals'
import { globTest } from '../../src/base/index.js'
import { nearestWord } from '../../src/base/nearest-word.js'
import { PolicyError } from '../../src/review/policy-error.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { LINUX, policy, WINDOWS, words } from './policies.js'

function mistake(text: string): PolicyError {
  try {
    readPolicy({ file: 'caps.toml', text }, words)
  } catch (thrown) {
    if (thrown instanceof PolicyError) return thrown
    throw thrown
  }
  throw new Error('no mistake was found')
}

const rule = (lines: string): string => `version = 1\n\n[[allow]]\npackage = "a"\n${lines}`

test.each([
  ['a missing version', '[[allow]]\n', 1, /version must be 1/, /docs\/policy/],
  ['a version of another day', '# hello\nversion = 2\n', 2, /version must be 1/, /docs\/policy/],
  ['what is no TOML', 'version = 1\n\nallow = [\n', 3, /./, /TOML/],
  ['a misspelled key of the file', 'version = 1\n[[alow]]\n', 2, /no key "alow"/, /Did you mean "allow"\?/],
  [
    'a misspelled key of a rule',
    rule('capabilites = ["fs"]\nreason = "x"'),
    5,
    /no key "capabilites"/,
    /"capabilities"/,
  ],
  [
    'a misspelled capability',
    rule('capabilities = [\n  "exec",\n  "network/conect",\n]\nreason = "x"'),
    7,
    /"network\/conect"/,
    /"network\/connect"/,
  ],
  [
    'a capability unlike any',
    rule('capabilities = "launching-rockets"\nreason = "x"'),
    5,
    /no capability/,
    /Known are .*exec/,
  ],
  ['a misspelled stage', rule('stage = "biuld"\ncapabilities = "fs"\nreason = "x"'), 5, /"biuld"/, /"build"/],
  [
    'a misspelled target',
    rule('target = "x86_64-unknow-linux-gnu"\ncapabilities = "fs"\nreason = "x"'),
    5,
    /target/,
    /"x86_64-unknown-linux-gnu"/,
  ],
  ['a pattern for no target', rule('target = "*-amiga-*"\ncapabilities = "fs"\nreason = "x"'), 5, /no target/, /./],
  [
    'a cfg that cannot be read',
    rule('target = "cfg(all(unix)"\ncapabilities = "fs"\nreason = "x"'),
    5,
    /expected/,
    /cfg/,
  ],
  [
    'a cfg that holds nowhere',
    rule('target = "cfg(amiga)"\ncapabilities = "fs"\nreason = "x"'),
    5,
    /no target/,
    /cfg\(windows\)/,
  ],
  ['no reason', rule('capabilities = "fs"'), 3, /reason is missing/, /docs\/policy/],
  ['an empty reason', rule('capabilities = "fs"\nreason = " "'), 6, /reason is empty/, /docs\/policy/],
  ['nobody to be about', 'version = 1\n[[deny]]\ncapabilities = "fs"\nreason = "x"', 2, /either package or group/, /./],
  ['two to be about', rule('group = "own"\ncapabilities = "fs"\nreason = "x"'), 3, /either package or group/, /./],
  [
    'an unknown group',
    'version = 1\n[[deny]]\ngroup = "all"\ncapabilities = "fs"\nreason = "x"',
    3,
    /own, direct, dependencies/,
    /./,
  ],
  [
    'a version that is none',
    'version = 1\n[[deny]]\npackage = "a@latest!"\ncapabilities = "fs"\nreason = "x"',
    3,
    /version requirement/,
    /cargo/,
  ],
  [
    'a package that is none',
    'version = 1\n[[deny]]\npackage = "a b"\ncapabilities = "fs"\nreason = "x"',
    3,
    /names no package/,
    /name@/,
  ],
  [
    'places of something not allowed',
    rule('capabilities = "fs"\nreason = "x"\nsites = { exec = 3 }'),
    7,
    /sites names exec/,
    /both/,
  ],
  ['places below none', rule('capabilities = "fs"\nreason = "x"\nsites = { fs = -1 }'), 7, /negative/, /./],
  [
    'a limit where nothing is allowed',
    'version = 1\n[[deny]]\npackage = "a"\ncapabilities = "fs"\nreason = "x"\nsites = { fs = 1 }',
    6,
    /no key "sites"/,
    /./,
  ],
])('%s', (_, text, line, why, fix) => {
  const found = mistake(text)
  expect(`${found.file}:${found.line}`).toBe(`caps.toml:${line}`)
  expect(found.why).toMatch(why)
  expect(found.fix).toMatch(fix)
})

describe('what words mean', () => {
  const targets = (word: string): boolean[] => {
    const [only] = policy(`[[allow]]\npackage = "a"\ntarget = ${word}\ncapabilities = "fs"\nreason = "x"`).rules
    return [LINUX, WINDOWS].map((triple) => only?.onTarget?.(triple) === true)
  }

  test('a target is a triple, a pattern or a cfg', () => {
    expect(targets(`"${LINUX}"`)).toEqual([true, false])
    expect(targets('"*-windows-*"')).toEqual([false, true])
    expect(targets('\'cfg(not(target_os = "linux"))\'')).toEqual([false, true])
    expect(targets(`["cfg(unix)", "${WINDOWS}"]`)).toEqual([true, true])
  })

  test('without a stage an allowance is for the program, a prohibition for every stage', () => {
    const text = (kind: string): string => `[[${kind}]]\npackage = "a"\ncapabilities = "fs"\nreason = "x"\n`
    const stages = policy(text('allow') + text('deny') + text('warn')).rules.map((found) => found.stages)
    expect(stages).toEqual([['run'], ['run', 'build', 'macro', 'test'], ['run', 'build', 'macro', 'test']])
  })

  test('rules know their lines, however they are written', () => {
    const inline = policy(
      'allow = [\n  { package = "a", capabilities = ["fs"], reason = "x" },\n  { package = "b", capabilities = ["fs"], reason = "x" },\n]',
    )
    expect(inline.rules.map(({ line }) => line)).toEqual([3, 4])
    const tables = policy(
      '\n[[allow]]\npackage = "a"\ncapabilities = "fs"\nreason = "x"\n\n[[allow]]\npackage = "a"\ncapabilities = "fs"\nreason = "x"',
    )
    expect(tables.rules.map(({ line }) => line)).toEqual([3, 8])
  })

  test('names that objects have already are names like any other', () => {
    expect(mistake('version = 1\n[constructor]\na = 1').why).toMatch(/no key "constructor"/)
    expect(mistake('version = 1\n[__proto__]\na = 1')).toBeInstanceOf(PolicyError)
  })
})

test.each([
  ['serde', 'serde', true],
  ['serde', 'serde_json', false],
  ['serde*', 'serde_json', true],
  ['*-sys', 'openssl-sys', true],
  ['win*-sys', 'win-sys', true],
  ['a*a', 'a', false],
  ['a*b*c', 'a-b-c', true],
  ['a*b*c', 'a-c-b', false],
  ['*', 'anything', true],
])('the pattern %s and %s: %s', (pattern, text, fits) => {
  expect(globTest(pattern)(text)).toBe(fits)
})

test('a pattern of many stars is quick on a name that almost fits', () => {
  expect(globTest(`${'*a'.repeat(200)}b`)('a'.repeat(20_000))).toBe(false)
})

test('only a near word is suggested', () => {
  expect(nearestWord('netwrok', ['exec', 'network'])).toBe('network')
  expect(nearestWord('rockets', ['exec', 'network'])).toBeUndefined()
  expect(nearestWord('x'.repeat(10_000), ['exec'])).toBeUndefined()
})
