/**
 * What could not be analyzed, package by package, as a gate counts it: code that was not read, and references whose
 * function is not known. A remark is a loss too, since each tells of something left out.
 */
import type { CoverageProblem } from '../report/check-result.js'
import type { AnalysisResult } from '../report/result.js'
import { coverageByPackage } from './diff-coverage.js'

type LostPlace = CoverageProblem['places'][number]

export interface LostCode {
  readonly losses: readonly LostPlace[]
  readonly unresolved: readonly LostPlace[]
}

/** By package id, those only from which something was lost. */
export function lostCode({ coverage, members }: AnalysisResult): ReadonlyMap<string, LostCode> {
  const lost = new Map<string, LostCode>()
  for (const [id, tallies] of coverageByPackage(coverage, members[0] ?? '')) {
    const all = [...tallies.values()]
    const placesOf = (unresolved: boolean): LostPlace[] =>
      all
        .filter(({ loss }) => (loss === 'unresolved') === unresolved)
        .flatMap(({ loss, reason, places }) =>
          places.map((place) => ({ kind: loss === 'remark' ? 'remark' : reason, ...place })),
        )
    lost.set(id, { losses: placesOf(false), unresolved: placesOf(true) })
  }
  return lost
}
