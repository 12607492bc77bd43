/**
 * `.gitattributes` that make a checkout hold other bytes than git's objects: a checkout is what cargo compiles, objects are
 * what is read of a revision. Each such line is told, whatever files its pattern is about; files that any of them has in another
 * encoding are as good as unread, since there are encodings in which a letter becomes a brace.
 *
 * Line endings are let pass: rustc reads both alike.
 */

import ignore from 'ignore'

const TOLD = /^(?:(?:working-tree-encoding|filter)(?:=|$)|ident$)/

/** What is to be told of a `.gitattributes`: a line number and the attribute each. */
export function checkoutAttributes(text: string): readonly { readonly line: number; readonly attribute: string }[] {
  return text.split('\n').flatMap((line, index) => {
    // A pattern, which may stand in quotes, and the attributes.
    const [, attributes = ''] = /^\s*(?:"(?:[^"\\]|\\.)*"|[^\s#]\S*)((?:\s+\S+)*)\s*$/.exec(line) ?? []
    const attribute = attributes.split(/\s+/).find((word) => TOLD.test(word))
    return attribute === undefined ? [] : [{ line: index + 1, attribute }]
  })
}

/** Whether a line of a `.gitattributes` gives a file another encoding. `path`: from the directory of that file. */
export function encodedByAttributes(text: string): (path: string) => boolean {
  const macros = new Set(['working-tree-encoding'])
  const patterns: string[] = []
  for (const line of text.split('\n')) {
    const [, quoted, plain = '', rest = ''] =
      /^\s*(?:"((?:[^"\\]|\\.)*)"|([^\s#]\S*))((?:\s+\S+)*)\s*$/.exec(line) ?? []
    const sets = rest.split(/\s+/).some((word) => macros.has(word.split('=', 1)[0] ?? ''))
    if (!sets) continue
    // A name for several attributes, which lines below give to files.
    if (plain.startsWith('[attr]')) macros.add(plain.slice('[attr]'.length))
    else patterns.push(quoted ?? plain)
  }
  if (patterns.length === 0) return () => false
  // Patterns of attributes are those of ignored files, but that they are about files alone.
  const matcher = ignore().add(patterns)
  return (path) => matcher.ignores(path)
}
