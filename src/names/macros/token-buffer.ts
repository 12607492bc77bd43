/** Tokens of a macro call or of macro rules, with their delimiters matched and operators told from single characters. */
import { checked } from '../../base/index.js'
import { lex, matchDelimiters, type Token } from '../../syntax/index.js'
import { type Source, writtenIn } from '../source.js'

export interface TokenBuffer {
  readonly text: string
  readonly tokens: readonly Token[]
  /** For a delimiter the index of its partner, else -1. */
  readonly match: Int32Array
  /** For each token the index of the delimiter that closes the group it stands in; the count of tokens outside of all. */
  readonly close: Int32Array
  /** The edition of whoever wrote the token at the offset. */
  readonly editionAt: (at: number) => number
  /** Doc comments among the tokens, in order. */
  readonly docs: readonly DocComment[]
  /** What an earlier macro captured as a whole, by the index of its first token. */
  readonly opaque: ReadonlyMap<number, Opaque>
  /** Before which tokens an earlier macro has captured an empty visibility. */
  readonly emptyVisibility: ReadonlySet<number>
}
/** `end`: the index behind it. */
export interface Opaque {
  readonly kind: string
  readonly end: number
}

const NO_OPAQUE: Pick<TokenBuffer, 'opaque' | 'emptyVisibility'> = { opaque: new Map(), emptyVisibility: new Set() }

/** The capture that begins at the token. */
export function opaqueAt(buffer: TokenBuffer, index: number): Opaque | undefined {
  return buffer.opaque.size === 0 ? undefined : buffer.opaque.get(index)
}

/** The tokens of a macro call in a crate of that edition, with what of them an earlier macro captured. */
export function callBuffer(source: Source, from: number, to: number, edition: number): TokenBuffer | undefined {
  const buffer = tokenBuffer(source, from, to, edition)
  if (!buffer || source.origin.k === 'file' || source.origin.opaque.length === 0) return buffer
  const opaque = new Map<number, Opaque>()
  const emptyVisibility = new Set<number>()
  let token = 0
  for (const span of source.origin.opaque) {
    if (span.at < from || span.end > to) continue
    while (token < buffer.tokens.length && checked(buffer.tokens[token]).at < span.at) token++
    if (span.end === span.at) emptyVisibility.add(token)
    let end = token
    while (end < buffer.tokens.length && checked(buffer.tokens[end]).at < span.end) end++
    // The outermost of those that begin at one token comes first.
    if (end > token && !opaque.has(token)) opaque.set(token, { kind: span.kind, end })
  }
  return { ...buffer, opaque, emptyVisibility }
}

/** The tokens between two offsets; undefined when delimiters do not match. Doc comments are left out: no power. */
export function tokenBuffer(source: Source, from: number, to: number, edition: number): TokenBuffer | undefined {
  const { text } = source
  const editionOf = (at: number): number => writtenIn(source, at, edition)
  const all = lex(text, from, to, editionOf)
  const docs = docComments(text, all)
  const tokens = docs.length > 0 ? all.filter((token) => !isDoc(text, token)) : all
  const match = matchDelimiters(tokens)
  return match && { text, tokens, match, close: closings(tokens, match), editionAt: editionOf, docs, ...NO_OPAQUE }
}

function closings(tokens: readonly Token[], match: Int32Array): Int32Array {
  const out = new Int32Array(tokens.length)
  const open: number[] = [tokens.length]
  for (const [index, token] of tokens.entries()) {
    if (token.kind === 'close') open.pop()
    out[index] = checked(open[open.length - 1])
    if (token.kind === 'open') open.push(checked(match[index]))
  }
  return out
}

/** A doc comment, and the attribute that macros see in its place. */
export interface DocComment {
  readonly at: number
  readonly end: number
  readonly attribute: string
}

function docComments(text: string, tokens: readonly Token[]): readonly DocComment[] {
  const out: { at: number; end: number; attribute: string }[] = []
  for (const token of tokens) {
    if (!isDoc(text, token)) continue
    const last = out[out.length - 1]
    if (last?.at === token.at) last.attribute += token.text
    else out.push({ at: token.at, end: token.end, attribute: token.text })
  }
  return out
}

/** The text of a token; undefined from `end` on. */
export function textAt(buffer: TokenBuffer, index: number, end: number): string | undefined {
  return index < end ? buffer.tokens[index]?.text : undefined
}

export function kindAt(buffer: TokenBuffer, index: number, end: number): Token['kind'] | undefined {
  return index < end ? buffer.tokens[index]?.kind : undefined
}

/** The lexer writes `#[doc = ".."]` for a doc comment, all of it at the comment's place. */
function isDoc(text: string, token: Token): boolean {
  return text.charCodeAt(token.at) === 47 && token.text !== '/'
}

const THREE = new Set(['<<=', '>>=', '...', '..='])
const TWO = new Set(':: -> <- => == != <= >= && || += -= *= /= %= ^= &= |= << >> ..'.split(' '))

/** The operator that starts at the token: as many characters as form one, as Rust's own lexer glues them. */
export function operatorAt(buffer: TokenBuffer, index: number, end: number): string {
  const first = checked(buffer.tokens[index])
  if (first.kind !== 'punct') return first.text
  if (!first.joint || index + 1 >= end) return first.text
  const second = checked(buffer.tokens[index + 1])
  if (second.kind !== 'punct') return first.text
  const two = first.text + second.text
  if (second.joint && index + 2 < end) {
    const third = checked(buffer.tokens[index + 2])
    if (third.kind === 'punct' && THREE.has(two + third.text)) return two + third.text
  }
  return TWO.has(two) ? two : first.text
}

/** The index behind one token tree: a delimited group, an operator or a single token. */
export function afterTree(buffer: TokenBuffer, index: number, end: number): number {
  const token = checked(buffer.tokens[index])
  if (token.kind === 'open') return checked(buffer.match[index]) + 1
  return token.kind === 'punct' ? index + operatorAt(buffer, index, end).length : index + 1
}
