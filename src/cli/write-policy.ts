/** Writes a caps.toml. The directory of a crate may be a stranger's: a link in it is no leave to write elsewhere. */
import { dirname, relative } from 'node:path'
import { escapeText } from '../report/escape.js'
import { writeOutput } from './output.js'

/** `named` is the file that the user named: then links are followed wherever they lead. Throws UsageError. */
export async function writePolicy(text: string, path: string, named: string | undefined): Promise<void> {
  await writeOutput([text], path, named === undefined ? { within: dirname(path) } : {})
}

/** A path as a person here would write it. */
export function shownPath(path: string): string {
  const here = relative(process.cwd(), path)
  return escapeText(here.startsWith('..') ? path : here)
}
