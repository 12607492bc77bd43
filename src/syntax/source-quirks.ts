/**
 * A second chance for text that the grammar cannot read: spellings that it does not know are overwritten with others
 * of the same length, so that every place stays.
 *
 * Only the parser sees the result; names, literals and attributes are still read from the text as it is. So a word may
 * be blanked out where it says nothing that `FileFacts` holds (`const` in `const trait`), or stand in for another.
 * Unstable syntax in std's own source is what most of this is for.
 */
import { checked } from '../base/index.js'
import { blank } from './data-tables.js'
import { lex, type Token } from './lexer.js'

/** Tokens of one spelling at `index`, and what the parser shall read instead of the first `length` of them. */
interface Quirk {
  /** How many tokens from `index` on are to be replaced; 0 when the quirk is not there. */
  readonly length: (tokens: readonly Token[], index: number) => number
  /** Blank: white space. Name: an identifier of the same length. */
  readonly as: 'blank' | 'name'
}

const is = (token: Token | undefined, ...texts: readonly string[]): boolean =>
  token !== undefined && texts.includes(token.text)

/** Words that are keywords in some places only: an identifier everywhere but before these. */
const CONTEXTUAL: ReadonlyMap<string, readonly string[]> = new Map([
  ['raw', ['const', 'mut']],
  ['auto', ['trait']],
  ['default', ['fn', 'unsafe', 'async', 'const', 'extern', 'impl', 'type', 'gen']],
  ['safe', ['fn', 'static', 'extern']],
  ['gen', ['{', 'move', 'fn', '|']],
  ['try', ['{']],
])

const QUIRKS: readonly Quirk[] = [
  // `T: [const] Trait`
  {
    as: 'blank',
    length: (tokens, index) =>
      is(tokens[index], '[') && is(tokens[index + 1], 'const') && is(tokens[index + 2], ']') ? 3 : 0,
  },
  // `const trait`, `const unsafe trait`, `const impl`
  {
    as: 'blank',
    length: (tokens, index) => {
      if (!is(tokens[index], 'const')) return 0
      const next = is(tokens[index + 1], 'unsafe', 'auto') ? index + 2 : index + 1
      return is(tokens[next], 'trait', 'impl') ? 1 : 0
    },
  },
  // `T: const Trait`
  {
    as: 'blank',
    length: (tokens, index) =>
      is(tokens[index], 'const') && is(tokens[index - 1], ':', '+') && tokens[index + 1]?.kind === 'ident' ? 1 : 0,
  },
  // `super let`
  {
    as: 'blank',
    length: (tokens, index) => (is(tokens[index], 'super') && is(tokens[index + 1], 'let') ? 1 : 0),
  },
  // `default impl`, `default const`, `default type`, which the grammar knows before `fn` only
  {
    as: 'blank',
    length: (tokens, index) => {
      if (!is(tokens[index], 'default') || is(tokens[index - 1], '.', ':')) return 0
      const constant = is(tokens[index + 1], 'const') && !is(tokens[index + 2], 'fn', 'unsafe', 'async', 'extern')
      return constant || is(tokens[index + 1], 'impl', 'type') ? 1 : 0
    },
  },
  // a type or variable with the name of a contextual keyword
  {
    as: 'name',
    length: (tokens, index) => {
      const keywordBefore = CONTEXTUAL.get(tokens[index]?.text ?? '')
      return keywordBefore && !is(tokens[index + 1], ...keywordBefore) ? 1 : 0
    },
  },
]

/** The text that the parser may understand better; the same string when nothing is to be changed. */
export function withoutQuirks(text: string): string {
  const tokens = lex(text, 0, text.length)
  let out = ''
  let copied = 0
  for (let index = 0; index < tokens.length; ) {
    const quirk = QUIRKS.find((candidate) => candidate.length(tokens, index) > 0)
    if (!quirk) {
      index++
      continue
    }
    const last = index + quirk.length(tokens, index)
    const at = checked(tokens[index]).at
    const end = checked(tokens[last - 1]).end
    out += text.slice(copied, at) + (quirk.as === 'blank' ? blank(text.slice(at, end)) : 'X'.repeat(end - at))
    copied = end
    index = last
  }
  return copied === 0 ? text : out + text.slice(copied)
}
