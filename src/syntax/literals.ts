/**
 * Literals (The Rust Reference, "Literal expressions") from their text: kind, suffix and decoded value.
 *
 * Used for expressions and for what attributes hold. It reads well-formed literals; in others it keeps the characters
 * as they stand, for the grammar has already decided that this is a literal.
 */
import { createHash } from 'node:crypto'
import type { Literal } from './ast.js'

/** Decoded strings are cut here: nothing that names a path or a symbol is longer. */
const MAX_STRING = 4096
/** Integers with more digits than this keep their spelling; no Rust integer is that long. */
const MAX_INTEGER_DIGITS = 160

/** A string literal of any kind, raw or not; undefined when the text is none. */
export function stringLiteral(text: string): Literal | undefined {
  const prefix = /^(b|c)?(r)?(#*)"/.exec(text)
  if (!prefix) return undefined
  const [open, type, raw, hashes] = prefix
  const kind = type === 'b' ? 'bytes' : type === 'c' ? 'cstr' : 'str'
  const close = text.lastIndexOf('"')
  const content = text.slice(open.length, close >= open.length ? close : text.length)
  if (!raw && hashes) return undefined
  return { k: kind, value: raw ? bounded(content) : decodeEscapes(content) }
}

/** `12_u8`, `0xff`, `1f32`: a suffix of a float type makes a float. The value is decimal. */
export function integerLiteral(text: string): Literal {
  const [, digits = '0', suffix = ''] = /^(0x[\da-fA-F_]*|0[ob][\d_]*|\d[\d_]*)(.*)$/.exec(text) ?? []
  if (/^f\d+$/.test(suffix)) return { k: 'float', suffix }
  const plain = digits.replaceAll('_', '')
  const value = plain.length > MAX_INTEGER_DIGITS ? plain : decimal(plain)
  return suffix ? { k: 'int', suffix, value } : { k: 'int', value }
}

function decimal(digits: string): string {
  const value = Number(digits)
  return Number.isSafeInteger(value) ? String(value) : Number.isNaN(value) ? digits : BigInt(digits).toString()
}

export function floatLiteral(text: string): Literal {
  const suffix = /f(?:16|32|64|128)$/.exec(text)?.[0]
  return suffix ? { k: 'float', suffix } : { k: 'float' }
}

const SIMPLE_ESCAPES = new Map([
  ['n', '\n'],
  ['r', '\r'],
  ['t', '\t'],
  ['0', '\0'],
])

/** A string's content with its escapes replaced; a backslash before a line break swallows the white space behind it. */
function decodeEscapes(content: string): string {
  if (!content.includes('\\')) return bounded(content)
  const decoded = content.replace(
    /\\(?:x([\da-fA-F]{2})|u\{([\da-fA-F_]{1,32})\}|(\r?\n\s*)|([\s\S]))/g,
    (_all, byte?: string, unicode?: string, continued?: string, char?: string) => {
      if (continued !== undefined) return ''
      if (char !== undefined) return SIMPLE_ESCAPES.get(char) ?? char
      const code = Number.parseInt((byte ?? unicode ?? '').replaceAll('_', ''), 16)
      return code <= 0x10ffff ? String.fromCodePoint(code) : '\ufffd'
    },
  )
  return bounded(decoded)
}

/** Of a very long text its beginning and the digest of the whole: two that differ at their ends stay different. */
function bounded(text: string): string {
  if (text.length <= MAX_STRING) return text
  const digest = createHash('sha256').update(text).digest('hex')
  const end = `… (${text.length} characters, sha256 ${digest})`
  return text.slice(0, MAX_STRING - end.length) + end
}
