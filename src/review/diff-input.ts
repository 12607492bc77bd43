/** What a comparison is given, and what it knows of each side before it compares. */
import type { AnalysisResult, PackageResult } from '../report/result.js'

/** One side of a comparison. */
export interface DiffInput {
  readonly result: AnalysisResult
  /** Analyzed just now, or read from a file of another day. */
  readonly from: 'source' | 'report'
}

/** The same package before and after; one of both is always there. */
export interface PackagePair {
  readonly old?: PackageResult
  readonly new?: PackageResult
}

/** What both sides together allow to be told; see diff-notes.ts for how the reader learns of it. */
export interface Comparable {
  /** Both sides list each place, so that uses of one capability can be told apart. */
  readonly uses: boolean
  /** Both sides say what a package reaches through others. */
  readonly reach: boolean
  /** Both sides say what capabilities act on. */
  readonly values: boolean
  /** Names of all crates that are packages here: a path that begins with another one is std's. */
  readonly crates: ReadonlySet<string>
}

/** What in a change says which package it is of. */
export function identityOf(pair: PackagePair): {
  readonly package: string
  readonly ids: { readonly old: string | null; readonly new: string | null }
} {
  return {
    package: (pair.new ?? pair.old)?.name ?? '',
    ids: { old: pair.old?.id ?? null, new: pair.new?.id ?? null },
  }
}

/** Whether a result lists each place. */
export const tellsUses = (result: AnalysisResult): boolean => result.granularity === 'site'

/** Whether a side says what its packages reach through others: our own analysis does, a report of places alone does not. */
export function tellsReach({ result, from }: DiffInput): boolean {
  if (from === 'source' || !tellsUses(result)) return true
  return result.packages.some((owner) => owner.capabilities.some((finding) => finding.reach === 'transitive'))
}

/** Orders texts by code units, never by locale (law 3). */
