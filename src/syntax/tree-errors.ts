/**
 * Where the grammar could not read a text.
 *
 * Token trees count too: where the grammar and rustc disagree on what a token is, a delimiter may be missed and code
 * taken for a macro's input. But what is inside one is read by our own lexer, so when that finds every delimiter
 * matched, the grammar's trouble there (a lone `$` in macro rules) is none of ours.
 */

import type { Tree, TreeCursor } from 'web-tree-sitter'
import { checked } from '../base/index.js'
import type { Span } from './ast.js'
import type { Grammar } from './grammar.js'
import { K } from './kinds.js'
import { lex, matchDelimiters } from './lexer.js'

/** The ERROR and MISSING nodes of `tree`, which was parsed from `text`. Offsets have `base` subtracted. */
export function errorsOf(tree: Tree, { kinds }: Grammar, text: string, base: number): Span[] {
  if (!tree.rootNode.hasError) return []
  const errors: Span[] = []
  const cursor = tree.walk()
  try {
    for (;;) {
      const kind = checked(kinds[cursor.nodeTypeId])
      if (kind === K.ERROR || cursor.nodeIsMissing) {
        errors.push({ at: cursor.startIndex - base, end: cursor.endIndex - base })
      }
      if (!readByLexer(cursor, kind, text) && cursor.gotoFirstChild()) continue
      while (!cursor.gotoNextSibling()) if (!cursor.gotoParent()) return errors
    }
  } finally {
    cursor.delete()
  }
}

/** Whether the node is one whose inside the lexer reads, and the lexer can read it. */
function readByLexer(cursor: TreeCursor, kind: number, text: string): boolean {
  if (kind !== K.token_tree && kind !== K.macro_definition && kind !== K.macro_definition_v2) return false
  const tokens = lex(text, cursor.startIndex, cursor.endIndex)
  return matchDelimiters(tokens) !== undefined && tokens.every((token) => token.kind !== 'error')
}
