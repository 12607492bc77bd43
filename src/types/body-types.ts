/**
 * What inference leaves of a body: each reference with what it means, closures, and the operations that need no
 * callee to be powerful. Types are gone but where the graph needs them to tell impls apart.
 */
import type { CfgExpr } from '../base/index.js'
import type { AdtDef, BlockModule, ConstDef, FnDef, Source, StaticDef, VariantDef } from '../names/index.js'
import type { BodyValue, CallValues, FieldWrite } from './body-values.js'
import type { Recipe } from './recipe-code.js'
import type { TraitRef, Ty } from './ty.js'
import type { UnresolvedReason } from './unresolved-reason.js'

export type Callee =
  /** A function; for a trait's: `self` is the type it is called for, `impl` the impl's own function when it is known. */
  | {
      readonly k: 'fn'
      readonly fn: FnDef
      readonly args: readonly Ty[]
      readonly self?: Ty
      readonly impl?: FnDef
      /** What std's own code may call back: functions of the impls that the bounds of a std function are met by. */
      readonly calledBack?: readonly FnDef[]
      /** The same where the bound is on a type that the body does not know: which impls can be meant is the program's to say. */
      readonly asked?: readonly TraitRef[]
      /** The impls' functions that can be meant, where it is not known which: a constant was not evaluated. */
      readonly candidates?: readonly FnDef[]
      /** More bounds than are followed: there may be further functions. */
      readonly cut?: boolean
    }
  | { readonly k: 'constructor'; readonly def: VariantDef | AdtDef }
  /** A trait's constant is the impl's own. Where it is not known which impl is meant, `args` tell for what it is read. */
  | { readonly k: 'const'; readonly def: ConstDef | StaticDef; readonly args?: readonly Ty[] }
  /** A closure, function pointer or `Fn` parameter that is called. */
  | { readonly k: 'value'; readonly ty: Ty; readonly params: readonly Ty[]; readonly ret: Ty }
  | { readonly k: 'unresolved'; readonly why: UnresolvedReason; readonly receiver?: Ty }

export interface BodyReference {
  readonly source: Source
  readonly at: number
  readonly name: string
  /** Index in `closures` of the closure it stands in; -1: the body itself. */
  readonly owner: number
  readonly found: 'path' | 'method' | 'operator' | 'implicit' | 'value'
  readonly callee: Callee
  /** It stands where it is called; a path of a function that is not called is handed on as a value. */
  readonly called?: boolean
  readonly cfg: CfgExpr
  /** String literals among the call's first arguments. */
  readonly literals: readonly string[]
  /** Of a call: what is handed over. */
  readonly call?: CallValues
  /** The same call as other views of the body have it: values of theirs name it by these. */
  readonly sameCalls?: readonly CallValues[]
}

export interface BodyFact {
  readonly kind:
    | 'raw dereference'
    | 'static mut'
    | 'foreign static'
    | 'union field'
    | 'unsafe call'
    | 'asm'
    | 'transmute to function'
    | 'embedded data'
    | 'build directive'
    /** What the compiler reads of the machine that builds: `env NAME`, `file PATH`. */
    | 'compiler read'
    /** A constant's name among a call's arguments: the number of a system call, most of all. */
    | 'constant argument'
    | 'unsafe block'
  readonly what: string
  readonly source: Source
  readonly at: number
  readonly owner: number
  readonly cfg: CfgExpr
}

export interface ClosureBody {
  readonly source: Source
  readonly at: number
  readonly end: number
  /** The closure or body (-1) around it. */
  readonly parent: number
  /** Parameters and result, as far as they are known in the end. */
  readonly params: readonly Ty[]
  readonly ret: Ty
}

/** A value that a parameter or local holds: whoever owns it runs its drop glue. */
export interface OwnedValue {
  readonly ty: Ty
  readonly source: Source
  readonly at: number
  readonly owner: number
  readonly cfg: CfgExpr
}

export interface BodyTypes {
  readonly references: readonly BodyReference[]
  readonly facts: readonly BodyFact[]
  readonly closures: readonly ClosureBody[]
  /** Types of which a value is made here: by a literal, a constructor or the name of a unit struct or variant. */
  readonly made: ReadonlySet<AdtDef>
  /** By-value parameters and locals whose type may have something to drop. */
  readonly owned: readonly OwnedValue[]
  /** Limits that were reached: there may be more to say of the body. */
  readonly limits: readonly string[]
  /** What it gives to who calls it or reads it. */
  readonly returned?: BodyValue | undefined
  /** How it is worked out, where something is. */
  readonly recipe?: BodyRecipe | undefined
  readonly fieldWrites?: readonly FieldWrite[]
  /** Modules of the body's block items, whose own bodies are to be inferred too. */
  readonly blocks: readonly BlockModule[]
}

export type BodyRecipe = Recipe<CallValues, ConstDef | StaticDef>

export type BodyOwner = FnDef | ConstDef | StaticDef | AdtDef
