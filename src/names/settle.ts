/**
 * The loop of a crate (docs/resolution.md, 1.2): imports, macro calls that stand where items may stand, and attributes that may be
 * macros are tried in turn until a round changes nothing. What is open then is told as lost.
 */
import { type CfgExpr, cfgAnd } from '../base/index.js'
import { blockKey } from './block-key.js'
import { isToolName } from './builtin-attributes.js'
import { collectItems } from './collect.js'
import { collectAssoc } from './collect-assoc.js'
import { collectForeign } from './collect-extern.js'
import { type ItemMacros, pendCall } from './collect-macros.js'
import {
  type CrateState,
  type ItemPlace,
  lose,
  normalModule,
  type PendingAttribute,
  type PendingCall,
} from './crate-state.js'
import type { BlockModule, MacroDef } from './defs.js'
import { expandDerive } from './expand-derive.js'
import { finishImports, resolveImports } from './imports.js'
import { expandWith, findMacro } from './macros/expand.js'
import type { Expansion } from './macros/expansion.js'
import { lostCall } from './macros/made-expansion.js'
import { keepCall } from './made-consts.js'
import { ownDir } from './module-files.js'
import { resolveNames } from './resolve-path.js'
import { textualMeanings } from './textual-scope.js'
import { inEachView } from './views.js'

/** Rounds of imports and macros together. */
const SETTLE_ROUND_LIMIT = 1_000

/** Expands a call on the spot when `macro_rules` in scope name it, so that what it defines is in scope behind it. */
export const ITEM_MACROS: ItemMacros = {
  tryNow: (state, pending) => {
    const [only, second] = pending.call.path.segments
    if (!only || second) return false
    const meanings = textualMeanings(pending.node.parent, only.name, state.cfg)
    // Where no definition holds, the name may mean one of another scope.
    if (meanings.length === 0 || meanings.some(({ def, cfg }) => !def && isPossible(state, pending, cfg))) return false
    for (const { def, cfg } of meanings) {
      if (!def || !isPossible(state, pending, cfg)) continue
      const call = narrowed(state, pending, cfg)
      expandItems(state, call, def, call.at)
    }
    return true
  },
}

function isPossible(state: CrateState, pending: PendingCall, cfg: CfgExpr): boolean {
  return state.cfg.mayHold(cfgAnd(pending.at.cfg, cfg))
}

/** The call as it stands in builds under a further condition. */
function narrowed(state: CrateState, pending: PendingCall, cfg: CfgExpr): PendingCall {
  return cfg.k === 'true' ? pending : { ...pending, at: { ...pending.at, cfg: state.cfg.and(pending.at.cfg, cfg) } }
}

/** Settles everything that has been collected and not settled yet. */
export function settle(state: CrateState): void {
  for (let round = 0; round < SETTLE_ROUND_LIMIT; round++) {
    const imported = resolveImports(state)
    const expanded = expandPending(state)
    const attributed = settleDerives(state)
    if (!imported && !expanded && !attributed) break
    const [open] = state.calls
    if (round === SETTLE_ROUND_LIMIT - 1 && open)
      lose(state, 'limit', `names were still changing after ${SETTLE_ROUND_LIMIT} rounds`, open.source, open.call.at)
  }
  for (const pending of state.calls.splice(0)) {
    // Whoever reads the body records what became of its macros.
    if (pending.as === 'statements') continue
    const path = pending.call.path.segments.map((segment) => segment.name).join('::')
    keepLost(state, pending, lostCall(state, 'unresolved macro', `${path}!`, pending.source, pending.call, pending.as))
  }
  finishImports(state)
  if (keepTests(state)) return settle(state)
  settleAttributes(state)
}

/** Expands the calls whose macro is found by now; true when any was. */
function expandPending(state: CrateState): boolean {
  let any = false
  for (const pending of state.calls.splice(0)) {
    const found = inEachView(state.program, pending.at.cfg, () =>
      findMacro(state, pending.at.module, pending.source, pending.call, pending.node.parent),
    )
    if (found.every(({ value }) => !value)) {
      state.calls.push(pending)
      continue
    }
    any = true
    const place: ItemPlace = { ...pending.at, textual: { scope: pending.node.parent } }
    const done = new Set<MacroDef>()
    for (const { value: def, cfg } of found) {
      if (!def || done.has(def)) continue
      done.add(def)
      const call = narrowed(state, pending, cfg)
      expandItems(state, call, def, { ...place, cfg: call.at.cfg })
    }
    if (place.textual.scope) pending.node.output = place.textual.scope
  }
  return any
}

function expandItems(state: CrateState, pending: PendingCall, def: MacroDef, at: ItemPlace): void {
  const { call, source, as } = pending
  // It alone chooses by itself what other builds see.
  if (def.builtin !== 'cfg_select')
    return collectExpansion(state, pending, def, expandWith(state, def, at.module, source, call, as), at)
  const views = inEachView(state.program, at.cfg, () => expandWith(state, def, at.module, source, call, as))
  for (const { value, cfg } of views) {
    const place = views.length > 1 ? { ...at, cfg: state.cfg.and(at.cfg, cfg) } : at
    collectExpansion(state, { ...pending, at: { ...pending.at, cfg: place.cfg } }, def, value, place)
  }
}

function collectExpansion(
  state: CrateState,
  pending: PendingCall,
  def: MacroDef,
  expansion: Expansion,
  at: ItemPlace,
): void {
  const { as } = pending
  if (as === 'statements') return collectStatements(state, pending, def, expansion, at)
  if (expansion.k === 'lost') return keepLost(state, pending, expansion)
  if (expansion.k === 'builtin') {
    if (as === 'items' && expansion.args.length + (expansion.format?.length ?? 0) > 0)
      keepCall(state, pending.call, pending.source, pending.at)
    return
  }
  const { items } = expansion.fragment.facts
  if (as === 'items') {
    const { dir } = at.module
    const included = expansion.source.origin.k === 'file' ? ownDir(expansion.source.origin.path) : dir
    at.module.dir = included
    collectItems(state, items, expansion.source, at, ITEM_MACROS)
    at.module.dir = dir
  } else if (as === 'foreign items') {
    if (pending.foreign) collectForeign(state, items, expansion.source, at, pending.foreign, ITEM_MACROS)
  } else if (pending.into) collectAssoc(state, items, expansion.source, at, pending.into, ITEM_MACROS)
}

/** The items among the statements that a macro in a block makes. */
function collectStatements(
  state: CrateState,
  pending: PendingCall,
  def: MacroDef,
  expansion: Expansion,
  at: ItemPlace,
): void {
  const outermost = normalModule(at.module)
  const place = blockKey(outermost, pending.source, pending.call.at)
  const known = state.statementMacros.get(place) ?? new Map<MacroDef, Expansion>()
  state.statementMacros.set(place, known)
  // What a body sees of it depends on the view.
  if (def.builtin === 'cfg_select') state.selectedArms.set(place, [...(state.selectedArms.get(place) ?? []), expansion])
  else known.set(def, expansion)
  if (expansion.k !== 'ok') return
  const { source, fragment } = expansion
  for (const stmt of fragment.stmts ?? []) {
    if (stmt.k === 'macro' && state.cfg.mayHold(stmt.cfg)) {
      const place = stmt.cfg ? { ...at, cfg: state.cfg.and(at.cfg, stmt.cfg) } : at
      pendCall(state, { as: 'statements', call: stmt.call, source, at: place }, ITEM_MACROS)
    }
    if (stmt.k !== 'item') continue
    collectItems(state, [stmt.item], source, at, ITEM_MACROS)
    // These items are of this block, wherever they are met again.
    const key = blockKey(outermost, source, stmt.item.at)
    if (!state.blocks.has(key)) state.blocks.set(key, at.module as unknown as BlockModule)
  }
}

/** Items that a lost call holds are collected as they stand; other code in it is kept as the body of an unnamed const. */
function keepLost(state: CrateState, pending: PendingCall, expansion: Expansion): void {
  pending.at.module.opaque = true
  if (expansion.k !== 'lost') return
  const isKept = pending.as === 'items' && expansion.reads !== undefined
  if (isKept) keepCall(state, pending.call, pending.source, pending.at)
  if (!expansion.fragment || !expansion.source) return
  const { items } = expansion.fragment.facts
  if (pending.as === 'items' && items.length > 0) collectItems(state, items, expansion.source, pending.at, ITEM_MACROS)
  else if (pending.as === 'items' && !isKept) keepCall(state, pending.call, pending.source, pending.at)
}

// ---------------------------------------------------------------- attributes

/** Makes the impls of derives whose names are found; true when any was. */
function settleDerives(state: CrateState): boolean {
  let any = false
  for (const pending of state.attributes.splice(0)) {
    const def = pending.adt && macroOf(state, pending)
    if (!def || !pending.adt) {
      state.attributes.push(pending)
      continue
    }
    any = true
    expandDerive(state, pending, pending.adt, def)
  }
  return any
}

/** Functions whose `#[test]` is another macro than std's are no tests: they are collected after all. */
function keepTests(state: CrateState): boolean {
  let any = false
  for (const { item, name, attr, source, at } of state.tests.splice(0)) {
    const path = [{ name, at: attr.meta.at }]
    const def = macroOf(state, {
      path,
      global: false,
      source,
      at,
      scope: at.textual.scope,
      end: item.end,
      besideDerive: false,
    })
    if (!def || def.builtin !== undefined) {
      source.visits?.noteAll(source, item.at, item.end, 'left out')
      continue
    }
    any = true
    collectItems(state, [item], source, at, ITEM_MACROS, true)
  }
  return any
}

function settleAttributes(state: CrateState): void {
  for (const pending of state.attributes.splice(0)) {
    const name = pending.path.map((part) => part.name).join('::')
    const at = pending.path[0]?.at ?? 0
    const def = macroOf(state, pending)
    const isTold = pending.adt ?? (def ? def.proc === 'attribute' : pending.path.length > 1)
    pending.source.visits?.note(pending.source, at, 'attribute', isTold ? 'told' : 'known')
    if (pending.adt) lose(state, 'unresolved macro', `#[derive(${name})]`, pending.source, at)
    else if (def?.proc === 'attribute') lose(state, 'proc macro', `#[${name}]`, pending.source, at, pending.end)
    else if (!def && !pending.besideDerive && pending.path.length > 1 && !isTools(state, pending))
      lose(state, 'unresolved macro', `#[${name}]`, pending.source, at, pending.end)
  }
}

/** `#[rustfmt::skip]`, where nothing else is called `rustfmt`. */
function isTools(state: CrateState, { path, global, source, at }: PendingAttribute): boolean {
  const [first] = path
  if (!first || global || !isToolName(first.name)) return false
  return !resolveNames(state, { module: at.module, source, names: [first], global, preludes: true }).types
}

function macroOf(state: CrateState, pending: PendingAttribute): MacroDef | undefined {
  const { source, path, global, scope } = pending
  const found = resolveNames(state, {
    module: pending.at.module,
    source,
    names: path,
    global,
    textual: scope,
    preludes: true,
  })
  return found.rest === path.length ? found.macros?.def : undefined
}
