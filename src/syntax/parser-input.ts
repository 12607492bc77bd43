/** How a text is handed to tree-sitter: in pieces that its buffer takes. */

/** Just under what web-tree-sitter's buffer takes. */
const CHUNK = 5000

/** The next piece of the text for the parser, from an offset in UTF-16 code units. A character beyond U+FFFF must not be cut in half: it would be an error. */
export function chunk(text: string, from: number): string {
  const end = from + CHUNK
  const last = text.charCodeAt(end - 1)
  return text.slice(from, last >= 0xd800 && last < 0xdc00 ? end - 1 : end)
}
