/** What items are made of: generics, where clauses, parameters, fields, visibility. */
import type {
  Field,
  FnItem,
  GenericParam,
  Generics,
  Param,
  Pat,
  SelfParam,
  Shape,
  TypeRef,
  Visibility,
  WherePredicate,
} from './ast.js'
import type { Attributes } from './attributes.js'
import { bareName } from './identifiers.js'
import { F, K } from './kinds.js'
import { lex } from './lexer.js'
import { cfgAttributeOf, readAttributesNode } from './lower-attributes.js'
import { patternIn } from './lower-patterns.js'
import { lowerBounds, lowerType, typeIn } from './lower-types.js'
import {
  childIn,
  childOf,
  EMPTY,
  endOf,
  firstChild,
  hasChild,
  isToken,
  kindOf,
  type Lowering,
  nameOf,
  nextChild,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

const NO_GENERICS: Generics = Object.freeze({ params: EMPTY, where: EMPTY })
const INHERITED: Visibility = Object.freeze({ k: 'inherited' })
const PUBLIC: Visibility = Object.freeze({ k: 'public' })
const CRATE: Visibility = Object.freeze({ k: 'crate' })

/** The generic parameters and where clauses of an item. */
export function lowerGenerics(cx: Lowering, node: number): Generics {
  const list = childIn(cx, node, F.type_parameters)
  const where: WherePredicate[] = []
  for (let child = firstChild(cx, node); child >= 0; child = nextChild(cx, node, child)) {
    if (kindOf(cx, child) === K.where_clause) addPredicates(cx, child, where)
  }
  if (list < 0 && where.length === 0) return NO_GENERICS
  return { params: list < 0 ? EMPTY : genericParams(cx, list), where: where.length === 0 ? EMPTY : where }
}

function addPredicates(cx: Lowering, clause: number, where: WherePredicate[]): void {
  for (let child = firstChild(cx, clause); child >= 0; child = nextChild(cx, clause, child)) {
    if (kindOf(cx, child) !== K.where_predicate) continue
    const left = childIn(cx, child, F.left)
    if (left >= 0 && kindOf(cx, left) === K.lifetime) continue
    where.push({ ty: typeIn(cx, child, F.left), bounds: lowerBounds(cx, childIn(cx, child, F.bounds)) })
  }
}

function genericParams(cx: Lowering, list: number): readonly GenericParam[] {
  const out: GenericParam[] = []
  let before: Attributes | undefined
  for (let child = firstChild(cx, list); child >= 0; child = nextChild(cx, list, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.attributes) {
      before = readAttributesNode(cx, child)
      continue
    }
    const cfg = before?.cfg
    before = undefined
    if (kind === K.lifetime_parameter) continue
    if (kind !== K.type_parameter && kind !== K.const_parameter) {
      if (kind !== K.ERROR && !isToken(kind)) unreadable(cx, child)
      continue
    }
    const param = genericParam(cx, child, kind === K.const_parameter)
    out.push(cfg ? { ...param, cfg } : param)
  }
  return out
}

function genericParam(cx: Lowering, node: number, isConst: boolean): GenericParam {
  const name = childIn(cx, node, F.name)
  const named = { name: name < 0 ? '' : nameOf(cx, name), at: startOf(cx, name < 0 ? node : name) }
  if (isConst) {
    const value = childIn(cx, node, F.value)
    const param = { k: 'const', ...named, bounds: EMPTY, ty: typeIn(cx, node, F.type) } as const
    return value < 0 ? param : { ...param, value: cx.to.expr(cx, value) }
  }
  const bounds = lowerBounds(cx, childIn(cx, node, F.bounds))
  const initial = childIn(cx, node, F.default_type)
  return initial < 0
    ? { k: 'type', ...named, bounds }
    : { k: 'type', ...named, bounds, default: lowerType(cx, initial) }
}

/** A function's parameters; `self` in any spelling stands apart. */
export function lowerParameters(cx: Lowering, list: number): Pick<FnItem, 'self' | 'params' | 'variadic'> {
  const params: Param[] = []
  let self: SelfParam | undefined
  let variadic = false
  for (let child = list < 0 ? -1 : firstChild(cx, list); child >= 0; child = nextChild(cx, list, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.ERROR) continue
    if (kind === K.self_parameter) self = selfParameter(cx, child)
    else if (kind === K.variadic_parameter) variadic = true
    else if (kind !== K.parameter) params.push(anonymous(cx, child))
    else if (isTypedSelf(cx, child)) self = typedSelf(cx, child)
    else params.push(parameter(cx, child))
  }
  return self ? { self, params, variadic } : { params, variadic }
}

/** `fn f(u8)` in traits of the 2015 edition. */
function anonymous(cx: Lowering, node: number): Param {
  const pat: Pat = { k: 'wild', at: startOf(cx, node), end: startOf(cx, node) }
  return { pat, ty: lowerType(cx, node) }
}

function parameter(cx: Lowering, node: number): Param {
  const out = { pat: patternIn(cx, node), ty: typeIn(cx, node, F.type) }
  const cfg = cfgAttributeOf(cx, node)
  return cfg ? { ...out, cfg } : out
}

function selfParameter(cx: Lowering, node: number): SelfParam {
  const self = childOf(cx, node, K.self)
  const at = startOf(cx, self < 0 ? node : self)
  const out = { at, ref: hasChild(cx, node, K['&']), mut: hasChild(cx, node, K.mutable_specifier) }
  const cfg = cfgAttributeOf(cx, node)
  return cfg ? { ...out, cfg } : out
}

function isTypedSelf(cx: Lowering, node: number): boolean {
  const pattern = childIn(cx, node, F.pattern)
  return pattern >= 0 && kindOf(cx, pattern) === K.self
}

/** `self: T`, `mut self: T`. */
function typedSelf(cx: Lowering, node: number): SelfParam {
  const pattern = childIn(cx, node, F.pattern)
  const mut = hasChild(cx, node, K.mutable_specifier)
  const out: Unfinished<SelfParam> = { at: startOf(cx, pattern), ref: false, mut, ty: typeIn(cx, node, F.type) }
  const cfg = cfgAttributeOf(cx, node)
  if (cfg) out.cfg = cfg
  return out
}

/** The fields of a struct, union or variant, from its `body`. */
export function lowerFields(cx: Lowering, node: number): { readonly shape: Shape; readonly fields: readonly Field[] } {
  const body = childIn(cx, node, F.body)
  if (body < 0) return { shape: 'unit', fields: EMPTY }
  const tuple = kindOf(cx, body) === K.ordered_field_declaration_list
  return { shape: tuple ? 'tuple' : 'named', fields: tuple ? tupleFields(cx, body) : namedFields(cx, body) }
}

const NO_ATTRIBUTES: Attributes = { attrs: EMPTY }

function namedFields(cx: Lowering, body: number): readonly Field[] {
  const out: Field[] = []
  let before = NO_ATTRIBUTES
  for (let child = firstChild(cx, body); child >= 0; child = nextChild(cx, body, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.attributes) before = readAttributesNode(cx, child)
    if (kind !== K.field_declaration) continue
    const name = childIn(cx, child, F.name)
    out.push({
      name: name < 0 ? '' : nameOf(cx, name),
      at: startOf(cx, name < 0 ? child : name),
      vis: visibilityOf(cx, child),
      ty: typeIn(cx, child, F.type),
      ...before,
    })
    before = NO_ATTRIBUTES
  }
  return out
}

/** Attributes, visibility and type of each field follow each other in one list. */
function tupleFields(cx: Lowering, body: number): readonly Field[] {
  const out: Field[] = []
  let before = NO_ATTRIBUTES
  let vis = INHERITED
  for (let child = firstChild(cx, body); child >= 0; child = nextChild(cx, body, child)) {
    const kind = kindOf(cx, child)
    if (kind === K.attributes) before = readAttributesNode(cx, child)
    else if (kind === K.visibility_modifier) vis = readVisibility(cx, child)
    else if (kind !== K.ERROR) {
      const ty: TypeRef = lowerType(cx, child)
      out.push({ name: String(out.length), at: startOf(cx, child), vis, ty, ...before })
      before = NO_ATTRIBUTES
      vis = INHERITED
    }
  }
  return out
}

/** The visibility among the children of a node. */
export function visibilityOf(cx: Lowering, node: number): Visibility {
  const modifier = childOf(cx, node, K.visibility_modifier)
  return modifier < 0 ? INHERITED : readVisibility(cx, modifier)
}

function readVisibility(cx: Lowering, node: number): Visibility {
  const names = lex(cx.text, startOf(cx, node), endOf(cx, node))
    .filter((token) => token.kind === 'ident')
    .map((token) => bareName(token.text))
  const [first, second, ...rest] = names
  if (second === undefined) return first === 'crate' ? CRATE : PUBLIC
  if (second === 'crate') return CRATE
  return { k: 'in', path: second === 'in' ? rest : [second, ...rest] }
}
