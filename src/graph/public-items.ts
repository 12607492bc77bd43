/** Which functions another crate can call: by a public path, through a public type, or through a public trait. */
import type { AdtDef, ConstDef, Def, FnDef, StaticDef, TraitDef } from '../names/index.js'
import { definitionPath, publicPath } from '../names/index.js'

/** Whether users of the crate can name it; a method counts with its type or trait. */
export function isPublic(def: FnDef | ConstDef | StaticDef): boolean {
  const container = def.kind === 'static' ? undefined : def.container
  if (!container) return isNameable(def)
  if (container.kind === 'trait') return isNameable(container)
  // A trait impl's functions are as public as the trait; what the impl is for is left aside: more is reported, never less.
  return container.ast.trait !== undefined || def.vis === 'public'
}

/** Whether users of the crate can write a path that leads to it. */
export function isNameable(def: FnDef | ConstDef | StaticDef | TraitDef | AdtDef): boolean {
  if (def.vis !== 'public') return false
  return publicPath(def) !== definitionPath(def) || modulesArePublic(def)
}

function modulesArePublic(def: Exclude<Def, { kind: 'prim' } | { kind: 'module' }>): boolean {
  for (let module = def.module; module.parent; module = module.parent) if (module.vis !== 'public') return false
  return true
}
