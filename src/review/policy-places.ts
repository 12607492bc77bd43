/**
 * In which line of a policy file a value stands: errors and results name it. Lines come from the syntax tree of the
 * library that also edits the file; nothing is judged here.
 */
import type { TomlDocument } from '@decimalturn/toml-patch'

/** Keys and array indexes from the document's root, as in a zod issue. */
export type ValuePath = readonly PropertyKey[]
/** The line (from 1) of a value, or of the nearest thing around it that has one. */
export type LineOf = (path: ValuePath) => number

/** What the nodes of the syntax tree that can be values have in common. */
interface Node {
  readonly loc: { readonly start: { readonly line: number } }
  /** Of a list or an inline table. */
  readonly items?: readonly { readonly item: Node }[]
  /** Of a pair in an inline table. */
  readonly key?: { readonly value: readonly string[] }
  readonly value?: unknown
}

const keyOf = (path: ValuePath): string => JSON.stringify(path.map(String))

/** The lines of a document. */
export function placesOf(document: TomlDocument): LineOf {
  const lines = new Map<string, number>()
  const elements = new Map<string, number>()
  for (const block of document.cst) {
    if ('value' in block) note(lines, block.key.value, block.value)
    if (!('items' in block)) continue
    const path: PropertyKey[] = [...block.key.item.value]
    if (String(block.type) === 'TableArray') {
      const index = elements.get(keyOf(path)) ?? 0
      if (index === 0) lines.set(keyOf(path), block.loc.start.line)
      elements.set(keyOf(path), index + 1)
      path.push(index)
    }
    lines.set(keyOf(path), block.loc.start.line)
    for (const row of block.items) if ('value' in row) note(lines, [...path, ...row.key.value], row.value)
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const line = lines.get(keyOf(path.slice(0, length)))
      if (line !== undefined) return line
    }
    return 1
  }
}

/** Elements of a list and keys of an inline table have lines of their own. */
function note(lines: Map<string, number>, path: ValuePath, node: Node): void {
  lines.set(keyOf(path), node.loc.start.line)
  node.items?.forEach(({ item }, index) => {
    if (item.key && isNode(item.value)) note(lines, [...path, ...item.key.value], item.value)
    else note(lines, [...path, index], item)
  })
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'loc' in value
