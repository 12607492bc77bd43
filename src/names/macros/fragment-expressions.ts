/** Ends of expressions, patterns and statements in tokens; see fragments.ts. */
import { checked } from '../../base/index.js'
import { itemEnd, startsItem } from './fragment-items.js'
import { angleEnd, operatorIs, pathEnd, typeEnd } from './fragment-types.js'
import { afterTree, kindAt, operatorAt, type TokenBuffer, textAt } from './token-buffer.js'

const BINARY = new Set('+ - * / % & | ^ << >> == != < > <= >= && || = += -= *= /= %= &= |= ^= <<= >>='.split(' '))
const RANGES = new Set(['..', '..=', '...'])

/** Behind an expression; `struct` allows `Name { .. }`, which a condition does not. */
export function exprEnd(buffer: TokenBuffer, index: number, end: number, struct: boolean): number {
  let at = unaryEnd(buffer, index, end, struct)
  if (at < 0) return -1
  for (;;) {
    if (at >= end) return at
    if (textAt(buffer, at, end) === 'as') {
      const after = typeEnd(buffer, at + 1, end, false)
      if (after < 0) return at
      at = after
      continue
    }
    if (kindAt(buffer, at, end) !== 'punct') return at
    const glued = operatorAt(buffer, at, end)
    // `a <- 1` is a comparison with a negative number.
    const operator = glued === '<-' ? '<' : glued
    if (RANGES.has(operator)) {
      const after = unaryEnd(buffer, at + operator.length, end, struct)
      if (after < 0) return at + operator.length
      at = after
      continue
    }
    if (!BINARY.has(operator)) return at
    const after = unaryEnd(buffer, at + operator.length, end, struct)
    if (after < 0) return at
    at = after
  }
}

/** Prefix operators, an operand and what is hung behind it. */
function unaryEnd(buffer: TokenBuffer, index: number, end: number, struct: boolean): number {
  let at = index
  for (;;) {
    const token = buffer.tokens[at]
    if (!token || at >= end) return -1
    if (token.text === '#' && textAt(buffer, at + 1, end) === '[') {
      at = afterTree(buffer, at + 1, end)
      continue
    }
    if (token.text === '-' || token.text === '!' || token.text === '*') {
      at++
      continue
    }
    if (token.text === '&') {
      at++
      if (
        textAt(buffer, at, end) === 'raw' &&
        (textAt(buffer, at + 1, end) === 'const' || textAt(buffer, at + 1, end) === 'mut')
      )
        at += 2
      else if (textAt(buffer, at, end) === 'mut') at++
      continue
    }
    break
  }
  if (kindAt(buffer, at, end) === 'punct' && RANGES.has(operatorAt(buffer, at, end))) {
    const behind = at + operatorAt(buffer, at, end).length
    const after = unaryEnd(buffer, behind, end, struct)
    return after < 0 ? behind : after
  }
  const operand = operandEnd(buffer, at, end, struct)
  return operand < 0 ? -1 : postfixEnd(buffer, operand, end)
}

function postfixEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = index
  for (;;) {
    const text = textAt(buffer, at, end)
    if (text === '?') at++
    else if (text === '(' || text === '[') at = afterTree(buffer, at, end)
    else if (text === '.' && operatorAt(buffer, at, end) === '.') {
      const kind = kindAt(buffer, at + 1, end)
      if (kind !== 'ident' && kind !== 'literal') return at
      at += 2
      if (operatorIs(buffer, at, end, '::') && textAt(buffer, at + 2, end) === '<') {
        const after = angleEnd(buffer, at + 2, end)
        if (after < 0) return at
        at = after
      }
    } else return at
  }
}

function operandEnd(buffer: TokenBuffer, index: number, end: number, struct: boolean): number {
  const token = buffer.tokens[index]
  if (!token || index >= end) return -1
  if (token.kind === 'literal') return index + 1
  if (token.kind === 'open') return afterTree(buffer, index, end)
  if (token.kind === 'lifetime') {
    return textAt(buffer, index + 1, end) === ':' ? operandEnd(buffer, index + 2, end, struct) : -1
  }
  switch (token.text) {
    case '|':
      return closureEnd(buffer, index, end, struct)
    case 'static':
    case 'move':
    case 'async':
    case 'gen':
    case 'for':
    case 'const':
    case 'unsafe':
    case 'try':
      if (token.text !== 'for' || textAt(buffer, index + 1, end) === '<') return modifierEnd(buffer, index, end, struct)
      return forEnd(buffer, index, end)
    case 'if':
      return ifEnd(buffer, index, end)
    case 'match':
    case 'while':
      return blockAfter(buffer, exprEnd(buffer, index + 1, end, false), end)
    case 'loop':
      return blockAfter(buffer, index + 1, end)
    case 'let': {
      const pattern = patternEnd(buffer, index + 1, end, true)
      if (pattern < 0 || textAt(buffer, pattern, end) !== '=') return -1
      return exprEnd(buffer, pattern + 1, end, false)
    }
    case 'return':
    case 'break':
    case 'continue':
    case 'yield':
    case 'become':
    case 'do': {
      const label = kindAt(buffer, index + 1, end) === 'lifetime' && textAt(buffer, index + 2, end) !== ':'
      const start = label ? index + 2 : index + 1
      const after = token.text === 'continue' ? -1 : exprEnd(buffer, start, end, struct)
      return after < 0 ? start : after
    }
    case '_':
      return index + 1
    case 'true':
    case 'false':
      return index + 1
  }
  if (token.kind !== 'ident' && token.text !== '<' && token.text !== ':' && token.text !== '$') return -1
  const path = pathEnd(buffer, index, end, false)
  if (path < 0) return -1
  if (textAt(buffer, path, end) === '!' && kindAt(buffer, path + 1, end) === 'open')
    return afterTree(buffer, path + 1, end)
  if (struct && textAt(buffer, path, end) === '{' && token.text !== '<') return afterTree(buffer, path, end)
  return path
}

/** `move || x`, `async {}`, `unsafe {}`, `const {}`, `for<'a> |x| y`. */
function modifierEnd(buffer: TokenBuffer, index: number, end: number, struct: boolean): number {
  let at = index + 1
  if (textAt(buffer, index, end) === 'for') at = angleEnd(buffer, at, end)
  if (at < 0) return -1
  const next = textAt(buffer, at, end)
  if (next === '{') return afterTree(buffer, at, end)
  if (next === '|') return closureEnd(buffer, at, end, struct)
  if (next === 'move' || next === 'async' || next === 'static' || next === 'const')
    return modifierEnd(buffer, at, end, struct)
  // `try!(..)` and names like `gen` of older editions.
  if (next === '!' && kindAt(buffer, at + 1, end) === 'open') return afterTree(buffer, at + 1, end)
  const word = textAt(buffer, index, end)
  return word === 'gen' || word === 'try' || word === 'async' ? at : -1
}

function closureEnd(buffer: TokenBuffer, index: number, end: number, struct: boolean): number {
  let at = index + 1
  if (operatorAt(buffer, index, end) === '||') at = index + 2
  else {
    while (at < end && textAt(buffer, at, end) !== '|') {
      at = textAt(buffer, at, end) === '<' ? Math.max(angleEnd(buffer, at, end), at + 1) : afterTreeSingle(buffer, at)
    }
    at++
  }
  if (operatorIs(buffer, at, end, '->')) {
    const type = typeEnd(buffer, at + 2, end, false)
    return type < 0 ? -1 : blockAfter(buffer, type, end)
  }
  return exprEnd(buffer, at, end, struct)
}

function afterTreeSingle(buffer: TokenBuffer, index: number): number {
  return buffer.tokens[index]?.kind === 'open' ? checked(buffer.match[index]) + 1 : index + 1
}

function forEnd(buffer: TokenBuffer, index: number, end: number): number {
  const pattern = patternEnd(buffer, index + 1, end, true)
  if (pattern < 0 || textAt(buffer, pattern, end) !== 'in') return -1
  return blockAfter(buffer, exprEnd(buffer, pattern + 1, end, false), end)
}

function ifEnd(buffer: TokenBuffer, index: number, end: number): number {
  const then = blockAfter(buffer, exprEnd(buffer, index + 1, end, false), end)
  if (then < 0 || textAt(buffer, then, end) !== 'else') return then
  if (textAt(buffer, then + 1, end) === 'if') return ifEnd(buffer, then + 1, end)
  return blockAfter(buffer, then + 1, end)
}

function blockAfter(buffer: TokenBuffer, index: number, end: number): number {
  return index >= 0 && textAt(buffer, index, end) === '{' ? afterTree(buffer, index, end) : -1
}

// ---------------------------------------------------------------- statements

const BLOCK_LIKE = new Set(['if', 'match', 'while', 'loop', 'for', 'unsafe', '{'])

/** Behind a statement, without its semicolon (items have their own). */
export function statementEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = index
  while (textAt(buffer, at, end) === '#' && textAt(buffer, at + 1, end) === '[') at = afterTree(buffer, at + 1, end)
  if (textAt(buffer, at, end) === 'let') return letEnd(buffer, at, end)
  if (startsItem(buffer, at, end)) return itemEnd(buffer, at, end)
  const first = textAt(buffer, at, end)
  if (first !== undefined && BLOCK_LIKE.has(first)) {
    const block = operandEnd(buffer, at, end, true)
    const next = textAt(buffer, block, end)
    if (block >= 0 && next !== '.' && next !== '?') return block
  }
  return exprEnd(buffer, at, end, true)
}

function letEnd(buffer: TokenBuffer, index: number, end: number): number {
  let at = patternEnd(buffer, index + 1, end, true)
  if (at < 0) return -1
  if (textAt(buffer, at, end) === ':' && operatorAt(buffer, at, end) === ':') {
    at = typeEnd(buffer, at + 1, end)
    if (at < 0) return -1
  }
  if (textAt(buffer, at, end) !== '=') return at
  at = exprEnd(buffer, at + 1, end, true)
  return at >= 0 && textAt(buffer, at, end) === 'else' ? blockAfter(buffer, at + 1, end) : at
}

// ---------------------------------------------------------------- patterns

/** Behind a pattern; `alternatives` allows `|` at the top. */
export function patternEnd(buffer: TokenBuffer, index: number, end: number, alternatives: boolean): number {
  let at = index
  if (alternatives && operatorIs(buffer, at, end, '|')) at++
  at = onePatternEnd(buffer, at, end)
  while (at >= 0 && alternatives && operatorIs(buffer, at, end, '|')) {
    const next = onePatternEnd(buffer, at + 1, end)
    if (next < 0) return at
    at = next
  }
  return at
}

function onePatternEnd(buffer: TokenBuffer, index: number, end: number): number {
  const token = buffer.tokens[index]
  if (!token || index >= end) return -1
  if (token.text === '&')
    return onePatternEnd(buffer, textAt(buffer, index + 1, end) === 'mut' ? index + 2 : index + 1, end)
  if (token.text === '_') return index + 1
  if (token.text === 'ref' || token.text === 'mut' || token.text === 'box') return onePatternEnd(buffer, index + 1, end)
  if (token.kind === 'punct' && RANGES.has(operatorAt(buffer, index, end))) {
    const behind = index + operatorAt(buffer, index, end).length
    const bound = boundEnd(buffer, behind, end)
    return bound < 0 ? behind : bound
  }
  if (token.text === '(' || token.text === '[') return afterTree(buffer, index, end)
  if (token.text === 'const' && textAt(buffer, index + 1, end) === '{') return afterTree(buffer, index + 1, end)
  const start = boundEnd(buffer, index, end)
  if (start < 0) return -1
  const next = textAt(buffer, start, end)
  if (next === '@') return onePatternEnd(buffer, start + 1, end)
  if (start < end && kindAt(buffer, start, end) === 'punct' && RANGES.has(operatorAt(buffer, start, end))) {
    const behind = start + operatorAt(buffer, start, end).length
    const bound = boundEnd(buffer, behind, end)
    return bound < 0 ? behind : bound
  }
  if (token.kind === 'literal' || token.text === '-') return start
  if (next === '(' || next === '{') return afterTree(buffer, start, end)
  return next === '!' && kindAt(buffer, start + 1, end) === 'open' ? afterTree(buffer, start + 1, end) : start
}

/** A literal, a negative one, or a path. */
function boundEnd(buffer: TokenBuffer, index: number, end: number): number {
  const token = buffer.tokens[index]
  if (!token || index >= end) return -1
  if (token.kind === 'literal' || token.text === 'true' || token.text === 'false') return index + 1
  if (token.text === '-') return kindAt(buffer, index + 1, end) === 'literal' ? index + 2 : -1
  return pathEnd(buffer, index, end, false)
}
