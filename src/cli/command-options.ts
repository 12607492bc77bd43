/** The options that one command has and no other; those of all are in options.ts. */
import type { Argv } from 'yargs'
import { STAGES } from '../base/index.js'
import { formatNames } from '../report/formats.js'

/** The results that have a schema. */
export const SCHEMA_NAMES = ['analysis', 'diff', 'check', 'why'] as const

/** Which findings are shown. */
export const SELECTION = {
  capabilities: {
    type: 'string',
    array: true,
    nargs: 1,
    describe: 'only these, or with `-` not these: fs,exec or -unsafe',
    group: 'Output:',
  },
  stage: {
    array: true,
    nargs: 1,
    choices: STAGES,
    describe: 'only what runs then',
    group: 'Output:',
  },
} as const

export function analyzeOptions<T>(argv: Argv<T>) {
  return argv.options({
    format: {
      choices: formatNames('analysis'),
      default: 'text',
      requiresArg: true,
      describe: 'of the report; see docs/formats.md',
      group: 'Output:',
    },
    granularity: {
      choices: ['crate', 'module', 'function', 'site'],
      default: 'crate',
      requiresArg: true,
      describe: 'a finding for each of these',
      group: 'Output:',
    },
    ...SELECTION,
    show: {
      choices: ['unanalyzed', 'all'],
      requiresArg: true,
      describe: 'list what was not analyzed; each row with its path, too',
      group: 'Output:',
    },
  } as const)
}
