/** `caps why`: each place that has the capability, with a path to it. */
import { FORMATS, type FormatOf } from '../report/formats.js'
import type { ReportStage } from '../report/result.js'
import { why } from '../wiring/why.js'
import { capabilityWords } from './capability-words.js'
import { UsageError } from './error-message.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { textView } from './terminal.js'

export interface WhyArguments extends InputArguments, OutputArguments {
  readonly capability: string
  readonly format: FormatOf<'why'>
  readonly stage: readonly ReportStage[] | undefined
  readonly site: string | undefined
  readonly through: string | undefined
  readonly value: string | undefined
  readonly possible: boolean
  readonly all: boolean
  readonly limit: number | undefined
}

export async function whyCommand(given: WhyArguments): Promise<void> {
  capabilityWords([given.capability])
  const { all, possible, limit } = given
  if (limit !== undefined && !(Number.isInteger(limit) && limit > 0)) {
    throw new UsageError('--limit is no number of places', 'it is a whole number from 1', 'Give such a one, or --all.')
  }
  if (all && limit !== undefined) {
    throw new UsageError('--all and --limit exclude each other', 'all is no number', 'Leave one of them out.')
  }
  const progress = progressOf(given)
  const options = {
    ...analyzeOptions(given),
    ...(given.stage && { stages: given.stage }),
    ...(given.site !== undefined && { site: given.site }),
    ...(given.through !== undefined && { through: given.through }),
    ...(given.value !== undefined && { value: given.value }),
  }
  const answer = await why(given.crate, given.capability, options, progress.report).finally(progress.clear)
  const draw = await FORMATS.why[given.format].renderer()
  const shown = { possible, all, limit }
  await writeOutput(draw({ asked: given.capability, answer, shown }, textView(given)), given.output)
}
