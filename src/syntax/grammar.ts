/**
 * The grammar: loads the wasm once and gives its node kinds and fields numbers of our own.
 *
 * The kinds that lowering looks at are listed here by name, so that a grammar update that renames one fails at start
 * and not in silence. The rest of the room speaks of `K.block`, never of the grammar's own numbering.
 */
import { existsSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { Language, Parser } from 'web-tree-sitter'

/** Named nodes that are read with their children. */
const INNER = [
  'abstract_type',
  'arguments',
  'array_expression',
  'array_type',
  'assignment_expression',
  'async_block',
  'attributes',
  'await_expression',
  'base_field_initializer',
  'become_expression',
  'binary_expression',
  'block',
  'block_expression_with_attribute',
  'bounded_type',
  'box_pattern',
  'bracketed_type',
  'break_expression',
  'call_expression',
  'captured_pattern',
  'closure_expression',
  'closure_parameters',
  'compound_assignment_expr',
  'const_block',
  'const_item',
  'const_parameter',
  'continue_expression',
  'declaration_list',
  'dynamic_type',
  'else_clause',
  'empty_statement',
  'enum_item',
  'enum_variant',
  'enum_variant_list',
  'expression_statement',
  'expression_with_attribute',
  'extern_crate_declaration',
  'field_declaration',
  'field_declaration_list',
  'field_expression',
  'field_initializer',
  'field_initializer_list',
  'field_pattern',
  'for_expression',
  'foreign_mod_item',
  'function_item',
  'function_modifiers',
  'function_signature_item',
  'function_type',
  'gen_block',
  'generic_function',
  'generic_pattern',
  'generic_type',
  'generic_type_with_turbofish',
  'higher_ranked_trait_bound',
  'if_expression',
  'impl_item',
  'index_expression',
  'let_chain',
  'let_condition',
  'let_declaration',
  'lifetime_parameter',
  'loop_expression',
  'macro_definition',
  'macro_definition_v2',
  'macro_invocation',
  'macro_invocation_item',
  'match_arm',
  'match_block',
  'match_expression',
  'match_pattern',
  'mod_item',
  'mut_pattern',
  'negative_literal',
  'or_pattern',
  'ordered_field_declaration_list',
  'parameter',
  'parameters',
  'parenthesized_expression',
  'pointer_type',
  'qualified_type',
  'range_expression',
  'range_pattern',
  'ref_pattern',
  'reference_expression',
  'reference_pattern',
  'reference_type',
  'removed_trait_bound',
  'return_expression',
  'scoped_identifier',
  'scoped_type_identifier',
  'scoped_use_list',
  'self_parameter',
  'shorthand_field_initializer',
  'slice_pattern',
  'source_file',
  'static_item',
  'struct_expression',
  'struct_item',
  'struct_pattern',
  'trait_bounds',
  'trait_item',
  'try_block',
  'try_expression',
  'tuple_expression',
  'tuple_pattern',
  'tuple_struct_pattern',
  'tuple_type',
  'type_arguments',
  'type_binding',
  'type_cast_expression',
  'type_item',
  'type_parameter',
  'type_parameters',
  'unary_expression',
  'union_item',
  'unsafe_block',
  'unsafe_bound_type',
  'use_as_clause',
  'use_declaration',
  'use_list',
  'use_wildcard',
  'variadic_parameter',
  'where_clause',
  'where_predicate',
  'while_expression',
  'yield_expression',
] as const

/** Nodes that are read from their text: what is inside them is not walked. `_` is a token, but it is a pattern too. */
const LEAVES = [
  'attribute_item',
  'boolean_literal',
  'char_literal',
  'crate',
  'extern_modifier',
  'field_ellipsis',
  'field_identifier',
  'float_literal',
  'identifier',
  'inner_attribute_item',
  'integer_literal',
  'label',
  'lifetime',
  'macro_arguments_declaration',
  'macro_body_v2',
  'macro_rules_v2',
  'metavariable',
  'mutable_specifier',
  'never_type',
  'primitive_type',
  'raw_string_literal',
  'remaining_field_pattern',
  'self',
  'shorthand_field_identifier',
  'string_literal',
  'super',
  'token_tree',
  'type_identifier',
  'unit_expression',
  'unit_type',
  'use_bounds',
  'visibility_modifier',
  '_',
] as const

/** Tokens that say something which the shape of the tree does not. All others are left out of the walk. */
const TOKENS = [
  '!',
  '!=',
  '%',
  '%=',
  '&',
  '&&',
  '&=',
  '*',
  '*=',
  '+',
  '+=',
  '-',
  '-=',
  '..',
  '...',
  '..=',
  '/',
  '/=',
  '::',
  '<',
  '<<',
  '<<=',
  '<=',
  '=',
  '==',
  '>',
  '>=',
  '>>',
  '>>=',
  '^',
  '^=',
  'async',
  'auto',
  'const',
  'move',
  'raw',
  'ref',
  'safe',
  'union',
  'unsafe',
  '|',
  '|=',
  '||',
] as const

type KindName = (typeof INNER)[number] | (typeof LEAVES)[number] | (typeof TOKENS)[number] | 'ERROR'

const NAMES: readonly KindName[] = [...INNER, ...LEAVES, ...TOKENS, 'ERROR']

/** Our number of each node kind; 0 stands for every kind that is not listed. */
export const K = Object.fromEntries(NAMES.map((name, at) => [name, at + 1])) as Readonly<Record<KindName, number>>
export const KIND_COUNT = NAMES.length + 1

/** The name of a kind, for tables that are written by name. */
export function kindNumber(name: string): number {
  const at = NAMES.indexOf(name as KindName)
  if (at < 0) throw new Error(`syntax: the grammar table lists no node kind ${name}`)
  return at + 1
}

const FIELD_NAMES = [
  'alias',
  'alias_body',
  'alternative',
  'argument',
  'arguments',
  'attributes',
  'body',
  'bounds',
  'condition',
  'consequence',
  'default_type',
  'element',
  'expression',
  'field',
  'function',
  'invocation',
  'left',
  'length',
  'list',
  'macro',
  'name',
  'operator',
  'parameters',
  'path',
  'pattern',
  'return_type',
  'right',
  'rules',
  'trait',
  'type',
  'type_arguments',
  'type_parameters',
  'value',
] as const

/** Our number of each field; 0 is "no field that we know". */
export const F = Object.fromEntries(FIELD_NAMES.map((name, at) => [name, at + 1])) as Readonly<
  Record<(typeof FIELD_NAMES)[number], number>
>

/** What the walk does with a node: leave it out, keep it (a token) without its inside, or keep it and go in. */
export const WALK = { drop: 0, token: 1, leaf: 2, inner: 3 } as const

/** By our kind number: one of `WALK`. */
export const WALK_OF: Readonly<Uint8Array> = walkTable()

/** The loaded grammar. */
export interface Grammar {
  readonly parser: Parser
  /** From the grammar's node type numbers to ours. */
  readonly kinds: Uint8Array
  /** From the grammar's field numbers to ours. */
  readonly fields: Uint8Array
}

let loaded: Grammar | undefined
let loading: Promise<void> | undefined

/** Loads the grammar; calling it again costs nothing. Throws when the wasm file is missing or does not fit. */
export function initSyntax(): Promise<void> {
  loading ??= load()
  return loading
}

/** The grammar; an error when `initSyntax` has not been awaited. */
export function grammar(): Grammar {
  if (!loaded) throw new Error('syntax: initSyntax() must be awaited before parsing')
  return loaded
}

async function load(): Promise<void> {
  await Parser.init()
  const language = await Language.load(grammarFile())
  const parser = new Parser()
  parser.setLanguage(language)
  loaded = { parser, kinds: kindTable(language), fields: fieldTable(language) }
}

/** Beside the compiled code; in a checkout that runs from src/, in the grammar's own package. */
function grammarFile(): string {
  const beside = join(dirname(fileURLToPath(import.meta.url)), 'rust.wasm')
  if (existsSync(beside)) return beside
  const manifest = createRequire(import.meta.url).resolve('tree-sitter-rust-orchard/package.json')
  return join(dirname(manifest), 'tree-sitter-rust_orchard.wasm')
}

function kindTable(language: Language): Uint8Array {
  const table = new Uint8Array(0x10000)
  const tokens = new Set<string>([...TOKENS, '_'])
  const found = new Set<string>()
  for (let id = 0; id < language.nodeTypeCount; id++) {
    const name = language.types[id]
    if (name === undefined || name === 'ERROR') continue
    const named = language.nodeTypeIsNamed(id)
    if (tokens.has(name) === named) continue
    const at = NAMES.indexOf(name as KindName)
    if (at < 0) continue
    table[id] = at + 1
    found.add(name)
  }
  // tree-sitter's built-in symbol of ERROR nodes
  table[0xffff] = K.ERROR
  for (const name of NAMES) {
    if (name !== 'ERROR' && !found.has(name)) throw new Error(`syntax: the grammar has no node kind ${name}`)
  }
  return table
}

function fieldTable(language: Language): Uint8Array {
  const table = new Uint8Array(language.fieldCount + 1)
  FIELD_NAMES.forEach((name, at) => {
    const id = language.fieldIdForName(name)
    if (id === null) throw new Error(`syntax: the grammar has no field ${name}`)
    table[id] = at + 1
  })
  return table
}

function walkTable(): Uint8Array {
  const table = new Uint8Array(KIND_COUNT)
  for (const name of INNER) table[K[name]] = WALK.inner
  for (const name of LEAVES) table[K[name]] = WALK.leaf
  for (const name of TOKENS) table[K[name]] = WALK.token
  table[K.ERROR] = WALK.inner
  return table
}
