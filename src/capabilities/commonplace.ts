/**
 * What is done so often and so plainly that a reader need not look at it: `[[commonplace]]` of the maps. It is a hint for whoever
 * shows findings; nothing else hangs on it.
 */
import { globTest, type Stage } from '../base/index.js'
import type { Capability } from './capability.js'
import type { Resource } from './findings.js'
import type { CommonplaceRow } from './map-schema.js'

type Value = Pick<Resource, 'kind' | 'value' | 'known' | 'arguments' | 'tags'>

export class Commonplace {
  readonly #rows: readonly { readonly row: CommonplaceRow; readonly covers: (value: Value) => boolean }[]

  constructor(rows: readonly CommonplaceRow[]) {
    this.#rows = rows.map((row) => ({ row, covers: coveredBy(row) }))
  }

  /** Whether some row is about it: the others need not be asked. */
  speaksOf(capability: Capability, stage: Stage): boolean {
    return this.#rows.some(({ row }) => row.of === capability && row.stages.includes(stage))
  }

  /** Why all that it acts on is commonplace; undefined when something is not, or is not known. */
  reasonOf(capability: Capability, stage: Stage, values: readonly Value[]): string | undefined {
    const rows = this.#rows.filter(({ row }) => row.of === capability && row.stages.includes(stage))
    if (values.length === 0) return undefined
    const reasons = values.map((value) => rows.find(({ covers }) => covers(value))?.row.why)
    return reasons.includes(undefined) ? undefined : [...new Set(reasons)].join('; ')
  }
}

function coveredBy({
  programs = [],
  arguments: lists = [],
  variables = [],
}: CommonplaceRow): (value: Value) => boolean {
  const variableTests = variables.map((name) => globTest(name))
  const isProgram = new Set(programs)
  const isList = new Set(lists.map((words) => words.join('\0')))
  return ({ kind, value, known, arguments: more = [], tags }) => {
    if (known === 'unknown' || known === 'concealed' || tags !== undefined) return false
    if (kind === 'variable') return variableTests.some((test) => test(value))
    return kind === 'program' && isProgram.has(value) && isList.has(more.join('\0'))
  }
}
