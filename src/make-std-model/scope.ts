/**
 * What a path in std's source may name, over all platforms at once: a set of entries, one for each alternative.
 *
 * A light stand-in for imports.ts, which answers for one target: here it is enough never to miss a target of the path,
 * since the answer only decides what the std model keeps. Namespaces and visibility are told apart only as far as
 * needed for that. Names are settled crate by crate, by repeating all imports until none brings anything new.
 */
import { checked } from '../base/index.js'
import type { StdEntry, StdItem, StdModule, StdTree, StdUse } from './tree.js'

export type StdTarget = StdModule | StdItem

export interface StdScope {
  /** What the path may name; `names` are the look-ups that it takes, to ask `usesOf` about. */
  readonly resolve: (module: StdModule, global: boolean, path: readonly string[]) => ResolvedPath
  /** The imports that bring a name into a module. */
  readonly usesOf: (lookup: NameIn) => Iterable<StdUse>
}
export interface ResolvedPath {
  readonly targets: ReadonlySet<StdTarget>
  readonly names: readonly NameIn[]
}
export interface NameIn {
  readonly module: StdModule
  readonly name: string
}

/** What one name means in a module. */
interface NameEntry {
  readonly targets: Set<StdTarget>
  /** Those that other modules see. */
  readonly outside: Set<StdTarget>
  readonly uses: Set<StdUse>
  /** Declared here on every platform, as something that a path to a type may lead to: that hides what globs bring of the kind. */
  certain: boolean
}
type Names = Map<string, NameEntry>
interface Tables {
  readonly trees: ReadonlyMap<string, StdTree>
  readonly prelude: string
  readonly names: Map<StdModule, Names>
}

/** Rounds of the fixpoint: chains of imports are shorter by far. */
const ROUND_LIMIT = 64

/** The scope of all trees, dependencies first. `prelude` is the module of each crate's `prelude` that its code sees. */
export function stdScope(trees: readonly StdTree[], prelude: string): StdScope {
  const tables: Tables = { trees: new Map(trees.map((tree) => [tree.name, tree])), prelude, names: new Map() }
  for (const tree of trees) settle(tables, tree.root)
  return {
    resolve: (module, global, path) => resolvePath(tables, module, global, path),
    usesOf: ({ module, name }) => tables.names.get(module)?.get(name)?.uses ?? [],
  }
}

// ---------------------------------------------------------------- settling a crate's names

function settle(tables: Tables, root: StdModule): void {
  const uses: StdUse[] = []
  declare(tables, root, uses)
  for (let round = 0; round < ROUND_LIMIT; round++) {
    let changed = false
    for (const use of uses) if (applyUse(tables, use)) changed = true
    if (!changed) return
  }
  throw new Error(`the imports of ${root.name} do not settle in ${ROUND_LIMIT} rounds`)
}

function declare(tables: Tables, module: StdModule, uses: StdUse[]): void {
  const names: Names = new Map()
  tables.names.set(module, names)
  for (const entry of module.entries) {
    if (entry.kind === 'use') uses.push(entry)
    else if (entry.kind === 'module') {
      add(names, entry.name, entry, entry.vis.k !== 'inherited')
      if (entry.cfg.k === 'true') entryOf(names, entry.name).certain = true
      declare(tables, entry, uses)
    } else declareItem(tables, names, entry)
  }
}

function declareItem(tables: Tables, names: Names, entry: StdItem): void {
  const { item } = entry
  if (item.k === 'impl' || item.k === 'extern') return
  if (item.k === 'extern crate') {
    const crate = crateNamed(tables, entry.module, item.name)
    if (crate) add(names, item.alias ?? item.name, crate, true)
    return
  }
  // Who sees a macro is told by `macro_export` or by the `use` that names it.
  add(names, item.name, entry, item.vis.k !== 'inherited' || item.k === 'macro def')
  if (item.attrs.some((attr) => attr.meta.path === 'macro_export')) {
    add(tables.names.get(entry.module.tree().root) as Names, item.name, entry, true)
  }
  if (isType(entry) && !item.cfg) entryOf(names, item.name).certain = true
}

function applyUse(tables: Tables, use: StdUse): boolean {
  const names = checked(tables.names.get(use.module))
  const isPublic = use.item.vis.k !== 'inherited'
  const { targets } = resolvePath(tables, use.module, use.global, use.path)
  let changed = false
  for (const target of targets) {
    if (use.binds !== undefined) {
      if (add(names, use.binds, target, isPublic, use)) changed = true
    } else if (copyNames(tables, use, target, names, isPublic)) changed = true
  }
  return changed
}

function copyNames(tables: Tables, use: StdUse, target: StdTarget, names: Names, isPublic: boolean): boolean {
  let changed = false
  const copy = (name: string, from: Iterable<StdTarget>): void => {
    const hidden = names.get(name)?.certain
    for (const one of from) if (!(hidden && isType(one)) && add(names, name, one, isPublic, use)) changed = true
  }
  if (target.kind === 'item') {
    if (target.item.k === 'enum') for (const variant of target.item.variants) copy(variant.name, [target])
    return changed
  }
  if (target === use.module) return false
  const inside = isInside(use.module, target)
  for (const [name, entry] of tables.names.get(target) ?? []) copy(name, inside ? entry.targets : entry.outside)
  return changed
}

function entryOf(names: Names, name: string): NameEntry {
  const known = names.get(name)
  if (known) return known
  const entry: NameEntry = { targets: new Set(), outside: new Set(), uses: new Set(), certain: false }
  names.set(name, entry)
  return entry
}

function add(names: Names, name: string, target: StdTarget, isPublic: boolean, use?: StdUse): boolean {
  const entry = entryOf(names, name)
  const before = entry.targets.size + entry.outside.size + entry.uses.size
  entry.targets.add(target)
  if (isPublic) entry.outside.add(target)
  if (use) entry.uses.add(use)
  return entry.targets.size + entry.outside.size + entry.uses.size > before
}

function isType(entry: StdEntry): boolean {
  if (entry.kind !== 'item') return entry.kind === 'module'
  const { k } = entry.item
  return k === 'struct' || k === 'enum' || k === 'union' || k === 'trait' || k === 'type'
}

function isInside(module: StdModule, outer: StdModule): boolean {
  for (let at: StdModule | undefined = module; at; at = at.parent) if (at === outer) return true
  return false
}

// ---------------------------------------------------------------- paths

function resolvePath(tables: Tables, module: StdModule, global: boolean, path: readonly string[]): ResolvedPath {
  const names: NameIn[] = []
  const [first, ...rest] = path
  if (first === undefined) return { targets: new Set(), names }
  let targets = global ? ofCrate(tables, module, first) : firstSegment(tables, module, first, names)
  for (const name of rest) if (name !== 'self') targets = step(tables, module, targets, name, names)
  return { targets, names }
}

function firstSegment(tables: Tables, module: StdModule, name: string, names: NameIn[]): Set<StdTarget> {
  if (name === 'crate') return new Set([module.tree().root])
  if (name === 'self') return new Set([module])
  if (name === 'super') return new Set(module.parent ? [module.parent] : [])
  const inScope = inModule(tables, module, name, module, names)
  if ([...inScope].some(isType)) return inScope
  const crate = ofCrate(tables, module, name)
  for (const target of crate.size > 0 ? crate : fromPrelude(tables, module, name, names)) inScope.add(target)
  return inScope
}

function inModule(tables: Tables, module: StdModule, name: string, from: StdModule, names: NameIn[]): Set<StdTarget> {
  const entry = tables.names.get(module)?.get(name)
  if (!entry) return new Set()
  names.push({ module, name })
  return new Set(isInside(from, module) ? entry.targets : entry.outside)
}

function step(
  tables: Tables,
  from: StdModule,
  targets: ReadonlySet<StdTarget>,
  name: string,
  names: NameIn[],
): Set<StdTarget> {
  const out = new Set<StdTarget>()
  for (const target of targets) {
    if (target.kind === 'module') {
      if (name === 'super') {
        if (target.parent) out.add(target.parent)
      } else for (const found of inModule(tables, target, name, from, names)) out.add(found)
    } else if (isType(target)) {
      // A variant or an associated item: what it hangs on is what has to stay.
      out.add(target)
    }
  }
  return out
}

/** A crate by its name in the extern prelude, to which `extern crate a as b` at the root adds. */
function ofCrate(tables: Tables, module: StdModule, name: string): Set<StdTarget> {
  const { root } = module.tree()
  const declared = root.entries.find(
    (entry) =>
      entry.kind === 'item' && entry.item.k === 'extern crate' && (entry.item.alias ?? entry.item.name) === name,
  )
  const crate = crateNamed(tables, module, declared?.kind === 'item' ? declared.item.name : name)
  return new Set(crate ? [crate] : [])
}

function crateNamed(tables: Tables, module: StdModule, name: string): StdModule | undefined {
  const own = module.tree()
  if (name === 'self' || name === own.name) return own.root
  return own.externs.includes(name) ? tables.trees.get(name)?.root : undefined
}

/** The preludes of the crate itself and of all it uses; the name is in at most one of them but for re-exports. */
function fromPrelude(tables: Tables, module: StdModule, name: string, names: NameIn[]): Set<StdTarget> {
  const own = module.tree()
  const out = new Set<StdTarget>()
  for (const crate of [own.name, ...own.externs]) {
    const root = tables.trees.get(crate)?.root
    const preludes = root ? resolvePath(tables, root, false, ['crate', 'prelude', tables.prelude]).targets : []
    for (const prelude of preludes) {
      if (prelude.kind !== 'module' || prelude === module) continue
      for (const target of inModule(tables, prelude, name, module, names)) out.add(target)
    }
  }
  return out
}
