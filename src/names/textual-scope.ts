/**
 * Textual scope of `macro_rules` (The Rust Reference, "Macro scoping"): a definition is seen by what comes after it in
 * the text, in nested modules too, and behind a module only when that is marked `#[macro_use]`.
 *
 * A scope is a chain of definitions, newest first. A call whose expansion is still open has a node of its own, so that
 * what it will define comes to stand at the right place. Places are remembered per source text, so that a call in a
 * body finds the scope of its own item.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, cfgAnd, checked } from '../base/index.js'
import type { CrateCfg } from './crate-cfg.js'
import type { MacroDef, Module } from './defs.js'
import type { Source } from './source.js'

export interface TextualScope {
  readonly parent: TextualScope | undefined
  readonly def?: MacroDef
  /** The end of the chain that an expansion left: it leads on to `parent` by itself. */
  output?: TextualScope
}

/** A definition and its condition; without a definition: that the name means none. */
export interface TextualMeaning {
  readonly def?: MacroDef
  readonly cfg: CfgExpr
}

/**
 * The newest definition of that name; one that is there in some builds alone leaves the ones before it to the others. Those
 * of a plain build come first.
 */
export function textualMeanings(
  scope: TextualScope | undefined,
  name: string,
  cfg: CrateCfg,
): readonly TextualMeaning[] {
  const out: TextualMeaning[] = []
  let rest: CfgExpr = CFG_TRUE
  for (let at = scope; at; at = at.output ?? at.parent) {
    if (at.output || at.def?.name !== name) continue
    const { def } = at
    if (!cfg.isOpen(def.cfg)) {
      if (out.length === 0) return [{ def, cfg: CFG_TRUE }]
      out.push({ def, cfg: rest })
      rest = CFG_FALSE
      break
    }
    out.push({ def, cfg: cfgAnd(rest, def.cfg) })
    rest = cfgAnd(rest, { k: 'not', of: def.cfg })
    if (!cfg.mayHold(rest)) break
  }
  if (out.length === 0) return out
  const possible = out.filter((each) => cfg.mayHold(each.cfg))
  if (cfg.mayHold(rest)) possible.push({ cfg: rest })
  return possible.sort((a, b) => Number(cfg.holds(b.cfg)) - Number(cfg.holds(a.cfg)))
}

/**
 * Scopes by place: for each module and source, where an item begins and what is in scope there. One file may be part of
 * several modules, with other macros in scope in each.
 */
export type TextualTable = Map<Module, Map<Source, Marks>>
interface Marks {
  readonly at: number[]
  readonly scopes: (TextualScope | undefined)[]
}

export function newTextualTable(): TextualTable {
  return new Map()
}

/** Remembers what is in scope for the item that begins at `at`. Items of one source come in order. */
export function markTextual(
  table: TextualTable,
  module: Module,
  source: Source,
  at: number,
  scope: TextualScope | undefined,
): void {
  const bySource = table.get(module) ?? new Map<Source, Marks>()
  table.set(module, bySource)
  const marks = bySource.get(source) ?? { at: [], scopes: [] }
  bySource.set(source, marks)
  const last = marks.scopes.length - 1
  if (last >= 0 && marks.scopes[last] === scope && checked(marks.at[last]) <= at) return
  marks.at.push(at)
  marks.scopes.push(scope)
}

/** What is in scope at a place inside of an item of `module`. */
export function textualAt(table: TextualTable, module: Module, source: Source, at: number): TextualScope | undefined {
  for (let inside: Module | undefined = module; inside; inside = inside.parent) {
    const bySource = table.get(inside)
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
  }
  return undefined
}

function scopeBefore(marks: Marks, at: number): { readonly scope: TextualScope | undefined } | undefined {
  let found = -1
  // Not sorted when one file is included twice in a module; the later one wins, as it sees no less.
  for (let i = 0; i < marks.at.length; i++) {
    const start = checked(marks.at[i])
    if (start <= at && (found < 0 || start >= checked(marks.at[found]))) found = i
  }
  return found < 0 ? undefined : { scope: marks.scopes[found] }
}
