/** Lists of values in a policy: what they cover, what a check says of the rest, what init and allow write. */
import { describe, expect, test } from '@jest/globals'
import type { Finding, Resource } from '../../src/report/result.js'
import type { CheckOptions } from '../../src/review/check-case.js'
import { WHOLE_SCOPE } from '../../src/review/policy.js'
import { allowInPolicy } from '../../src/review/policy-edit.js'
import { PolicyError } from '../../src/review/policy-error.js'
import { initialPolicy } from '../../src/review/policy-init.js'
import { updatedPolicy } from '../../src/review/policy-update.js'
import { coversValue } from '../../src/review/value-pattern.js'
import { step } from '../report/results.js'
import { application, checked, defaults, has, LINUX, policy, told, WINDOWS, words } from './policies.js'

const value = (kind: string, text: string, known: Resource['known'] = 'written', args?: string[]): Resource => ({
  kind,
  value: text,
  known,
  sites: 1,
  ...(args && { arguments: args }),
})

describe('what a word covers', () => {
  test.each<[string, Resource, boolean]>([
    ['git', value('program', 'git'), true],
    ['git', value('program', 'git', 'written', ['log']), true],
    ['git log', value('program', 'git', 'written', ['log']), true],
    ['git log', value('program', 'git', 'written', ['push']), false],
    ['git', value('program', '/tmp/git'), false],
    ['*.example.com:443', value('address', 'api.example.com:443'), true],
    ['*.example.com:443', value('address', 'evil/.example.com:443'), false],
    ['/proc/**', value('path', '/proc/self/maps'), true],
    ['/proc/*', value('path', '/proc/self/maps'), false],
    ['/proc/**', value('path', '/proc/../etc/passwd'), false],
    ['/proc/*/maps', value('path', '/proc/*/maps', 'pattern'), true],
    ['/proc/*', value('path', '/proc/*', 'pattern'), true],
    ['/proc/x*', value('path', '/proc/x*y', 'pattern'), false],
    ['/proc/**', value('path', '/proc/*/maps', 'pattern'), true],
    ['$HOME/.cargo', value('path', '$HOME/.cargo', 'environment'), true],
    ['*/.cargo', value('path', '$HOME/.cargo', 'environment'), false],
    ['**', value('path', '*', 'unknown'), false],
    ['?', value('path', '*', 'unknown'), true],
    ['?', value('path', '/etc/passwd'), false],
    ['curl', value('program', 'curl', 'concealed'), false],
    ['**', value('program', 'curl', 'concealed'), false],
    ['?', value('program', 'curl', 'concealed'), true],
    ['x', value('handle', '*', 'unknown'), true],
  ])('%s: %o', (word, resource, covered) => {
    expect(coversValue([word], resource)).toBe(covered)
  })
})

const place = (resources: Resource[] | undefined, line: number, given: Partial<Finding> = {}): Finding =>
  has('exec', {
    path: [step('a::run'), step('std::process::Command::spawn', `app@1.0.0 src/a.rs:${line}:3`)],
    ...(resources && { resources }),
    ...given,
  })
const coarse = application({ app: [has('exec', { sites: 2 })] })
const withPlaces = (...places: Finding[]): Partial<CheckOptions> => ({ places: application({ app: places }) })
const rule = (values: string, more = ''): string =>
  `[[allow]]\npackage = "app"\ncapabilities = ["exec"]\nvalues = ${values}\nreason = "because"\n${more}`
const git = '{ exec = ["git"] }'

describe('a check', () => {
  test('says which value, where, by which path, and what would allow it', () => {
    const found = checked(
      coarse,
      rule(git),
      withPlaces(place([value('program', 'git')], 1), place([value('program', 'curl')], 9)),
    )
    expect(found.problems).toMatchObject([
      {
        verdict: 'other-values',
        level: 'error',
        values: [{ kind: 'program', value: 'curl', sites: 1 }],
        allowedValues: ['git'],
        path: [{}, { line: 9 }],
        message: 'app 1.0.0 has exec, which caps.toml:2 allows for git only, not for curl',
        allow: { args: ['allow', 'app', 'exec', '--value', 'git', '--value', 'curl', '--reason', 'TODO: why it may'] },
      },
    ])
    expect(checked(coarse, rule(git), withPlaces(place([value('program', 'git')], 1))).clean).toBe(true)
  })

  test('what is not known, and a place of which nothing is said, is not covered', () => {
    const unknown = withPlaces(place([value('program', '*', 'unknown')], 1))
    const unsaid = withPlaces(place(undefined, 1))
    for (const places of [unknown, unsaid]) {
      expect(told(checked(coarse, rule(git), places))).toEqual(['app exec other-values'])
      expect(told(checked(coarse, rule('{ exec = ["git", "?"] }'), places))).toEqual([])
    }
    expect(told(checked(coarse, rule(git), withPlaces(place([value('handle', '*', 'unknown')], 1))))).toEqual([])
  })

  test('possible places count as possible findings do, and targets are told apart', () => {
    const maybe = withPlaces(place([value('program', 'curl')], 1, { certainty: 'possible' }))
    expect(told(checked(coarse, rule(git), maybe))).toEqual([])
    expect(told(checked(coarse, rule(git), { ...maybe, possible: true }))).toEqual(['app exec other-values'])
    const windows = withPlaces(place([value('program', 'cmd')], 1, { targets: [WINDOWS] }))
    expect(checked(coarse, rule(git), windows).problems).toMatchObject([{ targets: [WINDOWS], everyTarget: false }])
    expect(told(checked(coarse, rule(git, `target = "${LINUX}"\n`), windows))).toEqual(['app exec not-allowed'])
  })

  test('a list for a family, and one that names what the rule does not', () => {
    const family =
      '[[allow]]\npackage = "app"\ncapabilities = ["exec", "fs"]\nvalues = { "fs/read" = "x" }\nreason = "y"'
    expect(told(checked(coarse, family, withPlaces(place([value('program', 'git')], 1))))).toEqual([])
    expect(() =>
      policy('[[allow]]\npackage = "app"\ncapabilities = "exec"\nvalues = { fs = ["x"] }\nreason = "y"'),
    ).toThrow(PolicyError)
    expect(() =>
      policy('[[deny]]\npackage = "app"\ncapabilities = "exec"\nvalues = { exec = ["x"] }\nreason = "y"'),
    ).toThrow(PolicyError)
  })
})

test('init writes a list where all is known, and the check is clean right after it', () => {
  const written = (...places: Finding[]): string =>
    initialPolicy(coarse, {
      possible: false,
      sites: false,
      strict: false,
      scope: WHOLE_SCOPE,
      cfgHolds: words.cfgHolds,
      ...withPlaces(...places),
    })
  const known = [place([value('program', 'git')], 1), place([value('handle', '*', 'unknown')], 2)]
  expect(written(...known)).toContain('values = { "exec" = ["git"] }')
  const again = policy(written(...known).replace(/^version.*$/m, ''))
  expect(checked(coarse, again, withPlaces(...known)).clean).toBe(true)
  expect(written(...known, place([value('program', '*', 'unknown')], 3))).not.toContain('values')
  expect(written(...known, place(undefined, 3))).not.toContain('values')
})

test('allow sets the list, and update adds to it', () => {
  const source = { file: 'caps.toml', text: `version = 1\n${rule(git)}` }
  const asked = { package: 'app', capabilities: ['exec'], targets: [], transitive: false, reason: 'because' }
  expect(allowInPolicy(source, { ...asked, values: ['ls'] }, words)).toContain('values = { exec = ["ls"] }')
  expect(allowInPolicy(source, asked, words)).not.toContain('values')
  const { failOn: _, whole: __, policyArguments: ___, ...options } = defaults
  const update = updatedPolicy(
    source,
    coarse,
    { ...options, ...withPlaces(place([value('program', 'curl')], 1)) },
    words,
  )
  expect(update.text).toContain('values = { exec = ["git", "curl"] }')
  expect(update.left).toEqual([])
})

describe('tags', () => {
  const key = { ...value('path', '$HOME/.ssh/id', 'environment'), tags: ['credentials'] }
  const reads = (...resources: Resource[]): Finding => has('fs/read', { resources })
  const tagged = application({ direct: [has('fs/read')] })
  const at = (...resources: Resource[]): Partial<CheckOptions> => ({
    places: application({ direct: [reads(...resources)] }),
  })
  const rules = (more = ''): string =>
    `[[deny]]\ngroup = "dependencies"\ncapabilities = ["fs"]\ntags = ["credentials"]\nreason = "no keys"\n[[allow]]\npackage = "direct"\ncapabilities = ["fs/read"]\n${more}reason = "x"`

  test('a rule that names one is about what acts on it, and decides before allowances', () => {
    const found = checked(tagged, rules(), at(value('path', 'Cargo.toml'), key))
    expect(found.problems).toMatchObject([
      {
        verdict: 'denied',
        values: [{ value: '$HOME/.ssh/id' }],
        message: expect.stringContaining('denies for $HOME/.ssh/id [credentials]'),
      },
    ])
    expect(found.problems[0]?.allow).toBeUndefined()
    expect(told(checked(tagged, rules(), at(value('path', 'Cargo.toml'))))).toEqual([])
    expect(told(checked(tagged, rules().replace('deny', 'warn'), at(key)))).toEqual(['direct fs/read warned'])
  })

  test('an allowance with a list is the exception', () => {
    expect(told(checked(tagged, rules('values = { "fs/read" = ["$HOME/.ssh/id"] }\n'), at(key)))).toEqual([])
    expect(told(checked(tagged, rules('values = { "fs/read" = ["x"] }\n'), at(key)))).toEqual([
      'direct fs/read other-values',
    ])
  })

  test('a warning stands for nothing that would fail without it', () => {
    const warning = rules().replace('deny', 'warn')
    const without = warning.slice(0, warning.indexOf('[[allow]]'))
    const problems = (text: string) => told(checked(tagged, text, at(value('path', 'Cargo.toml'), key)))
    expect(problems(without)).toEqual(['direct fs/read not-allowed'])
    expect(problems(rules('values = { "fs/read" = ["x"] }\n').replace('deny', 'warn'))).toEqual([
      'direct fs/read other-values',
    ])
    expect(problems(warning.replace('[[allow]]', '[[deny]]'))).toEqual(['direct fs/read denied'])
    expect(problems(warning)).toEqual(['direct fs/read warned'])
  })

  test('a tag that there is not is an error, and allowances have none', () => {
    expect(() => policy(rules().replace('credentials', 'credential'))).toThrow('there is no tag "credential"')
    expect(() => policy('[[allow]]\npackage = "a"\ncapabilities = "fs"\ntags = "credentials"\nreason = "x"')).toThrow(
      PolicyError,
    )
  })
})
