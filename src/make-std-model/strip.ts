/**
 * One item of std's source as the std model keeps it: what a user of std can name, and nothing else.
 *
 * Gone are places, bodies, initialisers, lifetimes' remains, patterns of parameters, private fields' types, and
 * attributes that say nothing of names or types. Paths that a macro began with `$crate` begin with `crate` or name
 * that crate. What stays is fresh plain data, independent of the source it came from.
 */
import { type CfgExpr, cfgAnd } from '../base/index.js'
import type { Field, Item, MacroDefItem, TypeRef, VariantItem } from '../syntax/index.js'
import { attributes, type MemberKind, NOWHERE, type StripContext, visibility } from './context.js'
import { bounds, generics, path, selfParam, type } from './strip-types.js'

/** The one body of every function that has one: that it has, is all that is told. */
export const SOME_BODY = 0

/** The item without members that have an existence of their own (a module's); undefined when its cfg never holds. */
// biome-ignore lint/complexity/noExcessiveLinesPerFunction: a table, one arm for each kind of item
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

/** Private fields stay only where their number is the shape of a constructor, and then without their type. */
function fields(list: readonly Field[], tuple: boolean, context: StripContext): Field[] {
  return list.flatMap((field): Field[] => {
    const cfg = context.fold(field.cfg)
    const isPublic = field.vis.k === 'public'
    if (cfg.k === 'false' || (!tuple && !isPublic)) return []
    const ty: TypeRef = isPublic ? type(field.ty, context) : { k: 'infer' }
    return [
      { name: field.name, at: 0, vis: visibility(field.vis), ty, attrs: [], ...(cfg.k === 'true' ? {} : { cfg }) },
    ]
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
