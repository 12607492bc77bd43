/**
 * Reading what pack.ts packed. Objects of one shape are copied from one template, so that they share a hidden class
 * and the engine treats what comes out like any other objects. Broken data is an error, never a wrong tree.
 */
import type { BodyRef, Expr, FileFacts, PackedBodies } from './ast.js'
import { ARRAY, BOOLEAN, DISCRIMINANT, INTEGER, OBJECT, SHARED, STRING, TAG_BITS, TAG_MASK } from './pack-format.js'

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
    case OBJECT: {
      const shape = reader.tables.shapes[payload]
      if (!shape) throw new Error(`pack: there is no shape ${payload}`)
      const out: Record<string, unknown> = { ...shape.template }
      for (const key of shape.keys) out[key] = read(reader)
      return out
    }
    default:
      throw new Error(`pack: there is no tag ${int & TAG_MASK}`)
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
