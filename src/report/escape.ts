/**
 * Text of a crate, made harmless before a terminal, a log or a file sees it (law 4): names, literals and paths may hold
 * escape sequences, line breaks, right-to-left overrides and characters that nobody can see.
 *
 * It does not judge: the reader sees `\u{202e}` where the character stood. Letters of every script stay as they are.
 */

import { checked } from '../base/index.js'

// Control and format characters (C0, C1, bidi controls, zero width, soft hyphen, tags), line and paragraph separators,
// private use, half surrogates; and what is drawn as nothing although it counts as a letter or mark: fillers and
// variation selectors, which can carry hidden data.
const INVISIBLE =
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: single code points are meant, not what they combine to
  /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Co}\p{Cs}\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u3164\ufe00-\ufe0f\uffa0\u{e0100}-\u{e01ef}]/gu

/** What GitHub's runner takes for a command wherever it stands in a line of a log (actions/runner, ActionCommand.cs). */
const LOG_COMMAND = /##(?=\[)/g

/** The text on one line, invisible and controlling characters spelled as Rust spells them: `\n`, `\u{1b}`. */
export function escapeText(text: string): string {
  const visible = text.replace(INVISIBLE, (char) => {
    if (char === '\n') return '\\n'
    if (char === '\t') return '\\t'
    return `\\u{${(char.codePointAt(0) as number).toString(16)}}`
  })
  return visible.replace(LOG_COMMAND, '#\\u{23}')
}

/** JSON with the same characters as `\u` escapes: it reads back as the same text, shows as what it is and commands no log. */
export function escapedJson(value: unknown, indent?: number): string {
  const visible = JSON.stringify(value, undefined, indent).replace(INVISIBLE, (char) => {
    if (char === '\n') return char
    return [...Array(char.length).keys()].map((i) => `\\u${char.charCodeAt(i).toString(16).padStart(4, '0')}`).join('')
  })
  return visible.replace(LOG_COMMAND, '#\\u0023')
}

const ENTITIES: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' }

/** For HTML and XML: between tags, and between the double quotes of an attribute. Invisible characters are spelled as ever. */
export function escapeMarkup(text: string): string {
  return escapeText(text).replace(/[&<>"]/g, (char) => checked(ENTITIES[char]))
}
