/** `caps check`: the gate. Exit code 0 when the policy allows what is there, 1 when it does not. */
import { check } from '../check.js'
import type { CheckResult, FailOn } from '../report/check-result.js'
import { renderCheck } from '../report/check-text.js'
import { escapedJson } from '../report/escape.js'
import type { CheckFormat } from '../report/formats.js'
import { renderGithub } from '../report/github.js'
import { checkMarkdown } from '../report/markdown-check.js'
import { checkNotices } from '../report/notice-check.js'
import { repositoryFiles } from '../report/repository-files.js'
import { renderSarif } from '../report/sarif.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressLine } from './progress.js'
import { terminalColumns, wantsColour } from './terminal.js'

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
  const progress = progressLine(given.quiet)
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
  await writeOutput([RENDERERS[given.format](result, given)], given.output)
  if (!result.clean) process.exitCode = EXIT_NOT_CLEAN
}

const RENDERERS: Readonly<Record<CheckFormat, (result: CheckResult, given: CheckArguments) => string>> = {
  text(result, { output, color }) {
    const terminal = output === undefined && process.stdout.isTTY === true
    return renderCheck(result, { columns: terminalColumns(), colour: wantsColour(color, process.env, terminal) })
  },
  json: (result) => `${escapedJson(result, 2)}\n`,
  markdown: checkMarkdown,
  sarif: (result) =>
    renderSarif({
      command: 'check',
      toolVersion: result.tool.version,
      notices: checkNotices(result),
      files: repositoryFiles(result.repository),
    }),
  github: (result) => renderGithub(checkNotices(result), repositoryFiles(result.repository), result.root),
}
