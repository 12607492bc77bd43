/** The options of `caps diff`. */
import type { Argv } from 'yargs'
import { formatNames } from '../report/formats.js'
import { SELECTION } from './command-options.js'
import { CRATE_WORDS } from './options.js'

export function diffOptions<T>(argv: Argv<T>) {
  return argv
    .positional('old', { type: 'string', describe: `${CRATE_WORDS}; or a JSON report, - for stdin` })
    .positional('new', { type: 'string', describe: 'the same; with a --baseline option only one crate is named' })
    .options({
      'baseline-version': {
        type: 'string',
        requiresArg: true,
        describe: 'the old side is this published version',
        group: 'Baseline:',
      },
      'baseline-rev': {
        type: 'string',
        requiresArg: true,
        describe: 'the old side is this git revision, read without a checkout',
        group: 'Baseline:',
      },
      'baseline-root': {
        type: 'string',
        requiresArg: true,
        describe: 'the old side is this directory, crate or report',
        group: 'Baseline:',
      },
      format: {
        choices: formatNames('diff'),
        default: 'text',
        requiresArg: true,
        describe: 'of the diff; see docs/formats.md',
        group: 'Output:',
      },
      ...SELECTION,
      'fail-on': {
        choices: ['never', 'new', 'sensitive', 'new-value', 'any'],
        default: 'never',
        requiresArg: true,
        describe: 'exit with 1 when something was gained',
        group: 'Output:',
      },
      show: { choices: ['all'], requiresArg: true, describe: 'each use and package, however long', group: 'Output:' },
    } as const)
}
