/** Definitions of macros, and calls that stand where items may stand. */
import type { Attr, MacroDefItem } from '../syntax/index.js'
import { findAttr, hasAttr } from './attributes.js'
import type { CrateState, ItemPlace, OwnModule, PendingCall } from './crate-state.js'
import { declare } from './declare.js'
import type { FnDef, MacroDef, Vis } from './defs.js'
import { bind } from './imports.js'
import type { TextualScope } from './textual-scope.js'

/** What collecting needs from macro expansion, handed in by settle.ts. */
export interface ItemMacros {
  /** Expands the call now when its macro is known by textual scope; false when it has to wait. */
  readonly tryNow: (state: CrateState, call: PendingCall) => boolean
}

/** Adds the macro to textual scope, or to its module's names; an exported one to the root's. */
export function defineMacro(state: CrateState, item: MacroDefItem, at: ItemPlace, base: Omit<MacroDef, 'kind'>): void {
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

/** What kind of procedural macro a function is. */
export function procMacroKind(state: CrateState, attrs: readonly Attr[]): MacroDef['proc'] {
  if (state.crate.unit?.kind !== 'proc-macro') return undefined
  if (hasAttr(attrs, 'proc_macro', state.cfg)) return 'bang'
  if (hasAttr(attrs, 'proc_macro_derive', state.cfg)) return 'derive'
  return hasAttr(attrs, 'proc_macro_attribute', state.cfg) ? 'attribute' : undefined
}

/** Adds the macro that a function of a proc-macro crate is to others. */
export function declareProcMacro(
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
