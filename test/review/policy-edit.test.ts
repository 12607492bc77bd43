/** Changes to a caps.toml: what is asked for is in it, and everything else stays to the letter. */
import { describe, expect, test } from '@jest/globals'
import type { AllowRequest } from '../../src/review/allow-request.js'
import { acceptInPolicy, allowInPolicy, allowSourceInPolicy } from '../../src/review/policy-edit.js'
import { AllowanceError } from '../../src/review/policy-error.js'
import { application, checked, has, LINUX, policy, WINDOWS, words } from './policies.js'

const FILE = `# Ours. Ask the security team.
version = 1

# the poller
[[allow]]
package = "mio"   # not mio-extras
capabilities = [
    "network/connect", # its purpose
    "unsafe",
]
reason = "sockets"

[[deny]]
group    = "dependencies"
stage    = 'build'
capabilities = "network" # never

reason   = "builds are offline"
# the end
`

const request = (given: Partial<AllowRequest>): AllowRequest => ({
  package: 'mio',
  capabilities: ['fs/read'],
  targets: [],
  transitive: false,
  reason: 'reads its config',
  ...given,
})
const allowed = (given: Partial<AllowRequest>, text = FILE): string =>
  allowInPolicy({ file: 'caps.toml', text }, request(given), words)

/** Lines that are in one text only, by count: `+ line`, `- line`. */
function changes(before: string, after: string): string[] {
  const [old, now] = [before.split('\n'), after.split('\n')]
  const count = (lines: readonly string[], line: string) => lines.filter((other) => other === line).length
  const more = (a: readonly string[], b: readonly string[], sign: string) =>
    a
      .filter((line, i) => line !== '' && a.slice(0, i + 1).filter((l) => l === line).length > count(b, line))
      .map((line) => `${sign} ${line}`)
  return [...more(old, now, '-'), ...more(now, old, '+')]
}

test('a new rule stands behind the other ones that allow; all else stays', () => {
  const after = allowed({ package: 'tokio', stage: 'build', targets: ['cfg(unix)', WINDOWS], sites: 2 })
  expect(changes(FILE, after)).toEqual([
    '+ [[allow]]',
    '+ package = "tokio"',
    '+ stage = "build"',
    `+ target = ["cfg(unix)", "${WINDOWS}"]`,
    '+ capabilities = ["fs/read"]',
    '+ sites = {"fs/read" = 2}',
    '+ reason = "reads its config"',
  ])
  expect(after.indexOf('"tokio"')).toBeLessThan(after.indexOf('[[deny]]'))
})

test('a rule of the same scope and reason is joined, its comments kept', () => {
  expect(changes(FILE, allowed({ reason: 'sockets' }))).toEqual(['+     "fs/read",'])
})

test('what is allowed already, with another reason, leaves its rule for one of its own', () => {
  const after = allowed({ capabilities: ['network/connect'] })
  expect(changes(FILE, after)).toEqual([
    '-     "network/connect", # its purpose',
    '+ [[allow]]',
    '+ package = "mio"',
    '+ capabilities = ["network/connect"]',
    '+ reason = "reads its config"',
  ])
  const once = allowed({ reason: 'better' }, allowed({}))
  expect(once.match(/fs\/read/g)).toHaveLength(1)
  expect(once).not.toContain('reads its config')
})

test('a limit is set, changed and lifted', () => {
  const limits = (text: string) => policy(text.replace('version = 1\n', '')).rules.map(({ sites }) => [...sites])
  const set = allowed({ sites: 3 })
  expect(limits(set)[1]).toEqual([['fs/read', 3]])
  const changed = allowed({ sites: 4 }, set)
  expect(limits(changed)[1]).toEqual([['fs/read', 4]])
  expect(limits(allowed({}, changed))[1]).toEqual([])
})

test('line ends, a list of rules in one value, and a text without an end are kept', () => {
  expect(allowed({}, FILE.replaceAll('\n', '\r\n')).replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
  const inline = 'version = 1\nallow = [{ package = "a", capabilities = ["fs"], reason = "x" }]'
  expect(policy(allowed({}, inline).replace('version = 1\n', '')).rules).toHaveLength(2)
})

test('a reason is any text', () => {
  const reason = 'it\'s "so"\n\\ [[deny]]\u0007\u202e # no'
  const [, added] = policy(allowed({ reason }).replace('version = 1\n', '')).rules
  expect(added?.reason).toBe(reason)
})

test('a request that a policy could not say is an error, and nothing comes out', () => {
  for (const given of [{ package: 'a b' }, { targets: ['nowhere'] }, { reason: ' ' }, { capabilities: ['fsx'] }]) {
    expect(() => allowed(given)).toThrow(AllowanceError)
  }
})

test('what is not analyzed is accepted, and accepted anew', () => {
  const accept = (text: string, losses: number) =>
    acceptInPolicy({ file: 'caps.toml', text }, { package: 'cc', losses, unresolved: 1, reason: 'looked at' }, words)
  const once = accept(FILE, 3)
  expect(changes(FILE, once)).toEqual([
    '+ [[coverage]]',
    '+ package = "cc"',
    '+ losses = 3',
    '+ unresolved = 1',
    '+ reason = "looked at"',
  ])
  expect(changes(once, accept(once, 5))).toEqual(['- losses = 3', '+ losses = 5'])
})

/** The request that a command's words make, as the command line reads them. */
function requestOf(args: readonly string[]): AllowRequest {
  const after = (option: string): string[] => args.flatMap((arg, i) => (args[i - 1] === option ? [arg] : []))
  const [stage] = after('--stage') as AllowRequest['stage'][]
  const [sites] = after('--sites')
  return {
    package: args[1] as string,
    capabilities: [args[2] as string],
    ...(stage && { stage }),
    targets: after('--target'),
    transitive: args.includes('--transitive'),
    ...(sites !== undefined && { sites: Number(sites) }),
    reason: after('--reason')[0] as string,
  }
}

describe('the commands of all problems, one after the other, make a check clean', () => {
  const given = application({
    app: [has('exec', { sites: 4 }), has('network/connect', { reach: 'transitive' })],
    direct: [has('exec'), has('fs/read', { stage: 'build' }), has('ffi', { stage: 'macro' })],
    deep: [has('fs/write', { targets: [WINDOWS] }), has('unsafe'), has('time', { certainty: 'possible' })],
  })
  const rule = (kind: string, subject: string, capabilities: string, more = ''): string =>
    `[[${kind}]]\n${subject}\ncapabilities = ${JSON.stringify(capabilities.split(' '))}\nreason = "x"\n${more}\n`

  test.each([
    ['nothing allowed', ''],
    ['a group denied', rule('deny', 'group = "dependencies"', '*')],
    ['a package denied by name', rule('deny', 'package = "direct"', 'exec fs/read', 'stage = ["run", "build"]')],
    [
      'a package denied by name and stage',
      rule('deny', 'package = "deep"', 'unsafe fs/write', `stage = "run"\ntarget = ["${LINUX}", "${WINDOWS}"]`),
    ],
    ['allowed on one target', rule('allow', 'package = "direct"', 'exec', `target = "${LINUX}"`)],
    [
      'allowed on one target, denied on the other',
      rule('allow', 'package = "direct"', 'exec', `target = "${LINUX}"`) +
        rule('deny', 'package = "direct"', 'exec', `target = "${WINDOWS}"`),
    ],
    ['allowed in fewer places', rule('allow', 'package = "app"', 'exec', 'sites = { exec = 2 }')],
    [
      'allowed in fewer places to several',
      rule('allow', 'package = ["app", "direct"]', 'exec', 'sites = { exec = 2 }'),
    ],
    ['denied through others', rule('deny', 'group = "own"', 'network', 'transitive = true')],
    ['warned of', rule('warn', 'package = "direct"', '*')],
  ])('%s', (_, rules) => {
    const options = { failOn: 'increase', possible: true, whole: false } as const
    let text = `version = 1\n${rules}`
    const { problems } = checked(given, policy(rules), options)
    expect(problems.length).toBeGreaterThan(0)
    for (const problem of problems) {
      expect(problem.allow).toBeDefined()
      text = allowInPolicy({ file: 'caps.toml', text }, requestOf(problem.allow?.args ?? []), words)
    }
    const left = checked(given, policy(text.replace('version = 1\n', '')), options).problems
    expect(left.filter(({ level }) => level !== 'note')).toEqual([])
  })

  test('but what is denied as exactly as can be said has none', () => {
    const denied = rule(
      'deny',
      'package = "direct@2.1.0"',
      'exec',
      `stage = "run"\ntarget = ["${LINUX}", "${WINDOWS}"]`,
    )
    const [first] = checked(given, policy(denied)).problems
    expect(first).toMatchObject({ verdict: 'denied' })
    expect(first?.allow).toBeUndefined()
  })
})

test('another sum of the configuration takes the place of the one before; sources of packages are added', () => {
  const pin = (sum: string): string => `configuration sha256:${sum}`
  const rule = (name: string, from: string): string =>
    `[[source]]\npackage = "${name}"\nfrom = "${from}"\nreason = "x"\n`
  const text = `${FILE}${rule('.cargo', pin('aa'))}${rule('log', 'path')}`
  const edited = (name: string, source: string): readonly string[] => {
    const request = { package: name, sources: [source], reason: 'x' }
    return changes(text, allowSourceInPolicy({ file: 'caps.toml', text }, request, words))
  }
  expect(edited('.cargo', pin('bb'))).toEqual([`- from = "${pin('aa')}"`, `+ from = "${pin('bb')}"`])
  expect(edited('.cargo', pin('aa'))).toEqual([])
  expect(edited('log', 'archive')).toEqual(['- from = "path"', '+ from = ["path", "archive"]'])
})
