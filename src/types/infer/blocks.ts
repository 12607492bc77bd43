/** Blocks and statements: their items first, then each statement in order; what a statement macro makes joins them. */
import { type CfgExpr, cfgAnd } from '../../base/index.js'
import type { Source } from '../../names/index.js'
import { partsInView } from '../../names/index.js'
import type { Block, Conditional, Expr, Span, Stmt } from '../../syntax/index.js'
import { lowerTy } from '../lower.js'
import { normalize } from '../normalize.js'
import { solvePending } from '../obligations.js'
import { freshVar } from '../table.js'
import { futureTy, NEVER, type Ty, UNIT } from '../ty.js'
import { enterBlock, enterItems, type KnownExpansions } from './block-items.js'
import { type BodyContext, declareMacro, fact, fresh, lowering, scoped, shallowTy } from './body-context.js'
import { coerce } from './coerce.js'
import { inferExpr } from './expressions.js'
import { expandStatements } from './macros.js'
import { borrowsMutably, makeMutable } from './mutable-places.js'
import { checkPattern } from './patterns.js'
import { valueAt } from './values.js'
import { bindValue, leaveUnset, loseVariable } from './variables.js'

/** A statement with the source it was read from: statements of a macro come from its expansion. */
interface PlacedStmt {
  readonly stmt: Stmt
  readonly source: Source
}
interface Flat {
  readonly stmts: PlacedStmt[]
  tail: { readonly expr: Expr; readonly source: Source } | undefined
  readonly expansions: KnownExpansions
}

export function inferBlock(cx: BodyContext, block: Block & Span, expected: Ty | undefined): Ty {
  switch (block.mode) {
    case 'async':
    case 'gen':
      return inferAsync(cx, block)
    case 'unsafe':
      fact(cx, 'unsafe block', '', block.at)
      return inferStatements(cx, block, expected)
    case 'const':
    case 'try':
      return inferStatements(cx, block, undefined)
    case 'plain':
      if (block.label === undefined) return inferStatements(cx, block, expected)
  }
  const frame = { label: block.label, ty: expected ?? fresh(cx), block: true, broken: false, values: [] }
  cx.loops.push(frame)
  const ty = inferStatements(cx, block, expected)
  cx.loops.pop()
  cx.leftWith.set(block, frame.values)
  if (!frame.broken) return ty
  coerce(cx, ty, frame.ty)
  return frame.ty
}

function inferAsync(cx: BodyContext, block: Block & Span): Ty {
  const { ret, returned } = cx
  const loops = cx.loops.splice(0)
  cx.ret = freshVar(cx.table)
  cx.returned = []
  const output = inferStatements(cx, block, undefined)
  coerce(cx, output, cx.ret)
  const result = cx.ret
  cx.leftWith.set(block, cx.returned)
  cx.ret = ret
  cx.returned = returned
  cx.loops.push(...loops)
  return futureTy(result)
}

/** The block's statements and tail in a scope of their own. */
export function inferStatements(cx: BodyContext, block: Block, expected: Ty | undefined): Ty {
  return scoped(cx, () => {
    const flat = flatten(cx, block)
    let diverges = false
    for (const placed of flat.stmts) {
      cx.source = placed.source
      if (inferStatement(cx, placed.stmt)) diverges = true
    }
    if (!flat.tail) return diverges ? NEVER : UNIT
    cx.source = flat.tail.source
    return inferExpr(cx, flat.tail.expr, expected)
  })
}

function flatten(cx: BodyContext, block: Block): Flat {
  const flat: Flat = { stmts: [], tail: undefined, expansions: enterBlock(cx, block) }
  spread(cx, block, flat, true, undefined)
  return flat
}

/** `outer` is the condition of the macro statement that made these statements: it is theirs too. */
function spread(
  cx: BodyContext,
  { stmts, tail }: { readonly stmts: readonly Stmt[]; readonly tail?: Expr | undefined },
  flat: Flat,
  last: boolean,
  outer: CfgExpr | undefined,
): void {
  const { source } = cx
  for (const [i, written] of stmts.entries()) {
    if (written.k === 'item') {
      if (written.item.k === 'macro def') flat.stmts.push({ stmt: written, source })
      continue
    }
    if (!cx.holds(written.cfg)) continue
    // Of variables that other builds have in one's place, one at a time is in scope.
    if (written.k === 'let' && written.cfg && partsInView(cx.crate, [written]).length === 0) continue
    const stmt = underCondition(outer, written)
    if (stmt.k !== 'macro') {
      flat.stmts.push({ stmt, source })
      continue
    }
    const ends = last && i === stmts.length - 1 && !tail && !stmt.semi
    const made = expandStatements(cx, stmt.call, flat.expansions)
    if (!made) {
      // Built-in and lost macros are inferred as expressions, which reports them.
      const expr = underCondition<Expr>(stmt.cfg, { k: 'macro', call: stmt.call, at: stmt.at, end: stmt.end })
      if (ends) flat.tail = { expr, source }
      else flat.stmts.push({ stmt: { k: 'expr', expr, semi: stmt.semi, at: stmt.at, end: stmt.end }, source })
      continue
    }
    cx.notes.madeStatements.set(stmt.call, made)
    cx.source = made.source
    for (const item of made.items)
      if (item.k === 'macro def')
        flat.stmts.push({ stmt: { k: 'item', item, at: item.at, end: item.end }, source: made.source })
    enterItems(
      cx,
      [
        ...made.items.map((item) => ({ item: underCondition(stmt.cfg, item), source: made.source })),
        ...made.stmts.flatMap((inner) =>
          inner.k === 'item' ? [{ item: underCondition(stmt.cfg, inner.item), source: made.source }] : [],
        ),
      ],
      [],
      { source, at: stmt.end },
    )
    spread(cx, made, flat, ends, stmt.cfg)
    if (made.tail && !ends) {
      const expr = underCondition(stmt.cfg, made.tail)
      flat.stmts.push({
        stmt: { k: 'expr', expr, semi: stmt.semi, at: expr.at, end: expr.end },
        source: made.source,
      })
      flat.tail = undefined
    }
    cx.source = source
  }
  if (tail && last) flat.tail = { expr: underCondition(outer, tail), source: cx.source }
}

function underCondition<T extends Conditional>(outer: CfgExpr | undefined, part: T): T {
  return outer ? { ...part, cfg: cfgAnd(outer, part.cfg) } : part
}

/** Returns whether the statement never ends. */
function inferStatement(cx: BodyContext, stmt: Stmt): boolean {
  const { cfg } = cx
  if (stmt.cfg) cx.cfg = cfgAnd(cfg, stmt.cfg)
  try {
    if (stmt.k === 'let') return inferLet(cx, stmt)
    if (stmt.k === 'item' && stmt.item.k === 'macro def') declareMacro(cx, cx.source, stmt.item.rules.at)
    if (stmt.k !== 'expr') return false
    const ty = inferExpr(cx, stmt.expr, stmt.semi ? undefined : UNIT)
    if (cx.pending.length > 0) solvePending(cx)
    return shallowTy(cx, ty).k === 'never'
  } finally {
    cx.cfg = cfg
  }
}

function inferLet(cx: BodyContext, stmt: Stmt & { k: 'let' }): boolean {
  const declared = stmt.ty && lowerTy(lowering(cx, false), stmt.ty)
  const known = declared && normalize(cx, declared)
  let ty = known ?? fresh(cx)
  let diverges = false
  if (stmt.init) {
    const since = cx.references.length
    const own = inferExpr(cx, stmt.init, known)
    if (borrowsMutably(stmt.pat)) makeMutable(cx, stmt.init, since)
    diverges = shallowTy(cx, own).k === 'never'
    if (known) coerce(cx, own, known)
    else ty = own
  }
  if (stmt.else) inferExpr(cx, stmt.else, undefined)
  if (cx.pending.length > 0) solvePending(cx)
  checkPattern(cx, stmt.pat, diverges && !known ? fresh(cx) : ty)
  if (stmt.init) {
    bindValue(cx, stmt.pat, valueAt(cx, stmt.init))
    if (borrowsMutably(stmt.pat)) loseVariable(cx, stmt.init)
  } else leaveUnset(cx, stmt.pat)
  return diverges
}
