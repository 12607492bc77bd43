/** Values of numbers: bits that are put together, casts. A value is the text of its literal; what a type makes of it otherwise is not known. */
import type { Expr } from '../../syntax/index.js'
import type { Ty } from '../ty.js'
import { type BodyContext, later, shallowTy } from './body-context.js'
import { valueAt } from './values.js'

/**
 * So many bits of a number are the same in every type that it goes through: a smaller one cuts the others off, a signed one
 * takes its highest for the sign, a float rounds.
 */
const EXACT_BITS: ReadonlyMap<string, number> = new Map([
  ['u8', 8],
  ['i8', 7],
  ['u16', 16],
  ['i16', 15],
  ['u32', 32],
  ['i32', 31],
  ['u64', 64],
  ['i64', 63],
  ['u128', 128],
  ['i128', 127],
  // Of the smallest machines that are looked at.
  ['usize', 32],
  ['isize', 31],
  ['char', 21],
  ['bool', 1],
  ['f32', 24],
  ['f64', 53],
])
const POINTER_BITS = 31

/** An operator on numbers, or references to them; a comparison works nothing out. */
export function noteNumber(cx: BodyContext, expr: Expr, of: Ty, isComparison: boolean): void {
  let ty = shallowTy(cx, of)
  while (ty.k === 'ref') ty = shallowTy(cx, ty.ty)
  if (ty.k !== 'prim' && ty.k !== 'var') return
  cx.notes.numberTys.set(expr, ty)
  if (!isComparison) cx.notes.computes = true
}

/** A cast: of a number the same number where it fits into both types, of a pointer the same. */
export function noteCast(cx: BodyContext, expr: Expr & { k: 'cast' }, from: Ty, target: Ty): void {
  cx.notes.numberTys.set(expr, target)
  const of = valueAt(cx, expr.expr)
  if (!of || isPointer(target)) return
  const value = { k: 'cast' as const, bits: 0, of }
  const settle = (): void => {
    value.bits = Math.min(bitsOf(shallowTy(cx, from)), bitsOf(shallowTy(cx, target)))
  }
  settle()
  // Types that are left to inference are known in the end.
  if (value.bits === 0) later(cx, settle)
  cx.values.set(expr, value)
}

const isPointer = ({ k }: Ty): boolean => k === 'ptr' || k === 'ref' || k === 'fnptr'

function bitsOf(ty: Ty): number {
  if (isPointer(ty)) return POINTER_BITS
  return ty.k === 'prim' ? (EXACT_BITS.get(ty.name) ?? 0) : 0
}

/** `a | b` of integers. */
export function noteBits(cx: BodyContext, expr: Expr & { k: 'binary' }): void {
  const left = valueAt(cx, expr.lhs)
  const right = left && valueAt(cx, expr.rhs)
  if (right) cx.values.set(expr, { k: 'bits', of: [left, right] })
}
