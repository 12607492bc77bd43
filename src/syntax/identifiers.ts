/** Identifiers (The Rust Reference, "Identifiers"): XID_Start or `_`, then XID_Continue. */

const START = /[\p{XID_Start}_]/uy
const PART = /\p{XID_Continue}/uy
const PARTS = /\p{XID_Continue}*/uy

function isAsciiPart(code: number): boolean {
  return (code >= 97 && code <= 122) || (code >= 65 && code <= 90) || (code >= 48 && code <= 57) || code === 95
}

/** Whether an identifier can start at `at`. */
export function isIdentifierStart(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return isAsciiPart(code) && !(code >= 48 && code <= 57)
  START.lastIndex = at
  return START.test(text)
}

/** Whether the character at `at` can go on an identifier. */
export function isIdentifierPart(text: string, at: number): boolean {
  const code = text.charCodeAt(at)
  if (code < 128) return isAsciiPart(code)
  PART.lastIndex = at
  return PART.test(text)
}

/** Just behind the identifier whose first character is at `at`. */
export function scanIdentifier(text: string, at: number): number {
  let end = at
  while (isAsciiPart(text.charCodeAt(end))) end++
  if (end < text.length && text.charCodeAt(end) >= 128) {
    PARTS.lastIndex = end
    PARTS.test(text)
    end = PARTS.lastIndex
  }
  return end
}

/** The name that an identifier spells: without a raw one's `r#`, normalized. */
export function bareName(text: string): string {
  const name = text.charCodeAt(0) === 114 && text.charCodeAt(1) === 35 ? text.slice(2) : text
  return normalized(name)
}

/** As rustc compares names: in normalization form C. */
export function normalized(name: string): string {
  return isAscii(name) ? name : name.normalize('NFC')
}

function isAscii(text: string): boolean {
  for (let at = 0; at < text.length; at++) if (text.charCodeAt(at) > 127) return false
  return true
}
