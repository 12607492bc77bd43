/** A policy brought up to date: what is new has a TODO, what is gone is taken out, all else stays to the letter. */
import { expect, test } from '@jest/globals'
import { meetsRequirement } from '../../src/project/version-req.js'
import type { AnalysisResult } from '../../src/report/result.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { updatedPolicy } from '../../src/review/policy-update.js'
import { application, checked, has, LINUX, WINDOWS, words } from './policies.js'

const FILE = `# ours
version = 1

[[allow]]
package = ["app", "gone"] # both
capabilities = ["fs/read", "exec"]
reason = "reviewed"

[[allow]]
package = "nobody"
capabilities = "unsafe"
reason = "old"

[[deny]]
group = "dependencies"
capabilities = "network"
reason = "offline"
`

const update = (of: AnalysisResult, text = FILE, given: { strict?: boolean; possible?: boolean } = {}) =>
  updatedPolicy({ file: 'caps.toml', text }, of, { strict: false, possible: false, meetsRequirement, ...given }, words)

const now = application({
  app: [has('fs/read'), has('thread', { targets: [WINDOWS], condition: 'windows' })],
  deep: [has('unsafe'), has('fs/write'), has('env/read', { stage: 'build' }), has('network/connect')],
})

test('what is new is added, what is gone is taken out, what is denied stays denied', () => {
  const { text, added, removed, left } = update(now)
  expect(text).toContain('# ours\n')
  expect(text).toContain('reason = "reviewed"')
  expect(text).not.toMatch(/gone|nobody|"exec"/)
  expect(added).toEqual([
    { what: ['thread'], package: 'app', targets: [] },
    { what: ['fs/write', 'unsafe'], package: 'deep', targets: [] },
    { what: ['env/read'], package: 'deep', stage: 'build', targets: [] },
  ])
  expect(removed).toEqual([
    { what: ['exec'], package: 'app, gone', targets: [] },
    { what: ['all'], package: 'gone', targets: [] },
    { what: ['all'], package: 'nobody', targets: [] },
  ])
  expect(left).toMatchObject([{ kind: 'capability', capability: 'network/connect', verdict: 'denied' }])
  expect(text.match(/reason = "TODO: found in (app 1.0.0|deep 0.3.0), as at src\/a.rs:2:3"/g)).toHaveLength(3)
  const after = checked(now, readPolicy({ file: 'caps.toml', text }, words), { failOn: 'any' })
  expect(after.problems).toMatchObject([{ verdict: 'denied' }])
})

test('a second time nothing changes, to the letter', () => {
  const { text } = update(now)
  expect(update(now, text)).toMatchObject({ text, added: [], removed: [] })
})

test('more places than a rule records are a new rule; what is merely possible is added when it counts', () => {
  const limited = 'version = 1\n[[allow]]\npackage = "app"\ncapabilities = "exec"\nsites = { exec = 1 }\nreason = "x"\n'
  const given = application({ app: [has('exec', { sites: 3 }), has('time', { certainty: 'possible' })] })
  const { text } = update(given, limited)
  expect(readPolicy({ file: 'caps.toml', text }, words).rules).toMatchObject([
    { reason: 'TODO: found in app 1.0.0, as at src/a.rs:2:3', sites: new Map([['exec', 3]]) },
  ])
  expect(
    update(given, limited, { possible: true })
      .added.flatMap(({ what }) => what)
      .sort(),
  ).toEqual(['exec', 'time'])
})

test('a rule for a target that was not looked at stays', () => {
  const other = `version = 1\n[[allow]]\npackage = "app"\ncapabilities = "exec"\ntarget = "wasm32-wasip1"\nreason = "x"\n`
  expect(update(application({ app: [] }), other)).toMatchObject({ text: other, removed: [] })
  expect(LINUX).not.toBe('wasm32-wasip1')
})
