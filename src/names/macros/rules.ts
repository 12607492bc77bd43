/**
 * Macro definitions by example (The Rust Reference, "Macros By Example"), read into matchers and templates once per
 * definition, whatever Program it is part of. Nothing is matched here.
 */
import { checked } from '../../base/index.js'
import { bareName, type MacroDefItem } from '../../syntax/index.js'
import type { Source } from '../source.js'
import { operatorAt, type TokenBuffer, tokenBuffer } from './token-buffer.js'

export interface MacroRules {
  readonly rules: readonly Rule[]
  /** The definition could not be read. */
  readonly broken?: string
}
export interface Rule {
  readonly matcher: readonly Matcher[]
  readonly template: readonly Template[]
}
export type Matcher =
  /** An operator or any other single token. */
  | { readonly k: 'token'; readonly text: string }
  | { readonly k: 'group'; readonly open: string; readonly inner: readonly Matcher[] }
  | { readonly k: 'fragment'; readonly name: string; readonly kind: string }
  | Repetition<Matcher>
export type Template =
  /** Text of the definition, copied as it stands, with the white space inside of it. */
  | { readonly k: 'text'; readonly at: number; readonly end: number }
  | { readonly k: 'variable'; readonly name: string; readonly at: number; readonly end: number; readonly next: string }
  | { readonly k: '$crate'; readonly at: number }
  /** `${count(x)}` and its like; of `${concat(..)}` the parts, variables with their `$`. */
  | {
      readonly k: 'meta'
      readonly what: string
      readonly name: string | undefined
      readonly at: number
      readonly parts: readonly string[]
    }
  | Repetition<Template>
export interface Repetition<T> {
  readonly k: 'repeat'
  readonly inner: readonly T[]
  readonly operator: '*' | '+' | '?'
  readonly separator: string | undefined
  /** The separator's place in the definition. */
  readonly separatorAt: number
  /** Every variable inside, at whatever depth. */
  readonly names: readonly string[]
}

/** One file may be part of crates of several editions. */
const read = new WeakMap<MacroDefItem, Map<number, MacroRules>>()

/** The rules of a definition of that edition; the answer is kept. */
export function rulesOf(ast: MacroDefItem, source: Source, edition: number): MacroRules {
  const editions = read.get(ast) ?? new Map<number, MacroRules>()
  read.set(ast, editions)
  const rules = editions.get(edition) ?? readRules(ast, source, edition)
  editions.set(edition, rules)
  return rules
}

function readRules(ast: MacroDefItem, source: Source, edition: number): MacroRules {
  const body = tokenBuffer(source, ast.rules.at, ast.rules.end, edition)
  if (!body) return { rules: [], broken: 'its delimiters do not match' }
  if (ast.params) {
    const params = tokenBuffer(source, ast.params.at, ast.params.end, edition)
    if (!params) return { rules: [], broken: 'its delimiters do not match' }
    return {
      rules: [
        {
          matcher: matchers(params, 0, params.tokens.length),
          template: template(body, 0, body.tokens.length),
        },
      ],
    }
  }
  const rules: Rule[] = []
  for (let at = 0; at < body.tokens.length; ) {
    const close = checked(body.match[at])
    const arrow = close + 1
    const open = arrow + 2
    if (close < 0 || arrow + 1 >= body.tokens.length || operatorAt(body, arrow, body.tokens.length) !== '=>') {
      return { rules, broken: 'a rule is not `(..) => {..}`' }
    }
    const end = body.match[open] ?? -1
    if (end < 0) return { rules, broken: 'a rule has no body' }
    rules.push({ matcher: matchers(body, at + 1, close), template: template(body, open + 1, end) })
    at = end + 1
    while (body.tokens[at]?.text === ';' || body.tokens[at]?.text === ',') at++
  }
  return { rules }
}

function matchers(buffer: TokenBuffer, from: number, to: number): readonly Matcher[] {
  const out: Matcher[] = []
  for (let at = from; at < to; ) {
    const token = checked(buffer.tokens[at])
    const next = buffer.tokens[at + 1]
    if (token.text === '$' && next && at + 1 < to) {
      if (next.text === '(') {
        const close = checked(buffer.match[at + 1])
        const inner = matchers(buffer, at + 2, close)
        const tail = repetitionTail(buffer, close + 1, to)
        out.push({ k: 'repeat', inner, names: variablesOf(inner), ...tail.parts })
        at = tail.next
        continue
      }
      const colon = buffer.tokens[at + 2]
      const kind = buffer.tokens[at + 3]
      if (next.kind === 'ident' && next.text === 'crate') {
        out.push({ k: 'token', text: '$crate' })
        at += 2
        continue
      }
      if (next.kind === 'ident' && colon?.text === ':' && kind?.kind === 'ident' && at + 3 < to) {
        out.push({ k: 'fragment', name: bareName(next.text), kind: kindOf(kind.text, buffer.editionAt(kind.at)) })
        at += 4
        continue
      }
    }
    if (token.kind === 'open') {
      const close = checked(buffer.match[at])
      out.push({ k: 'group', open: token.text, inner: matchers(buffer, at + 1, close) })
      at = close + 1
      continue
    }
    const text = operatorAt(buffer, at, to)
    out.push({ k: 'token', text })
    at += token.kind === 'punct' ? text.length : 1
  }
  return out
}

/** Before edition 2021 a `pat` had no alternatives, before 2024 an `expr` neither began with `_` nor with `const`. */
function kindOf(written: string, edition: number): string {
  if (written === 'pat' && edition < 2021) return 'pat_param'
  return written === 'expr' && edition < 2024 ? 'expr_2021' : written
}

function variablesOf(list: readonly Matcher[]): readonly string[] {
  return list.flatMap((each) => {
    if (each.k === 'fragment') return [each.name]
    return each.k === 'token' ? [] : variablesOf(each.inner)
  })
}

interface Tail {
  readonly parts: Pick<Repetition<never>, 'operator' | 'separator' | 'separatorAt'>
  readonly next: number
}

/** What stands behind `$(..)`: a separator, if any, and `*`, `+` or `?`. */
function repetitionTail(buffer: TokenBuffer, index: number, end: number): Tail {
  const first = buffer.tokens[index]?.text
  const at = buffer.tokens[index]?.at ?? 0
  if (index >= end) return { parts: { operator: '*', separator: undefined, separatorAt: at }, next: index }
  const separator = operatorAt(buffer, index, end)
  const width = buffer.tokens[index]?.kind === 'punct' ? separator.length : 1
  const second = index + width < end ? buffer.tokens[index + width]?.text : undefined
  const isOperator = first === '*' || first === '+' || first === '?'
  // `$(..)+*` has the separator `+`; `$(..)**` does not occur. A `?` takes no separator.
  if (
    isOperator &&
    !(
      (first === '+' || first === '*') &&
      separator === first &&
      (second === '*' || second === '+') &&
      touches(buffer, index)
    )
  ) {
    return { parts: { operator: first, separator: undefined, separatorAt: at }, next: index + 1 }
  }
  if (second === '*' || second === '+' || second === '?') {
    return { parts: { operator: second, separator, separatorAt: at }, next: index + width + 1 }
  }
  // `$(..)+=` and the like, where an operator ran into what follows.
  if (isOperator) return { parts: { operator: first, separator: undefined, separatorAt: at }, next: index + 1 }
  const glued = separator.length > 1 ? separator[separator.length - 1] : undefined
  if (glued === '*' || glued === '+' || glued === '?') {
    return { parts: { operator: glued, separator: separator.slice(0, -1), separatorAt: at }, next: index + width }
  }
  return { parts: { operator: '*', separator: undefined, separatorAt: at }, next: index }
}

function touches(buffer: TokenBuffer, index: number): boolean {
  return buffer.tokens[index]?.end === buffer.tokens[index + 1]?.at
}

// ---------------------------------------------------------------- templates

function template(buffer: TokenBuffer, from: number, to: number): readonly Template[] {
  const out: Template[] = []
  let textFrom = -1
  const flush = (until: number): void => {
    const text = textBetween(buffer, textFrom >= 0 && until > textFrom ? textFrom : until, until)
    if (text) out.push(text)
    textFrom = -1
  }
  // Groups are walked flat: their delimiters are text like any other.
  for (let at = from; at < to; ) {
    const next = at + 1 < to ? buffer.tokens[at + 1] : undefined
    if (
      checked(buffer.tokens[at]).text !== '$' ||
      !next ||
      !(next.text === '(' || next.text === '{' || next.kind === 'ident' || next.text === '$')
    ) {
      if (textFrom < 0) textFrom = at
      at++
      continue
    }
    flush(at)
    if (next.text === '$') {
      // `$$` stands for a lone `$`.
      textFrom = at + 1
      at += 2
      continue
    }
    const part = transcribedPart(buffer, at, to)
    out.push(part.template)
    at = part.next
  }
  flush(to)
  return out
}

/** The text of the tokens; doc comments are no tokens of a definition, but they are of what it expands to. */
function textBetween(buffer: TokenBuffer, from: number, until: number): Template | undefined {
  const before = buffer.tokens[from - 1]?.end ?? 0
  const next = buffer.tokens[until]?.at ?? buffer.text.length
  const last = buffer.docs.findLast((doc) => doc.at >= before && doc.at < next)
  const first = last && buffer.docs.find((doc) => doc.at >= before)
  const start = from < until ? Math.min(checked(buffer.tokens[from]).at, first?.at ?? next) : first?.at
  const end = last && last.at >= (buffer.tokens[until - 1]?.end ?? 0) ? next : buffer.tokens[until - 1]?.end
  return start !== undefined && end !== undefined && end > start ? { k: 'text', at: start, end } : undefined
}

/** What the `$` at a token begins: a repetition, `${..}`, `$crate` or a variable; and the token behind it. */
function transcribedPart(buffer: TokenBuffer, dollar: number, to: number): { template: Template; next: number } {
  const { at } = checked(buffer.tokens[dollar])
  const token = checked(buffer.tokens[dollar + 1])
  if (token.text === '(') {
    const close = checked(buffer.match[dollar + 1])
    const inner = template(buffer, dollar + 2, close)
    const tail = repetitionTail(buffer, close + 1, to)
    return { template: { k: 'repeat', inner, names: templateVariables(inner), ...tail.parts }, next: tail.next }
  }
  if (token.text === '{') {
    const close = checked(buffer.match[dollar + 1])
    const what = buffer.tokens[dollar + 2]?.text ?? ''
    const first = buffer.tokens[dollar + 4]?.text
    const name = first === '$' ? buffer.tokens[dollar + 5]?.text : first
    const parts = what === 'concat' ? concatParts(buffer, dollar + 4, close - 1) : []
    const bare = name === undefined || name === ')' ? undefined : bareName(name)
    return { template: { k: 'meta', what, name: bare, at, parts }, next: close + 1 }
  }
  if (token.text === 'crate') return { template: { k: '$crate', at }, next: dollar + 2 }
  const behind = dollar + 2 < to ? operatorAt(buffer, dollar + 2, to) : ''
  return { template: { k: 'variable', name: bareName(token.text), at, end: token.end, next: behind }, next: dollar + 2 }
}

function concatParts(buffer: TokenBuffer, from: number, to: number): readonly string[] {
  const text = buffer.tokens.slice(from, to).map((token) => token.text)
  return text.flatMap((part, i) =>
    part === ',' || part === '$' ? [] : [text[i - 1] === '$' ? `$${bareName(part)}` : part],
  )
}

function templateVariables(list: readonly Template[]): readonly string[] {
  return list.flatMap((each) => {
    if (each.k === 'variable') return [each.name]
    if (each.k === 'meta') {
      if (each.what === 'concat') return each.parts.filter((part) => part.startsWith('$')).map((part) => part.slice(1))
      return each.what === 'ignore' && each.name !== undefined ? [each.name] : []
    }
    return each.k === 'repeat' ? templateVariables(each.inner) : []
  })
}
