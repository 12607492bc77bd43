/**
 * The grammar's node kinds and fields that lowering looks at, by the grammar's own names, with numbers of our own.
 *
 * The lists are the room's whole knowledge of the grammar's vocabulary: grammar.ts checks at start that each name is
 * there, so that an update that renames one fails at once and not in silence.
 */

/** Named nodes whose children are told apart by the field that they are in. */
export const WITH_FIELDS = [
  'abstract_type',
  'array_expression',
  'array_type',
  'assignment_expression',
  'binary_expression',
  'block_expression_with_attribute',
  'call_expression',
  'closure_expression',
  'compound_assignment_expr',
  'const_block',
  'const_item',
  'const_parameter',
  'dynamic_type',
  'enum_item',
  'enum_variant',
  'expression_with_attribute',
  'extern_crate_declaration',
  'field_declaration',
  'field_expression',
  'field_initializer',
  'field_pattern',
  'for_expression',
  'foreign_mod_item',
  'function_item',
  'function_signature_item',
  'function_type',
  'generic_function',
  'generic_pattern',
  'generic_type',
  'generic_type_with_turbofish',
  'higher_ranked_trait_bound',
  'if_expression',
  'impl_item',
  'let_condition',
  'let_declaration',
  'lifetime_parameter',
  'loop_expression',
  'macro_definition',
  'macro_definition_v2',
  'macro_invocation',
  'macro_invocation_item',
  'match_arm',
  'match_expression',
  'match_pattern',
  'mod_item',
  'parameter',
  'pointer_type',
  'qualified_type',
  'range_pattern',
  'reference_expression',
  'reference_type',
  'scoped_identifier',
  'scoped_type_identifier',
  'scoped_use_list',
  'static_item',
  'struct_expression',
  'struct_item',
  'struct_pattern',
  'trait_item',
  'tuple_struct_pattern',
  'type_binding',
  'type_cast_expression',
  'type_item',
  'type_parameter',
  'union_item',
  'unsafe_bound_type',
  'use_as_clause',
  'use_declaration',
  'where_predicate',
  'while_expression',
] as const

/** Named nodes whose children are told apart by kind and order alone: their fields need not be asked for. */
export const WITHOUT_FIELDS = [
  'arguments',
  'async_block',
  'attributes',
  'await_expression',
  'base_field_initializer',
  'become_expression',
  'block',
  'bounded_type',
  'box_pattern',
  'bracketed_type',
  'break_expression',
  'captured_pattern',
  'closure_parameters',
  'continue_expression',
  'declaration_list',
  'else_clause',
  'empty_statement',
  'enum_variant_list',
  'expression_statement',
  'field_declaration_list',
  'field_initializer_list',
  'function_modifiers',
  'gen_block',
  'index_expression',
  'let_chain',
  'match_block',
  'mut_pattern',
  'negative_literal',
  'or_pattern',
  'ordered_field_declaration_list',
  'parameters',
  'parenthesized_expression',
  'range_expression',
  'ref_pattern',
  'reference_pattern',
  'removed_trait_bound',
  'return_expression',
  'self_parameter',
  'shorthand_field_initializer',
  'slice_pattern',
  'source_file',
  'trait_bounds',
  'try_block',
  'try_expression',
  'tuple_expression',
  'tuple_pattern',
  'tuple_type',
  'type_arguments',
  'type_parameters',
  'unary_expression',
  'unsafe_block',
  'use_list',
  'use_wildcard',
  'variadic_parameter',
  'where_clause',
  'yield_expression',
] as const

/** Nodes that are read from their text: what is inside them is not walked. `_` is a token, but it is a pattern too. */
export const LEAVES = [
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
export const TOKENS = [
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

export type KindName =
  | (typeof WITH_FIELDS)[number]
  | (typeof WITHOUT_FIELDS)[number]
  | (typeof LEAVES)[number]
  | (typeof TOKENS)[number]
  | 'ERROR'

export const KIND_NAMES: readonly KindName[] = [...WITH_FIELDS, ...WITHOUT_FIELDS, ...LEAVES, ...TOKENS, 'ERROR']

/** Our number of each node kind; 0 stands for every kind that is not listed. */
export const K = Object.fromEntries(KIND_NAMES.map((name, at) => [name, at + 1])) as Readonly<Record<KindName, number>>
export const KIND_COUNT = KIND_NAMES.length + 1

/** The fields that lowering asks for. */
export const FIELD_NAMES = [
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

/** A table over kinds, written by name: what is not named in it is undefined. */
export function byKind<T>(named: Readonly<Partial<Record<KindName, T>>>): readonly (T | undefined)[] {
  return [undefined, ...KIND_NAMES.map((name) => named[name])]
}

/**
 * What the walk does with a node: leave it out, keep it without its inside (a token, a leaf), or keep it and go in,
 * with or without asking for the fields of its children.
 */
export const WALK = { drop: 0, token: 1, leaf: 2, bare: 3, fields: 4 } as const

/** By our kind number: one of `WALK`. */
export const WALK_OF: Readonly<Uint8Array> = walkTable()

function walkTable(): Uint8Array {
  const table = new Uint8Array(KIND_COUNT)
  for (const name of TOKENS) table[K[name]] = WALK.token
  for (const name of LEAVES) table[K[name]] = WALK.leaf
  for (const name of WITHOUT_FIELDS) table[K[name]] = WALK.bare
  for (const name of WITH_FIELDS) table[K[name]] = WALK.fields
  // what stands in an ERROR node may be a whole item
  table[K.ERROR] = WALK.fields
  return table
}
