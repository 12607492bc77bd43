/** `caps why`: every path by which the crate gets a capability. */

import { escapedJson } from '../report/escape.js'
import { renderWhy } from '../report/why-text.js'
import { why } from '../why.js'
import { capabilityWords } from './capability-words.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { terminalColumns, wantsColour } from './terminal.js'

export interface WhyArguments extends InputArguments, OutputArguments {
  readonly capability: string
  readonly format: 'text' | 'json'
}

export async function whyCommand(given: WhyArguments): Promise<void> {
  capabilityWords([given.capability])
  const progress = progressOf(given)
  const answer = await why(given.crate, given.capability, analyzeOptions(given), progress.report).finally(
    progress.clear,
  )
  const terminal = given.output === undefined && process.stdout.isTTY === true
  const options = { columns: terminalColumns(), colour: wantsColour(given.color, process.env, terminal) }
  const text = given.format === 'json' ? [`${escapedJson(answer, 2)}\n`] : renderWhy(answer, given.capability, options)
  await writeOutput(text, given.output)
}
