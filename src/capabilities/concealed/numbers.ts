/** Integers as the machine knows them: operators in the type's own width. */
import { bool, type IntValue, int, type Value } from './machine-values.js'

const SHIFT_LIMIT = 256n

/** Of an integer type its bits and whether it has a sign; undefined for another type. */
function widthOf(type: string): { readonly bits: number; readonly signed: boolean } | undefined {
  const [, sign, bits] = /^([ui])(8|16|32|64|128|size)$/.exec(type) ?? []
  if (sign === undefined || bits === undefined) return undefined
  return { bits: bits === 'size' ? 64 : Number(bits), signed: sign === 'i' }
}

/** What the type holds of an integer: its lowest bits. */
export function wrapped(n: bigint, type: string): bigint {
  const width = widthOf(type)
  if (!width) return n
  return width.signed ? BigInt.asIntN(width.bits, n) : BigInt.asUintN(width.bits, n)
}

export const bitsOf = (type: string): number | undefined => widthOf(type)?.bits

const COMPARISONS: Readonly<Record<string, (a: bigint, b: bigint) => boolean>> = {
  '==': (a, b) => a === b,
  '!=': (a, b) => a !== b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
}

const OPERATORS: Readonly<Record<string, (a: bigint, b: bigint) => bigint | undefined>> = {
  '+': (a, b) => a + b,
  '-': (a, b) => a - b,
  '*': (a, b) => a * b,
  '/': (a, b) => (b === 0n ? undefined : a / b),
  '%': (a, b) => (b === 0n ? undefined : a % b),
  '&': (a, b) => a & b,
  '|': (a, b) => a | b,
  '^': (a, b) => a ^ b,
  '<<': (a, b) => (b < 0n || b > SHIFT_LIMIT ? undefined : a << b),
  '>>': (a, b) => (b < 0n || b > SHIFT_LIMIT ? undefined : a >> b),
}

/** `a op b`; undefined where it panics, or where the operator is none of integers. */
export function calculated(op: string, a: IntValue, b: IntValue, type: string): Value | undefined {
  const compare = COMPARISONS[op]
  if (compare) return bool(compare(a.n, b.n))
  const n = OPERATORS[op]?.(a.n, b.n)
  return n === undefined ? undefined : int(wrapped(n, type), true)
}

/** What a literal of an integer says. */
export function integer(written: string): bigint {
  const digits = written.replaceAll('_', '')
  return /^(0x[\da-f]+|0o[0-7]+|0b[01]+|\d+)$/i.test(digits) ? BigInt(digits.toLowerCase()) : 0n
}
