/**
 * Columns of text: padding, cutting and lists that fit a width, measured as a terminal draws them (wide characters are
 * two columns). Text must be escaped before it comes here; colours are put on after it was measured.
 */
import stringWidth from 'string-width'

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

const ARROW = ' → '

/** `a → b → … → z`: the first and the last step always, as many of the others from the front as fit. */
export function fitPath(steps: readonly string[], width: number): string {
  const all = steps.join(ARROW)
  if (steps.length < 3 || widthOf(all) <= width) return cut(all, width)
  const last = steps[steps.length - 1] as string
  for (let shown = steps.length - 2; shown > 0; shown--) {
    const text = [...steps.slice(0, shown), '…', last].join(ARROW)
    if (widthOf(text) <= width) return text
  }
  return cut([steps[0], '…', last].join(ARROW), width)
}
