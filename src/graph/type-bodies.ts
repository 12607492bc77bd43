/**
 * Expressions that stand in the types of items: array lengths, const arguments and the defaults of const parameters, in
 * headers, signatures, bounds and fields. Each is an unnamed constant that the compiler evaluates, and a place where items may
 * stand. Types inside of bodies are for whoever infers those.
 */
import type { ConstDef, Def, Module, Program, Source, VariantDef } from '../names/index.js'
import { expandMacro } from '../names/index.js'
import type { Bound, Expr, Field, GenericArgs, Generics, MacroCall, Path, TypeRef } from '../syntax/index.js'

export interface TypeExpr {
  readonly expr: Expr
  /** The unnamed constant that the expression is the value of. */
  readonly def: ConstDef
}

/** What stands in the types of one definition, its members' not among it. */
export function typeExprsOf(program: Program, def: Def): readonly TypeExpr[] {
  if (def.kind === 'prim' || def.kind === 'module' || def.kind === 'macro' || !('ast' in def)) return []
  const found: TypeExpr[] = []
  const visitIn = (source: Source): Visit => ({
    expr: (expr) => {
      if (!isInert(expr)) found.push({ expr, def: unnamedConst(def, expr, source) })
      else source.visits?.noteAll(source, expr.at, expr.end, 'known')
    },
    // What a macro makes is looked at once more, as deep as macros go.
    macro: (call) => {
      const expansion = expandMacro(program, def.module, source, call, 'type')
      if (expansion.k === 'ok' && expansion.fragment.ty) inType(expansion.fragment.ty, visitIn(expansion.source))
    },
  })
  inDefinition(def, visitIn(def.source))
  return found
}

interface Visit {
  readonly expr: (expr: Expr) => void
  readonly macro: (call: MacroCall) => void
}
type Own = Exclude<Def, Module | { kind: 'prim' | 'macro' }>

function inDefinition(def: Own, visit: Visit): void {
  if ('generics' in def.ast) inGenerics(def.ast.generics, visit)
  switch (def.kind) {
    case 'fn':
      if (def.ast.self?.ty) inType(def.ast.self.ty, visit)
      for (const param of def.ast.params) inType(param.ty, visit)
      if (def.ast.ret) inType(def.ast.ret, visit)
      return
    case 'const':
    case 'static':
      inType(def.ast.ty, visit)
      return
    case 'alias':
      if (def.ast.ty) inType(def.ast.ty, visit)
      inBounds(def.ast.bounds, visit)
      return
    case 'trait':
      inBounds(def.ast.supertraits, visit)
      return
    case 'impl':
      inType(def.ast.self, visit)
      if (def.ast.trait) inPath(def.ast.trait, visit)
      return
    case 'struct':
    case 'union':
      if ('fields' in def.ast) inFields(def.ast.fields, visit)
      return
    case 'enum':
      for (const variant of def.variants) inVariant(variant, visit)
      return
  }
}

function inVariant(variant: VariantDef, visit: Visit): void {
  inFields(variant.ast.fields, visit)
}

function inFields(fields: readonly Field[], visit: Visit): void {
  for (const field of fields) inType(field.ty, visit)
}

function inGenerics({ params, where }: Generics, visit: Visit): void {
  for (const param of params) {
    inBounds(param.bounds, visit)
    if (param.default) inType(param.default, visit)
    if (param.ty) inType(param.ty, visit)
    if (param.value) visit.expr(param.value)
  }
  for (const predicate of where) {
    inType(predicate.ty, visit)
    inBounds(predicate.bounds, visit)
  }
}

function inBounds(bounds: readonly Bound[], visit: Visit): void {
  for (const bound of bounds) inPath(bound.path, visit)
}

function inPath(path: Path, visit: Visit): void {
  if (path.qself) {
    inType(path.qself.ty, visit)
    if (path.qself.trait) inPath(path.qself.trait, visit)
  }
  for (const segment of path.segments) if (segment.args) inArgs(segment.args, visit)
}

function inArgs({ args, bindings, parenthesized }: GenericArgs, visit: Visit): void {
  for (const arg of args) {
    if (arg.k === 'const') visit.expr(arg.value)
    else inType(arg, visit)
  }
  for (const binding of bindings) {
    if (binding.args) inArgs(binding.args, visit)
    if (binding.ty) inType(binding.ty, visit)
    inBounds(binding.bounds, visit)
  }
  if (parenthesized?.output) inType(parenthesized.output, visit)
}

function inType(ty: TypeRef, visit: Visit): void {
  switch (ty.k) {
    case 'path':
      return inPath(ty.path, visit)
    case 'array':
      visit.expr(ty.len)
      return inType(ty.ty, visit)
    case 'ref':
    case 'ptr':
    case 'slice':
      return inType(ty.ty, visit)
    case 'tuple':
      for (const part of ty.tys) inType(part, visit)
      return
    case 'fn':
      for (const param of ty.params) inType(param, visit)
      if (ty.ret) inType(ty.ret, visit)
      return
    case 'dyn':
    case 'impl':
      return inBounds(ty.bounds, visit)
    case 'macro':
      return visit.macro(ty.call)
    case 'never':
    case 'infer':
    case 'error':
      return
  }
}

/** Numbers, names and arithmetic: nothing in it is called, and no item stands in it. */
function isInert(expr: Expr): boolean {
  switch (expr.k) {
    case 'lit':
    case 'path':
      return true
    case 'unary':
    case 'cast':
      return isInert(expr.expr)
    case 'block':
      return expr.stmts.length === 0 && (expr.tail === undefined || isInert(expr.tail))
    default:
      return false
  }
}

function unnamedConst(def: Own, expr: Expr, source: Source): ConstDef {
  const container = def.kind === 'impl' || def.kind === 'trait' ? def : 'container' in def ? def.container : undefined
  return {
    kind: 'const',
    id: -1,
    name: '_',
    crate: def.crate,
    module: def.module,
    source,
    cfg: def.cfg,
    vis: def.module,
    container,
    ast: {
      k: 'const',
      name: '_',
      nameAt: expr.at,
      vis: { k: 'inherited' },
      attrs: [],
      generics: { params: [], where: [] },
      ty: { k: 'infer' },
      at: expr.at,
      end: expr.end,
    },
  }
}
