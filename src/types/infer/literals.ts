/** Literals: their types, and the length of those that are arrays. */
import type { Literal } from '../../syntax/index.js'
import { langAdt } from '../context.js'
import { kindOf } from '../table.js'
import {
  adtTy,
  arrayTy,
  BOOL,
  CHAR,
  CONST,
  constTy,
  isFloatName,
  isIntName,
  primTy,
  refTy,
  STR,
  type Ty,
  U8,
  UNKNOWN,
} from '../ty.js'
import { type BodyContext, fresh, shallowTy } from './body-context.js'

export function literalTy(cx: BodyContext, lit: Literal, expected: Ty | undefined): Ty {
  switch (lit.k) {
    case 'int':
    case 'float': {
      if (lit.suffix) return primTy(lit.suffix)
      const hint = expected && shallowTy(cx, expected)
      const fits = lit.k === 'int' ? isIntName : isFloatName
      if (hint?.k === 'prim' && fits(hint.name)) return hint
      if (hint?.k === 'var' && kindOf(cx.table, hint) === lit.k) return hint
      return fresh(cx, lit.k)
    }
    case 'bool':
      return BOOL
    case 'char':
      return CHAR
    case 'byte':
      return U8
    case 'str':
      return refTy(STR, false)
    case 'bytes':
      return refTy(arrayTy(U8, bytesLength(lit.value)), false)
    case 'cstr': {
      const cstr = langAdt(cx.tcx, 'CStr')
      return cstr ? refTy(adtTy(cstr, []), false) : UNKNOWN
    }
  }
}

/** Longer literals are cut where they are read. */
const CUT_LENGTH = 4096

/** Known for plain ones: what is written with escapes may be another number of bytes. */
const bytesLength = (value: string): Ty =>
  value.length < CUT_LENGTH && /^[\x00-\x7f]*$/.test(value) ? constTy(String(value.length)) : CONST
