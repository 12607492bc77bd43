/** `caps help` and the manual page: every command is in them, and what they show as examples is there. */
import { existsSync } from 'node:fs'
import { describe, expect, test } from '@jest/globals'
import { helpText } from '../../src/cli/command-parser.js'
import { manual } from '../../src/cli/help-command.js'
import { EXIT_CODES, PAGES } from '../../src/cli/help-pages.js'
import { readHelp } from '../../src/cli/help-text.js'
import { helpView } from '../../src/cli/help-view.js'

const wordsOf = (command: string): string[] =>
  command.replace(/^source <\(|\)$|[<>|].*$/g, '').match(/'[^']*'|\S+/g) ?? []

test('every command has a page, in the order of the help', async () => {
  const { sections } = readHelp(await helpText(undefined, null))
  const commands = sections[0]?.rows.map(({ names }) => names[0]?.split(' ')[1])
  expect([...PAGES.keys(), 'help']).toEqual(commands)
})

describe.each([...PAGES])('%s', (name, page) => {
  test('examples use options that it has, with values that they take', async () => {
    const rows = readHelp(await helpText(name, null)).sections.flatMap((section) => section.rows)
    expect(page.examples.length).toBeGreaterThan(0)
    for (const { command } of page.examples) {
      const [program, ...words] = wordsOf(command)
      expect(program).toBe('caps')
      expect(words[0]).toBe(name)
      for (const [index, word] of words.entries()) {
        if (!/^--?[a-z]/.test(word)) continue
        const row = rows.find(({ names }) => names.includes(word))
        expect({ command, word, known: row !== undefined }).toMatchObject({ known: true })
        if (row && row.choices.length > 0) expect(row.choices).toContain(words[index + 1])
      }
    }
  })

  test('documents that it names are there; its exit codes are its own', async () => {
    for (const file of page.see) expect(existsSync(new URL(`../../docs/${file}`, import.meta.url))).toBe(true)
    const text = helpView(await helpText(name, 90), page, 90)
    expect(text.includes('A gate says no')).toBe(['diff', 'check'].includes(name))
    for (const line of text.split('\n').slice(4)) expect(line.length).toBeLessThanOrEqual(90)
  })
})

test('the manual page says it all, and no text of it is a macro', async () => {
  const lines = (await manual()).split('\n')
  const macros = new Set(lines.filter((line) => /^[.']/.test(line)).map((line) => line.split(' ')[0]))
  expect([...macros].sort()).toEqual(['.B', '.BR', '.PP', '.SH', '.SS', '.TH', '.TP', '.\\"', '.fi', '.nf'].sort())
  const text = lines.join('\n')
  for (const name of PAGES.keys()) expect(text).toContain(`.SS caps ${name}`)
  for (const [code] of EXIT_CODES) expect(text).toContain(`\n.B ${code}\n`)
  expect(text).not.toMatch(/[^\\]-/)
  expect(text).not.toMatch(/[^\n -~]/)
})
