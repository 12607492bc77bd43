/** Where packages come from, in each format; an address is crate text. */
import { describe, expect, test } from '@jest/globals'
import { renderCheck } from '../../src/report/check-text.js'
import { renderDiff } from '../../src/report/diff-text.js'
import { analysisMarkdown } from '../../src/report/markdown-analysis.js'
import { checkMarkdown } from '../../src/report/markdown-check.js'
import { diffMarkdown } from '../../src/report/markdown-diff.js'
import { checkNotices } from '../../src/report/notice-check.js'
import { diffNotices } from '../../src/report/notice-diff.js'
import { packageGraphml } from '../../src/report/package-graphml.js'
import { analysisResultSchema, type PackageResult, type SourceResult } from '../../src/report/result.js'
import { renderText } from '../../src/report/text.js'
import { compare } from '../review/diff-support.js'
import { checked } from '../review/policies.js'
import { packageOf, result } from './results.js'

const COMMIT = '0123456789abcdef0123456789abcdef01234567'
const git: SourceResult = { kind: 'git', url: 'https://git.example/\u001b[31m|x', revision: COMMIT }
const options = { columns: 120, colour: false, command: 'caps', showUnanalyzed: false } as const

const from = (id: string, source: SourceResult): PackageResult => ({
  ...packageOf(id, []),
  origin: source.kind,
  source,
})
const of = (...packages: readonly PackageResult[]) => result([packageOf('app@1.0.0', [], true), ...packages])
const vendored: SourceResult = { kind: 'registry', url: 'crates-io', from: { kind: 'directory', url: 'vendor' } }

describe('an analysis', () => {
  const all = of(from('log@1.0.0', git), ...['a', 'b', 'c', 'd'].map((name) => from(`${name}@1.0.0`, vendored)))

  test('names what comes from elsewhere, those of one source together', () => {
    analysisResultSchema.parse(all)
    const text = renderText(all, options)
    expect(text).toContain('from elsewhere   log 1.0.0  git https://git.example/\\u{1b}[31m|x#0123456789ab\n')
    expect(text).toContain(
      '4 packages: a 1.0.0, b 1.0.0, c 1.0.0, d 1.0.0  registry crates-io (from directory vendor)\n',
    )
    expect(analysisMarkdown(all)).toContain('<code>from elsewhere</code>: 5 packages')
    expect(analysisMarkdown(all)).not.toContain('\u001b')
  })

  test('says nothing of the registry, the repository and what was asked for', () => {
    const plain = of(packageOf('log@1.0.0', []), from('dep@1.0.0', { kind: 'path', directory: 'dep' }))
    expect(renderText(plain, options)).not.toContain('from elsewhere')
    expect(analysisMarkdown(plain)).not.toContain('from elsewhere')
  })
})

describe('a diff', () => {
  const diff = compare(of(packageOf('log@1.0.0', [])), of(from('log@1.0.0', git), from('new@1.0.0', vendored)))

  test('tells both sources in full, and where a new package comes from', () => {
    const text = renderDiff(diff, options)
    expect(text).toContain('1 package from another source')
    expect(text).toContain(`~ source            now from git https://git.example/\\u{1b}[31m|x#${COMMIT}`)
    expect(text).toContain('was from registry crates-io')
    expect(text).toContain('new dependency, from registry crates-io (from directory vendor)')
  })

  test('in a comment, and as an alert although it is neither more nor less', () => {
    expect(diffMarkdown(diff)).toContain('**another source**')
    expect(diffMarkdown(diff)).not.toContain('\u001b')
    expect(diffNotices(diff)).toMatchObject([
      { rule: 'package-source', level: 'warning', properties: { sourceBefore: 'registry crates-io' } },
    ])
  })
})

describe('a check', () => {
  const rules = '[[source]]\npackage = "*"\nfrom = ["registry crates-io", "path"]\nreason = "published"\n'

  test('says which source, what is allowed, and by which command it would be', () => {
    const found = checked(of(from('log@1.0.0', { ...git, url: 'https://git.example/log' })), rules, { whole: false })
    const text = renderCheck(found, options)
    expect(text).toContain(`other source log 1.0.0        from git https://git.example/log#${COMMIT}`)
    expect(text).toContain('may come from registry crates-io, path')
    expect(text).toContain('caps.toml:2 pins the source: published')
    expect(text).toContain(`caps allow log --source 'git https://git.example/log#${COMMIT}'`)
    expect(checkMarkdown(found)).toContain('✗ from another source')
    expect(checkNotices(found)).toMatchObject([{ rule: 'package-source', level: 'error' }])
  })

  test('that nothing pins: a line, and not a failure', () => {
    const text = renderCheck(checked(of(from('log@1.0.0', git)), '', { whole: false }), options)
    expect(text).toContain('not pinned   log 1.0.0\n')
    expect(text).toContain('clean: 0 of 0 findings allowed by caps.toml, 1 package from elsewhere, not counted')
    expect(text).not.toContain('\u001b')
  })
})

describe('what vouches for the files', () => {
  const held = (id: string, verified: PackageResult['verified']): PackageResult => ({
    ...packageOf(id, []),
    ...(verified && { verified }),
  })
  const all = of(
    held('good@1.0.0', { by: 'lockfile' }),
    held('none@1.0.0', { by: 'nothing', why: 'no sum\u001b[31m' }),
    held('other@1.0.0', { by: 'lockfile', unpackedOtherwise: ['src/lib.rs'] }),
  )

  test('is told where nothing does, or cargo builds other files', () => {
    analysisResultSchema.parse(all)
    const text = renderText(all, options)
    expect(text).toContain('not verified     none 1.0.0  no checksum\n')
    expect(text).toContain('                 other 1.0.0  cargo has unpacked other files\n')
    expect(text).not.toContain('good 1.0.0')
    const comment = analysisMarkdown(all)
    expect(comment).toContain('<code>not verified</code>: 2 packages')
    expect(comment).toContain('by nothing: no `sum')
    expect(comment).not.toContain('\u001b')
  })

  test('says nothing where all is vouched for', () => {
    const plain = of(held('good@1.0.0', { by: 'lockfile' }), held('older@1.0.0', undefined))
    expect(renderText(plain, options)).not.toContain('not verified')
    expect(analysisMarkdown(plain)).not.toContain('not verified')
  })

  test('is an attribute of the packages in a GraphML', () => {
    const graph = packageGraphml(all)
    expect(graph).toContain('by the lockfile’s checksum; cargo has unpacked other files')
    expect(graph).not.toContain('\u001b')
  })
})
