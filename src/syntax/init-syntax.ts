/** The room's beginning, apart from the grammar: whoever only reads our types needs none of the parser's. */
import { loadGrammar } from './grammar.js'

/** Loads the grammar; calling it again costs nothing. Throws when the wasm file is missing or does not fit. */
export function initSyntax(): Promise<void> {
  return loadGrammar()
}
