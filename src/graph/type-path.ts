/**
 * Types and functions as text, in rustc's spelling without generics: `<std::fs::File as std::io::Read>::read`,
 * `<[T]>::len`. Public paths are preferred, as rustc prints what another crate can name.
 */
import type { AdtDef, FnDef, ImplDef, TraitDef, VariantDef } from '../names/defs.js'
import { definitionPath, publicPath } from '../names/index.js'
import type { TypeContext } from '../types/context.js'
import { implHeader } from '../types/signature.js'
import type { Ty } from '../types/ty.js'

/** Nesting of types in a printed path; deeper parts are cut to `_`. */
const PRINT_DEPTH = 4

export function typePath(ty: Ty, depth = 0): string {
  if (depth > PRINT_DEPTH) return '_'
  switch (ty.k) {
    case 'adt':
      return publicPath(ty.def)
    case 'prim':
      return ty.name
    case 'param':
      return ty.name === 'impl' ? 'impl Trait' : ty.name
    case 'ref':
      return `${ty.mut ? '&mut ' : '&'}${typePath(ty.ty, depth + 1)}`
    case 'ptr':
      return `${ty.mut ? '*mut ' : '*const '}${typePath(ty.ty, depth + 1)}`
    case 'slice':
      return `[${typePath(ty.ty, depth + 1)}]`
    case 'array':
      return `[${typePath(ty.ty, depth + 1)}; _]`
    case 'tuple':
      return `(${ty.tys.map((part) => typePath(part, depth + 1)).join(', ')})`
    case 'fnptr':
      return `fn(${ty.params.map((part) => typePath(part, depth + 1)).join(', ')})`
    case 'fndef':
      return `fn item ${ty.def.name}`
    case 'dyn':
      return `dyn ${ty.bounds.map((bound) => publicPath(bound.trait)).join(' + ')}`
    case 'opaque':
      return 'impl Trait'
    case 'proj':
      return `<${typePath(ty.args[0] as Ty, depth + 1)} as ${publicPath(ty.trait)}>::${ty.assoc.name}`
    case 'closure':
      return '{closure}'
    case 'future':
      return 'impl Future'
    case 'never':
      return '!'
    default:
      return '_'
  }
}

/** What an inherent function stands under: `std::fs::File`, `<str>`. */
function inherentPrefix(tcx: TypeContext, impl: ImplDef): string {
  const { self } = implHeader(tcx, impl)
  return self.k === 'adt' ? publicPath(self.def) : `<${typePath(self)}>`
}

/** The path of a function as it was defined: its node's name, and a map's key. */
export function fnPath(tcx: TypeContext, fn: FnDef): string {
  const { container } = fn
  if (!container) return publicPath(fn)
  if (container.kind === 'trait') return `<_ as ${publicPath(container)}>::${fn.name}`
  const { self, trait } = implHeader(tcx, container)
  if (trait) return `<${typePath(self)} as ${publicPath(trait.trait)}>::${fn.name}`
  // An impl of a trait that was not found is printed by its name, so that it is not taken for an inherent one.
  if (container.ast.trait) return `<${typePath(self)} as ${container.ast.trait.segments.map((segment) => segment.name).join('::')}>::${fn.name}`
  return `${inherentPrefix(tcx, container)}::${fn.name}`
}

/** A trait's function called for a type. */
export function traitFnPath(fn: FnDef, trait: TraitDef, self: Ty): string {
  return `<${typePath(self)} as ${publicPath(trait)}>::${fn.name}`
}

export function constructorPath(def: VariantDef | AdtDef): string {
  return def.kind === 'variant' ? `${publicPath(def.enum)}::${def.name}` : publicPath(def)
}

export { definitionPath }
