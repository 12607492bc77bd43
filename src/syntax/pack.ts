/**
 * Bodies as arrays of integers: cheap to hand over between threads (the buffer is shared, not copied), a fraction
 * of the memory of objects, and made of nothing but numbers and strings, so that they can be stored.
 *
 * Any tree of plain objects, arrays, strings, booleans and integers is packed; it knows nothing of expressions. The
 * format is in pack-format.ts, reading in unpack.ts.
 */
import type { Expr, PackedBodies } from './ast.js'
import { ARRAY, BOOLEAN, DISCRIMINANT, INTEGER, MAX_INTEGER, OBJECT, SHARED, STRING, TAG_BITS } from './pack-format.js'

const FIRST_CAPACITY = 1 << 12

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
  return packTrees(exprs)
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
  const starts = sharedInts(trees.length)
  trees.forEach((tree, index) => {
    starts[index] = packer.length
    pack(packer, tree)
  })
  const sharedAt = packShared(packer)
  packer.ints[0] = packer.length
  packShapes(packer)
  put(packer, sharedAt.length)
  for (const at of sharedAt) put(packer, at)
  const ints = sharedInts(packer.length)
  ints.set(packer.ints.subarray(0, packer.length))
  return { ints, strings: packer.strings, starts }
}

/** Memory that threads can read at once: a file is parsed by one, and read by each that looks at a target. */
function sharedInts(length: number): Int32Array {
  return new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))
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
