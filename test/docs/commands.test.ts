/** Every command line of caps in README.md and docs/: its command and options are there, with values that they take. */
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from '@jest/globals'
import { helpText } from '../../src/cli/command-parser.js'
import { type HelpRow, readHelp } from '../../src/cli/help-text.js'

const repository = new URL('../../', import.meta.url)
const documents = [
  'README.md',
  ...readdirSync(new URL('docs/', repository))
    .filter((file) => file.endsWith('.md'))
    .map((file) => `docs/${file}`),
]

/** Lines of code blocks, and code in text, that begin with the program's name; behind two spaces stands a remark. Mistakes that are shown are none. */
function commandsIn(whole: string): string[] {
  const text = whole.replace(/<!-- task: mistakes -->[\s\S]*?<!-- end -->/, '')
  const blocks = [...text.matchAll(/^```(?:sh|console|yaml)?\n([\s\S]*?)^```/gm)].flatMap(([, code = '']) =>
    code.split('\n'),
  )
  const indented = [...text.matchAll(/^ {4}(\S.*)$/gm)].map(([, line = '']) => line)
  const inline = [...text.replace(/^```[\s\S]*?^```/gm, '').matchAll(/`([^`\n]+)`/g)].map(([, code = '']) => code)
  return [...blocks, ...indented, ...inline]
    .map((line) =>
      line
        .trim()
        .replace(/^(?:\$ |- (?:run: )?)+/, '')
        .replace(/^(?:npx|exec) /, ''),
    )
    .filter((line) => /^caps [a-z]/.test(line))
    .map((line) => (line.split(/ {2,}| \| | > |…|\/\//)[0] ?? '').trim())
}

const helps = new Map<string, readonly HelpRow[]>()
async function rowsOf(command: string): Promise<readonly HelpRow[]> {
  const known = helps.get(command)
  if (known) return known
  const rows = readHelp(await helpText(command, null)).sections.flatMap((section) => section.rows)
  helps.set(command, rows)
  return rows
}

test.each(documents)('%s', async (file) => {
  const commands = (await rowsOf('')).map(({ names }) => names[0]?.split(' ')[1])
  for (const line of commandsIn(readFileSync(new URL(file, repository), 'utf8'))) {
    const [, command = '', ...words] = line.match(/'[^']*'|"[^"]*"|[^\s=]+/g) ?? []
    expect({ line, command: commands.includes(command) }).toEqual({ line, command: true })
    const rows = await rowsOf(command)
    for (const [index, word] of words.entries()) {
      if (!/^--?[a-zA-Z]/.test(word) || words[index - 1] === '--capabilities') continue
      const row = rows.find(({ names }) => names.includes(word))
      expect({ line, word, known: row !== undefined }).toEqual({ line, word, known: true })
      const value = words[index + 1]
      if (row && row.choices.length > 0 && value !== undefined) expect(row.choices).toContain(value.split('|')[0])
    }
  }
})

test('command lines are found in all the ways that they are written', () => {
  const text =
    '    caps check    a remark\n```console\n$ npx caps why . exec\n```\nand `caps diff a b`, `cargo caps stats`\n'
  expect(commandsIn(text)).toEqual(['caps why . exec', 'caps check', 'caps diff a b'])
})
