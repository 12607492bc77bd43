/** The call graph as JSON Lines: a record a line, in the order of the graph. */
import { escapedJson } from './escape.js'
import type { GraphRecord } from './graph-records.js'

/** One line, `\n` included, a record. */
export function* graphJsonl(records: Iterable<GraphRecord>): Generator<string> {
  for (const record of records) yield `${escapedJson(record)}\n`
}
