/** How definitions are called in reports: where they are defined, and by which public path others reach them. */
import { checked } from '../base/index.js'
import { isInside } from './crate-state.js'
import type { Crate, Def, Module } from './defs.js'

/** `walkdir::dent::DirEntry`: crate, modules and name. A block has the name of its function. */
export function definitionPath(def: Def): string {
  if (def.kind === 'prim') return def.name
  if (def.kind === 'module') return modulePath(def)
  if (def.kind === 'variant') return `${definitionPath(def.enum)}::${def.name}`
  const module = modulePath(def.module)
  return def.name === '' ? module : `${module}::${def.name}`
}

function modulePath(module: Module): string {
  const names: string[] = []
  for (let at: Module | undefined = module; at; at = at.parent) {
    if (!at.parent) names.push(at.crate.name)
    else if (at.name !== '') names.push(at.name)
  }
  return names.reverse().join('::')
}

const publicPaths = new WeakMap<Crate, ReadonlyMap<Def, string>>()
/** Modules visited for one crate's public paths. */
const MODULE_LIMIT = 100_000

/**
 * The shortest path by which another crate can name the definition, the first one found breadth first, as rustc prints
 * it; the definition path when there is none. `through` are crates whose paths are preferred, best first: std for what
 * core and alloc define.
 */
export function publicPath(def: Def, through: readonly Crate[] = []): string {
  if (def.kind === 'prim') return def.name
  if (def.kind === 'variant') return `${publicPath(def.enum, through)}::${def.name}`
  for (const crate of [...through, def.crate]) {
    const path = pathsOf(crate).get(def)
    if (path !== undefined) return path
  }
  return definitionPath(def)
}

function pathsOf(crate: Crate): ReadonlyMap<Def, string> {
  const known = publicPaths.get(crate)
  if (known) return known
  const paths = new Map<Def, string>([[crate.root, crate.name]])
  const queue: Module[] = [crate.root]
  for (let i = 0; i < queue.length && i < MODULE_LIMIT; i++) {
    const module = checked(queue[i])
    const prefix = checked(paths.get(module))
    for (const ns of ['types', 'values', 'macros'] as const) {
      for (const [name, { def, vis, via }] of module.scope[ns]) {
        if (vis !== 'public' || via === 'extern crate' || paths.has(def)) continue
        if (def.kind === 'module' && !def.parent && def.crate !== crate) continue
        paths.set(def, `${prefix}::${name}`)
        if (def.kind === 'module' && !isInside(module, def)) queue.push(def)
      }
    }
  }
  publicPaths.set(crate, paths)
  return paths
}
