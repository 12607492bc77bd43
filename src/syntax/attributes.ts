/**
 * Attributes (The Rust Reference, "Attributes") from their text: `cfg_attr` is spread into the attributes it holds,
 * `unsafe(..)` is unwrapped, and the `cfg`s become one condition.
 *
 * Doc comments are no attributes here: they say nothing of power. What an attribute means is for others to know.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, cfgAnd, cfgOr, checked } from '../base/index.js'
import type { Attr, Meta, Span } from './ast.js'
import { bareName } from './identifiers.js'
import { lex, matchDelimiters, type Token } from './lexer.js'
import { stringLiteral } from './literals.js'

/** What the attributes before (or, as inner attributes, in) one node say. */
export interface Attributes {
  readonly attrs: readonly Attr[]
  readonly cfg?: CfgExpr
}

/**
 * Lists inside lists beyond this are not read: `Meta.tokens` still has their place. A predicate of them is kept by its
 * text, which stays open; a `cfg_attr` of them is an error.
 */
const MAX_META_DEPTH = 500

/** Reads the attributes at `places`, each `#[..]` or `#![..]`. What cannot be read is added to `errors`. */
export function readAttributes(text: string, places: readonly Span[], errors: Span[]): Attributes {
  const attrs: Attr[] = []
  let cfg: CfgExpr | undefined
  const add = (meta: Meta, at: number, under: CfgExpr | undefined): void => {
    if (meta.path === 'cfg_attr' && meta.list) {
      const [predicate, ...rest] = meta.list
      if (predicate) for (const inner of rest) add(inner, at, cfgAnd(under, cfgOf(text, predicate)))
      return
    }
    if (meta.path === 'cfg_attr' && meta.tokens && text.slice(meta.tokens.at, meta.tokens.end).trim() !== '')
      errors.push({ at: meta.at, end: meta.end })
    if (meta.path === 'cfg') {
      const holds = meta.list?.[0] ? cfgOf(text, meta.list[0]) : meta.list ? CFG_TRUE : opaqueCfg(text, meta)
      cfg = cfgAnd(cfg, under ? cfgOr({ k: 'not', of: under }, holds) : holds)
    }
    attrs.push(under ? { at, meta, cfg: under } : { at, meta })
  }
  for (const place of places) {
    const meta = readAttribute(text, place)
    if (meta) add(meta, place.at, undefined)
    else errors.push(place)
  }
  return cfg && cfg.k !== 'true' ? { attrs, cfg } : { attrs }
}

/** The configuration predicate that a meta spells. What Rust does not know either is kept as an option by its text. */
export function cfgOf(text: string, meta: Meta): CfgExpr {
  if (meta.list) {
    const parts = meta.list.map((part) => cfgOf(text, part))
    if (meta.path === 'all' || meta.path === 'any') return { k: meta.path, of: parts }
    const [only] = parts
    if (meta.path === 'not' && only) return { k: 'not', of: only }
  }
  if (meta.tokens || meta.expr || meta.path === '') return opaqueCfg(text, meta)
  if (meta.value !== undefined) return { k: 'option', name: meta.path, value: meta.value }
  if (meta.path === 'true') return CFG_TRUE
  if (meta.path === 'false') return CFG_FALSE
  return { k: 'option', name: meta.path }
}

/** A predicate that cannot be decided: `version("1.80")`, `accessible(..)`. */
function opaqueCfg(text: string, meta: Span): CfgExpr {
  return { k: 'option', name: text.slice(meta.at, meta.end) }
}

function readAttribute(text: string, place: Span): Meta | undefined {
  const tokens = lex(text, place.at, place.end)
  const open = tokens[1]?.text === '!' ? 2 : 1
  const close = tokens.length - 1
  if (tokens[0]?.text !== '#' || tokens[open]?.text !== '[' || tokens[close]?.text !== ']') return undefined
  const match = matchDelimiters(tokens)
  return match && readMeta({ text, tokens, match }, open + 1, close, 0)
}

interface Tokens {
  readonly text: string
  readonly tokens: readonly Token[]
  readonly match: Int32Array
}

/** The meta that the tokens `from`..`to` are, all of them; undefined when they are none. */
function readMeta(input: Tokens, from: number, to: number, depth: number): Meta | undefined {
  const { tokens, match } = input
  const first = tokens[from]
  const last = tokens[to - 1]
  if (!first || !last || from >= to) return undefined
  const span = { at: first.at, end: last.end }
  if (first.kind === 'literal') {
    return to === from + 1 ? { path: '', value: literalValue(first.text), ...span } : undefined
  }
  const { path, next } = readPath(input, from, to)
  if (path === '') return undefined
  if (next === to) return { path, ...span }
  const token = checked(tokens[next])
  const operator = token.joint && ['=', '>'].includes(tokens[next + 1]?.text ?? '')
  if (token.text === '=' && !operator) return readValue(input, path, span, next + 1, to)
  if (token.kind !== 'open' || match[next] !== to - 1) return undefined
  if (path === 'unsafe' && token.text === '(') return readMeta(input, next + 1, to - 1, depth)
  const inside = { at: token.end, end: last.at }
  const list = token.text === '(' && depth < MAX_META_DEPTH ? readList(input, next + 1, to - 1, depth) : undefined
  return list ? { path, list, tokens: inside, ...span } : { path, tokens: inside, ...span }
}

function readPath({ tokens }: Tokens, from: number, to: number): { readonly path: string; readonly next: number } {
  let path = ''
  let next = from
  while (next < to) {
    const token = checked(tokens[next])
    if (token.kind === 'ident') path += bareName(token.text)
    else if (token.text === ':' && tokens[next + 1]?.text === ':' && token.joint) {
      path += '::'
      next++
    } else if (token.text === '$') path += '$'
    else break
    next++
  }
  return { path, next }
}

function readValue(input: Tokens, path: string, span: Span, from: number, to: number): Meta | undefined {
  const first = input.tokens[from]
  if (!first || from >= to) return undefined
  const string = from === to - 1 && first.kind === 'literal' ? stringLiteral(first.text) : undefined
  const value = string?.k === 'str' ? string.value : joinedValue(input, from, to, 0)
  if (value !== undefined) return { path, value, ...span }
  return { path, expr: { at: first.at, end: span.end }, ...span }
}

/** What a `concat!` of literals makes, as rustc evaluates it; undefined for all that is not one. */
function joinedValue({ tokens, match, text }: Tokens, from: number, to: number, depth: number): string | undefined {
  const open = from + 2
  if (tokens[from]?.text !== 'concat' || tokens[from + 1]?.text !== '!' || match[open] !== to - 1) return undefined
  let value = ''
  for (let at = open + 1; at < to - 1; ) {
    let end = at
    while (end < to - 1 && tokens[end]?.text !== ',')
      end = tokens[end]?.kind === 'open' ? checked(match[end]) + 1 : end + 1
    const only = end === at + 1 ? tokens[at] : undefined
    // A character is decoded as the string of it.
    const written = only?.kind === 'literal' ? only.text.replace(/^'([^"]*)'$/, '"$1"') : ''
    const literal = stringLiteral(written)
    let part: string | undefined
    if (literal?.k === 'str') part = literal.value
    else if (only && /^(?:true|false|[0-9]+)$/.test(only.text)) part = only.text
    else if (depth < MAX_META_DEPTH) part = joinedValue({ tokens, match, text }, at, end, depth + 1)
    if (part === undefined) return undefined
    value += part
    at = end + 1
  }
  return value
}

/** The metas between commas; undefined when one of them is none. */
function readList(input: Tokens, from: number, to: number, depth: number): readonly Meta[] | undefined {
  const out: Meta[] = []
  let start = from
  for (let at = from; at <= to; at++) {
    const token = input.tokens[at]
    if (at < to && token?.kind === 'open') {
      at = checked(input.match[at])
      continue
    }
    if (at < to && token?.text !== ',') continue
    if (at > start) {
      const meta = readMeta(input, start, at, depth + 1)
      if (!meta) return undefined
      out.push(meta)
    } else if (at < to) return undefined
    start = at + 1
  }
  return out
}

function literalValue(text: string): string {
  const string = stringLiteral(text)
  return string && 'value' in string ? string.value : text
}
