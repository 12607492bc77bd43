/** An analysis that is watched: its result, and the account of every place that its files have (`caps stats --audit`). */

import { type Audit, accountOf, newRecorder } from '../audit/index.js'
import { compareText } from '../base/index.js'
import type { AuditResult } from '../report/audit-result.js'
import type { AnalysisResult } from '../report/result.js'
import type { AnalyzeOptions, OnProgress } from './analysis-options.js'
import { analyzeCrate } from './analyze.js'
import { toResult } from './to-result.js'

/** `analyze`, and beside it the count of what the engine led, told and left. Throws ProjectError. */
export async function auditCrate(
  spec: string,
  options: AnalyzeOptions,
  onProgress: OnProgress,
): Promise<{ readonly result: AnalysisResult; readonly audit: AuditResult }> {
  const recorder = newRecorder()
  const analysis = await analyzeCrate(spec, options, onProgress, recorder)
  onProgress({ step: 'following paths' })
  return { result: toResult(analysis), audit: toAuditResult(accountOf(recorder)) }
}

function toAuditResult({ files, expansions, total, kinds, left }: Audit): AuditResult {
  return {
    files,
    expansions,
    ...total,
    kinds: [...kinds].map(([kind, counts]) => ({ kind, ...counts })).sort((a, b) => compareText(a.kind, b.kind)),
    places: left.map(({ kind, name, place, calledAt }) => ({
      kind,
      name,
      ...place,
      ...(calledAt ? { calledAt } : {}),
    })),
  }
}
