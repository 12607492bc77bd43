/**
 * Items inside of blocks (RESOLUTION.md §1.7): an anonymous module below the one that the body sees, made when the body
 * is looked at and kept. `const _: () = { .. }` is looked at when its crate is built, as the impls in it hold everywhere.
 */
import type { Expr, Item, Stmt } from '../syntax/ast.js'
import { readBody } from '../syntax/index.js'
import { collectItems } from './collect.js'
import { type CrateState, type ItemPlace, newModule, type OwnModule, stateOf } from './crate-state.js'
import type { ConstDef, Def, ImplDef, Module, Program } from './defs.js'
import { ITEM_MACROS, settle } from './settle.js'
import type { Source } from './source.js'
import { textualAt } from './textual-scope.js'

/** A block's item and the text it stands in. */
export interface BlockItem {
  readonly item: Item
  readonly source: Source
}
/** An anonymous module, and everything in it that has a body or members. */
export interface BlockModule extends Module {
  readonly defs: readonly Def[]
}

/**
 * The module of a block's items. `parent` is the module that the block itself sees. The same items give the same module.
 * `use`s, macros and impls count; modules in files do not occur in blocks. `inside` is the function's name, which the
 * paths of its items hold.
 */
export function collectBlock(_program: Program, parent: Module, items: readonly BlockItem[], inside = ''): BlockModule {
  return collectBlockOf(stateOf(parent.crate), parent, items, inside)
}

function collectBlockOf(state: CrateState, parent: Module, items: readonly BlockItem[], inside = ''): BlockModule {
  const first = items[0]
  const key = `${parent.id} ${first ? `${first.source.id} ${first.item.at} ${items.length}` : ''}`
  const known = state.blocks.get(key)
  if (known) return known
  const defs: Def[] = []
  const impls: ImplDef[] = []
  const source = first?.source ?? parent.source
  const module = newModule(
    state,
    parent as OwnModule,
    { name: inside, source, attrs: [], cfg: parent.cfg, vis: parent, block: true },
    undefined,
  )
  const block: BlockModule = Object.assign(module, { defs }) as unknown as BlockModule
  state.blocks.set(key, block)
  const outer = state.sink
  state.sink = { defs, impls }
  const scope = first ? textualAt(state.textual, parent, first.source, first.item.at) : undefined
  const place: ItemPlace = { module, cfg: parent.cfg, textual: { scope }, depth: 0 }
  for (const { item, source: from } of items) collectItems(state, [item], from, place, ITEM_MACROS)
  settle(state)
  state.sink = outer
  return block
}

/** Collects the blocks of `const _: () = { .. }`; their impls become the crate's. */
export function collectUnnamedConsts(state: CrateState): void {
  // The list grows while it is walked: such blocks nest.
  for (let i = 0; i < state.crate.defs.length; i++) {
    const def = state.crate.defs[i]
    if (def?.kind !== 'const' || def.name !== '_' || def.container || def.ast.body === undefined) continue
    const items = itemsOf(def, def.ast.body)
    if (items.length === 0) continue
    const block = collectBlockOf(state, def.module, items)
    for (const inner of block.defs) {
      if (inner.kind === 'impl') state.crate.impls.push(inner)
      state.crate.defs.push(inner)
    }
  }
}

function itemsOf(def: ConstDef, ref: number): readonly BlockItem[] {
  const body: Expr = readBody(def.source.facts, ref)
  if (body.k !== 'block') return []
  return body.stmts.flatMap((stmt: Stmt) => (stmt.k === 'item' ? [{ item: stmt.item, source: def.source }] : []))
}
