/** `caps diff`: which two sides the words of the command line mean, and what comes of comparing them. */
import { text } from 'node:stream/consumers'
import { type DiffFormat, FORMATS } from '../report/formats.js'
import type { ReportStage } from '../report/result.js'
import { type FailOn, failsOn } from '../review/diff-gate.js'
import type { AnalyzeOptions } from '../wiring/analysis-options.js'
import { type DiffBaseline, type DiffSide, diffWithSources } from '../wiring/diff.js'
import { htmlDiff } from '../wiring/html-diff.js'
import { parseReport, readReport } from '../wiring/read-report.js'
import { capabilityWords } from './capability-words.js'
import { UsageError } from './error-message.js'
import { analyzeOptions, type InputArguments, type OutputArguments } from './options.js'
import { writeOutput } from './output.js'
import { progressOf } from './progress.js'
import { textView } from './terminal.js'

export interface DiffArguments extends Omit<InputArguments, 'crate'>, OutputArguments {
  readonly old: string | undefined
  readonly new: string | undefined
  readonly baselineVersion: string | undefined
  readonly baselineRev: string | undefined
  readonly baselineRoot: string | undefined
  readonly format: DiffFormat
  readonly capabilities: readonly string[] | undefined
  readonly stage: readonly ReportStage[] | undefined
  readonly failOn: FailOn | 'never'
  readonly show: 'all' | undefined
}

/** The exit code of a gate that says no. */
const EXIT_GAINED = 1

export async function diffCommand(given: DiffArguments): Promise<void> {
  const filter = {
    capabilities: capabilityWords(given.capabilities ?? []),
    ...(given.stage && { stages: given.stage }),
  }
  const { old, now } = await sidesOf(given)
  const progress = progressOf(given)
  const options = { ...analyzeOptions(given), filter }
  const found = await diffWithSources(old, now, options, progress.report).finally(progress.clear)
  const { format } = given
  const drawn =
    format === 'html'
      ? await htmlDiff(found)
      : (await FORMATS.diff[format].renderer())(found.diff, { ...textView(given), whole: given.show === 'all' })
  await writeOutput([drawn], given.output)
  if (given.failOn !== 'never' && failsOn(found.diff, given.failOn)) process.exitCode = EXIT_GAINED
}

async function sidesOf(given: DiffArguments): Promise<{ readonly old: DiffBaseline; readonly now: DiffSide }> {
  const options = analyzeOptions(given)
  const baselines = [
    ['--baseline-version', given.baselineVersion],
    ['--baseline-rev', given.baselineRev],
    ['--baseline-root', given.baselineRoot],
  ].flatMap(([option, value]) => (value === undefined ? [] : [option as string]))
  if (baselines.length > 1) {
    throw new UsageError(
      `${baselines.join(' and ')} exclude each other`,
      'each names the old side',
      'Give one of them.',
    )
  }
  if (baselines.length === 0) return twoSides(given, options)
  if (given.new !== undefined) {
    throw new UsageError(
      `${baselines[0]} and two crates were given`,
      'the option names the old side, the one crate that may be given is the new one',
      'Leave one of the crates out.',
    )
  }
  const crate = given.old ?? '.'
  return { old: await baselineOf(given, crate), now: await sideOf(crate, options) }
}

async function twoSides(given: DiffArguments, options: AnalyzeOptions) {
  if (given.old === undefined || given.new === undefined) {
    throw new UsageError(
      given.old === undefined ? 'Nothing to compare was named' : `Nothing to compare ${given.old} with was named`,
      'a diff has two sides',
      'Name both: `caps diff OLD NEW`; or the old one by --baseline-version, --baseline-rev or --baseline-root.',
    )
  }
  if (given.staged || given.rev !== undefined) {
    throw new UsageError(
      `${given.staged ? '--staged' : '--rev'} and two crates were given`,
      'the option could only mean one of the sides',
      'Name the old side by --baseline-rev, and one crate.',
    )
  }
  if (given.manifestPath !== undefined) {
    throw new UsageError(
      '--manifest-path and two crates were given',
      'the option could only mean one of the sides',
      'Name the Cargo.toml in the place of a crate.',
    )
  }
  if (isStdin(given.old) && isStdin(given.new)) {
    throw new UsageError('Both sides are stdin', 'it can be read once', 'Write one of the reports to a file.')
  }
  return { old: await sideOf(given.old, options), now: await sideOf(given.new, options) }
}

/** The word for stdin; yargs hands a lone `-` over as an empty text. */
const isStdin = (word: string): boolean => word === '-' || word === ''

/** A report when the word says so, else what `analyze` takes. */
async function sideOf(word: string, options: AnalyzeOptions): Promise<DiffSide> {
  if (isStdin(word)) return { report: parseReport(await text(process.stdin), 'The report on stdin') }
  return word.endsWith('.json') ? { report: readReport(word) } : { spec: word, options }
}

async function baselineOf(given: DiffArguments, crate: string): Promise<DiffBaseline> {
  // What is staged and a --rev are the new side.
  const options = analyzeOptions({ ...given, staged: undefined, rev: undefined })
  // Members, manifest and lockfile are of the new side's directory, and mean nothing elsewhere.
  const { packages, manifestPath, lockfile, locked, ...shared } = options
  if (given.baselineVersion !== undefined) return { version: given.baselineVersion, options: shared }
  if (given.baselineRoot !== undefined) return sideOf(given.baselineRoot, { ...shared, ...(packages && { packages }) })
  const revision = given.baselineRev ?? ''
  return { spec: crate, options: { ...options, revision } }
}
