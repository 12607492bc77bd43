/**
 * Which entries of std a user can reach: by a public path, or because a public signature, impl or macro names them.
 *
 * What nothing of that kind leads to (most of std's platform code) is left out of the model. Whatever the answer
 * rests on is kept with it: the imports that a kept path goes through, too.
 */

import { primitive } from '../names/index.js'
import type { ImplItem, Item, Path } from '../syntax/index.js'
import type { NameIn, ResolvedPath, StdScope } from './scope.js'
import { isPublicMember, visitItem, visitPath, visitType } from './signature.js'
import type { MacroTexts, StdEntry, StdItem, StdModule, StdTree, StdUse } from './tree.js'

export interface Reach {
  /** Items, imports and impls to keep, modules that hide others; a module is kept as well when it holds such. */
  readonly kept: ReadonlySet<StdEntry>
  /** Paths of kept items that lead nowhere, `module: path`, sorted. */
  readonly unresolved: readonly string[]
}

interface Marking {
  readonly scope: StdScope
  readonly macroTexts: MacroTexts
  readonly kept: Set<StdEntry>
  readonly published: Set<StdModule>
  readonly pending: StdItem[]
  readonly unresolved: Set<string>
  /** Names whose imports are kept already. */
  readonly traced: Map<StdModule, Set<string>>
  readonly impls: StdItem[]
}

/** Marks all that the public API of these crates needs. */
export function reachable(trees: readonly StdTree[], scope: StdScope, macroTexts: MacroTexts): Reach {
  const marking: Marking = {
    scope,
    macroTexts,
    kept: new Set(),
    published: new Set(),
    pending: [],
    unresolved: new Set(),
    traced: new Map(),
    impls: trees.flatMap((tree) => [...implsOf(tree.root)]),
  }
  for (const tree of trees) {
    publish(marking, tree.root)
    for (const entry of exportedMacros(tree.root)) keep(marking, entry)
    keepPreludeImports(marking, tree.root)
  }
  for (;;) {
    drain(marking)
    const live = marking.impls.filter((impl) => !marking.kept.has(impl) && isLiveImpl(marking, impl))
    if (live.length === 0) break
    for (const impl of live) keep(marking, impl)
  }
  return { kept: marking.kept, unresolved: [...marking.unresolved].sort() }
}

function* implsOf(module: StdModule): Generator<StdItem> {
  for (const entry of module.entries) {
    if (entry.kind === 'module') yield* implsOf(entry)
    else if (entry.kind === 'item' && entry.item.k === 'impl') yield entry
  }
}

/** `#[macro_export]` puts a macro at the crate's root wherever it stands. */
function* exportedMacros(module: StdModule): Generator<StdItem> {
  for (const entry of module.entries) {
    if (entry.kind === 'module') yield* exportedMacros(entry)
    else if (entry.kind === 'item' && entry.item.k === 'macro def' && isExported(entry.item)) yield entry
  }
}

function isExported(item: Item): boolean {
  return item.attrs.some((attr) => attr.meta.path === 'macro_export')
}

/** The imports by which every module of a crate sees its prelude. */
function keepPreludeImports(marking: Marking, root: StdModule): void {
  for (const entry of root.entries) {
    if (entry.kind === 'use' && entry.item.attrs.some((attr) => attr.meta.path === 'prelude_import')) {
      marking.kept.add(entry)
    }
  }
}

/** Marks everything in a module that its users can name. */
function publish(marking: Marking, module: StdModule): void {
  if (marking.published.has(module)) return
  marking.published.add(module)
  for (const entry of module.entries) {
    if (entry.kind === 'module') {
      if (entry.vis.k === 'public') publish(marking, entry)
    } else if (entry.item.vis.k === 'public') {
      if (entry.kind === 'item') keep(marking, entry)
      else publishUse(marking, entry)
    }
  }
}

function publishUse(marking: Marking, use: StdUse): void {
  marking.kept.add(use)
  const found = marking.scope.resolve(use.module, use.global, use.path)
  const isBuiltIn = use.path.length === 1 && primitive(use.path[0] ?? '') !== undefined
  if (found.targets.size === 0 && !isBuiltIn) lose(marking, use.module, `use ${use.path.join('::')}`)
  keepFound(marking, found)
  for (const target of found.targets) if (target.kind === 'module') publish(marking, target)
}

function keepFound(marking: Marking, found: ResolvedPath): void {
  for (const lookup of found.names) keepImportsOf(marking, lookup)
  for (const target of found.targets) if (target.kind === 'item') keep(marking, target)
}

/** The imports by which a name got where a kept path finds it, and those that their own paths go through. */
function keepImportsOf(marking: Marking, lookup: NameIn): void {
  const ofModule = marking.traced.get(lookup.module) ?? new Set()
  if (ofModule.has(lookup.name)) return
  marking.traced.set(lookup.module, ofModule.add(lookup.name))
  // A module that is empty to its users may still hide another one of its name.
  for (const entry of lookup.module.entries) {
    if (entry.kind === 'module' && entry.name === lookup.name) marking.kept.add(entry)
  }
  for (const use of marking.scope.usesOf(lookup)) {
    marking.kept.add(use)
    const found = marking.scope.resolve(use.module, use.global, use.path)
    for (const before of found.names) keepImportsOf(marking, before)
    if (use.binds !== undefined) continue
    for (const target of found.targets) {
      if (target.kind === 'module') keepImportsOf(marking, { module: target, name: lookup.name })
    }
  }
}

function keep(marking: Marking, entry: StdItem): void {
  if (marking.kept.has(entry)) return
  marking.kept.add(entry)
  marking.pending.push(entry)
}

function drain(marking: Marking): void {
  for (let entry = marking.pending.pop(); entry; entry = marking.pending.pop()) {
    const place = entry
    visitItem(entry.item, new Set(), (path, generics) => mention(marking, place.module, path, generics))
    for (const name of derivesOf(entry.item))
      keepFound(marking, marking.scope.resolve(place.module, false, name.split('::')))
    if (entry.item.k === 'macro def') mentionsOfMacro(marking, entry)
  }
}

function derivesOf(item: Item): readonly string[] {
  return item.attrs.flatMap(({ meta }) => (meta.path === 'derive' ? (meta.list ?? []).map((part) => part.path) : []))
}

function mention(marking: Marking, module: StdModule, path: Path, generics: ReadonlySet<string>): void {
  const names = path.segments.map((segment) => segment.name)
  const first = names[0]
  if (path.qself || first === undefined || (!path.global && (generics.has(first) || primitive(first)))) return
  const found = marking.scope.resolve(module, path.global, names)
  if (found.targets.size === 0) lose(marking, module, names.join('::'))
  keepFound(marking, found)
}

function lose(marking: Marking, module: StdModule, what: string): void {
  marking.unresolved.add(`${modulePath(module)}: ${what}`)
}

/** A module's path, for messages. */
export function modulePath(module: StdModule): string {
  return module.parent ? `${modulePath(module.parent)}::${module.name}` : module.tree().name
}

// ---------------------------------------------------------------- impls

/** An impl counts when its trait and every type that its header names are known to the user. */
function isLiveImpl(marking: Marking, entry: StdItem): boolean {
  const impl = entry.item as ImplItem
  const generics = new Set(impl.generics.params.map((param) => param.name))
  generics.add('Self')
  let live = true
  const check = (path: Path): void => {
    const names = path.segments.map((segment) => segment.name)
    const first = names[0]
    if (path.qself || first === undefined || (!path.global && (generics.has(first) || primitive(first)))) return
    const { targets } = marking.scope.resolve(entry.module, path.global, names)
    if (![...targets].some((target) => marking.kept.has(target))) live = false
  }
  if (impl.trait) visitPath(impl.trait, generics, check)
  visitType(impl.self, generics, check)
  return live && impl.self.k !== 'error' && (impl.trait !== undefined || impl.items.some(isPublicMember))
}

// ---------------------------------------------------------------- macros

/** Paths in a macro's text: after `$crate::`, and for `macro` definitions any path, as it is resolved where it stands. */
function mentionsOfMacro(marking: Marking, entry: StdItem): void {
  if (entry.item.k !== 'macro def') return
  const text = marking.macroTexts.get(entry.item)?.rules.text ?? ''
  for (const [, path] of text.matchAll(/\$crate((?:\s*::\s*[A-Za-z_]\w*)+)/g)) {
    keepPrefixes(marking, entry.module, [
      'crate',
      ...(path ?? '')
        .split('::')
        .map((name) => name.trim())
        .filter(Boolean),
    ])
  }
  if (!entry.item.decl2) return
  for (const [path] of text.matchAll(/(?<![\w$:])[A-Za-z_]\w*(?:::[A-Za-z_]\w*)*/g))
    keepPrefixes(marking, entry.module, path.split('::'))
}

function keepPrefixes(marking: Marking, module: StdModule, path: readonly string[]): void {
  keepFound(marking, marking.scope.resolve(module, false, path))
}
