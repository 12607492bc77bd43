/** Ends of paths and types in tokens; see fragments.ts. */
import { checked } from '../../base/index.js'
import { afterTree, operatorAt, type TokenBuffer, textAt } from './token-buffer.js'

/** Words that no type and no expression path begins with or goes on with. */
const NOT_IN_PATHS = new Set(
  'as break const continue dyn else enum extern false fn for if impl in let loop match mod move mut pub ref return static struct trait true type unsafe use where while async await _'.split(
    ' ',
  ),
)

/** Behind the `>` that closes the `<` at `index`; -1 when it is never closed. */
export function angleEnd(buffer: TokenBuffer, index: number, end: number): number {
  let depth = 0
  for (let at = index; at < end; ) {
    const token = checked(buffer.tokens[at])
    if (token.kind === 'open') {
      at = checked(buffer.match[at]) + 1
      continue
    }
    if (token.kind === 'punct') {
      const operator = operatorAt(buffer, at, end)
      if (operator === '->' || operator === '=>') {
        at += 2
        continue
      }
      if (token.text === '<') depth++
      else if (token.text === '>' && --depth === 0) return at + 1
      else if (token.text === ';') return -1
    }
    at++
  }
  return -1
}

/** `a::b<T>::c`, `<T as A>::b`, `::a`, `$crate::a`. In types arguments need no `::`. */
export function pathEnd(buffer: TokenBuffer, index: number, end: number, inType: boolean): number {
  let at = index
  if (textAt(buffer, at, end) === '<') {
    at = angleEnd(buffer, at, end)
    if (at < 0 || operatorIs(buffer, at, end, '::') === false) return at
    at += 2
  } else if (operatorIs(buffer, at, end, '::')) at += 2
  for (;;) {
    if (textAt(buffer, at, end) === '$') at++
    const token = buffer.tokens[at]
    if (!token || at >= end || token.kind !== 'ident' || NOT_IN_PATHS.has(token.text)) return -1
    at++
    if (inType) {
      const after = genericArgsEnd(buffer, at, end)
      if (after < 0) return -1
      at = after
    }
    if (!operatorIs(buffer, at, end, '::')) return at
    if (textAt(buffer, at + 2, end) === '<') {
      at = angleEnd(buffer, at + 2, end)
      if (at < 0) return -1
      if (!operatorIs(buffer, at, end, '::')) return at
    }
    at += 2
  }
}

/** `<T>`, `::<T>`, `(A) -> R` or nothing. */
function genericArgsEnd(buffer: TokenBuffer, index: number, end: number): number {
  const next = textAt(buffer, index, end)
  if (next === '<') return angleEnd(buffer, index, end)
  if (next !== '(') return index
  const after = afterTree(buffer, index, end)
  return operatorIs(buffer, after, end, '->') ? typeEnd(buffer, after + 2, end, false) : after
}

export function operatorIs(buffer: TokenBuffer, index: number, end: number, operator: string): boolean {
  return index < end && buffer.tokens[index]?.kind === 'punct' && operatorAt(buffer, index, end) === operator
}

/** Behind a type; -1 when none begins there. `plus` allows `A + B` behind `dyn`, `impl` and bare traits. */
export function typeEnd(buffer: TokenBuffer, index: number, end: number, plus = true): number {
  const token = buffer.tokens[index]
  if (!token || index >= end) return -1
  switch (token.text) {
    case '(':
    case '[':
      return afterTree(buffer, index, end)
    case '!':
    case '_':
      return index + 1
    case '&': {
      let at = index + 1
      if (buffer.tokens[at]?.kind === 'lifetime') at++
      if (textAt(buffer, at, end) === 'mut') at++
      return typeEnd(buffer, at, end, false)
    }
    case '*': {
      const next = textAt(buffer, index + 1, end)
      return next === 'const' || next === 'mut' ? typeEnd(buffer, index + 2, end, false) : -1
    }
    case 'dyn':
    case 'impl':
      return boundsEnd(buffer, index + 1, end, plus)
    case 'for': {
      if (textAt(buffer, index + 1, end) !== '<') return -1
      const after = angleEnd(buffer, index + 1, end)
      return after < 0 ? -1 : typeEnd(buffer, after, end, plus)
    }
    case 'unsafe':
    case 'extern':
    case 'fn':
      return fnPointerEnd(buffer, index, end)
  }
  if (token.kind === 'lifetime') return boundsEnd(buffer, index, end, plus)
  const path = pathEnd(buffer, index, end, true)
  if (path < 0) return -1
  if (textAt(buffer, path, end) === '!' && buffer.tokens[path + 1]?.kind === 'open' && path + 1 < end) {
    return afterTree(buffer, path + 1, end)
  }
  return plus && operatorIs(buffer, path, end, '+') ? boundsEnd(buffer, path + 1, end, true) : path
}

/** `A + ?B + 'c + for<'d> E<'d>`. */
function boundsEnd(buffer: TokenBuffer, index: number, end: number, plus: boolean): number {
  let at = index
  for (;;) {
    const next = boundEnd(buffer, at, end)
    if (next < 0) return at === index ? -1 : at
    if (!plus || !operatorIs(buffer, next, end, '+')) return next
    at = next + 1
  }
}

function boundEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = index
  if (at < end && buffer.tokens[at]?.kind === 'lifetime') return at + 1
  const first = textAt(buffer, at, end)
  if (first === '(') return afterTree(buffer, at, end)
  if (first === 'use' && textAt(buffer, at + 1, end) === '<') return angleEnd(buffer, at + 1, end)
  while (
    textAt(buffer, at, end) === '?' ||
    textAt(buffer, at, end) === '~' ||
    textAt(buffer, at, end) === 'const' ||
    textAt(buffer, at, end) === 'async'
  )
    at++
  if (textAt(buffer, at, end) === '[') at = afterTree(buffer, at, end)
  if (textAt(buffer, at, end) === 'for' && textAt(buffer, at + 1, end) === '<') {
    at = angleEnd(buffer, at + 1, end)
    if (at < 0) return -1
  }
  return pathEnd(buffer, at, end, true)
}

function fnPointerEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = index
  if (textAt(buffer, at, end) === 'unsafe') at++
  if (textAt(buffer, at, end) === 'extern') {
    at++
    if (buffer.tokens[at]?.kind === 'literal') at++
  }
  if (textAt(buffer, at, end) !== 'fn' || textAt(buffer, at + 1, end) !== '(') return -1
  const after = afterTree(buffer, at + 1, end)
  return operatorIs(buffer, after, end, '->') ? typeEnd(buffer, after + 2, end, false) : after
}
