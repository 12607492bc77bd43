/** What a macro call becomes. Without a word of how: what is known of a crate names it too (crate-state.ts). */
import type { Expr, Fragment } from '../../syntax/index.js'
import type { Loss } from '../defs.js'
import type { Source } from '../source.js'

/** What became of a macro call. Places in `fragment` and `args` are offsets into `source.text`. */
export type Expansion =
  | { readonly k: 'ok'; readonly source: Source; readonly fragment: Fragment }
  | {
      readonly k: 'builtin'
      readonly name: string
      readonly source: Source
      /** Everything in the call that is evaluated, variables that a format string captures among it. */
      readonly args: readonly Expr[]
      /** The first string literal: a format string, the name of an environment variable, a file. */
      readonly format?: string
      /** What the compiler itself reads for it, of the machine that builds: `env NAME`, `file PATH`. */
      readonly reads?: readonly string[]
      /** For each of `args`: the functions of std's formatting argument that the format string hands it to. */
      readonly formattedBy?: readonly (readonly string[])[]
      /** For each of `args`: what the format string calls it, where it has a name. */
      readonly argumentNames?: readonly (string | undefined)[]
      readonly fragment?: Fragment
    }
  /** What could be read of the tokens, if anything: an expression (a tuple of all that is one), statements or items. */
  | {
      readonly k: 'lost'
      readonly why: Loss
      readonly source?: Source
      readonly fragment?: Fragment
      /** As of a built-in macro: `include!` of what is no file of the package. */
      readonly reads?: readonly string[]
    }
