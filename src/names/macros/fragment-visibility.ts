/** How far a visibility reaches (The Rust Reference, "Visibility and privacy"). */
import { checked } from '../../base/index.js'
import type { TokenBuffer } from './token-buffer.js'

/** `pub`, `pub(crate)`, `pub(in path)`, `crate` or nothing. `pub (A)` before a tuple field's type is only `pub`. */
export function visibilityEnd(buffer: TokenBuffer, index: number, end: number): number {
  const token = buffer.tokens[index]
  if (!token || index >= end || token.text !== 'pub') return index
  const open = buffer.tokens[index + 1]
  if (!open || index + 1 >= end || open.text !== '(') return index + 1
  const word = buffer.tokens[index + 2]?.text
  const close = checked(buffer.match[index + 1])
  const restricted = word === 'in' || ((word === 'crate' || word === 'super' || word === 'self') && close === index + 3)
  return restricted ? close + 1 : index + 1
}
