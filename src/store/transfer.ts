/**
 * A store as one file, to hand on: a line with the format, then of each value a line with key, size and digest, and its bytes; at the
 * end a line with how many there were, so that a file that is cut short is known for it. The whole is checked before anything is kept.
 */
import { createHash, randomBytes } from 'node:crypto'
import { closeSync, fsyncSync, openSync, readSync, renameSync, rmSync, writeSync } from 'node:fs'
import { messageOf } from '../base/index.js'
import type { Store } from './store.js'

const FORMAT = 'caps-store 1'
/** No head of a value is longer; what is, is no such file. */
const MOST_LINE = 64 * 1024

/** Why a file is none that was exported, or none of this format. */
export class TransferFault extends Error {}

/** Writes what the store has, the least recently used first; the file is there whole or not at all. Gives the number of values. */
export async function exportStore(store: Store, path: string): Promise<number> {
  const written = `${path}.${process.pid}-${randomBytes(6).toString('hex')}.tmp`
  const handle = openSync(written, 'wx', 0o600)
  try {
    let entries = 0
    try {
      writeAll(handle, Buffer.from(`${FORMAT}\n`))
      for (const key of await store.keys()) {
        const value = await store.get(key)
        // Another process let it go meanwhile.
        if (!value) continue
        writeAll(handle, Buffer.from(`${JSON.stringify({ key, bytes: value.length, sha256: digestOf(value) })}\n`))
        writeAll(handle, value)
        entries++
      }
      writeAll(handle, Buffer.from(`${JSON.stringify({ entries })}\n`))
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    renameSync(written, path)
    return entries
  } catch (thrown) {
    rmSync(written, { force: true })
    throw thrown
  }
}

/** Keeps what the file has, beside what is there. Nothing of a file that is damaged. Throws TransferFault. */
export async function importStore(store: Store, path: string): Promise<number> {
  // Twice through the file, so that no more than one value is in memory.
  for (const entry of readEntries(path)) void entry
  let entries = 0
  for (const { key, value } of readEntries(path)) {
    await store.put(key, value)
    entries++
  }
  return entries
}

interface Value {
  readonly key: string
  readonly value: Uint8Array
}

function* readEntries(path: string): Generator<Value, void> {
  const handle = openSync(path, 'r')
  try {
    const reader = new Reader(handle)
    const format = reader.line()
    if (format !== FORMAT) {
      const isOther = format?.startsWith('caps-store ') === true
      throw new TransferFault(isOther ? `it is of the format ${format}, not ${FORMAT}` : 'it is no exported cache')
    }
    for (let entries = 0; ; entries++) {
      const head = headOf(reader.line())
      if ('entries' in head) {
        if (head.entries !== entries || !reader.isAtEnd())
          throw new TransferFault('its end does not fit what is before')
        return
      }
      const value = reader.take(head.bytes)
      if (digestOf(value) !== head.sha256)
        throw new TransferFault(`value ${entries + 1} has another digest than is told`)
      yield { key: head.key, value }
    }
  } finally {
    closeSync(handle)
  }
}

type Head = { readonly key: string; readonly bytes: number; readonly sha256: string } | { readonly entries: number }

function headOf(line: string | undefined): Head {
  if (line === undefined) throw new TransferFault('it is cut short')
  const { key, bytes, sha256, entries } = objectOf(line)
  if (typeof entries === 'number') return { entries }
  if (
    typeof key !== 'string' ||
    typeof sha256 !== 'string' ||
    typeof bytes !== 'number' ||
    !Number.isSafeInteger(bytes)
  ) {
    throw new TransferFault('the head of a value is damaged')
  }
  if (bytes < 0) throw new TransferFault('the head of a value is damaged')
  return { key, bytes, sha256 }
}

function objectOf(line: string): Readonly<Record<string, unknown>> {
  try {
    const parsed: unknown = JSON.parse(line)
    if (typeof parsed === 'object' && parsed !== null) return { ...parsed }
  } catch (thrown) {
    throw new TransferFault(`the head of a value is damaged: ${messageOf(thrown)}`)
  }
  throw new TransferFault('the head of a value is damaged')
}

const PIECE = 64 * 1024

/** Lines and bytes of a file, one after the other. */
class Reader {
  readonly #handle: number
  #ahead: Buffer = Buffer.alloc(0)

  constructor(handle: number) {
    this.#handle = handle
  }

  /** Undefined at the end of the file, also in the middle of a line. */
  line(): string | undefined {
    for (;;) {
      const end = this.#ahead.indexOf('\n')
      if (end >= 0) {
        const line = this.#ahead.toString('utf8', 0, end)
        this.#ahead = this.#ahead.subarray(end + 1)
        return line
      }
      if (this.#ahead.length > MOST_LINE) throw new TransferFault('it is no exported cache')
      if (!this.#more()) return undefined
    }
  }

  take(bytes: number): Buffer {
    const pieces: Buffer[] = []
    for (let left = bytes; left > 0; ) {
      if (this.#ahead.length === 0 && !this.#more()) throw new TransferFault('it is cut short')
      const piece = this.#ahead.subarray(0, left)
      pieces.push(piece)
      this.#ahead = this.#ahead.subarray(piece.length)
      left -= piece.length
    }
    return Buffer.concat(pieces)
  }

  isAtEnd(): boolean {
    return this.#ahead.length === 0 && !this.#more()
  }

  #more(): boolean {
    const piece = Buffer.alloc(PIECE)
    const read = readSync(this.#handle, piece)
    if (read > 0) this.#ahead = Buffer.concat([this.#ahead, piece.subarray(0, read)])
    return read > 0
  }
}

const digestOf = (value: Uint8Array): string => createHash('sha256').update(value).digest('hex')

function writeAll(handle: number, bytes: Uint8Array): void {
  for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
}
