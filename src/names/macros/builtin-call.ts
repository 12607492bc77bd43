/** A call of a macro that the compiler expands itself, and the arguments in its tokens. */
import { checked } from '../../base/index.js'
import type { FragmentKind, MacroCall } from '../../syntax/index.js'
import type { CrateState, OwnModule } from '../crate-state.js'
import type { MacroDef } from '../defs.js'
import type { Source } from '../source.js'
import { exprEnd } from './fragment-expressions.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

/** All that expanding it may ask. */
export interface BuiltinCall {
  readonly state: CrateState
  readonly def: MacroDef
  readonly module: OwnModule
  readonly source: Source
  readonly call: MacroCall
  readonly as: FragmentKind
}

/** A piece of the call that is evaluated. */
export interface Argument {
  readonly at: number
  readonly end: number
  /** For a variable that a format string names: written out instead of the piece. */
  readonly capture?: string
  /** Of `name = …` in the arguments of a format string. */
  readonly name?: string
  /** Functions of std's formatting argument that make one of it: `new_display`, `new_debug`, … */
  readonly formattedBy?: readonly string[]
}

/** The pieces between commas. */
export function expressionList(buffer: TokenBuffer): readonly Argument[] {
  const out: Argument[] = []
  const { tokens } = buffer
  for (let at = 0; at < tokens.length; ) {
    const end = argumentEnd(buffer, at)
    const first = tokens[at]
    const last = tokens[end - 1]
    if (first && last && end > at) out.push({ at: first.at, end: last.end })
    at = end + 1
  }
  return out
}

/** The index of the comma behind the expression at `index`, or of the end. */
export function argumentEnd(buffer: TokenBuffer, index: number): number {
  const { tokens } = buffer
  const end = exprEnd(buffer, index, tokens.length, true)
  if (end >= tokens.length || (end > index && operatorAt(buffer, end, tokens.length) === ',')) return end
  for (let at = index; at < tokens.length; ) {
    if (tokens[at]?.text === ',') return at
    at = tokens[at]?.kind === 'open' ? checked(buffer.match[at]) + 1 : at + 1
  }
  return tokens.length
}
