/**
 * What inference found in one crate for one target, as plain records: no definition, source or type of an earlier stage
 * is in them, callees are keys, places are numbers. It is the same after JSON and back, so it can be kept, compared and
 * handed to another thread. What needs the whole program is not in it but listed under `open`: link/ brings it together.
 *
 * Types and traits are written as the short texts of type-shape.ts, which mean the same for every target.
 */
import type { CfgExpr } from '../base/index.js'
import type { Recipe, RecipeConst } from '../types/recipe-code.js'
import type { FunctionNode, GraphLoss, Reference, SyntacticFact } from './call-graph.js'
import type { SymbolicValue } from './symbolic-values.js'

declare const brand: unique symbol
/** By what a function, initialiser or closure is known in every crate and for every target; function-keys.ts makes it. */
export type FunctionKey = string & { readonly [brand]: 'function' }

/** Of the groups of targets that are looked at a bit for each, in their order; all bits where nothing differs. */
export type GroupSet = number

export interface CrateShare {
  /** Of the Workspace. */
  readonly unit: string
  readonly package: string
  /** The triple of the target that the crate was looked at for. */
  readonly target: string
  /** In the order in which they were met; the indexes below are into this list. */
  readonly functions: readonly ShareFunction[]
  /** Places in functions at which something is said; `at` below is an index into this list. */
  readonly sites: readonly Site[]
  readonly references: readonly ShareReference[]
  readonly facts: readonly ShareFact[]
  readonly losses: readonly GraphLoss[]
  /** Packages that whoever uses the library can call, by way of it. */
  readonly exposes: readonly string[]
  readonly open: OpenRecords
}

export interface ShareFunction extends Omit<FunctionNode, 'id' | 'returns' | 'recipes'> {
  readonly key: FunctionKey
  /** Of a closure: the function that makes it, and so refers to it. */
  readonly madeIn?: number
  /** Its body was inferred for this target; else what an earlier target found in it holds for this one too. */
  readonly inferred: boolean
  /** The groups of targets for which its body means the same, where it was inferred. */
  readonly holdsFor: GroupSet
  /** The numbers of questions that leave no trace where nothing is found, where there are several targets. */
  readonly asked?: readonly number[]
  /** Where it was not: the group for which it was, and what was found there holds here. */
  readonly sameAs?: number
  /** Its path is another on other targets: `<T as Run>::run` by what `T` is. */
  readonly namedByTarget?: true
  /** What it gives to who calls it; calls are indexes of `sites`. */
  readonly returns?: SymbolicValue<FunctionKey>
  /** How it works out what it works out; calls as above. */
  readonly recipe?: Recipe<number, RecipeConst<FunctionKey>>
}

/** Where something stands, in whom, and under which condition. */
export interface Site
  extends Pick<Reference, 'package' | 'file' | 'line' | 'column' | 'writtenAt' | 'cfg' | 'name' | 'literals'> {
  readonly function: number
  /** Of a call: what is known of its arguments; calls in them are indexes of `sites`. */
  readonly values?: readonly (SymbolicValue<FunctionKey> | null)[]
}

/** Who refers to what: the fields are those of a Reference. */
export interface ShareReference
  extends Pick<Reference, 'callee' | 'item' | 'aliases' | 'certainty' | 'found' | 'symbol' | 'ofTrait' | 'why'> {
  readonly at: number
  /** A function of the program; absent for std's and for what is not known. */
  readonly to?: FunctionKey
  /** The condition of the callee, beside that of the place. */
  readonly cfg?: CfgExpr
}

export interface ShareFact extends SyntacticFact {
  readonly function: number
}

/** What only the whole program can tell the meaning of. */
export interface OpenRecords {
  /** Units that this one can name, itself among them. */
  readonly visible: readonly string[]
  /** Units in which something stayed closed, a macro mostly: what they make and implement is not known. */
  readonly closed: readonly string[]
  /** Types of which values are made. */
  readonly made: readonly string[]
  /** Types of which whoever uses the library can make values: they count where the crate is what was asked about. */
  readonly offered: readonly string[]
  readonly calls: readonly OpenCall[]
  readonly impls: readonly OpenImpl[]
  readonly values: readonly UsedValue[]
  readonly valueCalls: readonly ValueCall[]
  readonly handed: readonly Handed[]
  readonly owned: readonly Owned[]
  readonly drops: readonly DropImpl[]
  readonly constReads: readonly ConstRead[]
  readonly casts: readonly GenericCall[]
  readonly reinterprets: readonly Reinterprets[]
  readonly fieldWrites: readonly FieldWrite[]
}

/** What a function writes to a field of a type of the program. */
export interface FieldWrite {
  readonly field: string
  readonly function: number
  readonly value: SymbolicValue<FunctionKey> | null
}

/** A call of a trait's function or constant whose impl is open. */
export interface OpenCall {
  readonly at: number
  /** The unit whose code is called in; empty for what std's derives wrote. */
  readonly unit: string
  readonly trait: string
  readonly name: string
  /** Which of an impl's functions: the one of that name; that, or where the impl leaves it to std's default all; or all. Or its constant. */
  readonly means: 'one' | 'default' | 'all' | 'const'
  readonly args: readonly string[]
  /** The type's own shape, where it is known. */
  readonly self: string
  /** Traits that the type has to implement too. */
  readonly bounds: readonly string[]
}

/** An impl of a trait: what an open call can lead to. */
export interface OpenImpl {
  readonly trait: string
  readonly self: string
  readonly args: readonly string[]
  /** The type of which a value must be made for the impl to count; absent: it always does. */
  readonly needs?: string
  /** Those that have code; of a derived impl none, since it calls its fields' own, which are candidates themselves. */
  readonly fns: readonly { readonly name: string; readonly key: FunctionKey; readonly takesSelf: boolean }[]
  /** Initialisers of its constants. */
  readonly consts: readonly { readonly name: string; readonly key: FunctionKey }[]
}

/** A function or closure that is used as a value. */
export interface UsedValue {
  readonly function: FunctionKey
  /** Parameters, then the result. */
  readonly signature: readonly string[]
}

/** A call of a value that is no closure of the same body. */
export interface ValueCall {
  readonly at: number
  /** The function whose body it stands in. */
  readonly function: number
  /** That function's type parameter, when the value's type is one. */
  readonly param?: number
  readonly signature: readonly string[]
}

/** A generic argument that is a function, or a parameter of the caller that is handed on. */
export interface Handed {
  readonly to: FunctionKey
  readonly param: number
  readonly value: { readonly function: FunctionKey; readonly param?: number }
}

/** Values that a function owns: whoever owns one runs its drop glue. */
export interface Owned {
  readonly at: number
  readonly types: readonly string[]
  /** The type was too large to be looked at in full. */
  readonly cut?: true
}

/** A type's own `Drop::drop`. */
export interface DropImpl {
  readonly type: string
  readonly drop: FunctionKey
}

/** A const or static is read, whose initialiser may refer to something. */
export interface ConstRead {
  readonly at: number
  readonly of: FunctionKey
}

/** A call of a generic function: for each of its parameters what the caller gives. */
export interface GenericCall {
  readonly at: number
  /** The function whose body it stands in. */
  readonly caller: number
  readonly callee: FunctionKey
  readonly args: readonly { readonly index: number; readonly isFunction: boolean; readonly params: readonly number[] }[]
}

/** A function that reinterprets bytes as what one of its type parameters stands for. */
export interface Reinterprets {
  readonly function: number
  readonly param: number
}
