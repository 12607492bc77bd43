/** Build scripts and proc macros of one package: the code that runs on the machine of whoever compiles it. */
import type { UnitChange } from '../report/diff-result.js'
import type { PackageResult } from '../report/result.js'
import { identityOf, type PackagePair } from './diff-input.js'

type Unit = PackageResult['units'][number]

const KINDS = ['build', 'proc-macro'] as const

export interface UnitChanges {
  readonly changes: readonly UnitChange[]
  readonly unchanged: number
}

/** Those that appeared, went, or have other code. A file that was only renamed is the same. */
export function unitChanges(pair: PackagePair): UnitChanges {
  const changes: UnitChange[] = []
  let unchanged = 0
  for (const kind of KINDS) {
    const olds = unitsOf(pair.old, kind)
    const news = unitsOf(pair.new, kind)
    for (const sameUnit of SAME_UNIT) {
      for (const now of [...news]) {
        const old = olds.find((one) => sameUnit(one, now))
        if (!old) continue
        olds.splice(olds.indexOf(old), 1)
        news.splice(news.indexOf(now), 1)
        if (isChanged(old, now)) changes.push(unitChange(pair, kind, old, now))
        else unchanged++
      }
    }
    for (const old of olds) changes.push(unitChange(pair, kind, old, undefined))
    for (const now of news) changes.push(unitChange(pair, kind, undefined, now))
  }
  return { changes, unchanged }
}

/** Each rule pairs what those before it left over. */
const SAME_UNIT: readonly ((a: Unit, b: Unit) => boolean)[] = [(a, b) => a.root === b.root, () => true]

/** Without a digest on both sides nothing can be said; a note of the diff tells that. */
const isChanged = (old: Unit, now: Unit): boolean =>
  old.digest !== undefined && now.digest !== undefined && old.digest !== now.digest

/** Once each: a package compiled with two sets of features has the same script twice. */
function unitsOf(owner: PackageResult | undefined, kind: string): Unit[] {
  const units = (owner?.units ?? []).filter((unit) => unit.kind === kind)
  return [...new Map(units.map((unit) => [unit.root, unit])).values()]
}

function unitChange(
  pair: PackagePair,
  unit: UnitChange['unit'],
  old: Unit | undefined,
  now: Unit | undefined,
): UnitChange {
  const change = old ? (now ? 'changed' : 'removed') : 'added'
  return {
    kind: 'unit',
    ...identityOf(pair),
    direction: change === 'added' ? 'more' : change === 'changed' ? 'other' : 'less',
    tone: change === 'added' ? 'alarm' : change === 'changed' ? 'notice' : 'quiet',
    change,
    unit,
    stage: unit === 'build' ? 'build' : 'macro',
    file: (now ?? old)?.root ?? '',
    digest: { old: old?.digest ?? null, new: now?.digest ?? null },
  }
}
