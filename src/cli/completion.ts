/**
 * What may stand at the cursor of a shell. Commands, options and their choices are read from the help; targets and
 * capabilities, which no help lists, are added. Nothing is run and nothing of a crate is read.
 *
 * It is not yargs's own completion: that parses the unfinished line as one to be carried out, and can start a command.
 */
import { familyOf } from '../base/index.js'
import { SHELL_VARIABLE, SHELLS, type Shell } from './completion-scripts.js'
import { type Help, type HelpRow, readHelp } from './help-text.js'

/** The help of the program, or of one of its commands, unwrapped. */
export type HelpOf = (command?: string) => Promise<string>

/** A word that may stand at the cursor. */
interface Candidate {
  readonly word: string
  readonly description?: string
}

/** The words of a command line up to the cursor. */
interface Cursor {
  /** Finished words, the program's name first. */
  readonly words: readonly string[]
  /** The unfinished one, as far as it is typed. */
  readonly current: string
  /** What the shell takes for a part of the unfinished word: `--format=` of `--format=js`. */
  readonly before: string
}

/** Answers a shell: `words` are those up to the cursor, the program's name first; a line a candidate, as it reads them. */
export async function completionLines(words: readonly string[], helpOf: HelpOf): Promise<readonly string[]> {
  const shell = SHELLS.find((one) => one === process.env[SHELL_VARIABLE]) ?? 'bash'
  const cursor = cursorOf(words)
  const found = await candidates(cursor, helpOf)
  return found
    .filter(({ word }) => word.startsWith(cursor.current))
    .map((candidate) => `${spelled(candidate, shell === 'bash' ? '' : cursor.before, shell)}\n`)
}

/** What PowerShell hands over for a word that is not begun, since an empty one would get lost. */
const NOT_BEGUN = '\n'

/** Bash splits words at `=`, others do not. */
function cursorOf(given: readonly string[]): Cursor {
  const words = given.filter((word) => word !== '=')
  const begun = given.at(-1) === '=' ? '' : (words.pop() ?? '')
  const last = begun === NOT_BEGUN ? '' : begun
  const [, option, value] = /^(--[a-z-]+)=(.*)$/s.exec(last) ?? []
  if (option === undefined || value === undefined) return { words, current: last, before: '' }
  return { words: [...words, option], current: value, before: `${option}=` }
}

async function candidates({ words, current }: Cursor, helpOf: HelpOf): Promise<readonly Candidate[]> {
  const [, command] = words
  const program = readHelp(await helpOf())
  const known = rowsOf(program, ['Commands']).map(({ names, description }) => {
    return { word: names[0]?.split(' ')[1] ?? '', description }
  })
  if (command === undefined) return current.startsWith('-') ? optionNames(optionsOf(program)) : known
  if (!known.some(({ word }) => word === command)) return []
  const help = readHelp(await helpOf(command))
  const options = optionsOf(help)
  const open = options.find(({ names }) => names.includes(words.at(-1) ?? ''))
  if (open && takesValue(open)) return valuesOf(open, current)
  if (current.startsWith('-')) return optionNames(options)
  return positionalValues(rowsOf(help, ['Positionals']), positionalsIn(words.slice(2), options), command)
}

const rowsOf = ({ sections }: Help, titles: readonly string[]): readonly HelpRow[] =>
  sections.filter(({ title }) => titles.includes(title)).flatMap(({ rows }) => rows)

const optionsOf = ({ sections }: Help): readonly HelpRow[] =>
  sections.flatMap(({ rows }) => rows).filter(({ names }) => names[0]?.startsWith('-'))

const takesValue = ({ tags }: HelpRow): boolean => !tags.includes('boolean')

const optionNames = (options: readonly HelpRow[]): readonly Candidate[] =>
  options.flatMap(({ names, description }) => names.map((word) => ({ word, description })))

const plain = (words: readonly string[]): readonly Candidate[] => words.map((word) => ({ word }))

/** None for what is a file or a name: the shell then offers files. */
async function valuesOf({ names, choices }: HelpRow, current: string): Promise<readonly Candidate[]> {
  if (choices.length > 0) return plain(choices)
  if (names.includes('--target')) return inList(current, await targets())
  if (names.includes('--capabilities')) return inList(current, await capabilities())
  return []
}

/** How many words are no option and belong to none. */
function positionalsIn(words: readonly string[], options: readonly HelpRow[]): number {
  const isValue = (index: number): boolean => {
    const option = options.find(({ names }) => names.includes(words[index - 1] ?? ''))
    return option !== undefined && takesValue(option)
  }
  return words.filter((word, index) => !word.startsWith('-') && !isValue(index)).length
}

/** The last positional of a command may stand for several words. */
async function positionalValues(
  rows: readonly HelpRow[],
  position: number,
  command: string,
): Promise<readonly Candidate[]> {
  const row = rows[position] ?? (rows.at(-1)?.tags.includes('array') ? rows.at(-1) : undefined)
  if (!row) return []
  if (row.choices.length > 0) return plain(row.choices)
  const isCapability = row.names[0] === 'capability' || (row.names[0] === 'capabilities' && command === 'allow')
  return isCapability ? plain(await capabilities()) : []
}

/** `fs,ex`: the last of a list is completed. */
function inList(current: string, words: readonly string[]): readonly Candidate[] {
  const done = current.slice(0, current.lastIndexOf(',') + 1)
  return plain(words.map((word) => `${done}${word}`))
}

async function targets(): Promise<readonly string[]> {
  return (await import('../wiring/policy-file.js')).vocabulary().targets
}

/** Capabilities and their families. */
async function capabilities(): Promise<readonly string[]> {
  const names = (await import('../wiring/lookup.js')).capabilityNames()
  return [...new Set(names.flatMap((name) => [name, familyOf(name)]))].sort()
}

function spelled({ word, description }: Candidate, before: string, shell: Shell): string {
  const whole = `${before}${word}`
  if (shell === 'bash') return whole
  if (shell === 'fish' || shell === 'powershell') return description ? `${whole}\t${description}` : whole
  const escaped = whole.replaceAll(':', '\\:')
  return description ? `${escaped}:${description}` : escaped
}
