/** Every path from what was asked for to a capability. */

import { printCfg } from '../base/index.js'
import { selectCapabilities, whyCapabilities } from '../capabilities/index.js'
import { CONFIGURATION_PACKAGE } from '../project/index.js'
import { SCHEMA_VERSION, type WhyResult } from '../report/result.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { readCrate } from './analyze.js'

/**
 * The paths from the functions of `spec` to the capability or family, shortest first; how many an answer holds at most
 * is limited, and `truncated` tells when that was reached. Throws ProjectError.
 */
export async function why(
  spec: string,
  capability: string,
  options: AnalyzeOptions = {},
  onProgress: OnProgress = () => {},
): Promise<WhyResult> {
  const { workspace, graph, maps } = await readCrate(spec, options, onProgress)
  onProgress({ step: 'following paths' })
  const asked = selectCapabilities(capability)
  const answers = [...workspace.roots, CONFIGURATION_PACKAGE].map((root) => whyCapabilities(graph, maps, root, asked))
  return {
    schemaVersion: SCHEMA_VERSION,
    root: workspace.roots.join(', '),
    paths: answers.flatMap(({ paths }) => paths.map((found) => ({ ...found, condition: printCfg(found.condition) }))),
    truncated: answers.some((answer) => answer.truncated),
  }
}
