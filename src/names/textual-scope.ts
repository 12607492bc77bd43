/**
 * Textual scope of `macro_rules` (The Rust Reference, "Macro scoping"): a definition is seen by what comes after it in
 * the text, in nested modules too, and behind a module only when that is marked `#[macro_use]`.
 *
 * A scope is a chain of definitions, newest first. A call whose expansion is still open has a node of its own, so that
 * what it will define comes to stand at the right place. Places are remembered per source text, so that a call in a
 * body finds the scope of its own item.
 */
import type { MacroDef, Module } from './defs.js'
import type { Source } from './source.js'

export interface TextualScope {
  readonly parent: TextualScope | undefined
  readonly def?: MacroDef
  /** The end of the chain that an expansion left: it leads on to `parent` by itself. */
  output?: TextualScope
}

/** The newest definition of that name. */
export function lookupTextual(scope: TextualScope | undefined, name: string): MacroDef | undefined {
  for (let at = scope; at; at = at.output ?? at.parent) {
    if (at.output) continue
    if (at.def?.name === name) return at.def
  }
  return undefined
}

/** Scopes by place: for each source, where an item begins and what is in scope there. */
export interface TextualTable {
  readonly crate: Map<Source, Marks>
  readonly blocks: Map<Module, Map<Source, Marks>>
}
interface Marks {
  readonly at: number[]
  readonly scopes: (TextualScope | undefined)[]
}

export function newTextualTable(): TextualTable {
  return { crate: new Map(), blocks: new Map() }
}

/** Remembers what is in scope for the item that begins at `at`. Items of one source come in order. */
export function markTextual(
  table: TextualTable,
  module: Module,
  source: Source,
  at: number,
  scope: TextualScope | undefined,
): void {
  const bySource = module.block ? (table.blocks.get(module) ?? new Map<Source, Marks>()) : table.crate
  if (module.block) table.blocks.set(module, bySource)
  const marks = bySource.get(source) ?? { at: [], scopes: [] }
  bySource.set(source, marks)
  const last = marks.scopes.length - 1
  if (last >= 0 && marks.scopes[last] === scope && (marks.at[last] as number) <= at) return
  marks.at.push(at)
  marks.scopes.push(scope)
}

/** What is in scope at a place inside of an item of `module`. */
export function textualAt(table: TextualTable, module: Module, source: Source, at: number): TextualScope | undefined {
  for (let inside: Module | undefined = module; inside; inside = inside.parent) {
    const bySource = inside.block ? table.blocks.get(inside) : table.crate
    if (!bySource) continue
    for (let text: Source | undefined = source, offset = at; text; ) {
      const marks = bySource.get(text)
      const found = marks && scopeBefore(marks, offset)
      // A call before the block's first item sees what the block sees.
      if (found) return found.scope
      if (text.origin.k === 'file') break
      offset = text.origin.callAt
      text = text.origin.callSource
    }
    if (!inside.block) break
  }
  return undefined
}

function scopeBefore(marks: Marks, at: number): { readonly scope: TextualScope | undefined } | undefined {
  let found = -1
  // Not sorted when one file is mounted twice; the later mount wins, as it sees no less.
  for (let i = 0; i < marks.at.length; i++) {
    const start = marks.at[i] as number
    if (start <= at && (found < 0 || start >= (marks.at[found] as number))) found = i
  }
  return found < 0 ? undefined : { scope: marks.scopes[found] }
}
