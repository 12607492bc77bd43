/**
 * What names hands on: crates, their module trees with every name bound, and the definitions behind the names.
 *
 * One `Program` is the code as one target sees it: items whose cfg does not hold there are not in it. Definitions are
 * compared by identity. Types, bodies and power are unknown here. After `buildProgram` nothing of it changes, but
 * that the blocks of bodies add anonymous modules when they are asked for.
 */
import type { Unit } from '../project/index.js'
import type {
  CfgExpr as _CfgExpr,
  Attr,
  ConstItem,
  EnumItem,
  Expr,
  FnItem,
  ImplItem,
  MacroDefItem,
  ModItem,
  StaticItem,
  StructItem,
  TraitItem,
  TypeAliasItem,
  VariantItem,
} from '../syntax/index.js'
import type { Place, Source } from './source.js'

export type CfgExpr = _CfgExpr

export interface Program {
  /** Dependencies first: core, alloc, std, then the workspace's units. */
  readonly crates: readonly Crate[]
  readonly byUnit: ReadonlyMap<string, Crate>
  readonly core: Crate
  readonly alloc: Crate
  readonly std: Crate
  /** Everything that could not be read or resolved (law 1) before any body was looked at; see `takeLosses`. */
  readonly losses: readonly Loss[]
}

/** Something that was not read, not expanded or not found, with its place. */
export interface Loss {
  readonly kind:
    | 'syntax error'
    | 'missing file'
    | 'unreadable file'
    | 'unresolved import'
    | 'unresolved path'
    | 'unresolved macro'
    | 'proc macro'
    | 'generated code'
    | 'limit'
    | 'text trick'
  readonly what: string
  readonly place: Place
  /** The last line of what it is about, where that is more than its own. */
  readonly endLine?: number
  readonly crate: Crate
}

export interface Crate {
  readonly kind: 'crate'
  readonly id: number
  /** As Rust code spells it: `std`, `serde_json`. */
  readonly name: string
  /** Absent for core, alloc, std and the like. */
  readonly unit?: Unit
  readonly edition: number
  readonly root: Module
  /** Names of crates in this crate's extern prelude, renames applied. */
  readonly externPrelude: ReadonlyMap<string, Crate>
  /** This crate and all it depends on, std's crates among them: where impls may stand. */
  readonly visibleCrates: ReadonlySet<Crate>
  readonly noStd: boolean
  /** Every definition with a body or members, in source order, macro-made and derived ones too (not block items). */
  readonly defs: readonly Def[]
  /** Every impl of the crate's modules (not of its blocks). */
  readonly impls: readonly ImplDef[]
}

/** Visible everywhere, or inside a module and below. */
export type Vis = 'public' | Module
export type Ns = 'types' | 'values' | 'macros'

export interface Binding<D extends Def = Def> {
  readonly def: D
  readonly vis: Vis
  readonly via: 'decl' | 'import' | 'glob' | 'extern crate'
  /** The condition under which the name is bound to it; absent when that is always so. */
  readonly cfg?: CfgExpr
}
export interface Scope {
  readonly types: ReadonlyMap<string, Binding>
  readonly values: ReadonlyMap<string, Binding>
  readonly macros: ReadonlyMap<string, Binding<MacroDef>>
  /** `use Trait as _`. */
  readonly unnamedTraits: ReadonlyMap<TraitDef, Vis>
}

interface DefBase {
  /** Unique and rising in one Program. */
  readonly id: number
  readonly name: string
  readonly crate: Crate
  /** The module whose scope its text sees. */
  readonly module: Module
  readonly source: Source
  /** Under which cfg it exists, everything around it included; features are already constants. */
  readonly cfg: CfgExpr
  readonly vis: Vis
}
export interface Module {
  readonly kind: 'module'
  readonly id: number
  readonly name: string
  readonly crate: Crate
  readonly parent: Module | undefined
  /** An anonymous module of a block's items: lookups go on in `parent`. */
  readonly block: boolean
  readonly source: Source
  readonly item?: ModItem
  readonly attrs: readonly Attr[]
  readonly cfg: CfgExpr
  readonly vis: Vis
  readonly scope: Scope
  readonly impls: readonly ImplDef[]
  /** A macro that could not be expanded stands in it: a name not found may still exist. */
  readonly opaque: boolean
}
/** An anonymous module, and everything in it that has a body or members. */
export interface BlockModule extends Module {
  readonly defs: readonly Def[]
}
export interface Foreign {
  readonly abi: string
  readonly linkName?: string
  /** The condition under which the linker looks for that name, or for the item's own. */
  readonly nameCfg?: CfgExpr
  /** Names that the linker looks for in other builds; without a name: the item's own. */
  readonly otherNames?: readonly { readonly name?: string; readonly cfg: CfgExpr }[]
  readonly library?: string
}
export interface FnDef extends DefBase {
  readonly kind: 'fn'
  readonly ast: FnItem
  readonly container: ImplDef | TraitDef | undefined
  /** Declared in an `extern` block of this ABI; `linkName` when it differs from the name. */
  readonly foreign?: Foreign
  /** What other builds for the target have in its place among an impl's or trait's items. */
  otherBuilds?: readonly FnDef[]
  /** A body that no text has: of a derived impl. */
  readonly madeBody?: Expr
}
export interface AdtDef extends DefBase {
  readonly kind: 'struct' | 'union' | 'enum' | 'foreign type'
  readonly ast: StructItem | EnumItem | TypeAliasItem
  /** For an enum. */
  readonly variants: readonly VariantDef[]
}
export interface VariantDef extends DefBase {
  readonly kind: 'variant'
  readonly ast: VariantItem
  readonly enum: AdtDef
}
export interface TraitDef extends DefBase {
  readonly kind: 'trait'
  readonly ast: TraitItem
  readonly items: readonly AssocDef[]
}
export interface ImplDef extends DefBase {
  readonly kind: 'impl'
  readonly ast: ImplItem
  readonly items: readonly AssocDef[]
  /** Made by `#[derive(..)]`; `trait` is resolved already, the path in `ast.trait` is only its name. */
  readonly derived?: TraitDef
}
export interface AliasDef extends DefBase {
  readonly kind: 'alias'
  readonly ast: TypeAliasItem
  readonly container: ImplDef | TraitDef | undefined
  otherBuilds?: readonly AliasDef[]
}
export interface ConstDef extends DefBase {
  readonly kind: 'const'
  readonly ast: ConstItem
  readonly container: ImplDef | TraitDef | undefined
  otherBuilds?: readonly ConstDef[]
}
export interface StaticDef extends DefBase {
  readonly kind: 'static'
  readonly ast: StaticItem
  readonly foreign?: Foreign
}
export interface MacroDef extends DefBase {
  readonly kind: 'macro'
  /** Absent for built-in and procedural ones. */
  readonly ast?: MacroDefItem
  /** `rustc_builtin_macro`: expanded by builtin-macros.ts. */
  readonly builtin?: string
  /** A function-like, derive or attribute macro of a proc-macro crate: it is never run (law 5). */
  readonly proc?: 'bang' | 'derive' | 'attribute'
}
/** `u8`, `str`, …: a built-in type's name in the types namespace. */
export interface PrimDef {
  readonly kind: 'prim'
  readonly name: string
}
export type AssocDef = FnDef | AliasDef | ConstDef
export type Def =
  | Module
  | FnDef
  | AdtDef
  | VariantDef
  | TraitDef
  | ImplDef
  | AliasDef
  | ConstDef
  | StaticDef
  | MacroDef
  | PrimDef

/**
 * How far a path led. `rest` is the index of the first segment that is not part of it: equal to the number of
 * segments when the whole path names an item, less when it ended at a type or trait whose associated items only the
 * types room can look up (`File::open`: `types` is File, `rest` is 1).
 */
export interface Resolution {
  readonly types?: Def
  readonly values?: Def
  readonly macros?: MacroDef
  readonly rest: number
  /** Nothing was found, but a macro that could not be expanded may have made it. */
  readonly opaque: boolean
}
