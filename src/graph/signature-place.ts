/**
 * Where an item that went through a macro stands. A macro may put attributes before an item that it was handed
 * (`$(#[cfg(…)] $item)*`): the item's text then begins in the macro's definition, and the item itself does not. Its
 * place is its own signature, with what its writer put before it.
 *
 * What the macro wrote itself (`pub fn $name() {}`) stays where it was written, and where its writer handed over only a
 * beginning (`$vis fn …`), that is the place.
 */
import { checked } from '../base/index.js'
import { type Segment, type Source, segmentIndexAt } from '../names/index.js'
import type { FnItem } from '../syntax/index.js'

type Named = Pick<FnItem, 'at' | 'nameAt'> & { readonly k: string }

/** The offset of the item's first token that whoever wrote its keyword wrote without a break up to it. */
export function signatureStart(source: Source, item: Named): number {
  const { origin, text } = source
  if (origin.k === 'file') return item.at
  const keyword = text.lastIndexOf(item.k, item.nameAt - 1)
  if (keyword <= item.at) return item.at
  const { segments } = origin
  const behindDocs = (from: number, at: number): number => {
    let next = from
    while (next + 1 < segments.length && isDoc(segments[next])) next++
    const start = checked(segments[next]).start
    return next === from ? at : start + text.slice(start).search(/\S/)
  }
  let index = segmentIndexAt(segments, keyword)
  const own = checked(segments[index])
  const first = checked(segments[segmentIndexAt(segments, item.at)])
  // Marks rise: what has a later one was added to what came with an earlier one, or with none.
  if (markOf(first) <= markOf(own)) return behindDocs(segmentIndexAt(segments, item.at), item.at)
  while (markOf(segments[index - 1]) === markOf(own) && checked(segments[index - 1]).start >= item.at) index--
  return behindDocs(index, checked(segments[index]).start)
}

/** Written as a doc comment, which macros see as an attribute. */
const isDoc = (segment: Segment | undefined): boolean => segment?.source.text.charCodeAt(segment.at) === 47

/** Of what was written by hand: less than any. */
const markOf = (segment: Segment | undefined): number => (segment ? (segment.hygiene?.id ?? -1) : Number.NaN)
