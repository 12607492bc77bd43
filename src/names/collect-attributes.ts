/** Attributes that may be macros, and derives: kept until names are settled. */
import type { Attr, Item } from '../syntax/index.js'
import { isBuiltinAttribute } from './builtin-attributes.js'
import type { CrateState, ItemPlace, PathName } from './crate-state.js'
import type { AdtDef } from './defs.js'
import type { Source } from './source.js'

/** Keeps the derives of a type for when names are settled. */
export function noteDerives(
  state: CrateState,
  attrs: readonly Attr[],
  source: Source,
  at: ItemPlace,
  adt: AdtDef,
): void {
  for (const attr of attrs) {
    if (!isDerive(attr.meta.path) || (attr.cfg && !state.cfg.mayHold(attr.cfg))) continue
    const place: ItemPlace = { ...at, cfg: state.cfg.and(adt.cfg, attr.cfg), textual: { scope: at.textual.scope } }
    for (const part of attr.meta.list ?? []) {
      state.attributes.push({
        ...pathNames(part.path, part.at),
        source,
        at: place,
        scope: at.textual.scope,
        end: part.end,
        adt,
        besideDerive: true,
      })
    }
  }
}

/** Keeps attributes that rustc does not know by itself. */
export function noteAttributeMacros(
  state: CrateState,
  { attrs, end }: Pick<Item, 'attrs' | 'end'>,
  source: Source,
  at: ItemPlace,
): void {
  for (const attr of attrs) {
    if (isBuiltinAttribute(attr.meta.path) || (attr.cfg && !state.cfg.mayHold(attr.cfg))) continue
    const place: ItemPlace = { ...at, textual: { scope: at.textual.scope } }
    const besideDerive = attrs.some((other) => isDerive(other.meta.path))
    const { path, global } = pathNames(attr.meta.path, attr.meta.at)
    state.attributes.push({ path, global, source, at: place, scope: at.textual.scope, end, besideDerive })
  }
}

/** `derive`, or a path that ends so. It is looked up as an attribute too: a crate may have a macro of that name. */
function isDerive(path: string): boolean {
  return path === 'derive' || path.endsWith('::derive')
}

function pathNames(path: string, at: number): { readonly path: readonly PathName[]; readonly global: boolean } {
  const names = path.split('::')
  const global = names.length > 1 && names[0] === ''
  return { path: (global ? names.slice(1) : names).map((name) => ({ name, at })), global }
}
