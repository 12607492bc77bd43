/**
 * Where the grammar took a statement for the beginning of an expression: `name! {..}` ends its statement (The Rust Reference,
 * "Macro Invocation"), unless `.` or `?` follows, so in `name! {..} <T>::f()` or `name! {..} *x = 1` nothing is compared or multiplied.
 *
 * The text is then read again with a semicolon there, which the parser alone sees. Where no blank follows the brace there is no
 * room for one, and the reading stays.
 */
import { checked } from '../base/index.js'
import type { Span } from './ast.js'
import type { FlatTree } from './flat-tree.js'
import { K } from './kinds.js'

/** Kinds, by the grammar's names, whose first operand a statement macro can be mistaken for. */
export const TAKES_LEFT: ReadonlySet<string> = new Set([
  'binary_expression',
  'call_expression',
  'index_expression',
  'range_expression',
])
const TAKES_LEFT_NUMBERS: ReadonlySet<number> = new Set([
  K.binary_expression,
  K.call_expression,
  K.index_expression,
  K.range_expression,
])

/** The macro calls that begin an expression of these kinds. */
export function* macrosAtLeft(tree: FlatTree): Generator<Span> {
  for (let node = 1; node < tree.count; node++) {
    if (tree.kind[node] !== K.macro_invocation || !TAKES_LEFT_NUMBERS.has(checked(tree.kind[node - 1]))) continue
    const at = checked(tree.start[node])
    if (tree.start[node - 1] === at) yield { at, end: checked(tree.end[node]) }
  }
}

/** The text, which stands behind `frame`, with a semicolon behind those of the macro calls that are statements; else the same string. */
export function withEndedStatements(text: string, frame: string, macros: Iterable<Span>): string {
  let out = ''
  let copied = 0
  for (const { at, end } of macros) {
    const isStatement = /^[{};]?$/.test(before(text, at) || before(frame, frame.length))
    if (!isStatement || text[end - 1] !== '}' || !/\s/.test(text[end] ?? '')) continue
    out += `${text.slice(copied, end)};`
    copied = end + 1
  }
  return copied === 0 ? text : out + text.slice(copied)
}

/** The last character before an offset that is no blank; empty when there is none. */
function before(text: string, offset: number): string {
  let at = offset - 1
  while (at >= 0 && /\s/.test(checked(text[at]))) at--
  return text[at] ?? ''
}
