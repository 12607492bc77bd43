/**
 * Two crates, versions, revisions or reports to one diff: each side that is no report is analyzed, place by place, with
 * what it reaches through other packages. How two results are compared is src/review/diff.ts's matter.
 */

import { ProjectError } from '../base/index.js'
import type { CapabilityFinding, Findings } from '../capabilities/index.js'
import type { Workspace } from '../project/index.js'
import type { DiffResult } from '../report/diff-result.js'
import type { ResultFilter } from '../report/filter.js'
import type { AnalysisResult } from '../report/result.js'
import { diffResults } from '../review/diff.js'
import type { DiffInput } from '../review/diff-input.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { findingsOf, readCrate } from './analyze.js'
import { toResult } from './to-result.js'
import { capsVersion } from './version.js'

/** What is compared: anything that `analyze` takes, with options of its own if it is given any; or a result at hand. */
export type DiffSide =
  | string
  | { readonly spec: string; readonly options: AnalyzeOptions }
  | { readonly report: AnalysisResult }
/** What it is compared with: the same, or a published version (`1.2.3`, `^1`) of the package that the new side is. */
export type DiffBaseline = DiffSide | { readonly version: string; readonly options: AnalyzeOptions }

/** `old` against `now`. The options hold for each side that has none of its own. Throws ProjectError. */
export async function diff(
  old: DiffBaseline,
  now: DiffSide,
  options: AnalyzeOptions & { readonly filter?: ResultFilter } = {},
  onProgress: OnProgress = () => {},
): Promise<DiffResult> {
  return (await diffWithSources(old, now, options, onProgress)).diff
}

/** A diff, and where the source of each side is found; nowhere for a report. */
export interface DiffWithSources {
  readonly diff: DiffResult
  readonly old?: Pick<Workspace, 'packages'>
  readonly new?: Pick<Workspace, 'packages'>
}

/** `diff`, for whoever shows source beside it. Throws ProjectError. */
export async function diffWithSources(
  old: DiffBaseline,
  now: DiffSide,
  options: AnalyzeOptions & { readonly filter?: ResultFilter },
  onProgress: OnProgress,
): Promise<DiffWithSources> {
  // The new side comes first: a baseline may be a version of the package that it turns out to be.
  const { input: after, workspace: newSource } = await sideOf(now, options, onProgress)
  const baseline =
    typeof old !== 'string' && 'version' in old ? { ...old, spec: publishedSpec(after.result, old.version) } : old
  const { input: before, workspace: oldSource } = await sideOf(baseline, options, onProgress, { oldSide: true })
  return {
    diff: diffResults(before, after, capsVersion(), options.filter),
    ...(oldSource && { old: oldSource }),
    ...(newSource && { new: newSource }),
  }
}

function publishedSpec({ members, packages }: AnalysisResult, version: string): string {
  const [only, ...others] = packages.filter(({ id }) => members.includes(id))
  if (only && others.length === 0) return `${only.name}@${version}`
  throw new ProjectError(
    'A baseline version is of one package',
    `what was asked for are several: ${members.join(', ')}`,
    'Pick one member with -p.',
  )
}

interface ReadSide {
  readonly input: DiffInput
  readonly workspace?: Workspace
}

async function sideOf(
  side: DiffSide,
  options: AnalyzeOptions,
  onProgress: OnProgress,
  which: Pick<AnalyzeOptions, 'oldSide'> = {},
): Promise<ReadSide> {
  if (typeof side !== 'string' && 'report' in side) return { input: { result: side.report, from: 'report' } }
  const { spec, options: own } = typeof side === 'string' ? { spec: side, options } : side
  const { result, workspace } = await comparable(spec, { ...own, ...which }, onProgress)
  return { input: { result, from: 'source' }, workspace }
}

/**
 * All that a comparison can use: every place that has a capability itself, and of each package what it reaches through
 * others. Throws ProjectError.
 */
export async function comparableResult(
  spec: string,
  options: AnalyzeOptions,
  onProgress: OnProgress,
): Promise<AnalysisResult> {
  return (await comparable(spec, options, onProgress)).result
}

async function comparable(spec: string, options: AnalyzeOptions, onProgress: OnProgress) {
  const crate = await readCrate(spec, options, onProgress)
  onProgress({ step: 'following paths' })
  const places = findingsOf(crate, 'site', options.entry)
  const whole = findingsOf(crate, 'crate', options.entry, { everyReach: true })
  const result = toResult({ ...places, findings: withReach(places.findings, whole.findings) }, { ways: true })
  return { result, workspace: crate.workspace }
}

/** The findings of both; of whole packages what they do not do themselves, and the ways that lead to what they do. */
function withReach(places: Findings, whole: Findings): Findings {
  const byPackage = new Map(whole.packages.map(({ id, capabilities }) => [id, capabilities]))
  const ids = new Set([...places.packages, ...whole.packages].map(({ id }) => id))
  const ownPlaces = new Map(places.packages.map(({ id, capabilities }) => [id, capabilities]))
  return {
    packages: [...ids].sort().map((id) => {
      const ways = byPackage.get(id) ?? []
      const longer = new Map(ways.map((way) => [placeKey(way), way.path]))
      const own = (ownPlaces.get(id) ?? []).map((place) => ({
        ...place,
        path: longer.get(placeKey(place)) ?? place.path,
      }))
      return { id, capabilities: [...own, ...ways.filter(({ reach }) => reach === 'transitive')] }
    }),
  }
}

/** The place of a power, and what it is a place of. */
function placeKey({ stage, capability, certainty, reach, path }: CapabilityFinding): string {
  const last = path.at(-1)
  return [
    stage,
    capability,
    certainty,
    reach,
    last?.package,
    last?.file,
    last?.line,
    last?.column,
    last?.function,
  ].join('\0')
}
