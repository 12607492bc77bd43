/** What a way is, and the items that several ways share. */

export interface Way {
  readonly name: string
  /** The expression; `at` is the path of the module, `power` the power's expression. */
  readonly code: (at: string, power: string) => string
  /** The items of the module. */
  readonly items?: (at: string, power: string) => string
}

/** A type of the module whose items hang on it. */
export const TYPE = 'pub struct S; '
/** A function of the module that has the power. */
export const go = (power: string): string => `pub fn go() { let _ = ${power}; } `
/** A trait with one function, and an impl of it that has the power. */
export const tr = (power: string): string =>
  `${TYPE}pub trait Tr { fn run(&self); } impl Tr for S { fn run(&self) { let _ = ${power}; } } `
