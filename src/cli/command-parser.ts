/** The command line as yargs reads it, and its help. */
import yargs from 'yargs'
import { capsVersion } from '../wiring/version.js'
import { CommandLineFault } from './command-line-fault.js'
import { commands } from './commands.js'
import { UsageError } from './error-message.js'
import { terminalColumns } from './terminal.js'

/** Wider lines of help are hard to read. */
export const MAX_HELP_COLUMNS = 110

/** yargs makes a list of an option that takes one value and was given two; no command expects that. */
function givenOnce(given: Readonly<Record<string, unknown>>, known: object): true {
  const lists = listsOf(known)
  for (const [name, value] of Object.entries(given)) {
    if (!Array.isArray(value) || lists.has(name) || name === '_') continue
    throw new UsageError(`--${name} was given more than once`, 'it takes one value', 'Leave one of them out.')
  }
  return true
}

/**
 * What may be given more than once, as the options themselves say, under every name that yargs keeps it by. yargs hands a
 * check its table of options, whose list of arrays holds aliases; that it hands over aliases alone is a fault of its types.
 */
function listsOf(known: object): ReadonlySet<string> {
  const arrays: unknown = Reflect.get(known, 'array')
  if (!Array.isArray(arrays)) throw new Error('yargs no longer says which options are lists: a defect of caps')
  return new Set(arrays.flatMap((name) => [String(name), camelCase(String(name))]))
}

const camelCase = (name: string): string => name.replace(/-(\w)/g, (_, letter: string) => letter.toUpperCase())

/** Every command, with what it does when it is read. */
export function parser(args: readonly string[]) {
  const program = yargs([...args])
    .scriptName('caps')
    .usage('$0 <command>\n\nWhat a Rust crate can do to the machine it runs on, read from its source alone.')
    .locale('en')
    .parserConfiguration({ 'boolean-negation': false, 'greedy-arrays': false })
    .strict()
    .exitProcess(false)
    .wrap(Math.min(MAX_HELP_COLUMNS, terminalColumns()))
    .version(capsVersion())
    .alias('version', 'V')
    .alias('help', 'h')
    .check(givenOnce)
    .demandCommand(1, 1, 'no command was given', 'more than one command was given')
    .epilogue(
      '`caps help COMMAND` tells more, with examples; documentation: docs/ beside the program. Exit codes: 0 done, 1 a gate said no, 2 an error, told in three parts.',
    )
    .fail((message, thrown) => {
      if (thrown instanceof Error && thrown.name !== 'YError') throw thrown
      throw new CommandLineFault(message ?? thrown?.message)
    })
  return commands(program)
}

/** The help of the program or of one command; `null` columns leave each row on a line of its own. */
export async function helpText(command: string | undefined, columns: number | null): Promise<string> {
  return parser(command === undefined ? [] : [command])
    .wrap(columns)
    .getHelp()
}
