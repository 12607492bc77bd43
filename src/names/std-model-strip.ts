/**
 * One item of std's source as the std model keeps it: what a user of std can name, and nothing else.
 *
 * Gone are places, bodies, initialisers, lifetimes' remains, patterns of parameters, private fields' types, and
 * attributes that say nothing of names or types. Paths that a macro began with `$crate` begin with `crate` or name
 * that crate. What stays is fresh plain data, independent of the source it came from.
 */
import type {
  AssocBinding,
  Attr,
  Bound,
  Expr,
  Field,
  GenericArg,
  GenericArgs,
  GenericParam,
  Generics,
  Item,
  MacroCall,
  MacroDefItem,
  Meta,
  Path,
  PathSegment,
  SelfParam,
  Span,
  TypeRef,
  VariantItem,
  Visibility,
} from '../syntax/ast.js'
import { type CfgExpr, cfgAnd } from '../syntax/cfg.js'
import type { FoldCfg } from './std-model-cfg.js'

/** Attributes that names or types read. */
const KEPT_ATTRIBUTES: ReadonlySet<string> = new Set([
  'derive',
  'derive_const',
  'lang',
  'macro_export',
  'no_core',
  'no_std',
  'prelude_import',
  'rustc_builtin_macro',
  'rustc_deprecated_safe_2024',
  'rustc_skip_during_method_dispatch',
])

const NOWHERE: Span = { at: 0, end: 0 }
const EMPTY_GENERICS: Generics = { params: [], where: [] }
/** The one body of every function that has one: that it has, is all that is told. */
export const SOME_BODY = 0

export type MemberKind = 'impl items' | 'trait items' | 'foreign items'
export interface ExpandedMembers {
  readonly items: readonly Item[]
  readonly cfg: CfgExpr
  readonly context: StripContext
}

/** What stripping needs to know of the text an item comes from. */
export interface StripContext {
  readonly fold: FoldCfg
  /** What `$crate` at this offset is as the start of a path: `crate`, or the other crate's name. */
  readonly dollarCrate: (at: number) => { readonly crate: true } | { readonly name: string }
  /** The type that a macro in type position stands for, with the context of its text; undefined when unknown. */
  readonly expandType: (call: MacroCall) => { readonly ty: TypeRef; readonly context: StripContext } | undefined
  /** The members that a macro call in an impl, trait or extern block stands for: one expansion for each alternative. */
  readonly expandMembers: (call: MacroCall, as: MemberKind) => readonly ExpandedMembers[]
  /** Something was lost. */
  readonly lose: (what: string, at: number) => void
  /** Remembers the text of a macro, as spans of the model's text are not known yet. */
  readonly macroText: (stripped: MacroDefItem, rules: Span, params: Span | undefined) => void
}

/** The item without members that have an existence of their own (a module's); undefined when its cfg never holds. */
export function stripItem(item: Item, context: StripContext): Item | undefined {
  const cfg = context.fold(item.cfg)
  if (cfg.k === 'false') return undefined
  const base = {
    ...NOWHERE,
    name: item.name,
    nameAt: 0,
    vis: visibility(item.vis),
    attrs: attributes(item.attrs, context),
    ...(cfg.k === 'true' ? {} : { cfg }),
  }
  switch (item.k) {
    case 'fn':
      return {
        k: 'fn',
        ...base,
        generics: generics(item.generics, context),
        ...(item.self ? { self: selfParam(item.self, context) } : {}),
        params: item.params
          .filter((param) => context.fold(param.cfg).k !== 'false')
          .map((param) => ({ pat: { k: 'wild', ...NOWHERE }, ty: type(param.ty, context) })),
        ...(item.ret ? { ret: type(item.ret, context) } : {}),
        async: item.async,
        const: item.const,
        unsafe: item.unsafe,
        safe: item.safe,
        ...(item.abi === undefined ? {} : { abi: item.abi }),
        variadic: item.variadic,
        ...(item.body === undefined ? {} : { body: SOME_BODY }),
      }
    case 'struct':
    case 'union':
      return {
        k: item.k,
        ...base,
        generics: generics(item.generics, context),
        shape: item.shape,
        fields: fields(item.fields, item.shape === 'tuple', context),
      }
    case 'enum':
      return {
        k: 'enum',
        ...base,
        generics: generics(item.generics, context),
        variants: item.variants.flatMap((variant) => stripVariant(variant, context)),
      }
    case 'trait':
      return {
        k: 'trait',
        ...base,
        generics: generics(item.generics, context),
        supertraits: bounds(item.supertraits, context),
        unsafe: item.unsafe,
        auto: item.auto,
        alias: item.alias,
        items: stripMembers(item.items, 'trait items', context),
      }
    case 'impl':
      return {
        k: 'impl',
        ...base,
        generics: generics(item.generics, context),
        ...(item.trait ? { trait: path(item.trait, context) } : {}),
        negative: item.negative,
        unsafe: item.unsafe,
        self: type(item.self, context),
        items: stripMembers(item.items, 'impl items', context),
      }
    case 'type':
      return {
        k: 'type',
        ...base,
        generics: generics(item.generics, context),
        bounds: bounds(item.bounds, context),
        ...(item.ty ? { ty: type(item.ty, context) } : {}),
      }
    case 'const':
      return {
        k: 'const',
        ...base,
        generics: generics(item.generics, context),
        ty: type(item.ty, context),
        ...(item.body === undefined ? {} : { body: SOME_BODY }),
      }
    case 'static':
      return {
        k: 'static',
        ...base,
        mut: item.mut,
        ty: type(item.ty, context),
        ...(item.body === undefined ? {} : { body: SOME_BODY }),
      }
    case 'extern crate':
      return { k: 'extern crate', ...base, ...(item.alias === undefined ? {} : { alias: item.alias }) }
    case 'extern':
      return { k: 'extern', ...base, abi: item.abi, items: stripMembers(item.items, 'foreign items', context) }
    case 'macro def': {
      const stripped: MacroDefItem = { k: 'macro def', ...base, decl2: item.decl2, rules: NOWHERE }
      context.macroText(stripped, item.rules, item.params)
      return stripped
    }
    case 'error':
      context.lose('syntax error', item.at)
      return undefined
    case 'mod':
    case 'use':
    case 'macro call':
      throw new Error(`${item.k} is not stripped on its own`)
  }
}

function stripMembers(items: readonly Item[], as: MemberKind, context: StripContext): Item[] {
  return items.flatMap((item): Item[] => {
    if (item.k !== 'macro call') return [stripItem(item, context) ?? []].flat()
    return context.expandMembers(item.call, as).flatMap((expanded) => {
      const cfg = context.fold(cfgAnd(item.cfg, expanded.cfg))
      if (cfg.k === 'false') return []
      return stripMembers(expanded.items, as, expanded.context).map((member) => underCfg(member, cfg))
    })
  })
}

/** The item, which exists only where this holds as well. */
export function underCfg<T extends { readonly cfg?: CfgExpr }>(item: T, cfg: CfgExpr): T {
  return cfg.k === 'true' ? item : { ...item, cfg: cfgAnd(cfg, item.cfg) }
}

/** Visibilities other than public tell apart what only std sees; they stay as written. */
export function visibility(vis: Visibility): Visibility {
  return vis.k === 'in' ? { k: 'in', path: [...vis.path] } : { k: vis.k }
}

/** The attributes that are kept, with the derives of `derive_const` among them. */
export function attributes(attrs: readonly Attr[], context: StripContext): Attr[] {
  return attrs.flatMap((attr) => {
    const cfg = context.fold(attr.cfg)
    if (cfg.k === 'false' || !KEPT_ATTRIBUTES.has(attr.meta.path)) return []
    const meta = stripMeta(attr.meta)
    return [{ at: 0, meta: meta.path === 'derive_const' ? { ...meta, path: 'derive' } : meta, ...(cfg.k === 'true' ? {} : { cfg }) }]
  })
}

function stripMeta(meta: Meta): Meta {
  return {
    ...NOWHERE,
    path: meta.path,
    ...(meta.value === undefined ? {} : { value: meta.value }),
    ...(meta.list ? { list: meta.list.map(stripMeta) } : {}),
  }
}

/** Private fields stay only where their number is the shape of a constructor, and then without their type. */
function fields(list: readonly Field[], tuple: boolean, context: StripContext): Field[] {
  return list.flatMap((field): Field[] => {
    const cfg = context.fold(field.cfg)
    const isPublic = field.vis.k === 'public'
    if (cfg.k === 'false' || (!tuple && !isPublic)) return []
    const ty: TypeRef = isPublic ? type(field.ty, context) : { k: 'infer' }
    return [{ name: field.name, at: 0, vis: visibility(field.vis), ty, attrs: [], ...(cfg.k === 'true' ? {} : { cfg }) }]
  })
}

function stripVariant(variant: VariantItem, context: StripContext): VariantItem[] {
  const cfg = context.fold(variant.cfg)
  if (cfg.k === 'false') return []
  const shared = { ...NOWHERE, name: variant.name, attrs: attributes(variant.attrs, context), shape: variant.shape }
  const inherited = variant.fields.map((field): Field => ({ ...field, vis: { k: 'public' } }))
  const publicFields = fields(inherited, true, context).map((field): Field => ({ ...field, vis: { k: 'inherited' } }))
  return [{ ...shared, fields: publicFields, ...(cfg.k === 'true' ? {} : { cfg }) }]
}

function selfParam(self: SelfParam, context: StripContext): SelfParam {
  return { at: 0, ref: self.ref, mut: self.mut, ...(self.ty ? { ty: type(self.ty, context) } : {}) }
}

function generics(list: Generics, context: StripContext): Generics {
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

/** `?Sized` says nothing to a reader who does not check. */
function bounds(list: readonly Bound[], context: StripContext): Bound[] {
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
      if (!expanded) context.lose(`macro in type position: ${of.call.path.segments.map((s) => s.name).join('::')}!`, of.call.at)
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
