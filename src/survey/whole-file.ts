/**
 * Files that are there whole or not at all, for several processes that write beside each other: the bytes are written under a name
 * of their own, synced and renamed. One that is killed leaves a file in the directory for unfinished ones, which nobody reads.
 */
import { randomBytes } from 'node:crypto'
import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  writeSync,
} from 'node:fs'
import { dirname, join } from 'node:path'
import { codeOf } from '../base/index.js'

/** Puts the bytes at the path, in the place of what was there. `unfinished`: a directory of the same file system. */
export function writeWhole(path: string, bytes: Uint8Array, unfinished: string): void {
  put(bytes, unfinished, (written) => {
    mkdirSync(dirname(path), { recursive: true })
    renameSync(written, path)
  })
}

/** Puts the bytes at the path unless another was first; false when one was. */
export function writeFirst(path: string, bytes: Uint8Array, unfinished: string): boolean {
  return put(bytes, unfinished, (written) => {
    mkdirSync(dirname(path), { recursive: true })
    try {
      linkSync(written, path)
      return true
    } catch (thrown) {
      if (codeOf(thrown) === 'EEXIST') return false
      throw thrown
    } finally {
      rmSync(written, { force: true })
    }
  })
}

function put<T>(bytes: Uint8Array, unfinished: string, place: (written: string) => T): T {
  mkdirSync(unfinished, { recursive: true })
  const written = join(unfinished, `${process.pid}-${randomBytes(6).toString('hex')}`)
  try {
    const handle = openSync(written, 'wx')
    try {
      for (let at = 0; at < bytes.length; ) at += writeSync(handle, bytes, at)
      fsyncSync(handle)
    } finally {
      closeSync(handle)
    }
    return place(written)
  } catch (thrown) {
    rmSync(written, { force: true })
    throw thrown
  }
}

/** No write takes so long. */
const STALE_MS = 60 * 60 * 1000

/** Removes what killed processes left. */
export function sweepUnfinished(unfinished: string): void {
  for (const name of namesIn(unfinished)) {
    const path = join(unfinished, name)
    const found = statSync(path, { throwIfNoEntry: false })
    if (found && Date.now() - found.mtimeMs > STALE_MS) rmSync(path, { recursive: true, force: true })
  }
}

function namesIn(directory: string): readonly string[] {
  try {
    return readdirSync(directory)
  } catch (thrown) {
    if (codeOf(thrown) === 'ENOENT') return []
    throw thrown
  }
}
