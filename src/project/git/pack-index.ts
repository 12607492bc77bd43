/**
 * The index of a pack: where in it an object begins. Only what is asked for is read: the table of first bytes, and the
 * names that begin with such a byte.
 */
import { closeSync, fstatSync, openSync, readSync } from 'node:fs'

const FANOUT_AT = 8
const FANOUT_BYTES = 256 * 4
const VERSION = 2
/** From here on an offset is the number of one in the table of large ones. */
const LARGE = 0x80000000

export class PackIndex {
  readonly #file: string
  readonly #hashBytes: number
  #fanout: Buffer | undefined
  readonly #names = new Map<number, Buffer>()
  readonly #offsets = new Map<number, Buffer>()

  constructor(file: string, hashBytes: number) {
    this.#file = file
    this.#hashBytes = hashBytes
  }

  /** Where the object begins in the pack; undefined when it is not in it. Throws an Error when the index is damaged. */
  offsetOf(oid: string): number | undefined {
    const wanted = Buffer.from(oid, 'hex')
    const first = wanted[0] ?? 0
    const names = this.#namesOf(first)
    let [low, high] = [0, names.length / this.#hashBytes]
    while (low < high) {
      const middle = (low + high) >> 1
      const order = names.compare(wanted, 0, wanted.length, middle * this.#hashBytes, (middle + 1) * this.#hashBytes)
      if (order === 0) return this.#offsetAt(first, middle)
      if (order < 0) low = middle + 1
      else high = middle
    }
    return undefined
  }

  /** Names of objects that begin with some hex digits, at least two. */
  namesWith(prefix: string): readonly string[] {
    const names = this.#namesOf(Number.parseInt(prefix.slice(0, 2), 16))
    const found: string[] = []
    for (let at = 0; at < names.length; at += this.#hashBytes) {
      const name = names.toString('hex', at, at + this.#hashBytes)
      if (name.startsWith(prefix)) found.push(name)
    }
    return found
  }

  #namesOf(first: number): Buffer {
    const known = this.#names.get(first)
    if (known) return known
    const [begin, end] = [this.#begin(first), this.#end(first)]
    if (end < begin) throw new Error(`${this.#file} is damaged`)
    const names = this.#read(FANOUT_AT + FANOUT_BYTES + begin * this.#hashBytes, (end - begin) * this.#hashBytes)
    this.#names.set(first, names)
    return names
  }

  #begin(first: number): number {
    return first === 0 ? 0 : this.#end(first - 1)
  }

  #end(first: number): number {
    this.#fanout ??= this.#readFanout()
    return this.#fanout.readUInt32BE(first * 4)
  }

  #readFanout(): Buffer {
    const head = this.#read(0, FANOUT_AT + FANOUT_BYTES)
    if (head.readUInt32BE(0) !== 0xff744f63 || head.readUInt32BE(4) !== VERSION) {
      throw new Error(`${this.#file} has a format that is not known; \`git repack -ad\` makes it anew`)
    }
    return head.subarray(FANOUT_AT)
  }

  /** Of the object that is the `nth` of those with this first byte. */
  #offsetAt(first: number, nth: number): number {
    const [begin, count] = [this.#begin(first), this.#end(255)]
    const table = FANOUT_AT + FANOUT_BYTES + count * (this.#hashBytes + 4)
    const offsets = this.#offsets.get(first) ?? this.#read(table + begin * 4, (this.#end(first) - begin) * 4)
    this.#offsets.set(first, offsets)
    const offset = offsets.readUInt32BE(nth * 4)
    if (offset < LARGE) return offset
    return Number(this.#read(table + count * 4 + (offset - LARGE) * 8, 8).readBigUInt64BE(0))
  }

  #read(position: number, length: number): Buffer {
    return readAt(this.#file, position, length, true)
  }
}

/** Bytes of a file at a place. Throws an Error when there are fewer, unless they need not be `all` there. */
export function readAt(path: string, position: number, length: number, all: boolean): Buffer {
  const file = openSync(path, 'r')
  try {
    const there = Math.max(0, Math.min(length, fstatSync(file).size - position))
    const bytes = Buffer.alloc(there)
    let read = 0
    while (read < there) {
      const more = readSync(file, bytes, read, there - read, position + read)
      if (more === 0) break
      read += more
    }
    if (all && read < length) throw new Error(`${path} is shorter than it says`)
    return bytes.subarray(0, read)
  } finally {
    closeSync(file)
  }
}
