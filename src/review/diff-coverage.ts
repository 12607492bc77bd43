/**
 * What was not read or not resolved in one package, before and after: by reason and by what it names. A place is an example;
 * that it moved is no change. That as much is unknown as before is none either only when it is of the same names.
 */
import { compareText } from '../base/index.js'
import type { CoverageChange } from '../report/diff-result.js'
import type { Coverage } from '../report/result.js'
import { MAX_EXAMPLES } from './diff-examples.js'
import { identityOf, type PackagePair } from './diff-input.js'

type Example = CoverageChange['examples'][number]
interface Tally {
  readonly loss: CoverageChange['loss']
  readonly reason: string
  readonly places: Example[]
}
/** By package id, then by what was lost and why. */
export type CoverageByPackage = ReadonlyMap<string, ReadonlyMap<string, Tally>>

/** A result's coverage package by package; a remark on no package stands with `fallback`, what was asked for. */
export function coverageByPackage(coverage: Coverage, fallback: string): CoverageByPackage {
  const found = new Map<string, Map<string, Tally>>()
  const count = (loss: Tally['loss'], reason: string, place: Example): void => {
    const ofPackage = found.get(place.package) ?? new Map<string, Tally>()
    found.set(place.package, ofPackage)
    const key = `${loss} ${reason}`
    const tally = ofPackage.get(key) ?? { loss, reason, places: [] }
    ofPackage.set(key, tally)
    tally.places.push(place)
  }
  for (const { reason, name, ...place } of coverage.unresolved) count('unresolved', reason, { what: name, ...place })
  for (const { kind, what, ...place } of coverage.losses) count('loss', kind, { what, ...place })
  for (const { package: owner, file, message } of coverage.diagnostics) {
    count('remark', message, { what: message, package: owner ?? fallback, file: file ?? '', line: 0, column: 0 })
  }
  return found
}

/** The reasons that changed, in no order. */
export function coverageChanges(pair: PackagePair, old: CoverageByPackage, now: CoverageByPackage): CoverageChange[] {
  const before = old.get(pair.old?.id ?? '') ?? new Map<string, Tally>()
  const after = now.get(pair.new?.id ?? '') ?? new Map<string, Tally>()
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    const shown = is ?? was
    const counts = { old: was?.places.length ?? 0, new: is?.places.length ?? 0 }
    const [more, gone] = [surplus(is, was), surplus(was, is)]
    if (!shown || more.length + gone.length === 0) return []
    const worse = counts.new > counts.old
    const other = !worse && more.length > 0
    return [
      {
        kind: 'coverage' as const,
        ...identityOf(pair),
        direction: worse ? ('more' as const) : other ? ('other' as const) : ('less' as const),
        tone: (worse || other) && shown.loss === 'loss' ? ('notice' as const) : ('quiet' as const),
        change: worse ? ('worse' as const) : other ? ('changed' as const) : ('better' as const),
        loss: shown.loss,
        reason: shown.reason,
        counts,
        examples: (worse || other ? more : gone).slice(0, MAX_EXAMPLES),
      },
    ]
  })
}

/** What it names, without how many: that `add` may mean 12 functions instead of 11 comes of other code, and is as unknown as before. */
const nameOf = ({ what }: Example): string => what.replace(/: \d+ functions can be meant$/, '')

/** Places whose name the other side has fewer times. */
function surplus(side: Tally | undefined, other: Tally | undefined): Example[] {
  const left = new Map<string, number>()
  for (const place of other?.places ?? []) left.set(nameOf(place), (left.get(nameOf(place)) ?? 0) + 1)
  return (side?.places ?? []).filter((place) => {
    const name = nameOf(place)
    const count = left.get(name) ?? 0
    left.set(name, count - 1)
    return count <= 0
  })
}
