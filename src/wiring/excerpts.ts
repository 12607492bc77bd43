/**
 * Reads the source lines around places of a result, through the project room's trees: what a tree does not hold cannot
 * be named. Every amount has a limit; what a limit left out is counted, and a file that cannot be read is told of (law 1).
 */
import { checked, compareText } from '../base/index.js'
import type { Package, Workspace } from '../project/index.js'
import {
  CONTEXT_LINES,
  type CutLine,
  type Excerpt,
  type ExcerptLine,
  type Excerpts,
  type Place,
} from '../report/excerpts.js'

/** Characters of all lines together. A page of this size still opens at once. */
export const MAX_EXCERPT_CHARACTERS = 8_000_000
/** Characters of one line; of a longer one only its beginning and what is pointed at. Generated code has such lines. */
export const MAX_LINE_CHARACTERS = 400
/** Of a cut line: characters kept at its beginning, and on each side of a column that is pointed at. */
const KEPT_CHARACTERS = 80

/** Lines of comments and attributes that are stepped over to find a function's signature. */
const MAX_PREAMBLE_LINES = 200

export interface ExcerptLimits {
  readonly characters: number
}

interface RankedPlace extends Place {
  /** Number of the group that names it: lower is kept first. */
  readonly rank: number
}

interface ReadLine {
  readonly package: string
  readonly file: string
  readonly number: number
  readonly rank: number
  readonly line: ExcerptLine
  readonly cost: number
}

/**
 * The lines around all places. When together they would be more than the limit, those of the first groups are kept. A
 * place without a line (a whole file) gives none.
 */
export function excerptsOf(
  workspace: Pick<Workspace, 'packages'>,
  groups: readonly Iterable<Place>[],
  limits: ExcerptLimits = { characters: MAX_EXCERPT_CHARACTERS },
): Excerpts {
  const packages = new Map(workspace.packages.map((owner) => [owner.id, owner]))
  const unread: { package: string; file: string; problem: string }[] = []
  const signatures: Excerpts['signatures'][number][] = []
  const lines: ReadLine[] = []
  for (const [id, files] of sorted(placesByFile(groups))) {
    for (const [file, places] of sorted(files)) {
      const text = textOf(packages.get(id), file)
      if (typeof text !== 'string') {
        unread.push({ package: id, file, problem: text.problem })
        continue
      }
      const all = text.split(/\r?\n/)
      const found = signaturesOf(places, all)
      for (const [line, signature] of found) {
        if (signature !== line) signatures.push({ package: id, file, line, signature })
      }
      for (const line of wantedLines(places, all, found)) lines.push({ package: id, file, ...line })
    }
  }
  const { kept, omitted } = withinLimit(lines, limits.characters)
  return { list: joined(kept), unread, signatures, omitted }
}

function placesByFile(groups: readonly Iterable<Place>[]): Map<string, Map<string, RankedPlace[]>> {
  const packages = new Map<string, Map<string, RankedPlace[]>>()
  groups.forEach((places, rank) => {
    for (const place of places) {
      if (place.line === 0) continue
      const files = entry(packages, place.package, () => new Map<string, RankedPlace[]>())
      entry(files, place.file, (): RankedPlace[] => []).push({ ...place, rank })
    }
  })
  return packages
}

function textOf(owner: Package | undefined, file: string): string | { readonly problem: string } {
  const source = owner?.tree.read(file)
  if (!source) return { problem: 'is not among the files of the package' }
  return source.problem === undefined ? source.text : { problem: source.problem }
}

/** Of each first line of a declaration, the line that its signature begins on, from 1. */
function signaturesOf(places: readonly RankedPlace[], all: readonly string[]): ReadonlyMap<number, number> {
  const found = new Map<number, number>()
  for (const { declares, line } of places) {
    if (declares && !found.has(line)) found.set(line, signatureLine(all, line))
  }
  return found
}

/** The first line that is neither comment nor attribute: only what is shown depends on it, so a look at its start will do. */
function signatureLine(all: readonly string[], first: number): number {
  for (let line = first; line < first + MAX_PREAMBLE_LINES && line <= all.length; line++) {
    if (!/^\s*(?:$|\/\/|\/?\*|#)/.test(checked(all[line - 1]))) return line
  }
  return first
}

/** A place behind the file's end gives no line: it cannot be shown, and the page says so at the place. */
function wantedLines(
  places: readonly RankedPlace[],
  all: readonly string[],
  signatures: ReadonlyMap<number, number>,
): Omit<ReadLine, 'package' | 'file'>[] {
  const wanted = new Map<number, { rank: number; columns: number[] }>()
  for (const place of places) {
    const middle = (place.declares && signatures.get(place.line)) || place.line
    const last = Math.min(all.length, place.last ?? middle + CONTEXT_LINES)
    for (let number = Math.max(1, middle - CONTEXT_LINES); number <= last; number++) {
      const line = entry(wanted, number, () => ({ rank: place.rank, columns: [] }))
      if (number === place.line && place.column > 0) line.columns.push(place.column)
    }
  }
  return [...wanted]
    .sort(([a], [b]) => a - b)
    .map(([number, { rank, columns }]) => {
      const line = cutLine(checked(all[number - 1]), columns)
      const length =
        typeof line === 'string' ? line.length : line.pieces.reduce((sum, piece) => sum + piece.text.length, 0)
      return { number, rank, line, cost: length + 1 }
    })
}

/**
 * A long line as pieces: its beginning, and around each column that is pointed at. Code far to the right of many blanks
 * is an old trick; it must not be what is cut off.
 */
export function cutLine(text: string, columns: readonly number[]): ExcerptLine {
  if (text.length <= MAX_LINE_CHARACTERS) return text
  const characters = [...text]
  if (characters.length <= MAX_LINE_CHARACTERS) return text
  const pieces: { column: number; text: string }[] = []
  let end = 0
  const windows = columns.map((column) => [column - KEPT_CHARACTERS, column + KEPT_CHARACTERS] as const)
  for (const [from, to] of [[1, KEPT_CHARACTERS] as const, ...windows].sort(([a], [b]) => a - b)) {
    const start = Math.max(from - 1, end)
    const stop = Math.min(to, characters.length)
    if (stop <= start) continue
    const piece = characters.slice(start, stop).join('')
    const before = pieces.at(-1)
    if (before && start === end) before.text += piece
    else pieces.push({ column: start + 1, text: piece })
    end = stop
  }
  return { length: characters.length, pieces } satisfies CutLine
}

function withinLimit(
  lines: readonly ReadLine[],
  limit: number,
): { readonly kept: ReadLine[]; readonly omitted: number } {
  const total = lines.reduce((sum, { cost }) => sum + cost, 0)
  if (total <= limit) return { kept: [...lines], omitted: 0 }
  let left = limit
  const kept = new Set<ReadLine>()
  for (const line of [...lines].sort((a, b) => a.rank - b.rank)) {
    if (line.cost > left) break
    left -= line.cost
    kept.add(line)
  }
  return { kept: lines.filter((line) => kept.has(line)), omitted: lines.length - kept.size }
}

/** Lines that follow each other as one excerpt. */
function joined(lines: readonly ReadLine[]): Excerpt[] {
  const list: { package: string; file: string; first: number; lines: ExcerptLine[] }[] = []
  for (const { package: id, file, number, line } of lines) {
    const last = list.at(-1)
    if (last && last.package === id && last.file === file && last.first + last.lines.length === number)
      last.lines.push(line)
    else list.push({ package: id, file, first: number, lines: [line] })
  }
  return list
}

function entry<K, V>(map: Map<K, V>, key: K, make: () => V): V {
  let value = map.get(key)
  if (value === undefined) map.set(key, (value = make()))
  return value
}

const sorted = <V>(map: ReadonlyMap<string, V>): [string, V][] => [...map].sort(([a], [b]) => compareText(a, b))
