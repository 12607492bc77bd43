/** Patterns (The Rust Reference, "Patterns") and fields of what the machine works with. */
import type { Code, Pattern } from '../../graph/index.js'
import { elements, type Frame, list, plain, same, text, UNKNOWN, unknownOf, type Value } from './machine-values.js'

export interface Matching {
  readonly frame: Frame
  readonly evaluate: (code: Code) => Value
}

/** Undefined where it is not known whether it does. Binds what the pattern binds. */
export function matches(cx: Matching, pattern: Pattern, value: Value): boolean | undefined {
  switch (pattern.k) {
    case 'any':
    case 'rest':
      return true
    case 'bind': {
      const is = pattern.sub ? matches(cx, pattern.sub, value) : true
      cx.frame.variables.set(pattern.n, value)
      return is
    }
    case 'or': {
      const each = pattern.of.map((part) => matches(cx, part, value))
      return each.includes(true) ? true : each.includes(undefined) ? undefined : false
    }
    case 'is':
      return same(cx.evaluate(pattern.code), value)
    case 'between':
      return isBetween(cx, pattern, plain(value))
    case 'tuple':
    case 'slice':
      return partsMatch(cx, pattern.of, plain(value))
    case 'variant':
      return variantMatches(cx, pattern, plain(value))
    case 'unknown':
      return undefined
  }
}

function isBetween(cx: Matching, { from, to }: Pattern & { k: 'between' }, value: Value): boolean | undefined {
  const ends = [from, to].map((end) => end && plain(cx.evaluate(end)))
  const [low, high] = ends.map((end) => end && codeOf(end))
  const at = codeOf(value)
  if (at === undefined || (from && low === undefined) || (to && high === undefined)) return undefined
  return (low === undefined || at >= low) && (high === undefined || at <= high)
}

function partsMatch(cx: Matching, parts: readonly Pattern[], value: Value): boolean | undefined {
  const items = elements(value)
  const rest = parts.findIndex((part) => part.k === 'rest' || (part.k === 'bind' && part.sub?.k === 'rest'))
  if (!items) {
    for (const part of parts) matches(cx, part, unknownOf([value]))
    return undefined
  }
  if (rest < 0 ? items.length !== parts.length : items.length < parts.length - 1) return false
  const each = parts.map((part, i) => {
    if (i === rest) {
      if (part.k === 'bind') cx.frame.variables.set(part.n, list(items.slice(i, items.length - (parts.length - 1 - i))))
      return true
    }
    const at = rest >= 0 && i > rest ? items.length - (parts.length - i) : i
    return matches(cx, part, items[at] ?? UNKNOWN)
  })
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true
}

function variantMatches(cx: Matching, pattern: Pattern & { k: 'variant' }, value: Value): boolean | undefined {
  if (value.k !== 'made') {
    for (const part of pattern.of) matches(cx, part, unknownOf([value]))
    return undefined
  }
  if (value.name !== pattern.name) return false
  const each = pattern.of.map((part, i) => {
    const name = pattern.fields?.[i]
    return matches(cx, part, name === undefined ? (value.items[i] ?? UNKNOWN) : fieldOf(value, name))
  })
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true
}

/** `of[at]`. */
export function indexed(of: Value, at: Value): Value {
  const [value, index] = [plain(of), plain(at)]
  const items = elements(value)
  if (!items) return unknownOf([value])
  if (index.k === 'int') return items[Number(index.n)] ?? UNKNOWN
  if (index.k !== 'made' || index.name !== 'Range') return unknownOf([value])
  const [from, to, inclusive] = index.items.map(plain)
  if (from?.k !== 'int' || to?.k === 'unknown') return unknownOf([value])
  const last = to?.k === 'int' ? Number(to.n) + (inclusive?.k === 'bool' && inclusive.is ? 1 : 0) : items.length
  const [start, end] = [Number(from.n), last]
  if (value.k === 'text') return text(value.s.slice(start, end), value.hidden)
  return list(items.slice(start, end))
}

/** `of.name`. */
export function fieldOf(of: Value, name: string): Value {
  const value = plain(of)
  if (value.k === 'tuple') return value.items[Number(name)] ?? UNKNOWN
  if (value.k !== 'made') return unknownOf([value])
  const at = value.fields ? value.fields.indexOf(name) : Number(name)
  return value.items[at] ?? UNKNOWN
}

const codeOf = (value: Value): bigint | undefined =>
  value.k === 'int' ? value.n : value.k === 'char' ? BigInt(value.c.codePointAt(0) ?? 0) : undefined
