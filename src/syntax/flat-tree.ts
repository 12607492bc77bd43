/**
 * A syntax tree as flat arrays, in the order of the text: what one walk of one tree-sitter cursor leaves behind.
 *
 * Lowering reads these arrays and never the tree, so the tree is freed at once, no node objects are made, and hostile
 * nesting cannot overflow the stack here. Comments, brackets and keywords that the shape already tells are left out,
 * and so is the inside of token trees, attributes and strings, which are read from their text.
 */

import type { Tree } from 'web-tree-sitter'
import { checked } from '../base/index.js'
import type { Grammar } from './grammar.js'
import { WALK, WALK_OF } from './kinds.js'

export interface FlatTree {
  /** Number of nodes; node 0 is the root, its first child is node 1. */
  count: number
  /** Our kind number (`K`). */
  kind: Uint8Array
  /** Our field number (`F`) in its parent. */
  field: Uint8Array
  start: Int32Array
  end: Int32Array
  /** The first node behind this one and all that is inside it. */
  after: Int32Array
}

const FIRST_CAPACITY = 1 << 16
/** Buffers of more nodes than this are not kept for the next file. */
const KEPT_CAPACITY = 1 << 22

let buffers = newBuffers(FIRST_CAPACITY)

function newBuffers(capacity: number): FlatTree {
  return {
    count: 0,
    kind: new Uint8Array(capacity),
    field: new Uint8Array(capacity),
    start: new Int32Array(capacity),
    end: new Int32Array(capacity),
    after: new Int32Array(capacity),
  }
}

function grown(old: FlatTree): FlatTree {
  const wider = newBuffers(old.kind.length * 2)
  wider.count = old.count
  wider.kind.set(old.kind)
  wider.field.set(old.field)
  wider.start.set(old.start)
  wider.end.set(old.end)
  wider.after.set(old.after)
  return wider
}

/**
 * Walks `tree`. Offsets have `base` subtracted. MISSING nodes, which have no text, are left out. The
 * result lives in shared buffers: it is good until the next call.
 */
export function flatten(tree: Tree, grammar: Grammar, base: number): FlatTree {
  const { kinds, fields } = grammar
  const broken = tree.rootNode.hasError
  const cursor = tree.walk()
  const open: number[] = []
  let flat = buffers
  flat.count = 0
  /** Whether the siblings that the cursor is among are told apart by their fields. */
  let inFields = false
  try {
    for (;;) {
      const kind = checked(kinds[cursor.nodeTypeId])
      const how = checked(WALK_OF[kind])
      if (how !== WALK.drop && !(broken && cursor.nodeIsMissing)) {
        if (flat.count === flat.kind.length) flat = grown(flat)
        const node = flat.count++
        flat.kind[node] = kind
        flat.field[node] = inFields ? checked(fields[cursor.currentFieldId]) : 0
        flat.start[node] = cursor.startIndex - base
        flat.end[node] = cursor.endIndex - base
        flat.after[node] = node + 1
        if (how >= WALK.bare && cursor.gotoFirstChild()) {
          open.push(node)
          inFields = how === WALK.fields
          continue
        }
      }
      while (!cursor.gotoNextSibling()) {
        const parent = open.pop()
        if (parent === undefined) {
          buffers = flat.kind.length > KEPT_CAPACITY ? newBuffers(FIRST_CAPACITY) : flat
          return flat
        }
        flat.after[parent] = flat.count
        cursor.gotoParent()
        inFields = open.length > 0 && WALK_OF[checked(flat.kind[checked(open[open.length - 1])])] === WALK.fields
      }
    }
  } finally {
    cursor.delete()
  }
}
