/**
 * What a list of values in a policy covers. `*` is any text without `/`, `**` any text at all, `?` what is not known.
 *
 * A part that is not known may be anything, `../../etc` too: it is covered by the same text, or by a pattern that has `**`
 * in its place, and by no `*`. A path is compared as it is read: without `.`, and without what `..` takes back.
 */
import { posix } from 'node:path'
import type { Resource } from '../report/result.js'

/** In a list: what is not known, or concealed, is accepted. */
export const UNKNOWN_WORD = '?'

type Value = Omit<Resource, 'sites'>

/** Whether one of the words covers it. */
export function coversValue(words: readonly string[], resource: Value): boolean {
  // It was opened elsewhere, and is judged there.
  if (resource.kind === 'handle') return true
  return words.some((word) => coveredBy(word, resource))
}

function coveredBy(word: string, { kind, value, known, arguments: more = [] }: Value): boolean {
  // A text that is worked out may come out otherwise than here.
  if (known === 'unknown' || known === 'concealed') return word === UNKNOWN_WORD
  const texts = [value, ...(more.length > 0 ? [[value, ...more].join(' ')] : [])]
  if (known !== 'written') return texts.some((text) => text === word || fits(word, text.replaceAll(/[*$]/g, HOLE)))
  return texts.some((text) => text === word || fits(word, kind === 'path' ? posix.normalize(text) : text))
}

/** Stands for a part that is not known; no text of a pattern is it, and `*` does not take it. */
const HOLE = '\0'

function fits(pattern: string, text: string): boolean {
  if (!pattern.includes('*')) return pattern === text
  return matches(
    pattern.split(/(\*+)/).filter((part) => part !== ''),
    text,
  )
}

/** All ends that the parts so far can have: the length of the pattern times that of the text at most. */
function matches(parts: readonly string[], text: string): boolean {
  let ends = new Set([0])
  for (const part of parts) {
    const next = new Set<number>()
    if (!part.startsWith('*')) {
      for (const end of ends) if (text.startsWith(part, end)) next.add(end + part.length)
    } else {
      let open = false
      for (let end = 0; end <= text.length; end++) {
        const before = text.charAt(end - 1)
        if (part === '*' && end > 0 && (before === '/' || before === HOLE)) open = false
        open ||= ends.has(end)
        if (open) next.add(end)
      }
    }
    ends = next
  }
  return ends.has(text.length)
}

/** The word that covers a value and, as far as words can say, nothing else. */
export const wordOf = ({ value, known }: Value): string =>
  known === 'unknown' || known === 'concealed' ? UNKNOWN_WORD : value
