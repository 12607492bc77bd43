/** `caps stats`: how many references were led to what they mean, and why the others were not. */
import { analyze } from '../index.js'
import { escapedJson } from '../report/escape.js'
import { renderStats } from '../report/stats-text.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'

export interface StatsArguments extends InputArguments, OutputArguments {
  readonly format: 'text' | 'json'
}

export async function statsCommand(given: StatsArguments): Promise<void> {
  const progress = progressOf(given)
  const result = await analyze(given.crate, analyzeOptions(given), progress.report).finally(progress.clear)
  const { references } = result.coverage
  const text = given.format === 'json' ? `${escapedJson({ root: result.root, references }, 2)}\n` : renderStats(result)
  await writeOutput([text], given.output)
}
