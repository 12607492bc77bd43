/** Builds the text of an expansion out of pieces of other texts, and remembers for each where it was written. */
import { checked } from '../../base/index.js'
import type { Crate } from '../defs.js'
import type { CapturedSpan, Hygiene, Segment, Source } from '../source.js'

export interface ExpansionText {
  readonly parts: string[]
  readonly segments: Segment[]
  readonly opaque: CapturedSpan[]
  length: number
}
/** What becomes of a token's mark when it is copied. */
export type Marking = (hygiene: Hygiene | undefined) => Hygiene | undefined

export const KEEP_MARKS: Marking = (hygiene) => hygiene

export function newExpansionText(): ExpansionText {
  return { parts: [], segments: [], opaque: [], length: 0 }
}

/** Copies `source.text[at..end]`, led back to the files it came from. A space keeps it apart from what is before. */
export function copyText(out: ExpansionText, source: Source, at: number, end: number, marking: Marking): void {
  if (end <= at) return
  space(out)
  const shift = out.length - at
  if (source.origin.k === 'file') out.segments.push({ start: out.length, source, at, hygiene: marking(undefined) })
  else {
    const { segments } = source.origin
    for (let i = segmentIndex(segments, at); i < segments.length; i++) {
      const segment = checked(segments[i])
      if (segment.start >= end) break
      const from = Math.max(segment.start, at)
      out.segments.push({
        start: from + shift,
        source: segment.source,
        at: segment.at + (from - segment.start),
        hygiene: marking(segment.hygiene),
        ...(segment.dollarCrate ? { dollarCrate: segment.dollarCrate } : {}),
      })
    }
  }
  if (source.origin.k === 'expansion') copyCaptured(out, source.origin.opaque, at, end, shift)
  out.parts.push(source.text.slice(at, end))
  out.length += end - at
}

/** The captures that lie in what is copied go along. */
function copyCaptured(
  out: ExpansionText,
  spans: readonly CapturedSpan[],
  at: number,
  end: number,
  shift: number,
): void {
  for (let i = firstFrom(spans, at); i < spans.length; i++) {
    const span = checked(spans[i])
    if (span.at >= end) return
    if (span.end <= end) out.opaque.push({ at: span.at + shift, end: span.end + shift, kind: span.kind })
  }
}

/** The index of the first span that begins at the offset or behind it. */
function firstFrom(spans: readonly CapturedSpan[], at: number): number {
  let low = 0
  let high = spans.length
  while (low < high) {
    const middle = (low + high) >> 1
    if (checked(spans[middle]).at < at) low = middle + 1
    else high = middle
  }
  return low
}

/** Writes text that stands nowhere, with the place and mark of the token at `at`. */
export function writeText(
  out: ExpansionText,
  text: string,
  source: Source,
  at: number,
  marking: Marking,
  dollarCrate?: Crate,
): void {
  space(out)
  const origin =
    source.origin.k === 'file' ? undefined : source.origin.segments[segmentIndex(source.origin.segments, at)]
  out.segments.push({
    start: out.length,
    source: origin ? origin.source : source,
    at: origin ? origin.at + (at - origin.start) : at,
    hygiene: marking(origin?.hygiene),
    ...(dollarCrate ? { dollarCrate } : {}),
  })
  out.parts.push(text)
  out.length += text.length
}

function space(out: ExpansionText): void {
  if (out.length === 0) return
  out.parts.push(' ')
  out.length++
}

/** The segment that the offset lies in. */
function segmentIndex(segments: readonly Segment[], at: number): number {
  let low = 0
  let high = segments.length - 1
  while (low < high) {
    const middle = (low + high + 1) >> 1
    if (checked(segments[middle]).start <= at) low = middle
    else high = middle - 1
  }
  return low
}
