/** Paths and generic arguments (The Rust Reference, "Paths"), in types, expressions and patterns alike. */
import type { AssocBinding, GenericArg, GenericArgs, Path, PathSegment, TypeRef } from './ast.js'
import { F, K } from './kinds.js'
import {
  childIn,
  contentOf,
  firstChild,
  kindOf,
  type Lowering,
  nameOf,
  spanOf,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

/** Stands for a path that is not there. */
export const NO_PATH: Path = { global: false, segments: [], at: 0, end: 0 }

interface PathParts {
  global: boolean
  qself?: NonNullable<Path['qself']>
  readonly segments: Unfinished<PathSegment>[]
}

/** Lowers a node that is a path: a name, `a::b`, `A<T>::b`, `<T as U>::b`, `Fn(A) -> B`. */
export function lowerPath(cx: Lowering, node: number): Path {
  const parts: PathParts = { global: false, segments: [] }
  // nested to the left: down to the first segment, then back up
  const spine: number[] = []
  for (let at = node; at >= 0; at = prefixOf(cx, at)) spine.push(at)
  for (let at = spine.pop(); at !== undefined; at = spine.pop()) addPart(cx, at, parts)
  const { global, qself, segments } = parts
  return qself ? { global, qself, segments, ...spanOf(cx, node) } : { global, segments, ...spanOf(cx, node) }
}

/** The node that holds what stands before the last segment of this one. */
function prefixOf(cx: Lowering, node: number): number {
  switch (kindOf(cx, node)) {
    case K.scoped_identifier:
    case K.scoped_type_identifier:
      return childIn(cx, node, F.path)
    case K.generic_type:
    case K.generic_type_with_turbofish:
      return childIn(cx, node, F.type)
    case K.generic_function:
      return childIn(cx, node, F.function)
    case K.function_type:
      return childIn(cx, node, F.trait)
    case K.generic_pattern:
      return firstChild(cx, node)
    default:
      return -1
  }
}

function addPart(cx: Lowering, node: number, parts: PathParts): void {
  switch (kindOf(cx, node)) {
    case K.scoped_identifier:
    case K.scoped_type_identifier: {
      if (childIn(cx, node, F.path) < 0) parts.global = true
      const name = childIn(cx, node, F.name)
      if (name >= 0) parts.segments.push({ name: nameOf(cx, name), at: startOf(cx, name) })
      return
    }
    case K.generic_type:
    case K.generic_type_with_turbofish:
    case K.generic_function:
    case K.generic_pattern: {
      const list = childIn(cx, node, F.type_arguments)
      const last = parts.segments.at(-1)
      if (last && list >= 0) last.args = lowerGenericArgs(cx, list)
      return
    }
    case K.function_type: {
      const last = parts.segments.at(-1)
      if (last) last.args = sugarArgs(cx, node)
      return
    }
    case K.bracketed_type:
      addQualifiedSelf(cx, node, parts)
      return
    case K.metavariable:
      parts.segments.push({ name: nameOf(cx, node).replace(/\s+/g, ''), at: startOf(cx, node) })
      return
    case K.ERROR:
    case 0:
      unreadable(cx, node)
      return
    default:
      parts.segments.push({ name: nameOf(cx, node), at: startOf(cx, node) })
  }
}

/** `<T>` or `<T as Trait>`. */
function addQualifiedSelf(cx: Lowering, node: number, parts: PathParts): void {
  const inner = contentOf(cx, node)[0]
  if (inner === undefined) return
  if (kindOf(cx, inner) !== K.qualified_type) {
    parts.qself = { ty: cx.to.type(cx, inner) }
    return
  }
  const type = childIn(cx, inner, F.type)
  const alias = childIn(cx, inner, F.alias)
  if (type < 0 || alias < 0) {
    unreadable(cx, inner)
    return
  }
  const ty = cx.to.type(cx, type)
  const trait = cx.to.type(cx, alias)
  if (trait.k === 'path') parts.qself = { ty, trait: trait.path }
  else parts.qself = { ty }
}

/** Lowers a `type_arguments` node: `<A, 'b, { 1 }, Item = C, Item: D>`. */
export function lowerGenericArgs(cx: Lowering, node: number): GenericArgs {
  const args: GenericArg[] = []
  const bindings: AssocBinding[] = []
  const content = contentOf(cx, node)
  content.forEach((child, index) => {
    const next = content[index + 1]
    const kind = kindOf(cx, child)
    if (kind === K.lifetime || kind === K.trait_bounds) return
    if (next !== undefined && kindOf(cx, next) === K.trait_bounds) {
      const binding = boundBinding(cx, child, next)
      if (binding) bindings.push(binding)
    } else if (kind === K.type_binding) bindings.push(typeBinding(cx, child))
    else if (isConstArgument(kind)) args.push({ k: 'const', value: cx.to.expr(cx, child) })
    else args.push(cx.to.type(cx, child))
  })
  return { args, bindings }
}

function isConstArgument(kind: number): boolean {
  return (
    kind === K.block ||
    kind === K.integer_literal ||
    kind === K.negative_literal ||
    kind === K.boolean_literal ||
    kind === K.char_literal ||
    kind === K.string_literal ||
    kind === K.raw_string_literal ||
    kind === K.float_literal
  )
}

/** `Item = T`, `Item<A> = T`. */
function typeBinding(cx: Lowering, node: number): AssocBinding {
  const name = childIn(cx, node, F.name)
  const list = childIn(cx, node, F.type_arguments)
  const type = childIn(cx, node, F.type)
  const out: Unfinished<AssocBinding> = { name: name < 0 ? '' : nameOf(cx, name), bounds: [] }
  if (list >= 0) out.args = lowerGenericArgs(cx, list)
  if (type >= 0) out.ty = cx.to.type(cx, type)
  return out
}

/** `Item: B`, where the grammar has `Item` as a type. */
function boundBinding(cx: Lowering, node: number, bounds: number): AssocBinding | undefined {
  const type = cx.to.type(cx, node)
  const segment = type.k === 'path' && type.path.segments.length === 1 ? type.path.segments[0] : undefined
  if (!segment) {
    unreadable(cx, node)
    return undefined
  }
  const lowered = cx.to.bounds(cx, [bounds])
  return segment.args
    ? { name: segment.name, args: segment.args, bounds: lowered }
    : { name: segment.name, bounds: lowered }
}

/** `(A, B) -> C` behind the name of a trait. */
function sugarArgs(cx: Lowering, node: number): GenericArgs {
  const parameters = childIn(cx, node, F.parameters)
  const output = childIn(cx, node, F.return_type)
  return {
    args: parameters < 0 ? [] : parameterTypes(cx, parameters),
    bindings: [],
    parenthesized: output < 0 ? {} : { output: cx.to.type(cx, output) },
  }
}

/** The types in a `parameters` node of a type: `(A, name: B)`. */
export function parameterTypes(cx: Lowering, node: number): readonly TypeRef[] {
  const out: TypeRef[] = []
  for (const child of contentOf(cx, node)) {
    const kind = kindOf(cx, child)
    if (kind === K.variadic_parameter) continue
    const type = kind === K.parameter ? childIn(cx, child, F.type) : child
    out.push(type < 0 ? unreadable(cx, child) : cx.to.type(cx, type))
  }
  return out
}
