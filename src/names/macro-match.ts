/**
 * Matches a call's tokens against one rule. As in rustc a fragment is never given back once it is taken; a repetition
 * goes on as long as another round matches and ends before the round that does not.
 */
import { fragmentEnd } from './fragments.js'
import type { Matcher, Repetition } from './macro-rules.js'
import { operatorAt, type TokenBuffer } from './token-buffer.js'

export type Bound = Capture | Rounds
/** What a fragment took: offsets into the call's text. */
export interface Capture {
  readonly k: 'capture'
  readonly kind: string
  readonly at: number
  readonly end: number
  /** It is one token tree, so nothing around it can tear it apart. */
  readonly single: boolean
}
/** One entry for each round of a repetition. */
export interface Rounds {
  readonly k: 'rounds'
  readonly rounds: Bound[]
}
export type Bindings = Map<string, Bound>

/** Steps of one match; a call of a megabyte of tokens stays below. */
const MATCH_STEP_LIMIT = 4_000_000

interface Matching {
  readonly buffer: TokenBuffer
  steps: number
}

/** The bindings when all tokens match; undefined when they do not. */
export function matchRule(matcher: readonly Matcher[], buffer: TokenBuffer): Bindings | undefined {
  const bindings: Bindings = new Map()
  const end = buffer.tokens.length
  return sequence({ buffer, steps: 0 }, matcher, 0, end, bindings) === end ? bindings : undefined
}

/** Matches one after the other; the index behind, or -1. */
function sequence(cx: Matching, list: readonly Matcher[], from: number, end: number, bindings: Bindings): number {
  let at = from
  for (const [index, matcher] of list.entries()) {
    if (++cx.steps > MATCH_STEP_LIMIT) return -1
    if (matcher.k === 'repeat') at = repetition(cx, matcher, list[index + 1], at, end, bindings)
    else at = one(cx, matcher, at, end, bindings)
    if (at < 0) return -1
  }
  return at
}

function one(
  cx: Matching,
  matcher: Exclude<Matcher, Repetition<Matcher>>,
  at: number,
  end: number,
  bindings: Bindings,
): number {
  const { buffer } = cx
  if (matcher.k === 'token') return tokenEnd(buffer, matcher.text, at, end)
  if (matcher.k === 'group') {
    const token = buffer.tokens[at]
    if (at >= end || token?.text !== matcher.open || token.kind !== 'open') return -1
    const close = buffer.match[at] as number
    return sequence(cx, matcher.inner, at + 1, close, bindings) === close ? close + 1 : -1
  }
  const after = fragmentEnd(matcher.kind, buffer, at, end)
  if (after < 0) return -1
  bindings.set(matcher.name, capture(buffer, matcher.kind, at, after))
  return after
}

function capture(buffer: TokenBuffer, kind: string, at: number, after: number): Capture {
  const first = buffer.tokens[at]
  const start = first ? first.at : buffer.text.length
  if (after === at || !first) return { k: 'capture', kind, at: start, end: start, single: true }
  const last = buffer.tokens[after - 1] as { end: number }
  const single = after === at + 1 || (first.kind === 'open' && buffer.match[at] === after - 1)
  return { k: 'capture', kind, at: start, end: last.end, single }
}

/** Behind the operator or token when it is that one; -1 when not. */
function tokenEnd(buffer: TokenBuffer, text: string, at: number, end: number): number {
  const token = buffer.tokens[at]
  if (!token || at >= end) return -1
  if (text === '$crate') return token.text === '$' && buffer.tokens[at + 1]?.text === 'crate' ? at + 2 : -1
  if (token.kind !== 'punct') return token.text === text ? at + 1 : -1
  return operatorAt(buffer, at, end) === text ? at + text.length : -1
}

function repetition(
  cx: Matching,
  matcher: Repetition<Matcher>,
  next: Matcher | undefined,
  from: number,
  end: number,
  bindings: Bindings,
): number {
  const rounds = new Map<string, Bound[]>(matcher.names.map((name) => [name, []]))
  let at = from
  for (let count = 0; matcher.operator !== '?' || count < 1; count++) {
    let start = at
    if (count > 0 && matcher.separator !== undefined) {
      start = tokenEnd(cx.buffer, matcher.separator, at, end)
      if (start < 0) break
    }
    // A token that ends the repetition is not taken by a fragment that could be anything.
    if (matcher.separator === undefined && next?.k === 'token' && endsHere(cx.buffer, matcher, next.text, start, end))
      break
    const inner: Bindings = new Map()
    const after = start > end ? -1 : sequence(cx, matcher.inner, start, end, inner)
    if (after < 0 || (after === start && start >= end)) break
    for (const name of matcher.names) {
      const bound = inner.get(name)
      if (bound) rounds.get(name)?.push(bound)
    }
    if (after === at && count > 0) break
    at = after
  }
  const rounded = rounds.values().next().value?.length
  if (matcher.operator === '+' && at === from && !rounded) return -1
  for (const [name, list] of rounds) bindings.set(name, { k: 'rounds', rounds: list })
  return at
}

/** What follows the repetition stands here, and the repetition begins with another token. */
function endsHere(buffer: TokenBuffer, matcher: Repetition<Matcher>, next: string, at: number, end: number): boolean {
  const first = matcher.inner[0]
  return first?.k === 'token' && first.text !== next && tokenEnd(buffer, next, at, end) >= 0
}
