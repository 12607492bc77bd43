/**
 * From a crate's name to the HTML page: the findings by crate and by site of one reading, with the source lines around
 * their places. The page itself is report/html.ts's.
 */

import { type Place, placesOfPath } from '../report/excerpts.js'
import { filterResult, type ResultFilter } from '../report/filter.js'
import { FORMATS } from '../report/formats.js'
import type { AnalysisResult } from '../report/result.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { findingsOf, readCrate } from './analyze.js'
import { excerptsOf } from './excerpts.js'
import { pageAssets } from './page-assets.js'
import { toResult } from './to-result.js'

export interface HtmlOptions extends AnalyzeOptions {
  readonly filter?: ResultFilter
}

/** The page of what a crate and everything it depends on can do. Throws ProjectError as `analyze` does. */
export async function htmlReport(spec: string, options: HtmlOptions, onProgress: OnProgress): Promise<string> {
  const crate = await readCrate(spec, options, onProgress)
  onProgress({ step: 'following paths' })
  const at = (granularity: 'crate' | 'site'): AnalysisResult =>
    filterResult(toResult(findingsOf(crate, granularity, options.entry)), options.filter ?? {})
  const result = at('crate')
  const sites = at('site')
  // In the order of their worth, should all together be too long: paths, what was not read, then every single site.
  const { losses, unresolved } = result.coverage
  const excerpts = excerptsOf(crate.workspace, [placesOf(result), [...losses, ...unresolved], placesOf(sites)])
  const draw = await FORMATS.analysis.html.renderer()
  return draw({ page: { result, sites, excerpts }, assets: pageAssets() }, undefined)
}

const placesOf = ({ packages }: AnalysisResult): Place[] =>
  packages.flatMap((owner) => owner.capabilities.flatMap(({ path }) => placesOfPath(path)))
