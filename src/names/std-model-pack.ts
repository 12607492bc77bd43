/** Writes the std model's bytes; see std-model-format.ts for what they mean. */
import { checked } from '../base/index.js'
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

type Plain = string | number | boolean | readonly Plain[] | PlainObject
interface PlainObject {
  readonly [key: string]: Plain | undefined
}

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
  const shape = keys.map((key): readonly [string, Slot] => [key, slotOf(key, checked(value[key]))])
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
    writeSlot(writer, slot, checked(value[key]))
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

function writeSignature(writer: Writer, shape: Shape, value: PlainObject): void {
  for (const [key, slot] of shape) if (isSignatureKey(key)) writeSlot(writer, slot, checked(value[key]))
}

function writeSlot(writer: Writer, slot: Slot, value: Plain): void {
  switch (slot[0]) {
    case 'const':
    case 'empty':
      return
    case 'string':
      writeString(writer, value as string)
      return
    case 'array':
      writeArray(writer, value as readonly Plain[])
      return
    case 'any':
      writeValue(writer, value)
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
