/** A capability that was there and acts on something else: a change of its own kind, with the words of every format. */
import { describe, expect, test } from '@jest/globals'
import { diffMarkdown } from '../../src/report/markdown-diff.js'
import { diffNotices } from '../../src/report/notice-diff.js'
import type { AnalysisResult, Finding, Resource } from '../../src/report/result.js'
import { failsOn } from '../../src/review/diff-gate.js'
import { finding, step } from '../report/results.js'
import { app, changeLines, compare, dependency, sites, use } from './diff-support.js'

const connect = 'std::net::TcpStream::connect'
const host = (value: string, known: Resource['known'] = 'written'): Resource => ({
  kind: 'address',
  value,
  known,
  sites: 1,
})
const to = (resources: readonly Resource[], given: Partial<Finding> & { readonly at?: string } = {}): Finding =>
  use('network/connect', connect, { resources: [...resources], ...given })
const api = sites([app([to([host('api.example:443')])])])
const valuesOf = (old: AnalysisResult, now: AnalysisResult, from: 'source' | 'report' = 'source'): string[] =>
  compare(old, now, {}, from).packages.flatMap(({ changes }) =>
    changes.flatMap((change) => (change.kind === 'value' ? [`${change.package} ${change.resource.value}`] : [])),
  )

describe('what is new', () => {
  test('a host beside the known one, in whatever call', () => {
    const now = sites([
      app([
        to([host('api.example:443')]),
        use('network/connect', 'x::y', { at: 'src/lib.rs:9', resources: [host('evil.example:1')] }),
      ]),
    ])
    expect(valuesOf(api, now)).toEqual(['app evil.example:1'])
  })

  test('a call that moved, a capability that was gained, a value that went: none', () => {
    expect(valuesOf(api, sites([app([to([host('api.example:443')], { at: 'src/other.rs:7' })])]))).toEqual([])
    expect(valuesOf(sites([app([])]), api)).toEqual([])
    expect(valuesOf(api, sites([app([])]))).toEqual([])
    const build = sites([app([to([host('api.example:443')]), to([host('b:1')], { stage: 'build' })])])
    expect(valuesOf(api, build)).toEqual([])
  })

  test('what was written and is concealed now is new, and the loudest change', () => {
    const hidden = sites([app([to([host('api.example:443', 'concealed')])])])
    expect(changeLines(compare(api, hidden))).toContain(
      'app: + gained run network/connect certain [api.example:443] → api.example:443',
    )
    const [change] = compare(api, hidden)
      .packages.flatMap(({ changes }) => changes)
      .filter(({ kind }) => kind === 'value')
    expect(change?.tone).toBe('alarm')
  })

  test('what is worked out is told where all was written, and only there', () => {
    const both = sites([app([to([host('api.example:443'), host('*', 'unknown')])])])
    expect(changeLines(compare(api, both))).toContain(
      'app: + computed run network/connect certain [api.example:443] → *',
    )
    const more = sites([app([to([host('api.example:443'), host('*', 'unknown')]), to([host('*', 'unknown')])])])
    expect(valuesOf(both, more)).toEqual([])
  })

  test('what was not known and is known now is no other value; beside as much that is not known it is', () => {
    const unknown = to([host('*', 'unknown')])
    expect(valuesOf(sites([app([unknown])]), api)).toEqual([])
    const sensitive = sites([app([to([{ ...host('1.2.3.4:5'), tags: ['literal-address'] }])])])
    expect(failsOn(compare(sites([app([unknown])]), sensitive), 'sensitive')).toBe(true)
    const beside = sites([app([unknown, to([host('evil:1')], { at: 'src/lib.rs:9' })])])
    expect(valuesOf(sites([app([unknown])]), beside)).toEqual(['app evil:1'])
  })

  test('an older report that tells no values has none to be held against', () => {
    const silent = sites([app([use('network/connect', connect)])])
    expect(valuesOf(silent, api, 'report')).toEqual([])
    const notes = (old: AnalysisResult) => compare(old, api, {}, 'report').notes.map(({ code, side }) => [code, side])
    expect(notes(silent)).toEqual([['no-values', 'old']])
    // Nothing is lost where what the other side tells is a capability that this one has not.
    expect(notes(sites([app([use('fs/read', 'std::fs::read')])]))).toEqual([])
    expect(valuesOf(silent, api)).toEqual(['app api.example:443'])
  })

  test('who hands a value on answers for it', () => {
    const at = (value: string) => {
      const handed = finding('network/connect', {
        reach: 'transitive',
        path: [
          step('app::run'),
          step('dep::get', 'app@1.0.0 src/lib.rs:3:5'),
          step(connect, 'dep@1.0.0 src/lib.rs:3:5'),
        ],
        resources: [host(value)],
      })
      const own = use('network/connect', connect, { of: 'dep@1.0.0', resources: [host(value)] })
      return sites([app([handed]), dependency('dep@1.0.0', [own])])
    }
    expect(valuesOf(at('a:1'), at('b:1'))).toEqual(['app b:1'])
  })
})

test('a gate for values: certain ones, new and computed', () => {
  const gate = (now: Finding): boolean[] =>
    (['new', 'new-value', 'any'] as const).map((level) => failsOn(compare(api, sites([app([now])])), level))
  expect(gate(to([host('api.example:443')]))).toEqual([false, false, false])
  expect(gate(to([host('evil:1')]))).toEqual([false, true, true])
  expect(gate(to([host('*', 'unknown')]))).toEqual([false, true, true])
  expect(gate(to([host('evil:1')], { certainty: 'possible' }))).toEqual([false, false, true])
})

test('a value that was merely possible and is now certain is new for a gate, and told as no value from before', () => {
  const maybe = to([host('evil:1')], { certainty: 'possible' })
  const old = sites([app([to([host('api.example:443')]), maybe])])
  const diff = compare(old, sites([app([to([host('api.example:443')]), to([host('evil:1')])])]))
  expect(changeLines(diff)).toContain('app: + gained run network/connect certain [api.example:443] → evil:1')
  expect(failsOn(diff, 'new-value')).toBe(true)
  expect(valuesOf(old, old)).toEqual([])
})

test('who possibly hands a value on does not answer for who certainly acts on it', () => {
  const at = (value: string) => {
    const handed = finding('network/connect', {
      reach: 'transitive',
      certainty: 'possible',
      path: [step('app::run'), step(connect, 'dep@1.0.0 src/lib.rs:3:5')],
      resources: [host(value)],
    })
    const own = use('network/connect', connect, { of: 'dep@1.0.0', resources: [host(value)] })
    return sites([app([handed]), dependency('dep@1.0.0', [own])])
  }
  expect(valuesOf(at('a:1'), at('b:1'))).toEqual(expect.arrayContaining(['dep b:1']))
  expect(failsOn(compare(at('a:1'), at('b:1')), 'new-value')).toBe(true)
})

test('every format says it, and Markdown keeps text of the crate in code', () => {
  const diff = compare(api, sites([app([to([host('evil @team:1')])])]))
  const [notice] = diffNotices(diff)
  expect(notice?.title).toContain('connects to "evil @team:1", connected to api.example:443 before')
  expect(notice?.properties).toMatchObject({ kind: 'value', value: 'evil @team:1', before: ['api.example:443'] })
  expect(diffMarkdown(diff)).toContain('connects to `"evil @team:1"`, connected to `api.example:443` before')
})

test('what is sensitive is loud, and a gate of its own', () => {
  const now = sites([app([to([{ ...host('1.2.3.4:5'), tags: ['literal-address'] }])])])
  const diff = compare(api, now)
  expect(diff.packages[0]?.changes[0]).toMatchObject({ kind: 'value', tone: 'alarm' })
  expect([failsOn(diff, 'new'), failsOn(diff, 'sensitive')]).toEqual([false, true])
  expect(failsOn(compare(api, sites([app([to([host('evil:1')])])])), 'sensitive')).toBe(false)
})
