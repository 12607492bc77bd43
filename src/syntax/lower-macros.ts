/** Macro invocations (The Rust Reference, "Macro invocation"): where their input is. What it means, names finds out. */
import type { MacroCall } from './ast.js'
import { F, K } from './kinds.js'
import { lowerPath, NO_PATH } from './lower-paths.js'
import { childIn, childOf, endOf, type Lowering, spanOf, startOf, unreadable } from './lowering.js'

/** Lowers a `macro_invocation` node. */
export function lowerMacroCall(cx: Lowering, node: number): MacroCall {
  const name = childIn(cx, node, F.macro)
  const input = childOf(cx, node, K.token_tree)
  if (name < 0 || input < 0) unreadable(cx, node)
  const at = input < 0 ? endOf(cx, node) : startOf(cx, input)
  const end = input < 0 ? at : endOf(cx, input)
  const opener = cx.text[at]
  return {
    path: name < 0 ? NO_PATH : lowerPath(cx, name),
    delimiter: opener === '[' || opener === '{' ? opener : '(',
    tokens: input < 0 ? { at, end } : { at: at + 1, end: Math.max(at + 1, end - 1) },
    ...spanOf(cx, node),
  }
}
