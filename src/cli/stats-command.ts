/** `caps stats`: how many references were led to what they mean, and why the others were not. */

import { analyze } from '../index.js'
import { FORMATS, type FormatOf } from '../report/formats.js'
import { auditCrate } from '../wiring/audit-crate.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'

export interface StatsArguments extends InputArguments, OutputArguments {
  readonly format: FormatOf<'stats'>
  readonly audit: boolean
}

export async function statsCommand(given: StatsArguments): Promise<void> {
  const progress = progressOf(given)
  const options = analyzeOptions(given)
  const { result, audit } = await (given.audit
    ? auditCrate(given.crate, options, progress.report)
    : analyze(given.crate, options, progress.report).then((only) => ({ result: only, audit: undefined }))
  ).finally(progress.clear)
  const draw = await FORMATS.stats[given.format].renderer()
  await writeOutput([draw({ result, audit }, undefined)], given.output)
}
