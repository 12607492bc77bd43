/**
 * Where a piece of syntax was written. A `Source` is a text with its facts: a file of a package, or what a macro
 * expanded to. Offsets in an AST mean a place in their Source; this file leads an expansion's offsets back to the
 * file, line and column that a person can open, and keeps the hygiene of macro_rules (law 6).
 */
import { checked } from '../base/index.js'
import type { FileFacts } from '../syntax/index.js'
import type { Crate } from './defs.js'
import type { Visits } from './visits.js'

export interface Source {
  /** Unique and rising in one analysis. */
  readonly id: number
  readonly text: string
  readonly facts: FileFacts
  readonly origin: FileOrigin | ExpansionOrigin
  /** Set where the analysis is watched. */
  readonly visits?: Visits | undefined
}
export interface FileOrigin {
  readonly k: 'file'
  /** Package id; `std` for the std model. */
  readonly package: string
  /** Path inside the package, with `/`. */
  readonly path: string
  /** Offsets at which lines start. */
  readonly lineStarts: Int32Array
  /** For a text put together from parts of other files, the std model's: where each part was written, by `start`. */
  readonly pieces?: readonly TextPiece[]
}
export interface TextPiece {
  readonly start: number
  readonly file: string
  readonly line: number
  readonly column: number
}
export interface ExpansionOrigin {
  readonly k: 'expansion'
  /** Name of the macro, for messages. */
  readonly macro: string
  /** The call: a place in another source. */
  readonly callSource: Source
  readonly callAt: number
  /** How many expansions this one is nested in; bounded by EXPANSION_DEPTH_LIMIT. */
  readonly depth: number
  /** Sorted by `start`; covers the whole text. */
  readonly segments: readonly Segment[]
  /** What a macro captured as a whole (`$e:expr`), sorted by `at`, outer ones first: rules match no tokens inside. */
  readonly opaque: readonly CapturedSpan[]
}
/** Text that a macro captured as a whole; empty only for a visibility. */
export interface CapturedSpan {
  readonly at: number
  readonly end: number
  readonly kind: string
}
/** A run of an expansion's text that was copied from one place of a file. */
export interface Segment {
  readonly start: number
  /** Always a file's source: nested expansions are led back when the tokens are taken. */
  readonly source: Source
  readonly at: number
  readonly hygiene: Hygiene | undefined
  /** This token is `$crate`, of that crate. */
  readonly dollarCrate?: Crate
}
/** The mark of tokens that one expansion took from its macro's definition; undefined: written by hand in a file. */
export interface Hygiene {
  readonly id: number
  /** The mark that the tokens had in the definition. */
  readonly parent: Hygiene | undefined
  /** The crate whose macro wrote the tokens. */
  readonly definer: Crate
  /** Where the rules of that macro were written: what is local to them are the variables before that place. */
  readonly macro?: { readonly source: Source; readonly at: number }
}

/** A place to show: line and column count from 1, the column in Unicode characters. */
export interface Place {
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Offsets at which each line of a text begins. */
export function lineStartsOf(text: string): Int32Array {
  const starts = [0]
  for (let i = text.indexOf('\n'); i >= 0; i = text.indexOf('\n', i + 1)) starts.push(i + 1)
  return Int32Array.from(starts)
}

/** The segment that the offset lies in; undefined in a file's source. */
export function segmentAt(source: Source, at: number): Segment | undefined {
  if (source.origin.k === 'file') return undefined
  const { segments } = source.origin
  return segments[segmentIndexAt(segments, at)]
}

/** The index of the segment of an expansion that the offset lies in. */
export function segmentIndexAt(segments: readonly Segment[], at: number): number {
  return lastAt(segments.length, (i) => checked(segments[i]).start <= at)
}

/** The hygiene mark of the identifier at the offset. */
export function hygieneAt(source: Source, at: number): Hygiene | undefined {
  return segmentAt(source, at)?.hygiene
}

/** The edition of who wrote the token at the offset, in a text of a crate of edition `own`. */
export function writtenIn(source: Source, at: number, own: number): number {
  return segmentAt(source, at)?.hygiene?.definer.edition ?? own
}

/** The file's source and the offset in it that a place of any source was written at. */
export function rootOf(source: Source, at: number): { readonly source: Source; readonly at: number } {
  const segment = segmentAt(source, at)
  return segment ? { source: segment.source, at: segment.at + (at - segment.start) } : { source, at }
}

/** The file that the outermost macro call, by which the text was made, stands in; the text's own when it is a file's. */
export function callingFile(source: Source): FileOrigin {
  let at = source
  while (at.origin.k === 'expansion') at = at.origin.callSource
  return at.origin
}

/** The place to show for an offset of any source. */
export function placeOf(source: Source, at: number): Place {
  const root = rootOf(source, at)
  const origin = root.source.origin as FileOrigin
  const { line, column } = positionIn(root.source.text, origin.lineStarts, root.at)
  const { pieces = [] } = origin
  const piece = pieces[lastAt(pieces.length, (i) => checked(pieces[i]).start <= root.at)]
  if (!piece) return { package: origin.package, file: origin.path, line, column }
  const begin = positionIn(root.source.text, origin.lineStarts, piece.start)
  return {
    package: origin.package,
    file: piece.file,
    line: piece.line + line - begin.line,
    column: line === begin.line ? piece.column + column - begin.column : column,
  }
}

/** The last index below `length` for which the rising condition holds; 0 when for none. */
function lastAt(length: number, holds: (index: number) => boolean): number {
  let low = 0
  let high = length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (holds(middle)) low = middle
    else high = middle - 1
  }
  return low
}

function positionIn(text: string, starts: Int32Array, at: number): { readonly line: number; readonly column: number } {
  const line = lastAt(starts.length, (i) => checked(starts[i]) <= at)
  return { line: line + 1, column: columnOf(text, checked(starts[line]), at) }
}

/** Characters between two offsets, plus one; a surrogate pair is one character. */
function columnOf(text: string, from: number, to: number): number {
  let column = 1
  for (let i = from; i < to; i++) {
    const unit = text.charCodeAt(i)
    if (unit < 0xdc00 || unit > 0xdfff) column++
  }
  return column
}
