/**
 * What is known of one crate while its names are being resolved, and what later questions about it need: the parts that
 * change behind the readonly faces of defs.ts. Only files of this room see it.
 */
import type { TargetPlatform } from '../project/index.js'
import type { Attr, CfgExpr, Expr, Fragment, FragmentKind, Item, MacroCall, Path } from '../syntax/index.js'
import type { CrateCfg } from './crate-cfg.js'
import type {
  AdtDef,
  AssocDef,
  Binding,
  BlockModule,
  Crate,
  Def,
  ImplDef,
  Loss,
  MacroDef,
  Module,
  Ns,
  Resolution,
  TraitDef,
  Vis,
} from './defs.js'
import type { FileStore } from './file-store.js'
import type { Expansion } from './macros/expansion.js'
import type { ModuleDir } from './module-files.js'
import type { OtherTargets } from './other-targets.js'
import { placeOf, type Source } from './source.js'
import type { TextualScope, TextualTable } from './textual-scope.js'
import type { View } from './views.js'

export type Mutable<T> = { -readonly [K in keyof T]: T[K] }

/** A binding with the import that made it, so that the same import may replace it. */
export interface OwnBinding<D extends Def = Def> extends Binding<D> {
  readonly from?: Import
  /** What the name means in other builds for the target; the binding itself is a plain build's, if that has the name. */
  readonly others?: readonly OwnBinding<D>[]
  /** The condition under which the name is not bound here at all; absent when every build has it. */
  readonly absent?: CfgExpr
}
export interface OwnScope {
  readonly types: Map<string, OwnBinding>
  readonly values: Map<string, OwnBinding>
  readonly macros: Map<string, OwnBinding<MacroDef>>
  readonly unnamedTraits: Map<TraitDef, Vis>
}
export interface OwnModule extends Omit<Mutable<Module>, 'scope' | 'impls' | 'parent'> {
  readonly parent: OwnModule | undefined
  readonly scope: OwnScope
  readonly impls: ImplDef[]
  /** Globs of this crate that copy from here: they are told of every new name. */
  readonly globImporters: GlobEdge[]
  /** Where it imports all names from. */
  readonly globs: (Module | AdtDef)[]
  /** The conditions of its traits without a name, where they have one. */
  readonly unnamedCfgs: Map<TraitDef, CfgExpr>
  /** Where `mod name;` in it looks for files. */
  dir: ModuleDir | undefined
}
export interface GlobEdge {
  readonly importer: OwnModule
  readonly vis: Vis
  readonly from: Import
}

/** One name or glob of a `use`. */
export interface Import {
  readonly module: OwnModule
  readonly source: Source
  readonly path: readonly PathName[]
  readonly global: boolean
  readonly kind: 'plain' | 'types only' | 'glob' | 'prelude'
  /** The name it binds; `_` binds a trait without a name. */
  readonly name: string
  readonly at: number
  readonly vis: Vis
  readonly cfg: CfgExpr
  /** `macro_rules` in scope at it: `use name;` may mean one. */
  readonly textual: TextualScope | undefined
  /** What it has bound so far. */
  readonly found: Partial<Record<Ns, Def>>
  /** The same for all views, to tell whether anything changed. */
  readonly given: Partial<Record<Ns, readonly OwnBinding[]>>
}
export interface PathName {
  readonly name: string
  readonly at: number
}

/** A macro call that stands where items may stand and is not expanded yet. */
export interface PendingCall {
  /** `statements`: a macro statement of a block, of which only the items count here. */
  readonly as: 'items' | 'impl items' | 'trait items' | 'foreign items' | 'statements'
  readonly call: MacroCall
  readonly source: Source
  readonly at: ItemPlace
  /** Where assoc items go. */
  readonly into?: AssocSink
  readonly foreign?: ForeignBlock
  /** The scope node that stands for what the expansion will define. */
  readonly node: TextualScope
}
export interface ForeignBlock {
  readonly abi: string
  readonly library?: string
}
/** An impl or trait being filled. */
export interface AssocSink {
  readonly container: ImplDef | TraitDef
  readonly items: AssocDef[]
}
/** Where items are collected into. */
export interface ItemPlace {
  readonly module: OwnModule
  readonly cfg: CfgExpr
  /** `macro_rules` in scope, moving on from item to item. */
  readonly textual: { scope: TextualScope | undefined }
  readonly depth: number
}
/** An attribute or a derived name that may be a macro, to be looked at when names are settled. */
export interface PendingAttribute {
  readonly path: readonly PathName[]
  readonly global: boolean
  readonly source: Source
  readonly at: ItemPlace
  readonly scope: TextualScope | undefined
  /** Where the item ends that it stands on. */
  readonly end: number
  /** The type that a derive is for; absent for an attribute. */
  readonly adt?: AdtDef
  /** It may be a helper of some derive on the same item, or on the item around it. */
  readonly besideDerive: boolean
}

/** A function with an attribute that is called `test` or `bench`. */
export interface PendingTest {
  readonly item: Item
  readonly name: string
  readonly attr: Attr
  readonly source: Source
  readonly at: ItemPlace
}

export interface CrateState {
  readonly program: ProgramState
  readonly crate: Mutable<Crate> & {
    readonly externPrelude: Map<string, Crate>
    readonly visibleCrates: Set<Crate>
    readonly defs: Def[]
    readonly impls: ImplDef[]
  }
  readonly cfg: CrateCfg
  /** Crates that `extern crate` can name: dependencies and the toolchain's own. */
  readonly externs: ReadonlyMap<string, Crate>
  readonly packageId: string
  readonly imports: Import[]
  readonly calls: PendingCall[]
  readonly attributes: PendingAttribute[]
  /** Functions that std's `#[test]` would take out of the crate, if the name means that. */
  readonly tests: PendingTest[]
  /** `#[macro_use] extern crate`. */
  readonly macroUsePrelude: Map<string, OwnBinding<MacroDef>>
  /** `#[prelude_import]`, or found by the edition. */
  prelude: Module | undefined
  readonly textual: TextualTable
  /** Modules of blocks, by the place of their first item. */
  readonly blocks: Map<string, BlockModule>
  /** Expansions of macro statements whose items are collected already, by place: a body's reader gets the same. */
  readonly statementMacros: Map<string, Map<MacroDef, Expansion>>
  /** Of `cfg_select!` among them: each arm that some build has. */
  readonly selectedArms: Map<string, readonly Expansion[]>
  /** Names that imports should have bound, whose loss is told; and paths of types that were told. */
  readonly lostNames: Set<string>
  /** Where new definitions are listed: the crate's lists, or those of a block. */
  sink: { readonly defs: Def[]; readonly impls: ImplDef[] }
  /** Expansions inside expansions: `#![recursion_limit]`. */
  readonly recursionLimit: number
  /** Characters that expansions have made so far, with a price for each that they are nested in. */
  expandedSize: number
}

/** One target's Program while it is built and after. */
export interface ProgramState {
  readonly target: TargetPlatform
  readonly files: FileStore
  /** Since the Program was built, and not taken yet: what expansion in bodies loses. */
  readonly losses: Loss[]
  /** What has been recorded: a place is looked at more than once. */
  readonly lossKeys: Set<string>
  readonly states: Map<Crate, CrateState>
  /** Which meaning of names that have several is asked for right now. */
  view: View
  readonly otherTargets: OtherTargets
  /** The toolchain's crates, by name. */
  readonly toolchain: Map<string, Crate>
  nextId: number
  nextHygiene: number
  /** Paths that derives make, with what they mean: such a name need not be in scope. */
  readonly madePaths: WeakMap<Path, Resolution>
  /** Bodies that no text has, of definitions made for item macros. */
  readonly madeBodies: WeakMap<Def, Expr>
  readonly fragments: FragmentCache
}
/** Parsed expansions by position and text: other targets expand mostly to the same. */
export interface FragmentCache {
  readonly parse: (text: string, as: FragmentKind) => Fragment
}
const stateOfCrate = new WeakMap<Crate, CrateState>()

export function registerState(state: CrateState): void {
  stateOfCrate.set(state.crate, state)
  state.program.states.set(state.crate, state)
}
/** The state behind a crate of a Program that this room built. */
export function stateOf(crate: Crate): CrateState {
  const state = stateOfCrate.get(crate)
  if (!state) throw new Error(`the crate ${crate.name} was not made by buildProgram`)
  return state
}

/** Records something that was not read or found (law 1). */
export function lose(state: CrateState, kind: Loss['kind'], what: string, source: Source, at: number, end = at): Loss {
  const place = placeOf(source, at)
  const last = end > at ? placeOf(source, end - 1) : place
  const isMore = last.file === place.file && last.line > place.line
  const loss: Loss = { kind, what, place, ...(isMore && { endLine: last.line }), crate: state.crate }
  const key = `${kind}\0${what}\0${place.package}\0${place.file}\0${place.line}\0${place.column}\0${state.crate.id}`
  if (!state.program.lossKeys.has(key)) state.program.losses.push(loss)
  state.program.lossKeys.add(key)
  return loss
}

/** A module without names. */
export function newModule(
  state: CrateState,
  parent: OwnModule | undefined,
  parts: Pick<Module, 'name' | 'source' | 'attrs' | 'cfg' | 'vis' | 'block'> & Partial<Pick<Module, 'item'>>,
  dir: ModuleDir | undefined,
): OwnModule {
  return {
    kind: 'module',
    id: state.program.nextId++,
    crate: state.crate,
    parent,
    scope: { types: new Map(), values: new Map(), macros: new Map(), unnamedTraits: new Map() },
    impls: [],
    opaque: false,
    globImporters: [],
    globs: [],
    unnamedCfgs: new Map(),
    dir,
    ...parts,
  }
}

/** The module that `self` means: blocks are passed over. */
export function normalModule(module: OwnModule): OwnModule {
  let at = module
  while (at.block && at.parent) at = at.parent
  return at
}

export function isInside(module: Module, outer: Module): boolean {
  for (let at: Module | undefined = module; at; at = at.parent) if (at === outer) return true
  return false
}

export function isVisible(vis: Vis, from: Module): boolean {
  return vis === 'public' || isInside(from, vis)
}

/** The narrower of two. */
export function narrower(a: Vis, b: Vis): Vis {
  if (a === 'public') return b
  if (b === 'public') return a
  return isInside(a, b) ? a : b
}
