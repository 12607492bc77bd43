/**
 * What the graph room hands on: every function (closures, statics, consts and initialisers too) and every reference
 * one makes to another, each with its place and condition. Nothing here knows what is dangerous.
 */
import type { CfgExpr, Stage } from '../base/index.js'
import type { UnitKind } from '../project/workspace.js'
import type { Code, Pattern, Recipe, RecipeConst } from '../types/recipe-code.js'
import type { UnresolvedReason } from '../types/unresolved-reason.js'
import type { SymbolicValue } from './symbolic-values.js'

export type { Code, Pattern, Recipe, RecipeConst }

export interface CallGraph {
  /** `functions[i].id === i`; ordered by package, file, offset. */
  readonly functions: readonly FunctionNode[]
  readonly references: readonly Reference[]
  readonly losses: readonly GraphLoss[]
  readonly stats: ResolutionStats
  /** What is written to fields, by `SymbolicValue`'s `member`; sorted. */
  readonly fields?: readonly FieldWrites[]
  /** By package: those that its library's users can call by way of it. */
  readonly exposes?: readonly { readonly package: string; readonly others: readonly string[] }[]
}

/** All that the program writes to a field. */
export interface FieldWrites {
  readonly field: string
  readonly writes: readonly { readonly from: number; readonly value: SymbolicValue | null }[]
}

export interface FunctionNode {
  readonly id: number
  readonly package: string
  readonly unit: UnitKind
  readonly stages: readonly Stage[]
  /** `walkdir::dent::DirEntry::metadata`, `<a::T as b::Tr>::f`; a closure is `outer::{closure}`. */
  readonly path: string
  /** Of a closure: the path of the function or initialiser that it stands in. */
  readonly outer?: string
  /** The module it stands in: `walkdir::dent`. */
  readonly module: string
  readonly kind: 'fn' | 'closure' | 'const' | 'static' | 'foreign fn' | 'module'
  readonly file: string
  readonly line: number
  readonly column: number
  readonly endLine: number
  /** Nameable from outside of its crate, or a trait's or public type's public method. */
  readonly public: boolean
  /** A `main` of a program or build script, a proc macro's entry, `#[no_mangle]`, an initialiser: where runs begin. */
  readonly entry: boolean
  readonly cfg: CfgExpr
  readonly unsafe: boolean
  /** What its own syntax does, whatever it calls. */
  readonly facts: readonly SyntacticFact[]
  /** What it gives to who calls it; of a const or static what it is initialised with. */
  readonly returns?: SymbolicValue
  /** How it works out what it works out, for each of the targets that do it otherwise; calls as in `Reference.call`. */
  readonly recipes?: readonly Recipe<number, RecipeConst<number>>[]
}

/** What is read from syntax and types, not from a path that a map names; the maps say which powers each kind has. */
export const FACT_KINDS = [
  'raw dereference',
  'static mut',
  'foreign static',
  'union field',
  'unsafe call',
  'transmute to function',
  'asm',
  'attribute',
  'build directive',
  'compiler read',
  'constant argument',
  'embedded data',
  'configuration',
] as const

export interface SyntacticFact {
  readonly kind: (typeof FACT_KINDS)[number]
  /** The attribute's name, the directive's key, the constant's name, …: what the maps may look at. */
  readonly what: string
  /** Of the function's package; another file than the function's when a macro of the package wrote it. */
  readonly file: string
  readonly line: number
  readonly column: number
  readonly cfg: CfgExpr
  /** Of a program that is started: its name and arguments, for the reader of a finding. */
  readonly literals?: readonly string[]
}

/** What a reference may lead to that is no function: the constructor of a tuple struct or variant, an initialiser that is read. */
export type NoFunction = 'constructor' | 'const' | 'static'

/** How the callee was found; for `caps stats`. */
export type Found = 'path' | 'method' | 'operator' | 'implicit' | 'dispatch' | 'value' | 'drop' | 'callback'

export interface Reference {
  readonly from: number
  /** Where the callee's own name stands, in the referring function's package: for text of another package's macro, the call of that macro. */
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** The place inside the other package's macro, when the name was written there. */
  readonly writtenAt?: {
    readonly package: string
    readonly file: string
    readonly line: number
    readonly column: number
  }
  /** The callee's path, always with its crate's name; null when it is not known. */
  readonly callee: string | null
  /** Absent when the callee is a function, or not known. */
  readonly item?: NoFunction
  /** Further spellings that maps may use for the same callee: its public path, the trait's own method. */
  readonly aliases: readonly string[]
  /** The callee in this graph; absent for std and for what is not known. */
  readonly to?: number
  readonly certainty: 'certain' | 'possible'
  readonly found: Found
  readonly cfg: CfgExpr
  /** The symbol of a foreign function: what the linker will look for. */
  readonly symbol?: string
  /** The callee is a trait's own function: whose impl runs, the type decides. */
  readonly ofTrait?: true
  /** Why the callee is not known. */
  readonly why?: Unresolved
  /** The name as written, for references whose callee is not known. */
  readonly name: string
  /** String literals handed over, first two arguments at most; of long ones a digest: for the reader of a finding. */
  readonly literals?: readonly string[]
  /** By what number values name the call; several references may be meant by one call. */
  readonly call?: number
  /** What is known of the arguments, the receiver of a method first. */
  readonly values?: readonly (SymbolicValue | null)[]
}

/** Why a reference has no callee; the failures that `caps stats` counts. */
export type Unresolved = UnresolvedReason

export interface GraphLoss {
  readonly kind: string
  readonly what: string
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** The last line of what it is about, where that is more than its own. */
  readonly endLine?: number
}

export interface ResolutionStats {
  /** References of kind path and method, written in source. */
  readonly references: number
  readonly exact: number
  readonly trait: number
  readonly value: number
  readonly unresolved: Readonly<Record<Unresolved, number>>
}
