/**
 * Crate text in GitHub Flavored Markdown. It stands in code spans only: there nothing is markup, and GitHub makes no link,
 * mention, issue reference or emoji of it. Escaping with backslashes would not do: `\@team` still calls the team.
 */
import { escapeMarkup, escapeText } from './escape.js'

/** Longer names are nobody's: they are cut, so that no name fills a comment. */
const MAX_CODE_LENGTH = 2_000

/** A code span. Text with backticks gets longer fences; nothing at all is shown as a space. */
export function code(text: string): string {
  const whole = escapeText(text) || ' '
  const shown = whole.length > MAX_CODE_LENGTH ? `${whole.slice(0, MAX_CODE_LENGTH)}…` : whole
  const longest = longestRun(shown)
  const fence = '`'.repeat(longest + 1)
  const stripped = shown.startsWith(' ') && shown.endsWith(' ') && shown.trim() !== ''
  const pad = longest > 0 || stripped ? ' ' : ''
  return `${fence}${pad}${shown}${pad}${fence}`
}

/** How many backticks stand in a row at most. */
const longestRun = (text: string): number =>
  [...text.matchAll(/`+/g)].reduce((longest, [run]) => Math.max(longest, run.length), 0)

/**
 * A code span inside of a table. A bar would end the cell even there, and one behind a backslash is read differently by
 * different readers, so it is spelled as Rust spells a character.
 */
export function codeCell(text: string): string {
  return code(text.replaceAll('|', '\\u{7c}'))
}

/** Code inside of an HTML tag's line, where Markdown does not count. */
export function codeTag(text: string): string {
  return `<code>${escapeMarkup(text)}</code>`
}

/** A word that nothing is made of: letters, with single hyphens or apostrophes between them; or a number. */
const PLAIN_WORD = /^(?:\p{L}+(?:[-’']\p{L}+)*|\d+)?$/u
/** Punctuation of sentences that may stand behind a word. */
const CLOSING = ').,;:!?'

/** A sentence that may hold crate text: what is not plainly a word becomes code, and so does each of `names`. */
export function prose(text: string, names: readonly string[] = []): string {
  return escapeText(text)
    .split(' ')
    .map((word) => {
      const start = word.startsWith('(') ? 1 : 0
      let end = word.length
      while (end > start && CLOSING.includes(word.charAt(end - 1))) end--
      const inner = word.slice(start, end)
      const plain = PLAIN_WORD.test(inner) && !names.includes(inner)
      return plain ? word : word.slice(0, start) + code(inner) + word.slice(end)
    })
    .join(' ')
}

/** A block of one line of code, as of a command to be copied. */
export function codeBlock(line: string, language: string): string {
  const shown = escapeText(line)
  const fence = '`'.repeat(Math.max(3, longestRun(shown) + 1))
  return `${fence}${language}\n${shown}\n${fence}`
}
