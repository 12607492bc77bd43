/** `caps stats`: how many references were led to what they mean, and why the others were not. */
import { auditCrate } from '../audit-crate.js'
import { analyze } from '../index.js'
import { renderAudit } from '../report/audit-text.js'
import { escapedJson } from '../report/escape.js'
import { renderStats } from '../report/stats-text.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'

export interface StatsArguments extends InputArguments, OutputArguments {
  readonly format: 'text' | 'json'
  readonly audit: boolean
}

export async function statsCommand(given: StatsArguments): Promise<void> {
  const progress = progressOf(given)
  const options = analyzeOptions(given)
  const { result, audit } = await (given.audit
    ? auditCrate(given.crate, options, progress.report)
    : analyze(given.crate, options, progress.report).then((only) => ({ result: only, audit: undefined }))
  ).finally(progress.clear)
  const { references } = result.coverage
  const text =
    given.format === 'json'
      ? `${escapedJson({ root: result.root, references, ...(audit ? { audit } : {}) }, 2)}\n`
      : `${renderStats(result)}${audit ? renderAudit(audit) : ''}`
  await writeOutput([text], given.output)
}
