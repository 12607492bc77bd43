/**
 * Where the items of a file begin and end, told by the lexer alone: for a file that the grammar cannot read as a whole.
 *
 * It knows just enough of items for that (The Rust Reference, "Items"): most end with the brace that closes them, some
 * only with a semicolon. Text whose delimiters do not match is one item to its end.
 */
import { checked } from '../base/index.js'
import type { Span } from './ast.js'
import { lex, type Token } from './lexer.js'

/** Words before an item's own keyword. */
const BEFORE = new Set(['pub', 'unsafe', 'async', 'extern', 'default', 'safe'])
/** Items that may hold braces and still end with a semicolon. */
const TO_SEMICOLON = new Set(['const', 'static', 'let', 'type', 'use'])

/** The file's items in their order, attributes included; inner attributes (`#![..]`) stand alone. */
export function itemSpans(text: string): readonly Span[] {
  const tokens = lex(text, 0, text.length)
  const out: Span[] = []
  let first = 0
  let depth = 0
  const finish = (last: number): void => {
    out.push({ at: checked(tokens[first]).at, end: checked(tokens[last]).end })
    first = last + 1
  }
  for (let at = 0; at < tokens.length; at++) {
    const { kind, text: word } = checked(tokens[at])
    if (kind === 'open') depth++
    else if (kind === 'close') depth = Math.max(0, depth - 1)
    if (depth > 0) continue
    const innerAttribute = word === ']' && tokens[first]?.text === '#' && tokens[first + 1]?.text === '!'
    if (word === ';' || innerAttribute || (word === '}' && !endsWithSemicolon(tokens, first, at))) finish(at)
  }
  if (first < tokens.length) finish(tokens.length - 1)
  return out
}

/** Behind a brace that closes a const argument: the item goes on. */
const GOES_ON = new Set(['>', ',', 'where', '='])

function endsWithSemicolon(tokens: readonly Token[], first: number, end: number): boolean {
  if (GOES_ON.has(tokens[end + 1]?.text ?? '')) return true
  let at = afterAttributes(tokens, first, end)
  while (at < end && (BEFORE.has(tokens[at]?.text ?? '') || isVisibilityPath(tokens, at) || isAbi(tokens, at))) {
    at = tokens[at]?.text === '(' ? closing(tokens, at, end) + 1 : at + 1
  }
  const keyword = tokens[at]?.text ?? ''
  // `const fn`, `const unsafe fn`: a function
  return TO_SEMICOLON.has(keyword) && !(keyword === 'const' && isFunction(tokens, at + 1, end))
}

function isFunction(tokens: readonly Token[], from: number, end: number): boolean {
  let at = from
  while (at < end && (BEFORE.has(tokens[at]?.text ?? '') || isAbi(tokens, at))) at++
  return tokens[at]?.text === 'fn'
}

const isVisibilityPath = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.text === '(' && tokens[at - 1]?.text === 'pub'
const isAbi = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.kind === 'literal' && tokens[at - 1]?.text === 'extern'

function afterAttributes(tokens: readonly Token[], first: number, end: number): number {
  let at = first
  while (at + 1 < end && tokens[at]?.text === '#' && tokens[at + 1]?.text === '[') at = closing(tokens, at + 1, end) + 1
  return at
}

/** The delimiter that closes the one at `open`, or the last token before `end`. */
function closing(tokens: readonly Token[], open: number, end: number): number {
  let depth = 0
  for (let at = open; at < end; at++) {
    const { kind } = checked(tokens[at])
    if (kind === 'open') depth++
    if (kind === 'close' && --depth === 0) return at
  }
  return end - 1
}
