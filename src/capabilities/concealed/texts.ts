/** What is done to texts, lists and what is in an Option. */
import { allOf } from './iterators.js'
import {
  addChar,
  addText,
  bool,
  type CharValue,
  char,
  copied,
  elements,
  int,
  list,
  NONE,
  option,
  plain,
  same,
  some,
  type TextValue,
  text,
  textOf,
  UNIT,
  type Value,
} from './machine-values.js'
import { bitsOf, calculated, wrapped } from './numbers.js'
import type { Operation } from './operation.js'

const REPEAT_LIMIT = 1024

const integer = (value: Value | undefined) => {
  const of = value && plain(value)
  return of?.k === 'int' ? of : undefined
}
const indexOf = (value: Value | undefined): number | undefined => {
  const of = integer(value)
  return of && of.n >= 0n && of.n < 1_000_000n ? Number(of.n) : undefined
}

/** A text made of another by a change that is no more than that: trimmed, in capitals. */
const changed =
  (change: (s: string) => string): Operation =>
  (_, [of]) => {
    const value = of && plain(of)
    if (value?.k === 'char') return { ...value, c: change(value.c) }
    if (value?.k === 'int') return { ...value, n: BigInt(change(String.fromCharCode(Number(value.n))).charCodeAt(0)) }
    const from = of && textOf(of)
    return from && text(change(from.s), from.hidden)
  }

const SEPARATOR = /^[-_./\\: ]$/

/** What a text is when parts of it are exchanged: it is hidden unless a separator takes another's place, or nothing changes. */
const replaced: Operation = (_, args) => {
  const [of, from, to] = args.map(textOf)
  if (!of || !from || !to || from.s === '') return undefined
  const s = of.s.replaceAll(from.s, to.s)
  return text(s, of.hidden || (s !== of.s && !(SEPARATOR.test(from.s) && SEPARATOR.test(to.s))))
}

const asked =
  (test: RegExp): Operation =>
  (_, [of]) => {
    const value = of && plain(of)
    if (value?.k === 'char') return bool(test.test(value.c))
    return value?.k === 'int' ? bool(test.test(String.fromCodePoint(Number(value.n)))) : undefined
  }

const inner = (value: Value | undefined): { readonly name: string; readonly item: Value | undefined } | undefined => {
  const of = value && plain(value)
  return of?.k === 'made' ? { name: of.name, item: of.items[0] } : undefined
}
const isFull = (name: string): boolean => name === 'Some' || name === 'Ok'

const arithmetic =
  (op: string, result: 'plain' | 'checked' | 'saturating' = 'plain'): Operation =>
  (_, [a, b], { type }) => {
    const [left, right] = [integer(a), integer(b)]
    if (!left || !right) return undefined
    if (result === 'plain') return calculated(op, left, right, type)
    const exact = calculated(op, left, right, '')
    if (exact?.k !== 'int') return undefined
    const fits = wrapped(exact.n, type) === exact.n
    if (result === 'checked') return fits ? some(exact) : NONE
    return fits ? exact : undefined
  }

const rotated =
  (direction: 1n | -1n): Operation =>
  (_, [a, b], { type }) => {
    const [of, by] = [integer(a), integer(b)]
    const bits = bitsOf(type)
    const items = a && plain(a)
    if (items?.k === 'list' && by) {
      const n = Number(direction * by.n)
      items.items = items.items.map((_item, i) => items.items.at((i + n) % items.items.length) as Value)
      return UNIT
    }
    if (!of || !by || bits === undefined) return undefined
    const width = BigInt(bits)
    const n = (((direction * by.n) % width) + width) % width
    const raw = BigInt.asUintN(bits, of.n)
    return int(wrapped((raw << n) | (raw >> (width - n)), type), true)
  }

const joinedPath: Operation = (_, [of, more]) => {
  const [left, right] = [of && textOf(of), more && textOf(more)]
  if (!left || !right) return undefined
  if (/^([/\\]|[A-Za-z]:)/.test(right.s) || left.s === '') return copied(right)
  return text(`${left.s}${/[/\\]$/.test(left.s) ? '' : '/'}${right.s}`, left.hidden || right.hidden)
}

const bytesOf =
  (isLittle: boolean): Operation =>
  (_, [of], { type }) => {
    const [value, bits] = [integer(of), bitsOf(type)]
    if (!value || bits === undefined) return undefined
    const raw = BigInt.asUintN(bits, value.n)
    const bytes = Array.from({ length: bits / 8 }, (_item, i) => int((raw >> BigInt(8 * i)) & 255n, true))
    return list(isLittle ? bytes : bytes.reverse())
  }

export const TEXTS = {
  itself: (_, [of]) => of,
  copy: (_, [of]) => of && copied(plain(of)),
  'empty-text': () => text(''),
  'empty-list': () => list([]),
  'add-text': (_, [to, more]) => {
    const value = to && plain(to)
    const added = more && textOf(more)
    if (value?.k !== 'text' || !added) return undefined
    addText(value, added)
    return UNIT
  },
  'add-item': (_, [to, item]) => {
    const value = to && plain(to)
    const added = item && plain(item)
    if (value?.k === 'list' && added) value.items.push(copied(added))
    else if (value?.k === 'text' && added?.k === 'char') addChar(value, added)
    else if (value?.k === 'text' && value.s === '' && added?.k === 'int') return undefined
    else return undefined
    return UNIT
  },
  'add-all': (machine, [to, more]) => {
    const value = to && plain(to)
    const items = more && allOf(more, machine.tick)
    if (!items) return undefined
    if (value?.k === 'list') value.items.push(...items.map((item) => copied(plain(item))))
    else if (value?.k === 'text') for (const item of items) addPart(value, item)
    else return undefined
    return UNIT
  },
  insert: (_, [to, at, item]) => {
    const value = to && plain(to)
    const [i, added] = [indexOf(at), item && plain(item)]
    if (i === undefined || !added) return undefined
    if (value?.k === 'list') value.items.splice(i, 0, added)
    else if (value?.k === 'text') {
      const more = textOf(added)
      if (!more) return undefined
      value.s = value.s.slice(0, i) + more.s + value.s.slice(i)
      value.single += more.s.length
      value.hidden ||= more.hidden || value.single > 2
    } else return undefined
    return UNIT
  },
  pop: (_, [of]) => {
    const value = of && plain(of)
    if (value?.k === 'list') return option(value.items.pop())
    if (value?.k !== 'text') return undefined
    const last = [...value.s].at(-1)
    if (last === undefined) return NONE
    value.s = value.s.slice(0, -last.length)
    return some(char(last, value.hidden))
  },
  clear: (_, [of]) => {
    const value = of && plain(of)
    if (value?.k === 'list') value.items = []
    else if (value?.k === 'text') Object.assign(value, text(''))
    else return undefined
    return UNIT
  },
  reverse: (_, [of]) => {
    const value = of && plain(of)
    if (value?.k !== 'list') return undefined
    value.items.reverse()
    return UNIT
  },
  swap: (_, [of, a, b]) => {
    const value = of && plain(of)
    const [i, j] = [indexOf(a), indexOf(b)]
    if (value?.k !== 'list' || i === undefined || j === undefined) return undefined
    const [x, y] = [value.items[i], value.items[j]]
    if (!x || !y) return undefined
    value.items[i] = y
    value.items[j] = x
    return UNIT
  },
  join: (_, [of, between]) => {
    const parts = of && elements(of)?.map(textOf)
    const separator = between ? textOf(between) : text('')
    if (!parts || !separator) return undefined
    const out = text('')
    for (const [i, part] of parts.entries()) {
      if (!part) return undefined
      if (i > 0) out.s += separator.s
      addText(out, part)
    }
    return out
  },
  'join-path': joinedPath,
  'add-path': (machine, [to, more], call) => {
    const value = to && plain(to)
    const joined = value && more && joinedPath(machine, [value, more], call)
    if (value?.k !== 'text' || joined?.k !== 'text') return undefined
    Object.assign(value, { s: joined.s, hidden: joined.hidden })
    return UNIT
  },
  repeat: (_, [of, times]) => {
    const [value, n] = [of && textOf(of), indexOf(times)]
    return value && n !== undefined && value.s.length * n <= REPEAT_LIMIT
      ? text(value.s.repeat(n), value.hidden)
      : undefined
  },
  replace: replaced,
  split: (_, args) => {
    const [of, by] = args.map(textOf)
    return of && by && by.s !== '' ? list(of.s.split(by.s).map((s) => text(s, of.hidden))) : undefined
  },
  'split-at': (_, [of, at]) => {
    const i = indexOf(at)
    const value = of && plain(of)
    if (i === undefined || !value) return undefined
    if (value.k === 'text')
      return { k: 'tuple', items: [text(value.s.slice(0, i), value.hidden), text(value.s.slice(i), value.hidden)] }
    const items = elements(value)
    return items && { k: 'tuple', items: [list(items.slice(0, i)), list(items.slice(i))] }
  },
  'split-words': (_, [of]) => {
    const value = of && textOf(of)
    return (
      value &&
      list(
        value.s
          .split(/\s+/)
          .filter(Boolean)
          .map((s) => text(s, value.hidden)),
      )
    )
  },
  'strip-start': (_, args) => {
    const [of, start] = args.map(textOf)
    if (!of || !start) return undefined
    return of.s.startsWith(start.s) ? some(text(of.s.slice(start.s.length), of.hidden)) : NONE
  },
  'strip-end': (_, args) => {
    const [of, end] = args.map(textOf)
    if (!of || !end) return undefined
    return of.s.endsWith(end.s) ? some(text(of.s.slice(0, of.s.length - end.s.length), of.hidden)) : NONE
  },
  trim: changed((s) => s.trim()),
  'trim-start': changed((s) => s.trimStart()),
  'trim-end': changed((s) => s.trimEnd()),
  upper: changed((s) => s.toUpperCase()),
  lower: changed((s) => s.toLowerCase()),
  length: (_, [of]) => {
    const items = of && elements(of)
    return items && int(items.length)
  },
  'is-empty': (_, [of]) => {
    const items = of && elements(of)
    return items && bool(items.length === 0)
  },
  get: (_, [of, at]) => {
    const [items, i] = [of && elements(of), indexOf(at)]
    return items && i !== undefined ? option(items[i]) : undefined
  },
  first: (_, [of]) => {
    const items = of && elements(of)
    return items && option(items[0])
  },
  last: (_, [of]) => {
    const items = of && elements(of)
    return items && option(items.at(-1))
  },
  'starts-with': (_, args) => {
    const [of, start] = args.map(textOf)
    return of && start && bool(of.s.startsWith(start.s))
  },
  contains: (_, args) => {
    const [of, part] = args.map(textOf)
    return of && part && bool(of.s.includes(part.s))
  },
  find: (_, args) => {
    const [of, part] = args.map(textOf)
    if (!of || !part) return undefined
    const at = of.s.indexOf(part.s)
    return at < 0 ? NONE : some(int(at))
  },
  equal: (_, [a, b]) => {
    const is = a && b && same(a, b)
    return is === undefined ? undefined : bool(is)
  },
  'as-char': (_, [of]) => {
    const value = of && plain(of)
    if (value?.k === 'char') return value
    return value?.k === 'int' ? charOf(value.n, value) : undefined
  },
  'char-of-number': (_, [of]) => {
    const value = integer(of)
    if (!value) return undefined
    const made = charOf(value.n, value)
    return made ? some(made) : NONE
  },
  digit: (_, [of, radix]) => {
    const [value, base] = [of && plain(of), indexOf(radix)]
    if (value?.k !== 'char' || base === undefined) return undefined
    const n = Number.parseInt(value.c, base)
    return Number.isNaN(n) ? NONE : some(int(n, true))
  },
  'digit-char': (_, [of, radix]) => {
    const [n, base] = [indexOf(of), indexOf(radix)]
    return n !== undefined && base !== undefined && n < base && base <= 36
      ? some(char(n.toString(base), true))
      : undefined
  },
  'parse-radix': (_, [of, radix]) => {
    const [value, base] = [of && textOf(of), indexOf(radix)]
    if (!value || base === undefined || base < 2 || base > 36) return undefined
    const n = /^[\da-z]{1,12}$/i.test(value.s) ? Number.parseInt(value.s, base) : Number.NaN
    return Number.isNaN(n) ? undefined : { k: 'made', name: 'Ok', items: [int(n, true)] }
  },
  parse: (_, [of]) => {
    const value = of && textOf(of)
    if (!value) return undefined
    return { k: 'made', name: 'Ok', items: [/^\d{1,18}$/.test(value.s) ? int(BigInt(value.s)) : value] }
  },
  'is-lower': asked(/^[a-z]$/),
  'is-upper': asked(/^[A-Z]$/),
  'is-letter': asked(/^[A-Za-z]$/),
  'is-digit': asked(/^\d$/),
  'is-alphanumeric': asked(/^[A-Za-z\d]$/),
  'is-space': asked(/^\s$/),
  add: arithmetic('+'),
  subtract: arithmetic('-'),
  multiply: arithmetic('*'),
  'exclusive-or': arithmetic('^'),
  'shift-left': arithmetic('<<'),
  'shift-right': arithmetic('>>'),
  remainder: arithmetic('%'),
  'checked-add': arithmetic('+', 'checked'),
  'checked-subtract': arithmetic('-', 'checked'),
  'saturating-add': arithmetic('+', 'saturating'),
  'saturating-subtract': arithmetic('-', 'saturating'),
  'rotate-left': rotated(1n),
  'rotate-right': rotated(-1n),
  bytes: bytesOf(false),
  'bytes-little': bytesOf(true),
  unwrap: (_, [of]) => {
    const made = inner(of)
    if (made) return isFull(made.name) ? made.item : undefined
    // What is made of a text or list without a `Result` around it.
    return of && plain(of).k !== 'unknown' ? of : undefined
  },
  'unwrap-or': (machine, [of, other]) => {
    const made = inner(of)
    if (!made || !other) return undefined
    if (isFull(made.name)) return made.item
    return other.k === 'closure' || other.k === 'function' ? machine.apply(other, []) : other
  },
  'map-inside': (machine, [of, fn]) => {
    const value = of && plain(of)
    if (value?.k !== 'made' || !fn) return undefined
    return isFull(value.name) && value.items[0] ? { ...value, items: [machine.apply(fn, [value.items[0]])] } : value
  },
  'and-then': (machine, [of, fn]) => {
    const value = of && plain(of)
    if (value?.k !== 'made' || !fn) return undefined
    return isFull(value.name) && value.items[0] ? machine.apply(fn, [value.items[0]]) : value
  },
  'is-full': (_, [of]) => {
    const made = inner(of)
    return made && bool(isFull(made.name))
  },
} satisfies Readonly<Record<string, Operation>>

function charOf(
  n: bigint,
  from: Pick<CharValue, 'hidden' | 'origin'> & { readonly at?: number },
): CharValue | undefined {
  if (n < 0n || n > 0x10ffffn) return undefined
  const { hidden, origin, at } = from
  return { k: 'char', c: String.fromCodePoint(Number(n)), hidden, origin, ...(at !== undefined && { at }) }
}

function addPart(to: TextValue, item: Value): void {
  const part = plain(item)
  if (part.k === 'char') addChar(to, part)
  else {
    const more = textOf(part)
    if (more) addText(to, more)
    else to.hidden = true
  }
}
