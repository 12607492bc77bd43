/**
 * What a body computes, as far as it is made of pure operations, simple control flow and calls: a small program without names
 * and types, which whoever knows what the called functions do can run (capabilities/concealed). Plain data; calls and
 * constants are numbers in the lists of the recipe. What is not expressed is `unknown`, with the variables that it may change.
 */

export type Pattern =
  | { readonly k: 'any' }
  | { readonly k: 'rest' }
  | { readonly k: 'bind'; readonly n: number; readonly sub?: Pattern }
  | { readonly k: 'tuple' | 'slice' | 'or'; readonly of: readonly Pattern[] }
  /** A variant or struct by its name; `fields` where they are named. */
  | {
      readonly k: 'variant'
      readonly name: string
      readonly of: readonly Pattern[]
      readonly fields?: readonly string[]
    }
  | { readonly k: 'is'; readonly code: Code }
  | { readonly k: 'between'; readonly from?: Code; readonly to?: Code }
  /** It is not known what it matches. */
  | { readonly k: 'unknown' }

export type Code =
  | { readonly k: 'text' | 'bytes' | 'number' | 'char' | 'bool'; readonly text: string }
  /** An array of integers, with commas. */
  | { readonly k: 'numbers'; readonly text: string }
  | { readonly k: 'local' | 'const' | 'function'; readonly n: number }
  | { readonly k: 'call'; readonly n: number; readonly args: readonly Code[] }
  /** The call of a value: a closure that a variable holds. */
  | { readonly k: 'invoke'; readonly of: Code; readonly args: readonly Code[] }
  | { readonly k: 'make'; readonly name: string; readonly of: readonly Code[]; readonly fields?: readonly string[] }
  | { readonly k: 'closure'; readonly params: readonly Pattern[]; readonly body: Code }
  | { readonly k: 'array' | 'tuple' | 'joined'; readonly of: readonly Code[] }
  | { readonly k: 'repeat'; readonly of: Code; readonly times: Code }
  | { readonly k: 'range'; readonly from?: Code; readonly to?: Code; readonly inclusive: boolean }
  | { readonly k: 'index'; readonly of: Code; readonly at: Code }
  | { readonly k: 'field'; readonly of: Code; readonly name: string }
  | { readonly k: 'deref' | 'try'; readonly of: Code }
  | { readonly k: 'ref'; readonly of: Code; readonly mut: boolean }
  /** `type`: the integer type in which it is worked out, where it is one. */
  | { readonly k: 'unary'; readonly op: string; readonly of: Code; readonly type: string }
  | { readonly k: 'binary'; readonly op: string; readonly of: readonly [Code, Code]; readonly type: string }
  | { readonly k: 'cast'; readonly of: Code; readonly type: string }
  | { readonly k: 'assign'; readonly op?: string; readonly to: Code; readonly of: Code; readonly type: string }
  | { readonly k: 'let'; readonly pattern: Pattern; readonly of?: Code; readonly else?: Code }
  /** `let PATTERN = …` as a condition. */
  | { readonly k: 'matches'; readonly pattern: Pattern; readonly of: Code }
  | { readonly k: 'block'; readonly of: readonly Code[]; readonly label?: string; readonly gives: boolean }
  | { readonly k: 'if'; readonly cond: Code; readonly then: Code; readonly else?: Code }
  | {
      readonly k: 'match'
      readonly of: Code
      readonly arms: readonly { readonly pattern: Pattern; readonly guard?: Code; readonly body: Code }[]
    }
  | { readonly k: 'for'; readonly pattern: Pattern; readonly of: Code; readonly body: Code; readonly label?: string }
  | { readonly k: 'while'; readonly cond?: Code; readonly body: Code; readonly label?: string }
  | { readonly k: 'return' | 'break' | 'continue'; readonly of?: Code; readonly label?: string }
  | { readonly k: 'unknown'; readonly changes: readonly number[] }

/** `Call` and `Const`: how calls and constants are named where the recipe is. */
export interface Recipe<Call, Const> {
  readonly params: readonly Pattern[]
  readonly code: Code
  readonly calls: readonly Call[]
  readonly consts: readonly Const[]
}

/** A constant: the literal that it is, or the function that works it out. */
export type RecipeConst<Fn> = Code | { readonly k: 'initialiser'; readonly of: Fn }
