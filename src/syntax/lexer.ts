/**
 * Rust's tokens (The Rust Reference, "Tokens"), for what the grammar leaves as token trees: macro input, macro rules,
 * attributes.
 *
 * It never fails: what is no token, or has no end, becomes one token of kind `error`, so that a caller can tell it
 * from good input. It does not match delimiters; see `matchDelimiters`.
 */
import { checked } from '../base/index.js'
import { isIdentifierPart, isIdentifierStart, normalized, scanIdentifier } from './identifiers.js'

export type TokenKind = 'ident' | 'lifetime' | 'literal' | 'punct' | 'open' | 'close' | 'error'

export interface Token {
  readonly kind: TokenKind
  /** As written, an identifier in normalization form C: `r#type` keeps its `r#`, a lifetime its quote, a doc comment's text is a string literal. */
  readonly text: string
  readonly at: number
  readonly end: number
  /** A punctuation character stands directly behind: the two may form one operator. */
  readonly joint: boolean
}

const PUNCTUATION = new Set('+-*/%^!&|=<>@.,;:#$?~\\')
const OPENING = new Set('([{')
const CLOSING = new Set(')]}')

/** The edition of the crate that wrote the token at an offset. */
export type EditionAt = (at: number) => number
const NEWEST: EditionAt = () => Number.POSITIVE_INFINITY
/** From this edition on a name directly before a string is its prefix, whether there is one of the name or not. */
const RESERVED_PREFIXES = 2021

/** The tokens of `text` between two offsets. Offsets in tokens are offsets into `text`. */
export function lex(text: string, from: number, to: number, editionAt: EditionAt = NEWEST): Token[] {
  const out: Token[] = []
  let at = from
  while (at < to) {
    const char = checked(text[at])
    if (isSpace(char)) {
      at++
      continue
    }
    if (char === '/' && (text[at + 1] === '/' || text[at + 1] === '*')) {
      at = comment(text, at, to, out)
      continue
    }
    at = token(text, char, at, to, out, editionAt)
  }
  return out
}

/** Where the first token at or behind `from` starts: white space and comments (doc comments too) are passed over. */
export function skipTrivia(text: string, from: number, to: number): number {
  let at = from
  for (;;) {
    while (at < to && isSpace(checked(text[at]))) at++
    if (text[at] !== '/' || at + 1 >= to) return Math.min(at, to)
    if (text[at + 1] === '/') at = lineEnd(text, at, to)
    else if (text[at + 1] === '*') at = blockCommentEnd(text, at, to).end
    else return at
  }
}

/**
 * For each token the index of the delimiter that matches it, -1 for everything else; undefined when delimiters do
 * not match (`(]`, a missing one).
 */
export function matchDelimiters(tokens: readonly Token[]): Int32Array | undefined {
  const out = new Int32Array(tokens.length).fill(-1)
  const open: number[] = []
  for (let index = 0; index < tokens.length; index++) {
    const token = checked(tokens[index])
    if (token.kind === 'open') open.push(index)
    if (token.kind !== 'close') continue
    const start = open.pop()
    if (start === undefined || closerOf(checked(tokens[start]).text) !== token.text) return undefined
    out[start] = index
    out[index] = start
  }
  return open.length === 0 ? out : undefined
}

function closerOf(opener: string): string {
  return opener === '(' ? ')' : opener === '[' ? ']' : '}'
}

/** Pattern_White_Space, as Rust has it. */
function isSpace(char: string): boolean {
  const code = char.charCodeAt(0)
  if (code < 128) return code === 32 || (code >= 9 && code <= 13)
  return code === 0x85 || code === 0x200e || code === 0x200f || code === 0x2028 || code === 0x2029
}

function push(out: Token[], kind: TokenKind, text: string, at: number, end: number): number {
  const joint = kind === 'punct' && end < text.length && PUNCTUATION.has(checked(text[end]))
  const written = text.slice(at, end)
  out.push({ kind, text: kind === 'ident' || kind === 'lifetime' ? normalized(written) : written, at, end, joint })
  return end
}

// ---------------------------------------------------------------- comments

function lineEnd(text: string, at: number, to: number): number {
  const end = text.indexOf('\n', at)
  return end < 0 || end > to ? to : end
}

function blockCommentEnd(text: string, at: number, to: number): { readonly end: number; readonly closed: boolean } {
  const delimiter = /\/\*|\*\//g
  delimiter.lastIndex = at
  let depth = 0
  for (let found = delimiter.exec(text); found && found.index < to; found = delimiter.exec(text)) {
    depth += found[0] === '/*' ? 1 : -1
    if (depth === 0) return { end: Math.min(delimiter.lastIndex, to), closed: true }
  }
  return { end: to, closed: false }
}

/** Passes over a comment; a doc comment leaves the attribute that it stands for. */
function comment(text: string, at: number, to: number, out: Token[]): number {
  if (text[at + 1] === '/') {
    const end = lineEnd(text, at, to)
    const inner = text[at + 2] === '!'
    if (inner || (text[at + 2] === '/' && text[at + 3] !== '/')) doc(text.slice(at + 3, end), inner, at, end, out)
    return end
  }
  const { end, closed } = blockCommentEnd(text, at, to)
  if (!closed) return push(out, 'error', text, at, end)
  const inner = text[at + 2] === '!'
  const outer = text[at + 2] === '*' && text[at + 3] !== '*' && end - at > 4
  if (inner || outer) doc(text.slice(at + 3, end - 2), inner, at, end, out)
  return end
}

/** `#[doc = "…"]`, all of it with the comment's place, as rustc hands it to macros. */
function doc(content: string, inner: boolean, at: number, end: number, out: Token[]): void {
  const add = (kind: TokenKind, text: string): void => {
    out.push({ kind, text, at, end, joint: false })
  }
  add('punct', '#')
  if (inner) add('punct', '!')
  add('open', '[')
  add('ident', 'doc')
  add('punct', '=')
  add('literal', `"${content.replace(/[\\"]/g, '\\$&')}"`)
  add('close', ']')
}

// ---------------------------------------------------------------- tokens

function token(text: string, char: string, at: number, to: number, out: Token[], editionAt: EditionAt): number {
  if (PUNCTUATION.has(char)) return push(out, 'punct', text, at, at + 1)
  if (OPENING.has(char)) return push(out, 'open', text, at, at + 1)
  if (CLOSING.has(char)) return push(out, 'close', text, at, at + 1)
  if (char === '"') return quoted(text, at, at, to, out)
  if (char === "'") return quote(text, at, to, out, editionAt)
  if (char >= '0' && char <= '9') return push(out, 'literal', text, at, Math.min(numberEnd(text, at), to))
  if (isIdentifierStart(text, at)) return wordOrLiteral(text, at, to, out, editionAt)
  return push(out, 'error', text, at, Math.min(to, at + ((text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1)))
}

/** An identifier, or a literal with a prefix of letters. */
function wordOrLiteral(text: string, at: number, to: number, out: Token[], editionAt: EditionAt): number {
  const end = Math.min(scanIdentifier(text, at), to)
  const next = text[end]
  const word = text.slice(at, end)
  // Before the prefix was reserved, it was a name before a string.
  if ((word === 'c' || word === 'cr') && (next === '"' || next === '#') && editionAt(at) < RESERVED_PREFIXES)
    return push(out, 'ident', text, at, end)
  if (next === '"' && (word === 'b' || word === 'c')) return quoted(text, at, end, to, out)
  if (next === "'" && word === 'b') return byteChar(text, at, end, to, out)
  if ((next === '"' || next === '#') && (word === 'r' || word === 'br' || word === 'cr')) {
    const raw = rawStringEnd(text, end, to)
    if (raw !== undefined)
      return push(out, raw < 0 ? 'error' : 'literal', text, at, raw < 0 ? to : suffixEnd(text, raw, to))
    if (word === 'r' && isIdentifierStart(text, end + 1)) {
      return push(out, 'ident', text, at, Math.min(scanIdentifier(text, end + 1), to))
    }
  }
  return push(out, 'ident', text, at, end)
}

/** `"…"` that opens at `open`, with the token starting at `at`. */
function quoted(text: string, at: number, open: number, to: number, out: Token[]): number {
  let cursor = open + 1
  while (cursor < to) {
    const char = text[cursor]
    if (char === '"') return push(out, 'literal', text, at, suffixEnd(text, cursor + 1, to))
    cursor += char === '\\' ? 2 : 1
  }
  return push(out, 'error', text, at, to)
}

/** Where `#…#"…"#…#` ends, -1 when it has no end, undefined when it is no raw string. */
function rawStringEnd(text: string, at: number, to: number): number | undefined {
  let open = at
  while (text[open] === '#') open++
  if (text[open] !== '"' || open >= to) return undefined
  const close = `"${'#'.repeat(open - at)}`
  const end = text.indexOf(close, open + 1)
  return end < 0 || end + close.length > to ? -1 : end + close.length
}

/** A literal's suffix, `"x"suffix`: an identifier directly behind it. */
function suffixEnd(text: string, at: number, to: number): number {
  return at < to && isIdentifierStart(text, at) ? Math.min(scanIdentifier(text, at), to) : at
}

/** `'a'`, `'\n'`, `'a` or `'r#a`. */
function quote(text: string, at: number, to: number, out: Token[], editionAt: EditionAt): number {
  if (text[at + 1] === '\\') return escapedChar(text, at, at + 1, to, out)
  const width = (text.codePointAt(at + 1) ?? 0) > 0xffff ? 2 : 1
  if (text[at + 1 + width] === "'" && at + 2 + width <= to && text[at + 1] !== "'") {
    return push(out, 'literal', text, at, suffixEnd(text, at + 2 + width, to))
  }
  const raw =
    text[at + 1] === 'r' &&
    text[at + 2] === '#' &&
    isIdentifierStart(text, at + 3) &&
    editionAt(at) >= RESERVED_PREFIXES
  const name = raw ? at + 3 : at + 1
  if (name < to && (isIdentifierStart(text, name) || isIdentifierPart(text, name))) {
    let end = name
    while (end < to && isIdentifierPart(text, end)) end += (text.codePointAt(end) ?? 0) > 0xffff ? 2 : 1
    return push(out, 'lifetime', text, at, end)
  }
  return push(out, 'error', text, at, at + 1)
}

function byteChar(text: string, at: number, open: number, to: number, out: Token[]): number {
  if (text[open + 1] === '\\') return escapedChar(text, at, open + 1, to, out)
  if (text[open + 2] === "'" && open + 3 <= to) return push(out, 'literal', text, at, suffixEnd(text, open + 3, to))
  return push(out, 'error', text, at, open + 1)
}

/** `\n'`, `\x41'`, `\u{41}'` at `backslash`. */
function escapedChar(text: string, at: number, backslash: number, to: number, out: Token[]): number {
  const close = text.indexOf("'", backslash + 2)
  if (close < 0 || close >= to || close - backslash > LONGEST_ESCAPE) return push(out, 'error', text, at, backslash + 1)
  return push(out, 'literal', text, at, suffixEnd(text, close + 1, to))
}

/** `\u{1_0_F_F_F_F_}`: underscores are free, more than this many characters are not written. */
const LONGEST_ESCAPE = 32

/** Where a number that starts at `at` ends: `1..2` and `1.foo()` end before the point. */
function numberEnd(text: string, at: number): number {
  const number = /0[xob][\da-zA-Z_]*|\d[\d_]*(?:\.(?![._\p{XID_Start}])(?:\d[\d_]*)?)?(?:[eE][+-]?_*\d[\d_]*)?\w*/uy
  number.lastIndex = at
  return number.test(text) ? number.lastIndex : at + 1
}
