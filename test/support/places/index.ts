/** The table of all places of The Rust Reference where an expression, a type, a path or an attribute may stand. */
import { EXPRESSION_PLACES } from './expressions.js'
import { IMPLICIT_PLACES } from './implicit.js'
import { ITEM_PLACES } from './items.js'
import { MACRO_PLACES } from './macros.js'
import type { Place } from './place.js'
import { TYPE_PLACES } from './types.js'

export type { Place }
export const PLACES: readonly Place[] = [
  ...TYPE_PLACES,
  ...EXPRESSION_PLACES,
  ...MACRO_PLACES,
  ...ITEM_PLACES,
  ...IMPLICIT_PLACES,
]
