/**
 * The command line: yargs, the terminal and exit codes, nothing else. 0: done; 1: a gate
 * (`diff --fail-on`, `check`) said no; 2: could not be done, and one message on
 * stderr says what, why and what to do. Each command's work is loaded when it runs, so that `lookup` starts at once.
 */

import yargs from 'yargs'
import { checked } from '../base/index.js'
import { capsVersion } from '../wiring/version.js'
import { CommandLineFault, checkCommand, faultError } from './command-line-fault.js'
import { commands } from './commands.js'
import { completionLines } from './completion.js'
import { REQUEST } from './completion-scripts.js'
import { errorMessage, UsageError } from './error-message.js'
import { PAGES } from './help-pages.js'
import { writeOutput } from './output.js'
import { stderrColumns, tell } from './stderr.js'
import { terminalColumns } from './terminal.js'

/** The exit code for anything that ended a run; 1 is kept for gates. */
const EXIT_ERROR = 2
/** Wider lines of help are hard to read. */
export const MAX_HELP_COLUMNS = 110
/**
 * Runs one command line, without the program's name. Resolves to the exit code, which a command that is a gate leaves in
 * `process.exitCode`; never rejects.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    if (args[0] === REQUEST)
      await writeOutput(await completionLines(args.slice(1), (command) => helpText(command, null)))
    else {
      checkCommand(args)
      await run(withExclusions(inFull(args)))
    }
    return Number(process.exitCode ?? 0)
  } catch (thrown) {
    const told = thrown instanceof CommandLineFault ? await explained(thrown, args) : thrown
    tell(errorMessage(told, stderrColumns()))
    return EXIT_ERROR
  }
}

async function explained(fault: CommandLineFault, args: readonly string[]): Promise<UsageError> {
  const [command] = args
  const known = command !== undefined && PAGES.has(command) ? command : undefined
  return faultError(fault, args, await helpText(known, null))
}

/** Ends the process for what no command caught: with an error's message and exit code, never with a gate's. */
export function endAsError(thrown: unknown): never {
  tell(errorMessage(thrown, stderrColumns()))
  process.exit(EXIT_ERROR)
}

/** What yargs itself says, `--help` and `--version`, is output as any other: it is written by us, since yargs checks no write. */
async function run(args: readonly string[]): Promise<void> {
  let said = ''
  await parser(args).parseAsync([...args], {}, (_thrown, _given, output) => {
    said = output
  })
  if (said !== '') await writeOutput([`${said}\n`])
}

/** `--capabilities -unsafe`: yargs would read `-unsafe` as options, so it is tied to the option that it belongs to. */
function withExclusions(args: readonly string[]): string[] {
  const tied: string[] = []
  for (let i = 0; i < args.length; i++) {
    const [arg, next] = [checked(args[i]), args[i + 1]]
    if (arg === '--capabilities' && next !== undefined && /^-[a-z]/.test(next)) {
      tied.push(`${arg}=${next}`)
      i++
    } else tied.push(arg)
  }
  return tied
}

/** As in cargo's own commands: `-h` lists the options, and `caps check --help` is `caps help check`, with examples. */
function inFull(args: readonly string[]): readonly string[] {
  const [command, ...rest] = args
  return command !== undefined && rest.includes('--help') && PAGES.has(command) ? ['help', command] : args
}

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

function parser(args: readonly string[]) {
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
