/**
 * What later rooms ask about names: what a path in a body or type means, which traits are in scope, where a
 * definition's body is, and whether code under a condition is part of the Program.
 */
import { cfgAnd, checked, compareText } from '../base/index.js'
import type { CfgExpr, Expr, Path, Visibility } from '../syntax/index.js'
import { readBody } from '../syntax/index.js'
import { isBuiltinAttribute, isToolName } from './builtin-attributes.js'
import { lose, type OwnModule, stateOf } from './crate-state.js'
import { visibility } from './declare.js'
import type {
  AdtDef,
  ConstDef,
  Crate,
  FnDef,
  Loss,
  Module,
  Ns,
  Program,
  Resolution,
  StaticDef,
  TraitDef,
  VariantDef,
} from './defs.js'
import { ask, noteCondition, type OtherTargets } from './other-targets.js'
import { primitive } from './primitives.js'
import { namedOwners, traitItemIn } from './questions.js'
import { inModule, type PathResult, resolveNames } from './resolve-path.js'
import type { Source } from './source.js'
import { textualAt } from './textual-scope.js'
import { inEachView, type Seen, type View } from './views.js'

/**
 * What was lost since the Program was built or this was asked last: macros are expanded where bodies and types are looked
 * at. Each place is told once in a Program.
 */
export function takeLosses(program: Program): readonly Loss[] {
  return stateOf(program.core).program.losses.splice(0)
}

/** Whether a struct's or union's field may be named in a module. */
export function isFieldVisible(def: AdtDef, vis: Visibility, from: Module): boolean {
  if (vis.k === 'public') return true
  const seenIn = visibility(stateOf(def.crate), vis, def.source, def.ast.at, def.module as OwnModule)
  if (seenIn === 'public') return true
  for (let at: Module | undefined = from; at; at = at.parent) if (at === seenIn) return true
  return false
}

const UNRESOLVED: Resolution = { rest: 0, opaque: false }

/**
 * What a path means that stands in a body, type or pattern of `module` (a block's module or a crate's), read from
 * `source`. Generics and locals come before this: the caller has looked there. `prefer` is the namespace asked for;
 * it decides between a built-in type and a module of its name. A path with `<T as ..>` is left to the types room.
 */
export function resolvePath(module: Module, source: Source, path: Path | readonly string[], prefer?: Ns): Resolution {
  const state = stateOf(module.crate)
  const isPath = !Array.isArray(path)
  if (isPath) {
    const made = state.program.madePaths.get(path as Path)
    if (made) return made
    if ((path as Path).qself) return UNRESOLVED
  }
  const names = isPath ? (path as Path).segments : (path as readonly string[]).map((name) => ({ name, at: 0 }))
  const first = names[0]
  if (!first) return UNRESOLVED
  const global = isPath && (path as Path).global
  const textual = prefer === 'macros' ? textualAt(state.textual, module, source, first.at) : undefined
  const found = resolveNames(state, { module: module as OwnModule, source, names, global, textual, preludes: true })
  return orPrimitive(found, names.length, first.name, global, prefer)
}

/**
 * Whether a path that leads somewhere may mean something else: a macro that is not expanded may declare its name nearer than it
 * was found, in a block or in the place of what a glob brings.
 */
export function mayBeAnother(module: Module, source: Source, { segments, global, qself }: Path): boolean {
  const [first, ...more] = segments
  const last = more.at(-1)
  if (!first || qself) return false
  if (!global && isHidden(module, first.name, last ? 'types' : 'values')) return true
  if (!last) return false
  const names = segments.slice(0, -1).map(({ name }) => name)
  const owner = first.name === '$crate' ? undefined : resolvePath(module, source, names, 'types').types
  return owner?.kind === 'module' && owner.opaque && owner.scope.values.get(last.name)?.via === 'glob'
}

function isHidden(module: Module, name: string, ns: 'types' | 'values'): boolean {
  for (let at: Module | undefined = module; at; at = at.parent) {
    const via = at.scope[ns].get(name)?.via
    if (via !== undefined && via !== 'glob') return false
    if (at.opaque) return !PATH_STARTS.has(name)
    if (via !== undefined || !at.block) return false
  }
  return false
}
const PATH_STARTS: ReadonlySet<string> = new Set(['crate', '$crate', 'self', 'super', 'Self'])

/** Whether an attribute that is no part of the language may make something else of an item: on it, or on what it stands in. */
export function mayBeRewritten({ ast, container, module }: ConstDef): boolean {
  const attrs = [...ast.attrs, ...(container?.ast.attrs ?? [])]
  for (let at: Module | undefined = module; at; at = at.parent) attrs.push(...at.attrs)
  return attrs.some(({ meta: { path } }) => !isBuiltinAttribute(path) && !isToolName(checked(path.split('::')[0])))
}

/** Whether a program starts with a function: `main` of the crate's root, by whatever way the name came there. */
export function isMain(def: FnDef | StaticDef): boolean {
  if (def.kind !== 'fn' || def.container) return false
  if (def.name === 'main' && def.module.parent === undefined) return true
  return def.crate.root.scope.values.get('main')?.def === def
}

/** `u8::MAX` means the type even where a module `u8` is in scope, unless the module has what is asked for. */
function orPrimitive(
  found: PathResult,
  length: number,
  first: string,
  global: boolean,
  prefer: Ns | undefined,
): Resolution {
  const prim = global ? undefined : primitive(first)
  if (prim) {
    const isModule = found.types?.def.kind === 'module'
    const missed = found.rest < length && (isModule || !found.types)
    if (missed || (length === 1 && isModule && prefer !== 'macros')) return { types: prim, rest: 1, opaque: false }
  }
  // asked for every path of every body: no intermediate objects
  const { types, values, macros, rest, opaque } = found
  const out: { -readonly [K in keyof Resolution]: Resolution[K] } = { rest, opaque }
  if (types) out.types = types.def
  if (values) out.values = values.def
  if (macros) out.macros = macros.def
  return out
}

const traitSets = new WeakMap<Module, ReadonlySet<TraitDef>>()

/** Traits whose methods can be called by name in `module`: its own, those of blocks around it, and the prelude's. */
export function traitsInScope(module: Module): ReadonlySet<TraitDef> {
  const known = traitSets.get(module)
  if (known) return known
  const out = new Set<TraitDef>()
  for (const at of scopesAround(module)) addTraits(at, out)
  traitSets.set(module, out)
  return out
}

/** The module, from a block's those around it, and the prelude. */
function* scopesAround(module: Module): Generator<Module> {
  for (let at: Module | undefined = module; at; at = at.parent) {
    yield at
    if (!at.block) break
  }
  const { prelude } = stateOf(module.crate)
  if (prelude) yield prelude
}

function addTraits(module: Module, out: Set<TraitDef>): void {
  for (const { def } of module.scope.types.values()) if (def.kind === 'trait') out.add(def)
  for (const trait of module.scope.unnamedTraits.keys()) out.add(trait)
}

/** Which traits in scope have an item of the name was asked, and these have. */
export function noteTraits(module: Module, name: string, traits: readonly TraitDef[]): void {
  const { otherTargets } = stateOf(module.crate).program
  if (!otherTargets.alike) return
  for (const at of scopesAround(module)) {
    if (!at.crate.unit) continue
    for (const owner of namedOwners(at)) if (owner.kind === 'module') ask(otherTargets, traitItemIn(owner, name))
    noteBringing(at as OwnModule, traits)
  }
}

/** By which names a module has the traits, and what of them is there. */
function noteBringing(module: OwnModule, traits: readonly TraitDef[]): void {
  if (traits.length === 0) return
  const { otherTargets } = stateOf(module.crate).program
  for (const [name, { def }] of module.scope.types)
    if (traits.some((trait) => trait === def)) inModule(module as Module, name, module as Module, undefined)
  for (const trait of traits) {
    noteCondition(otherTargets, module.unnamedCfgs.get(trait))
    for (const item of trait.items) noteCondition(otherTargets, item.cfg)
  }
}

/** An expression and the text that its places are in. */
export interface BodyOf {
  readonly expr: Expr
  readonly source: Source
}

/**
 * Records that the path of a type or bound means nothing in a plain build, once for a crate; true when it is told. Where an
 * import should have bound its first name, the import was told.
 */
export function losePath(module: Module, source: Source, path: Path): boolean {
  const state = stateOf(module.crate)
  const { view } = state.program
  const [first] = path.segments
  // A view is no build: what it lacks need not be lacking.
  if (!first || view.index > 0 || !state.cfg.mayHold(cfgAnd(view.under, view.chosen))) return false
  if (state.lostNames.has(first.name)) return true
  const text = path.segments.map(({ name }) => name).join('::')
  if (!state.lostNames.has(`${text} `)) lose(state, 'unresolved path', text, source, path.at)
  state.lostNames.add(`${text} `)
  return true
}

/**
 * The body of a function, the initialiser of a const or static, or a variant's discriminant; undefined when there is
 * none. Read anew each time.
 */
export function bodyOf(def: FnDef | ConstDef | StaticDef | VariantDef): BodyOf | undefined {
  const { source } = def
  // What a derive makes stands where the derive does, though the signature is the trait's.
  if (def.kind === 'fn' && def.madeBody) return { expr: def.madeBody, source: def.container?.source ?? source }
  const made = stateOf(def.crate).program.madeBodies.get(def)
  if (made) return { expr: made, source }
  const ref = def.kind === 'variant' ? def.ast.discriminant : def.ast.body
  return ref === undefined ? undefined : { expr: readBody(source.facts, ref), source }
}

/** Whether code of `crate` under this condition is part of the Program: fields, statements, arms, parameters. */
export function isActive(crate: Crate, cfg: CfgExpr | undefined): boolean {
  return cfg === undefined || stateOf(crate).cfg.mayHold(cfg)
}

/** Asks once for each of the meanings that names have in the builds for the target; `under` is the code's condition. */
export function bodyViews<T>(
  program: Program,
  under: CfgExpr,
  ask: (index: number) => T,
  tooMany?: () => void,
): readonly Seen<T>[] {
  return inEachView(stateOf(program.core).program, under, ask, tooMany)
}

/** The view that is asked in right now. */
export function currentView(program: Program): View {
  return stateOf(program.core).program.view
}

/** Whether what is asked depends on the target; kept for the whole Program. */
export function otherTargets(program: Program): OtherTargets {
  return stateOf(program.core).program.otherTargets
}

/** Options that the crate's code asks for and that would bring dependencies which were not read, sorted. */
export function unreadOptions(crate: Crate): readonly string[] {
  return [...stateOf(crate).cfg.unread].sort(compareText)
}

/**
 * Options that the crate's code asks for and that only its build script could have set, with what this room took them
 * for: the script is not run. Code under the opposite was looked at as well where it is `open`. Sorted by name.
 */
export function guessedOptions(
  crate: Crate,
): readonly { readonly name: string; readonly holds: boolean; readonly open: boolean }[] {
  const { cfg } = stateOf(crate)
  const isOpen = (name: string): boolean => name.includes('=') || cfg.isOpen({ k: 'option', name })
  const guesses = [...cfg.guesses].map(([name, holds]) => ({ name, holds, open: isOpen(name) }))
  return guesses.sort((a, b) => compareText(a.name, b.name))
}
