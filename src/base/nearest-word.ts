/** Which known word was probably meant by one that is not known. */

import { checked } from './checked.js'

/** More than this share of the word's letters mistyped is another word. */
const MAX_MISTYPED = 0.4
/** Longer words are nobody's typing mistake, and measuring them would take long. */
const MAX_LENGTH = 100

/** The known word with the fewest differing letters, when few enough differ; the first of several. */
export function nearestWord(word: string, known: Iterable<string>): string | undefined {
  if (word.length > MAX_LENGTH) return undefined
  let best: string | undefined
  let bestDistance = Math.floor(Math.max(2, word.length * MAX_MISTYPED)) + 1
  for (const candidate of known) {
    const distance = distanceOf(word.toLowerCase(), candidate.toLowerCase())
    if (distance < bestDistance) [best, bestDistance] = [candidate, distance]
  }
  return best
}

/** Letters to insert, remove, replace, or exchange with their neighbour (optimal string alignment). */
function distanceOf(a: string, b: string): number {
  let before: number[] = []
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const same = a[i - 1] === b[j - 1]
      let cost = Math.min(checked(row[j]) + 1, checked(next[j - 1]) + 1, checked(row[j - 1]) + (same ? 0 : 1))
      if (a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) cost = Math.min(cost, checked(before[j - 2]) + 1)
      next.push(cost)
    }
    before = row
    row = next
  }
  return checked(row[b.length])
}
