/**
 * Reads of consts and statics. Their initialisers run at compile time or when they are first used, so what these refer
 * to is referred to by whoever reads them. Most initialisers are plain numbers: a reference to one that leads nowhere
 * says nothing and is left out.
 */

import { cfgAnd } from '../base/index.js'
import type { ConstDef, StaticDef } from '../names/defs.js'
import type { GraphState, OpenNode, OpenReference } from './graph-state.js'

export interface ConstReads {
  readonly linked: { readonly at: OpenReference; readonly node: OpenNode }[]
  /** Of the Program that is being added, whose initialisers may have no nodes yet. */
  readonly open: { readonly at: OpenReference; readonly def: ConstDef | StaticDef }[]
}

/** Finds the nodes of the initialisers; to be called when all of a Program's crates have theirs. */
export function linkConstReads(state: GraphState): void {
  for (const { at, def } of state.constReads.open.splice(0)) {
    const node = state.nodeOfDef.get(def)
    if (node && node.id !== at.from) state.constReads.linked.push({ at, node })
  }
}

/** References to the initialisers that refer to something or have powers of their own. */
export function constReferences(state: GraphState): readonly OpenReference[] {
  const reads = state.constReads.linked
  const readersOf = new Map<number, number[]>()
  for (const { at, node } of reads) {
    const readers = readersOf.get(node.id)
    if (readers) readers.push(at.from)
    else readersOf.set(node.id, [at.from])
  }
  // Backwards from what leads somewhere, over reads of consts by consts.
  const leading = new Set<number>()
  for (const reference of state.references) leading.add(reference.from)
  for (const node of state.nodes) if (node.facts.length > 0) leading.add(node.id)
  for (const id of leading) for (const reader of readersOf.get(id) ?? []) leading.add(reader)
  return reads.filter(({ node }) => leading.has(node.id)).map(({ at, node }) => read(at, node))
}

function read(at: OpenReference, node: OpenNode): OpenReference {
  const item = node.kind === 'static' ? 'static' : 'const'
  return { ...at, cfg: cfgAnd(at.cfg, node.cfg), callee: node.path, item, found: 'path', target: node.id }
}
