/**
 * Items inside of blocks (docs/resolution.md, 1.6): an anonymous module below the one that the body sees, made when the body
 * is looked at and kept. `const _: () = { .. }` is looked at when its crate is built, as the impls in it hold everywhere.
 */
import type { CfgExpr, Expr, Item, MacroCall } from '../syntax/index.js'
import { readBody } from '../syntax/index.js'
import { blockKey } from './block-key.js'
import { collectItems } from './collect.js'
import { pendCall } from './collect-macros.js'
import { type CrateState, type ItemPlace, newModule, normalModule, type OwnModule, stateOf } from './crate-state.js'
import { under } from './declare.js'
import type { BlockModule, ConstDef, Def, ImplDef, Module, Program } from './defs.js'
import { ownDir } from './module-files.js'
import { ITEM_MACROS, settle } from './settle.js'
import { callingFile, type Source } from './source.js'
import { markTextual, textualAt } from './textual-scope.js'

/** A block's item and the text it stands in. */
export interface BlockItem {
  readonly item: Item
  readonly source: Source
}

/** A macro statement whose items belong to the block. */
export interface MacroStatement {
  readonly cfg: CfgExpr | undefined
  readonly call: MacroCall
  readonly source: Source
}

/** A place in a text. */
interface TextPlace {
  readonly source: Source
  readonly at: number
}

/** What is collected of a block. */
export interface BlockContent {
  readonly items: readonly BlockItem[]
  /** The macro statements that may make further items. */
  readonly calls?: readonly MacroStatement[]
  /** The function's name, which the paths of its items hold. */
  readonly inside?: string
  /** The condition of the code around. */
  readonly cfg?: CfgExpr
  /** Where the macro call ends that made the items: the macros among them are in scope from there on. */
  readonly behind?: TextPlace | undefined
}

/**
 * The module of a block's items. `parent` is the module that the block itself sees. The same items give the same module.
 * `use`s, macros and impls count; modules in files do not occur in blocks. Macro statements are expanded until all names are
 * settled, as any module's are: an item sees what a macro behind it makes.
 */
export function collectBlock(_program: Program, parent: Module, content: BlockContent): BlockModule {
  return collectBlockOf(stateOf(parent.crate), parent, content)
}

function collectBlockOf(
  state: CrateState,
  parent: Module,
  { items, calls = [], inside = '', cfg = parent.cfg, behind }: BlockContent,
): BlockModule {
  const outermost = normalModule(parent as OwnModule)
  const first = items[0] ? { source: items[0].source, at: items[0].item.at } : firstOf(calls)
  const source = first?.source ?? parent.source
  const key = blockKey(outermost, source, first?.at ?? 0)
  const known = state.blocks.get(key)
  if (known) return known
  const defs: Def[] = []
  const impls: ImplDef[] = []
  // In a file that is included as an expression, modules are looked for beside that file.
  const file = callingFile(source)
  const isIncluded = file.path !== callingFile(outermost.source).path
  const dir = isIncluded ? ownDir(file.path) : outermost.dir && { dir: outermost.dir.dir }
  const module = newModule(
    state,
    parent as OwnModule,
    { name: inside, source, attrs: [], cfg, vis: parent, block: true },
    dir,
  )
  const block: BlockModule = Object.assign(module, { defs }) as unknown as BlockModule
  state.blocks.set(key, block)
  const outer = state.sink
  state.sink = { defs, impls }
  const start = Math.min(first?.at ?? 0, calls[0]?.call.at ?? Number.POSITIVE_INFINITY)
  const scope = textualAt(state.textual, parent, source, start)
  const place: ItemPlace = { module, cfg, textual: { scope }, depth: 0 }
  for (const part of inOrder(items, calls)) {
    if ('item' in part) collectItems(state, [part.item], part.source, place, ITEM_MACROS)
    else collectStatement(state, part, place)
  }
  settle(state)
  state.sink = outer
  if (behind && place.textual.scope !== scope)
    markTextual(state.textual, module, behind.source, behind.at, place.textual.scope)
  return block
}

/** Macros are in scope behind their definition, so items and calls of one text are taken as they stand there. */
function inOrder(
  items: readonly BlockItem[],
  calls: readonly MacroStatement[],
): readonly (BlockItem | MacroStatement)[] {
  const at = (part: BlockItem | MacroStatement): number => ('item' in part ? part.item.at : part.call.at)
  return calls.length === 0 ? items : [...items, ...calls].sort((a, b) => at(a) - at(b))
}

function collectStatement(state: CrateState, { call, source, cfg }: MacroStatement, place: ItemPlace): void {
  const { textual } = place
  const { scope } = textual
  markTextual(state.textual, place.module as Module, source, call.at, scope)
  pendCall(state, { as: 'statements', call, source, at: under(place, state.cfg.and(place.cfg, cfg)) }, ITEM_MACROS)
  if (textual.scope !== scope)
    markTextual(state.textual, place.module as Module, source, call.tokens.end, textual.scope)
}

function firstOf(calls: readonly MacroStatement[]): { readonly source: Source; readonly at: number } | undefined {
  const call = calls[0]
  return call && { source: call.source, at: call.call.at }
}

/** Collects the blocks of `const _: () = { .. }`; their impls become the crate's. */
export function collectUnnamedConsts(state: CrateState): void {
  // The list grows while it is walked: such blocks nest.
  for (let i = 0; i < state.crate.defs.length; i++) {
    const def = state.crate.defs[i]
    if (def?.kind !== 'const' || def.name !== '_' || def.container || def.ast.body === undefined) continue
    const { items, calls } = contentOf(def, def.ast.body, state)
    if (items.length === 0 && calls.length === 0) continue
    const block = collectBlockOf(state, def.module, { items, calls, cfg: def.cfg })
    for (const inner of block.defs) {
      if (inner.kind === 'impl') state.crate.impls.push(inner)
      state.crate.defs.push(inner)
    }
  }
}

function contentOf(def: ConstDef, ref: number, state: CrateState) {
  const { source } = def
  const body: Expr = readBody(source.facts, ref)
  const items: BlockItem[] = []
  const calls: MacroStatement[] = []
  const block = body.k === 'block' ? body : undefined
  for (const stmt of block?.stmts ?? []) {
    if (!state.cfg.mayHold(stmt.cfg)) continue
    if (stmt.k === 'item') items.push({ item: stmt.item, source })
    else if (stmt.k === 'macro') calls.push({ call: stmt.call, source, cfg: stmt.cfg })
  }
  // A macro at the end of a block is a statement too, when it makes some.
  if (block?.tail?.k === 'macro') calls.push({ call: block.tail.call, source, cfg: block.tail.cfg })
  return { items, calls }
}
