/**
 * Imports (docs/resolution.md, 1.3): ordinary ones are tried again until nothing changes, globs push every new name on
 * to those who import from there. Each change adds a name, widens its visibility or puts an explicit one in a glob's
 * place, so it ends; the limits are for what nobody foresaw.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, cfgAnd, cfgOr, checked } from '../base/index.js'
import type { UseItem, UseTree } from '../syntax/index.js'
import { hasAttr } from './attributes.js'
import { join, meaningsOf } from './bindings.js'
import {
  type CrateState,
  type GlobEdge,
  type Import,
  type ItemPlace,
  isVisible,
  lose,
  narrower,
  type OwnBinding,
  type OwnModule,
  type PathName,
  stateOf,
} from './crate-state.js'
import type { AdtDef, Def, MacroDef, Module, Ns, TraitDef, Vis } from './defs.js'
import { type Meanings, NAMESPACES, type PathResult, resolveNames, variantBindings } from './resolve-path.js'
import { type Source, segmentAt } from './source.js'
import { inEachView, type Seen, VIEW_LIMIT } from './views.js'

/** Passes over all imports of a crate. */
const IMPORT_ROUND_LIMIT = 1000

// ---------------------------------------------------------------- from `use` to imports

/** Adds the imports of a `use` item to what is to be resolved. */
export function addImports(state: CrateState, item: UseItem, source: Source, at: ItemPlace, vis: Vis): void {
  const cfg = state.cfg.and(at.cfg, item.cfg)
  const prelude = hasAttr(item.attrs, 'prelude_import', state.cfg)
  const add = (import_: Omit<Import, 'module' | 'source' | 'vis' | 'cfg' | 'found' | 'given' | 'textual'>): void => {
    state.imports.push({
      module: at.module,
      source,
      vis,
      cfg,
      found: {},
      given: {},
      textual: at.textual.scope,
      ...import_,
    })
  }
  const walk = (tree: UseTree, prefix: readonly PathName[], global: boolean): void => {
    const path = prefix.length === 0 ? tree.path : [...prefix, ...tree.path]
    const isGlobal = prefix.length === 0 ? global || tree.global : global
    const place = path[path.length - 1]?.at ?? tree.at
    if (tree.tail.k === 'list') {
      for (const inner of tree.tail.trees) walk(inner, path, isGlobal)
    } else if (tree.tail.k === 'glob') {
      add({ path, global: isGlobal, kind: prelude ? 'prelude' : 'glob', name: '*', at: place })
    } else {
      const last = path[path.length - 1]
      const isSelf = last?.name === 'self' && path.length > 1 && prefix.length > 0
      const named = isSelf ? path.slice(0, -1) : path
      const name = tree.tail.alias ?? named[named.length - 1]?.name
      if (name === undefined) return
      add({
        path: named,
        global: isGlobal,
        kind: isSelf ? 'types only' : 'plain',
        name: nameOfCrate(state, source, named, name),
        at: place,
      })
    }
  }
  walk(item.tree, [], false)
}

/** `use crate as x` has an alias; a lone `$crate` binds the crate's own name. */
function nameOfCrate(state: CrateState, source: Source, path: readonly PathName[], name: string): string {
  if (name !== '$crate' || path.length !== 1) return name
  return (segmentAt(source, checked(path[0]).at)?.dollarCrate ?? state.crate).name
}

// ---------------------------------------------------------------- the fixpoint

/** Resolves imports until nothing changes; true when anything did. Finished imports are taken off the list. */
export function resolveImports(state: CrateState): boolean {
  let changed = false
  for (let round = 0; round < IMPORT_ROUND_LIMIT; round++) {
    let progress = false
    const open: Import[] = []
    for (const import_ of state.imports.splice(0)) {
      const outcome = tryImport(state, import_)
      if (outcome.changed) progress = true
      if (!outcome.done) open.push(import_)
    }
    state.imports.push(...open)
    if (!progress) return changed
    changed = true
  }
  const first = state.imports[0]
  if (first)
    lose(state, 'limit', `imports were still changing after ${IMPORT_ROUND_LIMIT} rounds`, first.source, first.at)
  return changed
}

/** Records the imports that found nothing, and forgets all that are left. */
export function finishImports(state: CrateState): void {
  for (const import_ of state.imports.splice(0)) {
    if (import_.kind === 'glob' || import_.kind === 'prelude' || NAMESPACES.every((ns) => !import_.found[ns])) {
      lose(state, 'unresolved import', printUse(import_), import_.source, import_.at)
      state.lostNames.add(import_.name)
      import_.source.visits?.lostName(import_.source, import_.name)
      if (import_.kind === 'glob') import_.module.opaque = true
    }
  }
}

function printUse(import_: Import): string {
  const path = import_.path.map((segment) => segment.name).join('::')
  return `${import_.global ? '::' : ''}${path}${import_.kind === 'glob' ? '::*' : ''}`
}

interface Outcome {
  readonly changed: boolean
  /** It need not be tried again. */
  readonly done: boolean
}

function tryImport(state: CrateState, import_: Import): Outcome {
  const views = inEachView(
    state.program,
    import_.cfg,
    () => resolveNames(state, { ...query(import_), preludes: true }),
    () => lose(state, 'limit', `${printUse(import_)} has more than ${VIEW_LIMIT} meanings`, import_.source, import_.at),
  )
  const found = views.filter(({ value }) => value.rest >= import_.path.length)
  const [first] = found
  if (!first) return { changed: false, done: false }
  // A meaning may be added as long as names are being found.
  const isWhole = views.length === 1 && found.length === 1
  if (import_.kind === 'glob') return importGlobs(state, import_, found, isWhole)
  if (import_.kind === 'prelude') {
    const target = first.value.types?.def
    if (target?.kind === 'module') state.prelude = target
    return { changed: target !== undefined, done: target !== undefined }
  }
  if (import_.name === '_') return importUnnamed(import_, found, isWhole)
  let changed = false
  for (const ns of NAMESPACES) {
    if (import_.kind === 'types only' && ns !== 'types') continue
    if (bindFound(state, import_, ns, found)) changed = true
  }
  const all = NAMESPACES.every((ns) => import_.found[ns])
  const isFinal = first.value.owner !== undefined && isFinished(state, first.value.owner)
  return { changed, done: isWhole && (all || isFinal) }
}

/** Binds the import's name in one namespace to all that it means. */
function bindFound(state: CrateState, import_: Import, ns: Ns, found: readonly Seen<PathResult>[]): boolean {
  const own: OwnBinding[] = []
  for (const { value, cfg } of found) {
    const binding = value[ns]
    if (!binding) continue
    const known = own.findIndex((each) => each.def === binding.def)
    const under = found.length > 1 ? state.cfg.and(import_.cfg, cfg) : import_.cfg
    if (known < 0) own.push({ def: binding.def, vis: import_.vis, via: 'import', cfg: under, from: import_ })
    else own[known] = { ...checked(own[known]), cfg: cfgOr(checked(own[known]).cfg ?? CFG_TRUE, under) }
  }
  const [first] = own
  if (!first) return false
  const before = import_.given[ns] ?? []
  if (before.length === own.length && own.every((each, i) => each.def === before[i]?.def)) return false
  import_.found[ns] = first.def
  import_.given[ns] = own
  return bind(import_.module, import_.name, ns, own)
}

/** `use Trait as _;` binds a trait, `use a_crate as _;` only says that the crate is needed. */
function importUnnamed(import_: Import, found: readonly Seen<PathResult>[], isWhole: boolean): Outcome {
  let changed = false
  for (const { value } of found) {
    const trait = value.types?.def
    if (!trait) continue
    import_.found.types = trait
    if (trait.kind === 'trait' && pushUnnamed(import_.module, trait, import_.vis, import_.cfg)) changed = true
  }
  return { changed, done: isWhole && import_.found.types !== undefined }
}

function query(import_: Import) {
  return {
    module: import_.module,
    source: import_.source,
    names: import_.path,
    global: import_.global,
    import: import_,
    textual: import_.textual,
  }
}

/** A definition of a crate that is finished. */
function isFinished(state: CrateState, def: Def): boolean {
  return def.kind === 'prim' || def.crate !== state.crate
}

// ---------------------------------------------------------------- globs

/** A glob import of each of its targets: one, but for modules that other builds have in the same place. */
function importGlobs(
  state: CrateState,
  import_: Import,
  found: readonly Seen<PathResult>[],
  isWhole: boolean,
): Outcome {
  let changed = false
  let done = isWhole
  for (const { value, cfg } of found) {
    const target = value.types?.def
    if (!target) done = false
    else if (import_.given.types?.some((each) => each.def === target)) continue
    else {
      const own: OwnBinding = { def: target, vis: import_.vis, via: 'glob', cfg, from: import_ }
      import_.given.types = [...(import_.given.types ?? []), own]
      import_.found.types ??= target
      if (importGlob(state, found.length > 1 ? { ...import_, cfg: state.cfg.and(import_.cfg, cfg) } : import_, target))
        changed = true
    }
  }
  return { changed, done }
}

function importGlob(state: CrateState, import_: Import, target: Def): boolean {
  let changed = false
  if (target.kind === 'module' || target.kind === 'enum') import_.module.globs.push(target)
  if (target.kind === 'module') {
    const module = target as OwnModule
    if (target.crate === state.crate) {
      if (module === import_.module) return false
      module.globImporters.push({ importer: import_.module, vis: import_.vis, from: import_ })
      changed = true
    }
    const edge: GlobEdge = { importer: import_.module, vis: import_.vis, from: import_ }
    for (const ns of NAMESPACES) {
      for (const [name, binding] of [...module.scope[ns]])
        if (bind(edge.importer, name, ns, seenThrough(edge, binding))) changed = true
    }
    for (const [trait, vis] of [...module.scope.unnamedTraits]) {
      const cfg = cfgAnd(module.unnamedCfgs.get(trait), import_.cfg)
      if (isVisible(vis, import_.module) && pushUnnamed(import_.module, trait, narrower(vis, import_.vis), cfg))
        changed = true
    }
    return changed
  }
  // A trait's or type's items cannot be imported by name here: the types room finds them.
  return target.kind === 'enum' && importVariants(import_, target)
}

function importVariants(import_: Import, target: AdtDef): boolean {
  let changed = false
  const edge: GlobEdge = { importer: import_.module, vis: import_.vis, from: import_ }
  for (const variant of target.variants) {
    const found: Meanings = variantBindings(variant, { vis: 'public', via: 'decl' })
    for (const ns of NAMESPACES) {
      const binding = found[ns]
      if (binding && bind(edge.importer, variant.name, ns, seenThrough(edge, binding))) changed = true
    }
  }
  return changed
}

// ---------------------------------------------------------------- binding

/** A name that is to be pushed on to those who import all names of its module. */
interface Pushed {
  readonly module: OwnModule
  readonly name: string
  readonly ns: Ns
}

/** Binds a name and pushes it on to glob importers, however long their chain is; true when anything changed. */
export function bind(module: OwnModule, name: string, ns: Ns, binding: OwnBinding | readonly OwnBinding[]): boolean {
  if (!put(module, name, ns, isList(binding) ? binding : [binding])) return false
  const queue: Pushed[] = [{ module, name, ns }]
  for (const pushed of queue) {
    const winner = pushed.module.scope[pushed.ns].get(pushed.name)
    for (const edge of winner ? pushed.module.globImporters : []) {
      if (put(edge.importer, pushed.name, pushed.ns, seenThrough(edge, winner as OwnBinding)))
        queue.push({ ...pushed, module: edge.importer })
    }
  }
  return true
}

function put(module: OwnModule, name: string, ns: Ns, given: readonly OwnBinding[]): boolean {
  // No build has an item whose condition contradicts that of its module, which a file may have that is mounted twice.
  const next = given.some(({ cfg }) => cfg?.k === 'false') ? given.filter(({ cfg }) => cfg?.k !== 'false') : given
  if (next.length === 0) return false
  const scope = module.scope[ns] as Map<string, OwnBinding>
  const { cfg } = stateOf(module.crate)
  const winner = join(cfg, module.cfg, scope.get(name), next[0]?.from, next)
  if (winner) scope.set(name, winner)
  return winner !== undefined
}

function isList(binding: OwnBinding | readonly OwnBinding[]): binding is readonly OwnBinding[] {
  return Array.isArray(binding)
}

/** What a glob makes of a binding of the module that it imports from. */
function seenThrough(edge: GlobEdge, binding: OwnBinding): readonly OwnBinding[] {
  const { from } = edge
  const { cfg } = stateOf(edge.importer.crate)
  const own: OwnBinding[] = []
  for (const each of meaningsOf(binding)) {
    if (!isVisible(each.vis, edge.importer)) continue
    const under = binding.others || binding.absent ? cfg.and(from.cfg, each.cfg) : from.cfg
    own.push({ def: each.def, vis: narrower(each.vis, edge.vis), via: 'glob', cfg: under, from })
  }
  return own
}

function pushUnnamed(module: OwnModule, trait: TraitDef, vis: Vis, cfg: CfgExpr): boolean {
  let changed = false
  const queue = [{ module, vis, cfg }]
  for (const next of queue) {
    const old = next.module.scope.unnamedTraits.get(trait)
    if (old !== undefined && narrower(old, next.vis) === next.vis) continue
    next.module.scope.unnamedTraits.set(trait, next.vis)
    next.module.unnamedCfgs.set(trait, cfgOr(next.module.unnamedCfgs.get(trait) ?? CFG_FALSE, next.cfg))
    changed = true
    for (const edge of next.module.globImporters) {
      if (isVisible(next.vis, edge.importer))
        queue.push({
          module: edge.importer,
          vis: narrower(next.vis, edge.vis),
          cfg: cfgAnd(next.cfg, edge.from.cfg),
        })
    }
  }
  return changed
}

/** The macros that `#[macro_use] extern crate` brings: all that the crate exports from its root. */
export function exportedMacros(root: Module): ReadonlyMap<string, OwnBinding<MacroDef>> {
  const out = new Map<string, OwnBinding<MacroDef>>()
  for (const [name, binding] of (root as OwnModule).scope.macros) {
    const seen = meaningsOf(binding).filter(({ vis }) => vis === 'public')
    const [first, ...others] = seen
    if (first) out.set(name, { ...binding, ...first, ...(others.length > 0 ? { others } : {}) })
  }
  return out
}
