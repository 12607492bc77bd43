/**
 * Walks the items of a crate in source order and makes modules and definitions of them (RESOLUTION.md §1.2). What cannot
 * be settled on the spot is left for the loop in settle.ts: imports, macro calls that need an import to be found,
 * attributes that may be macros.
 */
import type {
  Attr,
  ExternCrateItem,
  ForeignModItem,
  Item,
  MacroDefItem,
  ModItem,
  TypeAliasItem,
  Visibility,
} from '../syntax/ast.js'
import { cfgOf } from '../syntax/attributes.js'
import { type CfgExpr, cfgAnd } from '../syntax/cfg.js'
import { attrValue, findAttr, hasAttr } from './attributes.js'
import { isBuiltinAttribute } from './builtin-attributes.js'
import { collectContainer } from './collect-assoc.js'
import {
  type CrateState,
  type ForeignBlock,
  type ItemPlace,
  lose,
  newModule,
  type OwnModule,
  type PathName,
  type PendingCall,
} from './crate-state.js'
import type { AdtDef, Def, FnDef, MacroDef, Module, Ns, StaticDef, VariantDef, Vis } from './defs.js'
import { addImports, bind, exportedMacros } from './imports.js'
import { MODULE_DEPTH_LIMIT } from './load-files.js'
import { inlineDir, type ModuleDir, moduleFiles } from './module-files.js'
import { resolveNames } from './resolve-path.js'
import type { Source } from './source.js'
import { markTextual, type TextualScope } from './textual-scope.js'

/** What collecting needs from macro expansion, handed in by settle.ts. */
export interface ItemMacros {
  /** Expands the call now when its macro is known by textual scope; false when it has to wait. */
  readonly tryNow: (state: CrateState, call: PendingCall) => boolean
}

export function collectItems(
  state: CrateState,
  items: readonly Item[],
  source: Source,
  at: ItemPlace,
  macros: ItemMacros,
): void {
  for (const item of items) {
    // Without a test harness rustc drops tests, as if they were under `cfg(test)`.
    if (!state.cfg.holds(item.cfg) || (item.k === 'fn' && isTest(state, item.attrs))) continue
    const { scope } = at.textual
    markTextual(state.textual, at.module as Module, source, item.at, scope)
    collectItem(state, item, source, at, macros)
    // What follows in a block is no item, but sees the macros all the same.
    if (at.textual.scope !== scope) markTextual(state.textual, at.module as Module, source, item.end, at.textual.scope)
  }
}

function isTest(state: CrateState, attrs: readonly Attr[]): boolean {
  return hasAttr(attrs, 'test', state.cfg) || hasAttr(attrs, 'bench', state.cfg)
}

function collectItem(state: CrateState, item: Item, source: Source, at: ItemPlace, macros: ItemMacros): void {
  noteAttributeMacros(state, item.attrs, source, at)
  const base = { name: item.name, ...common(state, item, source, at) }
  switch (item.k) {
    case 'fn': {
      const def: FnDef = { ...base, kind: 'fn', ast: item, container: undefined }
      const kind = procMacroKind(state, item.attrs)
      if (kind) declareProcMacro(state, item.attrs, kind, def, at)
      return declare(state, at, def, ['values'])
    }
    case 'const':
      return declare(
        state,
        at,
        { ...base, kind: 'const', ast: item, container: undefined },
        item.name === '_' ? [] : ['values'],
      )
    case 'static':
      return declare(state, at, { ...base, kind: 'static', ast: item }, ['values'])
    case 'struct':
    case 'union': {
      const def: AdtDef = { ...base, kind: item.k, ast: item, variants: [] }
      noteDerives(state, item.attrs, source, at, def)
      return declare(state, at, def, item.shape === 'named' ? ['types'] : ['types', 'values'])
    }
    case 'enum': {
      const variants: VariantDef[] = []
      const def: AdtDef = { ...base, kind: 'enum', ast: item, variants }
      for (const variant of item.variants) {
        if (!state.cfg.holds(variant.cfg)) continue
        const cfg = state.cfg.and(def.cfg, variant.cfg)
        variants.push({
          ...base,
          id: state.program.nextId++,
          name: variant.name,
          cfg,
          vis: 'public',
          kind: 'variant',
          ast: variant,
          enum: def,
        })
      }
      noteDerives(state, item.attrs, source, at, def)
      return declare(state, at, def, ['types'])
    }
    case 'trait':
    case 'impl':
      return collectContainer(state, item, source, at, base, macros)
    case 'type':
      return declare(state, at, { ...base, kind: 'alias', ast: item, container: undefined }, ['types'])
    case 'mod':
      return collectModule(state, item, source, at, macros)
    case 'use':
      return addImports(state, item, source, at, base.vis)
    case 'extern crate':
      return externCrateItem(state, item, source, at, base.vis)
    case 'extern':
      return collectForeign(state, item.items, source, at, foreignBlock(state, item), macros)
    case 'macro def':
      return defineMacro(state, item, at, base)
    case 'macro call':
      return pendCall(state, { as: 'items', call: item.call, source, at: under(at, base.cfg) }, macros)
    case 'error':
      return
  }
}

/** The parts that every definition has. */
export function common(state: CrateState, item: Item, source: Source, at: ItemPlace) {
  return {
    id: state.program.nextId++,
    crate: state.crate,
    module: at.module as Module,
    source,
    cfg: state.cfg.and(at.cfg, item.cfg),
    vis: visibility(state, item.vis, source, item.at, at.module),
  }
}

/** Binds a definition's name and lists it. */
export function declare(
  state: CrateState,
  at: ItemPlace,
  def: Exclude<Def, Module | { kind: 'prim' }>,
  namespaces: readonly Ns[],
): void {
  state.sink.defs.push(def)
  for (const ns of namespaces) bind(at.module, def.name, ns, { def, vis: def.vis, via: 'decl', cfg: def.cfg })
}

export function visibility(state: CrateState, vis: Visibility, source: Source, at: number, module: OwnModule): Vis {
  const own = module as Module
  switch (vis.k) {
    case 'public':
      return 'public'
    case 'crate':
      return state.crate.root
    case 'inherited':
      return own
    case 'in': {
      const names: PathName[] = vis.path.map((name) => ({ name, at }))
      const found = resolveNames(state, { module, source, names, global: false, preludes: false })
      if (found.types?.def.kind === 'module' && found.rest === names.length) return found.types.def
      // Edition 2015 counts from the root; a path that names nothing yet is taken as wide as it can be.
      return state.crate.root
    }
  }
}

function under(at: ItemPlace, cfg: ItemPlace['cfg']): ItemPlace {
  return cfg === at.cfg ? at : { ...at, cfg }
}

// ---------------------------------------------------------------- modules

function collectModule(state: CrateState, item: ModItem, source: Source, at: ItemPlace, macros: ItemMacros): void {
  const pathAttr = attrValue(item.attrs, 'path', state.cfg)
  const found = item.items
    ? { dir: at.module.dir && inlineDir(at.module.dir, item.name, pathAttr), source }
    : findFile(state, item, at, source, pathAttr)
  const inner = found?.source ?? source
  const innerAttrs = item.items ? item.innerAttrs : (found?.source.facts.attrs ?? [])
  const attrs = [...item.attrs, ...innerAttrs]
  const fileCfg = innerCfg(innerAttrs, inner)
  if (!state.cfg.holds(fileCfg)) return
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
  collectItems(state, item.items ?? inner.facts.items, inner, place, macros)
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
  const candidates = at.module.dir ? moduleFiles(at.module.dir, item.name, pathAttr) : []
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

/** Records what of a file could not be read. */
export function noteFileProblems(state: CrateState, source: Source, problem?: string): void {
  if (problem !== undefined) lose(state, 'unreadable file', problem, source, 0)
  for (const error of source.facts.errors) {
    lose(state, 'syntax error', source.text.slice(error.at, Math.min(error.end, error.at + 60)), source, error.at)
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

// ---------------------------------------------------------------- extern

function externCrateItem(state: CrateState, item: ExternCrateItem, source: Source, at: ItemPlace, vis: Vis): void {
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
  for (const [macro, def] of exportedMacros(crate.root)) {
    if (!only || only.has(macro)) state.macroUsePrelude.set(macro, def)
  }
}

function foreignBlock(state: CrateState, item: ForeignModItem): ForeignBlock {
  const link = findAttr(item.attrs, 'link', state.cfg)
  const library = link?.list?.find((part) => part.path === 'name')?.value
  return { abi: item.abi, ...(library === undefined ? {} : { library }) }
}

export function collectForeign(
  state: CrateState,
  items: readonly Item[],
  source: Source,
  at: ItemPlace,
  block: ForeignBlock,
  macros: ItemMacros,
): void {
  for (const item of items) {
    if (!state.cfg.holds(item.cfg)) continue
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

// ---------------------------------------------------------------- macros

function defineMacro(state: CrateState, item: MacroDefItem, at: ItemPlace, base: Omit<MacroDef, 'kind'>): void {
  const builtinAttr = findAttr(item.attrs, 'rustc_builtin_macro', state.cfg)
  const builtin = builtinAttr ? (builtinAttr.list?.[0]?.path ?? item.name) : undefined
  const exported = !item.decl2 && hasAttr(item.attrs, 'macro_export', state.cfg)
  const vis: Vis = item.decl2 ? base.vis : exported ? 'public' : state.crate.root
  const def: MacroDef = { ...base, vis, kind: 'macro', ast: item, ...(builtin === undefined ? {} : { builtin }) }
  state.sink.defs.push(def)
  if (item.decl2) {
    bind(at.module, item.name, 'macros', { def, vis, via: 'decl', cfg: def.cfg })
    return
  }
  if (exported)
    bind(state.crate.root as unknown as OwnModule, item.name, 'macros', { def, vis, via: 'decl', cfg: def.cfg })
  // Not a name of the module for paths, but `use name;` and `pub(crate) use name;` find it by textual scope.
  at.textual.scope = { parent: at.textual.scope, def }
}

/** Expands the call if its macro is in textual scope already, else keeps it for the loop. */
export function pendCall(state: CrateState, call: Omit<PendingCall, 'node'>, macros: ItemMacros): void {
  const node: TextualScope = { parent: call.at.textual.scope }
  const pending: PendingCall = { ...call, node }
  if (macros.tryNow(state, pending)) return
  call.at.textual.scope = node
  state.calls.push(pending)
}

function procMacroKind(state: CrateState, attrs: readonly Attr[]): MacroDef['proc'] {
  if (state.crate.unit?.kind !== 'proc-macro') return undefined
  if (hasAttr(attrs, 'proc_macro', state.cfg)) return 'bang'
  if (hasAttr(attrs, 'proc_macro_derive', state.cfg)) return 'derive'
  return hasAttr(attrs, 'proc_macro_attribute', state.cfg) ? 'attribute' : undefined
}

function declareProcMacro(
  state: CrateState,
  attrs: readonly Attr[],
  proc: 'bang' | 'derive' | 'attribute',
  fn: FnDef,
  at: ItemPlace,
): void {
  const derive = findAttr(attrs, 'proc_macro_derive', state.cfg)?.list?.[0]?.path
  const name = proc === 'derive' ? (derive ?? fn.name) : fn.name
  const { id: _id, kind: _kind, ast: _ast, container: _container, ...rest } = fn
  declare(state, at, { ...rest, id: state.program.nextId++, name, vis: 'public', kind: 'macro', proc }, ['macros'])
}

/** Keeps the derives of a type for when names are settled. */
function noteDerives(state: CrateState, attrs: readonly Attr[], source: Source, at: ItemPlace, adt: AdtDef): void {
  for (const attr of attrs) {
    if (!isDerive(attr.meta.path) || (attr.cfg && !state.cfg.holds(attr.cfg))) continue
    const place: ItemPlace = { ...at, cfg: state.cfg.and(adt.cfg, attr.cfg), textual: { scope: at.textual.scope } }
    for (const part of attr.meta.list ?? []) {
      state.attributes.push({
        ...pathNames(part.path, part.at),
        source,
        at: place,
        scope: at.textual.scope,
        adt,
        besideDerive: true,
      })
    }
  }
}

/** Keeps attributes that rustc does not know by itself. */
export function noteAttributeMacros(state: CrateState, attrs: readonly Attr[], source: Source, at: ItemPlace): void {
  for (const attr of attrs) {
    if (isBuiltinAttribute(attr.meta.path) || isDerive(attr.meta.path) || (attr.cfg && !state.cfg.holds(attr.cfg)))
      continue
    const place: ItemPlace = { ...at, textual: { scope: at.textual.scope } }
    const besideDerive = attrs.some((other) => isDerive(other.meta.path))
    const { path, global } = pathNames(attr.meta.path, attr.meta.at)
    state.attributes.push({ path, global, source, at: place, scope: at.textual.scope, besideDerive })
  }
}

/** `derive`, or a path that ends so: it can mean nothing else, as no macro may have a built-in attribute's name. */
function isDerive(path: string): boolean {
  return path === 'derive' || path.endsWith('::derive')
}

function pathNames(path: string, at: number): { readonly path: readonly PathName[]; readonly global: boolean } {
  const names = path.split('::')
  const global = names.length > 1 && names[0] === ''
  return { path: (global ? names.slice(1) : names).map((name) => ({ name, at })), global }
}
