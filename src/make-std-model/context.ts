/** What stripping an item of std needs to know of the text that the item stands in, and what all parts of it share. */
import type { CfgExpr } from '../base/index.js'
import type { Attr, Item, MacroCall, MacroDefItem, Meta, Span, TypeRef, Visibility } from '../syntax/index.js'
import type { FoldCfg } from './cfg.js'

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

/** Places of std mean nothing to its users. */
export const NOWHERE: Span = { at: 0, end: 0 }

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
    return [
      {
        at: 0,
        meta: meta.path === 'derive_const' ? { ...meta, path: 'derive' } : meta,
        ...(cfg.k === 'true' ? {} : { cfg }),
      },
    ]
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
