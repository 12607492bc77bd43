/** `caps check`: the gate. Exit code 0 when the policy allows what is there, 1 when it does not. */

import type { FailOn } from '../report/check-result.js'
import { type CheckFormat, FORMATS } from '../report/formats.js'
import { check } from '../wiring/check.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { textView } from './terminal.js'

export interface CheckArguments extends InputArguments, OutputArguments {
  readonly policy: string | undefined
  readonly baseline: string | undefined
  readonly failOn: FailOn
  readonly strict: boolean
  readonly possible: boolean
  readonly format: CheckFormat
}

/** The exit code of a gate that says no. */
const EXIT_NOT_CLEAN = 1

export async function checkCommand(given: CheckArguments): Promise<void> {
  const progress = progressOf(given)
  const result = await check(
    given.crate,
    {
      ...analyzeOptions(given),
      ...(given.policy !== undefined && { policy: given.policy }),
      ...(given.baseline !== undefined && { baseline: given.baseline }),
      failOn: given.failOn,
      strict: given.strict,
      possible: given.possible,
    },
    progress.report,
  ).finally(progress.clear)
  const draw = await FORMATS.check[given.format].renderer()
  await writeOutput([draw(result, textView(given))], given.output)
  if (!result.clean) process.exitCode = EXIT_NOT_CLEAN
}
