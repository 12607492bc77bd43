/** `caps lookup`: a JSON line a path, in the order given. */
import { text } from 'node:stream/consumers'
import { escapedJson, escapeText } from '../report/escape.js'
import { fitList } from '../report/layout.js'
import { lookup } from '../wiring/lookup.js'
import { UsageError } from './error-message.js'
import { writeOutput } from './output.js'
import { tellLines } from './stderr.js'

/** Columns for the names of paths: from stdin there may be thousands. */
const MAX_NAMES_COLUMNS = 200

export interface LookupArguments {
  readonly paths: readonly string[]
  readonly capabilityMap: readonly string[] | undefined
}

/** Paths from the arguments, or else a line each from stdin. */
export async function lookupCommand(given: LookupArguments): Promise<void> {
  if (given.paths.length === 0 && process.stdin.isTTY) {
    throw new UsageError(
      'No path was named',
      'a terminal hands none over either: without arguments they are read from stdin, a line each',
      'Write `caps lookup std::fs::read`, or pipe the paths in.',
    )
  }
  const paths = given.paths.length > 0 ? given.paths : linesOf(await text(process.stdin))
  const found = lookup(paths, given.capabilityMap ?? [])
  await writeOutput(jsonLines(found.map(({ path, capabilities }) => ({ path, capabilities }))))
  const unnamed = found.flatMap(({ path, named }) => (named ? [] : [path]))
  if (unnamed.length > 0) tellLines(`${unnamedText(unnamed)}\n`)
}

/** An empty list is an answer about a function; of a name that is misspelled it is none. */
function unnamedText(paths: readonly string[]): string {
  const names = fitList([...new Set(paths)].map(escapeText), MAX_NAMES_COLUMNS)
  return `No map names ${names}: a function with no capability of its own, or none that there is. Check the spelling.`
}

const linesOf = (input: string): string[] => input.split(/\r?\n/).filter((line) => line.trim() !== '')

function* jsonLines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield `${escapedJson(record)}\n`
}
