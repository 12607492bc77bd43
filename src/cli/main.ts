/**
 * The command line: yargs, the terminal and exit codes, nothing else. 0: done; 1: a gate
 * (`diff --fail-on`, `check`) said no; 2: could not be done, and one message on
 * stderr says what, why and what to do. The parser of command lines and each command's work are loaded when they are needed, so that
 * `lookup` starts at once.
 */

import { checked } from '../base/index.js'
import { capsVersion } from '../wiring/version.js'
import { CommandLineFault, checkCommand, faultError } from './command-line-fault.js'
import { completionLines } from './completion.js'
import { REQUEST } from './completion-scripts.js'
import { errorMessage, type UsageError } from './error-message.js'
import { PAGES } from './help-pages.js'
import { writeOutput } from './output.js'
import { stderrColumns, tell } from './stderr.js'

/** The exit code for anything that ended a run; 1 is kept for gates. */
const EXIT_ERROR = 2
const VERSION = new Set(['--version', '-V'])
/**
 * Runs one command line, without the program's name. Resolves to the exit code, which a command that is a gate leaves in
 * `process.exitCode`; never rejects.
 */
export async function main(args: readonly string[]): Promise<number> {
  try {
    // Asked by scripts, often: what reads command lines is not loaded for it.
    if (args.length === 1 && VERSION.has(checked(args[0]))) await writeOutput([`${capsVersion()}\n`])
    else if (args[0] === REQUEST)
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

async function helpText(command: string | undefined, columns: number | null): Promise<string> {
  const help = await import('./command-parser.js')
  return help.helpText(command, columns)
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
  const { parser } = await import('./command-parser.js')
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
