/** `caps help COMMAND` for a terminal: the command's help as yargs draws it, and what help-pages.ts says besides. */
import { type CommandPage, ENVIRONMENT, EXIT_CODES } from './help-pages.js'

const INDENT = '  '

/** `help` is the text of `--help`, wrapped to the same columns. */
export function helpView(help: string, page: CommandPage, columns: number): string {
  const options = help.search(/^\S.*:$/m)
  const [head, rest] = options < 0 ? [help, ''] : [help.slice(0, options), help.slice(options)]
  const width = columns - INDENT.length
  return [
    head.trim(),
    page.about.map((paragraph) => wrapped(paragraph, columns).join('\n')).join('\n\n'),
    section(
      'Examples',
      page.examples.flatMap(({ command, does }) => [command, ...wrapped(does, width - 4).map((line) => `    ${line}`)]),
    ),
    rest.trim(),
    section(
      'Exit codes',
      table(
        EXIT_CODES.filter(([code]) => code !== '1' || page.gate).map(([code, meaning]) => [
          code,
          code === '1' ? `A gate says no: ${page.gate}.` : meaning,
        ]),
        width,
      ),
    ),
    section('Environment', table(ENVIRONMENT, width)),
    section('See also', wrapped(page.see.map((file) => `docs/${file}`).join(', '), width)),
  ]
    .filter((part) => part !== '')
    .join('\n\n')
    .concat('\n')
}

const section = (title: string, lines: readonly string[]): string =>
  [`${title}:`, ...lines.map((line) => `${INDENT}${line}`)].join('\n')

function table(rows: readonly (readonly [string, string])[], width: number): readonly string[] {
  const first = Math.max(...rows.map(([name]) => name.length)) + 2
  return rows.flatMap(([name, meaning]) =>
    wrapped(meaning, width - first).map((line, index) => `${(index === 0 ? name : '').padEnd(first)}${line}`),
  )
}

/** The words on lines of at most so many columns; a longer word has a line of its own. Our own text: a character a column. */
function wrapped(text: string, columns: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ')) {
    const last = lines.at(-1)
    if (last !== undefined && last.length + 1 + word.length <= columns) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}
