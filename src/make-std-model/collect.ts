/**
 * Walks one crate of std: finds the files of its modules, expands macros that stand where items stand, and keeps every
 * platform's alternative under its cfg. Nothing is resolved: a macro is found by textual scope, or else by its name.
 *
 * Reading files and expanding one macro are handed in. What could not be read or expanded is recorded, never dropped.
 */
import { type CfgExpr, cfgAnd } from '../base/index.js'
import {
  inlineDir,
  type ModuleDir,
  type ModuleFile,
  moduleFiles,
  ownDir,
  placeOf,
  type Source,
} from '../names/index.js'
import type { Attr, Item, MacroCall, MacroDefItem, ModItem, Span, TypeAliasItem } from '../syntax/index.js'
import { cfgOf } from '../syntax/index.js'
import { cfgSelectArms } from './cfg-select.js'
import { attributes, type ExpandedMembers, type StripContext, visibility } from './context.js'
import type { Expansion, ExpansionKind, StdCollection, StdMacro, StdReader } from './std-collection.js'
import { stripItem, underCfg } from './strip.js'
import type { MacroText, PlacedText, StdModule, StdTree } from './tree.js'
import { flattenUse } from './uses.js'

/** A macro call of a module that named no macro in textual scope; tried again by name when all macros are known. */
interface Deferred {
  readonly at: Place
  readonly call: MacroCall
  readonly source: Source
  readonly cfg: CfgExpr
}
interface Place {
  readonly module: StdModule
  readonly dir: ModuleDir
  /** Macros in textual scope; the newest definitions, and older ones where those are conditional. */
  readonly scope: Map<string, readonly StdMacro[]>
  readonly depth: number
}
interface Collector {
  readonly reader: StdReader
  readonly crate: string
  readonly earlier: readonly StdCollection[]
  readonly macros: Map<string, StdMacro[]>
  readonly macroTexts: Map<MacroDefItem, MacroText>
  deferred: Deferred[]
}

/** Expansions and modules nested deeper than this are not followed. */
const DEPTH_LIMIT = 128

/** Collects a crate. `earlier` are the crates it may take macros from. */
export function collectStdCrate(
  crate: {
    readonly name: string
    readonly root: string
    readonly edition: number
    readonly externs: readonly string[]
  },
  earlier: readonly StdCollection[],
  reader: StdReader,
): StdCollection {
  const collector: Collector = {
    reader,
    crate: crate.name,
    earlier,
    macros: new Map(),
    macroTexts: new Map(),
    deferred: [],
  }
  const source = reader.read(crate.root)
  if (!source) throw new Error(`no file ${crate.root}`)
  const context = contextOf(collector, source, new Map())
  const root: StdModule = {
    kind: 'module',
    name: crate.name,
    tree: () => tree,
    parent: undefined,
    vis: { k: 'public' },
    attrs: attributes(source.facts.attrs, context),
    cfg: { k: 'true' },
    entries: [],
  }
  const tree: StdTree = { name: crate.name, edition: crate.edition, externs: crate.externs, root }
  const place: Place = { module: root, dir: ownDir(crate.root), scope: new Map(), depth: 0 }
  collectItems(collector, source, source.facts.items, place, { k: 'true' })
  collectDeferred(collector)
  return { tree, macroTexts: collector.macroTexts, macros: collector.macros }
}

function collectItems(collector: Collector, source: Source, items: readonly Item[], at: Place, cfg: CfgExpr): void {
  const { fold } = collector.reader
  const context = contextOf(collector, source, at.scope)
  for (const item of items) {
    const own = fold(cfgAnd(cfg, item.cfg))
    if (own.k === 'false') continue
    if (item.k === 'mod') collectModule(collector, source, item, at, own)
    else if (item.k === 'use') {
      for (const use of flattenUse(item, attributes(item.attrs, context), own, context.dollarCrate)) {
        at.module.entries.push({ kind: 'use', module: at.module, ...use })
      }
    } else if (item.k === 'macro call') collectCall(collector, { at, call: item.call, source, cfg: own }, true)
    else if (item.k === 'type' && item.ty?.k === 'macro')
      collectSelectedType(collector, source, item, item.ty.call, at, cfg)
    else {
      if (item.k === 'macro def') defineMacro(collector, { item, source, crate: collector.crate, cfg: own }, at.scope)
      const stripped = stripItem(item, context)
      if (stripped && stripped.k !== 'mod' && stripped.k !== 'use') {
        at.module.entries.push({ kind: 'item', module: at.module, item: underCfg(stripped, fold(cfg)) })
      }
    }
  }
}

// ---------------------------------------------------------------- modules

function collectModule(collector: Collector, source: Source, item: ModItem, at: Place, cfg: CfgExpr): void {
  if (at.depth > DEPTH_LIMIT) {
    collector.reader.lose('limit', `mod ${item.name}`, source, item.at)
    return
  }
  const pathAttrs = item.attrs.filter((attr) => attr.meta.path === 'path')
  let rest: CfgExpr = { k: 'true' }
  for (const attr of pathAttrs) {
    const under = attr.cfg ?? { k: 'true' }
    collectModuleAt(
      collector,
      source,
      item,
      at,
      collector.reader.fold(cfgAnd(cfg, cfgAnd(rest, under))),
      attr.meta.value,
    )
    rest = cfgAnd(rest, { k: 'not', of: under })
  }
  collectModuleAt(collector, source, item, at, collector.reader.fold(cfgAnd(cfg, rest)), undefined)
}

function collectModuleAt(
  collector: Collector,
  source: Source,
  item: ModItem,
  at: Place,
  cfg: CfgExpr,
  path: string | undefined,
): void {
  if (cfg.k === 'false') return
  const found = item.items ? undefined : firstFile(collector, moduleFiles(at.dir, item.name, path))
  if (!item.items && !found) collector.reader.lose('missing file', `mod ${item.name}`, source, item.at)
  const inner = found?.source ?? source
  const fileAttrs = found?.source.facts.attrs ?? item.innerAttrs
  const context = contextOf(collector, source, at.scope)
  const fileCfg = collector.reader.fold(cfgAnd(cfg, innerCfg(fileAttrs, inner.text)))
  if (fileCfg.k === 'false') return
  const module: StdModule = {
    kind: 'module',
    name: item.name,
    tree: at.module.tree,
    parent: at.module,
    vis: visibility(item.vis),
    attrs: attributes(item.attrs, context),
    cfg: fileCfg,
    entries: [],
  }
  at.module.entries.push(module)
  const leaks = [...item.attrs, ...fileAttrs].some((attr) => attr.meta.path === 'macro_use')
  const scope = leaks ? at.scope : new Map(at.scope)
  const dir = found?.dir ?? inlineDir(at.dir, item.name, path) ?? at.dir
  const items = found?.source.facts.items ?? item.items ?? []
  collectItems(collector, inner, items, { module, dir, scope, depth: at.depth + 1 }, { k: 'true' })
}

function firstFile(collector: Collector, files: readonly ModuleFile[]): { source: Source; dir: ModuleDir } | undefined {
  for (const file of files) {
    const source = collector.reader.read(file.path)
    if (source) return { source, dir: file.dir }
  }
  return undefined
}

/** `#![cfg(..)]`. */
function innerCfg(attrs: readonly Attr[], text: string): CfgExpr | undefined {
  let cfg: CfgExpr | undefined
  for (const { meta } of attrs) if (meta.path === 'cfg' && meta.list?.[0]) cfg = cfgAnd(cfg, cfgOf(text, meta.list[0]))
  return cfg
}

// ---------------------------------------------------------------- macros

function defineMacro(collector: Collector, macro: StdMacro, scope: Map<string, readonly StdMacro[]>): void {
  const { name } = macro.item
  const all = collector.macros.get(name) ?? []
  all.push(macro)
  collector.macros.set(name, all)
  if (macro.item.decl2) return
  const without: CfgExpr = { k: 'not', of: macro.cfg }
  const older = macro.cfg.k === 'true' ? [] : (scope.get(name) ?? [])
  scope.set(name, [...older.map((other) => ({ ...other, cfg: cfgAnd(other.cfg, without) })), macro])
}

function collectCall(collector: Collector, call: Deferred, mayDefer: boolean): void {
  const { at, source, cfg } = call
  const { reader } = collector
  const name = call.call.path.segments.at(-1)?.name ?? ''
  if (at.depth > DEPTH_LIMIT) {
    reader.lose('limit', `${name}!`, source, call.call.at)
    return
  }
  const inner: Place = { ...at, depth: at.depth + 1 }
  if (name === 'include') {
    collectInclude(collector, call, inner)
    return
  }
  const macros = findMacros(collector, call.call, at.scope)
  if (macros.length === 0) {
    if (mayDefer) collector.deferred.push(call)
    else reader.lose('macro not found', `${name}!`, source, call.call.at)
    return
  }
  for (const expansion of expandEach(collector, macros, call.call, source, 'items')) {
    const both = reader.fold(cfgAnd(cfg, expansion.cfg))
    if (both.k !== 'false') collectItems(collector, expansion.source, expansion.source.facts.items, inner, both)
  }
}

/** A macro's alternatives: in textual scope when named alone, else by name in this crate and the ones before it. */
function findMacros(
  collector: Collector,
  call: MacroCall,
  scope: ReadonlyMap<string, readonly StdMacro[]>,
): readonly StdMacro[] {
  const name = call.path.segments.at(-1)?.name ?? ''
  const textual = call.path.segments.length === 1 ? scope.get(name) : undefined
  if (textual) return textual
  for (const macros of [collector.macros, ...collector.earlier.map((crate) => crate.macros).reverse()]) {
    const found = macros.get(name)
    if (found) return found.slice(-1)
  }
  return []
}

/** Each expansion with the condition that it is the one: of several definitions, and of each arm of a `cfg_select`. */
function expandEach(
  collector: Collector,
  macros: readonly StdMacro[],
  call: MacroCall,
  source: Source,
  as: ExpansionKind,
): (Expansion & { readonly cfg: CfgExpr })[] {
  const parsed = (macro: StdMacro, expansion: Expansion | string, cfg: CfgExpr) => {
    if (typeof expansion !== 'string') return [{ ...expansion, cfg }]
    collector.reader.lose('macro not expanded', `${macro.item.name}!: ${expansion}`, source, call.at)
    return []
  }
  return macros.flatMap((macro) => {
    if (isBuiltin(macro.item, 'cfg_select')) {
      return cfgSelectArms(source.text, call.tokens).flatMap((arm) =>
        parsed(macro, collector.reader.cut(source, arm.body, as), arm.cfg),
      )
    }
    return parsed(macro, collector.reader.expand(macro, call, source, as), macro.cfg)
  })
}

function isBuiltin(item: MacroDefItem, name: string): boolean {
  return item.name === name && item.attrs.some((attr) => attr.meta.path === 'rustc_builtin_macro')
}

function collectDeferred(collector: Collector): void {
  for (let calls = collector.deferred; calls.length > 0; calls = collector.deferred) {
    collector.deferred = []
    // What an expansion defines may be what another one needs, but each is tried again only once.
    for (const call of calls) collectCall(collector, call, false)
  }
}

/** `include!("file")` of items. */
function collectInclude(collector: Collector, call: Deferred, at: Place): void {
  const { source, cfg } = call
  const name = /^\s*"([^"\\]*)"\s*$/.exec(source.text.slice(call.call.tokens.at, call.call.tokens.end))?.[1]
  const file = name === undefined ? undefined : moduleFiles(at.dir, '', name)[0]
  const found = file && collector.reader.read(file.path)
  if (found) collectItems(collector, found, found.facts.items, at, cfg)
  else collector.reader.lose('missing file', `include!(${name ?? '..'})`, source, call.call.at)
}

/** `type T = cfg_select! { .. };`: one alias for each arm. */
function collectSelectedType(
  collector: Collector,
  source: Source,
  item: TypeAliasItem,
  call: MacroCall,
  at: Place,
  cfg: CfgExpr,
): void {
  const expansions = expandEach(collector, findMacros(collector, call, at.scope), call, source, 'type')
  for (const expansion of expansions) {
    if (!expansion.ty) continue
    const stripped = stripItem({ ...item, ty: expansion.ty }, contextOf(collector, expansion.source, at.scope))
    const under = collector.reader.fold(cfgAnd(cfg, expansion.cfg))
    if (!stripped || under.k === 'false' || stripped.k !== 'type') continue
    at.module.entries.push({ kind: 'item', module: at.module, item: underCfg(stripped, under) })
  }
}

// ---------------------------------------------------------------- the text that an item stands in

function contextOf(
  collector: Collector,
  source: Source,
  scope: ReadonlyMap<string, readonly StdMacro[]>,
): StripContext {
  const { reader } = collector
  const expand = (call: MacroCall, as: ExpansionKind) => {
    const macros = findMacros(collector, call, scope)
    if (macros.length === 0) reader.lose('macro not found', `${call.path.segments.at(-1)?.name}!`, source, call.at)
    return expandEach(collector, macros, call, source, as)
  }
  return {
    fold: reader.fold,
    dollarCrate: (at) => {
      const name = reader.crateOf(source, at)
      return name === collector.crate ? { crate: true } : { name }
    },
    expandType: (call) => {
      const [only] = expand(call, 'type')
      return only?.ty && { ty: only.ty, context: contextOf(collector, only.source, scope) }
    },
    expandMembers: (call, as): readonly ExpandedMembers[] =>
      expand(call, as).map((expansion) => ({
        items: expansion.source.facts.items,
        cfg: expansion.cfg,
        context: contextOf(collector, expansion.source, scope),
      })),
    lose: (what, at) => reader.lose('syntax', what, source, at),
    macroText: (stripped, rules, params) => {
      const text = (span: Span): PlacedText => ({
        text: source.text.slice(span.at, span.end),
        place: placeOf(source, span.at),
      })
      collector.macroTexts.set(stripped, { rules: text(rules), params: params ? text(params) : undefined })
    },
  }
}
