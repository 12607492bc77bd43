/**
 * Types as short texts that mean the same in every Program (definitions do not: each target has its own): what a type
 * is outside and one level in. `*` stands for anything that is not known; so a comparison errs towards "fits".
 */
import type { AdtDef, Def, TraitDef } from '../names/index.js'
import { definitionPath } from '../names/index.js'
import type { Ty } from '../types/index.js'

const keys = new WeakMap<AdtDef | TraitDef, string>()

/** A type or trait by its unit and path: the same for all targets. Namesakes in bodies of one module fall together. */
export function defKey(def: AdtDef | TraitDef): string {
  let key = keys.get(def)
  if (key === undefined) keys.set(def, (key = `${def.crate.unit?.id ?? def.crate.name}|${definitionPath(def as Def)}`))
  return key
}

/** How deep a shape goes into references, pointers, slices and tuples. */
const SHAPE_DEPTH = 3

export function shapeOf(ty: Ty, depth = 0): string {
  if (depth > SHAPE_DEPTH) return '*'
  switch (ty.k) {
    case 'adt':
      return defKey(ty.def)
    case 'prim':
      return ty.name
    case 'ref':
      return `&${shapeOf(ty.ty, depth + 1)}`
    case 'ptr':
      return `ptr ${shapeOf(ty.ty, depth + 1)}`
    case 'slice':
    case 'array':
      return `[${shapeOf(ty.ty, depth + 1)}`
    case 'tuple':
      return `(${ty.tys.map((part) => shapeOf(part, depth + 1)).join(',')})`
    case 'never':
    case 'fnptr':
      return ty.k
    case 'dyn':
      return ty.bounds[0] ? `dyn ${defKey(ty.bounds[0].trait)}` : '*'
    default:
      return '*'
  }
}
