/**
 * At which place of a foreign function's own parameters an argument arrives. Who declares the function may give it other
 * parameters than it has: what the linker joins, nobody compares. A number arrives at the place it is written at while all
 * before it take one place each; behind a float, a struct, a slice, or in another calling convention, it may be any other.
 */
import type { Foreign } from '../../names/index.js'
import type { BodyValue } from '../body-values.js'
import { normalize } from '../normalize.js'
import { fieldTy, shownFields } from '../signature.js'
import { subst, type Ty } from '../ty.js'

import { type BodyContext, shallowTy } from './body-context.js'

/** Those that hand over numbers and pointers one after the other, as C does on the system. */
const PLAIN_ABIS: ReadonlySet<string> = new Set(['C', 'C-unwind', 'cdecl', 'cdecl-unwind', 'system', 'system-unwind'])
/** As wide as what flags are handed over in: a smaller one is widened by its sign. */
const WIDE_INTEGERS: ReadonlySet<string> = new Set(['i32', 'u32', 'i64', 'u64', 'isize', 'usize'])
/** Of one place on machines of 32 bits too. */
const ONE_PLACE: ReadonlySet<string> = new Set([
  'i8',
  'u8',
  'i16',
  'u16',
  'i32',
  'u32',
  'isize',
  'usize',
  'bool',
  'char',
])
/** Structs in structs that are looked into. */
const DEPTH_LIMIT = 8

/** The arguments, as far as it is known where they arrive. */
export function passedArguments(
  cx: BodyContext,
  { abi }: Foreign,
  args: readonly (BodyValue | undefined)[],
  params: readonly Ty[],
): readonly (BodyValue | undefined)[] {
  if (!PLAIN_ABIS.has(abi)) return args.map(() => undefined)
  const shifted = params.findIndex((param) => !takesOnePlace(cx, param, 0))
  // The first of those that are not declared stands where it is written; its own type nobody says.
  const known = shifted < 0 ? params.length + 1 : shifted + 1
  return args.map((arg, i) => {
    const param = params[i]
    return i < known && (param === undefined || isWide(cx, param)) ? arg : undefined
  })
}

function isWide(cx: BodyContext, param: Ty): boolean {
  const ty = shallowTy(cx, param)
  return ty.k === 'prim'
    ? WIDE_INTEGERS.has(ty.name)
    : ty.k === 'ptr' || ty.k === 'ref' || ty.k === 'fnptr' || ty.k === 'adt'
}

function takesOnePlace(cx: BodyContext, param: Ty, depth: number): boolean {
  const ty = shallowTy(cx, param)
  if (depth > DEPTH_LIMIT) return false
  switch (ty.k) {
    case 'prim':
      return ONE_PLACE.has(ty.name)
    case 'fnptr':
      return true
    case 'ptr':
    case 'ref':
      return isThin(cx, ty.ty, depth)
    case 'adt': {
      const { def, args } = ty
      // `Option` of a pointer that is never null; enums that are numbers.
      if (def.kind === 'enum') {
        const held = def.variants.flatMap((variant) => shownFields(variant).map((field) => ({ variant, field })))
        const [only] = held
        if (!only) return def.variants.length > 1
        if (held.length > 1 || def.variants.length > 2) return false
        const inner = normalize(cx, subst(fieldTy(cx.tcx, only.variant, only.field), args))
        return (inner.k === 'fnptr' || inner.k === 'ref') && takesOnePlace(cx, inner, depth + 1)
      }
      const [only, ...more] = shownFields(def)
      if (!only || more.length > 0 || def.kind !== 'struct') return false
      return takesOnePlace(cx, normalize(cx, subst(fieldTy(cx.tcx, def, only), args)), depth + 1)
    }
    default:
      return false
  }
}

/** A pointer to it is an address and nothing else. */
function isThin(cx: BodyContext, pointee: Ty, depth: number): boolean {
  const ty = shallowTy(cx, pointee)
  if (depth > DEPTH_LIMIT) return false
  switch (ty.k) {
    case 'prim':
      return ty.name !== 'str'
    case 'ptr':
    case 'ref':
    case 'array':
    case 'tuple':
    case 'fnptr':
    case 'never':
      return true
    case 'adt': {
      if (ty.def.kind !== 'struct') return true
      const last = shownFields(ty.def).at(-1)
      // Of std's types with fields that are not shown nothing is known.
      if (!last) return ty.def.crate.unit !== undefined
      return isThin(cx, normalize(cx, subst(fieldTy(cx.tcx, ty.def, last), ty.args)), depth + 1)
    }
    default:
      return false
  }
}
