/** What a check tells, how loudly, and what its words can be used for. */
import { describe, expect, test } from '@jest/globals'
import type { UnusedProblem } from '../../src/report/check-result.js'
import { policyOfBaseline } from '../../src/review/baseline.js'
import { application, checked, has, LINUX, policy, told, WINDOWS } from './policies.js'

const allow = (subject: string, capabilities: string, more = ''): string =>
  `[[allow]]\npackage = ${JSON.stringify(subject)}\ncapabilities = ${JSON.stringify(capabilities.split(' '))}\nreason = "because"\n${more}\n`

test('a problem tells who, what, where, by which way, and what to do', () => {
  const deep = has('exec', { stage: 'build', condition: 'unix', targets: [LINUX], literals: ['sh'] })
  const found = checked(
    application({ deep: [deep] }),
    '[[deny]]\ngroup = "dependencies"\nstage = "build"\ncapabilities = "exec"\nreason = "no programs"',
  )
  expect(found).toMatchObject({ clean: false, summary: { packages: 3, findings: 1, allowed: 0, errors: 1 } })
  expect(found.problems).toEqual([
    {
      kind: 'capability',
      level: 'error',
      key: 'capability deep build exec certain direct',
      message: 'deep 0.3.0 has exec in its build script, which caps.toml:2 denies',
      package: 'deep@0.3.0',
      name: 'deep',
      version: '0.3.0',
      local: false,
      via: ['app@1.0.0', 'direct@2.1.0', 'deep@0.3.0'],
      verdict: 'denied',
      capability: 'exec',
      stage: 'build',
      certainty: 'certain',
      reach: 'direct',
      condition: 'unix',
      targets: [LINUX],
      everyTarget: true,
      sites: 1,
      path: deep.path,
      literals: ['sh'],
      rule: { action: 'deny', subject: 'group dependencies', file: 'caps.toml', line: 2, reason: 'no programs' },
      allow: {
        args: ['allow', 'deep', 'exec', '--stage', 'build', '--reason', 'TODO: why it may'],
        command: "caps allow deep exec --stage build --reason 'TODO: why it may'",
      },
    },
  ])
})

test('the most serious comes first, denied before not allowed', () => {
  const all = application({ app: [has('time'), has('exec'), has('fs/read'), has('thread')] })
  const rules =
    '[[deny]]\npackage = "app"\ncapabilities = "fs"\nreason = "x"\n[[warn]]\npackage = "app"\ncapabilities = "thread"\nreason = "x"'
  expect(told(checked(all, rules))).toEqual([
    'app fs/read denied',
    'app exec not-allowed',
    'app time not-allowed',
    'app thread warned',
  ])
})

describe('what fails', () => {
  const possible = application({ app: [has('exec', { certainty: 'possible' })] })
  test('what is merely possible only when asked for', () => {
    expect(checked(possible, '')).toMatchObject({ clean: true, problems: [{ level: 'note' }] })
    expect(checked(possible, '', { possible: true })).toMatchObject({ clean: false, problems: [{ level: 'error' }] })
  })

  test('more places than a rule records with --fail-on increase', () => {
    const grown = application({ app: [has('exec', { sites: 3 })] })
    const rules = allow('app', 'exec', 'sites = { exec = 2 }')
    const more = { verdict: 'more-sites', sites: 3, allowedSites: 2 }
    expect(checked(grown, rules)).toMatchObject({ clean: true, problems: [{ ...more, level: 'warning' }] })
    expect(checked(grown, rules, { failOn: 'increase' })).toMatchObject({ clean: false, problems: [more] })
    expect(checked(grown, allow('app', 'exec', 'sites = { exec = 3 }'), { failOn: 'increase' }).problems).toEqual([])
  })

  test('every warning with --fail-on any', () => {
    const rules = `[[warn]]\npackage = "app"\ncapabilities = "exec"\nreason = "x"\n${allow('app', 'fs')}`
    const given = application({ app: [has('exec')] })
    expect(checked(given, rules).problems.map(({ level }) => level)).toEqual(['warning', 'warning'])
    expect(checked(given, rules, { failOn: 'any' }).problems.map(({ level }) => level)).toEqual(['error', 'error'])
  })
})

describe('what nothing uses', () => {
  const unused = (rules: string, given = application({ app: [has('fs/read')], deep: [has('exec')] }), whole = true) =>
    checked(given, rules, { whole })
      .problems.filter((problem): problem is UnusedProblem => problem.kind === 'unused')
      .map((problem) => `${problem.rule.line} ${problem.capability ?? problem.package ?? 'all'}`)

  test('is a rule, a capability of it, or one of its packages', () => {
    expect(unused(allow('gone', 'fs'))).toEqual(['2 all'])
    expect(unused(allow('app', 'fs exec'))).toEqual(['2 exec'])
    expect(unused('[[allow]]\npackage = ["deep", "app"]\ncapabilities = "exec"\nreason = "x"')).toEqual(['2 app'])
    expect(unused(allow('app', 'fs/read') + allow('app', 'fs'))).toEqual(['7 all'])
  })

  test('is not told of targets that were not looked at, nor when only a part was', () => {
    expect(unused(allow('app', 'exec', 'target = "wasm32-wasip1"'))).toEqual([])
    expect(unused(allow('app', 'exec', `target = "${WINDOWS}"`))).toEqual(['2 all'])
  })

  test('is a note when only a part was looked at', () => {
    const found = checked(application({ app: [has('fs/read')] }), allow('gone', 'fs') + allow('app', 'fs/write'), {
      whole: false,
      failOn: 'any',
    })
    expect(found).toMatchObject({ summary: { warnings: 0, errors: 1, notes: 2 } })
    expect(found.problems.slice(1)).toMatchObject([
      { level: 'note', matches: 'no-package', message: 'caps.toml:2 allows fs to gone, and there is no such package' },
      { level: 'note', matches: 'no-finding', message: 'caps.toml:7 allows fs/write to app, which nothing uses' },
    ])
  })

  test('of rules that deny, warn or accept, is a package that there is not', () => {
    const rule = (kind: string, subject: string, more: string) => `[[${kind}]]\n${subject}\n${more}\nreason = "x"\n`
    const exec = 'capabilities = "exec"'
    const found = checked(
      application({ app: [has('fs/read')] }),
      allow('app', 'fs/read') +
        rule('deny', 'package = ["dep", "deep"]', exec) +
        rule('warn', 'package = "app@^2"', exec) +
        rule('deny', 'group = "direct"', exec) +
        rule('coverage', 'package = "gone"', 'losses = 1'),
    )
    expect(found.problems.map(({ level, message }) => `${level} ${message}`)).toEqual([
      'warning caps.toml:19 accepts what is not analyzed to gone, and there is no such package',
      'note caps.toml:7 denies exec to dep, and there is no such package',
      'note caps.toml:11 warns exec of app@^2, and there is no such package',
    ])
  })

  test('is used by what is merely possible', () => {
    expect(unused(allow('app', 'exec'), application({ app: [has('exec', { certainty: 'possible' })] }))).toEqual([])
  })
})

describe('lost coverage', () => {
  const at = { package: 'deep@0.3.0', file: 'src/lib.rs', line: 3, column: 1 }
  const given = application({})
  const lost = {
    ...given,
    coverage: {
      ...given.coverage,
      losses: [{ kind: 'syntax error', what: 'x', ...at }],
      unresolved: [{ reason: 'unknown receiver', name: 'f', ...at }],
    },
  }
  const accepts = (losses: number, unresolved: number): string =>
    `[[coverage]]\ngroup = "dependencies"\nlosses = ${losses}\nunresolved = ${unresolved}\nreason = "x"`

  test('counts with --strict only, as far as it is not accepted', () => {
    expect(checked(lost, '').problems).toEqual([])
    expect(checked(lost, accepts(1, 0), { strict: true })).toMatchObject({
      clean: false,
      problems: [
        {
          kind: 'coverage',
          name: 'deep',
          losses: 1,
          unresolved: 1,
          acceptedLosses: 1,
          acceptedUnresolved: 0,
          rule: { line: 2 },
        },
      ],
    })
    expect(checked(lost, accepts(1, 1), { strict: true }).problems).toEqual([])
  })

  test('has remarks in it: each tells of something left out', () => {
    const remark = { message: 'src/x.rs is a link that leads outside and was left out' }
    const remarks = {
      ...lost,
      coverage: { ...lost.coverage, diagnostics: [{ ...remark, package: 'deep@0.3.0' }, remark] },
    }
    expect(checked(remarks, '', { strict: true }).problems).toMatchObject([
      { name: 'app', losses: 1, unresolved: 0 },
      { name: 'deep', losses: 2, unresolved: 1 },
    ])
    const against = policyOfBaseline(remarks, { file: 'old.json', sites: false })
    expect(checked(remarks, against, { strict: true }).problems).toEqual([])
    expect(checked(lost, policyOfBaseline(application({}), { file: 'o', sites: false }), { strict: true }).clean).toBe(
      false,
    )
  })

  test('has the command that accepts it', () => {
    expect(checked(lost, '', { strict: true }).problems[0]?.allow?.command).toBe(
      "caps allow deep coverage --losses 1 --unresolved 1 --reason 'TODO: why it may'",
    )
  })
})

describe('a baseline', () => {
  const before = application({ app: [has('fs/read', { sites: 2 })], deep: [has('exec', { targets: [LINUX] })] })
  const against = policyOfBaseline(before, { file: 'old.json', sites: true })

  test('allows what it has seen, whatever the version, and nothing else', () => {
    expect(checked(before, against)).toMatchObject({
      clean: true,
      problems: [],
      against: { kind: 'baseline', file: 'old.json' },
    })
    const newer = { ...before, packages: before.packages.map((owner) => ({ ...owner, version: '9.0.0' })) }
    expect(checked(newer, against).problems).toEqual([])
    expect(told(checked(application({ app: [has('fs/write')] }), against))).toEqual(['app fs/write not-allowed'])
    expect(told(checked(application({ app: [has('fs/read', { stage: 'build' })] }), against))).toEqual([
      'app fs/read not-allowed',
    ])
  })

  test('tells of a target that is new, and of more places when it was told to record them', () => {
    expect(checked(application({ deep: [has('exec')] }), against).problems).toMatchObject([{ targets: [WINDOWS] }])
    const grown = application({ app: [has('fs/read', { sites: 3 })] })
    expect(told(checked(grown, against, { failOn: 'increase' }))).toEqual(['app fs/read more-sites'])
    expect(checked(grown, policyOfBaseline(before, { file: 'old.json', sites: false })).problems).toEqual([])
  })

  test('what was merely possible and is certain now is new', () => {
    const maybe = policyOfBaseline(application({ app: [has('exec', { certainty: 'possible' })] }), {
      file: 'o',
      sites: false,
    })
    expect(told(checked(application({ app: [has('exec')] }), maybe))).toEqual(['app exec not-allowed'])
    expect(checked(application({ app: [has('exec', { certainty: 'possible' })] }), maybe).problems).toEqual([])
  })

  test('what only came through others does not allow to do it oneself', () => {
    const through = policyOfBaseline(application({ app: [has('exec', { reach: 'transitive' })] }), {
      file: 'o',
      sites: false,
    })
    expect(told(checked(application({ app: [has('exec')] }), through))).toEqual(['app exec not-allowed'])
  })

  test('is no file that a command could change', () => {
    expect(checked(application({ app: [has('exec')] }), against).problems[0]?.allow).toBeUndefined()
  })
})

test('two versions of a package with one problem are two problems', () => {
  const one = application({ deep: [has('exec')] })
  const packages = one.packages.map((owner) =>
    owner.name === 'direct' ? { ...owner, name: 'deep', capabilities: [has('exec')] } : owner,
  )
  const keys = checked({ ...one, packages }, '').problems.map(({ key }) => key)
  expect(new Set(keys).size).toBe(2)
})

test('the same input gives the same bytes', () => {
  const given = application({ app: [has('exec'), has('fs/read')], deep: [has('exec')] })
  expect(JSON.stringify(checked(given, policy('')))).toBe(JSON.stringify(checked(given, policy(''))))
})
