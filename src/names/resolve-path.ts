/**
 * What a path names (docs/resolution.md, 1.5): the first name is looked up outwards, every further one in the module or enum
 * before it. The three namespaces are answered together and independently. Associated items are left to types: the
 * result says how far names alone led.
 */

import { type CfgExpr, checked } from '../base/index.js'
import { parsePlatform } from '../project/index.js'
import { meaningsOf } from './bindings.js'
import type { CrateCfg } from './crate-cfg.js'
import {
  type CrateState,
  type Import,
  isVisible,
  normalModule,
  type OwnBinding,
  type OwnModule,
  type PathName,
  stateOf,
} from './crate-state.js'
import type { Crate, Def, MacroDef, Module, Ns, VariantDef } from './defs.js'
import { ALL_TARGETS, ask, type Met, meet, meeting, newMet, noteCondition, type TargetSet } from './other-targets.js'
import { primitive } from './primitives.js'
import { crateOfName, namedOwners, nameIn, textualMacro, usedMacro } from './questions.js'
import { type Source, segmentAt, writtenIn } from './source.js'
import { type TextualScope, textualMeanings } from './textual-scope.js'
import { choose, inEachView, type View } from './views.js'

/** What a name means in each namespace. */
export interface Meanings {
  readonly types?: OwnBinding
  readonly values?: OwnBinding
  readonly macros?: OwnBinding<MacroDef>
}
export interface PathResult extends Meanings {
  /** The first segment that is not part of what was found. */
  readonly rest: number
  /** A miss that a macro which could not be expanded may explain. */
  readonly opaque: boolean
  /** What the last name was found in, when that was not a scope. */
  readonly owner?: Def
}
export interface PathQuery {
  readonly module: OwnModule
  readonly source: Source
  readonly names: readonly PathName[]
  readonly global: boolean
  /** A `use` path: its own binding is not looked at, and in edition 2015 it starts at the root. */
  readonly import?: Import
  /** For macros: the `macro_rules` in scope at the call. */
  readonly textual?: TextualScope | undefined
  /** Names of preludes count: everywhere but in `pub(in path)`, which can only name a module around. */
  readonly preludes: boolean
}

const NOTHING: Meanings = {}

export function resolveNames(state: CrateState, query: PathQuery): PathResult {
  const { names } = query
  const start = firstSegment(state, query)
  if (!start) return { rest: 0, opaque: false }
  let found = start.found
  let last: Def | undefined
  for (let i = start.next; i < names.length; i++) {
    const owner = found.types?.def
    if (!owner) return { rest: i, opaque: false }
    last = owner
    const name = checked(names[i]).name
    if (owner.kind === 'module') {
      const inside = inModule(owner, name, query.module, query.import)
      if (!inside.types && !inside.values && !inside.macros) return { ...NOTHING, rest: i, opaque: owner.opaque }
      found = inside
      continue
    }
    if (owner.kind === 'enum' && owner.crate.unit) ask(state.program.otherTargets, nameIn(owner, name))
    const variant = owner.kind === 'enum' ? owner.variants.find((each) => each.name === name) : undefined
    if (!variant) return { ...(found.types ? { types: found.types } : {}), rest: i, opaque: false }
    found = variantBindings(variant, found.types as OwnBinding)
  }
  const none = !found.types && !found.values && !found.macros
  const rest = none ? Math.max(0, names.length - 1) : names.length
  return { ...found, rest, opaque: none && isOpaqueFrom(query.module), ...(last ? { owner: last } : {}) }
}

/** The namespaces that a variant is in. */
export function variantBindings(variant: VariantDef, via: Pick<OwnBinding, 'vis' | 'via'>): Meanings {
  const binding: OwnBinding = { def: variant, vis: via.vis, via: via.via }
  return variant.ast.shape === 'named' ? { types: binding } : { types: binding, values: binding }
}

interface Start {
  readonly found: Meanings
  readonly next: number
}

function firstSegment(state: CrateState, query: PathQuery): Start | undefined {
  const { names, module, source } = query
  const first = names[0]
  if (!first) return query.global ? undefined : { found: toModule(state.crate.root), next: 0 }
  const edition = editionAt(state, source, first.at)
  if (query.global) return { found: globalName(state, query, first.name, edition), next: 1 }
  if (first.name === '$crate') {
    const crate = segmentAt(source, first.at)?.dollarCrate ?? state.crate
    return { found: toModule(crate.root), next: 1 }
  }
  if (first.name === 'crate') return { found: toModule(state.crate.root), next: 1 }
  if (first.name === 'self' || first.name === 'super') return climb(query)
  if (first.name === 'Self') return undefined
  if (query.import && edition === 2015) return { found: fromRoot(state, query, first.name), next: 1 }
  return { found: lookup(state, query, module, first.name, names.length === 1, edition), next: 1 }
}

function climb(query: PathQuery): Start | undefined {
  let at: OwnModule = normalModule(query.module)
  let next = query.names[0]?.name === 'self' ? 1 : 0
  for (; query.names[next]?.name === 'super'; next++) {
    if (!at.parent) return undefined
    at = normalModule(at.parent)
  }
  return { found: toModule(at as Module), next }
}

/** `::a`: a crate; in edition 2015 something of the root, or a crate. */
function globalName(state: CrateState, query: PathQuery, name: string, edition: number): Meanings {
  if (edition === 2015) return fromRoot(state, query, name)
  const crate = externCrate(state, name)
  return crate ? toModule(crate.root) : NOTHING
}

function fromRoot(state: CrateState, query: PathQuery, name: string): Meanings {
  const inRoot = inModule(state.crate.root, name, query.module, query.import)
  if (inRoot.types) return inRoot
  const crate = externCrate(state, name)
  if (crate) return or(inRoot, toModule(crate.root))
  return query.preludes ? or(inRoot, inPreludes(state, query.module, name)) : inRoot
}

/** A lone name, from the innermost block outwards; namespaces are merged, each with its nearest binding. */
function lookup(
  state: CrateState,
  query: PathQuery,
  module: OwnModule,
  name: string,
  last: boolean,
  edition: number,
): Meanings {
  let found: Meanings = NOTHING
  if (last) {
    if (query.textual) ask(state.program.otherTargets, textualMacro(state.crate, name))
    const meanings = textualMeanings(query.textual, name, state.cfg)
    for (const { def } of meanings) noteCondition(state.program.otherTargets, def?.cfg)
    const macro = choose(state.program.view, state.cfg, meanings)
    if (macro?.def) found = { macros: { def: macro.def, vis: 'public', via: 'decl' } }
  }
  for (let at: OwnModule | undefined = module; at; at = at.parent) {
    found = or(found, inModule(at as Module, name, module, query.import))
    if (!at.block) break
  }
  if (!found.types) {
    const crate = externCrate(state, name)
    if (crate && (edition >= 2018 || !query.import)) found = or(found, toModule(crate.root))
  }
  if (query.preludes) found = or(found, inPreludes(state, module, name))
  if (!found.types) {
    const prim = primitive(name)
    if (prim) found = or(found, { types: { def: prim, vis: 'public', via: 'decl' } })
  }
  if (last && !found.macros && query.preludes) found = or(found, macroOfDefiner(query))
  return found
}

/** `#[macro_use]` crates, then the prelude of the edition. */
function inPreludes(state: CrateState, module: OwnModule, name: string): Meanings {
  const used = usedMacros(state, name)
  const found: Meanings = used ? { macros: { def: used.def, vis: 'public', via: 'extern crate' } } : NOTHING
  return state.prelude ? or(found, inModule(state.prelude, name, module as Module, undefined)) : found
}

/** What `#[macro_use]` brings of the name. */
export function usedMacros(state: CrateState, name: string): OwnBinding<MacroDef> | undefined {
  const { otherTargets, view } = state.program
  ask(otherTargets, usedMacro(state.crate, name))
  const binding = state.macroUsePrelude.get(name)
  noteBinding(state, name, binding)
  return pickMeaning(view, state.cfg, binding)
}

/**
 * A macro that another macro's body names without `$crate`: `macro` items look names up where they are defined, and so
 * do the bodies of `#[macro_export(local_inner_macros)]`.
 */
function macroOfDefiner(query: PathQuery): Meanings {
  const at = checked(query.names[0]).at
  const definer = segmentAt(query.source, at)?.hygiene?.definer
  const name = checked(query.names[0]).name
  if (!definer) return NOTHING
  const state = stateOf(definer)
  const { otherTargets } = state.program
  ask(otherTargets, nameIn(definer.root, name))
  const own = definer.root.scope.macros.get(name)
  noteBinding(state, name, own)
  const binding = own ?? usedMacros(state, name)
  return binding ? { macros: binding } : NOTHING
}

/** What a module binds to the name, as far as `from` may see it. */
export function inModule(module: Module, name: string, from: Module, ignoring: Import | undefined): Meanings {
  const scope = (module as OwnModule).scope
  const state = stateOf(module.crate)
  const { otherTargets } = state.program
  // What std has for one target alone is written for it alone.
  if (otherTargets.alike && module.crate.unit)
    for (const owner of namedOwners(module)) ask(otherTargets, nameIn(owner, name))
  const allowed = (binding: OwnBinding): boolean =>
    (!ignoring || binding.from !== ignoring) && isVisible(binding.vis, from)
  const pick = <D extends Def>(binding: OwnBinding<D> | undefined): OwnBinding<D> | undefined => {
    if (!binding) return undefined
    noteBinding(state, name, binding)
    if (!binding.others && !binding.absent) return allowed(binding) ? binding : undefined
    return pickMeaning(state.program.view, state.cfg, binding, allowed)
  }
  const types = pick(scope.types.get(name))
  const values = pick(scope.values.get(name))
  const macros = pick(scope.macros.get(name))
  if (!types && !values && !macros) return NOTHING
  return { ...(types ? { types } : {}), ...(values ? { values } : {}), ...(macros ? { macros } : {}) }
}

/** All that a name may mean was met, and the imports by which. */
function noteBinding({ program: { otherTargets } }: CrateState, name: string, binding: OwnBinding | undefined): void {
  if (!otherTargets.alike) return
  for (const { cfg, def, from } of meaningsOf(binding)) {
    noteCondition(otherTargets, cfg)
    if ('cfg' in def) noteCondition(otherTargets, def.cfg)
    if (from) noteImport(from, from.kind === 'glob' ? name : '')
  }
}

const metByImports = new WeakMap<Import, Map<string, Met>>()

/** What the path of an import leads by, and of a glob what the name does where it leads. */
function noteImport(from: Import, name: string): void {
  const state = stateOf(from.module.crate)
  const { otherTargets } = state.program
  const known = metByImports.get(from) ?? new Map<string, Met>()
  metByImports.set(from, known)
  const before = known.get(name)
  if (before) return meet(otherTargets, before)
  const met = newMet()
  known.set(name, met)
  const { module, source, path, global, textual } = from
  const query: PathQuery = { module, source, names: path, global, import: from, textual, preludes: true }
  meeting(otherTargets, met, () =>
    inEachView(state.program, from.cfg, () => {
      const { types, rest } = resolveNames(state, query)
      if (name !== '' && rest >= path.length && types?.def.kind === 'module')
        inModule(types.def, name, module as Module, from)
    }),
  )
}

/** What a name means in the view; undefined when it means nothing there, so that outer scopes are asked. */
function pickMeaning<D extends Def>(
  view: View,
  cfg: CrateCfg,
  binding: OwnBinding<D> | undefined,
  allowed: (binding: OwnBinding) => boolean = () => true,
): OwnBinding<D> | undefined {
  const meanings = meaningsOf(binding).filter(allowed)
  if (!binding?.absent || meanings.length === 0) return choose(view, cfg, meanings)
  const absent: { readonly cfg: CfgExpr } = { cfg: binding.absent }
  const plainFirst = cfg.holds(meanings[0]?.cfg) ? [...meanings, absent] : [absent, ...meanings]
  const chosen = choose<OwnBinding<D> | typeof absent>(view, cfg, plainFirst)
  return chosen && 'def' in chosen ? chosen : undefined
}

/** A manifest may give a name to one dependency for some platforms and to another for others. */
function noteCrate({ crate, program: { otherTargets } }: CrateState, name: string): void {
  if (!otherTargets.alike || !crate.unit) return
  ask(otherTargets, crateOfName(crate, name))
  for (const extern of crate.unit.externs)
    if (extern.name === name && extern.platform !== undefined)
      otherTargets.same &= alikeOn(extern.platform, otherTargets.alike)
}

/** The targets for which a platform of a manifest comes to the same; of a triple nothing is known. */
export function alikeOn(platform: string, alike: (cfg: CfgExpr) => TargetSet): TargetSet {
  try {
    const parsed = parsePlatform(platform)
    return parsed.k === 'triple' ? 0 : alike(parsed)
  } catch {
    // What cannot be read counts for every target.
    return ALL_TARGETS
  }
}

/** A crate by the name that code has for it. */
export function externCrate(state: CrateState, name: string): Crate | undefined {
  noteCrate(state, name)
  const known = state.crate.externPrelude.get(name)
  const item = known && (state.crate.root.scope.types.get(name) as OwnBinding | undefined)
  if (item?.via !== 'extern crate' || (!item.others && !item.absent)) return known
  // Several `extern crate`s, or one that some builds alone have.
  const { cfg, program } = state
  const meant = pickMeaning(program.view, cfg, item, (each) => each.via === 'extern crate')
  return meant?.def.kind === 'module' ? meant.def.crate : (state.externs.get(name) ?? known)
}

/** The edition that a token is read in: a macro's tokens keep that of the crate that wrote them. */
export function editionAt(state: CrateState, source: Source, at: number): number {
  return writtenIn(source, at, state.crate.edition)
}

function isOpaqueFrom(module: OwnModule): boolean {
  for (let at: OwnModule | undefined = module; at; at = at.parent) {
    if (at.opaque) return true
    if (!at.block) return false
  }
  return false
}

function toModule(module: Module): Meanings {
  return { types: { def: module, vis: 'public', via: 'decl' } }
}

/** The first's bindings; the second's in the namespaces that it lacks. */
function or(a: Meanings, b: Meanings): Meanings {
  if (a === NOTHING) return b
  if (b === NOTHING) return a
  const types = a.types ?? b.types
  const values = a.values ?? b.values
  const macros = a.macros ?? b.macros
  return { ...(types ? { types } : {}), ...(values ? { values } : {}), ...(macros ? { macros } : {}) }
}

export const NAMESPACES: readonly Ns[] = ['types', 'values', 'macros']
