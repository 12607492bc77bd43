/**
 * Node names for graph formats that draw callees outside of the graph (std's functions, unknown ones) as nodes too:
 * `f7` for function 7, `x1`, `x2`, … for the others, by path, in the order in which they appear.
 */
import type { ReferenceRecord } from './graph-records.js'

export interface OuterNode {
  readonly node: string
  readonly label: string
  readonly capabilities: readonly string[]
  /** False when it was met before: it is declared only once. */
  readonly fresh: boolean
}

/** Gives the callee of a reference that leads out of the graph its node. */
export function outerNodes(): (reference: ReferenceRecord) => OuterNode {
  const known = new Map<string, string>()
  return (reference) => {
    const label = reference.callee ?? `unknown: ${reference.why ?? 'callee'}`
    const node = known.get(label)
    const fresh = node === undefined
    const name = node ?? `x${known.size + 1}`
    if (fresh) known.set(label, name)
    return { node: name, label, capabilities: reference.capabilities, fresh }
  }
}
