/** `extern crate` and `extern` blocks (The Rust Reference, "Extern crates", "External blocks"). */
import { CFG_TRUE, type CfgExpr } from '../base/index.js'
import type { ExternCrateItem, ForeignModItem, Item, TypeAliasItem } from '../syntax/index.js'
import { attrChoices, findAttr } from './attributes.js'
import { join, meaningsOf } from './bindings.js'
import { noteAttributeMacros } from './collect-attributes.js'
import { type ItemMacros, pendCall } from './collect-macros.js'
import { type CrateState, type ForeignBlock, type ItemPlace, lose, type OwnBinding } from './crate-state.js'
import { common, declare, under } from './declare.js'
import type { Foreign, MacroDef, StaticDef, Vis } from './defs.js'
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
    state.lostNames.add(name)
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
    if (!only || only.has(macro)) useMacro(state, macro, binding, state.cfg.and(at.cfg, item.cfg))
  }
}

/** What it is used for in some builds alone leaves the name to what it meant before in the others. */
function useMacro(state: CrateState, name: string, binding: OwnBinding<MacroDef>, cfg: CfgExpr): void {
  const before = state.macroUsePrelude.get(name)
  const seen = meaningsOf(binding).map((each) => ({ ...each, cfg: state.cfg.and(cfg, each.cfg) }))
  // Like a name that comes by a glob, the one before counts where no other does.
  const older = meaningsOf(before).map((each): OwnBinding => ({ ...each, via: 'glob' }))
  const joined = join(state.cfg, CFG_TRUE, undefined, undefined, [...seen, ...older])
  if (joined) state.macroUsePrelude.set(name, joined as OwnBinding<MacroDef>)
}

/** What the block says of all its items. */
export function foreignBlock(state: CrateState, item: ForeignModItem): ForeignBlock {
  const link = findAttr(item.attrs, 'link', state.cfg)
  const library = link?.list?.find((part) => part.path === 'name')?.value
  return { abi: item.abi, ...(library === undefined ? {} : { library }) }
}

/** What the linker looks for. A name that is computed otherwise than by `concat!` of literals is a loss. */
function linkNames(
  state: CrateState,
  item: Item,
  source: Source,
): Pick<Foreign, 'linkName' | 'nameCfg' | 'otherNames'> {
  const choices = attrChoices(item.attrs, 'link_name', state.cfg)
  for (const { meta } of choices) {
    if (meta && meta.value === undefined)
      lose(state, 'unresolved macro', source.text.slice(meta.at, Math.min(meta.end, meta.at + 80)), source, meta.at)
  }
  const [first, ...others] = choices.map(({ meta, cfg }) => ({
    ...(meta?.value === undefined ? {} : { name: meta.value }),
    cfg,
  }))
  return {
    ...(first?.name === undefined ? {} : { linkName: first.name }),
    ...(first && first.cfg.k !== 'true' && { nameCfg: first.cfg }),
    ...(others.length > 0 ? { otherNames: others } : {}),
  }
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
    noteAttributeMacros(state, item, source, under(at, base.cfg))
    const foreign = { ...block, ...linkNames(state, item, source) }
    if (item.k === 'fn')
      declare(state, at, { ...base, kind: 'fn', ast: item, container: undefined, foreign }, ['values'])
    else if (item.k === 'static')
      declare(state, at, { ...base, kind: 'static', ast: item, foreign } satisfies StaticDef, ['values'])
    else if (item.k === 'type')
      declare(state, at, { ...base, kind: 'foreign type', ast: item satisfies TypeAliasItem, variants: [] }, ['types'])
  }
}
