/**
 * Long tables of literals, taken out of what tree-sitter is shown.
 *
 * Generated tables of characters and code points are most of some crates (2.5 MB in one file), and each number in them is
 * a node: parsing one such file took longer than the hundreds of others around it. Literals have no power and refer to
 * nothing, so only the first of a run is parsed, which is what tells the array's element type. The text itself is
 * untouched: strings, macro input and every offset are read from it, so a run inside of those is still there.
 */

/** Shorter runs are not worth a new text. */
const SHORTEST_RUN = 24
/** White space that may stand between two tokens of a run; bounded, so that no text makes the search quadratic. */
const SPACE = '\\s{0,80}'
const NUMBER = '-?[0-9][0-9a-zA-Z_]{0,40}'
/**
 * One character, and none with a quote: a run that begins inside of a string or a comment then ends in it too, as neither
 * `"` nor `*` with `/` can be among its elements.
 */
const CHARACTER =
  "b?'(?:[^'\"\\\\\\n\\ud800-\\udfff]|[\\ud800-\\udbff][\\udc00-\\udfff]|\\\\(?:[nrt0\\\\']|x[0-9a-fA-F]{2}|u\\{[0-9a-fA-F_]{1,8}\\}))'"
const SIMPLE = `(?:${NUMBER}|${CHARACTER})`
const GROUP = `[[(]${SPACE}${SIMPLE}(?:${SPACE},${SPACE}${SIMPLE}){0,15},?${SPACE}[\\])]`
const ELEMENT = `(?:${SIMPLE}|${GROUP})${SPACE},${SPACE}`

/** One element of a run with its comma, at `lastIndex`. */
const NEXT = new RegExp(ELEMENT, 'y')
/** An array that begins with a run. */
const START = new RegExp(`\\[${SPACE}((?:${ELEMENT}){${SHORTEST_RUN}})`, 'g')

/** `text` with white space of the same length for all but the first element of each run of literals. */
export function withoutDataTables(text: string): string {
  let out = ''
  let copied = 0
  START.lastIndex = 0
  for (let run = START.exec(text); run; run = START.exec(text)) {
    if (inLineComment(text, run.index)) continue
    let end = START.lastIndex
    const from = endOfElement(text, end - (run[1] ?? '').length)
    for (let next = end; next >= 0; next = endOfElement(text, end)) end = next
    out += text.slice(copied, from) + blank(text.slice(from, end))
    copied = end
    START.lastIndex = end
  }
  return copied === 0 ? text : out + text.slice(copied)
}

/** A run that begins in a comment may go on behind it, among the arguments of a call; there each one counts. */
function inLineComment(text: string, at: number): boolean {
  return text.slice(text.lastIndexOf('\n', at) + 1, at).includes('//')
}

/** The end of the element at `at`; -1 when there is none. */
function endOfElement(text: string, at: number): number {
  NEXT.lastIndex = at
  return NEXT.test(text) ? NEXT.lastIndex : -1
}

/** White space of the same length; line breaks stay, so that a line comment still ends where it did. */
export function blank(text: string): string {
  return text.replace(/[^\n]/g, ' ')
}
