/** How a check reads to a person. */
import { expect, test } from '@jest/globals'
import type { CapabilityProblem, CheckResult, Problem } from '../../src/report/check-result.js'
import { renderCheck } from '../../src/report/check-text.js'
import { step } from './results.js'

const problem = (given: Partial<CapabilityProblem> = {}): CapabilityProblem => ({
  kind: 'capability',
  level: 'error',
  key: 'k',
  message: 'm',
  package: 'deep@0.3.0',
  name: 'deep',
  version: '0.3.0',
  local: false,
  via: ['app@1.0.0', 'deep@0.3.0'],
  verdict: 'not-allowed',
  capability: 'exec',
  stage: 'run',
  certainty: 'certain',
  reach: 'direct',
  condition: 'true',
  targets: ['x86_64-unknown-linux-gnu'],
  everyTarget: true,
  sites: 1,
  path: [step('deep::run'), step('std::process::Command::spawn', 'deep@0.3.0 src/run.rs:4:5')],
  ...given,
})

const check = (problems: readonly Problem[]): CheckResult => {
  const count = (level: Problem['level']) => problems.filter((one) => one.level === level).length
  return {
    schemaVersion: 1,
    tool: { name: 'caps', version: '0.0.0' },
    root: 'app@1.0.0',
    members: ['app@1.0.0'],
    targets: ['x86_64-unknown-linux-gnu'],
    against: { kind: 'policy', file: 'caps.toml' },
    failOn: 'new',
    strict: false,
    possible: false,
    clean: count('error') === 0,
    problems,
    summary: {
      packages: 2,
      findings: 9,
      allowed: 9 - problems.length,
      errors: count('error'),
      warnings: count('warning'),
      notes: count('note'),
    },
  }
}
const render = (problems: readonly Problem[], columns = 100): string =>
  renderCheck(check(problems), { columns, colour: false })

const rule = { action: 'deny', subject: 'deep', file: 'caps.toml', line: 7, reason: 'never' } as const

test('a block a problem, then how it ended', () => {
  const text = render([
    problem({
      verdict: 'denied',
      stage: 'build',
      rule,
      literals: ['sh', '-c'],
      allow: { args: ['allow'], command: "caps allow deep exec --stage build --reason 'why'" },
    }),
    {
      kind: 'unused',
      level: 'warning',
      key: 'u',
      message: 'm',
      rule: { ...rule, action: 'allow', line: 3 },
      capability: 'time',
    },
    problem({ level: 'note', certainty: 'possible', capability: 'asm' }),
  ])
  expect(text).toBe(`app 1.0.0   2 packages, held against caps.toml

denied       exec             deep 0.3.0  when built
             deep::run → std::process::Command::spawn
             src/run.rs:4:5  "sh" "-c"
             caps.toml:7 denies: never
             caps allow deep exec --stage build --reason 'why'

not used     time             to deep
             caps.toml:3 allows: never

1 violation, 1 warning: 6 of 9 findings allowed by caps.toml, 1 merely possible, not counted
`)
})

test('nothing to tell is one line', () => {
  expect(render([])).toBe(
    'app 1.0.0   2 packages, held against caps.toml\n\nclean: 9 of 9 findings allowed by caps.toml\n',
  )
})

test.each([
  [{ condition: 'windows' }, 'on Windows'],
  [{ condition: 'all(unix, not(loom))' }, 'if all(unix, not(loom))'],
  [{ condition: 'unix', everyTarget: false, targets: ['aarch64-apple-darwin'] }, 'on aarch64-apple-darwin'],
  [{ certainty: 'possible', reach: 'transitive' }, 'possible, through other packages'],
  [{ verdict: 'more-sites', sites: 5, allowedSites: 2 }, '5 places, 2 allowed'],
] as const)('%j is told as %s', (given, expected) => {
  expect(render([problem(given)])).toContain(`deep 0.3.0  ${expected}\n`)
})

test('hostile text is escaped everywhere, the command too', () => {
  const evil = '\u001b[2J\u202e\n'
  const text = render([
    problem({
      package: `${evil}@1.0.0`,
      via: ['app@1.0.0', `x${evil}@1.0.0`, `${evil}@1.0.0`],
      condition: evil,
      literals: [evil],
      path: [step(`a::${evil}`), { ...step('b'), file: evil }],
      rule: { ...rule, file: evil, reason: evil },
      allow: { args: [], command: `caps allow '${evil}'` },
    }),
    { kind: 'unused', level: 'warning', key: 'u', message: evil, rule: { ...rule, subject: evil }, package: evil },
    {
      kind: 'coverage',
      level: 'error',
      key: 'c',
      message: evil,
      package: 'deep@0.3.0',
      name: 'deep',
      version: '0.3.0',
      local: false,
      via: [],
      losses: 1,
      unresolved: 0,
      acceptedLosses: 0,
      acceptedUnresolved: 0,
      places: [{ kind: evil, what: evil, package: 'a', file: evil, line: 1, column: 1 }],
    },
  ])
  expect(text).not.toMatch(/[\u001b\u202e]/)
  expect(text.split('\n').length).toBeLessThan(24)
})

test('fits the terminal, but for the command', () => {
  const long = 'x'.repeat(300)
  const text = render(
    [problem({ literals: [long], rule: { ...rule, reason: long }, allow: { args: [], command: long } })],
    80,
  )
  for (const line of text.split('\n')) if (line.trim() !== long) expect(line.length).toBeLessThanOrEqual(80)
  expect(text).toContain(long)
})
