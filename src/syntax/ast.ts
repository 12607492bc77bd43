/**
 * The shape of one source text: items, types, patterns and expressions, in The Rust Reference's words.
 *
 * Plain, serialisable data; tree-sitter's nodes are never kept. `at` and `end` are offsets (UTF-16 code units) into
 * the text it was read from; that text may be a file or what a macro expanded to, see names/source.ts. Lifetimes are
 * left out: they say nothing of power. What could not be read stays as a node of kind `error` with its place.
 */
import type { CfgExpr } from '../base/index.js'

/** A node with a place: `at` is where it starts, `end` is just behind it. */
export interface Span {
  readonly at: number
  readonly end: number
}

/** One file's (or one expansion's) syntax. */
export interface FileFacts {
  readonly items: readonly Item[]
  /** Inner attributes of the file: `#![no_std]`, `#![cfg(..)]`. */
  readonly attrs: readonly Attr[]
  /** Function bodies, initialisers and other expressions that items refer to by index; read them with `readBody`. */
  readonly bodies: Bodies
  /** ERROR and MISSING nodes: text that the grammar could not read (law 1). */
  readonly errors: readonly Span[]
}

/** Index of an expression in `FileFacts.bodies`. */
export type BodyRef = number
/** Either plain expressions, or the same packed (see pack.ts): the two are told apart only there. */
export type Bodies = readonly Expr[] | PackedBodies
export interface PackedBodies {
  readonly ints: Int32Array
  readonly strings: readonly string[]
  /** Where each body starts in `ints`. */
  readonly starts: Int32Array
}

// ---------------------------------------------------------------- attributes

/** `#[name = "value"]`, `#[name(list)]`, `#[name]`; `unsafe(no_mangle)` is unwrapped, `cfg_attr` is spread. */
export interface Attr {
  readonly at: number
  readonly meta: Meta
  /** The predicate of the `cfg_attr` it came from. */
  readonly cfg?: CfgExpr
}
export interface Meta extends Span {
  /** The path as text, without spaces: `derive`, `tokio::main`. */
  readonly path: string
  /** The string of `= "value"`, decoded. */
  readonly value?: string
  /** What follows `=` when it is not a plain string literal: `doc = include_str!(..)`. */
  readonly expr?: Span
  /** The parts of `(..)`, where they are metas or literals; a literal has path '' and its value. */
  readonly list?: readonly Meta[]
  /** The text between the delimiters, whatever it is. */
  readonly tokens?: Span
}

/** What every node that can carry attributes has. `cfg` is the conjunction of its `#[cfg(..)]`s. */
export interface Conditional {
  readonly cfg?: CfgExpr
}

// ---------------------------------------------------------------- paths, types

export interface Path extends Span {
  /** `::a::b`. */
  readonly global: boolean
  /** `<ty as trait>::segments…` */
  readonly qself?: { readonly ty: TypeRef; readonly trait?: Path }
  /** At least one, but for a lone `<T>`-path in error. `$crate` stands as a segment of that name. */
  readonly segments: readonly PathSegment[]
}
export interface PathSegment {
  readonly name: string
  readonly at: number
  readonly args?: GenericArgs
}
export interface GenericArgs {
  /** Types and const arguments in order (lifetimes dropped). `Fn(A, B) -> C`: its inputs. */
  readonly args: readonly GenericArg[]
  /** `Item = T` and `Item: Bound`. */
  readonly bindings: readonly AssocBinding[]
  /** `Fn(A) -> R` sugar; the output is `()` when not written. */
  readonly parenthesized?: { readonly output?: TypeRef }
}
export type GenericArg = TypeRef | { readonly k: 'const'; readonly value: Expr }
export interface AssocBinding {
  readonly name: string
  readonly args?: GenericArgs
  readonly ty?: TypeRef
  readonly bounds: readonly Bound[]
}
export interface Bound {
  readonly path: Path
  /** `?Sized`: relaxes, so it says nothing. */
  readonly maybe: boolean
}

export type TypeRef =
  | { readonly k: 'path'; readonly path: Path }
  | { readonly k: 'ref' | 'ptr'; readonly mut: boolean; readonly ty: TypeRef }
  | { readonly k: 'slice'; readonly ty: TypeRef }
  | { readonly k: 'array'; readonly ty: TypeRef; readonly len: Expr }
  | { readonly k: 'tuple'; readonly tys: readonly TypeRef[] }
  | { readonly k: 'never' | 'infer' }
  | FnPtrType
  | { readonly k: 'dyn' | 'impl'; readonly bounds: readonly Bound[] }
  | { readonly k: 'macro'; readonly call: MacroCall }
  | ({ readonly k: 'error' } & Span)
export interface FnPtrType {
  readonly k: 'fn'
  readonly params: readonly TypeRef[]
  readonly ret?: TypeRef
  readonly unsafe: boolean
  readonly abi?: string
  readonly variadic: boolean
}

export interface Generics {
  readonly params: readonly GenericParam[]
  readonly where: readonly WherePredicate[]
}
export interface GenericParam extends Conditional {
  readonly k: 'type' | 'const'
  readonly name: string
  readonly at: number
  readonly bounds: readonly Bound[]
  /** A type parameter's default. */
  readonly default?: TypeRef
  /** A const parameter's type. */
  readonly ty?: TypeRef
  /** A const parameter's default. */
  readonly value?: Expr
}
export interface WherePredicate {
  readonly ty: TypeRef
  readonly bounds: readonly Bound[]
}

/** `name!(tokens)`; `tokens` is what stands between the delimiters. */
export interface MacroCall extends Span {
  readonly path: Path
  readonly delimiter: '(' | '[' | '{'
  readonly tokens: Span
}

// ---------------------------------------------------------------- items

export type Visibility =
  | { readonly k: 'inherited' | 'public' | 'crate' }
  /** `pub(in path)`, `pub(super)`, `pub(self)`: segments as written. */
  | { readonly k: 'in'; readonly path: readonly string[] }

interface ItemBase extends Span, Conditional {
  readonly name: string
  readonly nameAt: number
  readonly vis: Visibility
  readonly attrs: readonly Attr[]
}
export interface FnItem extends ItemBase {
  readonly k: 'fn'
  readonly generics: Generics
  readonly self?: SelfParam
  readonly params: readonly Param[]
  readonly ret?: TypeRef
  readonly async: boolean
  readonly const: boolean
  readonly unsafe: boolean
  /** `safe fn` in an `unsafe extern` block. */
  readonly safe: boolean
  /** `extern "C" fn`: its ABI, "C" when not named. */
  readonly abi?: string
  readonly variadic: boolean
  readonly body?: BodyRef
}
/** `self`, `&self`, `&mut self`, `self: T`. */
export interface SelfParam extends Conditional {
  readonly at: number
  readonly ref: boolean
  readonly mut: boolean
  /** The type of `self: T`. */
  readonly ty?: TypeRef
}
export interface Param extends Conditional {
  readonly pat: Pat
  readonly ty: TypeRef
}
export type Shape = 'named' | 'tuple' | 'unit'
export interface Field extends Conditional {
  /** The index as text in a tuple struct. */
  readonly name: string
  readonly at: number
  readonly vis: Visibility
  readonly ty: TypeRef
  readonly attrs: readonly Attr[]
  /** Default field values (unstable). */
  readonly default?: BodyRef
}
export interface StructItem extends ItemBase {
  readonly k: 'struct' | 'union'
  readonly generics: Generics
  readonly shape: Shape
  readonly fields: readonly Field[]
}
export interface VariantItem extends Span, Conditional {
  readonly name: string
  readonly attrs: readonly Attr[]
  readonly shape: Shape
  readonly fields: readonly Field[]
  readonly discriminant?: BodyRef
}
export interface EnumItem extends ItemBase {
  readonly k: 'enum'
  readonly generics: Generics
  readonly variants: readonly VariantItem[]
}
export interface TraitItem extends ItemBase {
  readonly k: 'trait'
  readonly generics: Generics
  readonly supertraits: readonly Bound[]
  readonly unsafe: boolean
  readonly auto: boolean
  /** `trait A = B + C;` (unstable): the bounds are the supertraits. */
  readonly alias: boolean
  readonly items: readonly Item[]
}
export interface ImplItem extends ItemBase {
  readonly k: 'impl'
  readonly generics: Generics
  readonly trait?: Path
  /** `impl !Send for T`. */
  readonly negative: boolean
  readonly unsafe: boolean
  readonly self: TypeRef
  readonly items: readonly Item[]
}
export interface TypeAliasItem extends ItemBase {
  readonly k: 'type'
  readonly generics: Generics
  /** Bounds of an associated type. */
  readonly bounds: readonly Bound[]
  /** Absent for an associated type without default and for foreign types. */
  readonly ty?: TypeRef
}
export interface ConstItem extends ItemBase {
  readonly k: 'const'
  readonly generics: Generics
  readonly ty: TypeRef
  readonly body?: BodyRef
}
export interface StaticItem extends ItemBase {
  readonly k: 'static'
  readonly mut: boolean
  readonly ty: TypeRef
  readonly body?: BodyRef
}
export interface ModItem extends ItemBase {
  readonly k: 'mod'
  /** Absent for `mod m;`. */
  readonly items?: readonly Item[]
  readonly innerAttrs: readonly Attr[]
}
export interface UseItem extends ItemBase {
  readonly k: 'use'
  readonly tree: UseTree
}
export interface UseTree extends Span {
  /** `::{..}` or `::a`. */
  readonly global: boolean
  /** Names of the prefix, or of the whole path for a leaf; `self`, `super`, `crate`, `$crate` are names here. */
  readonly path: readonly { readonly name: string; readonly at: number }[]
  readonly tail:
    | { readonly k: 'leaf'; readonly alias?: string }
    | { readonly k: 'glob' }
    | { readonly k: 'list'; readonly trees: readonly UseTree[] }
}
export interface ExternCrateItem extends ItemBase {
  readonly k: 'extern crate'
  readonly alias?: string
}
export interface ForeignModItem extends ItemBase {
  readonly k: 'extern'
  readonly abi: string
  readonly items: readonly Item[]
}
/** `macro_rules! name {..}` or `macro name(..) {..}`; `rules` is the text between the outer delimiters. */
export interface MacroDefItem extends ItemBase {
  readonly k: 'macro def'
  readonly decl2: boolean
  /** For `macro name(params) {body}`: the params; a `macro` with rules in braces has none. */
  readonly params?: Span
  readonly rules: Span
}
export interface MacroCallItem extends ItemBase {
  readonly k: 'macro call'
  readonly call: MacroCall
}
/** Text that is no item; also what stands in `FileFacts.errors`. */
export interface ErrorItem extends ItemBase {
  readonly k: 'error'
}
export type Item =
  | FnItem
  | StructItem
  | EnumItem
  | TraitItem
  | ImplItem
  | TypeAliasItem
  | ConstItem
  | StaticItem
  | ModItem
  | UseItem
  | ExternCrateItem
  | ForeignModItem
  | MacroDefItem
  | MacroCallItem
  | ErrorItem

// ---------------------------------------------------------------- patterns

export type Pat = PatKind & Span
type PatKind =
  | { readonly k: 'wild' | 'rest' | 'never' }
  /** `x`, `ref mut x @ sub`. A lone `x` may also be a const or a unit struct: names decides. */
  | { readonly k: 'bind'; readonly name: string; readonly ref: boolean; readonly mut: boolean; readonly sub?: Pat }
  | { readonly k: 'path'; readonly path: Path }
  | { readonly k: 'tuple struct'; readonly path: Path; readonly pats: readonly Pat[] }
  | { readonly k: 'struct'; readonly path: Path; readonly fields: readonly FieldPat[]; readonly rest: boolean }
  | { readonly k: 'tuple' | 'slice' | 'or'; readonly pats: readonly Pat[] }
  | { readonly k: 'ref'; readonly mut: boolean; readonly pat: Pat }
  | { readonly k: 'box'; readonly pat: Pat }
  /** A literal, a negated one, or a `const {}` block. */
  | { readonly k: 'expr'; readonly expr: Expr }
  | { readonly k: 'range'; readonly from?: Expr; readonly to?: Expr }
  | { readonly k: 'macro'; readonly call: MacroCall }
  | { readonly k: 'error' }
export interface FieldPat extends Conditional {
  readonly name: string
  readonly at: number
  readonly pat: Pat
}

// ---------------------------------------------------------------- expressions

export type Literal =
  | { readonly k: 'int'; readonly suffix?: string; readonly value: string }
  | { readonly k: 'float'; readonly suffix?: string }
  | { readonly k: 'bool' | 'char' | 'byte' }
  /** `value` is decoded, cut at 4,096 characters. */
  | { readonly k: 'str' | 'bytes' | 'cstr'; readonly value: string }

export type UnaryOp = '*' | '!' | '-'
/** As written, `=` and `&&` apart (see the kinds `assign` and `lazy`). */
export type BinaryOp =
  | '+'
  | '-'
  | '*'
  | '/'
  | '%'
  | '&'
  | '|'
  | '^'
  | '<<'
  | '>>'
  | '=='
  | '!='
  | '<'
  | '<='
  | '>'
  | '>='

export type Expr = ExprKind & Span & Conditional
type ExprKind =
  | { readonly k: 'path'; readonly path: Path }
  | { readonly k: 'lit'; readonly lit: Literal }
  | { readonly k: 'call'; readonly callee: Expr; readonly args: readonly Expr[] }
  | {
      readonly k: 'method'
      readonly receiver: Expr
      readonly name: string
      readonly nameAt: number
      readonly generics?: GenericArgs
      readonly args: readonly Expr[]
    }
  /** `.0` has the name '0'. */
  | { readonly k: 'field'; readonly base: Expr; readonly name: string; readonly nameAt: number }
  | { readonly k: 'index'; readonly base: Expr; readonly index: Expr }
  | { readonly k: 'unary'; readonly op: UnaryOp; readonly expr: Expr }
  | { readonly k: 'binary'; readonly op: BinaryOp; readonly opAt: number; readonly lhs: Expr; readonly rhs: Expr }
  | { readonly k: 'lazy'; readonly op: '&&' | '||'; readonly lhs: Expr; readonly rhs: Expr }
  /** `op` absent for plain `=`. */
  | { readonly k: 'assign'; readonly op?: BinaryOp; readonly opAt: number; readonly lhs: Expr; readonly rhs: Expr }
  /** `&e`, `&mut e`, `&raw const e`, `&raw mut e`. */
  | { readonly k: 'ref'; readonly mut: boolean; readonly raw: boolean; readonly expr: Expr }
  | { readonly k: 'cast'; readonly expr: Expr; readonly ty: TypeRef }
  | { readonly k: 'range'; readonly from?: Expr; readonly to?: Expr; readonly inclusive: boolean }
  | { readonly k: 'try'; readonly expr: Expr }
  | { readonly k: 'await'; readonly expr: Expr; readonly nameAt: number }
  /** `let PAT = EXPR` as a condition. */
  | { readonly k: 'let'; readonly pat: Pat; readonly expr: Expr }
  | { readonly k: 'if'; readonly cond: Expr; readonly then: Expr; readonly else?: Expr }
  | { readonly k: 'match'; readonly expr: Expr; readonly arms: readonly MatchArm[] }
  | { readonly k: 'loop'; readonly label?: string; readonly body: Expr }
  | { readonly k: 'while'; readonly label?: string; readonly cond: Expr; readonly body: Expr }
  | { readonly k: 'for'; readonly label?: string; readonly pat: Pat; readonly iter: Expr; readonly body: Expr }
  | Block
  | {
      readonly k: 'closure'
      readonly params: readonly { readonly pat: Pat; readonly ty?: TypeRef }[]
      readonly ret?: TypeRef
      readonly async: boolean
      readonly move: boolean
      readonly body: Expr
    }
  | { readonly k: 'tuple' | 'array'; readonly exprs: readonly Expr[] }
  | { readonly k: 'repeat'; readonly expr: Expr; readonly len: Expr }
  | { readonly k: 'struct'; readonly path: Path; readonly fields: readonly FieldInit[]; readonly base?: Expr }
  | { readonly k: 'return' | 'yield' | 'become'; readonly expr?: Expr }
  | { readonly k: 'break'; readonly label?: string; readonly expr?: Expr }
  | { readonly k: 'continue'; readonly label?: string }
  | { readonly k: 'underscore' }
  | { readonly k: 'macro'; readonly call: MacroCall }
  | { readonly k: 'error' }

export interface Block {
  readonly k: 'block'
  /** `unsafe {}`, `async {}`, `const {}`, `try {}`, `gen {}` or a plain block. */
  readonly mode: 'plain' | 'unsafe' | 'async' | 'const' | 'try' | 'gen'
  readonly label?: string
  readonly stmts: readonly Stmt[]
  /** The expression without semicolon at the end, when there is one. */
  readonly tail?: Expr
}
export interface MatchArm extends Conditional {
  readonly pat: Pat
  readonly guard?: Expr
  readonly body: Expr
}
export interface FieldInit extends Conditional {
  readonly name: string
  readonly at: number
  /** For the shorthand `S { x }` a path expression to `x`. */
  readonly expr: Expr
}
export type Stmt =
  | ({
      readonly k: 'let'
      readonly pat: Pat
      readonly ty?: TypeRef
      readonly init?: Expr
      readonly else?: Expr
    } & Span &
      Conditional)
  /** `semi` tells `f();` from a block-like expression without semicolon, whose type must be `()`. */
  | ({ readonly k: 'expr'; readonly expr: Expr; readonly semi: boolean } & Span & Conditional)
  /** `name! {..}` or `name!(..);` as a statement: it may expand to items and lets. */
  | ({ readonly k: 'macro'; readonly call: MacroCall; readonly semi: boolean } & Span & Conditional)
  | ({ readonly k: 'item'; readonly item: Item } & Span & Conditional)
