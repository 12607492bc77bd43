/**
 * A syntax tree as the grammar gives it: every node with its kind by name, for whoever counts what stands in a text.
 *
 * What this deliberately does not do: know what a kind means, or leave one out. Lowering reads another tree (flat-tree.ts,
 * kinds.ts), which keeps what lowering knows; what that forgets must not be forgotten here too.
 */

import type { Tree } from 'web-tree-sitter'
import { checked } from '../base/index.js'
import { grammar } from './grammar.js'
import { chunk } from './parser-input.js'
import { withoutQuirks } from './source-quirks.js'
import { TAKES_LEFT, withEndedStatements } from './statement-macros.js'

export interface PlainNode {
  readonly kind: string
  /** Its field in the parent; '' for none. */
  readonly field: string
  readonly at: number
  readonly end: number
  readonly parent: PlainNode | undefined
  readonly children: readonly PlainNode[]
}

interface Growing extends PlainNode {
  readonly children: PlainNode[]
}

/** Kinds whose inside is tokens or text. */
const CLOSED: ReadonlySet<string> = new Set(['token_tree', 'attribute', 'string_literal', 'raw_string_literal'])

/** Reads `text` between two texts that frame it; offsets are into `text`, those of the frame outside of it. */
export function plainTree(
  text: string,
  before = '',
  behind = '',
): { readonly root: PlainNode; readonly errors: number } {
  const whole = read(text, before, behind)
  const ended = withEndedStatements(text, before, macrosAtLeft(whole.root))
  const first = ended === text ? whole : read(ended, before, behind)
  if (first.errors === 0) return first
  const mended = withoutQuirks(ended)
  if (mended === ended) return first
  const second = read(mended, before, behind)
  return second.errors < first.errors ? second : first
}

/** The macro calls that begin an expression which could go on behind a statement, in the order of the text. */
function* macrosAtLeft(root: PlainNode): Generator<PlainNode> {
  const stack = [root]
  for (let node = stack.pop(); node; node = stack.pop()) {
    const { kind, parent, at } = node
    if (kind === 'macro_invocation' && parent && TAKES_LEFT.has(parent.kind) && parent.at === at) yield node
    for (let index = node.children.length - 1; index >= 0; index--) stack.push(checked(node.children[index]))
  }
}

function read(text: string, before: string, behind: string): { readonly root: PlainNode; readonly errors: number } {
  const { parser } = grammar()
  const whole = before + text + behind
  const tree = parser.parse((index) => chunk(whole, index))
  if (!tree) throw new Error('syntax: the parser gave up')
  try {
    return grown(tree, before.length)
  } finally {
    tree.delete()
  }
}

function grown(tree: Tree, base: number): { readonly root: PlainNode; readonly errors: number } {
  const cursor = tree.walk()
  let errors = 0
  const node = (parent: Growing | undefined): Growing => {
    if (cursor.nodeType === 'ERROR' || cursor.nodeIsMissing) errors++
    const made: Growing = {
      kind: cursor.nodeType,
      field: cursor.currentFieldName ?? '',
      at: cursor.startIndex - base,
      end: cursor.endIndex - base,
      parent,
      children: [],
    }
    parent?.children.push(made)
    return made
  }
  const root = node(undefined)
  const open: Growing[] = []
  let last = root
  try {
    for (;;) {
      if (!CLOSED.has(last.kind) && cursor.gotoFirstChild()) {
        open.push(last)
        last = node(last)
        continue
      }
      while (!cursor.gotoNextSibling()) {
        if (!open.pop()) return { root, errors }
        cursor.gotoParent()
      }
      last = node(open[open.length - 1])
    }
  } finally {
    cursor.delete()
  }
}
