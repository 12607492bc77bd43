/**
 * What an argument is found to be: texts with holes. A part is text, a variable of the environment, or not known; a whole of
 * which no part is known says only that there may be something else.
 */

/** A piece of text as it stands, a variable of the environment, anything. */
export type Part = { readonly text: string } | { readonly variable: string } | 'anything'

/** A call that reads something, by its number, and the calls through which what it gives was handed on. */
export interface Source {
  readonly call: number
  readonly via: readonly number[]
}

export interface KnownValue {
  readonly parts: readonly Part[]
  /** Of a builder: what was added to it, in order. */
  readonly added?: readonly string[]
  /** Of a builder: what was set of it, `name=value`, whether or not something else was set later. */
  readonly options?: readonly string[]
  /** Of a builder: variables of the environment that are set for what it starts. */
  readonly variables?: readonly string[]
  /** It was made by what begins a builder: arguments may be added to it. */
  readonly builder?: true
  /** It was worked out from constants alone by code that is no plain conversion; of what could not be run, no part is known. */
  readonly concealed?: true
  /** It is a number: a null pointer, an element of a list. As the name of something it says nothing. */
  readonly number?: true
  /** Where what comes from outside of the source was read. */
  readonly sources?: readonly Source[]
  /** The same of what was added to a builder. */
  readonly sent?: readonly Source[]
  /** Packages whose calls hand it on to the function that it ends in. */
  readonly by: readonly string[]
}

/** Of several values so many are kept; then there may be others. */
export const KNOWN_VALUES_LIMIT = 64
/** Values that are put together make no more than these. */
const PRODUCT_LIMIT = 24
/** Parts of one value; the rest of it is not known. */
const PARTS_LIMIT = 40
/** Of a program the arguments that are shown. */
const ADDED_LIMIT = 16

export const ANYTHING: KnownValue = { parts: ['anything'], by: [] }
export const written = (text: string): KnownValue => ({ parts: [{ text }], by: [] })
export const numeric = (text: string): KnownValue => ({ ...written(text), number: true })
export const fromEnvironment = (variable: string): KnownValue => ({ parts: [{ variable }], by: [] })

/** Worked out from constants, and not to be read. */
export const CONCEALED: KnownValue = { parts: ['anything'], by: [], concealed: true }

export const isAnything = ({ parts, concealed }: KnownValue): boolean =>
  parts.length === 1 && parts[0] === 'anything' && concealed === undefined

/** The text of a value: `$NAME` for a variable, `*` for what is not known. */
export function textOfValue({ parts }: KnownValue): string {
  return parts.map((part) => (part === 'anything' ? '*' : 'text' in part ? part.text : `$${part.variable}`)).join('')
}

const keyOf = (value: KnownValue): string =>
  JSON.stringify([
    value.parts,
    value.added ?? [],
    value.builder ?? false,
    value.options ?? [],
    value.variables ?? [],
    value.concealed ?? false,
    value.number ?? false,
    value.by,
    value.sources ?? [],
    value.sent ?? [],
  ])

/** Each value once. */
export function together(values: readonly KnownValue[]): readonly KnownValue[] {
  if (values.length < 2) return values
  const known = new Map<string, KnownValue>()
  for (const value of values) {
    if (known.size >= KNOWN_VALUES_LIMIT) {
      known.set('', ANYTHING)
      break
    }
    known.set(keyOf(value), value)
  }
  return [...known.values()]
}

/** One behind the other, each with each. */
export function joined(left: readonly KnownValue[], right: readonly KnownValue[], between = ''): readonly KnownValue[] {
  const out: KnownValue[] = []
  for (const a of left)
    for (const b of right) {
      if (out.length >= PRODUCT_LIMIT) return [...out, ANYTHING]
      out.push(pair(a, b, between))
    }
  return out
}

function pair(a: KnownValue, b: KnownValue, between: string): KnownValue {
  const put = pairOf(a, b, between)
  const sources = sourcesOf([a, b])
  return {
    ...put,
    ...((a.concealed || b.concealed) && { concealed: true }),
    ...(sources.length > 0 && { sources }),
  }
}

/** Sources of one value that are kept. */
const SOURCES_LIMIT = 8
/** Calls of one way that are kept. */
const VIA_LIMIT = 12

/** Where all of them were read, each once. */
export function sourcesOf(values: readonly KnownValue[]): readonly Source[] {
  const known = new Map(values.flatMap(({ sources = [] }) => sources.map((one) => [one.call, one] as const)))
  return [...known.values()].slice(0, SOURCES_LIMIT)
}

/** The same, handed on by a call. */
export function through(values: readonly KnownValue[], call: number | undefined): readonly KnownValue[] {
  if (call === undefined) return values
  const longer = (all: readonly Source[]): readonly Source[] =>
    all.map(({ call: from, via }) => ({ call: from, via: via.length < VIA_LIMIT ? [...via, call] : via }))
  return values.map((value) =>
    value.sources || value.sent
      ? {
          ...value,
          ...(value.sources && { sources: longer(value.sources) }),
          ...(value.sent && { sent: longer(value.sent) }),
        }
      : value,
  )
}

function pairOf(a: KnownValue, b: KnownValue, between: string): KnownValue {
  const by = [...new Set([...a.by, ...b.by])].sort()
  if (between === '/') {
    const [first] = b.parts
    // An absolute path takes the place of what it is joined to.
    if (typeof first === 'object' && 'text' in first && /^([/\\]|[A-Za-z]:)/.test(first.text))
      return { parts: b.parts, by }
    const last = a.parts.at(-1)
    const isOpen = typeof last === 'object' && 'text' in last && /[/\\]$/.test(last.text)
    if (a.parts.length === 0 || isOpen) return { parts: merged([...a.parts, ...b.parts]), by }
  }
  return { parts: merged([...a.parts, ...(between === '' ? [] : [{ text: between }]), ...b.parts]), by }
}

function merged(parts: readonly Part[]): readonly Part[] {
  const out: Part[] = []
  for (const part of parts) {
    const last = out.at(-1)
    if (part === 'anything' && last === 'anything') continue
    if (typeof part === 'object' && 'text' in part && typeof last === 'object' && 'text' in last)
      out[out.length - 1] = { text: last.text + part.text }
    else out.push(part)
  }
  return out.length > PARTS_LIMIT ? [...out.slice(0, PARTS_LIMIT), 'anything'] : out
}

/** A builder that sets a variable of the environment. */
export function withVariable(value: KnownValue, names: readonly KnownValue[]): KnownValue {
  const known = names.filter((name) => !isAnything(name)).map(textOfValue)
  return { ...value, variables: [...new Set([...(value.variables ?? []), ...known])].sort().slice(0, ADDED_LIMIT) }
}

/** A builder of which an option was set to one of the values. */
export function withOption(value: KnownValue, name: string, values: readonly KnownValue[]): KnownValue {
  const set = values.map((each) => `${name}=${textOfValue(each)}`)
  return { ...value, options: [...new Set([...(value.options ?? []), ...set])].sort() }
}

/** The integer that a value is; undefined when it is none, or not known. */
export function integerOf({ parts }: KnownValue): bigint | undefined {
  const [only] = parts
  if (parts.length !== 1 || typeof only !== 'object' || !('text' in only)) return undefined
  const digits = only.text.replaceAll('_', '')
  return /^(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(digits) ? BigInt(digits) : undefined
}

/** What a cast leaves of an integer: the same, or something of which nothing is known. */
export function castTo(bits: number, value: KnownValue): KnownValue {
  const known = integerOf(value)
  return known === undefined || known < 1n << BigInt(bits) ? value : ANYTHING
}

/** The bits of both, each with each. */
export function bitsOf(left: readonly KnownValue[], right: readonly KnownValue[]): readonly KnownValue[] {
  const out: KnownValue[] = []
  for (const a of left)
    for (const b of right) {
      if (out.length >= PRODUCT_LIMIT) return [...out, ANYTHING]
      const [x, y] = [integerOf(a), integerOf(b)]
      const by = [...new Set([...a.by, ...b.by])].sort()
      out.push(x === undefined || y === undefined ? ANYTHING : { ...written(String(x | y)), by })
    }
  return out
}

/** A builder with more added to it. */
export function withAdded(before: KnownValue, more: readonly string[], sources: readonly Source[]): KnownValue {
  const sent = [...(before.sent ?? []), ...sources].slice(0, SOURCES_LIMIT)
  const value = sent.length > 0 ? { ...before, sent } : before
  const added = [...(value.added ?? []), ...more]
  if (added.length <= ADDED_LIMIT) return { ...value, added }
  return { ...value, added: [...added.slice(0, ADDED_LIMIT), '*'] }
}
