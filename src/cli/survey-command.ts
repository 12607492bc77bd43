/** `caps survey`: what there is to do with many crates. Each action's work is loaded when it is asked for. */

import { escapeText } from '../report/escape.js'
import { UsageError } from './error-message.js'
import { jobsOf } from './options.js'
import { writeOutput } from './output.js'
import { queryText } from './query-text.js'
import type { SurveyArguments } from './survey-options.js'
import { surveyProgress } from './survey-progress.js'

/** Where a survey is when nothing is said. */
const DEFAULT_DIRECTORY = 'caps-survey'
/** So many are told by name. */
const MOST_TOLD = 10

export async function surveyCommand(given: SurveyArguments): Promise<void> {
  switch (given.action) {
    case 'run':
      return run(given)
    case 'tables':
      return tables(given)
    case 'query':
      return query(given)
    case 'report':
      return report(given)
    case 'export':
      return exported(given)
  }
}

async function tables({ arguments: [directory = DEFAULT_DIRECTORY, ...more] }: SurveyArguments): Promise<void> {
  requireNoMore(more, 'the command is `caps survey tables [DIRECTORY]`')
  const { surveyTables } = await import('../wiring/survey.js')
  surveyTables(directory)
}

async function query({ arguments: given, format, output }: SurveyArguments): Promise<void> {
  const [sql, directory = DEFAULT_DIRECTORY, ...more] = given
  requireNoMore(more, 'the command is `caps survey query SQL [DIRECTORY]`')
  if (sql === undefined) {
    throw new UsageError('There is no query', 'no SQL was given', "Write it after query: caps survey query 'SELECT …'.")
  }
  const { surveyQuery } = await import('../wiring/survey.js')
  await writeOutput([queryText(await surveyQuery(directory, sql), format)], output)
}

async function report({ arguments: [directory = DEFAULT_DIRECTORY, ...more], output }: SurveyArguments): Promise<void> {
  requireNoMore(more, 'the command is `caps survey report [DIRECTORY]`')
  const { surveyReport } = await import('../wiring/survey.js')
  await writeOutput([await surveyReport(directory)], output)
}

async function exported({
  arguments: [directory = DEFAULT_DIRECTORY, ...more],
  output,
}: SurveyArguments): Promise<void> {
  requireNoMore(more, 'the command is `caps survey export [DIRECTORY] -o OUTPUT`')
  if (output === undefined) {
    throw new UsageError('There is no place for the graphs', '--output was not given', 'Name a directory after -o.')
  }
  const { surveyExport } = await import('../wiring/survey.js')
  surveyExport(directory, output)
}

function requireNoMore([extra]: readonly string[], why: string): void {
  if (extra === undefined) return
  throw new UsageError(`"${extra}" is one word too many`, why, 'See `caps help survey`.')
}

async function run(given: SurveyArguments): Promise<void> {
  requireNoMore(given.arguments, 'crates are named in a list, by --list')
  const { list, output = DEFAULT_DIRECTORY } = given
  if (list === undefined) {
    throw new UsageError('There is no list of crates', '--list was not given', 'Name a file after --list.')
  }
  const { survey } = await import('../wiring/survey.js')
  const progress = surveyProgress(given.quiet)
  const { done, failed, kept, missing } = await survey(
    {
      list,
      output,
      ...whole('top', given.top),
      ...whole('versions', given.versions),
      ...(given.features && { features: given.features }),
      ...(given.allFeatures !== undefined && { allFeatures: given.allFeatures }),
      ...(given.noDefaultFeatures !== undefined && { noDefaultFeatures: given.noDefaultFeatures }),
      ...(given.target && { target: given.target }),
      ...(given.offline !== undefined && { offline: given.offline }),
      ...(given.capabilityMap && { capabilityMaps: given.capabilityMap }),
      ...(given.jobs !== undefined && { jobs: jobsOf(given.jobs) }),
      limits: { ...whole('memory', given.memory), ...whole('work', given.work) },
    },
    progress.report,
  ).finally(progress.clear)
  const counts = `${done} analyzed, ${failed} failed, ${kept} known before, ${missing.length} left`
  await writeOutput([`${escapeText(output)}: ${counts}\n`])
  if (missing.length === 0) return
  const told = missing.slice(0, MOST_TOLD).map(({ crate, why }) => `${crate}: ${why}`)
  const more = missing.length > MOST_TOLD ? [`and ${missing.length - MOST_TOLD} more`] : []
  throw new UsageError(
    `${missing.length} of the list could not be looked at`,
    [...told, ...more].join('\n'),
    'Run it again: it goes on where it was.',
  )
}

/** An option that is a number of things. */
function whole<Name extends string>(name: Name, value: number | undefined): { readonly [key in Name]?: number } {
  if (value === undefined) return {}
  if (Number.isInteger(value) && value >= 1) return { [name]: value } as { readonly [key in Name]: number }
  throw new UsageError(`--${name} is no number of things`, `it is ${value}`, 'Give a whole number from 1.')
}
