/**
 * Reads of consts and statics. Their initialisers run at compile time or when they are first used, so what these refer
 * to is referred to by whoever reads them. Most initialisers are plain numbers: a reference to one that leads nowhere
 * says nothing and is left out.
 */
import { cfgAnd } from '../../base/index.js'
import type { Reference } from '../call-graph.js'
import type { OpenGraph, OpenNode, OpenReference, PlacedSite } from './open-graph.js'

export interface ReadAt {
  readonly at: PlacedSite
  readonly of: OpenNode
  readonly certainty: Reference['certainty']
}
/** The graph with that. */
type WithConstReads = OpenGraph & { readonly constReads: readonly ReadAt[] }

/** References to the initialisers that refer to something or have powers of their own. */
export function constReferences(state: WithConstReads): readonly OpenReference[] {
  const reads = state.constReads
  const readersOf = new Map<number, number[]>()
  for (const { at, of } of reads) {
    const readers = readersOf.get(of.id)
    if (readers) readers.push(at.from)
    else readersOf.set(of.id, [at.from])
  }
  // Backwards from what leads somewhere, over reads of consts by consts.
  const leading = new Set<number>()
  for (const reference of state.references) leading.add(reference.from)
  for (const node of state.nodes) if (node.facts.length > 0) leading.add(node.id)
  for (const id of leading) for (const reader of readersOf.get(id) ?? []) leading.add(reader)
  return reads.filter(({ of }) => leading.has(of.id)).map(referenceOf)
}

function referenceOf({ at, of, certainty }: ReadAt): OpenReference {
  const item = of.kind === 'static' ? 'static' : 'const'
  const cfg = cfgAnd(at.cfg, of.cfg)
  return { ...at, cfg, callee: of.path, item, aliases: [], certainty, found: 'path', to: of.id }
}
