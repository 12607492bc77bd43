/** Markdown for pull requests, read by a parser of GitHub Flavored Markdown: the right cells, and no crate text as markup. */
import { describe, expect, test } from '@jest/globals'
import { analysisMarkdown } from '../../src/report/markdown-analysis.js'
import { checkMarkdown } from '../../src/report/markdown-check.js'
import { diffMarkdown } from '../../src/report/markdown-diff.js'
import { MAX_COMMENT_LENGTH } from '../../src/report/markdown-parts.js'
import { code, codeCell, prose } from '../../src/report/markdown-text.js'
import { foreignNodes, htmlOf, nodesOf, parseGfm, tableOf, textOf } from './gfm.js'
import { finding, packageOf, result, step } from './results.js'
import { capabilityChange, check, coverageProblem, diff, packageDiff, problem, unusedProblem } from './reviews.js'

/** Names that are markup, mentions, links and table rows where they are not made harmless. */
const HOSTILE = [
  'a | b | c',
  'back\\| slash',
  '`tick` ``two``',
  '` `',
  '@org/team',
  '#1 GH-2 owner/repo#3',
  'https://evil.invalid www.evil.invalid a@evil.invalid',
  '[x](javascript:alert(1)) ![i](//evil.invalid/x.png)',
  '</code></summary></details><img src=//evil.invalid onerror=x><!--',
  '*b* _i_ ~~s~~ **B** $x$ :tada:',
  '\r\n\r\n# head\n| a |\n|---|',
  '\u202e\u200b\x1b[2J',
  '&lt;b&gt; \\*x\\*',
]

describe('an analysis', () => {
  const app = packageOf('app@1.0.0', [finding('exec', { reach: 'transitive' }), finding('fs/read')], true)
  const helper = packageOf('helper@0.1.2', [
    finding('exec'),
    finding('network/connect', { certainty: 'possible' }),
    finding('env/read', { stage: 'build' }),
  ])
  const text = analysisMarkdown(result([app, helper, packageOf('none@1.0.0', [])]))

  test('is a table of a row a package and a column a family, most serious first', () => {
    expect(tableOf(text)).toEqual([
      ['package', 'exec', 'network', 'fs', 'otherwise'],
      ['app 1.0.0', '↳', '✗', '✓', ''],
      ['helper 0.1.2', '✓', '?', '✗', 'when built: env'],
    ])
    expect(text).toContain('1 package without any capability.')
  })

  test('folds the paths, a block a package', () => {
    expect(htmlOf(text).filter((html) => html.startsWith('<details>'))).toEqual([
      '<details><summary><code>app 1.0.0</code>: <code>exec</code> <code>fs</code></summary>',
      '<details><summary><code>helper 0.1.2</code>: <code>exec</code> <code>network</code> <code>env</code></summary>',
    ])
    const items = nodesOf(parseGfm(text)).filter((node) => node.type === 'listItem')
    expect(items.map(textOf)).toContain(
      'env/read (when it is built): app::run → std::fs::read (app 1.0.0 src/lib.rs:3:5)',
    )
  })

  test('names platforms, and formulas whole unless they are longer than anybody writes them', () => {
    const conditions = ['windows', `feature = "${'x'.repeat(3000)}"`]
    const found = conditions.map((condition) => finding('exec', { condition }))
    const items = nodesOf(parseGfm(analysisMarkdown(result([packageOf('app@1.0.0', found)])))).filter(
      (node) => node.type === 'listItem',
    )
    expect(items.map((node) => textOf(node).replace(/: .*/, ''))).toEqual([
      'exec (only on Windows)',
      `exec (only if feature = "${'x'.repeat(1988)}…)`,
    ])
  })

  test('says what was not analyzed', () => {
    const { coverage } = result([])
    const losses = [{ kind: 'proc macro', what: 'm', package: 'app@1.0.0', file: 'src/lib.rs', line: 1, column: 1 }]
    expect(analysisMarkdown(result([app], { coverage: { ...coverage, losses } }))).toContain(
      'Not analyzed: 1 proc macro. That code may do anything.',
    )
  })

  test('fits into a comment, and says what was cut', () => {
    const path = [step(`app::${'long_name_'.repeat(40)}`), step('std::fs::read')]
    const packages = Array.from({ length: 2000 }, (_, index) =>
      packageOf(`dependency-${index}@1.0.0`, [finding('exec', { path })]),
    )
    const long = analysisMarkdown(result([app, ...packages]))
    expect(long.length).toBeLessThanOrEqual(MAX_COMMENT_LENGTH + 1)
    expect(long).toMatch(/\n\d+ more packages are not shown\.\n/)
    const blocks = htmlOf(long).filter((html) => html.startsWith('<details>')).length
    expect(long).toContain(`${2001 - blocks} more parts did not fit into a comment of GitHub: \`caps analyze\``)
  })
})

test('no name fills a comment, and none takes long to read', () => {
  const name = `${'!'.repeat(200_000)}b`
  const text = checkMarkdown(
    check([problem({ package: `${name}@1.0.0`, message: name })], { members: [name], root: name }),
  )
  expect(text.length).toBeLessThan(MAX_COMMENT_LENGTH)
  expect(text.split('\n\n')[1]).toMatch(/^### ✗ Not allowed: `!+…`$/)
})

describe('a diff', () => {
  test('that brings nothing is short', () => {
    const { summary } = diff([])
    const text = diffMarkdown(diff([], { summary: { ...summary, capabilities: { gained: [], lost: [] } } }))
    expect(text.trim().split('\n\n')).toEqual([
      '<!-- caps diff -->',
      '### `app 1.0.0 → 1.0.1`',
      'No capability that it had not.',
      'Compared for `x86_64-unknown-linux-gnu`; dependencies of both sides chosen by `Cargo.lock`.',
      'Packages: 0 added, 0 removed, 0 changed, 1 as before.',
    ])
  })

  test('has a row a package with what changed', () => {
    const side = { id: 'new-dep@1.0.0', version: '1.0.0', origin: 'registry', local: false, digest: null } as const
    const build = {
      kind: 'unit',
      package: 'new-dep',
      ids: { old: null, new: 'new-dep@1.0.0' },
      direction: 'more',
      tone: 'alarm',
      change: 'added',
      unit: 'build',
      stage: 'build',
      file: 'build.rs',
      digest: { old: null, new: '00' },
    } as const
    const text = diffMarkdown(
      diff([
        packageDiff([build, capabilityChange({ package: 'new-dep', stage: 'build', capability: 'network/connect' })], {
          name: 'new-dep',
          change: 'added',
          old: null,
          new: side,
        }),
        packageDiff([
          capabilityChange(),
          capabilityChange({ capability: 'fs/read', change: 'lost', direction: 'less' }),
          capabilityChange({ capability: 'fs/write', change: 'more' }),
        ]),
      ]),
    )
    expect(tableOf(text)).toEqual([
      ['package', 'exec', 'fs', 'package is', 'besides'],
      ['new-dep 1.0.0', '·', '·', 'added by app', 'when built: network; new build code'],
      ['helper 0.1.0 → 0.1.1', '✓ new', '✓ more', '', ''],
    ])
    const items = nodesOf(parseGfm(text)).filter((node) => node.type === 'listItem')
    expect(items.map(textOf)).toEqual([
      '➕ has a new build script (build.rs)',
      '➕ gained network/connect when it is built (1 site): helper::run → std::process::Command::spawn (helper 0.1.1 src/lib.rs:9:5)',
      '➕ gained exec (1 site): helper::run → std::process::Command::spawn (helper 0.1.1 src/lib.rs:9:5)',
      '➖ lost fs/read: helper::run → std::process::Command::spawn (helper 0.1.1 src/lib.rs:9:5)',
      '➕ has more uses of fs/write (0, now 1 site): helper::run → std::process::Command::spawn (helper 0.1.1 src/lib.rs:9:5)',
    ])
  })
})

describe('a check', () => {
  test('has a row a package with a problem, and the command that allows it', () => {
    const text = checkMarkdown(
      check([problem(), problem({ capability: 'fs/read', level: 'warning' }), coverageProblem, unusedProblem]),
    )
    expect(text).toContain('### ✗ Not allowed: `app 1.0.0`')
    expect(tableOf(text)).toEqual([
      ['package', 'exec', 'fs', 'besides'],
      ['helper 0.1.1', '✗', '⚠', ''],
      ['app 1.0.0', '✓', '✓', '✗ not analyzed completely'],
    ])
    const blocks = nodesOf(parseGfm(text)).flatMap((node) => (node.type === 'code' ? [node.value] : []))
    expect(blocks).toEqual(Array(2).fill("caps allow helper exec --reason '…'"))
    expect(textOf(parseGfm(text))).toContain('caps.toml:7 allows network to helper, which nothing uses')
  })

  test('that is clean says so', () => {
    expect(checkMarkdown(check([]))).toContain('### ✓ Allowed: `app 1.0.0`')
  })
})

describe('hostile text', () => {
  test.each(HOSTILE)('%j is one code span, in a sentence and in a cell', (text) => {
    const spans = (markdown: string): readonly string[] =>
      nodesOf(parseGfm(markdown)).flatMap((node) => (node.type === 'inlineCode' ? [node.value] : []))
    expect(spans(code(text))).toHaveLength(1)
    expect(foreignNodes(code(text))).toEqual([])
    const cells = tableOf(`| a | b |\n|---|---|\n| ${codeCell(text)} | end |`)[1]
    expect(cells).toHaveLength(2)
    expect(cells?.[1]).toBe('end')
    expect(foreignNodes(prose(text))).toEqual([])
    expect(htmlOf(prose(text))).toEqual([])
  })

  test('leaves the reports their shape', () => {
    for (const name of HOSTILE) {
      const path = [step(`app::${name}`), { ...step('std::fs::read'), file: name, package: `${name}@1.0.0` }]
      const found = finding('exec', { path, literals: [name], condition: `feature = "${name}"` })
      const hostile = { ...packageOf('x@1.0.0', [found, finding(`${name}/x`)], true), id: `${name}@1.0.0`, name }
      const change = capabilityChange({ package: name, path, ids: { old: null, new: `${name}@1.0.0` } })
      const texts = [
        analysisMarkdown(result([hostile])),
        diffMarkdown(
          diff([packageDiff([change], { name, dependents: [name], dependencies: { added: [name], removed: [] } })], {
            notes: [{ code: 'tool', side: 'old', message: name }],
          }),
        ),
        checkMarkdown(
          check([
            problem({
              package: `${name}@1.0.0`,
              path,
              message: name,
              literals: [name],
              via: [name, name],
              allow: { args: [], command: `caps allow '${name}'` },
            }),
            { ...unusedProblem, message: name },
          ]),
        ),
      ]
      for (const text of texts) {
        expect(foreignNodes(text)).toEqual([])
        const rows = tableOf(text)
        expect(rows).toHaveLength(2)
        expect(rows[1]?.length).toBe(rows[0]?.length)
        const opened = htmlOf(text).join('\n')
        expect(
          opened.match(/<[a-z]+/g)?.filter((tag) => !['<details', '<summary', '<code'].includes(tag)) ?? [],
        ).toEqual([])
        expect(opened.match(/<details>/g)?.length).toBe(opened.match(/<\/details>/g)?.length)
      }
    }
  })
})
