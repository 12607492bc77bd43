/**
 * The places of one text at which something may be called, by a plain walk of its syntax tree: calls, method calls, macro
 * calls, operators, paths, attributes, each with the condition that it stands under.
 *
 * What this deliberately does not do: know what the engine knows. It goes into every node of every kind; what is no place
 * is so because of what is listed here, by the grammar's own names. Text that is no tree (a macro's arguments, the rules of
 * a macro) is counted where a macro call made a text of it, which is walked as well.
 */
import { readAttributes } from '../syntax/attributes.js'
import { type CfgExpr, cfgAnd } from '../syntax/cfg.js'
import type { PlainNode } from '../syntax/index.js'

export type SiteKind =
  | 'call'
  | 'call of a value'
  | 'method call'
  | 'macro call'
  | 'operator'
  | 'index'
  | 'field'
  | 'path'
  | 'path in a pattern'
  | 'type'
  | 'type of an item'
  | 'attribute'
  | 'derive'

export interface Site {
  readonly kind: SiteKind
  /** Where it is shown. */
  readonly at: number
  /** Offsets at which the engine may speak of it: where its name, its path or its operator begins. */
  readonly places: readonly number[]
  readonly cfg: CfgExpr
  /** What is called is written as a name. */
  readonly name: string
}

/** Every place in the tree of `text`, in the order of the text. */
export function sitesOf(text: string, root: PlainNode): readonly Site[] {
  const out: Site[] = []
  const open: { readonly node: PlainNode; readonly cfg: CfgExpr; readonly pattern: boolean; readonly body: boolean }[] =
    [{ node: root, cfg: { k: 'true' }, pattern: false, body: false }]
  for (let top = open.pop(); top; top = open.pop()) {
    const { node } = top
    const cfg = cfgAnd(top.cfg, innerCondition(text, node))
    if (node.at >= 0 && node.at < text.length) addSites(out, text, node, cfg, top)
    let outer: CfgExpr | undefined
    const next: typeof open = []
    for (const child of node.children) {
      if (child.kind === 'attributes') {
        const read = attributesIn(text, child)
        for (const attr of read.attrs) addAttribute(out, child, attr, cfgAnd(cfg, attr.cfg))
        // In a list they stand in front of the element, else in the node that they are of.
        if (child.at > node.at) outer = cfgAnd(outer, read.cfg)
        continue
      }
      if (child.kind === 'macro_definition' || child.kind === 'macro_definition_v2') continue
      next.push({
        node: child,
        cfg: cfgAnd(cfg, outer),
        pattern: isPattern(child, node, top.pattern),
        body: isBody(child, top.body),
      })
      if (/\w/.test(child.kind)) outer = undefined
    }
    open.push(...next.reverse())
  }
  return out.sort((a, b) => a.at - b.at)
}

// ---------------------------------------------------------------- conditions and attributes

/** What the attributes of the node itself say, outer ones that begin it and inner ones. */
function innerCondition(text: string, node: PlainNode): CfgExpr | undefined {
  let cfg: CfgExpr | undefined
  // What begins an expression is of the whole: `#[cfg(unix)] f()?`, though the grammar hangs it on the part.
  const begin = node.parent ? node.children[0] : undefined
  for (let first = begin; first && first.at === node.at; first = first.children[0])
    if (first.kind === 'attributes') cfg = cfgAnd(cfg, attributesIn(text, first).cfg)
  for (const child of node.children) {
    if (child.kind === 'inner_attribute_item') cfg = cfgAnd(cfg, readAttributes(text, [hashOf(text, child)], []).cfg)
  }
  return cfg
}

function hashOf(text: string, { at, end }: PlainNode): { readonly at: number; readonly end: number } {
  const hash = text.startsWith('#', at) ? at : text.indexOf('#!', at)
  return { at: hash < 0 ? at : hash, end }
}

function attributesIn(text: string, node: PlainNode) {
  return readAttributes(
    text,
    node.children.filter((child) => child.kind === 'attribute_item'),
    [],
  )
}

type Attr = ReturnType<typeof readAttributes>['attrs'][number]

/** Kinds at which an attribute may be a macro (The Rust Reference, "Attribute macros"); elsewhere it is a derive's helper. */
const isItem = (kind: string): boolean =>
  /_item$|^foreign_mod_item$|_declaration$|^macro_definition/.test(kind) &&
  kind !== 'let_declaration' &&
  kind !== 'field_declaration'

function addAttribute(out: Site[], node: PlainNode, attr: Attr, cfg: CfgExpr): void {
  const { path, at, list } = attr.meta
  const parent = node.parent as PlainNode
  if (!isItem(parent.kind)) return
  if (path === 'derive' || path.endsWith('::derive')) {
    for (const part of list ?? []) out.push({ kind: 'derive', at: part.at, places: [part.at], cfg, name: part.path })
    return
  }
  if (path !== 'cfg' && path !== 'cfg_attr') out.push({ kind: 'attribute', at, places: [at], cfg, name: path })
}

// ---------------------------------------------------------------- code

const OPERATORS: ReadonlySet<string> = new Set([
  'binary_expression',
  'compound_assignment_expr',
  'unary_expression',
  'index_expression',
  'try_expression',
  'await_expression',
  'for_expression',
])

function addSites(
  out: Site[],
  text: string,
  node: PlainNode,
  cfg: CfgExpr,
  { pattern, body }: { readonly pattern: boolean; readonly body: boolean },
): void {
  const add = (kind: SiteKind, at: number, places: readonly number[], of: PlainNode = node): void => {
    out.push({ kind, at, places, cfg, name: text.slice(of.at, Math.min(of.end, of.at + 60)) })
  }
  switch (node.kind) {
    case 'call_expression':
      return addCall(node, add)
    case 'macro_invocation': {
      const named = fieldOf(node, 'macro') ?? node
      return add('macro call', named.at, [named.at, node.at], named)
    }
    case 'field_expression': {
      const field = fieldOf(node, 'field')
      if (field && !isMethod(node)) add('field', field.at, [field.at])
      return
    }
    case 'struct_expression': {
      const name = fieldOf(node, 'name')
      if (name) add('path', name.at, [name.at], name)
      return
    }
    case 'tuple_struct_pattern':
    case 'struct_pattern': {
      const name = fieldOf(node, 'type')
      if (name) add('path in a pattern', name.at, [name.at], name)
      return
    }
  }
  if (OPERATORS.has(node.kind)) return addOperator(text, node, add)
  if (isNamed(node) && isWhole(node)) {
    if (isDeclared(node) || text.slice(node.at, node.end) === '_') return
    if (isTypeName(node)) return add(body ? 'type' : 'type of an item', node.at, [node.at])
    if (!pattern || node.kind !== 'identifier' || node.parent?.kind === 'range_pattern')
      add(pattern ? 'path in a pattern' : 'path', node.at, [node.at, lastNameOf(node).at])
  }
}

type Add = (kind: SiteKind, at: number, places: readonly number[], of?: PlainNode) => void

function addCall(node: PlainNode, add: Add): void {
  const written = fieldOf(node, 'function')
  if (!written) return
  const method = methodOf(written)
  if (method) return add('method call', method.at, [method.at], method)
  const callee = bare(written)
  if (isNamed(callee)) add('call', callee.at, [callee.at, lastNameOf(callee).at, written.at], callee)
  else add('call of a value', callee.at, [callee.at, written.at], callee)
}

/** The name of the method that a call's function is, `x.f` or `x.f::<T>`; `x.0()` calls the value in the field. */
function methodOf(written: PlainNode): PlainNode | undefined {
  const inner = written.kind === 'generic_function' ? fieldOf(written, 'function') : written
  const field = inner?.kind === 'field_expression' ? fieldOf(inner, 'field') : undefined
  return field?.kind === 'integer_literal' ? undefined : field
}

function isMethod(field: PlainNode): boolean {
  const outer = field.parent?.kind === 'generic_function' ? field.parent : field
  return outer.field === 'function' && outer.parent?.kind === 'call_expression'
}

function addOperator(text: string, node: PlainNode, add: Add): void {
  switch (node.kind) {
    case 'binary_expression':
    case 'compound_assignment_expr': {
      const operator = fieldOf(node, 'operator') ?? node.children.find((child) => /^[^\w\s]+$/.test(child.kind))
      // `&&` and `||` mean the same for every type.
      if (operator && operator.kind !== '&&' && operator.kind !== '||') add('operator', operator.at, [operator.at])
      return
    }
    case 'index_expression': {
      const index = node.children.filter((child) => /\w/.test(child.kind))[1]
      return add('index', node.at, index ? [index.at, bare(index).at] : [node.at])
    }
    case 'try_expression':
      return add('operator', node.end - 1, [node.end - 1])
    case 'await_expression':
      return add('operator', node.at, [text.lastIndexOf('await', node.end)])
    case 'unary_expression':
      // A number's sign is the number's.
      if (node.children.some((child) => /^(integer|float)_literal$/.test(child.kind))) return
      return add('operator', node.at, [node.at])
    // `for`: what is gone through is asked for its items.
    default:
      return add('operator', node.at, [(fieldOf(node, 'value') ?? node).at])
  }
}

// ---------------------------------------------------------------- names

const NAMED: ReadonlySet<string> = new Set([
  'identifier',
  'scoped_identifier',
  'generic_function',
  'type_identifier',
  'scoped_type_identifier',
  'generic_type',
  'generic_type_with_turbofish',
])

const isNamed = ({ kind }: PlainNode): boolean => NAMED.has(kind)

/** Not a part of a longer path, and not what another place counts already. */
function isWhole({ field, parent }: PlainNode): boolean {
  if (!parent) return true
  if (isNamed(parent) && (field === 'path' || field === 'name' || field === 'function' || field === 'type'))
    return false
  if (parent.kind === 'call_expression') return field !== 'function'
  if (parent.kind === 'parenthesized_expression') return !isCalled(parent)
  if (parent.kind === 'macro_invocation') return field !== 'macro'
  if (parent.kind === 'struct_expression') return field !== 'name'
  return !(field === 'type' && (parent.kind === 'tuple_struct_pattern' || parent.kind === 'struct_pattern'))
}

function isCalled(node: PlainNode): boolean {
  if (node.parent?.kind === 'parenthesized_expression') return isCalled(node.parent)
  return node.field === 'function' && node.parent?.kind === 'call_expression'
}

const isTypeName = ({ kind }: PlainNode): boolean => /^(scoped_)?type_identifier$|^generic_type/.test(kind)

/** Where names are given and not used. */
const DECLARING: ReadonlySet<string> = new Set([
  'label',
  'lifetime',
  'use_declaration',
  'use_as_clause',
  'use_list',
  'scoped_use_list',
  'use_wildcard',
  'use_bounds',
  'extern_crate_declaration',
  'visibility_modifier',
  'metavariable',
  'fragment_specifier',
  'attribute',
])

function isDeclared({ field, parent }: PlainNode): boolean {
  if (!parent) return false
  return DECLARING.has(parent.kind) || field === 'name' || (field === 'alias' && parent.kind !== 'qualified_type')
}

const lastNameOf = (node: PlainNode): PlainNode => {
  const inner =
    fieldOf(node, 'name') ??
    (node.kind.startsWith('generic') ? (fieldOf(node, 'function') ?? fieldOf(node, 'type')) : undefined)
  return inner ? lastNameOf(inner) : node
}

/** Whether the node is code that is run or evaluated; the items in it are not. */
function isBody({ kind, field }: PlainNode, inBody: boolean): boolean {
  if (isItem(kind)) return false
  return inBody || kind === 'block' || field === 'value' || field === 'length'
}

/** Whether the node is read as a pattern: bindings in it are no uses of names. */
function isPattern(node: PlainNode, parent: PlainNode, inPattern: boolean): boolean {
  if (node.field === 'pattern' && parent.kind !== 'match_arm') return true
  if (parent.kind === 'match_pattern') return node.field !== 'condition'
  if (parent.kind === 'closure_parameters') return node.kind !== 'parameter'
  if (node.kind === 'const_block' || node.kind === 'macro_invocation' || parent.kind === 'const_block') return false
  if (node.field === 'type' && !/_pattern$/.test(parent.kind)) return false
  return inPattern
}

const fieldOf = (node: PlainNode, field: string): PlainNode | undefined =>
  node.children.find((child) => child.field === field)

/** What stands in the parentheses. */
function bare(node: PlainNode): PlainNode {
  if (node.kind !== 'parenthesized_expression') return node
  const inner = node.children.find((child) => /\w/.test(child.kind))
  return inner ? bare(inner) : node
}
