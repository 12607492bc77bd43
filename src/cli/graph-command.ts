/** `caps graph`: the call graph, written record by record. */
import { graphRecords } from '../index.js'
import { FORMATS, type FormatOf } from '../report/formats.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'

export interface GraphArguments extends InputArguments, OutputArguments {
  readonly format: FormatOf<'graph'>
}

export async function graphCommand(given: GraphArguments): Promise<void> {
  const progress = progressOf(given)
  const records = await graphRecords(given.crate, analyzeOptions(given), progress.report).finally(progress.clear)
  const draw = await FORMATS.graph[given.format].renderer()
  await writeOutput(draw(records, undefined), given.output)
}
