/** A lockfile from disk. */
import { readFileSync } from 'node:fs'
import { messageOf, ProjectError } from './errors.js'
import { parseLockfile, type Lockfile } from './lockfile.js'

/** Reads and parses the lockfile at a path. Throws ProjectError. */
export function readLockfile(path: string): Lockfile {
  let text: string
  try {
    text = readFileSync(path, 'utf8')
  } catch (thrown) {
    throw new ProjectError(`The lockfile ${path} cannot be read`, messageOf(thrown), 'Check the path.')
  }
  return parseLockfile(text, path)
}
