/** Types, bounds and function pointer types (The Rust Reference, "Types"). Lifetimes are dropped. */
import type { Bound, FnPtrType, TypeRef } from './ast.js'
import { byKind, F, K } from './kinds.js'
import { skipTrivia } from './lexer.js'
import { stringLiteral } from './literals.js'
import { lowerMacroCall } from './lower-macros.js'
import { lowerPath, parameterTypes } from './lower-paths.js'
import {
  absent,
  childIn,
  childOf,
  contentOf,
  EMPTY,
  endOf,
  hasChild,
  kindOf,
  type Lowering,
  MAX_DEPTH,
  textOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

type TypeReader = (cx: Lowering, node: number) => TypeRef

const UNIT: TypeRef = Object.freeze({ k: 'tuple', tys: EMPTY })

const path: TypeReader = (cx, node) => ({ k: 'path', path: lowerPath(cx, node) })
const inField =
  (field: number): TypeReader =>
  (cx, node) =>
    typeIn(cx, node, field)

const TABLE = byKind<TypeReader>({
  type_identifier: (cx, node) => (textOf(cx, node) === '_' ? { k: 'infer' } : path(cx, node)),
  identifier: path,
  self: path,
  crate: path,
  metavariable: path,
  primitive_type: path,
  scoped_type_identifier: path,
  scoped_identifier: path,
  generic_type: path,
  generic_type_with_turbofish: path,
  reference_type: (cx, node) => pointer(cx, node, 'ref'),
  pointer_type: (cx, node) => pointer(cx, node, 'ptr'),
  array_type: (cx, node) => {
    const ty = typeIn(cx, node, F.element)
    const length = childIn(cx, node, F.length)
    return length < 0 ? { k: 'slice', ty } : { k: 'array', ty, len: cx.to.expr(cx, length) }
  },
  tuple_type: tuple,
  unit_type: () => UNIT,
  never_type: () => ({ k: 'never' }),
  function_type: (cx, node) =>
    childIn(cx, node, F.trait) >= 0 ? { k: 'path', path: lowerPath(cx, node) } : functionPointer(cx, node),
  higher_ranked_trait_bound: inField(F.type),
  unsafe_bound_type: inField(F.type),
  removed_trait_bound: (cx, node) => ({ k: 'dyn', bounds: boundsIn(cx, [node]) }),
  abstract_type: (cx, node) => ({ k: 'impl', bounds: boundsIn(cx, [childIn(cx, node, F.trait)]) }),
  dynamic_type: (cx, node) => ({ k: 'dyn', bounds: boundsIn(cx, [childIn(cx, node, F.trait)]) }),
  bounded_type: bounded,
  macro_invocation: (cx, node) => ({ k: 'macro', call: lowerMacroCall(cx, node) }),
  _: () => ({ k: 'infer' }),
})

/** Lowers a type node. */
export function lowerType(cx: Lowering, node: number): TypeRef {
  const reader = TABLE[kindOf(cx, node)]
  if (!reader || cx.depth >= MAX_DEPTH) return unreadable(cx, node)
  cx.depth++
  const type = reader(cx, node)
  cx.depth--
  return type
}

/** The type in a field of a node; a missing one is an error. */
export function typeIn(cx: Lowering, node: number, field: number): TypeRef {
  const child = childIn(cx, node, field)
  return child < 0 ? absent(cx, node) : lowerType(cx, child)
}

/** The bounds in a `trait_bounds` node (`: A + ?B + 'c`); none when `node` is -1. */
export function lowerBounds(cx: Lowering, node: number): readonly Bound[] {
  return node < 0 ? EMPTY : boundsIn(cx, contentOf(cx, node))
}

/** The bounds that these nodes spell; nested lists are taken apart. */
export function boundsIn(cx: Lowering, nodes: readonly number[]): readonly Bound[] {
  const out: Bound[] = []
  // `A + B + C` nests to the left, so this list is a stack that is worked off from its first element
  const todo = [...nodes].reverse()
  for (let node = todo.pop(); node !== undefined; node = todo.pop()) {
    if (node < 0) continue
    const kind = kindOf(cx, node)
    if (kind === K.lifetime || kind === K.use_bounds) continue
    if (kind === K.bounded_type || kind === K.trait_bounds || (kind === K.tuple_type && isParenthesized(cx, node))) {
      todo.push(...contentOf(cx, node).reverse())
    } else if (kind === K.higher_ranked_trait_bound || kind === K.unsafe_bound_type) {
      todo.push(childIn(cx, node, F.type))
    } else {
      const bound = boundOf(cx, node)
      if (bound) out.push(bound)
      else unreadable(cx, node)
    }
  }
  return out
}

function boundOf(cx: Lowering, node: number): Bound | undefined {
  const maybe = kindOf(cx, node) === K.removed_trait_bound
  const inner = maybe ? contentOf(cx, node)[0] : node
  if (inner === undefined) return undefined
  const type = lowerType(cx, inner)
  return type.k === 'path' ? { path: type.path, maybe } : undefined
}

function pointer(cx: Lowering, node: number, k: 'ref' | 'ptr'): TypeRef {
  return { k, mut: hasChild(cx, node, K.mutable_specifier), ty: typeIn(cx, node, F.type) }
}

function tuple(cx: Lowering, node: number): TypeRef {
  const parts = contentOf(cx, node)
  const only = parts[0]
  if (only !== undefined && isParenthesized(cx, node)) return lowerType(cx, only)
  return { k: 'tuple', tys: parts.map((part) => lowerType(cx, part)) }
}

/** `(T)`, where `(T,)` is a tuple: one part with no comma behind it. */
export function isParenthesized(cx: Lowering, node: number): boolean {
  const parts = contentOf(cx, node)
  const only = parts[0]
  if (parts.length !== 1 || only === undefined) return false
  return cx.text[skipTrivia(cx.text, endOf(cx, only), endOf(cx, node))] !== ','
}

/** `impl A + B`, `dyn A + B`, and the bare `A + B` of old editions, which is `dyn`. */
function bounded(cx: Lowering, node: number): TypeRef {
  let first = node
  while (kindOf(cx, first) === K.bounded_type) {
    const inner = contentOf(cx, first)[0]
    if (inner === undefined) return unreadable(cx, node)
    first = inner
  }
  const kind = kindOf(cx, first)
  if (kind !== K.abstract_type && kind !== K.dynamic_type) return { k: 'dyn', bounds: boundsIn(cx, [node]) }
  const rest = boundParts(cx, node).slice(1)
  const bounds = boundsIn(cx, [childIn(cx, first, F.trait), ...rest])
  return { k: kind === K.abstract_type ? 'impl' : 'dyn', bounds }
}

/** The parts of nested `bounded_type`s from left to right. */
function boundParts(cx: Lowering, node: number): readonly number[] {
  const out: number[] = []
  let spine = node
  while (kindOf(cx, spine) === K.bounded_type) {
    const [left, ...right] = contentOf(cx, spine)
    if (left === undefined) break
    out.push(...right.reverse())
    spine = left
  }
  out.push(spine)
  return out.reverse()
}

function functionPointer(cx: Lowering, node: number): TypeRef {
  const modifiers = childOf(cx, node, K.function_modifiers)
  const parameters = childIn(cx, node, F.parameters)
  const out: Unfinished<FnPtrType> = {
    k: 'fn',
    params: parameters < 0 ? [] : parameterTypes(cx, parameters),
    unsafe: modifiers >= 0 && hasChild(cx, modifiers, K.unsafe),
    variadic: parameters >= 0 && hasChild(cx, parameters, K.variadic_parameter),
  }
  const ret = childIn(cx, node, F.return_type)
  if (ret >= 0) out.ret = lowerType(cx, ret)
  const abi = modifiers < 0 ? undefined : abiOf(cx, modifiers)
  if (abi !== undefined) out.abi = abi
  return out
}

/** The ABI of an `extern "C"` among the children of a node, "C" when it has no name, undefined without `extern`. */
export function abiOf(cx: Lowering, node: number): string | undefined {
  const modifier = childOf(cx, node, K.extern_modifier)
  if (modifier < 0) return undefined
  const text = textOf(cx, modifier)
  const literal = stringLiteral(text.slice(text.search(/["r]"|r#|"/)))
  return literal && 'value' in literal ? literal.value : 'C'
}
