/** Operands of `asm!` (The Rust Reference, "Inline assembly"): what is evaluated besides the template strings. */
import { checked } from '../../base/index.js'
import { type Argument, argumentEnd } from './builtin-call.js'
import { exprEnd } from './fragment-expressions.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

export function asmOperands(buffer: TokenBuffer): readonly Argument[] {
  const { tokens } = buffer
  const out: Argument[] = []
  const end = tokens.length
  const push = (from: number, to: number): void => {
    const first = tokens[from]
    const last = tokens[to - 1]
    if (first && last && to > from && !(to === from + 1 && first.text === '_'))
      out.push({ at: first.at, end: last.end })
  }
  for (let at = 0; at < end; ) {
    const named = tokens[at]?.kind === 'ident' && at + 1 < end && operatorAt(buffer, at + 1, end) === '='
    const start = named ? at + 2 : at
    const comma = operandEnd(buffer, start)
    const word = tokens[start]?.text
    if (tokens[start]?.kind === 'literal') {
      at = comma + 1
      continue
    }
    if (
      (word === 'in' || word === 'out' || word === 'lateout' || word === 'inout' || word === 'inlateout') &&
      tokens[start + 1]?.text === '('
    ) {
      const from = checked(buffer.match[start + 1]) + 1
      const to = exprEnd(buffer, from, comma, true)
      push(from, to < 0 ? comma : to)
      if (to >= 0 && to < comma && operatorAt(buffer, to, comma) === '=>') push(to + 2, comma)
    } else if (word === 'const' || word === 'sym' || word === 'label' || word === 'block') push(start + 1, comma)
    else if (word !== 'options' && word !== 'clobber_abi') push(start, comma)
    at = comma + 1
  }
  return out
}

function operandEnd(buffer: TokenBuffer, index: number): number {
  const { tokens } = buffer
  for (let at = index; at < tokens.length; ) {
    if (tokens[at]?.text === ',') return at
    at = tokens[at]?.kind === 'open' ? checked(buffer.match[at]) + 1 : at + 1
  }
  return Math.max(index, argumentEnd(buffer, index))
}
