/**
 * The types of Rust as inference sees them: lifetimes are erased. Immutable plain objects, compared
 * with `sameTy`; `flags` say what is inside, so that substitution and resolution can skip what they cannot change.
 */
import { checked } from '../base/index.js'
import type { AdtDef, AliasDef, FnDef, TraitDef, VariantDef } from '../names/index.js'

export const HAS_VAR = 1
export const HAS_PARAM = 2
/** A projection is inside, which may be normalised. */
export const HAS_PROJECTION = 4
export const HAS_UNKNOWN = 8
/** A const argument is inside whose value is not known. */
export const HAS_OPEN_CONST = 16

export type VarKind = 'any' | 'int' | 'float'

export interface AdtTy {
  readonly k: 'adt'
  readonly def: AdtDef
  readonly args: readonly Ty[]
  readonly flags: number
}
export interface ParamTy {
  readonly k: 'param'
  /** Index in the item's arguments, its parents' parameters first; a trait's Self is 0. */
  readonly index: number
  readonly name: string
  readonly flags: number
}
export interface VarTy {
  readonly k: 'var'
  readonly id: number
  readonly flags: number
}
/** `<args[0] as trait<args[1..]>>::assoc<own…>`: generic associated types have their own arguments last. */
export interface ProjectionTy {
  readonly k: 'proj'
  readonly assoc: AliasDef
  readonly trait: TraitDef
  readonly args: readonly Ty[]
  readonly flags: number
}
/** A function item's own type; for a constructor the variant or struct. */
export interface FnDefTy {
  readonly k: 'fndef'
  readonly def: FnDef | VariantDef | AdtDef
  readonly args: readonly Ty[]
  readonly flags: number
}
export interface FnPtrTy {
  readonly k: 'fnptr'
  /** `unsafe`, `extern "C"`, both, or nothing: part of the type, so that impls for each are told apart. */
  readonly header: string
  readonly params: readonly Ty[]
  readonly ret: Ty
  readonly flags: number
}
export interface ClosureTy {
  readonly k: 'closure'
  readonly id: number
  readonly params: readonly Ty[]
  readonly ret: Ty
  readonly flags: number
}
export interface DynTy {
  readonly k: 'dyn'
  readonly bounds: readonly DynBound[]
  readonly flags: number
}
/** A trait without its Self, with the associated types that are written. */
export interface DynBound {
  readonly trait: TraitDef
  /** Without Self. */
  readonly args: readonly Ty[]
  readonly bindings: readonly { readonly assoc: AliasDef; readonly ty: Ty }[]
}
/** `impl Trait` as a result: the index-th of the function's signature, with the function's arguments. */
export interface OpaqueTy {
  readonly k: 'opaque'
  readonly owner: FnDef | AliasDef
  readonly index: number
  readonly args: readonly Ty[]
  readonly flags: number
}
export type Ty =
  | AdtTy
  | ParamTy
  | VarTy
  | ProjectionTy
  | FnDefTy
  | FnPtrTy
  | ClosureTy
  | DynTy
  | OpaqueTy
  | { readonly k: 'prim'; readonly name: string; readonly flags: number }
  | { readonly k: 'ref' | 'ptr'; readonly mut: boolean; readonly ty: Ty; readonly flags: number }
  | { readonly k: 'slice'; readonly ty: Ty; readonly flags: number }
  /** `len` is a const argument. */
  | { readonly k: 'array'; readonly ty: Ty; readonly len: Ty; readonly flags: number }
  | { readonly k: 'tuple'; readonly tys: readonly Ty[]; readonly flags: number }
  /** What `async` blocks and functions make. */
  | { readonly k: 'future'; readonly output: Ty; readonly flags: number }
  /** A const argument: its value as text (`-1`, `true`, `'c'`), absent when it is not known. */
  | { readonly k: 'const'; readonly value?: string; readonly flags: number }
  | { readonly k: 'never' | 'unknown'; readonly flags: number }

export interface TraitRef {
  readonly trait: TraitDef
  /** Self first. */
  readonly args: readonly Ty[]
}

export const UNKNOWN: Ty = { k: 'unknown', flags: HAS_UNKNOWN }
export const NEVER: Ty = { k: 'never', flags: 0 }
/** A const argument whose value is not known: it fits any. */
export const CONST: Ty = { k: 'const', flags: HAS_OPEN_CONST }
export const constTy = (value: string): Ty => ({ k: 'const', value, flags: 0 })
export const UNIT: Ty = { k: 'tuple', tys: [], flags: 0 }

const prims = new Map<string, Ty>()
/** A built-in type by its name; one object a name. */
export function primTy(name: string): Ty {
  let ty = prims.get(name)
  if (!ty) prims.set(name, (ty = { k: 'prim', name, flags: 0 }))
  return ty
}
export const BOOL = primTy('bool')
export const CHAR = primTy('char')
export const STR = primTy('str')
export const U8 = primTy('u8')
export const USIZE = primTy('usize')
export const I32 = primTy('i32')
export const F64 = primTy('f64')

const INTS = new Set(['i8', 'i16', 'i32', 'i64', 'i128', 'isize', 'u8', 'u16', 'u32', 'u64', 'u128', 'usize'])
const FLOATS = new Set(['f16', 'f32', 'f64', 'f128'])
/** Whether a built-in type's name is an integer's or a float's. */
export const isIntName = (name: string): boolean => INTS.has(name)
export const isFloatName = (name: string): boolean => FLOATS.has(name)

function flagsOf(tys: readonly Ty[]): number {
  let flags = 0
  for (const ty of tys) flags |= ty.flags
  return flags
}

export const adtTy = (def: AdtDef, args: readonly Ty[]): Ty => ({ k: 'adt', def, args, flags: flagsOf(args) })
export const refTy = (ty: Ty, mut: boolean): Ty => ({ k: 'ref', mut, ty, flags: ty.flags })
export const ptrTy = (ty: Ty, mut: boolean): Ty => ({ k: 'ptr', mut, ty, flags: ty.flags })
export const sliceTy = (ty: Ty): Ty => ({ k: 'slice', ty, flags: ty.flags })
export const arrayTy = (ty: Ty, len: Ty): Ty => ({ k: 'array', ty, len, flags: ty.flags | len.flags })
export const tupleTy = (tys: readonly Ty[]): Ty => (tys.length === 0 ? UNIT : { k: 'tuple', tys, flags: flagsOf(tys) })
export const futureTy = (output: Ty): Ty => ({ k: 'future', output, flags: output.flags })
export const varTy = (id: number): VarTy => ({ k: 'var', id, flags: HAS_VAR })
export const paramTy = (index: number, name: string): Ty => ({ k: 'param', index, name, flags: HAS_PARAM })
export const fnDefTy = (def: FnDefTy['def'], args: readonly Ty[]): FnDefTy => ({
  k: 'fndef',
  def,
  args,
  flags: flagsOf(args),
})
export const fnPtrTy = (params: readonly Ty[], ret: Ty, header = ''): FnPtrTy => ({
  k: 'fnptr',
  header,
  params,
  ret,
  flags: flagsOf(params) | ret.flags,
})
/** The header of a function pointer type; `extern "Rust"` is none. */
export const fnHeader = (unsafe: boolean, abi: string | undefined): string =>
  [...(unsafe ? ['unsafe'] : []), ...(abi === undefined || abi === 'Rust' ? [] : [`extern "${abi}"`])].join(' ')
export const closureTy = (id: number, params: readonly Ty[], ret: Ty): ClosureTy => ({
  k: 'closure',
  id,
  params,
  ret,
  flags: flagsOf(params) | ret.flags,
})
export const projTy = (trait: TraitDef, assoc: AliasDef, args: readonly Ty[]): ProjectionTy => ({
  k: 'proj',
  assoc,
  trait,
  args,
  flags: flagsOf(args) | HAS_PROJECTION,
})
export const opaqueTy = (owner: FnDef | AliasDef, index: number, args: readonly Ty[]): Ty => ({
  k: 'opaque',
  owner,
  index,
  args,
  flags: flagsOf(args),
})
export function dynTy(bounds: readonly DynBound[]): Ty {
  let flags = 0
  for (const bound of bounds) {
    flags |= flagsOf(bound.args)
    for (const binding of bound.bindings) flags |= binding.ty.flags
  }
  return { k: 'dyn', bounds, flags }
}

/** Rebuilds a type with `f` applied to each direct part; the same object when nothing changed. */
export function mapTy(ty: Ty, f: (part: Ty) => Ty): Ty {
  switch (ty.k) {
    case 'adt': {
      const args = mapList(ty.args, f)
      return args === ty.args ? ty : adtTy(ty.def, args)
    }
    case 'ref':
    case 'ptr': {
      const inner = f(ty.ty)
      return inner === ty.ty ? ty : ty.k === 'ref' ? refTy(inner, ty.mut) : ptrTy(inner, ty.mut)
    }
    case 'slice': {
      const inner = f(ty.ty)
      return inner === ty.ty ? ty : sliceTy(inner)
    }
    case 'array': {
      const [inner, len] = [f(ty.ty), f(ty.len)]
      return inner === ty.ty && len === ty.len ? ty : arrayTy(inner, len)
    }
    case 'tuple': {
      const tys = mapList(ty.tys, f)
      return tys === ty.tys ? ty : tupleTy(tys)
    }
    case 'fndef': {
      const args = mapList(ty.args, f)
      return args === ty.args ? ty : fnDefTy(ty.def, args)
    }
    case 'fnptr': {
      const params = mapList(ty.params, f)
      const ret = f(ty.ret)
      return params === ty.params && ret === ty.ret ? ty : fnPtrTy(params, ret, ty.header)
    }
    case 'closure': {
      const params = mapList(ty.params, f)
      const ret = f(ty.ret)
      return params === ty.params && ret === ty.ret ? ty : closureTy(ty.id, params, ret)
    }
    case 'proj': {
      const args = mapList(ty.args, f)
      return args === ty.args ? ty : projTy(ty.trait, ty.assoc, args)
    }
    case 'opaque': {
      const args = mapList(ty.args, f)
      return args === ty.args ? ty : opaqueTy(ty.owner, ty.index, args)
    }
    case 'future': {
      const output = f(ty.output)
      return output === ty.output ? ty : futureTy(output)
    }
    case 'dyn':
      return dynTy(
        ty.bounds.map((bound) => ({
          trait: bound.trait,
          args: bound.args.map(f),
          bindings: bound.bindings.map((binding) => ({ assoc: binding.assoc, ty: f(binding.ty) })),
        })),
      )
    default:
      return ty
  }
}

/** `f` over a list; the same array when nothing changed. */
export function mapList(tys: readonly Ty[], f: (ty: Ty) => Ty): readonly Ty[] {
  let out: Ty[] | undefined
  for (let i = 0; i < tys.length; i++) {
    const before = checked(tys[i])
    const after = f(before)
    if (out) out.push(after)
    else if (after !== before) {
      out = tys.slice(0, i)
      out.push(after)
    }
  }
  return out ?? tys
}

/** Parameters replaced by the arguments at their index; a missing argument leaves unknown. */
export function subst(ty: Ty, args: readonly Ty[]): Ty {
  if (!(ty.flags & HAS_PARAM)) return ty
  if (ty.k === 'param') return args[ty.index] ?? UNKNOWN
  return mapTy(ty, (part) => subst(part, args))
}

export function substTraitRef(ref: TraitRef, args: readonly Ty[]): TraitRef {
  return { trait: ref.trait, args: mapList(ref.args, (ty) => subst(ty, args)) }
}
