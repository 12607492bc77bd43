/**
 * Reads the std model's bytes; see std-model-format.ts for what they mean. Most of the model is never looked at, so most
 * of it is never decoded.
 */
import {
  isSignatureKey,
  MEMBERS_KEY,
  type PackedValue,
  type Shape,
  type Slot,
  TAG_ARRAY,
  TAG_FALSE,
  TAG_NUMBER,
  TAG_SHAPE,
  TAG_STRING,
  TAG_TRUE,
} from './std-model-format.js'

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
