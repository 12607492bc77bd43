/** The options of `caps survey`. */
import type { Argv } from 'yargs'
import { MAP_OPTION, PARTS } from './options.js'
import { QUERY_FORMATS } from './query-text.js'

/** What can be done with a survey; the first is what is done when nothing is said. */
export const SURVEY_ACTIONS = ['run', 'tables', 'query', 'report', 'export'] as const

export function surveyOptions<T>(argv: Argv<T>) {
  return argv
    .positional('action', {
      choices: SURVEY_ACTIONS,
      default: 'run',
      describe: 'analyze what is left of the list; make the tables; ask them in SQL; draw a page; export the graphs',
    } as const)
    .positional('arguments', { type: 'string', array: true, default: [] as string[], describe: 'SQL; the directory' })
    .options({
      list: {
        type: 'string',
        requiresArg: true,
        describe: 'crates, a line each; a table with a column name; a lockfile; a directory of vendored crates',
        group: 'Input:',
      },
      top: { type: 'number', requiresArg: true, describe: 'only so many of the list', group: 'Input:' },
      versions: {
        type: 'number',
        requiresArg: true,
        describe: 'the newest so many of each crate that is listed without a version; 1',
        group: 'Input:',
      },
      ...PARTS,
      offline: { type: 'boolean', describe: 'never start cargo to fetch what is missing', group: 'Input:' },
      'capability-map': MAP_OPTION,
      jobs: {
        type: 'number',
        alias: 'j',
        requiresArg: true,
        describe: 'processes that analyze at once; as many as there are cores',
        group: 'Analysis:',
      },
      memory: {
        type: 'number',
        requiresArg: true,
        describe: 'MiB that a crate may need; 4096',
        group: 'Analysis:',
      },
      work: {
        type: 'number',
        requiresArg: true,
        describe: 'seconds of a core that a crate may need; 600',
        group: 'Analysis:',
      },
      output: {
        alias: 'o',
        type: 'string',
        requiresArg: true,
        describe: 'the directory of the survey, caps-survey; of an answer or a page, a file; of an export, a directory',
        group: 'Output:',
      },
      format: {
        choices: QUERY_FORMATS,
        default: 'text',
        requiresArg: true,
        describe: 'of an answer',
        group: 'Output:',
      },
      quiet: { alias: 'q', type: 'boolean', default: false, describe: 'no progress on stderr', group: 'Output:' },
    } as const)
}

/** What `surveyOptions` gives once parsed. */
export interface SurveyArguments {
  readonly action: (typeof SURVEY_ACTIONS)[number]
  readonly arguments: readonly string[]
  readonly list: string | undefined
  readonly top: number | undefined
  readonly versions: number | undefined
  readonly features: readonly string[] | undefined
  readonly allFeatures: boolean | undefined
  readonly noDefaultFeatures: boolean | undefined
  readonly target: readonly string[] | undefined
  readonly offline: boolean | undefined
  readonly capabilityMap: readonly string[] | undefined
  readonly jobs: number | undefined
  readonly memory: number | undefined
  readonly work: number | undefined
  readonly output: string | undefined
  readonly format: (typeof QUERY_FORMATS)[number]
  readonly quiet: boolean
}
