/** The paths that the signature of an item of std names: what of std its user has to know to use it. */
import type { Bound, Expr, Field, GenericArgs, Generics, Item, Path, TypeRef } from '../syntax/index.js'

/** Is told of a path and of the generic parameters in scope there, `Self` among them. */
export type VisitPath = (path: Path, generics: ReadonlySet<string>) => void

/** Every path in an item's signature and in those of its members, but for private members of inherent impls. */
export function visitItem(item: Item, outer: ReadonlySet<string>, visit: VisitPath): void {
  const generics = 'generics' in item ? withParams(outer, item.generics) : outer
  if ('generics' in item) visitGenerics(item.generics, generics, visit)
  switch (item.k) {
    case 'fn':
      if (item.self?.ty) visitType(item.self.ty, generics, visit)
      for (const param of item.params) visitType(param.ty, generics, visit)
      if (item.ret) visitType(item.ret, generics, visit)
      return
    case 'struct':
    case 'union':
      visitFields(item.fields, generics, visit)
      return
    case 'enum':
      for (const variant of item.variants) visitFields(variant.fields, generics, visit)
      return
    case 'trait':
      visitBounds(item.supertraits, generics, visit)
      for (const member of item.items) visitItem(member, generics, visit)
      return
    case 'impl':
      if (item.trait) visitPath(item.trait, generics, visit)
      visitType(item.self, generics, visit)
      for (const member of item.items) if (item.trait || isPublicMember(member)) visitItem(member, generics, visit)
      return
    case 'type':
      visitBounds(item.bounds, generics, visit)
      if (item.ty) visitType(item.ty, generics, visit)
      return
    case 'const':
    case 'static':
      visitType(item.ty, generics, visit)
      return
    case 'extern':
      for (const member of item.items) visitItem(member, generics, visit)
      return
    default:
      return
  }
}

function withParams(outer: ReadonlySet<string>, generics: Generics): ReadonlySet<string> {
  return new Set([...outer, 'Self', ...generics.params.map((param) => param.name)])
}

function visitGenerics(generics: Generics, names: ReadonlySet<string>, visit: VisitPath): void {
  for (const param of generics.params) {
    visitBounds(param.bounds, names, visit)
    if (param.default) visitType(param.default, names, visit)
    if (param.ty) visitType(param.ty, names, visit)
  }
  for (const predicate of generics.where) {
    visitType(predicate.ty, names, visit)
    visitBounds(predicate.bounds, names, visit)
  }
}

function visitFields(fields: readonly Field[], generics: ReadonlySet<string>, visit: VisitPath): void {
  for (const field of fields) visitType(field.ty, generics, visit)
}

function visitBounds(bounds: readonly Bound[], generics: ReadonlySet<string>, visit: VisitPath): void {
  for (const bound of bounds) visitPath(bound.path, generics, visit)
}

export function visitType(type: TypeRef, generics: ReadonlySet<string>, visit: VisitPath): void {
  switch (type.k) {
    case 'path':
      return visitPath(type.path, generics, visit)
    case 'ref':
    case 'ptr':
    case 'slice':
      return visitType(type.ty, generics, visit)
    case 'array':
      visitType(type.ty, generics, visit)
      return visitExpr(type.len, generics, visit)
    case 'tuple':
      for (const ty of type.tys) visitType(ty, generics, visit)
      return
    case 'fn':
      for (const ty of type.params) visitType(ty, generics, visit)
      if (type.ret) visitType(type.ret, generics, visit)
      return
    case 'dyn':
    case 'impl':
      return visitBounds(type.bounds, generics, visit)
    default:
      return
  }
}

function visitExpr(expr: Expr, generics: ReadonlySet<string>, visit: VisitPath): void {
  if (expr.k === 'path') visitPath(expr.path, generics, visit)
}

export function visitPath(path: Path, generics: ReadonlySet<string>, visit: VisitPath): void {
  visit(path, generics)
  if (path.qself) {
    visitType(path.qself.ty, generics, visit)
    if (path.qself.trait) visitPath(path.qself.trait, generics, visit)
  }
  for (const segment of path.segments) if (segment.args) visitArgs(segment.args, generics, visit)
}

function visitArgs(args: GenericArgs, generics: ReadonlySet<string>, visit: VisitPath): void {
  for (const arg of args.args)
    arg.k === 'const' ? visitExpr(arg.value, generics, visit) : visitType(arg, generics, visit)
  for (const binding of args.bindings) {
    if (binding.args) visitArgs(binding.args, generics, visit)
    if (binding.ty) visitType(binding.ty, generics, visit)
    visitBounds(binding.bounds, generics, visit)
  }
  if (args.parenthesized?.output) visitType(args.parenthesized.output, generics, visit)
}

/** Members of an inherent impl that a user can call. */
export function isPublicMember(item: Item): boolean {
  return item.vis.k === 'public'
}
