/**
 * Source lines around the places of a result, for formats that show code beside a path. Plain data; the lines are as the
 * file has them, and so hostile: whoever shows them escapes them for its medium (law 4).
 *
 * A result itself holds no source: it stays small, and whoever has only the JSON has no excerpts.
 */

/** Lines of one file that follow each other. */
export interface Excerpt {
  /** `name@version`. */
  readonly package: string
  /** Path inside the package. */
  readonly file: string
  /** Number of the first line, from 1. */
  readonly first: number
  readonly lines: readonly ExcerptLine[]
}

/** The whole line, or of a very long one the pieces around what is pointed at. */
export type ExcerptLine = string | CutLine

export interface CutLine {
  /** Characters (Unicode scalar values) of the whole line. */
  readonly length: number
  /** Sorted; what lies between them is left out. */
  readonly pieces: readonly { readonly column: number; readonly text: string }[]
}

export interface Excerpts {
  /** By package, file and line; two of one file neither overlap nor touch. */
  readonly list: readonly Excerpt[]
  /** Files that are named by a place and could not be read, with the reason. */
  readonly unread: readonly { readonly package: string; readonly file: string; readonly problem: string }[]
  /**
   * Where the signature of a declared function stands, when that is not its first line: comments and attributes stand
   * before it.
   */
  readonly signatures: readonly {
    readonly package: string
    readonly file: string
    readonly line: number
    readonly signature: number
  }[]
  /** Lines that were left out because all together would have been too long. */
  readonly omitted: number
}

/** Where something stands: the fields that steps, losses and unresolved references share. */
export interface Place {
  readonly package: string
  readonly file: string
  readonly line: number
  readonly column: number
  /** A function is declared here: its first line, which may be a comment. */
  readonly declares?: boolean
  /** The last of several lines that are meant. */
  readonly last?: number
}

/** Lines shown of the beginning of a file. */
const BEGINNING_LINES = 80

/** The beginning of a file as a place. */
export const beginningOf = (owner: string, file: string): Place => ({
  package: owner,
  file,
  line: 1,
  column: 0,
  last: BEGINNING_LINES,
})

/** The places of a path: its first step stands where its function is declared. */
export function placesOfPath<T extends Place>(path: readonly T[]): (T & Place)[] {
  return path.map((step, index) => (index === 0 && path.length > 1 ? { ...step, declares: true } : step))
}

/** Lines shown before and after the one that is meant. */
export const CONTEXT_LINES = 3

export const NO_EXCERPTS: Excerpts = { list: [], unread: [], signatures: [], omitted: 0 }
