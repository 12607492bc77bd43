/** Ends of items in tokens; see fragments.ts. */
import { checked } from '../../base/index.js'
import { pathEnd } from './fragment-types.js'
import { visibilityEnd } from './fragment-visibility.js'
import { afterTree, type TokenBuffer, textAt } from './token-buffer.js'

const KEYWORDS = new Set('fn struct enum trait impl mod use type static extern macro macro_rules'.split(' '))

/** Whether an item, and no expression, begins here (attributes are passed over before). */
export function startsItem(buffer: TokenBuffer, index: number, end: number): boolean {
  const first = textAt(buffer, index, end)
  const next = textAt(buffer, index + 1, end)
  if (first === undefined) return false
  if (first === 'pub') return true
  if (first === 'const') return next !== '{' && next !== '|' && next !== 'move' && next !== 'async'
  if (first === 'unsafe')
    return (
      next === 'fn' || next === 'impl' || next === 'trait' || next === 'extern' || next === 'auto' || next === 'mod'
    )
  if (first === 'async') return next === 'fn' || next === 'unsafe'
  if (first === 'static') return next !== '|' && next !== 'move'
  if (first === 'union' || first === 'auto' || first === 'default' || first === 'safe') {
    return buffer.tokens[index + 1]?.kind === 'ident' && index + 1 < end && next !== 'as'
  }
  if (first === 'macro_rules') return next === '!'
  return KEYWORDS.has(first)
}

/** Behind an item with its attributes, visibility and final `;` or block; -1 when none begins there. */
export function itemEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = index
  while (textAt(buffer, at, end) === '#' && textAt(buffer, at + 1, end) === '[') at = afterTree(buffer, at + 1, end)
  at = visibilityEnd(buffer, at, end)
  if (at >= end) return -1
  if (!startsItem(buffer, at, end)) return macroItemEnd(buffer, at, end)
  const first = textAt(buffer, at, end)
  const initialised = endsWithSemicolon(buffer, at, end)
  let group = -1
  for (; at < end; ) {
    const token = checked(buffer.tokens[at])
    if (token.text === ';') return at + 1
    if (token.text === '{') {
      const after = afterTree(buffer, at, end)
      // `use a::{b};` and `const A: T = { .. };` go on; `macro m($a:ty) {..}` and functions end here.
      if (!initialised) return after
      at = after
      continue
    }
    if (token.kind === 'open') {
      group = at
      at = afterTree(buffer, at, end)
      if (first === 'macro_rules') return textAt(buffer, at, end) === ';' ? at + 1 : at
      continue
    }
    at++
  }
  // A last item whose semicolon was left to the macro's caller.
  return initialised || group >= 0 ? end : -1
}

/** Items whose braces do not end them. */
function endsWithSemicolon(buffer: TokenBuffer, index: number, end: number): boolean {
  const first = textAt(buffer, index, end)
  if (first === 'use' || first === 'type') return true
  if (first === 'static') return true
  if (first !== 'const') return false
  const next = textAt(buffer, index + 1, end)
  return (
    next !== 'fn' && next !== 'unsafe' && next !== 'extern' && next !== 'async' && next !== 'trait' && next !== 'impl'
  )
}

function macroItemEnd(buffer: TokenBuffer, index: number, end: number): number {
  const path = pathEnd(buffer, index, end, false)
  if (path < 0 || textAt(buffer, path, end) !== '!') return -1
  let at = path + 1
  if (buffer.tokens[at]?.kind === 'ident' && at < end) at++
  if (at >= end || buffer.tokens[at]?.kind !== 'open') return -1
  const braces = textAt(buffer, at, end) === '{'
  const after = afterTree(buffer, at, end)
  return !braces && textAt(buffer, after, end) === ';' ? after + 1 : after
}
