/**
 * The manual page caps(1) in roff's man macros, of the help of every command and of help-pages.ts. It has no date: the same
 * program gives the same page (law 3). Options that several commands share stand once.
 */
import { type CommandPage, ENVIRONMENT, EXIT_CODES } from './help-pages.js'
import type { Help, HelpRow, HelpSection } from './help-text.js'

export interface CommandManual {
  readonly help: Help
  readonly page: CommandPage
}

/** `program` is the help without a command. */
export function manPage(program: Help, commands: readonly CommandManual[], version: string): string {
  const shared = sharedRows(commands.map(({ help }) => help))
  return [
    '.\\" Written by `npm run docs` from src/cli; do not edit.',
    `.TH CAPS 1 "" "caps ${roff(version)}" "User Commands"`,
    '.SH NAME',
    'caps \\- what a Rust crate can do to the machine it runs on, read from its source alone',
    '.SH SYNOPSIS',
    '.nf',
    ...commands.map(({ help }) => `${line(help.usage)} [options]`),
    '.fi',
    '.SH DESCRIPTION',
    line(program.description),
    '.SH COMMANDS',
    ...commands.flatMap((command) => commandLines(command, shared)),
    '.SH COMMON OPTIONS',
    'Of each command whose help lists them.',
    ...sectionLines(commonSections(commands, shared)),
    '.SH EXIT STATUS',
    ...definitions(EXIT_CODES),
    '.SH ENVIRONMENT',
    ...definitions(ENVIRONMENT),
    '.SH FILES',
    ...definitions([
      ['caps.toml', 'The policy, in the root directory of the workspace.'],
      ['docs/', 'Documentation, beside the program.'],
    ]),
    '.SH SEE ALSO',
    '.BR cargo (1)',
    '',
  ].join('\n')
}

function commandLines({ help, page }: CommandManual, shared: ReadonlySet<string>): readonly string[] {
  const positionals = help.sections.filter(({ title }) => title === 'Positionals')
  const others = help.sections.filter(({ title }) => title !== 'Positionals')
  const own = [...positionals, ...others].flatMap(({ rows }) => rows)
  return [
    `.SS ${line(help.usage)}`,
    line(`${help.description.replace(/\.?$/, '.')}`),
    ...page.about.flatMap((paragraph) => ['.PP', line(paragraph)]),
    ...own.filter((row) => row.names[0]?.startsWith('-') !== true || !shared.has(keyOf(row))).flatMap(rowLines),
    '.PP',
    'Examples:',
    ...page.examples.flatMap(({ command, does }) => ['.TP', `.B ${line(command)}`, line(does)]),
  ]
}

/** Rows that more than one command has, word for word; positionals are each command's own. */
function sharedRows(helps: readonly Help[]): ReadonlySet<string> {
  const keys = helps.flatMap(({ sections }) => [
    ...new Set(sections.filter(({ title }) => title !== 'Positionals').flatMap(({ rows }) => rows.map(keyOf))),
  ])
  return new Set(keys.filter((key, index) => keys.indexOf(key) !== index))
}

const keyOf = (row: HelpRow): string => JSON.stringify([row.names, row.description, row.tags])

/** The shared rows under the titles where they first stand. */
function commonSections(commands: readonly CommandManual[], shared: ReadonlySet<string>): readonly HelpSection[] {
  const sections = new Map<string, HelpRow[]>()
  const seen = new Set<string>()
  for (const { title, rows } of commands.flatMap(({ help }) => help.sections)) {
    for (const row of rows.filter((each) => shared.has(keyOf(each)) && !seen.has(keyOf(each)))) {
      seen.add(keyOf(row))
      sections.set(title, [...(sections.get(title) ?? []), row])
    }
  }
  return [...sections].map(([title, rows]) => ({ title, rows }))
}

const sectionLines = (sections: readonly HelpSection[]): readonly string[] =>
  sections.flatMap(({ title, rows }) => [`.SS ${line(title)}`, ...rows.flatMap(rowLines)])

function rowLines({ names, description, tags, choices }: HelpRow): readonly string[] {
  const named = tags.find((tag) => tag.startsWith('default: ') && !/: (false|\[\])$/.test(tag))
  const notes = [choices.length > 0 ? `one of ${choices.join(', ')}` : '', named ?? ''].filter((note) => note !== '')
  const text = [description, ...notes].filter((part) => part !== '').join('; ')
  return ['.TP', `.B ${line(names.join(', '))}`, line(`${text}.`)]
}

const definitions = (rows: readonly (readonly [string, string])[]): readonly string[] =>
  rows.flatMap(([name, meaning]) => ['.TP', `.B ${line(name)}`, line(meaning)])

/** A line of text: neither a macro nor the end of one, whatever it begins with. */
const line = (text: string): string => roff(text.replaceAll('\n', ' ')).replace(/^(?=[.'])/, '\\&')

/**
 * Text with roff's own characters escaped: a hyphen is to be copied as the minus that it is on a command line, and what is
 * not ASCII is spelled by its code point, since not every roff reads UTF-8.
 */
function roff(text: string): string {
  return text
    .replaceAll('\\', '\\e')
    .replaceAll('-', '\\-')
    .replaceAll("'", '\\(aq')
    .replaceAll('`', '\\(ga')
    .replaceAll('"', '\\(dq')
    .replace(
      /[^\n -~]/gu,
      (char) => `\\[u${(char.codePointAt(0) as number).toString(16).toUpperCase().padStart(4, '0')}]`,
    )
}
