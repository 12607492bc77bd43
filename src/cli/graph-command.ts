/** `caps graph`: the call graph, written record by record. */
import { graphRecords } from '../index.js'
import { graphDot } from '../report/graph-dot.js'
import { graphGraphml } from '../report/graph-graphml.js'
import { graphJsonl } from '../report/graph-jsonl.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'

export interface GraphArguments extends InputArguments, OutputArguments {
  readonly format: 'jsonl' | 'dot' | 'graphml'
}

const FORMATS = { jsonl: graphJsonl, dot: graphDot, graphml: graphGraphml } as const

export async function graphCommand(given: GraphArguments): Promise<void> {
  const progress = progressOf(given)
  const records = await graphRecords(given.crate, analyzeOptions(given), progress.report).finally(progress.clear)
  await writeOutput(FORMATS[given.format](records), given.output)
}
