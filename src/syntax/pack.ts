/**
 * Bodies as arrays of integers: cheap to hand over between threads (the buffer is transferred, not copied), a fraction
 * of the memory of objects, and made of nothing but numbers and strings, so that they can be stored.
 *
 * Any tree of plain objects, arrays, strings, booleans and integers is packed; it knows nothing of expressions. A
 * value is one integer, its low bits the tag; an object is its shape's number and then its fields in the shape's
 * order. Shapes (key lists, with the value of `k` where it is a string) stand at the end of the integers, and
 * `ints[0]` says where. Keys that are undefined are left out. A frozen object stands there once, and reading gives
 * the same object wherever it was: most items have no generics and no attributes.
 */
import type { BodyRef, Expr, FileFacts, PackedBodies } from './ast.js'

const TAG_BITS = 3
const TAG_MASK = (1 << TAG_BITS) - 1
const INTEGER = 0
const STRING = 1
const ARRAY = 2
const OBJECT = 3
const BOOLEAN = 4
const SHARED = 5
/** Integers beyond this do not fit beside their tag. */
const MAX_INTEGER = 2 ** (31 - TAG_BITS) - 1
const FIRST_CAPACITY = 1 << 12

/** The key that tells objects of one union apart; its value is part of the shape. */
const DISCRIMINANT = 'k'

// ---------------------------------------------------------------- packing

/** A step in recognising a shape: the keys so far; `shape` is set once an object ended here. */
interface ShapeStep {
  readonly next: Map<string, ShapeStep>
  readonly keys: readonly string[]
  readonly discriminant: string | undefined
  shape: number
}
interface Packer {
  ints: Int32Array
  length: number
  readonly strings: string[]
  readonly stringAt: Map<string, number>
  readonly shapes: ShapeStep[]
  /** By the value of `k`; '' for objects without. */
  readonly roots: Map<string, ShapeStep>
  /** Frozen objects, with their numbers. */
  readonly shared: Map<object, number>
}

/** Packs expressions; `readBody` gives each back as an equal tree. */
export function packBodies(exprs: readonly Expr[]): PackedBodies {
  const { ints, strings, starts } = packTrees(exprs)
  return { ints, strings, starts }
}

/** Packs trees of plain data; see the head of this file for what they may hold. */
export function packTrees(trees: readonly unknown[]): PackedBodies {
  const packer: Packer = {
    ints: new Int32Array(FIRST_CAPACITY),
    length: 1,
    strings: [],
    stringAt: new Map(),
    shapes: [],
    roots: new Map(),
    shared: new Map(),
  }
  const starts = new Int32Array(trees.length)
  trees.forEach((tree, index) => {
    starts[index] = packer.length
    pack(packer, tree)
  })
  const sharedAt = packShared(packer)
  packer.ints[0] = packer.length
  packShapes(packer)
  put(packer, sharedAt.length)
  for (const at of sharedAt) put(packer, at)
  return { ints: packer.ints.slice(0, packer.length), strings: packer.strings, starts }
}

function put(packer: Packer, int: number): void {
  if (packer.length === packer.ints.length) {
    const wider = new Int32Array(packer.ints.length * 2)
    wider.set(packer.ints)
    packer.ints = wider
  }
  packer.ints[packer.length++] = int
}

function pack(packer: Packer, value: unknown): void {
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || Math.abs(value) > MAX_INTEGER) throw new Error(`pack: ${value} is out of range`)
    put(packer, (value << TAG_BITS) | INTEGER)
  } else if (typeof value === 'string') put(packer, (stringNumber(packer, value) << TAG_BITS) | STRING)
  else if (typeof value === 'boolean') put(packer, (Number(value) << TAG_BITS) | BOOLEAN)
  else if (typeof value === 'object' && value !== null && Object.isFrozen(value)) packReference(packer, value)
  else packStructure(packer, value)
}

function packStructure(packer: Packer, value: unknown): void {
  if (Array.isArray(value)) {
    put(packer, (value.length << TAG_BITS) | ARRAY)
    for (const element of value) pack(packer, element)
  } else if (typeof value === 'object' && value !== null) packObject(packer, value as Record<string, unknown>)
  else throw new Error(`pack: cannot pack a value of type ${typeof value}`)
}

function packReference(packer: Packer, value: object): void {
  let number = packer.shared.get(value)
  if (number === undefined) {
    number = packer.shared.size
    packer.shared.set(value, number)
  }
  put(packer, (number << TAG_BITS) | SHARED)
}

/** The frozen objects themselves, and where each starts. One may hold others, so the list grows on the way. */
function packShared(packer: Packer): readonly number[] {
  const starts: number[] = []
  for (const value of packer.shared.keys()) {
    starts.push(packer.length)
    packStructure(packer, value)
  }
  return starts
}

function stringNumber(packer: Packer, text: string): number {
  let at = packer.stringAt.get(text)
  if (at === undefined) {
    at = packer.strings.push(text) - 1
    packer.stringAt.set(text, at)
  }
  return at
}

function packObject(packer: Packer, object: Record<string, unknown>): void {
  const told = object[DISCRIMINANT]
  const discriminant = typeof told === 'string' ? told : undefined
  let step = stepInto(packer.roots, discriminant ?? '', [], discriminant)
  for (const key in object) {
    if (object[key] === undefined || (key === DISCRIMINANT && discriminant !== undefined)) continue
    step = stepInto(step.next, key, step.keys, discriminant, key)
  }
  if (step.shape < 0) step.shape = packer.shapes.push(step) - 1
  put(packer, (step.shape << TAG_BITS) | OBJECT)
  for (const key of step.keys) pack(packer, object[key])
}

function stepInto(
  steps: Map<string, ShapeStep>,
  name: string,
  before: readonly string[],
  discriminant: string | undefined,
  key?: string,
): ShapeStep {
  let step = steps.get(name)
  if (!step) {
    step = { next: new Map(), keys: key === undefined ? before : [...before, key], discriminant, shape: -1 }
    steps.set(name, step)
  }
  return step
}

/** Count; then for each shape the string of its discriminant (or -1), its number of keys, and their strings. */
function packShapes(packer: Packer): void {
  put(packer, packer.shapes.length)
  for (const { keys, discriminant } of packer.shapes) {
    put(packer, discriminant === undefined ? -1 : stringNumber(packer, discriminant))
    put(packer, keys.length)
    for (const key of keys) put(packer, stringNumber(packer, key))
  }
}

// ---------------------------------------------------------------- reading

interface Shape {
  readonly keys: readonly string[]
  /** An object with all keys, to be copied: copies share one hidden class. */
  readonly template: Readonly<Record<string, unknown>>
}
/** What was read of the tables of one `PackedBodies`. */
interface Tables {
  readonly shapes: readonly Shape[]
  readonly sharedAt: readonly number[]
  /** The shared objects that were needed so far. */
  readonly shared: (object | undefined)[]
}
/** Where reading is; one per call. */
interface Reader {
  readonly ints: Int32Array
  readonly strings: readonly string[]
  readonly tables: Tables
  at: number
}

const tablesOf = new WeakMap<PackedBodies, Tables>()

/** The body that an item refers to, whether the file's bodies are packed or plain. Throws on a reference to none. */
export function readBody(facts: Pick<FileFacts, 'bodies'>, ref: BodyRef): Expr {
  const { bodies } = facts
  const body = 'ints' in bodies ? readTree(bodies, ref) : bodies[ref]
  if (body === undefined) throw new Error(`syntax: the file has no body ${ref}`)
  return body as Expr
}

/** The tree number `index` of `packTrees`; undefined when there is none. */
export function readTree(packed: PackedBodies, index: number): unknown {
  const at = packed.starts[index]
  if (at === undefined) return undefined
  let tables = tablesOf.get(packed)
  if (!tables) {
    tables = readTables(packed)
    tablesOf.set(packed, tables)
  }
  return read({ ints: packed.ints, strings: packed.strings, tables, at })
}

function read(reader: Reader): unknown {
  const int = reader.ints[reader.at++]
  if (int === undefined) throw new Error('pack: the data ends too early')
  const payload = int >> TAG_BITS
  switch (int & TAG_MASK) {
    case INTEGER:
      return payload
    case STRING:
      return stringAt(reader.strings, payload)
    case BOOLEAN:
      return payload === 1
    case SHARED:
      return readShared(reader, payload)
    case ARRAY: {
      const out: unknown[] = []
      for (let index = 0; index < payload; index++) out.push(read(reader))
      return out
    }
    default: {
      const shape = reader.tables.shapes[payload]
      if (!shape) throw new Error(`pack: there is no shape ${payload}`)
      const out: Record<string, unknown> = { ...shape.template }
      for (const key of shape.keys) out[key] = read(reader)
      return out
    }
  }
}

function readShared({ ints, strings, tables }: Reader, number: number): object {
  const known = tables.shared[number]
  if (known) return known
  const at = tables.sharedAt[number]
  if (at === undefined) throw new Error(`pack: there is no shared object ${number}`)
  const object = Object.freeze(read({ ints, strings, tables, at }) as object)
  tables.shared[number] = object
  return object
}

function stringAt(strings: readonly string[], number: number): string {
  const text = strings[number]
  if (text === undefined) throw new Error(`pack: there is no string ${number}`)
  return text
}

function readTables({ ints, strings }: PackedBodies): Tables {
  let at = ints[0] ?? 0
  const next = (): number => {
    const int = ints[at++]
    if (int === undefined) throw new Error('pack: the tables end too early')
    return int
  }
  const shapes = Array.from({ length: next() }, (): Shape => {
    const discriminant = next()
    const keys = Array.from({ length: next() }, () => stringAt(strings, next()))
    const template: Record<string, unknown> = {}
    if (discriminant >= 0) template[DISCRIMINANT] = stringAt(strings, discriminant)
    for (const key of keys) template[key] = undefined
    return { keys, template }
  })
  return { shapes, sharedAt: Array.from({ length: next() }, next), shared: [] }
}
