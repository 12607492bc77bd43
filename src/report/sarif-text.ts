/**
 * Crate text and file names as SARIF wants them. In a SARIF message `{0}` is a placeholder and `[text](target)` a link
 * (SARIF 2.1.0, 3.11.5 and 3.11.6), in every string that holds crate text as well; a location is a URI.
 */
import { createHash } from 'node:crypto'
import { escapeText } from './escape.js'

/** Rustc's spelling of what has no name: `{closure#0}`. */
const UNNAMED = /\{([\w#]+)\}/g

/** A message in which crate text is text: no placeholder, no link, one line. */
export function sarifText(text: string): string {
  return escapeText(text)
    .replace(UNNAMED, '$1')
    .replace(/[{}]/g, (brace) => (brace === '{' ? '(' : ')'))
    .replace(/\]\(/g, '] (')
}

/** Half a surrogate pair, which no URI can hold. */
const HALF = /\p{Cs}/gu

/** A relative path as a relative URI; whatever the file is called, it stays one path. */
export function sarifUri(path: string): string {
  return path
    .split('/')
    .map((part) => encodeURIComponent(part.replace(HALF, '\ufffd')))
    .join('/')
}

/** A stable identity from the parts of a key: 16 hexadecimal digits, as GitHub's own fingerprints have. */
export function fingerprint(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 16)
}
