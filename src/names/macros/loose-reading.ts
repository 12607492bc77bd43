/**
 * Reads the tokens of a call that cannot be expanded as code, as far as they are: what a procedural macro does with them
 * is not known, but mostly they are in its output. Statements or items when all of it parses, else every expression
 * that can be told from what is around it.
 */
import { checked } from '../../base/index.js'
import type { Fragment, FragmentKind, MacroCall } from '../../syntax/index.js'
import type { Source } from '../source.js'
import { copyText, type ExpansionText, KEEP_MARKS, newExpansionText, writeText } from './expansion-text.js'
import { exprEnd } from './fragment-expressions.js'
import { joinNames } from './joined-names.js'
import { operatorAt, type TokenBuffer, tokenBuffer } from './token-buffer.js'

interface Read {
  readonly source: Source
  readonly fragment: Fragment
}
type Parse = (text: ExpansionText, as: FragmentKind) => Read

/** Expressions that are taken from one call. */
const EXPRESSION_LIMIT = 5_000

/** The reading; undefined when nothing of it is code. */
export function readLoosely(
  source: Source,
  call: MacroCall,
  as: FragmentKind,
  edition: number,
  parse: Parse,
): Read | undefined {
  if (source.text.slice(call.tokens.at, call.tokens.end).trim() === '') return undefined
  const buffer = tokenBuffer(source, call.tokens.at, call.tokens.end, edition)
  const whole = (buffer && joinNames(source, buffer, call.tokens.at, call.tokens.end)) ?? asWritten(source, call)
  const position = as === 'expression' || as === 'statements' ? 'statements' : as
  const read = parse(whole, position)
  if (read.fragment.facts.errors.length === 0) return read
  const spans: Span[] = []
  if (buffer) expressions(buffer, 0, buffer.tokens.length, spans)
  if (spans.length === 0) return undefined
  return parse(tupleOf(source, call, spans), 'expression')
}

function asWritten(source: Source, call: MacroCall): ExpansionText {
  const out = newExpansionText()
  copyText(out, source, call.tokens.at, call.tokens.end, KEEP_MARKS)
  return out
}

interface Span {
  readonly at: number
  readonly end: number
}

/** Writes `(a, b, c,)`: the tuple of pieces of one text. */
export function tupleOf(source: Source, call: MacroCall, spans: readonly Span[]): ExpansionText {
  const out = newExpansionText()
  writeText(out, '(', source, call.at, KEEP_MARKS)
  for (const span of spans) {
    copyText(out, source, span.at, span.end, KEEP_MARKS)
    writeText(out, ',', source, call.at, KEEP_MARKS)
  }
  writeText(out, ')', source, call.at, KEEP_MARKS)
  return out
}

const SEPARATORS = new Set([',', ';', '=>', '->', ':', '|'])

function expressions(buffer: TokenBuffer, from: number, to: number, out: Span[]): void {
  for (let at = from; at < to && out.length < EXPRESSION_LIMIT; ) {
    const token = checked(buffer.tokens[at])
    const end = exprEnd(buffer, at, to, true)
    if (end > at && (end === to || SEPARATORS.has(operatorAt(buffer, end, to)))) {
      out.push({ at: token.at, end: checked(buffer.tokens[end - 1]).end })
      at = end
    } else if (token.kind === 'open') {
      const close = checked(buffer.match[at])
      expressions(buffer, at + 1, close, out)
      at = close + 1
    } else at++
  }
}
