/**
 * Crate text in GitHub Flavored Markdown. It stands in code spans only: there nothing is markup, and GitHub makes no link,
 * mention, issue reference or emoji of it. Escaping with backslashes would not do: `\@team` still calls the team.
 */
import { escapeText } from './escape.js'

/** A code span. Text with backticks gets longer fences; nothing at all is shown as a space. */
export function code(text: string): string {
  const shown = escapeText(text) || ' '
  const longest = Math.max(0, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length))
  const fence = '`'.repeat(longest + 1)
  const pad = longest > 0 || /^ .*[^ ].* $/.test(shown) ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/**
 * A code span inside of a table. A bar would end the cell even there, and one behind a backslash is read differently by
 * different readers, so it is spelled as Rust spells a character.
 */
export function codeCell(text: string): string {
  return code(text.replaceAll('|', '\\u{7c}'))
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** Code inside of an HTML tag's line, where Markdown does not count. */
export function codeTag(text: string): string {
  return `<code>${escapeText(text).replace(/[&<>"]/g, (char) => ENTITIES[char] as string)}</code>`
}

/** A word that nothing is made of: letters, single hyphens between them, punctuation of sentences behind. */
const PLAIN_WORD = /^\(?\p{L}+(?:[-’']\p{L}+)*\)?[.,;:!?]?$|^\d+[.,;:]?$/u

/** A sentence that may hold crate text: what is not plainly a word becomes code. */
export function prose(text: string): string {
  return escapeText(text)
    .split(' ')
    .map((word) => (word === '' || PLAIN_WORD.test(word) ? word : code(word)))
    .join(' ')
}

/** A block of one line of code, as of a command to be copied. */
export function codeBlock(line: string, language: string): string {
  const shown = escapeText(line)
  const fence = '`'.repeat(Math.max(3, ...[...shown.matchAll(/`+/g)].map(([run]) => run.length + 1)))
  return `${fence}${language}\n${shown}\n${fence}`
}
