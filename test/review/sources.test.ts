/** Where packages come from: as a change of a diff, as a rule of a policy, and in a baseline. */
import { describe, expect, test } from '@jest/globals'
import type { SourceProblem } from '../../src/report/check-result.js'
import type { AnalysisResult, PackageResult, SourceResult } from '../../src/report/result.js'
import { policyOfBaseline } from '../../src/review/baseline.js'
import { failsOn } from '../../src/review/diff-gate.js'
import { WHOLE_SCOPE } from '../../src/review/policy.js'
import { allowSourceInPolicy } from '../../src/review/policy-edit.js'
import { initialPolicy } from '../../src/review/policy-init.js'
import { readPolicy } from '../../src/review/policy-read.js'
import { sourcePattern } from '../../src/review/source-pattern.js'
import { app, changeLines, compare, dependency, sites } from './diff-support.js'
import { checked, policy, words } from './policies.js'

const SUM = 'a'.repeat(64)
const registry: SourceResult = { kind: 'registry', url: 'crates-io', checksum: SUM }
const git: SourceResult = {
  kind: 'git',
  url: 'https://git.example/log',
  reference: 'branch=main',
  revision: '1'.repeat(40),
}
const path: SourceResult = { kind: 'path', directory: 'vendor/log' }

function log(source: SourceResult | undefined, given: Partial<PackageResult> = {}): PackageResult {
  const { source: _, ...rest } = dependency('log@0.4.17', [], given)
  return { ...rest, origin: source?.kind ?? 'registry', ...(source && { source }), ...given }
}
const tree = (...packages: readonly PackageResult[]): AnalysisResult => sites([app([]), ...packages])
const lines = (old: PackageResult, now: PackageResult): string[] => changeLines(compare(tree(old), tree(now)))

describe('a diff', () => {
  test.each([
    ['registry to git', registry, git, ['kind'], 'alarm'],
    ['registry to path', registry, path, ['kind'], 'alarm'],
    ['another registry', registry, { ...registry, url: 'https://r.example/' }, ['url'], 'alarm'],
    ['another repository', git, { ...git, url: 'https://git.example/fork' }, ['url'], 'alarm'],
    ['another branch', git, { ...git, reference: 'branch=x' }, ['reference'], 'notice'],
    ['another commit', git, { ...git, revision: '2'.repeat(40) }, ['revision'], 'notice'],
    ['a patch', path, { ...path, by: 'patch' as const }, ['by'], 'alarm'],
    ['another directory', path, { ...path, directory: 'x' }, ['directory'], 'notice'],
    ['other content', registry, { ...registry, checksum: 'b'.repeat(64) }, ['checksum'], 'alarm'],
    [
      'vendored, the same files',
      registry,
      { ...registry, from: { kind: 'directory' as const, url: 'v' } },
      ['from'],
      'notice',
    ],
  ] as const)('tells %s, and fails', (_, old, now, differs, tone) => {
    const diff = compare(tree(log(old)), tree(log(now)))
    const changes = diff.packages.flatMap((one) => one.changes)
    expect(changes).toMatchObject([{ kind: 'source', differs, tone, direction: 'other', source: { old, new: now } }])
    expect(failsOn(diff, 'new')).toBe(true)
    expect(failsOn(diff, 'any')).toBe(true)
  })

  test('is silent on a version bump of one registry, and on what was asked for itself', () => {
    const bumped = log({ ...registry, checksum: 'b'.repeat(64) }, { id: 'log@0.4.18', version: '0.4.18' })
    expect(lines(log(registry), bumped)).toEqual([])
    const own = (source: SourceResult) => sites([{ ...app([]), origin: source.kind, source }])
    expect(changeLines(compare(own(registry), own({ kind: 'path', directory: '.' })))).toEqual([])
  })

  test('pairs over a source change: another version, an id with its source', () => {
    const moved = log(git, { id: 'log@0.5.0 (git)', version: '0.5.0' })
    expect(lines(log(registry), moved)).toEqual([
      expect.stringMatching(/^log: ~ changed registry crates-io → git https/),
    ])
    const both = [log(git, { id: 'log@0.4.17 (git)' }), log(registry, { id: 'log@0.4.17 (registry)' })]
    const diff = compare(tree(log(registry)), tree(...both))
    expect(diff.packages).toMatchObject([{ change: 'added', new: { source: git } }])
    expect(failsOn(diff, 'new')).toBe(false)
  })

  test('sees a directory from its workspace', () => {
    const at = (top: string) => ({ ...tree(log({ kind: 'path', directory: `${top}/log` })), directory: top })
    expect(changeLines(compare(at('old'), at('new')))).toEqual([])
  })

  test('of an older report notes what it cannot tell, and tells no false change', () => {
    const diff = compare(tree(log(undefined)), tree(log(registry)))
    expect(diff.notes).toMatchObject([{ code: 'no-sources', side: 'old' }])
    expect(changeLines(diff)).toEqual([])
    expect(lines(log(undefined, { origin: 'registry' }), log(git))).toEqual([expect.stringMatching(/registry → git/)])
  })
})

const problems = (of: AnalysisResult, against: Parameters<typeof checked>[1]): SourceProblem[] =>
  checked(of, against).problems.filter((one): one is SourceProblem => one.kind === 'source')

const rule = (subject: string, from: string) => `[[source]]\n${subject}\nfrom = ${from}\nreason = "r"\n`
const OWN = rule('package = "app"', '"path"')

describe('a policy', () => {
  test('without rules tells what comes from elsewhere as a note', () => {
    expect(problems(tree(log(registry)), '')).toEqual([])
    expect(problems(tree(log({ ...registry, from: { kind: 'directory', url: 'vendor' } })), '')).toEqual([])
    expect(problems(tree(log(git)), '')).toMatchObject([{ level: 'note', verdict: 'no-rules' }])
    expect(problems(tree(log({ ...path, by: 'patch' })), '')).toMatchObject([{ level: 'note' }])
    expect(checked(tree(log(git)), '').clean).toBe(true)
  })

  test('with one needs one for each package', () => {
    const group = rule('group = "dependencies"', '"registry crates-io"')
    expect(problems(tree(log(registry)), OWN + group)).toEqual([])
    expect(problems(tree(log(registry)), OWN)).toMatchObject([{ level: 'error', verdict: 'not-allowed' }])
    const [moved] = problems(tree(log(git)), OWN + group)
    expect(moved).toMatchObject({ level: 'error', verdict: 'other-source', allowed: ['registry crates-io'] })
    expect(moved?.allow?.args.slice(0, 4)).toEqual([
      'allow',
      'log',
      '--source',
      expect.stringMatching(/^git .*#1{40}$/),
    ])
  })

  test('the most exact rules decide: what is pinned by name is not freed by a group', () => {
    const both = `${OWN}${rule('group = "dependencies"', '"registry *"')}${rule('package = "log"', '"git *"')}`
    expect(problems(tree(log(git)), both)).toEqual([])
    expect(problems(tree(log(registry)), both)).toMatchObject([{ verdict: 'other-source', allowed: ['git *'] }])
  })

  test('the proposed command makes the check clean', () => {
    for (const source of [git, path, { ...path, by: 'patch' as const }, { kind: 'path' as const }]) {
      const text = `version = 1\n${OWN}`
      const [problem] = problems(tree(log(source)), readPolicy({ file: 'caps.toml', text }, words))
      const given = problem?.allow?.args[3] ?? ''
      const request = { package: 'log', sources: [given], reason: 'r' }
      const changed = allowSourceInPolicy({ file: 'caps.toml', text }, request, words)
      expect(problems(tree(log(source)), readPolicy({ file: 'caps.toml', text: changed }, words))).toEqual([])
    }
  })

  test('is not about cargo’s configuration, which comes from nowhere', () => {
    const files: PackageResult = { ...app([]), id: '.cargo@0.0.0', name: '.cargo', version: '0.0.0' }
    expect(problems(tree(files), OWN)).toEqual([])
    expect(problems(tree({ ...files, local: false }), OWN)).toHaveLength(1)
  })

  test('tells what nothing uses', () => {
    const unused = rule('package = ["log", "gone"]', '["registry crates-io", "git *"]')
    expect(checked(tree(log(registry)), OWN + unused).problems).toMatchObject([
      { kind: 'unused', package: 'gone', rule: { action: 'source' } },
      { kind: 'unused', source: 'git *' },
    ])
  })

  test('a source that is none is an error', () => {
    expect(() => policy(rule('package = "log"', '"svn x"'))).toThrow('"svn x" is no source')
  })

  test('a fresh one is clean, and red after any change of source', () => {
    const before = tree(log(git), { ...dependency('other@1.0.0'), source: registry })
    const text = initialPolicy(before, {
      strict: false,
      possible: false,
      sites: false,
      scope: WHOLE_SCOPE,
      cfgHolds: words.cfgHolds,
    })
    const fresh = readPolicy({ file: 'caps.toml', text }, words)
    expect(checked(before, fresh, { failOn: 'any' }).problems).toEqual([])
    const others: readonly SourceResult[] = [registry, path, { ...git, revision: '2' }, { ...git, by: 'patch' }]
    for (const source of others) {
      const after = tree(log(source), { ...dependency('other@1.0.0'), source: registry })
      expect(problems(after, fresh)).toMatchObject([{ name: 'log', level: 'error' }])
    }
    const member = { ...dependency('other@1.0.0'), local: true, source: path }
    expect(problems(tree(log(git), member), fresh)).toMatchObject([{ name: 'other', level: 'error' }])
  })
})

describe('a pattern', () => {
  const fits = (text: string, source: SourceResult): boolean =>
    sourcePattern(text)?.allows(log(source), undefined) ?? false

  test.each<[string, SourceResult, boolean]>([
    ['git https://git.example/*', git, true],
    ['git https://git.example/log#1111*', git, true],
    ['git https://git.example/log#2*', git, false],
    ['git https://git.example/log?branch=main', git, true],
    ['git https://git.example/log?branch=x', git, false],
    ['git https://git.example/lo', git, false],
    ['git', { ...git, by: 'patch' }, false],
    ['git (patch)', { ...git, by: 'patch' }, true],
    ['git (patch)', git, false],
    ['path', path, true],
    ['path', { kind: 'path' }, false],
    ['path outside', { kind: 'path' }, true],
    ['path outside', { kind: 'path', directory: 'outside' }, false],
    ['registry crates-io', { ...registry, from: { kind: 'directory', url: 'vendor' } }, false],
    ['registry crates-io (from directory vendor)', { ...registry, from: { kind: 'directory', url: 'vendor' } }, true],
    ['registry crates-io (from *)', { ...registry, from: { kind: 'registry', url: 'https://m.example' } }, true],
    ['path vendor/log (patch)', { kind: 'path', directory: 'vendor/log (patch)' }, false],
  ])('%s', (text, source, expected) => expect(fits(text, source)).toBe(expected))

  test.each(['', 'svn x', 'archive x', 'git x (mine)', 'path a (b)'])('%j is none', (text) => {
    expect(sourcePattern(text)).toBeUndefined()
  })
})

describe('a baseline', () => {
  const against = (old: PackageResult) => policyOfBaseline(tree(old), { file: 'before.json', sites: false })

  test('fails on another source, not on another version', () => {
    expect(problems(tree(log(registry)), against(log(registry)))).toEqual([])
    expect(problems(tree(log(git)), against(log(registry)))).toMatchObject([
      { level: 'error', verdict: 'other-source' },
    ])
    const bumped = log({ ...registry, checksum: 'b'.repeat(64) }, { version: '0.4.18' })
    expect(problems(tree(bumped), against(log(registry)))).toEqual([])
  })

  test('fails on other content under the same version', () => {
    const [problem] = problems(tree(log({ ...registry, checksum: 'b'.repeat(64) })), against(log(registry)))
    expect(problem?.message).toBe('log 0.4.17 has other content than in before.json under the same version')
  })

  test('of an older caps knows kinds alone; a new package is no other source', () => {
    expect(problems(tree(log(registry)), against(log(undefined)))).toEqual([])
    expect(problems(tree(log(git)), against(log(undefined)))).toMatchObject([{ level: 'error' }])
    expect(problems(tree(log(git)), policyOfBaseline(tree(), { file: 'b', sites: false }))).toMatchObject([
      { level: 'note' },
    ])
  })
})
