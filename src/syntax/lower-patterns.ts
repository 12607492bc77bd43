/** Patterns (The Rust Reference, "Patterns"). Whether a lone name binds or is a constant, names decides. */
import type { CfgExpr } from '../base/index.js'
import type { Expr, FieldPat, Pat, Path, Span } from './ast.js'
import { byKind, F, K } from './kinds.js'
import { readAttributesNode } from './lower-attributes.js'
import { lowerMacroCall } from './lower-macros.js'
import { lowerPath, NO_PATH } from './lower-paths.js'
import { isParenthesized } from './lower-types.js'
import {
  absent,
  childIn,
  childOf,
  contentOf,
  endOf,
  firstChild,
  hasChild,
  kindOf,
  type Lowering,
  MAX_DEPTH,
  nameOf,
  nextChild,
  spanOf,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

type PatternReader = (cx: Lowering, node: number) => Pat

const literal: PatternReader = (cx, node) => ({ k: 'expr', expr: cx.to.expr(cx, node), ...spanOf(cx, node) })
const path: PatternReader = (cx, node) => ({ k: 'path', path: lowerPath(cx, node), ...spanOf(cx, node) })

const TABLE = byKind<PatternReader>({
  identifier: binding,
  shorthand_field_identifier: binding,
  self: path,
  metavariable: path,
  scoped_identifier: path,
  generic_pattern: path,
  tuple_pattern: (cx, node) => {
    const only = contentOf(cx, node)[0]
    if (only !== undefined && kindOf(cx, only) !== K.remaining_field_pattern && isParenthesized(cx, node)) {
      return lowerPattern(cx, only)
    }
    return { k: 'tuple', pats: patternsIn(cx, node), ...spanOf(cx, node) }
  },
  slice_pattern: (cx, node) => ({ k: 'slice', pats: patternsIn(cx, node), ...spanOf(cx, node) }),
  or_pattern: (cx, node) => ({ k: 'or', pats: alternatives(cx, node), ...spanOf(cx, node) }),
  tuple_struct_pattern: (cx, node) => {
    const type = childIn(cx, node, F.type)
    const pats = contentOf(cx, node)
      .filter((child) => child !== type)
      .map((child) => lowerPattern(cx, child))
    return { k: 'tuple struct', path: pathIn(cx, node), pats, ...spanOf(cx, node) }
  },
  struct_pattern: structPattern,
  mut_pattern: (cx, node) => bound(cx, node, false, true),
  ref_pattern: (cx, node) => bound(cx, node, true, false),
  captured_pattern: (cx, node) => {
    const [name, sub] = contentOf(cx, node)
    if (name === undefined || sub === undefined) return unreadable(cx, node)
    const span = spanOf(cx, node)
    return { k: 'bind', name: nameOf(cx, name), ref: false, mut: false, sub: lowerPattern(cx, sub), ...span }
  },
  reference_pattern: (cx, node) => ({
    k: 'ref',
    mut: hasChild(cx, node, K.mutable_specifier),
    pat: inner(cx, node),
    ...spanOf(cx, node),
  }),
  box_pattern: (cx, node) => ({ k: 'box', pat: inner(cx, node), ...spanOf(cx, node) }),
  remaining_field_pattern: (cx, node) => ({ k: 'rest', ...spanOf(cx, node) }),
  range_pattern: rangePattern,
  const_block: literal,
  negative_literal: literal,
  integer_literal: literal,
  float_literal: literal,
  boolean_literal: literal,
  char_literal: literal,
  string_literal: literal,
  raw_string_literal: literal,
  macro_invocation: (cx, node) => ({ k: 'macro', call: lowerMacroCall(cx, node), ...spanOf(cx, node) }),
  closure_expression: leadingAlternative,
  _: (cx, node) => ({ k: 'wild', ...spanOf(cx, node) }),
})

/** Lowers a pattern node. */
export function lowerPattern(cx: Lowering, node: number): Pat {
  const reader = TABLE[kindOf(cx, node)]
  if (!reader || cx.depth >= MAX_DEPTH) return unreadable(cx, node)
  cx.depth++
  const pattern = reader(cx, node)
  cx.depth--
  return pattern
}

/** The pattern in the field `pattern`, under a `mut` that the grammar has outside of it (`let mut x`, `mut x: T`). */
export function patternIn(cx: Lowering, node: number): Pat {
  const child = childIn(cx, node, F.pattern)
  if (child < 0) return absent(cx, node)
  const mutable = childOf(cx, node, K.mutable_specifier)
  if (mutable < 0 || mutable > child) return lowerPattern(cx, child)
  return withMode(cx, node, lowerPattern(cx, child), false, true)
}

function binding(cx: Lowering, node: number): Pat {
  const name = nameOf(cx, node)
  // `Self` names a unit struct, it cannot be bound
  if (name === 'Self') return path(cx, node)
  return { k: 'bind', name, ref: false, mut: false, ...spanOf(cx, node) }
}

function inner(cx: Lowering, node: number): Pat {
  const child = contentOf(cx, node).find((part) => kindOf(cx, part) !== K.mutable_specifier && isPattern(cx, part))
  return child === undefined ? absent(cx, node) : lowerPattern(cx, child)
}

function isPattern(cx: Lowering, node: number): boolean {
  return TABLE[kindOf(cx, node)] !== undefined
}

/** `mut x` and `ref x`, whichever is outside. */
function bound(cx: Lowering, node: number, ref: boolean, mut: boolean): Pat {
  return withMode(cx, node, inner(cx, node), ref, mut)
}

function withMode(cx: Lowering, node: number, pat: Pat, ref: boolean, mut: boolean): Pat {
  if (pat.k !== 'bind') return pat.k === 'error' ? pat : unreadable(cx, node)
  return { ...pat, ref: pat.ref || ref, mut: pat.mut || mut }
}

function patternsIn(cx: Lowering, node: number): readonly Pat[] {
  return contentOf(cx, node).map((child) => lowerPattern(cx, child))
}

/** `A | B | C` nests to the left and may be thousands long. */
function alternatives(cx: Lowering, node: number): readonly Pat[] {
  const out: Pat[] = []
  const todo = [node]
  for (let at = todo.pop(); at !== undefined; at = todo.pop()) {
    const kind = kindOf(cx, at)
    if (kind === K.or_pattern) todo.push(...contentOf(cx, at).reverse())
    else out.push(lowerPattern(cx, at))
  }
  return out
}

function pathIn(cx: Lowering, node: number): Path {
  const type = childIn(cx, node, F.type)
  return type < 0 ? NO_PATH : lowerPath(cx, type)
}

function structPattern(cx: Lowering, node: number): Pat {
  const fields: FieldPat[] = []
  let rest = false
  let cfg: CfgExpr | undefined
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.attributes) cfg = readAttributesNode(cx, child).cfg
    if (kind === K.remaining_field_pattern) rest = true
    if (kind !== K.field_pattern) continue
    const field = fieldPattern(cx, child)
    fields.push(cfg ? { ...field, cfg } : field)
    cfg = undefined
  }
  return { k: 'struct', path: pathIn(cx, node), fields, rest, ...spanOf(cx, node) }
}

function fieldPattern(cx: Lowering, node: number): FieldPat {
  const name = childIn(cx, node, F.name)
  if (name < 0) return { name: '', at: startOf(cx, node), pat: absent(cx, node) }
  const out = { name: nameOf(cx, name), at: startOf(cx, name) }
  if (childIn(cx, node, F.pattern) >= 0) return { ...out, pat: patternIn(cx, node) }
  const pat = lowerPattern(cx, name)
  return { ...out, pat: withMode(cx, node, pat, hasChild(cx, node, K.ref), hasChild(cx, node, K.mutable_specifier)) }
}

function rangePattern(cx: Lowering, node: number): Pat {
  const from = childIn(cx, node, F.left)
  const to = childIn(cx, node, F.right)
  const out: Unfinished<Span & { k: 'range'; from?: Expr; to?: Expr }> = { k: 'range', ...spanOf(cx, node) }
  if (from >= 0) out.from = cx.to.expr(cx, from)
  if (to >= 0) out.to = cx.to.expr(cx, to)
  return out
}

/** `(|A | B)`: the grammar takes it for a closure with the parameter `A` and the body `B`. */
function leadingAlternative(cx: Lowering, node: number): Pat {
  const parameters = childIn(cx, node, F.parameters)
  const body = childIn(cx, node, F.body)
  if (parameters < 0 || body < 0) return unreadable(cx, node)
  const pats = [...contentOf(cx, parameters), body].map((child) => lowerPattern(cx, child))
  return { k: 'or', pats, at: startOf(cx, node), end: endOf(cx, node) }
}
