/** What all items have in common when they become definitions: an id, a condition, a visibility, a bound name. */
import type { Item, Visibility } from '../syntax/index.js'
import { type CrateState, type ItemPlace, normalModule, type OwnModule, type PathName } from './crate-state.js'
import type { Def, Module, Ns, Vis } from './defs.js'
import { bind } from './imports.js'
import { resolveNames } from './resolve-path.js'
import type { Source } from './source.js'

/** The parts that every definition has. */
export function common(state: CrateState, item: Item, source: Source, at: ItemPlace) {
  return {
    id: state.program.nextId++,
    crate: state.crate,
    module: at.module as Module,
    source,
    cfg: state.cfg.and(at.cfg, item.cfg),
    vis: visibility(state, item.vis, source, item.at, at.module),
  }
}

/** Binds a definition's name and lists it. */
export function declare(
  state: CrateState,
  at: ItemPlace,
  def: Exclude<Def, Module | { kind: 'prim' }>,
  namespaces: readonly Ns[],
): void {
  state.sink.defs.push(def)
  for (const ns of namespaces) bind(at.module, def.name, ns, { def, vis: def.vis, via: 'decl', cfg: def.cfg })
}

export function visibility(state: CrateState, vis: Visibility, source: Source, at: number, module: OwnModule): Vis {
  switch (vis.k) {
    case 'public':
      return 'public'
    case 'crate':
      return state.crate.root
    case 'inherited':
      // A block is no module: what is private in it is so in the module around it.
      return normalModule(module) as Module
    case 'in': {
      const names: PathName[] = vis.path.map((name) => ({ name, at }))
      const found = resolveNames(state, { module, source, names, global: false, preludes: false })
      if (found.types?.def.kind === 'module' && found.rest === names.length) return found.types.def
      // Edition 2015 counts from the root; a path that names nothing yet is taken as wide as it can be.
      return state.crate.root
    }
  }
}

/** The same place under a narrower condition. */
export function under(at: ItemPlace, cfg: ItemPlace['cfg']): ItemPlace {
  return cfg === at.cfg ? at : { ...at, cfg }
}
