/** docs/policy.md: every example of a file is one, and what it says of rules holds. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { readPolicy } from '../../src/review/policy-read.js'
import { KNOWN_KEYS } from '../../src/review/policy-schema.js'
import { packageOf, result } from '../report/results.js'
import { checked, has, LINUX, told, words } from './policies.js'

const text = readFileSync(new URL('../../docs/policy.md', import.meta.url), 'utf8')
const examples = [...text.matchAll(/```toml\n([\s\S]*?)```/g)].map(([, example]) => example as string)

test.each(examples.map((example, index) => [index + 1, example] as const))('example %i is a policy', (_, example) => {
  const { rules, coverage, sources, scope } = readPolicy({ file: 'docs/policy.md', text: example }, words)
  expect(rules.length + coverage.length + sources.length + scope.targets.length).toBeGreaterThan(0)
})

test('every key of a rule is described', () => {
  const described = [...text.matchAll(/^\| `(\w+)` \|/gm)].map(([, key]) => key)
  expect(described.sort()).toEqual([...new Set([...KNOWN_KEYS.allow, ...KNOWN_KEYS.deny])].sort())
  for (const key of [...KNOWN_KEYS.file, ...KNOWN_KEYS.coverage, ...KNOWN_KEYS.source]) expect(text).toContain(key)
})

describe('the examples do what is said of them', () => {
  const dependency = (name: string, ...given: Parameters<typeof has>) => {
    const of = result([packageOf('app@1.0.0', [], true), packageOf(name, [has(...given)])], { targets: [LINUX] })
    const one = {
      ...of,
      packages: of.packages.map((owner) =>
        owner.local ? { ...owner, dependencies: [{ package: name, kinds: ['normal' as const] }] } : owner,
      ),
    }
    return (example: string) =>
      told(checked(one, readPolicy({ file: 'caps.toml', text: example }, words)))[0]?.split(' ')[2]
  }
  const [, rules, transitive] = examples as [string, string, string]
  const exception = examples.find((example) => example.includes('no programs while building')) ?? ''

  test('rules', () => {
    expect(dependency('mio@1.0.0', 'network/listen')(rules)).toBeUndefined()
    expect(dependency('mio@1.0.0', 'network/listen', { stage: 'build' })(rules)).toBe('denied')
    expect(dependency('openssl-sys@0.9.1', 'exec', { stage: 'build' })(rules)).toBeUndefined()
    expect(dependency('openssl-sys@0.10.0', 'exec', { stage: 'build' })(rules)).toBe('not-allowed')
    expect(dependency('windows-sys@0.9.1', 'ffi', { targets: [LINUX] })(rules)).toBe('not-allowed')
    expect(dependency('libloading@0.8.0', 'dynload')(rules)).toBe('warned')
  })

  test('transitive', () => {
    expect(dependency('image-parser@1.0.0', 'exec', { reach: 'transitive' })(transitive)).toBe('denied')
  })

  test('an exception from a group', () => {
    expect(dependency('cc@1.2.0', 'exec', { stage: 'build' })(exception)).toBeUndefined()
    expect(dependency('other@1.2.0', 'exec', { stage: 'build' })(exception)).toBe('denied')
  })
})
