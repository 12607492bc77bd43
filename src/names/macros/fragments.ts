/**
 * How far a macro's fragment reaches (The Rust Reference, "Metavariables"): a parser over tokens that only finds ends.
 * It accepts somewhat more than Rust, as the code compiles; it answers -1 where no such fragment can begin.
 */
import { exprEnd, patternEnd, statementEnd } from './fragment-expressions.js'
import { itemEnd } from './fragment-items.js'
import { pathEnd, typeEnd } from './fragment-types.js'
import { visibilityEnd } from './fragment-visibility.js'
import { afterTree, operatorAt, type TokenBuffer } from './token-buffer.js'

/** The index behind the fragment that starts at `index`, before `end`; -1 when there is none. May be empty for `vis`. */
export function fragmentEnd(kind: string, buffer: TokenBuffer, index: number, end: number): number {
  if (kind === 'vis') return visibilityEnd(buffer, index, end)
  const token = buffer.tokens[index]
  if (!token || index >= end) return -1
  switch (kind) {
    case 'ident':
      return token.kind === 'ident' && token.text !== '_' ? index + 1 : -1
    case 'lifetime':
      return token.kind === 'lifetime' ? index + 1 : -1
    case 'literal':
      return literalEnd(buffer, index, end)
    case 'tt':
      return token.kind === 'close' ? -1 : afterTree(buffer, index, end)
    case 'block':
      return token.text === '{' ? afterTree(buffer, index, end) : -1
    case 'ty':
      return typeEnd(buffer, index, end)
    case 'path':
      return pathEnd(buffer, index, end, true)
    case 'pat':
      return patternEnd(buffer, index, end, true)
    case 'pat_param':
      return patternEnd(buffer, index, end, false)
    case 'expr':
    case 'expr_2021':
      return exprEnd(buffer, index, end, true)
    case 'stmt':
      return statementEnd(buffer, index, end)
    case 'item':
      return itemEnd(buffer, index, end)
    case 'meta':
      return metaEnd(buffer, index, end)
    default:
      return -1
  }
}

function literalEnd(buffer: TokenBuffer, index: number, end: number): number {
  const token = buffer.tokens[index]
  if (!token) return -1
  if (token.kind === 'literal' || token.text === 'true' || token.text === 'false') return index + 1
  return token.text === '-' && index + 1 < end && buffer.tokens[index + 1]?.kind === 'literal' ? index + 2 : -1
}

/** What stands in `#[..]`. */
function metaEnd(buffer: TokenBuffer, index: number, end: number): number {
  const start = pathEnd(buffer, index, end, false)
  if (start < 0) return -1
  const next = buffer.tokens[start]
  if (!next || start >= end) return start
  if (next.kind === 'open') return afterTree(buffer, start, end)
  return next.text === '=' && operatorAt(buffer, start, end) === '=' ? exprEnd(buffer, start + 1, end, true) : start
}
