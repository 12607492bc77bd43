/** Use trees (The Rust Reference, "Use declarations"). */
import type { UseTree } from './ast.js'
import { F, K } from './kinds.js'
import {
  childIn,
  contentOf,
  kindOf,
  type Lowering,
  MAX_DEPTH,
  nameOf,
  spanOf,
  startOf,
  unreadable,
} from './lowering.js'

type Names = { name: string; at: number }[]
interface Prefix {
  readonly global: boolean
  readonly path: Names
}

/** Lowers what stands behind `use`, or one element of its list. */
export function lowerUseTree(cx: Lowering, node: number): UseTree {
  switch (kindOf(cx, node)) {
    case K.use_as_clause: {
      const path = childIn(cx, node, F.path)
      const alias = childIn(cx, node, F.alias)
      if (path < 0 || alias < 0) break
      return { ...prefix(cx, path), tail: { k: 'leaf', alias: nameOf(cx, alias) }, ...spanOf(cx, node) }
    }
    case K.use_wildcard: {
      const path = contentOf(cx, node)[0]
      const global = cx.text.startsWith('::', startOf(cx, node))
      const before = path === undefined ? { global, path: [] } : prefix(cx, path)
      return { ...before, tail: { k: 'glob' }, ...spanOf(cx, node) }
    }
    case K.use_list:
      return { global: false, path: [], tail: list(cx, node), ...spanOf(cx, node) }
    case K.scoped_use_list: {
      const path = childIn(cx, node, F.path)
      const inner = childIn(cx, node, F.list)
      if (inner < 0) break
      const before = path < 0 ? { global: true, path: [] } : prefix(cx, path)
      return { ...before, tail: list(cx, inner), ...spanOf(cx, node) }
    }
    case K.ERROR:
    case 0:
      break
    default:
      return { ...prefix(cx, node), tail: { k: 'leaf' }, ...spanOf(cx, node) }
  }
  unreadable(cx, node)
  return { global: false, path: [], tail: { k: 'list', trees: [] }, ...spanOf(cx, node) }
}

function list(cx: Lowering, node: number): UseTree['tail'] {
  if (cx.depth >= MAX_DEPTH) {
    unreadable(cx, node)
    return { k: 'list', trees: [] }
  }
  cx.depth++
  const trees = contentOf(cx, node).map((child) => lowerUseTree(cx, child))
  cx.depth--
  return { k: 'list', trees }
}

/** The names of a path, which nests to the left. */
function prefix(cx: Lowering, node: number): Prefix {
  const path: Names = []
  let global = false
  let at = node
  while (at >= 0) {
    const scoped = kindOf(cx, at) === K.scoped_identifier
    const name = scoped ? childIn(cx, at, F.name) : at
    if (name >= 0) path.push({ name: nameOf(cx, name), at: startOf(cx, name) })
    const next = scoped ? childIn(cx, at, F.path) : -1
    if (scoped && next < 0) global = true
    at = next
  }
  return { global, path: path.reverse() }
}
