/** What each command says of all pairs, which are members of one workspace: five analyses for all of them. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import type * as library from '../../../src/index.js'
import { type Files, filesOf, type Pair, packagesOf } from './pair.js'

export type Library = Pick<typeof library, 'analyze' | 'diff' | 'check' | 'initialPolicyOf' | 'render'>

/** As much of a pair as is asked about. */
type Changed = Pick<Pair, 'name' | 'before' | 'attack'>

/** Of one pair, as if nothing else were there. */
export interface Answers {
  readonly analysis: library.AnalysisResult
  readonly changes: library.DiffResult
  readonly checked: library.CheckResult
}

export interface AllAnswers {
  /** The policy allows what it was made of. */
  readonly cleanBefore: boolean
  readonly of: (pair: Changed) => Answers
}

/** Writes all of them before and after, asks the commands, and takes them away. */
export async function answersOf(pairs: readonly Changed[], caps: Library): Promise<AllAnswers> {
  const root = mkdtempSync(join(tmpdir(), 'caps-attacks-'))
  try {
    const old = join(root, 'old')
    const now = join(root, 'new')
    for (const pair of pairs) {
      write(old, filesOf(pair, pair.before))
      write(now, filesOf(pair, { ...pair.before, ...pair.attack }))
    }
    for (const [side, files] of [
      [old, pairs.map(({ before }) => before)],
      [now, pairs.map(({ before, attack }) => ({ ...before, ...attack }))],
    ] as const) {
      const members = pairs.flatMap((pair, index) => packagesOf(filesOf(pair, files[index] ?? {})))
      write(side, { 'Cargo.toml': `[workspace]\nresolver = "2"\nmembers = ${JSON.stringify(members)}\n` })
    }
    const options = { offline: true } as const
    const policy = await caps.initialPolicyOf(old, options)
    for (const side of [old, now]) writeFileSync(join(side, 'caps.toml'), policy)
    const { clean: cleanBefore } = await caps.check(old, options)
    const analysis = await caps.analyze(now, options)
    const changes = await caps.diff(old, now, options)
    const checked = await caps.check(now, options)
    return { cleanBefore, of: (pair) => narrowed(pair, { analysis, changes, checked }) }
  } finally {
    rmSync(root, { recursive: true, force: true })
  }
}

function narrowed(pair: Changed, { analysis, changes, checked }: Answers): Answers {
  const own = new Set(packagesOf(filesOf(pair, { ...pair.before, ...pair.attack })))
  const isOwn = ({ name }: { readonly name: string }): boolean => own.has(name)
  const packages = analysis.packages.filter(isOwn)
  const ids = new Set(packages.map(({ id }) => id))
  return {
    analysis: { ...analysis, packages, members: analysis.members.filter((id) => ids.has(id)) },
    changes: { ...changes, packages: changes.packages.filter(isOwn) },
    checked: { ...checked, problems: checked.problems.filter((one) => 'name' in one && own.has(one.name)) },
  }
}

function write(root: string, files: Files): void {
  for (const [path, text] of Object.entries(files)) {
    mkdirSync(dirname(join(root, path)), { recursive: true })
    writeFileSync(join(root, path), text)
  }
}
