/** Traits, impls and their items. An impl has no name; its items are found through its type, which is types' work. */
import type { ImplItem, Item, TraitItem } from '../syntax/index.js'
import { activeItems } from './active-items.js'
import { noteAttributeMacros } from './collect-attributes.js'
import { type ItemMacros, pendCall } from './collect-macros.js'
import type { AssocSink, CrateState, ItemPlace } from './crate-state.js'
import { common, declare } from './declare.js'
import type { AssocDef, ImplDef, TraitDef } from './defs.js'
import type { Source } from './source.js'

export type Base = ReturnType<typeof common> & { readonly name: string }

export function collectContainer(
  state: CrateState,
  item: TraitItem | ImplItem,
  source: Source,
  at: ItemPlace,
  base: Base,
  macros: ItemMacros,
): void {
  const items: AssocDef[] = []
  if (item.k === 'trait') {
    const def: TraitDef = { ...base, kind: 'trait', ast: item, items }
    declare(state, at, def, ['types'])
    collectAssoc(state, item.items, source, { ...at, cfg: def.cfg }, { container: def, items }, macros)
    return
  }
  const def: ImplDef = { ...base, kind: 'impl', ast: item, items }
  addImpl(state, at, def)
  collectAssoc(state, item.items, source, { ...at, cfg: def.cfg }, { container: def, items }, macros)
}

/** Lists an impl with its module and crate. */
export function addImpl(state: CrateState, at: ItemPlace, def: ImplDef): void {
  at.module.impls.push(def)
  state.sink.impls.push(def)
  state.sink.defs.push(def)
}

/** Lists an item with its impl or trait: of those that builds have in one place the plain build's, which knows the others. */
function addItem(state: CrateState, into: AssocSink, def: AssocDef, item: Item): void {
  const index = into.items.findIndex((other) => other.name === def.name && other.kind === def.kind)
  const other = into.items[index]
  if (!other || !(state.cfg.isOpen(item.cfg) || state.cfg.isOpen(other.cfg))) {
    into.items.push(def)
    return
  }
  const first = state.cfg.holds(item.cfg) && !state.cfg.holds(other.cfg) ? def : other
  const second = first === def ? other : def
  into.items[index] = first
  const others = [...(first.otherBuilds ?? []), second, ...(second.otherBuilds ?? [])]
  // The two are of one kind.
  Object.assign(first, { otherBuilds: others })
}

/** Makes definitions of the items of an impl or trait. */
export function collectAssoc(
  state: CrateState,
  items: readonly Item[],
  source: Source,
  at: ItemPlace,
  into: AssocSink,
  macros: ItemMacros,
): void {
  for (const item of activeItems(state.cfg, items)) {
    noteAttributeMacros(state, item, source, at)
    const { container } = into
    const base = { name: item.name, ...common(state, item, source, at) }
    // Items of a trait, and of its impls, are as visible as the trait.
    const vis = container.kind === 'trait' || container.ast.trait ? ('public' as const) : base.vis
    let def: AssocDef
    if (item.k === 'fn') def = { ...base, vis, kind: 'fn', ast: item, container }
    else if (item.k === 'const') def = { ...base, vis, kind: 'const', ast: item, container }
    else if (item.k === 'type') def = { ...base, vis, kind: 'alias', ast: item, container }
    else {
      if (item.k === 'macro call') {
        const as = container.kind === 'trait' ? 'trait items' : 'impl items'
        pendCall(state, { as, call: item.call, source, at: { ...at, cfg: base.cfg }, into }, macros)
      }
      continue
    }
    addItem(state, into, def, item)
    state.sink.defs.push(def)
  }
}
