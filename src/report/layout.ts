/**
 * Columns of text: padding, cutting and lists that fit a width, measured as a terminal draws them (wide characters are
 * two columns). Text must be escaped before it comes here; colours are put on after it was measured.
 */

import stringWidth from 'string-width'
import { checked } from '../base/index.js'

/** Lines that are told unless all of it is asked for: a screen has room for them, a head and what is counted below. */
export const SCREEN_LINES = 42

/** Columns that the text takes. */
export const widthOf = (text: string): number => stringWidth(text)

/** The text filled with spaces up to the width. */
export function padEnd(text: string, width: number): string {
  return text + ' '.repeat(Math.max(0, width - widthOf(text)))
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' })

/** The text, its end replaced by `…` when it is wider than `width`. */
export function cut(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  let out = ''
  let used = 1
  for (const { segment } of graphemes.segment(text)) {
    used += widthOf(segment)
    if (used > width) break
    out += segment
  }
  return `${out}…`
}

/** `a, b, c` or, when that is too wide, `a, b, 7 more`. The first is always there. */
export function fitList(items: readonly string[], width: number): string {
  const all = items.join(', ')
  if (items.length < 2 || widthOf(all) <= width) return cut(all, width)
  for (let shown = items.length - 1; shown > 1; shown--) {
    const text = `${items.slice(0, shown).join(', ')}, ${items.length - shown} more`
    if (widthOf(text) <= width) return text
  }
  return cut(`${items[0]}, ${items.length - 1} more`, width)
}

/** The text, its beginning replaced by `…` when it is wider than `width`: a place keeps its line before its directory. */
export function cutStart(text: string, width: number): string {
  if (widthOf(text) <= width) return text
  const out: string[] = []
  let used = 1
  for (const { segment } of [...graphemes.segment(text)].reverse()) {
    used += widthOf(segment)
    if (used > width) break
    out.unshift(segment)
  }
  return `…${out.join('')}`
}

/** `place  note  note`: the place first of all, then as much of the notes as fits. */
export function fitPlace(place: string, notes: readonly string[], width: number): string {
  return cut([cutStart(place, width), ...notes].join('  '), width)
}

/** A word in pieces of at most `width` columns. */
function pieces(word: string, width: number): readonly string[] {
  if (widthOf(word) <= width) return [word]
  const all: string[] = ['']
  for (const { segment } of graphemes.segment(word)) {
    const last = checked(all.at(-1))
    if (last !== '' && widthOf(last) + widthOf(segment) > width) all.push(segment)
    else all[all.length - 1] = last + segment
  }
  return all
}

/** The text in lines of at most `width` columns, broken at spaces, and a word that is longer wherever the line ends. */
export function wrapWords(text: string, width: number): readonly string[] {
  const lines: string[] = []
  for (const word of text.split(' ').flatMap((whole) => pieces(whole, width))) {
    const last = lines.at(-1)
    if (last !== undefined && widthOf(last) + 1 + widthOf(word) <= width) lines[lines.length - 1] = `${last} ${word}`
    else lines.push(word)
  }
  return lines
}

/** Narrower than this no text is broken into: a word a line is harder to read than a line that is too wide. */
const MIN_WRAPPED = 20

/**
 * A line that fits stays as it is; of any other, what is too much stands below it, indented as the line is and `hanging` columns
 * more.
 */
export function wrapLine(line: string, columns: number, hanging: number): readonly string[] {
  if (widthOf(line) <= columns) return [line]
  const [indent = ''] = /^ */.exec(line) ?? []
  const below = indent + ' '.repeat(hanging)
  const width = Math.max(MIN_WRAPPED, columns - widthOf(below))
  const [first = '', ...rest] = wrapWords(line.slice(indent.length), Math.max(MIN_WRAPPED, columns - widthOf(indent)))
  return [indent + first, ...wrapWords(rest.join(' '), width).map((text) => below + text)]
}

/** Items with commas, in lines of at most `width` columns; none is broken. */
export function wrapItems(items: readonly string[], width: number): readonly string[] {
  const lines: string[] = []
  for (const [index, item] of items.entries()) {
    const text = index < items.length - 1 ? `${item},` : item
    const last = lines.at(-1)
    if (last !== undefined && widthOf(last) + 1 + widthOf(text) <= width) lines[lines.length - 1] = `${last} ${text}`
    else lines.push(cut(text, width))
  }
  return lines
}

/** `title   facts` in one line, or where that is too wide the facts below it, wrapped; `paint` is for the title. */
export function headLines(
  title: string,
  facts: string,
  columns: number,
  paint: (text: string) => string,
): readonly string[] {
  if (widthOf(title) + 3 + widthOf(facts) <= columns) return [`${paint(title)}   ${facts}`]
  return [...wrapWords(title, columns).map(paint), ...wrapWords(facts, columns - 2).map((line) => `  ${line}`)]
}

/** Fewer columns beside the facts are too few for names. */
const MIN_LIST_COLUMNS = 20

/** `headLines` of a list of names: as many as fit beside the facts, or else above them. */
export function listHeadLines(
  names: readonly string[],
  facts: string,
  columns: number,
  paint: (text: string) => string,
): readonly string[] {
  const room = columns - widthOf(facts) - 3
  const beside = fitList(names, Math.max(room, 1))
  const isCut = room < MIN_LIST_COLUMNS || beside.endsWith('…')
  return headLines(isCut ? fitList(names, columns) : beside, facts, columns, paint)
}
