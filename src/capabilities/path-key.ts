/**
 * The grammar of the paths that map rows and references are compared by: parser and printer.
 *
 *     std::fs::read                          an item, or an inherent function by its type's path
 *     <std::fs::File>::open                  the same with the type in brackets (needed for `<[]>::sort`)
 *     <std::fs::File as std::io::Read>::read a trait's function for a type
 *     <_ as std::io::Read>::read             a trait's function for whatever type
 *
 * rustc's own spellings are read too: generic arguments (dropped), `core::str::<impl str>::len`,
 * `a::<impl Tr for X>::f`, `r#type`, `{closure#0}`. A key says nothing about whether the path exists, and no path of
 * a crate is known here. Which spellings mean the same thing is decided in path-match.ts.
 */
import { PathScanner } from './path-scanner.js'

/** The type in front of an associated function, as far as rows tell types apart: no generic arguments, no lifetimes. */
export type SelfType =
  | { readonly k: 'path'; readonly segments: readonly string[] }
  | { readonly k: 'any' }
  | { readonly k: 'ref'; readonly of: SelfType }
  /** `*const T` and `*mut T`; what they point to does not tell rows apart. */
  | { readonly k: 'pointer'; readonly mutable: boolean }
  | { readonly k: 'slice' }
  | { readonly k: 'array' }
  | { readonly k: 'tuple'; readonly of: readonly SelfType[] }
  /** `dyn Tr`, `impl Tr`, `fn()`, `!`: kept as text. */
  | { readonly k: 'other'; readonly text: string }

export interface PathKey {
  /** Present for the bracketed shapes. */
  readonly self?: SelfType
  /** Present for a trait's function; never without `self`. */
  readonly trait?: readonly string[]
  /** Everything behind the brackets, or the whole path; never empty. */
  readonly segments: readonly string[]
}

/** Longer texts are no path of a program but an attack on the parser. */
export const MAX_PATH_LENGTH = 4096

/** The key of a path in one of the shapes above; undefined when the text is none. */
export function parsePathKey(text: string): PathKey | undefined {
  if (text.length > MAX_PATH_LENGTH) return undefined
  const scanner = new PathScanner(text.trim())
  const key = readKey(scanner)
  return key !== undefined && scanner.atEnd() ? key : undefined
}

/** The self type or `self as trait` inside the brackets of an impl row, e.g. `<std::fs::File as std::io::Read>`. */
export function parseImplHead(text: string): Pick<PathKey, 'self' | 'trait'> | undefined {
  const key = parsePathKey(`${text}::_`)
  return key?.self && key.trait ? { self: key.self, trait: key.trait } : undefined
}

/** The text that `parsePathKey` reads back as the same key. */
export function printPathKey(key: PathKey): string {
  const rest = key.segments.join('::')
  if (!key.self) return rest
  const head = key.trait ? `${printSelfType(key.self)} as ${key.trait.join('::')}` : printSelfType(key.self)
  return `<${head}>::${rest}`
}

export function printSelfType(type: SelfType): string {
  switch (type.k) {
    case 'path':
      return type.segments.join('::')
    case 'any':
      return '_'
    case 'ref':
      return `&${printSelfType(type.of)}`
    case 'pointer':
      return type.mutable ? '*mut _' : '*const _'
    case 'slice':
      return '[]'
    case 'array':
      return '[;]'
    case 'tuple':
      return `(${type.of.map(printSelfType).join(', ')})`
    case 'other':
      return type.text
  }
}

function readKey(scanner: PathScanner): PathKey | undefined {
  if (scanner.peek() === '<') {
    const head = readBrackets(scanner)
    if (!head) return undefined
    const segments: string[] = []
    while (scanner.take('::')) if (!readSegment(scanner, segments)) return undefined
    return segments.length > 0 ? { ...head, segments } : undefined
  }
  scanner.take('::')
  const segments: string[] = []
  do {
    if (scanner.startsWith('<impl ')) {
      const head = readImpl(scanner)
      const rest: string[] = []
      while (scanner.take('::')) if (!readSegment(scanner, rest)) return undefined
      if (rest.length > 0) return head && { ...head, segments: rest }
      // `File::open::<impl AsRef<Path>>`: a generic argument, not an impl.
      return segments.length > 0 && scanner.atEnd() ? { segments } : undefined
    }
    if (!readSegment(scanner, segments)) return undefined
  } while (scanner.take('::'))
  return { segments }
}

/** `<X>` or `<X as Tr>` at the start of a path; `<impl Tr for X as Tr>` is no such thing. */
function readBrackets(scanner: PathScanner): Pick<PathKey, 'self' | 'trait'> | undefined {
  const inner = scanner.takeBracketed()
  if (inner === undefined || inner.trim() === '') return undefined
  const cut = new PathScanner(inner).indexOfAtTop(' as ')
  if (cut < 0) return { self: parseSelfType(inner) }
  const trait = parsePlainPath(inner.slice(cut + 4))
  return trait && { self: parseSelfType(inner.slice(0, cut)), trait }
}

/** rustc's `<impl X>` and `<impl Tr for X>` in the middle of a path; the module before it says nothing of the item. */
function readImpl(scanner: PathScanner): Pick<PathKey, 'self' | 'trait'> | undefined {
  const inner = scanner.takeBracketed()
  if (inner === undefined) return undefined
  const body = inner.slice('impl '.length)
  const cut = new PathScanner(body).indexOfAtTop(' for ')
  if (cut < 0) return { self: parseSelfType(body) }
  const trait = parsePlainPath(body.slice(0, cut))
  return trait && { self: parseSelfType(body.slice(cut + 5)), trait }
}

/** Appends the next segment without its generic arguments; false when there is none. */
function readSegment(scanner: PathScanner, into: string[]): boolean {
  const name = scanner.takeName()
  if (name === undefined) return scanner.peek() === '<' && scanner.takeBracketed() !== undefined && into.length > 0
  into.push(name)
  if (scanner.peek() === '<') return scanner.takeBracketed() !== undefined
  return true
}

function parsePlainPath(text: string): readonly string[] | undefined {
  const key = parsePathKey(text)
  return key && !key.self ? key.segments : undefined
}

/** Never fails: what is not understood stays as text, and matches only itself. */
function parseSelfType(text: string, depth = 0): SelfType {
  const type = text.trim()
  if (type === '_') return { k: 'any' }
  const other: SelfType = { k: 'other', text: type.replace(/\s+/g, ' ') }
  if (depth > MAX_TYPE_DEPTH) return other
  const ref = /^&\s*(?:'\w+\s+)?(?:mut\s+)?/.exec(type)
  if (ref) return { k: 'ref', of: parseSelfType(type.slice(ref[0].length), depth + 1) }
  const pointer = /^\*(const|mut)\s/.exec(type)
  if (pointer) return { k: 'pointer', mutable: pointer[1] === 'mut' }
  if (type.startsWith('[') && type.endsWith(']')) {
    return { k: new PathScanner(type.slice(1, -1)).indexOfAtTop(';') < 0 ? 'slice' : 'array' }
  }
  if (type.startsWith('(') && type.endsWith(')')) {
    const parts = new PathScanner(type.slice(1, -1)).splitAtTop(',')
    return { k: 'tuple', of: parts.map((part) => parseSelfType(part, depth + 1)) }
  }
  const segments = /^(?:dyn|impl|fn|for|unsafe|extern)\b[^:]/.test(type) ? undefined : parsePlainPath(type)
  return segments ? { k: 'path', segments } : other
}

/** `&&&&…T`: deeper types are left as text. */
const MAX_TYPE_DEPTH = 16
