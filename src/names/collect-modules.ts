/** Modules, in braces or in files of their own (The Rust Reference, "Modules"). */
import { type CfgExpr, cfgAnd } from '../base/index.js'
import type { Attr, Item, ModItem } from '../syntax/index.js'
import { cfgOf } from '../syntax/index.js'
import { attrChoices, hasAttr } from './attributes.js'
import { type CrateState, type ItemPlace, lose, newModule } from './crate-state.js'
import { visibility } from './declare.js'
import type { Module } from './defs.js'
import { bind } from './imports.js'
import { MODULE_DEPTH_LIMIT } from './load-files.js'
import { type IsLink, inlineDir, type ModuleDir, moduleFiles } from './module-files.js'
import type { Source } from './source.js'

/** Collects a module's items: given, since a module may be among the items of another. */
export type Collect = (items: readonly Item[], source: Source, at: ItemPlace) => void

/** Makes the module, or one for each file that builds for the target have in its place. */
export function collectModule(state: CrateState, item: ModItem, source: Source, at: ItemPlace, collect: Collect): void {
  for (const { meta, cfg } of attrChoices(item.attrs, 'path', state.cfg)) {
    const under = { ...at, cfg: state.cfg.and(at.cfg, cfg) }
    collectModuleAt(state, item, source, under, collect, meta?.value)
  }
}

/** Makes the module and collects what is in it; one whose file is missing is empty and may hold anything. */
function collectModuleAt(
  state: CrateState,
  item: ModItem,
  source: Source,
  at: ItemPlace,
  collect: Collect,
  pathAttr: string | undefined,
): void {
  const found = item.items
    ? { dir: at.module.dir && inlineDir(at.module.dir, item.name, pathAttr, linksOf(state)), source }
    : findFile(state, item, at, source, pathAttr)
  const inner = found?.source ?? source
  const innerAttrs = item.items ? item.innerAttrs : (found?.source.facts.attrs ?? [])
  const attrs = [...item.attrs, ...innerAttrs]
  const fileCfg = innerCfg(innerAttrs, inner)
  if (!state.cfg.mayHold(fileCfg)) return
  const cfg = state.cfg.and(state.cfg.and(at.cfg, item.cfg), fileCfg)
  const vis = visibility(state, item.vis, source, item.at, at.module)
  const module = newModule(
    state,
    at.module,
    { name: item.name, source: inner, attrs, cfg, vis, block: false, item },
    found?.dir,
  )
  bind(at.module, item.name, 'types', { def: module as Module, vis, via: 'decl', cfg })
  if (!found) {
    module.opaque = true
    return
  }
  if (at.depth >= MODULE_DEPTH_LIMIT) {
    lose(state, 'limit', `modules are nested more than ${MODULE_DEPTH_LIMIT} deep`, source, item.at)
    return
  }
  const place: ItemPlace = { module, cfg, textual: { scope: at.textual.scope }, depth: at.depth + 1 }
  collect(item.items ?? inner.facts.items, inner, place)
  if (hasAttr(attrs, 'macro_use', state.cfg)) at.textual.scope = place.textual.scope
}

interface ModuleText {
  readonly source: Source
  readonly dir: ModuleDir | undefined
}

function findFile(
  state: CrateState,
  item: ModItem,
  at: ItemPlace,
  source: Source,
  pathAttr: string | undefined,
): ModuleText | undefined {
  const candidates = at.module.dir ? moduleFiles(at.module.dir, item.name, pathAttr, linksOf(state)) : []
  for (const candidate of candidates) {
    const file = state.program.files.get(state.packageId, candidate.path)
    if (!file) continue
    noteFileProblems(state, file.source, file.problem)
    return { source: file.source, dir: candidate.dir }
  }
  const tried = candidates.map((candidate) => candidate.path).join(' or ')
  lose(
    state,
    'missing file',
    `mod ${item.name}: ${tried === '' ? 'a path outside the package' : tried}`,
    source,
    item.at,
  )
  return undefined
}

const linksOf = (state: CrateState): IsLink => state.program.files.isLink(state.packageId)

/** Characters that make a text look other than it is compiled: bidirectional controls, zero width. */
const TEXT_TRICKS = /[\u202A-\u202E\u2066-\u2069\u200B\u2060]/g

/** Records what of a file could not be read. */
export function noteFileProblems(state: CrateState, source: Source, problem?: string): void {
  source.visits?.mounted(source, (cfg) => state.cfg.mayHold(cfg))
  if (problem !== undefined) lose(state, 'unreadable file', problem, source, 0)
  for (const { index } of source.text.matchAll(TEXT_TRICKS)) {
    lose(state, 'text trick', `U+${source.text.charCodeAt(index).toString(16).toUpperCase()}`, source, index)
  }
  for (const error of source.facts.errors) {
    lose(
      state,
      'syntax error',
      source.text.slice(error.at, Math.min(error.end, error.at + 60)),
      source,
      error.at,
      error.end,
    )
    source.visits?.noteAll(source, error.at, error.end, 'told')
  }
}

/** `#![cfg(..)]` at the top of a module. */
function innerCfg(attrs: readonly Attr[], source: Source): CfgExpr | undefined {
  let cfg: CfgExpr | undefined
  for (const attr of attrs) {
    const part = attr.meta.path === 'cfg' && !attr.cfg ? attr.meta.list?.[0] : undefined
    if (part) cfg = cfgAnd(cfg, cfgOf(source.text, part))
  }
  return cfg
}
