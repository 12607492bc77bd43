/** `use` items of std taken apart: each name or glob becomes an import of its own, so that each can stay or go. */
import type { CfgExpr } from '../base/index.js'
import type { Attr, UseItem, UseTree } from '../syntax/index.js'
import { type StripContext, visibility } from './context.js'
import { underCfg } from './strip.js'
import type { StdUse } from './tree.js'

/** The imports of a `use` item in order, each under `cfg` and with `attrs`; `$crate` at the start is resolved. */
export function flattenUse(
  item: UseItem,
  attrs: readonly Attr[],
  cfg: CfgExpr,
  dollarCrate: StripContext['dollarCrate'],
): Omit<StdUse, 'kind' | 'module'>[] {
  const out: Omit<StdUse, 'kind' | 'module'>[] = []
  const add = (tree: UseTree, outerGlobal: boolean, before: readonly string[]): void => {
    const names = tree.path.map((part) => part.name)
    let global = outerGlobal || tree.global
    const first = before.length === 0 ? tree.path[0] : undefined
    if (first?.name === '$crate') {
      const target = dollarCrate(first.at)
      names[0] = 'crate' in target ? 'crate' : target.name
      global = !('crate' in target)
    }
    const path = [...before, ...names]
    const { tail } = tree
    if (tail.k === 'list') {
      for (const inner of tail.trees) add(inner, global, path)
      return
    }
    const binds = tail.k === 'glob' ? undefined : (tail.alias ?? lastName(path))
    out.push({ global, path, binds, item: flatUse(item, attrs, cfg, global, path, tail) })
  }
  add(item.tree, false, [])
  return out
}

/** The name that a path brings: of `a::self` it is `a`. */
function lastName(path: readonly string[]): string | undefined {
  const last = path[path.length - 1]
  return last === 'self' && path.length > 1 ? path[path.length - 2] : last
}

/** A `use` of one name or glob. A `self` at the end stays in a list of its own: only there it means the module. */
function flatUse(
  item: UseItem,
  attrs: readonly Attr[],
  cfg: CfgExpr,
  global: boolean,
  path: readonly string[],
  tail: Exclude<UseTree['tail'], { k: 'list' }>,
): UseItem {
  const leaf: UseTree['tail'] =
    tail.k === 'leaf' && tail.alias !== undefined ? { k: 'leaf', alias: tail.alias } : { k: tail.k }
  const named = (names: readonly string[]) => names.map((name) => ({ name, at: 0 }))
  const endsInSelf = path.length > 1 && path[path.length - 1] === 'self'
  const tree: UseTree = endsInSelf
    ? {
        ...{ at: 0, end: 0, global, path: named(path.slice(0, -1)) },
        tail: { k: 'list', trees: [{ at: 0, end: 0, global: false, path: named(['self']), tail: leaf }] },
      }
    : { at: 0, end: 0, global, path: named(path), tail: leaf }
  const base: UseItem = { k: 'use', at: 0, end: 0, name: '', nameAt: 0, vis: visibility(item.vis), attrs, tree }
  return underCfg(base, cfg)
}
