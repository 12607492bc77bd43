/**
 * What is wrong with a command line, told with the word that was probably meant. yargs finds the fault and words it for
 * whoever writes the program; the known words come from the help, which is the one description of commands and options.
 */
import { nearestWord } from '../base/index.js'
import { UsageError } from './error-message.js'
import { PAGES } from './help-pages.js'
import { type Help, type HelpRow, readHelp } from './help-text.js'

/** What yargs objects to; which word was meant is found out when the help can be asked for. */
export class CommandLineFault extends Error {}

/** Throws UsageError for a first word that is no command: as a rule one that is misspelt. */
export function checkCommand([word]: readonly string[]): void {
  if (word === undefined || word.startsWith('-') || word === 'help' || PAGES.has(word)) return
  const known = [...PAGES.keys()]
  throw new UsageError(
    `There is no command ${word}`,
    `the commands are ${known.join(', ')}`,
    meant(word, known) ?? 'Name one of these, or see `caps --help`.',
  )
}

/** The fault in three parts. `help`: that of the program, or of the command that was given, unwrapped. */
export function faultError({ message }: Error, args: readonly string[], help: string): UsageError {
  const known = readHelp(help)
  const [command] = args
  const page = command !== undefined && PAGES.has(command) ? `\`caps help ${command}\`` : '`caps --help`'
  return (
    choiceError(message, args) ??
    unknownError(message, args, known, page) ??
    missingError(message, known, page) ??
    new UsageError('The command line is not understood', message, `See ${page}.`)
  )
}

/** `Argument: format, Given: "jsn", Choices: "text", "json"` */
function choiceError(message: string, args: readonly string[]): UsageError | undefined {
  const [, name, given, choices] = /Argument: (\S+), Given: (.*), Choices: (.*)/.exec(message) ?? []
  if (name === undefined || given === undefined || choices === undefined) return undefined
  const known = [...choices.matchAll(/"([^"]*)"/g)].map(([, choice = '']) => choice)
  // Of several values yargs shows all; the first that is no choice is the wrong one.
  const [word = ''] = [...given.matchAll(/"([^"]*)"/g)].flatMap(([, one = '']) => (known.includes(one) ? [] : [one]))
  const isOption = args.some((arg) => arg === `--${name}` || arg.startsWith(`--${name}=`))
  return new UsageError(
    `${isOption ? `--${name}` : name} cannot be "${word}"`,
    `it can be ${known.join(', ')}`,
    meant(word, known) ?? 'Write one of these.',
  )
}

function unknownError(message: string, args: readonly string[], help: Help, page: string): UsageError | undefined {
  const [, list] = /^Unknown (?:arguments?|commands?): (.*)$/s.exec(message) ?? []
  if (list === undefined) return undefined
  const names = list.split(', ')
  const option = args.find((arg) => arg.startsWith('-') && names.includes(arg.replace(/^--?|=.*$/gs, '')))
  if (option === undefined) {
    return new UsageError(`"${list}" is one word too many`, `the command is ${usageOf(help)}`, `See ${page}.`)
  }
  const word = option.replace(/=.*$/s, '')
  const known = optionNames(help).filter((name) => name.startsWith('--'))
  return new UsageError(
    `There is no option ${word}`,
    `${help.usage.split(' ').slice(0, 2).join(' ')} has no such option`,
    meant(word, known) ?? `See ${page}.`,
  )
}

function missingError(message: string, help: Help, page: string): UsageError | undefined {
  if (!/^(?:Not enough non-option arguments|Missing required argument|Not enough arguments following)/.test(message)) {
    return undefined
  }
  const [, missing] = /^(?:Missing required arguments?|Not enough arguments following): (.*)$/s.exec(message) ?? []
  if (missing === undefined) {
    const [, given = '0'] = /got (\d+)/.exec(message) ?? []
    const word = [...help.usage.matchAll(/[<[]([\w-]+)(?:\.\.)?[>\]]/g)].map(([, name]) => name)[Number(given)]
    const what = word === undefined ? 'Something is missing' : `The ${word} is missing`
    return new UsageError(what, `the command is ${usageOf(help)}`, `See ${page}.`)
  }
  const what = message.startsWith('Missing') ? `--${missing} is missing` : `--${missing} has no value`
  return new UsageError(what, `the command is ${usageOf(help)}`, `See ${page}.`)
}

const usageOf = ({ usage }: Help): string => `\`${usage}\``

function optionNames({ sections }: Help): readonly string[] {
  const rows: readonly HelpRow[] = sections.flatMap((section) => section.rows)
  return rows.flatMap(({ names }) => names).filter((name) => name.startsWith('-'))
}

function meant(word: string, known: readonly string[]): string | undefined {
  const near = nearestWord(word, known)
  return near === undefined ? undefined : `Did you mean "${near}"?`
}
