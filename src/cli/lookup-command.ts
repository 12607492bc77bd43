/** `caps lookup`: a JSON line a path, in the order given. */
import { text } from 'node:stream/consumers'
import { escapedJson } from '../report/escape.js'
import { lookup } from '../wiring/lookup.js'
import { writeOutput } from './output.js'

export interface LookupArguments {
  readonly paths: readonly string[]
  readonly capabilityMap: readonly string[] | undefined
}

/** Paths from the arguments, or else a line each from stdin. */
export async function lookupCommand(given: LookupArguments): Promise<void> {
  const paths = given.paths.length > 0 ? given.paths : linesOf(await text(process.stdin))
  await writeOutput(jsonLines(lookup(paths, given.capabilityMap ?? [])))
}

const linesOf = (input: string): string[] => input.split(/\r?\n/).filter((line) => line.trim() !== '')

function* jsonLines(records: Iterable<object>): Generator<string> {
  for (const record of records) yield `${escapedJson(record)}\n`
}
