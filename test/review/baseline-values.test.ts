/** A baseline and what capabilities act on: the levels of `--fail-on`, and the same answer as a diff with the report gives. */
import { describe, expect, test } from '@jest/globals'
import type { AnalysisResult, Finding, Resource } from '../../src/report/result.js'
import { policyOfBaseline } from '../../src/review/baseline.js'
import { reportTellsValues, type ValueLevel } from '../../src/review/baseline-values.js'
import { failsOn } from '../../src/review/diff-gate.js'
import { app, compare, sites, use } from './diff-support.js'
import { checked } from './policies.js'

const host = (value: string, given: Partial<Resource> = {}): Resource => ({
  kind: 'address',
  value,
  known: 'written',
  sites: 1,
  ...given,
})
const unknown = host('*', { known: 'unknown' })
const to = (resources: readonly Resource[] | undefined, at = 3, certainty: Finding['certainty'] = 'certain') =>
  use('network/connect', 'std::net::TcpStream::connect', {
    at: `src/lib.rs:${at}`,
    certainty,
    ...(resources && { resources: [...resources] }),
  })
const acting = (...given: Parameters<typeof to>[]): AnalysisResult => sites([app(given.map((one) => to(...one)))])

function problemsOf(before: AnalysisResult, now: AnalysisResult, values: ValueLevel) {
  // A result of a check has each capability once; here each place is a finding of its own.
  const baseline = policyOfBaseline(before, { file: 'old.json', sites: false, values })
  return checked(now, baseline, { places: now }).problems.filter(({ level }) => level === 'error')
}

const api = acting([[host('api.example:443')]])

test('a host that was not there is told from new-value on, a sensitive one from sensitive on, with its place', () => {
  const evil = acting([[host('api.example:443')]], [[host('evil.example:1')], 9])
  const raw = acting([[host('api.example:443')]], [[host('1.2.3.4:5', { tags: ['literal-address'] })], 9])
  const failing = (now: AnalysisResult) =>
    (['none', 'sensitive', 'all'] as const).map((level) => problemsOf(api, now, level).length > 0)
  expect(failing(api)).toEqual([false, false, false])
  expect(failing(evil)).toEqual([false, false, true])
  expect(failing(raw)).toEqual([false, true, true])
  const [problem] = problemsOf(api, evil, 'all')
  expect(problem).toMatchObject({
    verdict: 'other-values',
    values: [{ value: 'evil.example:1' }],
    allowedValues: ['api.example:443'],
  })
  expect(problem?.message).toContain('old.json allows for api.example:443 only, not for evil.example:1')
  expect(problemsOf(api, raw, 'sensitive')[0]?.message).toContain('which old.json has, and not for 1.2.3.4:5')
})

test('an older version of the package counts, and so does what any version acted on', () => {
  const older = { ...api, packages: api.packages.map((owner) => ({ ...owner, version: '0.1.0', id: 'app@0.1.0' })) }
  expect(problemsOf(older, api, 'all')).toEqual([])
})

test('a report of an older caps, which tells no values, is known as one', () => {
  expect(reportTellsValues(api)).toBe(true)
  expect(reportTellsValues(acting([undefined]))).toBe(false)
  expect(reportTellsValues(sites([app([])]))).toBe(true)
})

describe('a diff of the same two says the same', () => {
  const SIDES: Readonly<Record<string, AnalysisResult>> = {
    api,
    moved: acting([[host('api.example:443')], 30]),
    both: acting([[host('api.example:443')]], [[host('evil:1')], 9]),
    other: acting([[host('evil:1')]]),
    computed: acting([[host('api.example:443')]], [[unknown], 9]),
    unknown: acting([[unknown]]),
    'unknown twice': acting([[unknown]], [[unknown], 9]),
    'unknown and one': acting([[unknown]], [[host('evil:1')], 9]),
    sensitive: acting([[host('1.2.3.4:5', { tags: ['literal-address'] })]]),
    'possible too': acting([[host('api.example:443')]], [[host('evil:1')], 9, 'possible']),
    'a handle': acting([[host('x', { kind: 'handle' })]]),
  }
  const PAIRS = Object.keys(SIDES).flatMap((before) => Object.keys(SIDES).map((now) => [before, now] as const))
  const LEVELS = [
    ['sensitive', 'sensitive'],
    ['new-value', 'all'],
  ] as const

  test.each(PAIRS)('%s, then %s', (old, now) => {
    const [before, after] = [SIDES[old], SIDES[now]] as [AnalysisResult, AnalysisResult]
    for (const [level, values] of LEVELS) {
      const fails = problemsOf(before, after, values).length > 0
      expect({ level, fails }).toEqual({ level, fails: failsOn(compare(before, after), level) })
    }
  })
})
