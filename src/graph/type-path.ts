/**
 * Types and functions as text, in rustc's spelling without generics: `<std::fs::File as std::io::Read>::read`,
 * `<[T]>::len`. Public paths are preferred, as rustc prints what another crate can name.
 */
import { checked } from '../base/index.js'
import type { AdtDef, ConstDef, Crate, Def, FnDef, ImplDef, TraitDef, VariantDef } from '../names/index.js'
import { definitionPath, publicPath } from '../names/index.js'
import type { Ty, TypeContext } from '../types/index.js'
import { implHeader } from '../types/index.js'

const facades = new WeakMap<Crate, readonly Crate[]>()

/** Makes std's paths the ones that items of core and alloc are called by. */
export function preferFacade(core: Crate, alloc: Crate, std: Crate): void {
  facades.set(core, [std, alloc])
  facades.set(alloc, [std])
}

/** Whether the crate is the one of std's by whose paths the others' items are called. */
export const isFacade = (crate: Crate): boolean => crate.unit === undefined && !facades.has(crate)

/** The path by which other crates name an item; std's for what core and alloc define. */
export function namePath(def: Def): string {
  const crate = def.kind === 'prim' ? undefined : def.crate
  return publicPath(def, (crate && facades.get(crate)) ?? [])
}

/** Nesting of types in a printed path; deeper parts are cut to `_`. */
const PRINT_DEPTH = 4

export function typePath(ty: Ty, depth = 0): string {
  if (depth > PRINT_DEPTH) return '_'
  switch (ty.k) {
    case 'adt':
      return namePath(ty.def)
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
      return `dyn ${ty.bounds.map((bound) => namePath(bound.trait)).join(' + ')}`
    case 'opaque':
      return 'impl Trait'
    case 'proj':
      return `<${typePath(checked(ty.args[0]), depth + 1)} as ${namePath(ty.trait)}>::${ty.assoc.name}`
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

/** What an inherent item stands under: `std::fs::File`, `<str>`. */
function inherentPrefix(tcx: TypeContext, impl: ImplDef): string {
  const { self } = implHeader(tcx, impl)
  return self.k === 'adt' ? namePath(self.def) : `<${typePath(self)}>`
}

/**
 * The path of a function, or of a constant in an impl or trait. `from` is the crate that refers to it: a crate calls its own functions by where they are
 * defined, those of others by their public path.
 */
export function fnPath(tcx: TypeContext, fn: FnDef | ConstDef, from: Crate): string {
  const { container } = fn
  if (!container) return fn.crate === from ? definitionPath(fn) : namePath(fn)
  if (container.kind === 'trait') return `<_ as ${namePath(container)}>::${fn.name}`
  const { self, trait } = implHeader(tcx, container)
  if (trait) return `<${typePath(self)} as ${namePath(trait.trait)}>::${fn.name}`
  // An impl of a trait that was not found is printed by its name, so that it is not taken for an inherent one.
  if (container.ast.trait)
    return `<${typePath(self)} as ${container.ast.trait.segments.map((segment) => segment.name).join('::')}>::${fn.name}`
  return `${inherentPrefix(tcx, container)}::${fn.name}`
}

/** A trait's function called for a type. */
export function traitFnPath(fn: FnDef, trait: TraitDef, self: Ty): string {
  return `<${typePath(self)} as ${namePath(trait)}>::${fn.name}`
}

export function constructorPath(def: VariantDef | AdtDef): string {
  return def.kind === 'variant' ? `${namePath(def.enum)}::${def.name}` : namePath(def)
}
