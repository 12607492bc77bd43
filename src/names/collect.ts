/**
 * Walks the items of a crate in source order and makes modules and definitions of them (docs/resolution.md, 1.1). What cannot
 * be settled on the spot is left for the loop in settle.ts: imports, macro calls that need an import to be found,
 * attributes that may be macros.
 */
import type { Attr, EnumItem, Item } from '../syntax/index.js'
import { activeItems } from './active-items.js'
import { alwaysAttr, hasAttr } from './attributes.js'
import { type Base, collectContainer } from './collect-assoc.js'
import { noteAttributeMacros, noteDerives } from './collect-attributes.js'
import { collectForeign, externCrateItem, foreignBlock } from './collect-extern.js'
import { declareProcMacro, defineMacro, type ItemMacros, pendCall, procMacroKind } from './collect-macros.js'
import { collectModule } from './collect-modules.js'
import type { CrateState, ItemPlace } from './crate-state.js'
import { common, declare, under } from './declare.js'
import type { AdtDef, FnDef, Module, VariantDef } from './defs.js'
import { addImports } from './imports.js'
import { keepAttributes } from './made-consts.js'
import type { Source } from './source.js'
import { markTextual } from './textual-scope.js'

/** Collects items into the module of `at`. Those whose condition does not hold are passed over; `isKept`: tests are not. */
export function collectItems(
  state: CrateState,
  items: readonly Item[],
  source: Source,
  at: ItemPlace,
  macros: ItemMacros,
  isKept = false,
): void {
  for (const item of activeItems(state.cfg, items)) {
    // Without a test harness rustc drops tests, as if they were under `cfg(test)`.
    const test = item.k === 'fn' && !isKept ? testOf(state, item.attrs) : undefined
    if (test) {
      // Whether the name means std's macro is known when names are settled.
      state.tests.push({
        item,
        name: test.meta.path,
        attr: test,
        source,
        at: { ...at, textual: { scope: at.textual.scope } },
      })
      continue
    }
    const { scope } = at.textual
    markTextual(state.textual, at.module as Module, source, item.at, scope)
    collectItem(state, item, source, at, macros)
    // What follows in a block is no item, but sees the macros all the same.
    if (at.textual.scope !== scope) markTextual(state.textual, at.module as Module, source, item.end, at.textual.scope)
  }
}

/** The attribute that makes the function a test in every build for the target. */
function testOf(state: CrateState, attrs: readonly Attr[]): Attr | undefined {
  return alwaysAttr(attrs, 'test', state.cfg) ?? alwaysAttr(attrs, 'bench', state.cfg)
}

/** An enum with the variants that some target has. */
function enumOf(state: CrateState, item: EnumItem, base: Base): AdtDef {
  const variants: VariantDef[] = []
  const def: AdtDef = { ...base, kind: 'enum', ast: item, variants }
  for (const variant of item.variants) {
    if (!state.cfg.mayHold(variant.cfg)) continue
    variants.push({
      ...base,
      id: state.program.nextId++,
      name: variant.name,
      cfg: state.cfg.and(def.cfg, variant.cfg),
      vis: 'public',
      kind: 'variant',
      ast: variant,
      enum: def,
    })
  }
  return def
}

function collectItem(state: CrateState, item: Item, source: Source, at: ItemPlace, macros: ItemMacros): void {
  noteAttributeMacros(state, item, source, at)
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
      const def = enumOf(state, item, base)
      noteDerives(state, item.attrs, source, at, def)
      return declare(state, at, def, ['types'])
    }
    case 'trait':
    case 'impl':
      return collectContainer(state, item, source, at, base, macros)
    case 'type':
      return declare(state, at, { ...base, kind: 'alias', ast: item, container: undefined }, ['types'])
    case 'mod':
      return collectModule(state, item, source, at, (items, inner, place) =>
        collectItems(state, items, inner, place, macros),
      )
    case 'use':
      return addImports(state, item, source, at, base.vis)
    case 'extern crate':
      return externCrateItem(state, item, source, at, base.vis)
    case 'extern':
      if (hasAttr(item.attrs, 'link', state.cfg)) keepAttributes(state, item, source, at)
      return collectForeign(state, item.items, source, at, foreignBlock(state, item), macros)
    case 'macro def':
      return defineMacro(state, item, at, base)
    case 'macro call':
      return pendCall(state, { as: 'items', call: item.call, source, at: under(at, base.cfg) }, macros)
    case 'error':
      return
  }
}
