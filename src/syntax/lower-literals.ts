/** Literal nodes. */
import type { Literal } from './ast.js'
import { K } from './kinds.js'
import { floatLiteral, integerLiteral, stringLiteral } from './literals.js'
import { kindOf, type Lowering, textOf } from './lowering.js'

/** The literal that a node is; undefined when it is none. A negative literal is an expression, see there. */
export function lowerLiteral(cx: Lowering, node: number): Literal | undefined {
  const text = textOf(cx, node)
  switch (kindOf(cx, node)) {
    case K.integer_literal:
      return integerLiteral(text)
    case K.float_literal:
      return floatLiteral(text)
    case K.boolean_literal:
      return { k: 'bool' }
    case K.char_literal:
      return { k: text.startsWith('b') ? 'byte' : 'char' }
    case K.string_literal:
    case K.raw_string_literal:
      return stringLiteral(text)
    default:
      return undefined
  }
}
