/** Precedence: which of several rules decides. docs/policy.md tells the same. */
import { describe, expect, test } from '@jest/globals'
import { application, checked, has, LINUX, told, WINDOWS } from './policies.js'

const rule = (kind: string, subject: string, capabilities: string, more = ''): string =>
  `[[${kind}]]\n${subject.startsWith('group') ? subject : `package = ${JSON.stringify(subject)}`}\ncapabilities = ${JSON.stringify(capabilities.split(' '))}\nreason = "because"\n${more}\n`

/** What is said of `fs/read` of the package `deep`, version 0.3.0. */
const verdict = (...rules: readonly string[]): string =>
  told(checked(application({ deep: [has('fs/read')] }), rules.join('')))[0]?.split(' ')[2] ?? 'allowed'

describe('the more specific package decides', () => {
  const order = ['*', 'group = "dependencies"', 'd*p', 'd*p@^0.3', 'deep', 'deep@^0.3']
  test.each(order.slice(1).map((subject, index) => [subject, order[index] as string]))('%s over %s', (more, less) => {
    for (const [first, second] of [
      [more, less],
      [less, more],
    ] as const) {
      expect(
        verdict(
          rule(first === more ? 'allow' : 'deny', first, 'fs/read'),
          rule(second === more ? 'allow' : 'deny', second, 'fs/read'),
        ),
      ).toBe('allowed')
      expect(
        verdict(
          rule(first === more ? 'deny' : 'allow', first, 'fs/read'),
          rule(second === more ? 'deny' : 'allow', second, 'fs/read'),
        ),
      ).toBe('denied')
    }
  })

  test('direct dependencies over all dependencies', () => {
    const rules = rule('deny', 'group = "dependencies"', 'exec') + rule('allow', 'group = "direct"', 'exec')
    expect(told(checked(application({ direct: [has('exec')], deep: [has('exec')] }), rules))).toEqual([
      'deep exec denied',
    ])
  })

  test('before the capability', () => {
    expect(verdict(rule('deny', '*', 'fs/read'), rule('allow', 'deep', 'fs'))).toBe('allowed')
  })
})

describe('then the more specific capability', () => {
  test.each([
    ['fs/read', 'fs'],
    ['fs', '*'],
    ['fs/read', '*'],
  ])('%s over %s', (more, less) => {
    expect(verdict(rule('deny', 'deep', less), rule('allow', 'deep', more))).toBe('allowed')
    expect(verdict(rule('deny', 'deep', more), rule('allow', 'deep', less))).toBe('denied')
  })

  test('before the stage', () => {
    expect(verdict(rule('deny', 'deep', 'fs', 'stage = "run"'), rule('allow', 'deep', 'fs/read'))).toBe('allowed')
  })
})

test('then a named stage, then a named target', () => {
  const stage = 'stage = "run"'
  const target = 'target = ["cfg(unix)", "cfg(windows)"]'
  expect(verdict(rule('deny', 'deep', 'fs'), rule('allow', 'deep', 'fs', stage))).toBe('allowed')
  expect(verdict(rule('deny', 'deep', 'fs', target), rule('allow', 'deep', 'fs', stage))).toBe('allowed')
  expect(verdict(rule('deny', 'deep', 'fs'), rule('allow', 'deep', 'fs', target))).toBe('allowed')
})

test('of equally specific ones deny beats warn, warn beats allow', () => {
  const [allow, warn, deny] = ['allow', 'warn', 'deny'].map((kind) => rule(kind, 'deep', 'fs', 'stage = "run"')) as [
    string,
    string,
    string,
  ]
  expect(verdict(allow, deny, warn)).toBe('denied')
  expect(verdict(allow, warn)).toBe('warned')
  expect(verdict(warn, allow)).toBe('warned')
})

test('what no rule is about is not allowed', () => {
  expect(verdict()).toBe('not-allowed')
  expect(verdict(rule('allow', 'deep', 'fs/write exec'))).toBe('not-allowed')
  expect(verdict(rule('allow', 'deep@^0.2', 'fs'))).toBe('not-allowed')
  expect(verdict(rule('allow', 'deep', 'fs', 'stage = "build"'))).toBe('not-allowed')
})

test('a full version is that version alone', () => {
  expect(verdict(rule('allow', 'deep@0.3.0', 'fs'))).toBe('allowed')
  expect(verdict(rule('allow', 'deep@0.3.1', 'fs'))).toBe('not-allowed')
})

describe('targets', () => {
  const onlyUnix = rule('allow', 'deep', 'exec', 'target = "cfg(unix)"')

  test('an allowance for some leaves the others', () => {
    const [problem] = checked(application({ deep: [has('exec')] }), onlyUnix).problems
    expect(problem).toMatchObject({ verdict: 'not-allowed', targets: [WINDOWS], everyTarget: false })
    expect(problem?.allow?.args).toContain(WINDOWS)
  })

  test('code that exists on one is judged there alone', () => {
    const on = (targets: string[]) => told(checked(application({ deep: [has('exec', { targets })] }), onlyUnix))
    expect(on([LINUX])).toEqual([])
    expect(on([WINDOWS])).toEqual(['deep exec not-allowed'])
  })

  test('code that exists on none that was looked at needs a rule for all', () => {
    const nowhere = application({ deep: [has('exec', { targets: [] })] })
    expect(told(checked(nowhere, onlyUnix))).toEqual(['deep exec not-allowed'])
    expect(told(checked(nowhere, rule('allow', 'deep', 'exec')))).toEqual([])
  })
})

describe('through other packages', () => {
  const transitive = application({ app: [has('network/connect', { reach: 'transitive' })] })

  test('is judged at those, unless a rule says that it counts', () => {
    expect(checked(transitive, '').summary).toMatchObject({ findings: 0, errors: 0 })
    expect(checked(transitive, rule('deny', 'app', 'network')).summary.findings).toBe(0)
    expect(told(checked(transitive, rule('deny', 'app', 'network', 'transitive = true')))).toEqual([
      'app network/connect denied',
    ])
  })

  test('can be allowed again', () => {
    const rules = rule('deny', 'group = "own"', 'network', 'transitive = true')
    const [problem] = checked(transitive, rules).problems
    expect(problem?.allow?.args).toContain('--transitive')
    expect(told(checked(transitive, rules + rule('allow', 'app', 'network', 'transitive = true')))).toEqual([])
  })
})
