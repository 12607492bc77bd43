/**
 * `.gitattributes` that make a checkout hold other bytes than git's objects: a checkout is what cargo compiles, objects are
 * what is read of a revision. Which files a pattern is about is not worked out: each such line is told.
 *
 * Line endings are let pass: rustc reads both alike.
 */

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
