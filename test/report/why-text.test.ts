/** How the answer of `caps why` reads to a person: trees that share beginnings, no innards, a screen, and nothing left out uncounted. */
import { expect, test } from '@jest/globals'
import type { WhyResult } from '../../src/report/result.js'
import { limitWhy, type WhyShown } from '../../src/report/why-shown.js'
import { renderWhy } from '../../src/report/why-text.js'
import { step } from './results.js'

type Path = WhyResult['paths'][number]

/** Functions of `app` and then of `deep`, by names; the last one is the place. */
function path(own: readonly string[], deep: readonly string[], line: number, given: Partial<Path> = {}): Path {
  const names = [...own.map((name) => `app::${name}`), ...deep.map((name) => `deep::${name}`)]
  const steps = names.map((name, index) =>
    step(name, `${index <= own.length ? 'app@1.0.0' : 'deep@0.3.0'} src/lib.rs:${index + 1}:1`),
  )
  const home = deep.length > 0 ? 'deep@0.3.0' : 'app@1.0.0'
  return {
    capability: 'exec',
    stage: 'run',
    certainty: 'certain',
    condition: 'true',
    from: ['program'],
    path: [...steps, step('std::process::Command::spawn', `${home} src/run.rs:${line}:5`)],
    ...given,
  }
}

const draw = (paths: readonly Path[], shown: WhyShown = {}, columns = 100): string =>
  [
    ...renderWhy(
      { schemaVersion: 2, root: 'app@1.0.0', targets: [], sites: paths.length, paths, truncated: false },
      'exec',
      shown,
      {
        columns,
        colour: false,
      },
    ),
  ].join('')

test('ways that share a beginning are a tree; innards are left out unless all is asked for', () => {
  const paths = [
    path(['main', 'a', 'b', 'c'], ['open'], 7, { literals: ['git'] }),
    path(['main', 'a', 'b', 'd'], ['x', 'y', 'z'], 9, { condition: 'windows' }),
  ]
  expect(draw(paths)).toBe(
    `app 1.0.0   exec at 2 sites, all certain

a user of the program
  app::main                         app 1.0.0  src/lib.rs:1:1
  → … app::b                        src/lib.rs:3:1
  ├ app::c                          src/lib.rs:4:1
  │ → deep::open                    src/lib.rs:5:1
  │ → std::process::Command::spawn  deep 0.3.0  src/run.rs:7:5  "git"
  └ app::d                          src/lib.rs:4:1
    → deep::x                       src/lib.rs:5:1
    → … deep::z                     deep 0.3.0  src/lib.rs:7:1
    → std::process::Command::spawn  src/run.rs:9:5  only on Windows
`,
  )
  expect(draw(paths, { all: true })).toContain('→ app::a')
})

test('what is not shown is counted, with the option that shows it', () => {
  const paths = [
    ...Array.from({ length: 12 }, (_, index) => path(['main'], [`f${index}`], index + 1)),
    path(['main'], ['maybe'], 40, { certainty: 'possible' }),
    path([], ['dead'], 50, { from: ['unreached'] }),
  ]
  const text = draw(paths)
  expect(text).toContain('exec at 14 sites: 12 certain, 1 possibly reached, 1 not reached')
  expect(text).toMatch(/2 more sites, in deep: --limit 12, --all\n1 site possibly reached, in deep: --possible\n/)
  expect(text).toMatch(/1 site that nothing leads to, in deep: --all\n$/)
  expect(text.split('\n').length).toBeLessThan(45)
  expect(draw(paths, { possible: true, limit: 20 })).toMatch(/a user of the program, possibly\n/)
  const all = draw(paths, { all: true })
  expect(all).toContain('reached from nothing that was asked for')
  expect(all).not.toContain('--all')
})

test('what is merely possible, or not reached, is shown where there is nothing else', () => {
  expect(draw([path(['main'], [], 1, { certainty: 'possible' })])).toContain('app::main')
  expect(draw([path([], ['dead'], 1, { from: ['unreached'] })])).toContain('deep::dead')
  expect(draw([])).toBe('app 1.0.0 has no path to exec\n')
})

test('no line is wider than the terminal, and hostile names are escaped', () => {
  const long = path(['main', 'very::long::module::path::of::a::Type::method'.repeat(3)], ['\u001b[2J'], 1, {
    condition: 'all(unix, feature = "a", feature = "b", feature = "c", not(windows))',
    literals: ['x'.repeat(200)],
  })
  const text = draw([long], {}, 60)
  for (const line of text.split('\n')) expect(line.length).toBeLessThanOrEqual(60)
  expect(text).not.toContain('\u001b')
})

test('JSON has everything unless a limit is asked for', () => {
  const answer: WhyResult = {
    schemaVersion: 2,
    root: 'app@1.0.0',
    targets: [],
    sites: 2,
    paths: [path(['main'], [], 1), path(['main'], [], 2)],
    truncated: false,
  }
  expect(limitWhy(answer, {})).toBe(answer)
  expect(limitWhy(answer, { limit: 1 })).toMatchObject({ sites: 2, paths: [answer.paths[0]], truncated: true })
})
