/**
 * Matches a call's tokens against one rule, as rustc's `macro_parser` does: all positions in the matcher that fit the
 * tokens so far move on together, one token at a time; a fragment is taken whole when it is the only way on, and never
 * given back. What an earlier macro captured as an expression, a type and the like is one thing: its tokens match no
 * tokens of a rule.
 */
import { checked } from '../../base/index.js'
import { canBegin } from './fragment-starts.js'
import { fragmentEnd } from './fragments.js'
import { type Step, stepsOf } from './matcher-program.js'
import type { Matcher, Repetition } from './rules.js'
import { afterTree, opaqueAt, operatorAt, type TokenBuffer } from './token-buffer.js'

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

/** The bindings; `none`: the rule does not fit; else why it cannot be said whether it does. */
export type Match =
  | { readonly k: 'bindings'; readonly bindings: Bindings }
  | { readonly k: 'none' }
  | { readonly k: 'undecided'; readonly why: string }

const NONE: Match = { k: 'none' }
/** Steps of one match; a call of a megabyte of tokens stays below. */
const MATCH_STEP_LIMIT = 8_000_000

/** What a position has done so far, newest first: shared by all positions that come from it. */
interface Done {
  readonly before: Done | undefined
  readonly event:
    | { readonly k: 'enter' | 'round' | 'leave' | 'skip'; readonly rep: Repetition<Matcher> }
    | { readonly k: 'take'; readonly name: string; readonly capture: Capture }
}
interface Position {
  readonly step: number
  readonly done: Done | undefined
}

/** What the positions at one token come to: who has ended, who goes on behind the token, who takes a fragment first. */
interface Front {
  readonly buffer: TokenBuffer
  readonly steps: readonly Step[]
  readonly at: number
  readonly end: number
  /** The token as rules name it. */
  readonly text: string | undefined
  /** Still to be looked at. */
  readonly positions: Position[]
  readonly next: Position[]
  readonly waiting: (Position & { readonly end: number; readonly fragment: Step & { k: 'fragment' } })[]
  finished: Position | undefined
}

/** Holds all tokens of the call against a rule's matcher. */
export function matchRule(matcher: readonly Matcher[], buffer: TokenBuffer): Match {
  const steps = stepsOf(matcher)
  const end = buffer.tokens.length
  let positions: Position[] = [{ step: 0, done: undefined }]
  let count = 0
  for (let at = 0; ; ) {
    const text = at < end ? tokenText(buffer, at, end) : undefined
    const front: Front = { buffer, steps, at, end, text, positions, next: [], waiting: [], finished: undefined }
    // A step that is reached in two ways goes on in one: where both led to a match, rustc would refuse it.
    const reached = new Set<number>()
    for (let position = positions.pop(); position; position = positions.pop()) {
      if (++count > MATCH_STEP_LIMIT) return { k: 'undecided', why: `more than ${MATCH_STEP_LIMIT} steps` }
      if (reached.has(position.step)) continue
      reached.add(position.step)
      advance(front, position)
    }
    const { finished, waiting, next } = front
    if (at >= end) return finished ? { k: 'bindings', bindings: replay(finished.done) } : NONE
    const [first, second] = waiting
    if (first) {
      // Such a rule is an error to rustc, where both ways can begin here.
      if (second || next.length > 0) return { k: 'undecided', why: 'more than one way to match' }
      // It begins here to rustc, which goes no other way; we do not see where it ends.
      if (first.end === UNREADABLE) return { k: 'undecided', why: `no ${first.fragment.kind} can be read at ${at}` }
      const done: Done = {
        before: first.done,
        event: { k: 'take', name: first.fragment.name, capture: capture(buffer, first.fragment.kind, at, first.end) },
      }
      positions = [{ step: first.step + 1, done }]
      at = first.end
      continue
    }
    if (next.length === 0) return NONE
    positions = next
    at += text === '$crate' ? 2 : buffer.tokens[at]?.kind === 'punct' ? (text as string).length : 1
  }
}

/** Takes one position as far as it goes without a token, and over the token where it fits. */
function advance(front: Front, { step: number, done }: Position): void {
  const { buffer, steps, at, end, text, positions, next, waiting } = front
  const step = checked(steps[number])
  switch (step.k) {
    case 'token':
    case 'open':
    case 'close':
      if (text === step.text) next.push({ step: number + 1, done })
      break
    case 'fragment': {
      const behind = fragmentAfter(buffer, step.kind, at, end)
      if (behind !== NO_FRAGMENT) waiting.push({ step: number, done, end: behind, fragment: step })
      break
    }
    case 'enter': {
      const { rep } = step
      if (rep.operator !== '+') positions.push({ step: step.next, done: after(done, 'skip', rep) })
      const inner = checked(steps[number + 1])
      if ((inner.k === 'token' || inner.k === 'open') && inner.text !== text) break
      positions.push({ step: number + 1, done: after(after(done, 'enter', rep), 'round', rep) })
      break
    }
    case 'again': {
      const { rep } = step
      positions.push({ step: number + 1, done: after(done, 'leave', rep) })
      if (rep.operator === '?') break
      const again: Position = { step: step.first, done: after(done, 'round', rep) }
      if (rep.separator === undefined) positions.push(again)
      else if (text === rep.separator) next.push(again)
      break
    }
    case 'end':
      if (at >= end) front.finished = { step: number, done }
  }
}

function after(before: Done | undefined, k: 'enter' | 'round' | 'leave' | 'skip', rep: Repetition<Matcher>): Done {
  return { before, event: { k, rep } }
}

/** The token as rules name it; undefined inside of what an earlier macro captured. */
function tokenText(buffer: TokenBuffer, at: number, end: number): string | undefined {
  if (opaqueAt(buffer, at)) return undefined
  const token = buffer.tokens[at]
  if (token?.text === '$' && buffer.tokens[at + 1]?.text === 'crate') return '$crate'
  return token?.kind === 'punct' ? operatorAt(buffer, at, end) : token?.text
}

/** Which fragments take what an earlier macro captured as one of them (rustc's `NtParser`). */
const TAKES: Readonly<Record<string, readonly string[]>> = {
  expr: ['expr', 'expr_2021', 'literal', 'path', 'block'],
  expr_2021: ['expr', 'expr_2021', 'literal', 'path', 'block'],
  ty: ['ty', 'path'],
  pat: ['pat', 'pat_param', 'literal', 'path', 'block', 'expr', 'expr_2021'],
  pat_param: ['pat', 'pat_param', 'literal', 'path', 'block', 'expr', 'expr_2021'],
  stmt: ['stmt', 'item', 'expr', 'expr_2021', 'literal', 'path', 'block'],
  literal: ['literal'],
  path: ['path', 'ty'],
  meta: ['meta', 'path'],
  block: ['block'],
  item: ['item'],
  vis: ['vis'],
}

const NO_FRAGMENT = -1
const UNREADABLE = -2

/** The index behind the fragment, NO_FRAGMENT where none begins, UNREADABLE where one does and has no end. */
function fragmentAfter(buffer: TokenBuffer, kind: string, at: number, end: number): number {
  const opaque = at < end ? opaqueAt(buffer, at) : undefined
  if (opaque) {
    if (kind === 'tt') return opaque.end
    const whole = TAKES[kind]?.includes(opaque.kind) ?? false
    // It may be the beginning of something longer: `$a + 1`.
    const longer =
      kind === 'ident' || kind === 'lifetime' ? -1 : fragmentEnd(kind, buffer, at, groupEnd(buffer, at, end))
    return whole || longer > opaque.end ? Math.max(opaque.end, longer) : NO_FRAGMENT
  }
  if (kind === 'vis' && buffer.emptyVisibility.has(at)) return at
  if (kind === 'vis' && !canBeginVisibility(buffer, at, end)) return NO_FRAGMENT
  if (kind === 'tt' && at < end && buffer.tokens[at]?.kind !== 'close') return afterTree(buffer, at, end)
  const limit = groupEnd(buffer, at, end)
  if (kind !== 'vis' && !canBegin(kind, buffer, at, limit)) return NO_FRAGMENT
  const after = fragmentEnd(kind, buffer, at, limit)
  return after < 0 ? UNREADABLE : after
}

/** The closing delimiter of the group that the token stands in, or the end. */
function groupEnd(buffer: TokenBuffer, at: number, end: number): number {
  return Math.min(buffer.close[at] ?? end, end)
}

/** An empty visibility is taken only before what could follow one. */
function canBeginVisibility(buffer: TokenBuffer, at: number, end: number): boolean {
  const token = at < end ? buffer.tokens[at] : undefined
  if (!token || token.kind === 'close') return false
  if (token.kind === 'ident' || token.kind === 'lifetime' || token.text === ',') return true
  return ['(', '[', '!', '*', '&', '?', '<', ':'].includes(token.text) && operatorAt(buffer, at, end) !== ':'
}

function capture(buffer: TokenBuffer, kind: string, at: number, after: number): Capture {
  const first = buffer.tokens[at]
  const start = first ? first.at : buffer.text.length
  if (after === at || !first) return { k: 'capture', kind, at: start, end: start, single: true }
  const last = checked(buffer.tokens[after - 1])
  const single = after === at + 1 || (first.kind === 'open' && buffer.match[at] === after - 1)
  return { k: 'capture', kind, at: start, end: last.end, single }
}

/** The bindings that a position's way has made. */
function replay(last: Done | undefined): Bindings {
  const events: Done['event'][] = []
  for (let at = last; at; at = at.before) events.push(at.event)
  const top: Bindings = new Map()
  const open: { readonly rounds: Map<string, Bound[]>; current: Bindings | undefined }[] = []
  const into = (): Bindings => open[open.length - 1]?.current ?? top
  const endRound = (): void => {
    const frame = open[open.length - 1]
    for (const [name, bound] of frame?.current ?? []) frame?.rounds.get(name)?.push(bound)
  }
  for (const event of events.reverse()) {
    if (event.k === 'take') into().set(event.name, event.capture)
    else if (event.k === 'skip') for (const name of event.rep.names) into().set(name, { k: 'rounds', rounds: [] })
    else if (event.k === 'enter') {
      open.push({ rounds: new Map(event.rep.names.map((name) => [name, []])), current: undefined })
    } else if (event.k === 'round') {
      endRound()
      const frame = open[open.length - 1]
      if (frame) frame.current = new Map()
    } else {
      endRound()
      const frame = open.pop()
      for (const [name, rounds] of frame?.rounds ?? []) into().set(name, { k: 'rounds', rounds })
    }
  }
  return top
}
