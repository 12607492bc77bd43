/**
 * What the machine that runs recipes works with. Texts and lists are changed in place, as those of the program are; whoever copies
 * one copies it here too. Characters and bytes know from which text they were taken, so that what is only copied is told from
 * what is put together.
 */
import type { Code, Pattern } from '../../graph/index.js'

/** A text as it was when its characters were taken. */
export interface Origin {
  readonly text: string
  readonly hidden: boolean
}

export interface IntValue {
  readonly k: 'int'
  readonly n: bigint
  /** It was worked out. */
  readonly hidden: boolean
  readonly origin?: Origin | undefined
  readonly at?: number
}
export interface CharValue {
  readonly k: 'char'
  readonly c: string
  readonly hidden: boolean
  readonly origin?: Origin | undefined
  readonly at?: number
}
export interface TextValue {
  readonly k: 'text'
  s: string
  /** It is not what stands in the source: put together letter by letter, decoded, turned round. */
  hidden: boolean
  /** Letters that were added one by one. */
  single: number
  /** Where the last of them was taken from. */
  origin?: Origin | undefined
  at: number
}
export interface ListValue {
  readonly k: 'list'
  items: Value[]
}
export interface IterValue {
  readonly k: 'iter'
  readonly next: () => Value | undefined
}
export interface ClosureValue {
  readonly k: 'closure'
  readonly params: readonly Pattern[]
  readonly body: Code
  readonly frame: Frame
}
export interface PlaceValue {
  readonly k: 'place'
  readonly get: () => Value
  readonly set: (value: Value) => void
}
export interface MadeValue {
  readonly k: 'made'
  readonly name: string
  readonly items: Value[]
  readonly fields?: readonly string[] | undefined
}
/** `encoded`: it was made from constants alone, and what it was made from is not to be read. */
export interface UnknownValue {
  readonly k: 'unknown'
  readonly encoded: boolean
}

export type Value =
  | IntValue
  | CharValue
  | { readonly k: 'bool'; readonly is: boolean }
  | TextValue
  | ListValue
  | { readonly k: 'tuple'; readonly items: Value[] }
  | MadeValue
  | IterValue
  | ClosureValue
  | { readonly k: 'function'; readonly call: number }
  | PlaceValue
  | UnknownValue

/** The variables of one run of a recipe. */
export interface Frame {
  readonly fn: number
  readonly calls: readonly number[]
  readonly consts: readonly (() => Value)[]
  variables: Map<number, Value>
}

/** Elements of a list, characters of a text. */
export const LENGTH_LIMIT = 4096

export const UNKNOWN: UnknownValue = { k: 'unknown', encoded: false }
export const ENCODED: UnknownValue = { k: 'unknown', encoded: true }
export const UNIT: Value = { k: 'tuple', items: [] }

export const int = (n: bigint | number, hidden = false): IntValue => ({ k: 'int', n: BigInt(n), hidden })
export const char = (c: string, hidden = false): CharValue => ({ k: 'char', c, hidden })
export const bool = (is: boolean): Value => ({ k: 'bool', is })
export const text = (s: string, hidden = false): TextValue => ({ k: 'text', s, hidden, single: 0, at: -1 })
export const list = (items: Value[]): ListValue => ({ k: 'list', items })
export const some = (value: Value): MadeValue => ({ k: 'made', name: 'Some', items: [value] })
export const NONE: MadeValue = { k: 'made', name: 'None', items: [] }
export const option = (value: Value | undefined): MadeValue => (value ? some(value) : NONE)

/** What is behind references and places. */
export function plain(value: Value): Value {
  let at = value
  for (let i = 0; at.k === 'place' && i < 16; i++) at = at.get()
  return at
}

/** What a variable or parameter gets: arrays and texts of its own. */
export function copied(value: Value): Value {
  switch (value.k) {
    case 'text':
      return { ...value }
    case 'list':
      return list(value.items.map(copied))
    case 'tuple':
      return { k: 'tuple', items: value.items.map(copied) }
    case 'made':
      return { ...value, items: value.items.map(copied) }
    default:
      return value
  }
}

/** Of a text the bytes that it is, of a list its elements. */
export function elements(value: Value): readonly Value[] | undefined {
  const of = plain(value)
  if (of.k === 'list' || of.k === 'tuple') return of.items
  if (of.k !== 'text') return undefined
  const origin = { text: of.s, hidden: of.hidden }
  const bytes = isAscii(of.s) ? [...of.s].map((c) => c.charCodeAt(0)) : [...new TextEncoder().encode(of.s)]
  return bytes.map((byte, at) => ({ k: 'int', n: BigInt(byte), hidden: of.hidden, origin, at }))
}

const isAscii = (s: string): boolean => /^[\x00-\x7f]*$/.test(s)

export function chars(of: TextValue): readonly Value[] {
  const origin = { text: of.s, hidden: of.hidden }
  return [...of.s].map((c, at) => ({ k: 'char', c, hidden: of.hidden, origin, at }))
}

const isLetter = (c: string): boolean => /[\p{L}\p{N}]/u.test(c)

/** So many letters one by one are a text that is put together. */
const SINGLE_LIMIT = 3

/** Adds one character to a text. */
export function addChar(to: TextValue, { c, hidden, origin, at = -1 }: CharValue): void {
  const isNext =
    origin !== undefined && !origin.hidden && !hidden && to.origin?.text === origin.text && at === to.at + 1
  // What takes one character's place leaves the others where they were.
  if (origin) Object.assign(to, { origin, at })
  else to.at++
  to.s += c
  if (isNext || !isLetter(c)) return
  to.single++
  if (to.single >= SINGLE_LIMIT) to.hidden = true
}

export function addText(to: TextValue, more: TextValue): void {
  const isPiece = more.s.length === 1 && isLetter(more.s)
  if (isPiece) return addChar(to, { k: 'char', c: more.s, hidden: more.hidden })
  to.s += more.s
  to.hidden ||= more.hidden
  if (!more.hidden) to.single = 0
  to.origin = undefined
}

/** The text that bytes or characters are; undefined when one of them is not known, or is none. */
export function textOfParts(parts: readonly Value[]): TextValue | undefined {
  if (parts.length > LENGTH_LIMIT) return undefined
  if (parts.length > 0 && parts.every((part) => plain(part).k === 'text')) {
    const out = text('')
    for (const part of parts) addText(out, plain(part) as TextValue)
    return out
  }
  const known: CharValue[] = []
  let isBytes = true
  for (const part of parts.map(plain)) {
    if (part.k === 'char') {
      isBytes = false
      known.push(part)
    } else if (part.k === 'int' && part.n >= 0n && part.n <= 0x10ffffn) {
      const { hidden, origin, at } = part
      known.push({
        k: 'char',
        c: String.fromCodePoint(Number(part.n)),
        hidden,
        origin,
        ...(at !== undefined && { at }),
      })
    } else return undefined
  }
  const out = text('')
  for (const one of known) addChar(out, one)
  if (isBytes && !isAscii(out.s)) {
    const bytes = Uint8Array.from(out.s, (c) => c.charCodeAt(0))
    if (known.every(({ c }) => c.charCodeAt(0) < 256)) out.s = new TextDecoder().decode(bytes)
  }
  // A part of what is written is written.
  const whole = known[0]?.origin
  if (whole && !whole.hidden && known.every(({ origin, hidden }) => origin?.text === whole.text && !hidden))
    if (whole.text.includes(out.s)) out.hidden = false
  return out
}

/** What a value is where a text is wanted. */
export function textOf(value: Value): TextValue | undefined {
  const of = plain(value)
  switch (of.k) {
    case 'text':
      return of
    case 'char':
      return { ...text(of.c, of.hidden), ...(of.origin && { origin: of.origin, at: of.at ?? -1 }) }
    case 'int':
      return text(String(of.n))
    case 'bool':
      return text(String(of.is))
    case 'list':
      return textOfParts(of.items)
    case 'made':
      return of.items.length === 1 && of.items[0] ? textOf(of.items[0]) : undefined
    default:
      return undefined
  }
}

/** Letters, digits and signs of an encoding, and no word or name: capitals in the middle, or digits. */
const ENCODING = /^(?=.*[a-z])(?=.*[A-Z\d])[A-Za-z\d+/_-]{12,}={0,2}$/
const HEX = /^(?:0x)?(?:[\da-f]{2}){6,}$/i
/** Bytes of which this is taken for encoded. */
const ENCODED_BYTES = 4

/** Whether it comes from constants that are not to be read: what is made of it cannot be read either. */
export function isEncoded(value: Value): boolean {
  const of = plain(value)
  if (of.k === 'unknown') return of.encoded
  if (of.k === 'text') return of.hidden || ENCODING.test(of.s) || HEX.test(of.s)
  if (of.k === 'list') return of.items.length >= ENCODED_BYTES && of.items.every((item) => isByteLike(plain(item)))
  return false
}

const isByteLike = (value: Value): boolean =>
  value.k === 'char' || (value.k === 'int' && !value.origin && value.n < 256n)

/** Whether nothing of it comes from outside of the source. */
export function isMade(value: Value): boolean {
  const of = plain(value)
  if (of.k === 'unknown') return of.encoded
  if (of.k === 'list' || of.k === 'tuple' || of.k === 'made') return of.items.every(isMade)
  return of.k !== 'iter'
}

/** Of what is not evaluated. */
export const unknownOf = (values: readonly Value[]): UnknownValue =>
  values.some(isEncoded) && values.every(isMade) ? ENCODED : UNKNOWN

/** Whether both are known to be the same; undefined where that is not known. */
export function same(a: Value, b: Value): boolean | undefined {
  const [x, y] = [plain(a), plain(b)]
  if (x.k === 'int' && y.k === 'int') return x.n === y.n
  if (x.k === 'bool' && y.k === 'bool') return x.is === y.is
  if (x.k === 'char' && y.k === 'char') return x.c === y.c
  if (x.k === 'made' && y.k === 'made') return x.name === y.name && sameAll(x.items, y.items)
  if (x.k === 'tuple' && y.k === 'tuple') return sameAll(x.items, y.items)
  if (x.k === 'unknown' || y.k === 'unknown') return undefined
  const [s, t] = [textOf(x), textOf(y)]
  return s && t ? s.s === t.s : undefined
}

function sameAll(a: readonly Value[], b: readonly Value[]): boolean | undefined {
  if (a.length !== b.length) return false
  const each = a.map((value, i) => same(value, b[i] as Value))
  return each.includes(false) ? false : each.includes(undefined) ? undefined : true
}
