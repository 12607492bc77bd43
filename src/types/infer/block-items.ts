/**
 * Items of a block (docs/resolution.md, 1.6). A block sees all its items from its start, those that macros among its
 * statements make as well: they are collected together, with the macros expanded, before anything in it is inferred.
 */
import {
  type BlockItem,
  collectBlock,
  type Expansion,
  expandMacro,
  type MacroStatement,
  type Source,
} from '../../names/index.js'
import type { Block, MacroCall } from '../../syntax/index.js'
import { addImpls } from '../impl-index.js'
import type { BodyContext } from './body-context.js'

/** Statement macros that were expanded already, by the text that the call stands in: two texts that are equal share their syntax. */
export type KnownExpansions = ReadonlyMap<Source, ReadonlyMap<MacroCall, Expansion>>
type GrowingExpansions = Map<Source, Map<MacroCall, Expansion>>

/** Makes the block's items known to what is inferred next; the expansions are those of a block that has none. */
export function enterBlock(cx: BodyContext, block: Block): KnownExpansions {
  const { source } = cx
  const items: BlockItem[] = []
  const calls: MacroStatement[] = []
  for (const stmt of block.stmts) {
    if (stmt.k === 'item') items.push({ item: stmt.item, source })
    else if (stmt.k === 'macro' && cx.holds(stmt.cfg)) calls.push({ call: stmt.call, source, cfg: stmt.cfg })
  }
  const expansions: GrowingExpansions = new Map()
  if (items.length === 0 && !calls.some(({ call }) => makesItems(cx, call, source, expansions))) return expansions
  enterItems(cx, items, calls)
  // What they make may be other things with the block's items in scope.
  return new Map()
}

/** Whether there are items among the statements that a call makes. */
function makesItems(cx: BodyContext, call: MacroCall, source: Source, known: GrowingExpansions): boolean {
  const expansion = expandMacro(cx.tcx.program, cx.module, source, call, 'statements')
  known.set(source, (known.get(source) ?? new Map<MacroCall, Expansion>()).set(call, expansion))
  if (expansion.k !== 'ok') return false
  return (expansion.fragment.stmts ?? []).some((stmt) => {
    if (stmt.k !== 'macro') return stmt.k === 'item'
    return cx.holds(stmt.cfg) && makesItems(cx, stmt.call, expansion.source, known)
  })
}

/**
 * Makes items known, and those that calls make. Items that were collected already lead to the module that they are in.
 * `behind` is where the call ends that made them.
 */
export function enterItems(
  cx: BodyContext,
  items: readonly BlockItem[],
  calls: readonly MacroStatement[],
  behind?: { readonly source: Source; readonly at: number },
): void {
  if (items.length === 0 && calls.length === 0) return
  const inside = cx.module === cx.home ? cx.name : ''
  const module = collectBlock(cx.tcx.program, cx.module, { items, calls, inside, cfg: cx.cfg, behind })
  cx.module = module
  // Every macro statement of a block that makes items leads here again, with the same module.
  if (cx.blocks.has(module)) return
  cx.blocks.add(module)
  addImpls(
    cx.tcx,
    module.defs.filter((def) => def.kind === 'impl'),
  )
}
