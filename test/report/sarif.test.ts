/** SARIF against the standard's own schema and against what GitHub documents of code scanning. */
import { readFileSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { coversText } from '../../src/report/capability-help.js'
import type { Notice } from '../../src/report/notice.js'
import { analysisNotices } from '../../src/report/notice-analysis.js'
import { checkNotices } from '../../src/report/notice-check.js'
import { diffNotices } from '../../src/report/notice-diff.js'
import { repositoryFacts, repositoryFiles } from '../../src/report/repository-files.js'
import type { AnalysisResult, Step } from '../../src/report/result.js'
import { MAX_RESULTS, renderSarif } from '../../src/report/sarif.js'
import { sarifRules } from '../../src/report/sarif-rules.js'
import { sarifText, sarifUri } from '../../src/report/sarif-text.js'
import { RANKS } from '../../src/report/severity.js'
import { finding, packageOf, result, step } from './results.js'
import { capabilityChange, check, coverageProblem, diff, packageDiff, problem, unusedProblem } from './reviews.js'
import { sarifProblems } from './sarif-schema.js'

interface Location {
  readonly physicalLocation: {
    readonly artifactLocation: { readonly uri: string; readonly uriBaseId: string }
    readonly region: { readonly startLine: number; readonly startColumn: number }
  }
}
interface SarifResult {
  readonly ruleId: string
  readonly ruleIndex: number
  readonly level: string
  readonly message: { readonly text: string }
  readonly locations: readonly [Location]
  readonly partialFingerprints: { readonly primaryLocationLineHash: string }
  readonly codeFlows?: readonly [{ threadFlows: readonly [{ locations: readonly { location: Location }[] }] }]
}
interface Run {
  readonly tool: { readonly driver: { readonly rules: readonly { readonly id: string }[] } }
  readonly invocations: readonly [{ readonly toolExecutionNotifications: readonly { message: { text: string } }[] }]
  readonly results: readonly SarifResult[]
}

/** The run of a log that is valid by the schema. */
function runOf(notices: readonly Notice[], of: AnalysisResult): Run {
  const log = JSON.parse(
    renderSarif({
      command: 'analyze',
      toolVersion: of.tool.version,
      notices,
      files: repositoryFiles(repositoryFacts(of)),
      coverage: of.coverage,
    }),
  )
  expect(sarifProblems(log)).toEqual([])
  return log.runs[0]
}
const analyzed = (of: AnalysisResult): Run => runOf(analysisNotices(of), of)

const inRepository = (packages: AnalysisResult['packages'], directory = 'crates/app'): AnalysisResult =>
  result(
    packages.map((owner) => (owner.local ? { ...owner, directory } : owner)),
    { directory: '.' },
  )

const spawn: readonly Step[] = [
  step('app::main', 'app@1.0.0 src/main.rs:1:4'),
  step('helper::run', 'app@1.0.0 src/main.rs:9:13'),
  step('std::process::Command::spawn', 'helper@0.1.12 src/process.rs:94:21'),
]

test('the judge judges', () => {
  expect(sarifProblems({ version: '2.1.0', runs: [{}] })).toHaveLength(1)
})

describe('a finding', () => {
  const app = packageOf('app@1.0.0', [finding('exec', { reach: 'transitive', path: spawn })], true)
  const helper = packageOf('helper@0.1.12', [finding('exec', { path: spawn.slice(1) })])
  const depending = { ...app, dependencies: [{ package: helper.id, kinds: ['normal' as const] }] }
  const run = analyzed(inRepository([depending, helper]))
  const [own, theirs] = run.results

  test('is shown where the repository’s own code gets to it, by a relative path', () => {
    expect(own?.locations[0].physicalLocation).toEqual({
      artifactLocation: { uri: 'crates/app/src/main.rs', uriBaseId: '%SRCROOT%' },
      region: { startLine: 9, startColumn: 13, endLine: 9, endColumn: 14 },
    })
  })

  test('of a dependency alone is shown at the manifest of who depends on it', () => {
    const outside = finding('exec', { path: [step('helper::run', 'helper@0.1.12 src/process.rs:9:1')] })
    const only = analyzed(inRepository([depending, { ...helper, capabilities: [outside] }])).results[1]
    expect(only?.locations[0].physicalLocation.artifactLocation.uri).toBe('crates/app/Cargo.toml')
    expect(theirs?.locations[0].physicalLocation.artifactLocation.uri).toBe('crates/app/src/main.rs')
  })

  test('has its path as a code flow; steps outside of the repository do not look like files of it', () => {
    const places = own?.codeFlows?.[0].threadFlows[0].locations.map(({ location }) => location.physicalLocation)
    expect(places?.map(({ artifactLocation }) => artifactLocation)).toEqual([
      { uri: 'crates/app/src/main.rs', uriBaseId: '%SRCROOT%' },
      { uri: 'crates/app/src/main.rs', uriBaseId: '%SRCROOT%' },
      { uri: 'helper-0.1.12/src/process.rs', uriBaseId: 'PACKAGES' },
    ])
  })

  test('keeps the last step of a path that is longer than GitHub shows', () => {
    const long = [
      ...Array.from({ length: 1_200 }, (_, index) => step(`app::f${index}`)),
      step('std::f', 'app@1.0.0 src/end.rs:1:1'),
    ]
    const [only] = analyzed(inRepository([packageOf('app@1.0.0', [finding('exec', { path: long })], true)])).results
    const locations = only?.codeFlows?.[0].threadFlows[0].locations
    expect(locations).toHaveLength(1_000)
    expect(locations?.at(-1)?.location.physicalLocation.artifactLocation.uri).toBe('crates/app/src/end.rs')
  })

  test('points at its rule', () => {
    expect(run.tool.driver.rules[own?.ruleIndex ?? -1]?.id).toBe('exec')
    expect(own?.message.text).toBe('app 1.0.0 has exec: app::main → helper::run → std::process::Command::spawn.')
  })

  test('keeps its fingerprint when lines and versions change, and loses it when the stage does', () => {
    const prints = (id: string, line: number, stage: 'run' | 'build'): readonly string[] => {
      const path = [step('app::f', `${id} src/lib.rs:${line}:1`)]
      const of = inRepository([packageOf(id, [finding('exec', { path, stage })], true)])
      return analyzed(of).results.map((one) => one.partialFingerprints.primaryLocationLineHash)
    }
    expect(prints('app@1.0.0', 3, 'run')).toEqual(prints('app@1.1.0', 30, 'run'))
    expect(prints('app@1.0.0', 3, 'run')).not.toEqual(prints('app@1.0.0', 3, 'build'))
  })
})

test('two findings of one key have fingerprints of their own', () => {
  const twice = [finding('exec', { function: 'app::f' }), finding('exec', { function: 'app::f' })]
  const { results } = analyzed(inRepository([packageOf('app@1.0.0', twice, true)]))
  const prints = results.map((one) => one.partialFingerprints.primaryLocationLineHash)
  expect(new Set(prints).size).toBe(2)
  expect(prints.every((print) => /^[0-9a-f]{16}:\d+$/.test(print))).toBe(true)
})

test('a check’s problems and a diff’s gains are results of a valid log', () => {
  const of = inRepository([packageOf('app@1.0.0', [], true)])
  const checked = runOf(checkNotices(check([problem(), coverageProblem, unusedProblem])), of).results
  expect(checked.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['exec', 'error'],
    ['coverage', 'error'],
    ['unused-allowance', 'warning'],
  ])
  expect(checked.map(({ locations }) => locations[0].physicalLocation.artifactLocation.uri)).toEqual([
    'crates/app/Cargo.toml',
    'crates/app/src/odd.rs',
    'caps.toml',
  ])
  const lost = capabilityChange({ change: 'lost', direction: 'less' })
  const quiet = capabilityChange({ capability: 'time', tone: 'quiet' })
  const gained = runOf(diffNotices(diff([packageDiff([capabilityChange(), quiet, lost])])), of).results
  expect(gained.map(({ ruleId, level }) => [ruleId, level])).toEqual([
    ['exec', 'warning'],
    ['time', 'note'],
  ])
})

test('what GitHub requires is there even where nothing is known', () => {
  const path = [{ function: 'f', package: 'lost@1.0.0', file: '', line: 0, column: 0 }]
  const { results } = analyzed(result([packageOf('lost@1.0.0', [finding('exec', { path })], true)]))
  expect(results[0]?.locations[0].physicalLocation).toEqual({
    artifactLocation: { uri: 'Cargo.toml', uriBaseId: '%SRCROOT%' },
    region: { startLine: 1, startColumn: 1, endLine: 1, endColumn: 2 },
  })
})

test('more results than GitHub takes are cut off, and the log says so; so is what was not analyzed', () => {
  expect(MAX_RESULTS).toBe(25_000)
  const of = inRepository([packageOf('app@1.0.0', [finding('exec'), finding('fs/read'), finding('time')], true)])
  const losses = [{ kind: 'limit', what: 'x', package: 'app@1.0.0', file: 'f', line: 0, column: 0 }]
  const input = {
    command: 'analyze',
    toolVersion: '1.0.0',
    notices: analysisNotices(of),
    files: repositoryFiles(repositoryFacts(of)),
    coverage: { ...of.coverage, losses },
  } as const
  const run: Run = JSON.parse(renderSarif(input, 2)).runs[0]
  expect(run.results.map(({ ruleId }) => ruleId)).toEqual(['exec', 'fs/read'])
  expect(run.invocations[0].toolExecutionNotifications.map(({ message }) => message.text)).toEqual([
    '1 of 3 results were cut off: GitHub takes 25000.',
    'Not analyzed: 0 references without a known function, 1 pieces of code not read.',
  ])
})

describe('rules', () => {
  const rules = sarifRules(['exec', 'my/own'])

  test('have what GitHub requires, within its limits', () => {
    for (const { id, name, shortDescription, fullDescription, help, properties } of rules) {
      expect([id, name, shortDescription.text, fullDescription.text, help.text, help.markdown]).not.toContain('')
      expect(name.length).toBeLessThanOrEqual(255)
      expect(Math.max(shortDescription.text.length, fullDescription.text.length)).toBeLessThanOrEqual(1024)
      expect(properties.tags.length).toBeLessThanOrEqual(10)
      expect(Number(properties['security-severity'])).toBeGreaterThan(0)
      // Over 9.0 is `critical`: having a capability is no vulnerability.
      expect(Number(properties['security-severity'])).toBeLessThan(9)
    }
  })

  test('score in the order of seriousness', () => {
    const scores = RANKS.map(
      ({ capability }) => rules.find(({ id }) => id === capability)?.properties['security-severity'],
    )
    expect(scores.map(Number)).toEqual(scores.map(Number).sort((a, b) => b - a))
  })

  test('are the same whatever was found, but for capabilities of a map of the user’s own', () => {
    expect(rules.slice(0, -1)).toEqual(sarifRules([]))
    expect(rules.at(-1)?.id).toBe('my/own')
  })

  test('explain each capability as docs/capabilities.md does', () => {
    const docs = readFileSync(new URL('../../docs/capabilities.md', import.meta.url), 'utf8')
    const rows = [...docs.matchAll(/^\| `([^`]+)` \| ([^|]+) \|/gm)]
    expect(rows.map(([, id, covers]) => [id, covers])).toEqual(
      RANKS.map(({ capability }) => [capability, coversText(capability)]),
    )
  })
})

describe('hostile text', () => {
  test('is no placeholder, no link and no line break of a message', () => {
    expect(sarifText('app::{closure#0} {0} {x y} [click](https://evil.invalid) \n\x1b[2J\u202e')).toBe(
      'app::closure#0 0 (x y) [click] (https://evil.invalid) \\n\\u1b[2J\\u202e',
    )
  })

  test('is no scheme, no query and no way up in a location', () => {
    expect(sarifUri('src/a b#c?d%:é/x.rs')).toBe('src/a%20b%23c%3Fd%25%3A%C3%A9/x.rs')
    expect(sarifUri('\ud800')).toBe('%EF%BF%BD')
    const path = [step('app::f', 'app@1.0.0 ../../../etc/passwd:1:1')]
    const { results } = analyzed(inRepository([packageOf('app@1.0.0', [finding('exec', { path })], true)]))
    expect(results[0]?.locations[0].physicalLocation.artifactLocation.uri).toBe('crates/app/Cargo.toml')
  })

  test('leaves the log valid', () => {
    const name = 'app::"},{"\u2028{0}\ud800</script>'
    const path = [step(name, 'app@1.0.0 src/java\tscript:x.rs:1:1')]
    const of = inRepository([packageOf('app@1.0.0', [finding('exec', { path, literals: ['\u0000{1}'] })], true)])
    expect(analyzed(of).results).toHaveLength(1)
  })
})
