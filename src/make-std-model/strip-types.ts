/** Types, paths and generics of std as the std model keeps them: without places, with `$crate` resolved. */
import type {
  AssocBinding,
  Bound,
  Expr,
  GenericArg,
  GenericArgs,
  GenericParam,
  Generics,
  Path,
  PathSegment,
  SelfParam,
  TypeRef,
} from '../syntax/index.js'
import { NOWHERE, type StripContext } from './context.js'

const EMPTY_GENERICS: Generics = { params: [], where: [] }

/** A `self` parameter without places. */
export function selfParam(self: SelfParam, context: StripContext): SelfParam {
  return { at: 0, ref: self.ref, mut: self.mut, ...(self.ty ? { ty: type(self.ty, context) } : {}) }
}

/** Generic parameters and where-clauses without places, and without those that ask nothing. */
export function generics(list: Generics, context: StripContext): Generics {
  if (list.params.length === 0 && list.where.length === 0) return EMPTY_GENERICS
  return {
    params: list.params.map(
      (param): GenericParam => ({
        k: param.k,
        name: param.name,
        at: 0,
        bounds: bounds(param.bounds, context),
        ...(param.default ? { default: type(param.default, context) } : {}),
        ...(param.ty ? { ty: type(param.ty, context) } : {}),
      }),
    ),
    where: list.where
      .map((predicate) => ({ ty: type(predicate.ty, context), bounds: bounds(predicate.bounds, context) }))
      .filter((predicate) => predicate.bounds.length > 0),
  }
}

/** Bounds without places; `?Sized` says nothing to a reader who does not check. */
export function bounds(list: readonly Bound[], context: StripContext): Bound[] {
  return list.filter((bound) => !bound.maybe).map((bound) => ({ path: path(bound.path, context), maybe: false }))
}

/** A path without places; `$crate` resolved. */
export function path(of: Path, context: StripContext): Path {
  const segments = of.segments.map((segment): PathSegment => {
    const args = segment.args ? genericArgs(segment.args, context) : undefined
    return { name: segment.name, at: 0, ...(args ? { args } : {}) }
  })
  const first = of.segments[0]
  let global = of.global
  if (first?.name === '$crate') {
    const target = context.dollarCrate(first.at)
    segments[0] = { name: 'crate' in target ? 'crate' : target.name, at: 0 }
    global = !('crate' in target)
  }
  const qself = of.qself && {
    ty: type(of.qself.ty, context),
    ...(of.qself.trait ? { trait: path(of.qself.trait, context) } : {}),
  }
  return { ...NOWHERE, global, ...(qself ? { qself } : {}), segments }
}

function genericArgs(of: GenericArgs, context: StripContext): GenericArgs | undefined {
  if (of.args.length === 0 && of.bindings.length === 0 && !of.parenthesized) return undefined
  return {
    args: of.args.map((arg) => genericArg(arg, context)),
    bindings: of.bindings.map((binding) => assocBinding(binding, context)),
    ...(of.parenthesized
      ? { parenthesized: of.parenthesized.output ? { output: type(of.parenthesized.output, context) } : {} }
      : {}),
  }
}

function genericArg(arg: GenericArg, context: StripContext): GenericArg {
  return arg.k === 'const' ? { k: 'const', value: constant(arg.value, context) } : type(arg, context)
}

function assocBinding(binding: AssocBinding, context: StripContext): AssocBinding {
  const args = binding.args ? genericArgs(binding.args, context) : undefined
  return {
    name: binding.name,
    ...(args ? { args } : {}),
    ...(binding.ty ? { ty: type(binding.ty, context) } : {}),
    bounds: bounds(binding.bounds, context),
  }
}

/** A type without places. */
export function type(of: TypeRef, context: StripContext): TypeRef {
  switch (of.k) {
    case 'path':
      return { k: 'path', path: path(of.path, context) }
    case 'ref':
    case 'ptr':
      return { k: of.k, mut: of.mut, ty: type(of.ty, context) }
    case 'slice':
      return { k: 'slice', ty: type(of.ty, context) }
    case 'array':
      return { k: 'array', ty: type(of.ty, context), len: constant(of.len, context) }
    case 'tuple':
      return { k: 'tuple', tys: of.tys.map((ty) => type(ty, context)) }
    case 'never':
    case 'infer':
      return { k: of.k }
    case 'fn':
      return {
        k: 'fn',
        params: of.params.map((param) => type(param, context)),
        ...(of.ret ? { ret: type(of.ret, context) } : {}),
        unsafe: of.unsafe,
        ...(of.abi === undefined ? {} : { abi: of.abi }),
        variadic: of.variadic,
      }
    case 'dyn':
    case 'impl':
      return { k: of.k, bounds: bounds(of.bounds, context) }
    case 'macro': {
      const expanded = context.expandType(of.call)
      if (!expanded)
        context.lose(`macro in type position: ${of.call.path.segments.map((s) => s.name).join('::')}!`, of.call.at)
      return expanded ? type(expanded.ty, expanded.context) : { k: 'error', ...NOWHERE }
    }
    case 'error':
      context.lose('type that could not be read', of.at)
      return { k: 'error', ...NOWHERE }
  }
}

/** Const arguments and array lengths: literals and paths stay, what would have to be computed does not. */
function constant(of: Expr, context: StripContext): Expr {
  if (of.k === 'lit') return { k: 'lit', lit: of.lit, ...NOWHERE }
  if (of.k === 'path') return { k: 'path', path: path(of.path, context), ...NOWHERE }
  if (of.k === 'block' && of.mode === 'plain' && of.stmts.length === 0 && of.tail) return constant(of.tail, context)
  return { k: 'error', ...NOWHERE }
}
