/** `caps analyze`: the result, filtered as asked, in the format asked for. */

import { analyze } from '../index.js'
import { filterResult, type ResultFilter } from '../report/filter.js'
import { type AnalysisFormat, FORMATS } from '../report/formats.js'
import type { Granularity, ReportStage } from '../report/result.js'
import { shellWord } from '../report/shell-word.js'
import type { TextOptions } from '../report/text-options.js'
import { htmlReport } from '../wiring/html-report.js'
import { capabilityWords } from './capability-words.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { terminalColumns, wantsColour } from './terminal.js'

export interface AnalyzeArguments extends InputArguments, OutputArguments {
  readonly format: AnalysisFormat
  readonly granularity: Granularity
  readonly capabilities: readonly string[] | undefined
  readonly stage: readonly ReportStage[] | undefined
  readonly show: 'unanalyzed' | 'all' | undefined
}

export async function analyzeCommand(given: AnalyzeArguments): Promise<void> {
  const filter = {
    capabilities: capabilityWords(given.capabilities ?? []),
    ...(given.stage && { stages: given.stage }),
  }
  const { format } = given
  const text = format === 'html' ? await pageText(given, filter) : await resultText(given, format, filter)
  await writeOutput([text], given.output)
}

/** The page shows source, which no result holds, and findings of more than one granularity. */
async function pageText(given: AnalyzeArguments, filter: ResultFilter): Promise<string> {
  const progress = progressOf(given)
  return htmlReport(given.crate, { ...analyzeOptions(given), filter }, progress.report).finally(progress.clear)
}

async function resultText(given: AnalyzeArguments, format: ResultFormat, filter: ResultFilter): Promise<string> {
  const started = performance.now()
  const progress = progressOf(given)
  const options = { ...analyzeOptions(given), granularity: given.granularity }
  const result = await analyze(given.crate, options, progress.report).finally(progress.clear)
  const seconds = (performance.now() - started) / 1000
  const draw = await FORMATS.analysis[format].renderer()
  return draw(filterResult(result, filter), textOptions(given, seconds))
}

/** What is drawn from a result alone. */
type ResultFormat = Exclude<AnalysisFormat, 'html'>

/** How long it took is told only to a person at a terminal: elsewhere the same input gives the same bytes. */
function textOptions(given: AnalyzeArguments, seconds: number): TextOptions {
  const terminal = given.output === undefined && process.stdout.isTTY === true
  return {
    columns: terminalColumns(),
    colour: wantsColour(given.color, process.env, terminal),
    ...(terminal && { seconds }),
    showUnanalyzed: given.show !== undefined,
    whole: given.show === 'all',
    verbose: given.verbose,
    command: `caps analyze ${shellWord(given.crate)}`,
  }
}
