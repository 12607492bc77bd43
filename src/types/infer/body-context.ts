/**
 * The state of one body's inference: variables, open obligations, locals, and what was found so far. It lives for one
 * body and dies with it.
 */
import { type CfgExpr, checked } from '../../base/index.js'
import type { AdtDef, AssocDef, BlockModule, Crate, ImplDef, Module, TraitDef } from '../../names/index.js'
import { type Hygiene, hygieneAt, rootOf, type Source } from '../../names/index.js'
import type { Block, Expr, MacroCall, Pat, Path, Stmt } from '../../syntax/index.js'
import type { BodyFact, BodyReference, Callee, ClosureBody, OwnedValue } from '../body-types.js'
import type { BodyValue, CallValues, FieldWrite } from '../body-values.js'
import type { TypeContext } from '../context.js'
import { implTraitRef, predicatesOf } from '../generics.js'
import type { GenericsInfo, Predicates } from '../generics-info.js'
import type { Inference } from '../inference.js'
import type { LowerContext } from '../lower-context.js'
import { obligePredicates } from '../obligations.js'
import { freshVar, shallow, type Table } from '../table.js'
import { mapTy, type Ty } from '../ty.js'

export interface Local {
  readonly name: string
  readonly hygiene: Hygiene | undefined
  readonly ty: Ty
  /** The closure that declares it; -1 for the body itself. */
  readonly owner: number
  /** What is known of its value where it was last looked at. */
  value?: BodyValue | undefined
  isMutable?: boolean
  /** Nothing was given to it yet. */
  isUnset?: boolean
}
/** Among the locals: a macro is defined here, whose names mean the locals before it. */
export interface MacroMark {
  readonly macro: NonNullable<Hygiene['macro']>
}
export interface LoopFrame {
  readonly label: string | undefined
  /** What `break` gives; undefined for `while` and `for`. */
  readonly ty: Ty | undefined
  /** A labelled block: only a `break` with its label leaves it. */
  readonly block: boolean
  broken: boolean
  /** What its `break`s give. */
  readonly values: (BodyValue | undefined)[]
}
/** A reference whose types may still hold variables; finished at the end of the body. */
export interface PendingReference extends Omit<BodyReference, 'callee'> {
  readonly callee: Callee
}

export interface BodyContext extends Inference {
  /** The function's or initialiser's name: items of its blocks are called by it. */
  readonly name: string
  /** The module that the body itself stands in. */
  readonly home: Module
  readonly tcx: TypeContext
  readonly table: Table
  readonly env: Predicates
  readonly crate: Crate
  readonly generics: GenericsInfo | undefined
  readonly container: ImplDef | TraitDef | undefined
  /** Whether code under a condition is part of the Program. */
  readonly holds: (cfg: CfgExpr | undefined) => boolean
  module: Module
  source: Source
  cfg: CfgExpr
  readonly locals: (Local | MacroMark)[]
  readonly loops: LoopFrame[]
  /** The result type of the function, closure or async block that `return` leaves. */
  ret: Ty
  /** Index of the closure being inferred; -1 in the body itself. */
  owner: number
  depth: number
  /** Where the expression stands that was inferred last: a coercion of it is made there. */
  at: number
  /** Constants in types that were inferred. */
  readonly consts: Set<Expr>
  /** Infers a constant as code of the body; handed in, since expressions have types in them and types expressions. */
  readonly inferConst: (expr: Expr, source: Source) => void
  /** By closure: the types of the locals around it that it names. */
  readonly captures: Ty[][]
  /** What can only be said when all of the body's types are known; run after the fallbacks. */
  readonly late: (() => void)[]
  readonly references: PendingReference[]
  readonly facts: BodyFact[]
  readonly closures: ClosureBody[]
  readonly made: Set<AdtDef>
  readonly owned: OwnedValue[]
  readonly blocks: Set<BlockModule>
  /** Values of expressions by the objects of their syntax; of a macro's call the expression that it expands to. */
  readonly values: Map<object, BodyValue | Expr>
  /** Variables whose values are followed, by the paths that name them. */
  readonly localOfPath: Map<Path, Local>
  /** Variables by the patterns that declare them: a name in a pattern may be a constant's. */
  readonly localOfPat: Map<Pat, Local>
  /** Patterns of variants that hold something else than what values of their enum are followed by: `Err(_)`. */
  readonly otherSides: Set<Pat>
  /** Method calls that give their receiver back, borrowed mutably. */
  readonly handsOn: Set<Expr>
  /** By the expression that names a field: of which type it is. */
  readonly memberOf: Map<Expr, AdtDef>
  readonly fieldWrites: FieldWrite[]
  /** Values of the `return`s of the body, closure or async block that is looked at. */
  returned: (BodyValue | undefined)[]
  /** What a block or loop gives besides its end: by `break`, and of an async block by `return`. */
  readonly leftWith: Map<Expr | Block, readonly (BodyValue | undefined)[]>
  /** The call whose argument the path is that comes next. */
  handedBy: CallValues | undefined
  /** The path that is called next. */
  calledPath: Path | undefined
  readonly notes: RecipeNotes
}

/** What the recipe of the body (recipe-of.ts) is made of, beside its syntax. */
export interface RecipeNotes {
  /** Something is worked out here: there may be something to make a recipe of. */
  computes: boolean
  /** Literals of characters and bytes that were seen. */
  characters: number
  params: readonly Pat[]
  readonly variables: Map<object, Local>
  readonly callOf: Map<Expr, CallValues>
  /** Calls of constructors, and paths of units, by the constructor's name. */
  readonly constructed: Map<object, string>
  /** Types of numbers that operators and casts make. */
  readonly numberTys: Map<Expr, Ty>
  /** Of characters, bytes and bools. */
  readonly literalTexts: Map<Expr, string>
  readonly formatted: Map<MacroCall, readonly (string | Expr | undefined)[]>
  readonly madeStatements: Map<MacroCall, { readonly stmts: readonly Stmt[]; readonly tail: Expr | undefined }>
}

/** How deep expressions may nest; what is deeper is reported as lost. */
export const EXPRESSION_DEPTH_LIMIT = 600

export const fresh = (cx: BodyContext, kind: 'any' | 'int' | 'float' = 'any'): Ty => freshVar(cx.table, kind)
export const shallowTy = (cx: BodyContext, ty: Ty): Ty => shallow(cx.table, ty)

/** How types written here are lowered: `_` and omitted arguments are variables. */
export function lowering(cx: BodyContext, inferOmitted: boolean): LowerContext {
  return {
    tcx: cx.tcx,
    module: cx.module,
    source: cx.source,
    generics: cx.generics,
    container: cx.container,
    fresh: () => fresh(cx),
    constExpr: (expr, source) => inConst(cx, expr, source),
    inferOmitted,
    depth: 0,
  }
}

/** Infers a constant of a type once, in whatever order and how often the type is looked at. */
function inConst(cx: BodyContext, expr: Expr, source: Source): void {
  if (expr.k === 'lit' || cx.consts.has(expr)) return
  cx.consts.add(expr)
  cx.inferConst(expr, source)
}

export function declareLocal(cx: BodyContext, name: string, at: number, ty: Ty): Local {
  const local: Local = { name, hygiene: hygieneAt(cx.source, at), ty, owner: cx.owner }
  cx.locals.push(local)
  owns(cx, ty, at)
  return local
}

/** Values of the types that are named in a type may come to be here without a literal. */
export function makes(cx: BodyContext, ty: Ty): void {
  if (ty.k === 'adt') cx.made.add(ty.def)
  mapTy(ty, (part) => {
    makes(cx, part)
    return part
  })
}

/** The body has a value of the type at some time, and so may drop it. */
export function owns(cx: BodyContext, ty: Ty, at: number): void {
  if (ty.k === 'adt' || ty.k === 'tuple' || ty.k === 'array' || ty.k === 'var' || ty.k === 'proj')
    cx.owned.push({ ty, source: cx.source, at, owner: cx.owner, cfg: cx.cfg })
}

/** The local of that name with the identifier's hygiene, or with that of the places its macro was defined in. */
export function findLocal(cx: BodyContext, name: string, at: number): Local | undefined {
  const written = hygieneAt(cx.source, at)
  let hygiene = written
  for (let i = cx.locals.length - 1; i >= 0; i--) {
    const local = checked(cx.locals[i])
    if (!('macro' in local)) {
      if (local.name === name && local.hygiene === hygiene) return local
    } else if (local.macro.at === hygiene?.macro?.at && local.macro.source === hygiene.macro.source)
      hygiene = hygiene.parent
  }
  // Of a macro whose definition is not among the locals (a constant's, in a body around it) the order is not known.
  for (hygiene = written; ; hygiene = hygiene.parent) {
    for (let i = cx.locals.length - 1; i >= 0; i--) {
      const local = checked(cx.locals[i])
      if (!('macro' in local) && local.name === name && local.hygiene === hygiene) return local
    }
    if (!hygiene) return undefined
  }
}

/** From here on the macro is defined whose rules stand at the place. */
export function declareMacro(cx: BodyContext, source: Source, at: number): void {
  cx.locals.push({ macro: rootOf(source, at) })
}

/** Runs `f` with locals that end with it. */
export function scoped<T>(cx: BodyContext, f: () => T): T {
  const locals = cx.locals.length
  const { module, source } = cx
  try {
    return f()
  } finally {
    cx.locals.length = locals
    cx.module = module
    cx.source = source
  }
}

export function reference(
  cx: BodyContext,
  at: number,
  name: string,
  found: BodyReference['found'],
  callee: Callee,
  literals: readonly string[] = [],
  call?: CallValues,
): void {
  const { source, owner, cfg } = cx
  cx.references.push({ source, at, name, owner, found, callee, cfg, literals, ...(call && { call }) })
}

/**
 * What is called here is not known, as the operand's type is none that has it. Where that type is unknown itself, which is
 * told where it arose, and where the operand never is a value, there is nothing more to tell.
 */
export function unknownOperand(
  cx: BodyContext,
  operand: Ty,
  at: number,
  what: 'operator' | 'field' | 'value',
  name: string,
): void {
  const { visits } = cx.source
  if (operand.k === 'unknown') visits?.note(cx.source, at, what, 'follows')
  else if (operand.k === 'never') visits?.note(cx.source, at, what, 'known')
  else {
    const why = operand.k === 'var' ? 'unknown receiver' : 'no such method'
    reference(cx, at, name, what === 'field' ? 'implicit' : what, { k: 'unresolved', why, receiver: operand })
  }
}

/** Does something at the end of the body as if it were done here: source, condition and owner are those of now. */
export function later(cx: BodyContext, f: () => void): void {
  const { source, cfg, owner, module } = cx
  cx.late.push(() => {
    Object.assign(cx, { source, cfg, owner, module })
    f()
  })
}

/** Records a function of std's that syntax calls unseen, known by its lang item (`deref`, `next`). */
export function implicitCall(cx: BodyContext, at: number, lang: string, args: readonly Ty[]): void {
  const def = cx.tcx.lang.get(lang)
  const fn = def?.kind === 'trait' ? def.items.find((item) => item.kind === 'fn') : def
  if (fn?.kind === 'fn') reference(cx, at, fn.name, 'implicit', { k: 'fn', fn, args })
}

export function fact(cx: BodyContext, kind: BodyFact['kind'], what: string, at: number): void {
  cx.facts.push({ kind, what, source: cx.source, at, owner: cx.owner, cfg: cx.cfg })
}

/** Uses an item with arguments: its bounds become obligations. */
export function useItem(cx: BodyContext, item: AssocDef, args: readonly Ty[]): void {
  obligePredicates(cx, predicatesOf(cx.tcx, item), args)
}

/** The trait that the code stands in is in scope. */
export function traitAround(cx: BodyContext): readonly TraitDef[] {
  if (cx.container?.kind === 'trait') return [cx.container]
  const ref = cx.container && implTraitRef(cx.tcx, cx.container)
  return ref ? [ref.trait] : []
}
