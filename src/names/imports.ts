/**
 * Imports (RESOLUTION.md §1.3 to 1.5): ordinary ones are tried again until nothing changes, globs push every new name on
 * to those who import from there. Each change adds a name, widens its visibility or puts an explicit one in a glob's
 * place, so it ends; the limits are for what nobody foresaw.
 */
import type { UseItem, UseTree } from '../syntax/ast.js'
import { hasAttr } from './attributes.js'
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
} from './crate-state.js'
import type { AdtDef, Def, MacroDef, Module, Ns, TraitDef, Vis } from './defs.js'
import { type Found, NAMESPACES, resolveNames, variantBindings } from './resolve-path.js'
import { type Source, segmentAt } from './source.js'

/** Passes over all imports of a crate. */
const IMPORT_ROUND_LIMIT = 1000
/** Globs that import from globs that import from globs. */
const GLOB_DEPTH_LIMIT = 100

// ---------------------------------------------------------------- from `use` to imports

/** Adds the imports of a `use` item to what is to be resolved. */
export function addImports(state: CrateState, item: UseItem, source: Source, at: ItemPlace, vis: Vis): void {
  const cfg = state.cfg.and(at.cfg, item.cfg)
  const prelude = hasAttr(item.attrs, 'prelude_import', state.cfg)
  const add = (import_: Omit<Import, 'module' | 'source' | 'vis' | 'cfg' | 'found' | 'textual'>): void => {
    state.imports.push({ module: at.module, source, vis, cfg, found: {}, textual: at.textual.scope, ...import_ })
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
  return (segmentAt(source, (path[0] as PathName).at)?.dollarCrate ?? state.crate).name
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
  const result = resolveNames(state, { ...query(import_), preludes: true })
  if (result.rest < import_.path.length) return { changed: false, done: false }
  if (import_.kind === 'glob') return importGlob(state, import_, result.types?.def)
  if (import_.kind === 'prelude') {
    const target = result.types?.def
    if (target?.kind === 'module') state.prelude = target
    return { changed: target !== undefined, done: target !== undefined }
  }
  const found: Found = import_.kind === 'types only' ? (result.types ? { types: result.types } : {}) : result
  let changed = false
  if (import_.name === '_') {
    const trait = found.types?.def
    if (!trait) return { changed: false, done: false }
    import_.found.types = trait
    // `use a_crate as _;` only says that the crate is needed.
    if (trait.kind !== 'trait') return { changed: false, done: true }
    return { changed: pushUnnamed(import_.module, trait, import_.vis), done: true }
  }
  for (const ns of NAMESPACES) {
    const binding = found[ns]
    if (!binding || import_.found[ns] === binding.def) continue
    import_.found[ns] = binding.def
    const own: OwnBinding = { def: binding.def, vis: import_.vis, via: 'import', cfg: import_.cfg, from: import_ }
    if (bind(import_.module, import_.name, ns, own)) changed = true
  }
  const all = NAMESPACES.every((ns) => import_.found[ns])
  return { changed, done: all || (result.owner !== undefined && isFinished(state, result.owner)) }
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

function importGlob(state: CrateState, import_: Import, target: Def | undefined): Outcome {
  if (target?.kind === 'module') {
    const module = target as OwnModule
    let changed = false
    if (target.crate === state.crate) {
      if (module === import_.module) return { changed: false, done: true }
      module.globImporters.push({ importer: import_.module, vis: import_.vis, from: import_ })
      changed = true
    }
    for (const ns of NAMESPACES) {
      for (const [name, binding] of [...module.scope[ns]]) {
        if (!isVisible(binding.vis, import_.module)) continue
        if (bindGlob(import_, name, ns, binding)) changed = true
      }
    }
    for (const [trait, vis] of [...module.scope.unnamedTraits]) {
      if (isVisible(vis, import_.module) && pushUnnamed(import_.module, trait, narrower(vis, import_.vis)))
        changed = true
    }
    return { changed, done: true }
  }
  if (target?.kind === 'enum') return { changed: importVariants(import_, target), done: true }
  // A trait's or type's items cannot be imported by name here: the types room finds them.
  return { changed: false, done: target !== undefined }
}

function importVariants(import_: Import, target: AdtDef): boolean {
  let changed = false
  for (const variant of target.variants) {
    const found = variantBindings(variant, { vis: 'public', via: 'decl' })
    for (const ns of NAMESPACES) {
      const binding = found[ns]
      if (binding && bindGlob(import_, variant.name, ns, binding)) changed = true
    }
  }
  return changed
}

function bindGlob(import_: Pick<Import, 'module' | 'vis' | 'cfg'>, name: string, ns: Ns, binding: OwnBinding): boolean {
  const vis = narrower(binding.vis, import_.vis)
  const own: OwnBinding = { def: binding.def, vis, via: 'glob', cfg: import_.cfg, from: import_ as Import }
  return bind(import_.module, name, ns, own)
}

// ---------------------------------------------------------------- binding

/** Binds a name and pushes it on to glob importers; true when anything changed. */
export function bind(module: OwnModule, name: string, ns: Ns, binding: OwnBinding, depth = 0): boolean {
  const scope = module.scope[ns] as Map<string, OwnBinding>
  const winner = decide(scope.get(name), binding)
  if (!winner) return false
  scope.set(name, winner)
  if (depth > GLOB_DEPTH_LIMIT) return true
  for (const edge of module.globImporters) pushOn(edge, name, ns, winner, depth)
  return true
}

function pushOn(edge: GlobEdge, name: string, ns: Ns, binding: OwnBinding, depth: number): void {
  if (!isVisible(binding.vis, edge.importer)) return
  const vis = narrower(binding.vis, edge.vis)
  bind(edge.importer, name, ns, { def: binding.def, vis, via: 'glob', cfg: edge.from.cfg, from: edge.from }, depth + 1)
}

/** Who wins a name in one namespace; undefined when nothing changes (RESOLUTION.md §1.5). */
function decide(old: OwnBinding | undefined, next: OwnBinding): OwnBinding | undefined {
  if (!old) return next
  if (old.via === 'glob' && next.via !== 'glob') return next
  if (old.via !== 'glob' && next.via === 'glob') return undefined
  if (old.def === next.def) {
    const widened = old.vis !== next.vis && narrower(old.vis, next.vis) === old.vis
    return widened ? { ...old, vis: next.vis } : undefined
  }
  return old.from !== undefined && old.from === next.from ? next : undefined
}

function pushUnnamed(module: OwnModule, trait: TraitDef, vis: Vis, depth = 0): boolean {
  const old = module.scope.unnamedTraits.get(trait)
  if (old !== undefined && narrower(old, vis) === vis) return false
  module.scope.unnamedTraits.set(trait, vis)
  if (depth > GLOB_DEPTH_LIMIT) return true
  for (const edge of module.globImporters) {
    if (isVisible(vis, edge.importer)) pushUnnamed(edge.importer, trait, narrower(vis, edge.vis), depth + 1)
  }
  return true
}

/** The macros that `#[macro_use] extern crate` brings: all that the crate exports from its root. */
export function exportedMacros(root: Module): ReadonlyMap<string, MacroDef> {
  const out = new Map<string, MacroDef>()
  for (const [name, binding] of root.scope.macros) if (binding.vis === 'public') out.set(name, binding.def)
  return out
}
