/**
 * Values of constants in types: array lengths and const arguments, as far as they select an impl or a type. Literals,
 * names of constants, arithmetic of integers, blocks that are no more than that. What is more is not known, and fits any.
 *
 * What this deliberately does not do: call `const fn`s, look at associated constants, tell integer types apart (a value that
 * does not fit its type is refused by the compiler).
 */
import { bodyOf, resolvePath } from '../names/index.js'
import type { BinaryOp, Expr, Literal } from '../syntax/index.js'
import type { LowerContext } from './lower-context.js'
import { CONST, constTy, paramTy, type Ty } from './ty.js'

/** Constants that are made of each other; the compiler refuses circles. */
const DEPTH_LIMIT = 32
/** Of shifts, in bits: no type of integers has more. */
const MAX_SHIFT = 128n

/** The value as a type's argument: a const parameter, a variable for `_`, a value, or CONST when it is not known. */
export function constValue(cx: LowerContext, expr: Expr, depth = 0): Ty {
  if (depth > DEPTH_LIMIT) return CONST
  switch (expr.k) {
    case 'lit':
      return literal(cx, expr.lit, expr)
    case 'underscore':
      return cx.fresh?.() ?? CONST
    case 'cast':
      return constValue(cx, expr.expr, depth + 1)
    case 'block':
      return expr.mode !== 'async' && expr.mode !== 'gen' && expr.stmts.length === 0 && expr.tail
        ? constValue(cx, expr.tail, depth + 1)
        : CONST
    case 'unary': {
      const value = knownValue(constValue(cx, expr.expr, depth + 1))
      if (value === undefined) return CONST
      if (expr.op === '-' && isInteger(value)) return constTy(String(-BigInt(value)))
      return expr.op === '!' && (value === 'true' || value === 'false') ? constTy(String(value === 'false')) : CONST
    }
    case 'binary': {
      const [a, b] = [knownValue(constValue(cx, expr.lhs, depth + 1)), knownValue(constValue(cx, expr.rhs, depth + 1))]
      return a === undefined || b === undefined ? CONST : binary(expr.op, a, b)
    }
    case 'path':
      return named(cx, expr.path, depth)
    default:
      return CONST
  }
}

function named(cx: LowerContext, path: (Expr & { k: 'path' })['path'], depth: number): Ty {
  const [only] = path.segments
  if (path.qself || !only) return CONST
  if (path.segments.length === 1) {
    const param = cx.generics?.byName.get(only.name)
    if (param) return param.isConst ? paramTy(param.index, param.name) : CONST
  }
  const { values: def, rest } = resolvePath(cx.module, cx.source, path, 'values')
  if (def?.kind !== 'const' || rest !== path.segments.length || def.container) return CONST
  const body = bodyOf(def)
  if (!body) return CONST
  const own: LowerContext = {
    tcx: cx.tcx,
    module: def.module,
    source: body.source,
    generics: undefined,
    container: undefined,
    depth: 0,
  }
  return constValue(own, body.expr, depth + 1)
}

function literal(cx: LowerContext, lit: Literal, at: Expr): Ty {
  if (lit.k === 'int') return integer(lit.value)
  if (lit.k !== 'bool' && lit.k !== 'char' && lit.k !== 'byte') return CONST
  const text = cx.source.text.slice(at.at, at.end)
  return text === '' ? CONST : constTy(text)
}

function integer(text: string): Ty {
  const digits = text.replaceAll('_', '')
  return /^(0x[0-9a-fA-F]+|0o[0-7]+|0b[01]+|[0-9]+)$/.test(digits) ? constTy(String(BigInt(digits))) : CONST
}

const knownValue = (ty: Ty): string | undefined => (ty.k === 'const' ? ty.value : undefined)
const isInteger = (value: string): boolean => /^-?[0-9]+$/.test(value)

function binary(op: BinaryOp, left: string, right: string): Ty {
  if (op === '==') return constTy(String(left === right))
  if (op === '!=') return constTy(String(left !== right))
  if (!isInteger(left) || !isInteger(right)) return CONST
  const [a, b] = [BigInt(left), BigInt(right)]
  const value = arithmetic(op, a, b)
  return value === undefined ? CONST : constTy(String(value))
}

function arithmetic(op: BinaryOp, a: bigint, b: bigint): bigint | boolean | undefined {
  switch (op) {
    case '+':
      return a + b
    case '-':
      return a - b
    case '*':
      return a * b
    case '/':
      return b === 0n ? undefined : a / b
    case '%':
      return b === 0n ? undefined : a % b
    case '&':
      return a & b
    case '|':
      return a | b
    case '^':
      return a ^ b
    case '<<':
      return b < 0n || b > MAX_SHIFT ? undefined : a << b
    case '>>':
      return b < 0n || b > MAX_SHIFT ? undefined : a >> b
    case '<':
      return a < b
    case '<=':
      return a <= b
    case '>':
      return a > b
    case '>=':
      return a >= b
    default:
      return undefined
  }
}
