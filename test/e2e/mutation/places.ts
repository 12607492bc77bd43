/** Where in a file something may be put: found by walking its tree. What does not compile there is found out by rustc. */
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { Language, type Node, Parser } from 'web-tree-sitter'

/** `wrap`: an expression becomes a block that ends in it; else text is put at `start`. */
export interface Place {
  readonly name: string
  readonly kind: 'wrap' | 'statement' | 'item' | 'guard' | 'arm' | 'predicate' | 'attribute'
  readonly constant: boolean
  readonly start: number
  readonly end: number
}

/** A parser of Rust. */
export async function openParser(): Promise<(text: string) => Node> {
  await Parser.init()
  const manifest = createRequire(import.meta.url).resolve('tree-sitter-rust-orchard/package.json')
  const language = await Language.load(join(dirname(manifest), 'tree-sitter-rust_orchard.wasm'))
  const parser = new Parser()
  parser.setLanguage(language)
  return (text) => {
    const tree = parser.parse(text)
    if (tree === null) throw new Error('no tree')
    return tree.rootNode
  }
}

const VALUE_FIELDS = new Set(['value', 'condition', 'left', 'right', 'body', 'length', 'receiver'])
const CHILDREN = new Set([
  'arguments',
  'array_expression',
  'tuple_expression',
  'index_expression',
  'unary_expression',
  'return_expression',
  'break_expression',
  'range_expression',
  'parenthesized_expression',
  'try_expression',
  'await_expression',
  'expression_statement',
  'token_tree',
])
const NO_VALUE =
  /^(let_condition|let_chain|block|.*_type|type_.*|label|lifetime|visibility_modifier|.*_modifier|attribute_item|inner_attribute_item|line_comment|block_comment|match_pattern|where_clause|.*_pattern)$/
const CONSTANT_OWNERS = new Set([
  'const_item',
  'static_item',
  'enum_variant',
  'const_block',
  'array_type',
  'const_parameter',
])

/** All places of a file, in the order of their starts. Attributes, comments and tests are none. */
export function placesIn(root: Node): Place[] {
  const places: Place[] = []
  const visit = (node: Node, constant: boolean): void => {
    if (/^(attribute_item|inner_attribute_item|line_comment|block_comment)$/.test(node.type)) return
    const inside = constant || CONSTANT_OWNERS.has(node.type) || isConstFn(node)
    for (let index = 0; index < node.namedChildCount; index++) {
      const child = node.namedChild(index)
      if (child === null) continue
      const field = node.fieldNameForNamedChild(index)
      if (ofTests(child)) continue
      const inner = /^(closure_expression|async_block)$/.test(child.type) ? false : inside
      const place = placeOf(node, child, field, inside)
      if (place !== undefined) places.push(place)
      visit(child, child.type === 'function_item' ? false : inner)
    }
    if (node.type === 'match_arm') places.push(...armPlaces(node, inside))
  }
  visit(root, false)
  return places.sort((a, b) => a.start - b.start || b.end - a.end)
}

/** The compiler does not look at tests: what is put there is neither seen nor lost. */
function ofTests(node: Node): boolean {
  for (let before = node.previousNamedSibling; before?.type === 'attribute_item'; before = before.previousNamedSibling)
    if (/^#\[(test\b|cfg\(.*\btest\b)/.test(before.text)) return true
  return false
}

function isConstFn(node: Node): boolean {
  const modifiers = node.namedChildren.find((child) => child?.type === 'function_modifiers')
  return node.type === 'function_item' && modifiers !== undefined && /\bconst\b/.test(modifiers?.text ?? '')
}

function placeOf(parent: Node, child: Node, field: string | null, constant: boolean): Place | undefined {
  const at = { constant, start: child.startIndex, end: child.endIndex }
  const point = { constant, start: child.endIndex, end: child.endIndex }
  const item = /_item$|^macro_definition$|^use_declaration$/.test(child.type) && !/attribute/.test(child.type)
  const listed = parent.type === 'declaration_list' && /^(mod_item|foreign_mod_item)$/.test(parent.parent?.type ?? '')
  if (item && (parent.type === 'source_file' || listed)) {
    return parent.parent?.type === 'foreign_mod_item'
      ? undefined
      : { name: 'item', kind: 'item', ...point, constant: false }
  }
  if (parent.type === 'block' && /_statement$|^let_declaration$/.test(child.type))
    return { name: 'statement', kind: 'statement', ...point }
  if (child.type === 'where_clause')
    return { name: 'where', kind: 'predicate', constant: true, start: child.startIndex + 5, end: child.startIndex + 5 }
  if (NO_VALUE.test(child.type) || child.type === 'empty_statement') return undefined
  const name = `${parent.type}.${field ?? 'child'}`
  if (field !== null && VALUE_FIELDS.has(field) && !/^(match_pattern|macro_rule|token_.*)$/.test(parent.type))
    return { name, kind: 'wrap', ...at }
  if (field === null && CHILDREN.has(parent.type)) return { name, kind: 'wrap', ...at }
  return undefined
}

function armPlaces(arm: Node, constant: boolean): Place[] {
  const arrow = arm.children.find((child) => child?.type === '=>')
  if (!arrow) return []
  const guarded = arm.childForFieldName('pattern')?.childForFieldName('condition') != null
  const start = arrow.startIndex
  const places: Place[] = [{ name: 'match arm', kind: 'arm', constant, start: arm.startIndex, end: arm.startIndex }]
  if (!guarded) places.push({ name: 'match guard', kind: 'guard', constant, start, end: start })
  return places
}
