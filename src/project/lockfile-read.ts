/** A lockfile from disk. */
import { messageOf, ProjectError } from '../base/index.js'
import { readBoundedText } from './bounded-file.js'
import { type Lockfile, parseLockfile } from './lockfile.js'

/** Reads and parses the lockfile at a path. `where` names it in errors. Throws ProjectError. */
export function readLockfile(path: string, where = path): Lockfile {
  let text: string
  try {
    text = readBoundedText(path)
  } catch (thrown) {
    throw new ProjectError(`The lockfile ${where} cannot be read`, messageOf(thrown), 'Check the path.')
  }
  return parseLockfile(text, where)
}
