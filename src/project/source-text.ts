/** Bytes to text as rustc reads a source file: UTF-8 or nothing, a byte order mark left away. */
import { MAX_FILE_BYTES } from './limits.js'
import type { SourceText } from './workspace.js'

const decoder = new TextDecoder('utf-8', { fatal: true })

/** The text of a file's bytes; what cannot be text comes back as '' with a `problem`. */
export function decodeSource(bytes: Uint8Array): SourceText {
  if (bytes.byteLength > MAX_FILE_BYTES) return tooLarge(bytes.byteLength)
  try {
    return { text: decoder.decode(bytes) }
  } catch {
    return { text: '', problem: 'is not UTF-8' }
  }
}

/** What stands for a file that is not read because of its size in bytes. */
export function tooLarge(size: number): SourceText {
  return { text: '', problem: `is too large to be read: ${size} bytes, the limit is ${MAX_FILE_BYTES}` }
}
