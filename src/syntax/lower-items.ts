/** Items (The Rust Reference, "Items"); their parameters, generics and fields are in lower-item-parts.ts. */
import type { CfgExpr } from '../base/index.js'
import type {
  Attr,
  FnItem,
  Item,
  MacroDefItem,
  Path,
  Span,
  TraitItem,
  UseTree,
  VariantItem,
  Visibility,
} from './ast.js'
import { byKind, F, K } from './kinds.js'
import { skipTrivia } from './lexer.js'
import { attributesOf, innerAttributesOf } from './lower-attributes.js'
import { lowerFields, lowerGenerics, lowerParameters, visibilityOf } from './lower-item-parts.js'
import { lowerMacroCall } from './lower-macros.js'
import { lowerPath } from './lower-paths.js'
import { abiOf, boundsIn, lowerBounds, typeIn } from './lower-types.js'
import { lowerUseTree } from './lower-use.js'
import {
  addBody,
  childIn,
  childOf,
  contentOf,
  EMPTY,
  endOf,
  firstChild,
  hasChild,
  kindOf,
  type Lowering,
  MAX_DEPTH,
  nameOf,
  nextChild,
  spanOf,
  startOf,
  type Unfinished,
  unreadable,
} from './lowering.js'

/** What every item has. */
interface Head extends Span {
  readonly name: string
  readonly nameAt: number
  readonly vis: Visibility
  readonly attrs: readonly Attr[]
  readonly cfg?: CfgExpr
}
type ItemReader = (cx: Lowering, node: number, head: Head) => Item

const TABLE = byKind<ItemReader>({
  function_item: functionItem,
  function_signature_item: functionItem,
  struct_item: (cx, node, head) => ({ k: 'struct', ...generics(cx, node), ...lowerFields(cx, node), ...head }),
  union_item: (cx, node, head) => ({ k: 'union', ...generics(cx, node), ...lowerFields(cx, node), ...head }),
  enum_item: (cx, node, head) => ({ k: 'enum', ...generics(cx, node), variants: variants(cx, node), ...head }),
  trait_item: traitItem,
  impl_item: implItem,
  type_item: (cx, node, head) => {
    const aliased = childIn(cx, node, F.type)
    const bounds = lowerBounds(cx, childIn(cx, node, F.bounds))
    const out = { k: 'type', ...generics(cx, node), bounds, ...head } as const
    return aliased < 0 ? out : { ...out, ty: cx.to.type(cx, aliased) }
  },
  const_item: (cx, node, head) => ({
    k: 'const',
    ...generics(cx, node),
    ty: typeIn(cx, node, F.type),
    ...initializer(cx, node),
    ...head,
  }),
  static_item: (cx, node, head) => ({
    k: 'static',
    mut: hasChild(cx, node, K.mutable_specifier),
    ty: typeIn(cx, node, F.type),
    ...initializer(cx, node),
    ...head,
  }),
  mod_item: (cx, node, head) => {
    const body = childIn(cx, node, F.body)
    if (body < 0) return { k: 'mod', innerAttrs: EMPTY, ...head }
    return { k: 'mod', items: lowerItems(cx, body), innerAttrs: innerAttributesOf(cx, body).attrs, ...head }
  },
  use_declaration: (cx, node, head) => ({ k: 'use', tree: useTree(cx, node), ...head }),
  extern_crate_declaration: (cx, node, head) => {
    const alias = childIn(cx, node, F.alias)
    return alias < 0 ? { k: 'extern crate', ...head } : { k: 'extern crate', alias: nameOf(cx, alias), ...head }
  },
  foreign_mod_item: (cx, node, head) => {
    const body = childIn(cx, node, F.body)
    return { k: 'extern', abi: abiOf(cx, node) ?? 'C', items: body < 0 ? [] : lowerItems(cx, body), ...head }
  },
  macro_definition: macroRules,
  macro_definition_v2: macroDefinition,
  macro_invocation_item: (cx, node, head) => {
    const call = childIn(cx, node, F.invocation)
    return call < 0 ? unreadableItem(cx, node, head) : { k: 'macro call', call: lowerMacroCall(cx, call), ...head }
  },
})

/** Lowers an item node; undefined when the node is none. */
export function lowerItem(cx: Lowering, node: number): Item | undefined {
  const reader = TABLE[kindOf(cx, node)]
  if (!reader) return undefined
  const head = headOf(cx, node)
  if (cx.depth >= MAX_DEPTH) return unreadableItem(cx, node, head)
  cx.depth++
  const item = reader(cx, node, head)
  cx.depth--
  return item
}

/** The items among the children of a file, a module, an impl, a trait or an extern block. */
export function lowerItems(cx: Lowering, node: number): readonly Item[] {
  const out: Item[] = []
  const walk = (parent: number): void => {
    for (let child = firstChild(cx, parent); child >= 0; child = nextChild(cx, parent, child)) {
      const kind = kindOf(cx, child)
      if (kind === K.ERROR) {
        out.push(unreadableItem(cx, child, headOf(cx, child)))
        walk(child)
        continue
      }
      const item = lowerItem(cx, child) ?? macroCallItem(cx, child)
      if (item) out.push(item)
      else if (isText(cx, parent, kind)) out.push(unreadableItem(cx, child, headOf(cx, child)))
    }
  }
  walk(node)
  return out
}

/** Whether a node that is no item is more than a semicolon, an attribute or a scrap inside an ERROR node. */
function isText(cx: Lowering, parent: number, kind: number): boolean {
  if (kind === K.empty_statement || kind === K.inner_attribute_item) return false
  return kindOf(cx, parent) !== K.ERROR
}

/** `name!(..);` between items, which the grammar takes for an expression statement. */
function macroCallItem(cx: Lowering, node: number): Item | undefined {
  const statement = kindOf(cx, node) === K.expression_statement
  const inner = statement ? contentOf(cx, node)[0] : node
  if (inner === undefined) return undefined
  const attributed = kindOf(cx, inner) === K.expression_with_attribute
  const call = attributed ? childIn(cx, inner, F.expression) : inner
  if (call < 0 || kindOf(cx, call) !== K.macro_invocation) return undefined
  const head = headOf(cx, attributed ? inner : node)
  return { ...head, k: 'macro call', call: lowerMacroCall(cx, call), ...spanOf(cx, node) }
}

/** An item without a name (`impl`, `use`, `extern`, a macro call) has the name '' at its start. */
function headOf(cx: Lowering, node: number): Head {
  const name = childIn(cx, node, F.name)
  const { attrs, cfg } = attributesOf(cx, node)
  const out: Unfinished<Head> = {
    name: name < 0 ? '' : nameOf(cx, name),
    nameAt: name < 0 ? startOf(cx, node) : startOf(cx, name),
    vis: visibilityOf(cx, node),
    attrs,
    ...spanOf(cx, node),
  }
  if (cfg) out.cfg = cfg
  return out
}

function unreadableItem(cx: Lowering, node: number, head: Head): Item {
  unreadable(cx, node)
  return { k: 'error', ...head }
}

function generics(cx: Lowering, node: number): { readonly generics: FnItem['generics'] } {
  return { generics: lowerGenerics(cx, node) }
}

function initializer(cx: Lowering, node: number): { readonly body?: number } {
  const value = childIn(cx, node, F.value)
  return value < 0 ? {} : { body: addBody(cx, cx.to.expr(cx, value)) }
}

function functionItem(cx: Lowering, node: number, head: Head): Item {
  const modifiers = childOf(cx, node, K.function_modifiers)
  const has = (kind: number): boolean => modifiers >= 0 && hasChild(cx, modifiers, kind)
  const out: Unfinished<FnItem> = {
    k: 'fn',
    generics: lowerGenerics(cx, node),
    ...lowerParameters(cx, childIn(cx, node, F.parameters)),
    async: has(K.async),
    const: has(K.const),
    unsafe: has(K.unsafe),
    safe: has(K.safe),
    ...head,
  }
  const ret = childIn(cx, node, F.return_type)
  if (ret >= 0) out.ret = cx.to.type(cx, ret)
  const abi = modifiers < 0 ? undefined : abiOf(cx, modifiers)
  if (abi !== undefined) out.abi = abi
  const body = childIn(cx, node, F.body)
  if (body >= 0) out.body = addBody(cx, cx.to.expr(cx, body))
  return out
}

function variants(cx: Lowering, node: number): readonly VariantItem[] {
  const body = childIn(cx, node, F.body)
  if (body < 0) return []
  return contentOf(cx, body).flatMap((child) => {
    if (kindOf(cx, child) !== K.enum_variant) {
      unreadable(cx, child)
      return []
    }
    const { attrs, cfg } = attributesOf(cx, child)
    const name = childIn(cx, child, F.name)
    const value = childIn(cx, child, F.value)
    const out: Unfinished<VariantItem> = {
      name: name < 0 ? '' : nameOf(cx, name),
      attrs,
      ...lowerFields(cx, child),
      ...spanOf(cx, child),
    }
    if (value >= 0) out.discriminant = addBody(cx, cx.to.expr(cx, value))
    if (cfg) out.cfg = cfg
    return [out]
  })
}

function traitItem(cx: Lowering, node: number, head: Head): Item {
  const body = childIn(cx, node, F.body)
  const alias = childIn(cx, node, F.alias_body)
  const out: TraitItem = {
    k: 'trait',
    generics: lowerGenerics(cx, node),
    supertraits: alias < 0 ? lowerBounds(cx, childIn(cx, node, F.bounds)) : boundsIn(cx, [alias]),
    unsafe: hasChild(cx, node, K.unsafe),
    auto: hasChild(cx, node, K.auto),
    alias: alias >= 0,
    items: body < 0 ? [] : lowerItems(cx, body),
    ...head,
  }
  return out
}

function implItem(cx: Lowering, node: number, head: Head): Item {
  const trait = childIn(cx, node, F.trait)
  const body = childIn(cx, node, F.body)
  const implemented: { readonly trait?: Path } = trait < 0 ? {} : { trait: lowerPath(cx, trait) }
  return {
    k: 'impl',
    generics: lowerGenerics(cx, node),
    ...implemented,
    negative: hasChild(cx, node, K['!']),
    unsafe: hasChild(cx, node, K.unsafe),
    self: typeIn(cx, node, F.type),
    items: body < 0 ? [] : lowerItems(cx, body),
    ...head,
  }
}

function useTree(cx: Lowering, node: number): UseTree {
  const argument = childIn(cx, node, F.argument)
  if (argument >= 0) return lowerUseTree(cx, argument)
  unreadable(cx, node)
  return { global: false, path: [], tail: { k: 'list', trees: [] }, ...spanOf(cx, node) }
}

/** `macro_rules! name { rules }`: the rules are not walked, their place is found in the text. */
function macroRules(cx: Lowering, node: number, head: Head): Item {
  const name = childIn(cx, node, F.name)
  if (name < 0) return unreadableItem(cx, node, head)
  return { k: 'macro def', decl2: false, rules: insideDelimiters(cx, endOf(cx, name), endOf(cx, node)), ...head }
}

/** `macro name(params) { body }` or `macro name { rules }`. */
function macroDefinition(cx: Lowering, node: number, head: Head): Item {
  const inside = (child: number): Span => ({ at: startOf(cx, child) + 1, end: endOf(cx, child) - 1 })
  const parameters = childOf(cx, node, K.macro_arguments_declaration)
  const body = childOf(cx, node, parameters < 0 ? K.macro_rules_v2 : K.macro_body_v2)
  if (body < 0) return unreadableItem(cx, node, head)
  const out: MacroDefItem = { k: 'macro def', decl2: true, rules: inside(body), ...head }
  return parameters < 0 ? out : { ...out, params: inside(parameters) }
}

/** What is between the delimiter that follows `from` and the last one of its kind before `to`. */
function insideDelimiters(cx: Lowering, from: number, to: number): Span {
  const open = skipTrivia(cx.text, from, to)
  const opener = cx.text[open]
  const close = cx.text.lastIndexOf(opener === '(' ? ')' : opener === '[' ? ']' : '}', to - 1)
  return { at: Math.min(open + 1, to), end: close > open ? close : to }
}
