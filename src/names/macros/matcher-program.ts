/**
 * A rule's matcher as a flat list of steps, as rustc's `macro_parser` has it: groups are their two delimiters, a
 * repetition is a jump. Made once per rule; nothing is matched here.
 */
import { checked } from '../../base/index.js'
import type { Matcher, Repetition } from './rules.js'

export type Step =
  | { readonly k: 'token'; readonly text: string }
  | { readonly k: 'open' | 'close'; readonly text: string }
  | { readonly k: 'fragment'; readonly name: string; readonly kind: string }
  /** A repetition begins; `next` is the step behind it. */
  | { readonly k: 'enter'; readonly rep: Repetition<Matcher>; readonly next: number }
  /** A round is over; `first` is the repetition's first step inside. */
  | { readonly k: 'again'; readonly rep: Repetition<Matcher>; readonly first: number }
  | { readonly k: 'end' }

const CLOSING: Readonly<Record<string, string>> = { '(': ')', '[': ']', '{': '}' }
const known = new WeakMap<readonly Matcher[], readonly Step[]>()

/** The steps of a matcher; the answer is kept. */
export function stepsOf(matcher: readonly Matcher[]): readonly Step[] {
  const before = known.get(matcher)
  if (before) return before
  const out: Step[] = []
  write(matcher, out)
  out.push({ k: 'end' })
  known.set(matcher, out)
  return out
}

function write(list: readonly Matcher[], out: Step[]): void {
  for (const each of list) {
    if (each.k === 'group') {
      out.push({ k: 'open', text: each.open })
      write(each.inner, out)
      out.push({ k: 'close', text: checked(CLOSING[each.open]) })
    } else if (each.k === 'repeat') {
      const start = out.length
      out.push({ k: 'end' })
      write(each.inner, out)
      out.push({ k: 'again', rep: each, first: start + 1 })
      out[start] = { k: 'enter', rep: each, next: out.length }
    } else out.push(each)
  }
}
