/**
 * From text to `FileFacts`: parses, walks the tree once, lowers, frees the tree.
 *
 * Nothing here knows another file or what an item means. Errors in the text never throw: they are in
 * `FileFacts.errors`, and what can be read around them is there.
 */

import type { Expr, FileFacts, Item, Pat, Span, Stmt, TypeRef } from './ast.js'
import { blank, withoutDataTables } from './data-tables.js'
import { type FlatTree, flatten } from './flat-tree.js'
import { FRAMES, type FragmentKind } from './fragments.js'
import { grammar } from './grammar.js'
import { itemSpans } from './item-spans.js'
import { F, K } from './kinds.js'
import { innerAttributesOf } from './lower-attributes.js'
import { isExpression, lowerExpr } from './lower-expressions.js'
import { lowerItem, lowerItems } from './lower-items.js'
import { lowerPattern } from './lower-patterns.js'
import { lowerStatements } from './lower-statements.js'
import { boundsIn, lowerType } from './lower-types.js'
import { childIn, contentOf, endOf, kindOf, type Lowerers, type Lowering, startOf } from './lowering.js'
import { chunk } from './parser-input.js'
import { withoutQuirks } from './source-quirks.js'
import { macrosAtLeft, withEndedStatements } from './statement-macros.js'
import { errorsOf } from './tree-errors.js'

const LOWERERS: Lowerers = {
  expr: lowerExpr,
  type: lowerType,
  bounds: boundsIn,
  pattern: lowerPattern,
  item: lowerItem,
  statements: lowerStatements,
}

/** What a macro expanded to. Only the fields of its kind are there; none when the text is empty. */
export interface Fragment {
  /** Items (for the item kinds), plain bodies, errors. */
  readonly facts: FileFacts
  readonly stmts?: readonly Stmt[]
  /** The expression without semicolon behind the statements. */
  readonly tail?: Expr
  readonly expr?: Expr
  readonly pat?: Pat
  readonly ty?: TypeRef
}

/** Reads a whole file. Offsets are UTF-16 code units into `text`. `initSyntax` must have been awaited. */
export function parseFile(text: string): FileFacts {
  const cx = parseMended('', text, '')
  const facts = factsOf(cx)
  return facts.errors.length === 0 ? facts : (itemByItem(text, facts.errors) ?? facts)
}

function factsOf(cx: Lowering): FileFacts {
  const items = lowerItems(cx, 0)
  return { items, attrs: innerAttributesOf(cx, 0).attrs, bodies: cx.bodies, errors: distinct(cx.errors) }
}

/** Items with errors in them that are read again, each alone; a file with more is no Rust. */
const REREAD_LIMIT = 32

/**
 * The file once more, the items with errors each by itself: an error then takes nothing with it of the items around it.
 * Undefined when that helps nothing.
 */
function itemByItem(text: string, errors: readonly Span[]): FileFacts | undefined {
  const spans = itemSpans(text)
  const broken = spans.filter((span) => errors.some((error) => error.at <= span.end && error.end >= span.at))
  if (broken.length === 0 || broken.length === spans.length || broken.length > REREAD_LIMIT) return undefined
  const sound = parseMended('', text, '', blanked(text, broken))
  const rest = factsOf(sound)
  if (rest.errors.length > 0) return undefined
  const items = [...rest.items]
  const bodies = sound.bodies
  const left: Span[] = []
  for (const span of broken) {
    const around = [
      { at: 0, end: span.at },
      { at: span.end, end: text.length },
    ]
    const cx = { ...parseMended('', text, '', blanked(text, around)), bodies }
    items.push(...lowerItems(cx, 0))
    left.push(...cx.errors)
  }
  items.sort((a, b) => a.at - b.at)
  return { items, attrs: rest.attrs, bodies, errors: distinct(left) }
}

function blanked(text: string, spans: readonly Span[]): string {
  let out = ''
  let copied = 0
  for (const { at, end } of spans) {
    out += text.slice(copied, at) + blank(text.slice(at, end))
    copied = end
  }
  return out + text.slice(copied)
}

/** Reads what a macro expanded to. Offsets are into `text`. An empty `expression` has no `expr`. */
export function parseFragment(text: string, as: FragmentKind): Fragment {
  const [before, behind] = FRAMES[as]
  const cx = parseMended(before, text, behind)
  const read = READ[as](cx)
  const { items = [], ...rest } = read
  return { facts: { items, attrs: [], bodies: cx.bodies, errors: distinct(cx.errors) }, ...rest }
}

type Read = Omit<Fragment, 'facts'> & { readonly items?: readonly Item[] }

const READ: Readonly<Record<FragmentKind, (cx: Lowering) => Read>> = {
  items: (cx) => ({ items: lowerItems(cx, 0) }),
  statements: (cx) => lowerStatements(cx, inside(cx, [K.function_item, K.block], 0)),
  expression: (cx) => {
    const wrapper = child(cx, inside(cx, [K.function_item, K.block], 0))
    if (kindOf(cx, wrapper) === K.unit_expression) return {}
    const inner = kindOf(cx, wrapper) === K.parenthesized_expression ? contentOf(cx, wrapper) : []
    const [only] = inner
    return only !== undefined && spansFragment(cx, wrapper) ? { expr: lowerExpr(cx, only) } : { expr: misread(cx) }
  },
  pattern: (cx) => {
    const body = inside(cx, [K.function_item, K.block, K.match_expression, K.match_block], 0)
    const arm = inside(cx, [K.match_arm, K.match_pattern], body)
    const content = contentOf(cx, arm)
    const [only] = content
    return only !== undefined && content.length === 1 ? { pat: lowerPattern(cx, only) } : { pat: misread(cx) }
  },
  type: (cx) => {
    const type = childIn(cx, inside(cx, [K.type_item], 0), F.type)
    return { ty: type >= 0 ? lowerType(cx, type) : misread(cx) }
  },
  'trait items': (cx) => ({ items: lowerItems(cx, inside(cx, [K.trait_item, K.declaration_list], 0)) }),
  'impl items': (cx) => ({ items: lowerItems(cx, inside(cx, [K.impl_item, K.declaration_list], 0)) }),
  'foreign items': (cx) => ({ items: lowerItems(cx, inside(cx, [K.foreign_mod_item, K.declaration_list], 0)) }),
}

/** The node that is reached through the first child of each kind; as far as it goes when the text broke the frame. */
function inside(cx: Lowering, kinds: readonly number[], from: number): number {
  let node = from
  for (const kind of kinds) {
    const next = contentOf(cx, node).find((part) => {
      const found = kindOf(cx, part)
      return found === kind || (found === K.expression_statement && kindOf(cx, child(cx, part)) === kind)
    })
    if (next === undefined) return node
    node = kindOf(cx, next) === kind ? next : child(cx, next)
  }
  return node
}

function child(cx: Lowering, node: number): number {
  return contentOf(cx, node).find((part) => isExpression(kindOf(cx, part))) ?? node
}

/** Whether the parentheses are the frame's own, and not `a) + (b`. */
function spansFragment(cx: Lowering, wrapper: number): boolean {
  return startOf(cx, wrapper) < 0 && endOf(cx, wrapper) > cx.text.length
}

function misread(cx: Lowering): Span & { readonly k: 'error' } {
  const span = { at: 0, end: cx.text.length }
  cx.errors.push(span)
  return { k: 'error', ...span }
}

/** Parses `shown`, the text or what is to be seen of it; when that leaves errors, once more without quirks, if that leaves fewer. */
function parseMended(before: string, text: string, behind: string, shown = text): Lowering {
  const whole = withoutDataTables(shown)
  let first = parse(before, text, behind, whole)
  const seen = withEndedStatements(whole, before, macrosAtLeft(first.tree))
  if (seen !== whole) first = parse(before, text, behind, seen)
  if (first.errors.length === 0) return first
  const mended = withoutQuirks(seen)
  if (mended === seen) return first
  const second = parse(before, text, behind, mended)
  // the walk's buffers are shared, so the first tree is gone
  return second.errors.length < first.errors.length ? second : parse(before, text, behind, seen)
}

/** Parses `seen`, which is `text` with parts of it blanked, between `before` and `behind`; everything else is read from `text`. */
function parse(before: string, text: string, behind: string, seen: string): Lowering {
  const loaded = grammar()
  const whole = before === '' && behind === '' ? seen : before + seen + behind
  let steps = FREE_STEPS + whole.length
  const tree = loaded.parser.parse((index) => chunk(whole, index), null, { progressCallback: () => --steps < 0 })
  if (!tree) {
    loaded.parser.reset()
    return { text, tree: NOTHING, bodies: [], errors: [{ at: 0, end: text.length }], depth: 0, to: LOWERERS }
  }
  try {
    const errors = errorsOf(tree, loaded, whole, before.length)
    const flat = flatten(tree, loaded, before.length)
    return { text, tree: flat, bodies: [], errors, depth: 0, to: LOWERERS }
  } finally {
    tree.delete()
  }
}

/**
 * The parser may take this many steps (of about a hundred operations each) and one for each character; then the text
 * is one error. Measured: real files and hostile ones alike take less than a tenth of one for each character.
 */
const FREE_STEPS = 10_000

/** An empty file. */
const NOTHING: FlatTree = {
  count: 1,
  kind: Uint8Array.of(K.source_file),
  field: Uint8Array.of(0),
  start: Int32Array.of(0),
  end: Int32Array.of(0),
  after: Int32Array.of(1),
}

/** Errors in the order of the text, each once. */
function distinct(errors: readonly Span[]): readonly Span[] {
  if (errors.length < 2) return errors
  const sorted = [...errors].sort((a, b) => a.at - b.at || a.end - b.end)
  return sorted.filter((span, index) => {
    const before = sorted[index - 1]
    return !before || before.at !== span.at || before.end !== span.end
  })
}
