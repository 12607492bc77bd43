/** Finds the attribute nodes of a node; what they say is read by attributes.ts. */
import type { CfgExpr } from '../base/index.js'
import type { Span } from './ast.js'
import { type Attributes, readAttributes } from './attributes.js'
import { K } from './kinds.js'
import { EMPTY, firstChild, kindOf, type Lowering, nextChild, spanOf } from './lowering.js'

const NONE: Attributes = { attrs: EMPTY }

/** The outer attributes of a node that has them as children. */
export function attributesOf(cx: Lowering, node: number): Attributes {
  let places: Span[] | undefined
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    if (kindOf(cx, child) === K.attributes) places = addPlaces(cx, child, places)
  }
  return places ? readAttributes(cx.text, places, cx.errors) : NONE
}

/** What an `attributes` node says. */
export function readAttributesNode(cx: Lowering, node: number): Attributes {
  const places = addPlaces(cx, node, undefined)
  return places ? readAttributes(cx.text, places, cx.errors) : NONE
}

/** The condition on a node, from its outer attributes. */
export function cfgAttributeOf(cx: Lowering, node: number): CfgExpr | undefined {
  return attributesOf(cx, node).cfg
}

/** The inner attributes among the children of a node: `#![..]`. */
export function innerAttributesOf(cx: Lowering, node: number): Attributes {
  const places: Span[] = []
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    if (kindOf(cx, child) === K.inner_attribute_item) places.push(innerPlace(cx, child))
  }
  return places.length > 0 ? readAttributes(cx.text, places, cx.errors) : NONE
}

/** Doc comments before an inner attribute belong to its node: the attribute starts at the last `#!`. */
function innerPlace(cx: Lowering, node: number): Span {
  const { at, end } = spanOf(cx, node)
  const hash = cx.text.startsWith('#', at) ? at : cx.text.indexOf('#!', at)
  return { at: hash < 0 ? at : hash, end }
}

function addPlaces(cx: Lowering, node: number, places: Span[] | undefined): Span[] | undefined {
  let out = places
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    if (kindOf(cx, child) !== K.attribute_item) continue
    out ??= []
    out.push(spanOf(cx, child))
  }
  return out
}
