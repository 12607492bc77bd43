/**
 * The command line: yargs, the terminal and exit codes, nothing else. 0: done; 2: could not be done, and one message on
 * stderr says what, why and what to do. Each command's work is loaded when it runs, so that `lookup` starts at once.
 */
import yargs from 'yargs'
import { capsVersion } from '../version.js'
import { commands } from './commands.js'
import { errorMessage, UsageError } from './error-message.js'
import { terminalColumns } from './terminal.js'

/** The exit code for anything that ended a run; 1 is kept for gates. */
const EXIT_ERROR = 2
const MAX_HELP_COLUMNS = 110

/** Runs one command line, without the program's name. Resolves to the exit code; never rejects. */
export async function main(args: readonly string[]): Promise<number> {
  try {
    await parser(args).parseAsync()
    return 0
  } catch (thrown) {
    process.stderr.write(errorMessage(thrown))
    return EXIT_ERROR
  }
}

function parser(args: readonly string[]) {
  const program = yargs([...args])
    .scriptName('caps')
    .usage('$0 <command>\n\nWhat a Rust crate can do to the machine it runs on, read from its source alone.')
    .locale('en')
    .parserConfiguration({ 'boolean-negation': false, 'greedy-arrays': false, 'duplicate-arguments-array': false })
    .strict()
    .exitProcess(false)
    .wrap(Math.min(MAX_HELP_COLUMNS, terminalColumns()))
    .version(capsVersion())
    .alias('version', 'V')
    .alias('help', 'h')
    .demandCommand(1, 1, 'no command was given', 'more than one command was given')
    .epilogue('Documentation: docs/ beside the program. Exit codes: 0 done, 2 an error, told in three parts.')
    .fail((message, thrown) => {
      if (thrown instanceof Error && thrown.name !== 'YError') throw thrown
      throw new UsageError('The command line is not understood', message ?? thrown?.message, 'See `caps --help`.')
    })
  return commands(program)
}
