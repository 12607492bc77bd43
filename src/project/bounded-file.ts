/** Small text files named by a path: regular files only (a crate may put a device or a pipe there), and of bounded size. */
import { readFileSync, statSync } from 'node:fs'
import { MAX_MANIFEST_BYTES } from './limits.js'

/** The text of a manifest, lockfile or configuration file. Throws an Error when it cannot be read or is beyond the limit. */
export function readBoundedText(path: string): string {
  const stat = statSync(path)
  if (!stat.isFile()) throw new Error('it is not a regular file')
  if (stat.size > MAX_MANIFEST_BYTES) throw new Error(`it has ${stat.size} bytes, the limit is ${MAX_MANIFEST_BYTES}`)
  return readFileSync(path, 'utf8')
}
