/**
 * Unnamed constants of our own making, for what stands between items and is none: `const _: () = call;` for a macro call that
 * is code all the same (`global_asm!`), and one that carries the attributes of a block of foreign items.
 */
import type { Attr, Expr, ForeignModItem, MacroCall } from '../syntax/index.js'
import type { CrateState, ItemPlace } from './crate-state.js'
import type { ConstDef, Module } from './defs.js'
import type { Source } from './source.js'

export function keepCall(state: CrateState, call: MacroCall, source: Source, at: ItemPlace): void {
  const span = { at: call.at, end: call.end }
  state.program.madeBodies.set(madeConst(state, span, [], source, at), { k: 'macro', call, ...span } satisfies Expr)
}

/** What is linked is linked though nothing of it is called. */
export function keepAttributes(state: CrateState, item: ForeignModItem, source: Source, at: ItemPlace): void {
  madeConst(state, item, item.attrs, source, { ...at, cfg: state.cfg.and(at.cfg, item.cfg) })
}

function madeConst(
  state: CrateState,
  { at: start, end }: { readonly at: number; readonly end: number },
  attrs: readonly Attr[],
  source: Source,
  at: ItemPlace,
): ConstDef {
  const def: ConstDef = {
    kind: 'const',
    id: state.program.nextId++,
    name: '_',
    crate: state.crate,
    module: at.module as Module,
    source,
    cfg: at.cfg,
    vis: at.module as Module,
    container: undefined,
    ast: {
      k: 'const',
      name: '_',
      nameAt: start,
      vis: { k: 'inherited' },
      attrs,
      generics: { params: [], where: [] },
      ty: { k: 'tuple', tys: [] },
      at: start,
      end,
    },
  }
  state.sink.defs.push(def)
  return def
}
