/**
 * A pack: objects in one file, most of them told as deltas against others. An object is read when it is asked for, by its
 * place; of a large pack nothing else is. What is read has limits, whatever sizes the pack claims.
 */
import { inflateSync, constants as zlib } from 'node:zlib'
import { MAX_DELTA_BYTES, MAX_DELTA_CHAIN } from '../limits.js'
import { applyDelta, resultSize } from './delta.js'
import { PackIndex, readAt } from './pack-index.js'

export type ObjectType = 'commit' | 'tree' | 'blob' | 'tag'
export interface GitObject {
  readonly type: ObjectType
  readonly bytes: Uint8Array
}

const TYPES: Readonly<Record<number, ObjectType>> = { 1: 'commit', 2: 'tree', 3: 'blob', 4: 'tag' }
const OFFSET_DELTA = 6
const NAMED_DELTA = 7

/** Read at once, so that neighbours need no further look at the disk. */
const WINDOW_BYTES = 256 * 1024
const KEPT_WINDOWS = 16
/** Bases of deltas that are kept for the next object. */
const KEPT_BASE_BYTES = 32 * 1024 * 1024

interface Entry {
  readonly kind: number
  /** Inflated. */
  readonly size: number
  /** Where the compressed bytes begin. */
  readonly data: number
  /** Of a delta, where its base begins. */
  readonly base?: number
}

export class Pack {
  readonly index: PackIndex
  readonly #file: string
  readonly #hashBytes: number
  readonly #windows = new Map<number, Buffer>()
  readonly #bases = new Map<number, GitObject>()
  #baseBytes = 0

  /** `file`: without its ending. */
  constructor(file: string, hashBytes: number) {
    this.index = new PackIndex(`${file}.idx`, hashBytes)
    this.#file = `${file}.pack`
    this.#hashBytes = hashBytes
  }

  /** The object at a place. Throws an Error when it is damaged or has more than `limit` bytes. */
  read(offset: number, limit: number): GitObject {
    const deltas: Uint8Array[] = []
    let at = offset
    let entry = this.#entryAt(at)
    let known = this.#bases.get(at)
    while (!known && entry.base !== undefined) {
      if (deltas.length === MAX_DELTA_CHAIN) throw new Error(`more than ${MAX_DELTA_CHAIN} deltas upon each other`)
      deltas.push(this.#inflate(entry, limit))
      at = entry.base
      entry = this.#entryAt(at)
      known = this.#bases.get(at)
    }
    let object = known ?? { type: this.#typeOf(entry), bytes: this.#inflate(entry, limit) }
    if (!known && deltas.length > 0) this.#keep(at, object)
    let made = 0
    for (const delta of deltas.reverse()) {
      object = { type: object.type, bytes: applyDelta(object.bytes, delta, limit) }
      made += object.bytes.length
      if (made > MAX_DELTA_BYTES) throw new Error(`deltas make more than ${MAX_DELTA_BYTES} bytes`)
    }
    return object
  }

  /** The size of the object at a place; of it no more is read than tells that. */
  sizeAt(offset: number): number {
    const entry = this.#entryAt(offset)
    return entry.base === undefined ? entry.size : resultSize(this.#beginning(entry))
  }

  /** The first bytes of the object at a place, as many as come cheaply; none of one that is a delta. */
  beginningAt(offset: number): Uint8Array {
    const entry = this.#entryAt(offset)
    return entry.base === undefined ? this.#beginning(entry) : new Uint8Array()
  }

  #typeOf({ kind }: Entry): ObjectType {
    const type = TYPES[kind]
    if (type === undefined) throw new Error(`${this.#file} has an object of no known type`)
    return type
  }

  #keep(offset: number, object: GitObject): void {
    this.#bases.set(offset, object)
    this.#baseBytes += object.bytes.length
    for (const [oldest, { bytes }] of this.#bases) {
      if (this.#baseBytes <= KEPT_BASE_BYTES) break
      this.#bases.delete(oldest)
      this.#baseBytes -= bytes.length
    }
  }

  #entryAt(offset: number): Entry {
    const head = this.#bytes(offset, 32 + this.#hashBytes)
    let at = 0
    const next = (): number => {
      const byte = head[at++]
      if (byte === undefined || at > 32) throw new Error(`${this.#file} is damaged`)
      return byte
    }
    let byte = next()
    const kind = (byte >> 4) & 7
    let size = byte & 15
    for (let factor = 16; byte >= 0x80; factor *= 0x80) {
      byte = next()
      size += (byte & 0x7f) * factor
    }
    if (kind === OFFSET_DELTA) {
      byte = next()
      let back = byte & 0x7f
      while (byte >= 0x80) {
        byte = next()
        back = (back + 1) * 0x80 + (byte & 0x7f)
      }
      if (back <= 0 || back > offset) throw new Error(`${this.#file} is damaged`)
      return { kind, size, data: offset + at, base: offset - back }
    }
    if (kind !== NAMED_DELTA) return { kind, size, data: offset + at }
    const base = this.index.offsetOf(head.toString('hex', at, at + this.#hashBytes))
    if (base === undefined) throw new Error(`${this.#file} has a delta without its base`)
    return { kind, size, data: offset + at + this.#hashBytes, base }
  }

  /** How long the compressed bytes are is not said: more is read until they are enough. */
  #inflate({ size, data }: Entry, limit: number): Uint8Array {
    if (size > limit) throw new Error(`an object has ${size} bytes, the limit is ${limit}`)
    for (let guess = size + (size >> 8) + 256; ; guess *= 2) {
      const compressed = this.#bytes(data, guess)
      try {
        const bytes = inflateSync(compressed, { maxOutputLength: Math.max(size, 1) })
        if (bytes.length !== size) throw new Error(`${this.#file} is damaged`)
        return bytes
      } catch (thrown) {
        if (compressed.length < guess || guess > 4 * (size + 1024)) throw thrown
      }
    }
  }

  #beginning({ data }: Entry): Uint8Array {
    return inflateSync(this.#bytes(data, 1024), { finishFlush: zlib.Z_SYNC_FLUSH })
  }

  /** Fewer at the end of the file. */
  #bytes(position: number, length: number): Buffer {
    const start = Math.floor(position / WINDOW_BYTES) * WINDOW_BYTES
    if (position + length > start + WINDOW_BYTES) return readAt(this.#file, position, length, false)
    let window = this.#windows.get(start)
    if (!window) {
      window = readAt(this.#file, start, WINDOW_BYTES, false)
      this.#windows.set(start, window)
      const [oldest] = this.#windows.keys()
      if (this.#windows.size > KEPT_WINDOWS && oldest !== undefined) this.#windows.delete(oldest)
    }
    return window.subarray(position - start, position - start + length)
  }
}
