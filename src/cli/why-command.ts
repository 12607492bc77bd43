/** `caps why`: every path by which the crate gets a capability. */
import { FORMATS, type FormatOf } from '../report/formats.js'
import { why } from '../wiring/why.js'
import { capabilityWords } from './capability-words.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { textView } from './terminal.js'

export interface WhyArguments extends InputArguments, OutputArguments {
  readonly capability: string
  readonly format: FormatOf<'why'>
}

export async function whyCommand(given: WhyArguments): Promise<void> {
  capabilityWords([given.capability])
  const progress = progressOf(given)
  const answer = await why(given.crate, given.capability, analyzeOptions(given), progress.report).finally(
    progress.clear,
  )
  const draw = await FORMATS.why[given.format].renderer()
  await writeOutput(draw({ asked: given.capability, answer }, textView(given)), given.output)
}
