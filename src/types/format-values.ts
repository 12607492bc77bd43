/**
 * The value of a format string (std::fmt, "Usage"): its text with the arguments in their places. What is formatted otherwise
 * than by `{}` is not known: width, precision and `{:?}` change the text.
 */
import { type BodyValue, joinedOf } from './body-values.js'

/** `names`: of those arguments that have one, captured variables among them; a place says nothing of an argument without. */
export function formatValue(
  format: string,
  args: readonly (BodyValue | undefined)[],
  names: readonly (string | undefined)[],
): BodyValue | undefined {
  const parts = formatParts(format, args, names).map((part): BodyValue | undefined =>
    typeof part === 'string' ? { k: 'text', text: part } : part,
  )
  return parts.length === 1 ? parts[0] : joinedOf(parts)
}

/** The text between the arguments, and the arguments where they stand; undefined for one that is formatted otherwise. */
export function formatParts<Arg extends object>(
  format: string,
  args: readonly (Arg | undefined)[],
  names: readonly (string | undefined)[],
): readonly (string | Arg | undefined)[] {
  const parts: (string | Arg | undefined)[] = []
  let next = 0
  let text = ''
  const put = (part: Arg | undefined): void => {
    if (text !== '') parts.push(text)
    text = ''
    parts.push(part)
  }
  for (const [piece, name = '', spec = ''] of format.matchAll(
    /\{\{|\}\}|\{\s*([^\s{}:]*)\s*(?::([^{}]*))?\}|[^{}]+|[{}]/g,
  )) {
    if (piece === '{{' || piece === '}}') text += piece.slice(1)
    else if (!piece.startsWith('{')) text += piece
    else {
      if (/\.\*/.test(spec)) next++
      const index = name === '' ? next++ : /^\d+$/.test(name) ? Number(name) : names.indexOf(name)
      put(spec.trim() === '' ? args[index] : undefined)
    }
  }
  if (text !== '') parts.push(text)
  return parts
}
