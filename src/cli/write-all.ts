/**
 * The bytes of a text into a file descriptor, all of them: a disk that fills up takes a part of a write and says nothing
 * before the next one. Knows no names of files and cleans nothing up.
 */
import { writeSync } from 'node:fs'
import { codeOf } from './system-error.js'

/** Chunks are joined up to this many characters before they are written. */
const BATCH_LENGTH = 1 << 16
/** How long to wait for a reader of a pipe that does not block, in milliseconds. */
const PAUSE_MS = 2

/** Writes the whole text. Throws the system's error for what could not be written. */
export function writeAll(descriptor: number, text: string): void {
  const bytes = Buffer.from(text)
  for (let at = 0; at < bytes.length; ) {
    try {
      at += writeSync(descriptor, bytes, at, bytes.length - at)
    } catch (thrown) {
      if (codeOf(thrown) !== 'EAGAIN') throw thrown
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS)
    }
  }
}

/** The chunks, joined to pieces of a size that is worth a write. */
export function* batches(chunks: Iterable<string>): Generator<string> {
  let batch = ''
  for (const chunk of chunks) {
    batch += chunk
    if (batch.length >= BATCH_LENGTH) {
      yield batch
      batch = ''
    }
  }
  if (batch !== '') yield batch
}
