/**
 * What the HTML page holds as data, and how its script reads it: findings with their texts and steps kept once each,
 * since thousands of paths share most of them. html-pack.ts writes it. Only types of other files are used here, as this
 * file runs in the browser too.
 */
import { checked } from '../base/index.js'
import type { DiffResult } from './diff-result.js'
import type { Excerpts } from './excerpts.js'
import type { AnalysisResult, Coverage, Finding, PackageResult, Step } from './result.js'

export type PageData = AnalysisPage | DiffPage

export interface AnalysisPage {
  readonly kind: 'analysis'
  readonly tool: AnalysisResult['tool']
  readonly members: readonly string[]
  readonly targets: readonly string[]
  readonly configuration?: AnalysisResult['configuration']
  readonly texts: readonly string[]
  readonly steps: readonly PackedStep[]
  readonly packages: readonly PagePackage[]
  readonly coverage: Coverage
  /** Share of references that were resolved, in percent, as the terminal shows it. */
  readonly resolved: string
  /** Unresolved references that are not in `coverage`. */
  readonly unresolvedLeftOut: number
  readonly excerpts: Excerpts
}

export interface DiffPage {
  readonly kind: 'diff'
  readonly diff: DiffResult
  readonly old: Excerpts
  readonly new: Excerpts
}

export interface PagePackage extends Omit<PackageResult, 'capabilities' | 'directory'> {
  readonly findings: readonly PackedFinding[]
  /** Each place that has a power itself. */
  readonly sites: readonly PackedFinding[]
  /** Sites that `sites` does not hold. */
  readonly sitesLeftOut: number
}

/** function, package, file: numbers of texts; line, column. */
export type PackedStep = readonly [number, number, number, number, number]

export interface PackedFinding
  extends Pick<Finding, 'stage' | 'certainty' | 'reach' | 'sites' | 'targets' | 'literals' | 'resources'> {
  readonly capability: number
  readonly condition: number
  readonly function?: number
  readonly path: readonly number[]
}

/** A finding as the result had it; of one that is always there, without its targets. */
export function unpackFinding(packed: PackedFinding, page: Pick<AnalysisPage, 'texts' | 'steps'>): Finding {
  const { capability, condition, function: of, path, ...rest } = packed
  const text = (number: number): string => checked(page.texts[number])
  return {
    ...rest,
    capability: text(capability),
    condition: text(condition),
    ...(of !== undefined && { function: text(of) }),
    path: path.map((number): Step => {
      const [named, owner, file, line, column] = checked(page.steps[number])
      return { function: text(named), package: text(owner), file: text(file), line, column }
    }),
  }
}
