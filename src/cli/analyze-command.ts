/** `caps analyze`: the result, filtered as asked, as text or JSON. */
import { analyze } from '../index.js'
import { escapedJson } from '../report/escape.js'
import { filterResult } from '../report/filter.js'
import type { AnalysisResult, Granularity, ReportStage } from '../report/result.js'
import { renderText } from '../report/text.js'
import { capabilityWords } from './capability-words.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressLine } from './progress.js'
import { shellWord } from './shell-word.js'
import { terminalColumns, wantsColour } from './terminal.js'

export interface AnalyzeArguments extends InputArguments, OutputArguments {
  readonly format: 'text' | 'json'
  readonly granularity: Granularity
  readonly capabilities: readonly string[] | undefined
  readonly stage: readonly ReportStage[] | undefined
  readonly show: 'unanalyzed' | undefined
}

export async function analyzeCommand(given: AnalyzeArguments): Promise<void> {
  const filter = {
    capabilities: capabilityWords(given.capabilities ?? []),
    ...(given.stage && { stages: given.stage }),
  }
  const started = performance.now()
  const progress = progressLine(given.quiet)
  let result: AnalysisResult
  try {
    result = await analyze(given.crate, { ...analyzeOptions(given), granularity: given.granularity }, progress.report)
  } finally {
    progress.clear()
  }
  const seconds = (performance.now() - started) / 1000
  const shown = filterResult(result, filter)
  const text = given.format === 'json' ? `${escapedJson(shown, 2)}\n` : renderText(shown, textOptions(given, seconds))
  await writeOutput([text], given.output)
}

/** How long it took is told only to a person at a terminal: elsewhere the same input gives the same bytes. */
function textOptions(given: AnalyzeArguments, seconds: number) {
  const terminal = given.output === undefined && process.stdout.isTTY === true
  return {
    columns: terminalColumns(),
    colour: wantsColour(given.color, process.env, terminal),
    ...(terminal && { seconds }),
    showUnanalyzed: given.show === 'unanalyzed',
    command: `caps analyze ${shellWord(given.crate)}`,
  }
}
