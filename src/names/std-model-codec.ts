/**
 * The std model's bytes: plain values (objects, arrays, strings, whole numbers, booleans) to a compact form and back.
 *
 * Objects of one shape share one entry of a table that also holds what never differs between them (`at: 0`,
 * `k: 'path'`), strings are numbered, and all else is LEB128 numbers. The members of modules, traits and impls and the
 * signatures of functions are decoded only when they are first read: an analysis touches a small part of std.
 * Nothing is known here of Rust; the format is described in data/std/README.md.
 */

/** `generics`, `self`, `params` and `ret` of a function are decoded together, at the first look at any of them. */
const SIGNATURE_KEYS = ['generics', 'self', 'params', 'ret'] as const
/** Members of modules, impls, traits and extern blocks. */
const MEMBERS_KEY = 'items'

/** A key of a shape: what it always holds, or how its value is written. */
type Slot = readonly ['const', string | number | boolean] | readonly ['string' | 'array' | 'empty' | 'any']
type Shape = readonly (readonly [key: string, slot: Slot])[]

export interface PackedValue {
  readonly shapes: readonly Shape[]
  readonly strings: readonly string[]
  readonly bytes: Uint8Array
}

/** Tags of values whose kind the shape does not tell; an object's tag is TAG_SHAPE plus the number of its shape. */
const TAG_FALSE = 0
const TAG_TRUE = 1
const TAG_NUMBER = 2
const TAG_STRING = 3
const TAG_ARRAY = 4
const TAG_SHAPE = 5

type Plain = string | number | boolean | readonly Plain[] | PlainObject
interface PlainObject {
  readonly [key: string]: Plain | undefined
}

// ---------------------------------------------------------------- writing

/** Packs a value. Equal values give equal bytes; keys that hold `undefined` are left out. */
export function pack(value: unknown): PackedValue {
  const writer: Writer = { shapes: [], shapeIds: new Map(), strings: [], stringIds: new Map(), out: [] }
  writeValue(writer, value as Plain)
  return { shapes: writer.shapes, strings: writer.strings, bytes: Uint8Array.from(writer.out) }
}

interface Writer {
  readonly shapes: Shape[]
  readonly shapeIds: Map<string, number>
  readonly strings: string[]
  readonly stringIds: Map<string, number>
  out: number[]
}

function writeValue(writer: Writer, value: Plain): void {
  if (typeof value === 'boolean') writeNumber(writer, value ? TAG_TRUE : TAG_FALSE)
  else if (typeof value === 'number') {
    writeNumber(writer, TAG_NUMBER)
    writeNumber(writer, value)
  } else if (typeof value === 'string') {
    writeNumber(writer, TAG_STRING)
    writeString(writer, value)
  } else if (isArray(value)) {
    writeNumber(writer, TAG_ARRAY)
    writeArray(writer, value)
  } else writeObject(writer, value)
}

function isArray(value: readonly Plain[] | PlainObject): value is readonly Plain[] {
  return Array.isArray(value)
}

function writeObject(writer: Writer, value: PlainObject): void {
  const keys = Object.keys(value).filter((key) => value[key] !== undefined)
  const shape = keys.map((key): readonly [string, Slot] => [key, slotOf(key, value[key] as Plain)])
  const text = JSON.stringify(shape)
  let id = writer.shapeIds.get(text)
  if (id === undefined) {
    id = writer.shapes.push(shape) - 1
    writer.shapeIds.set(text, id)
  }
  writeNumber(writer, TAG_SHAPE + id)
  const isFn = value['k'] === 'fn'
  for (const [key, slot] of shape) {
    if (key === MEMBERS_KEY || (isFn && isSignatureKey(key))) continue
    writeSlot(writer, slot, value[key] as Plain)
  }
  if (isFn) writeDeferred(writer, () => writeSignature(writer, shape, value))
  else if (keys.includes(MEMBERS_KEY)) writeDeferred(writer, () => writeArray(writer, value[MEMBERS_KEY] as Plain[]))
}

/** Discriminants and flags are part of the shape: there are few combinations. Offsets too: they are all 0. */
function slotOf(key: string, value: Plain): Slot {
  if (typeof value === 'boolean' || typeof value === 'number' || (key === 'k' && typeof value === 'string')) {
    return ['const', value]
  }
  if (typeof value === 'string') return ['string']
  if (!Array.isArray(value)) return ['any']
  return [value.length === 0 && key !== MEMBERS_KEY ? 'empty' : 'array']
}

function isSignatureKey(key: string): boolean {
  return (SIGNATURE_KEYS as readonly string[]).includes(key)
}

function writeSignature(writer: Writer, shape: Shape, value: PlainObject): void {
  for (const [key, slot] of shape) if (isSignatureKey(key)) writeSlot(writer, slot, value[key] as Plain)
}

function writeSlot(writer: Writer, slot: Slot, value: Plain): void {
  switch (slot[0]) {
    case 'const':
    case 'empty':
      return
    case 'string':
      return writeString(writer, value as string)
    case 'array':
      return writeArray(writer, value as readonly Plain[])
    case 'any':
      return writeValue(writer, value)
  }
}

/** A part that a reader may skip: its length comes first. */
function writeDeferred(writer: Writer, write: () => void): void {
  const outer = writer.out
  writer.out = []
  write()
  const inner = writer.out
  writer.out = outer
  writeNumber(writer, inner.length)
  for (const byte of inner) outer.push(byte)
}

function writeArray(writer: Writer, values: readonly Plain[]): void {
  writeNumber(writer, values.length)
  for (const value of values) writeValue(writer, value)
}

function writeString(writer: Writer, text: string): void {
  let id = writer.stringIds.get(text)
  if (id === undefined) {
    id = writer.strings.push(text) - 1
    writer.stringIds.set(text, id)
  }
  writeNumber(writer, id)
}

function writeNumber(writer: Writer, value: number): void {
  if (!Number.isInteger(value) || value < 0) throw new Error(`only whole numbers can be packed, not ${value}`)
  let rest = value
  while (rest >= 0x80) {
    writer.out.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  writer.out.push(rest)
}

// ---------------------------------------------------------------- reading

/**
 * The value that `pack` was given; parts of it are decoded when they are first read, and then kept. Those parts of an
 * object are accessors of its prototype: a copy by spread is without them. Objects in which nothing varies are shared.
 */
export function unpack(packed: PackedValue): unknown {
  return readValue({ ...packed, layouts: packed.shapes.map(layoutOf) }, { at: 0 })
}

interface Reader extends PackedValue {
  readonly layouts: readonly Layout[]
}
interface Cursor {
  at: number
}
type Decoded = Record<string, unknown>

/** How to read an object of a shape. */
interface Layout {
  /** An object with all that does not vary. */
  readonly template: Decoded
  /** The keys that do vary and come at once. */
  readonly keys: Shape
  /** What comes later. */
  readonly later: 'signature' | 'members' | 'nothing'
  readonly laterKeys: Shape
}

const NONE: readonly unknown[] = Object.freeze([])

function layoutOf(shape: Shape): Layout {
  const isFn = shape.some(([key, slot]) => key === 'k' && slot[0] === 'const' && slot[1] === 'fn')
  const isLater = (key: string): boolean => key === MEMBERS_KEY || (isFn && isSignatureKey(key))
  const template: Decoded = {}
  for (const [key, slot] of shape) {
    if (!isLater(key)) template[key] = slot[0] === 'const' ? slot[1] : slot[0] === 'empty' ? NONE : undefined
  }
  return {
    template: Object.freeze(template),
    keys: shape.filter(([key, slot]) => !isLater(key) && slot[0] !== 'const' && slot[0] !== 'empty'),
    later: isFn ? 'signature' : shape.some(([key]) => isLater(key)) ? 'members' : 'nothing',
    laterKeys: shape.filter(([key]) => isLater(key)),
  }
}

function readValue(reader: Reader, cursor: Cursor): unknown {
  const tag = readNumber(reader.bytes, cursor)
  switch (tag) {
    case TAG_FALSE:
      return false
    case TAG_TRUE:
      return true
    case TAG_NUMBER:
      return readNumber(reader.bytes, cursor)
    case TAG_STRING:
      return reader.strings[readNumber(reader.bytes, cursor)]
    case TAG_ARRAY:
      return readArray(reader, cursor)
    default:
      return readObject(reader, cursor, tag - TAG_SHAPE)
  }
}

function readObject(reader: Reader, cursor: Cursor, id: number): unknown {
  const layout = reader.layouts[id]
  if (!layout) throw new Error(`the std model is damaged: no shape ${id}`)
  if (layout.later === 'nothing') {
    if (layout.keys.length === 0) return layout.template
    const object = { ...layout.template }
    for (const [key, slot] of layout.keys) object[key] = readSlot(reader, cursor, slot)
    return object
  }
  const object = layout.later === 'signature' ? new WithSignature(reader, layout.laterKeys) : new WithMembers(reader)
  const fields = Object.assign(object, layout.template) as unknown as Decoded
  for (const [key, slot] of layout.keys) fields[key] = readSlot(reader, cursor, slot)
  const length = readNumber(reader.bytes, cursor)
  object.setPlace(cursor.at)
  cursor.at += length
  return object
}

/** A function whose signature is read at the first look at any part of it. */
class WithSignature {
  readonly #reader: Reader
  readonly #keys: Shape
  #at = 0
  #signature: Decoded | undefined

  constructor(reader: Reader, keys: Shape) {
    this.#reader = reader
    this.#keys = keys
  }
  setPlace(at: number): void {
    this.#at = at
  }
  #read(): Decoded {
    if (this.#signature) return this.#signature
    const cursor = { at: this.#at }
    const signature: Decoded = {}
    for (const [key, slot] of this.#keys) signature[key] = readSlot(this.#reader, cursor, slot)
    this.#signature = signature
    return signature
  }
  get generics(): unknown {
    return this.#read()['generics']
  }
  get self(): unknown {
    return this.#read()['self']
  }
  get params(): unknown {
    return this.#read()['params']
  }
  get ret(): unknown {
    return this.#read()['ret']
  }
}

/** A module, impl, trait or extern block whose members are read when they are asked for. */
class WithMembers {
  readonly #reader: Reader
  #at = 0
  #members: unknown[] | undefined

  constructor(reader: Reader) {
    this.#reader = reader
  }
  setPlace(at: number): void {
    this.#at = at
  }
  get items(): unknown {
    this.#members ??= readArray(this.#reader, { at: this.#at })
    return this.#members
  }
}

function readSlot(reader: Reader, cursor: Cursor, slot: Slot): unknown {
  switch (slot[0]) {
    case 'const':
      return slot[1]
    case 'empty':
      return NONE
    case 'string':
      return reader.strings[readNumber(reader.bytes, cursor)]
    case 'array':
      return readArray(reader, cursor)
    case 'any':
      return readValue(reader, cursor)
  }
}

function readArray(reader: Reader, cursor: Cursor): unknown[] {
  const length = readNumber(reader.bytes, cursor)
  const values: unknown[] = []
  for (let i = 0; i < length; i++) values.push(readValue(reader, cursor))
  return values
}

function readNumber(bytes: Uint8Array, cursor: Cursor): number {
  let value = 0
  let scale = 1
  for (;;) {
    const byte = bytes[cursor.at++]
    if (byte === undefined) throw new Error('the std model is damaged: it ends too early')
    value += (byte & 0x7f) * scale
    if (byte < 0x80) return value
    scale *= 0x80
  }
}
