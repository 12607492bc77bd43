/** `extern crate` and `extern` blocks (The Rust Reference, "Extern crates", "External blocks"). */
import type { ExternCrateItem, ForeignModItem, Item, TypeAliasItem } from '../syntax/ast.js'
import { attrValue, findAttr } from './attributes.js'
import { type ItemMacros, pendCall } from './collect-macros.js'
import { type CrateState, type ForeignBlock, type ItemPlace, lose } from './crate-state.js'
import { common, declare, under } from './declare.js'
import type { StaticDef, Vis } from './defs.js'
import { bind, exportedMacros } from './imports.js'
import type { Source } from './source.js'

/** Binds the crate; at the root also for all paths, with `#[macro_use]` its macros too. */
export function externCrateItem(
  state: CrateState,
  item: ExternCrateItem,
  source: Source,
  at: ItemPlace,
  vis: Vis,
): void {
  const name = item.alias ?? item.name
  const crate = item.name === 'self' ? state.crate : state.externs.get(item.name)
  if (!crate) {
    lose(state, 'unresolved import', `extern crate ${item.name}`, source, item.at)
    at.module.opaque = true
    return
  }
  if (name !== '_') {
    bind(at.module, name, 'types', { def: crate.root, vis, via: 'extern crate', cfg: state.cfg.and(at.cfg, item.cfg) })
    if (!at.module.parent) state.crate.externPrelude.set(name, crate)
  }
  const macroUse = findAttr(item.attrs, 'macro_use', state.cfg)
  if (!macroUse || crate === state.crate) return
  const only = macroUse.list && new Set(macroUse.list.map((part) => part.path))
  for (const [macro, binding] of exportedMacros(crate.root)) {
    if (!only || only.has(macro)) state.macroUsePrelude.set(macro, binding)
  }
}

/** What the block says of all its items. */
export function foreignBlock(state: CrateState, item: ForeignModItem): ForeignBlock {
  const link = findAttr(item.attrs, 'link', state.cfg)
  const library = link?.list?.find((part) => part.path === 'name')?.value
  return { abi: item.abi, ...(library === undefined ? {} : { library }) }
}

/** Functions, statics and types of other languages. */
export function collectForeign(
  state: CrateState,
  items: readonly Item[],
  source: Source,
  at: ItemPlace,
  block: ForeignBlock,
  macros: ItemMacros,
): void {
  for (const item of items) {
    if (!state.cfg.mayHold(item.cfg)) continue
    const base = { name: item.name, ...common(state, item, source, at) }
    if (item.k === 'macro call') {
      pendCall(state, { as: 'foreign items', call: item.call, source, at: under(at, base.cfg), foreign: block }, macros)
      continue
    }
    const linkName = attrValue(item.attrs, 'link_name', state.cfg)
    const foreign = { ...block, ...(linkName === undefined ? {} : { linkName }) }
    if (item.k === 'fn')
      declare(state, at, { ...base, kind: 'fn', ast: item, container: undefined, foreign }, ['values'])
    else if (item.k === 'static')
      declare(state, at, { ...base, kind: 'static', ast: item, foreign } satisfies StaticDef, ['values'])
    else if (item.k === 'type')
      declare(state, at, { ...base, kind: 'foreign type', ast: item satisfies TypeAliasItem, variants: [] }, ['types'])
  }
}
