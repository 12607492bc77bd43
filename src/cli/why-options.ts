/** The options of `caps why`. */
import type { Argv } from 'yargs'
import { formatNames } from '../report/formats.js'
import { SELECTION } from './command-options.js'

export function whyOptions<T>(argv: Argv<T>) {
  return argv
    .positional('capability', {
      type: 'string',
      demandOption: true,
      describe: 'a capability or a family of them',
    })
    .options({
      format: { choices: formatNames('why'), default: 'text', requiresArg: true, group: 'Output:' },
      stage: SELECTION.stage,
      possible: {
        type: 'boolean',
        default: false,
        describe: 'also where a way is merely possible',
        group: 'Output:',
      },
      all: {
        type: 'boolean',
        default: false,
        describe: 'everything: possible ways, places that nothing leads to, every step',
        group: 'Output:',
      },
      limit: { type: 'number', requiresArg: true, describe: 'places at most', group: 'Output:' },
      site: {
        type: 'string',
        requiresArg: true,
        describe: 'only this place: src/process.rs:94',
        group: 'Output:',
      },
      through: {
        type: 'string',
        requiresArg: true,
        describe: 'only by ways through this package, name or name@1.2.3',
        group: 'Output:',
      },
      value: {
        type: 'string',
        requiresArg: true,
        describe: 'only places that act on this: a program, a file, a host, a variable; * is any text',
        group: 'Output:',
      },
    } as const)
}
