/**
 * Writes a rule's template with what its variables took. An expression of several tokens is put in parentheses, a type
 * before `::` in angle brackets: rustc keeps a fragment whole, and text must not fall apart either.
 */
import { checked } from '../../base/index.js'
import type { MacroDef } from '../defs.js'
import { type Hygiene, type Source, segmentAt } from '../source.js'
import {
  copyText,
  type ExpansionText,
  KEEP_MARKS,
  type Marking,
  newExpansionText,
  writeText,
} from './expansion-text.js'
import type { Bindings, Bound, Capture } from './match.js'
import type { Repetition, Template } from './rules.js'

/** Characters of one expansion. */
export const EXPANSION_SIZE_LIMIT = 4_000_000

export interface Transcription {
  readonly text: ExpansionText
  /** A repetition without a variable that says how often. */
  readonly problem?: string
  /** EXPANSION_SIZE_LIMIT was reached. */
  readonly tooLarge: boolean
}

interface Writing {
  readonly out: ExpansionText
  readonly def: MacroDef
  readonly call: Source
  readonly marking: Marking
  problem: string | undefined
}

/** Fills in the template of a rule of `def` with what was captured in `call`. */
export function transcribe(
  def: MacroDef,
  template: readonly Template[],
  bindings: Bindings,
  call: Source,
  newMark: (parent: Hygiene | undefined) => Hygiene,
): Transcription {
  const marks = new Map<Hygiene | undefined, Hygiene>()
  const marking: Marking = (parent) => {
    const known = marks.get(parent)
    if (known) return known
    const mark = newMark(parent)
    marks.set(parent, mark)
    return mark
  }
  const writing: Writing = { out: newExpansionText(), def, call, marking, problem: undefined }
  write(writing, template, { own: bindings, outer: undefined }, [])
  const { out: text, problem } = writing
  return { text, tooLarge: text.length > EXPANSION_SIZE_LIMIT, ...(problem === undefined ? {} : { problem }) }
}

/** Variables of the innermost round, then those around it. */
interface Scope {
  readonly own: Bindings
  readonly outer: Scope | undefined
}

function lookup(scope: Scope, name: string): Bound | undefined {
  for (let at: Scope | undefined = scope; at; at = at.outer) {
    const bound = at.own.get(name)
    if (bound) return bound
  }
  return undefined
}

function write(cx: Writing, template: readonly Template[], bindings: Scope, rounds: readonly number[]): void {
  const { out, def } = cx
  for (const part of template) {
    if (cx.problem !== undefined || out.length > EXPANSION_SIZE_LIMIT) return
    switch (part.k) {
      case 'text':
        copyText(out, def.source, part.at, part.end, cx.marking)
        break
      case '$crate': {
        const crate = segmentAt(def.source, part.at)?.dollarCrate ?? def.crate
        writeText(out, '$crate', def.source, part.at, cx.marking, crate)
        break
      }
      case 'variable': {
        const bound = lookup(bindings, part.name)
        if (!bound) copyText(out, def.source, part.at, part.end, cx.marking)
        else if (bound.k === 'capture') writeCapture(cx, bound, part)
        else cx.problem = `$${part.name} repeats, but not where it is used`
        break
      }
      case 'meta':
        writeMeta(cx, part, bindings, rounds)
        break
      case 'repeat':
        writeRepetition(cx, part, bindings, rounds)
        break
    }
  }
}

function writeCapture(cx: Writing, bound: Capture, part: { readonly at: number; readonly next: string }): void {
  const { out, call, def } = cx
  // A visibility that is empty is one to the next macro, too.
  if (bound.kind === 'vis' && bound.end === bound.at) {
    out.opaque.push({ at: out.length, end: out.length, kind: 'vis' })
    return
  }
  const [open, close] = bracketsFor(bound, part.next, call.text)
  const captured = { at: out.length === 0 ? 0 : out.length + 1, end: 0, kind: bound.kind }
  const place = out.opaque.length
  if (open !== '') writeText(out, open, def.source, part.at, cx.marking)
  copyText(out, call, bound.at, bound.end, KEEP_MARKS)
  if (open !== '') writeText(out, close, def.source, part.at, cx.marking)
  captured.end = out.length
  // The outer one stands before what it holds.
  if (!TRANSPARENT.has(bound.kind) && captured.end > captured.at) out.opaque.splice(place, 0, captured)
}

/** What is captured as these is tokens to the next macro as well. */
const TRANSPARENT = new Set(['tt', 'ident', 'lifetime'])

const PLAIN_PATH = /^(?:::)?\s*[\w$]+(?:\s*::\s*\w+)*$/

function bracketsFor(bound: Capture, next: string, text: string): readonly [string, string] {
  const isPath = PLAIN_PATH.test(text.slice(bound.at, bound.end))
  if (bound.kind === 'ty') {
    // `x as $t < y`: text would go on into generic arguments.
    if (next.startsWith('<')) return ['(', ')']
    return next === '::' && !isPath ? ['<', '>'] : ['', '']
  }
  const isExpr = bound.kind === 'expr' || bound.kind === 'expr_2021'
  return isExpr && !bound.single && !isPath ? ['(', ')'] : ['', '']
}

function writeRepetition(cx: Writing, part: Repetition<Template>, bindings: Scope, rounds: readonly number[]): void {
  const lists = part.names.flatMap((name): { name: string; list: readonly Bound[] }[] => {
    const bound = lookup(bindings, name)
    return bound?.k === 'rounds' ? [{ name, list: bound.rounds }] : []
  })
  const count = lists[0]?.list.length
  if (count === undefined) {
    cx.problem = 'a repetition uses no variable that repeats'
    return
  }
  if (lists.some(({ list }) => list.length !== count)) {
    cx.problem = 'variables of one repetition repeat unequally often'
    return
  }
  for (let round = 0; round < count && cx.problem === undefined && cx.out.length <= EXPANSION_SIZE_LIMIT; round++) {
    if (round > 0 && part.separator !== undefined) {
      writeText(cx.out, part.separator, cx.def.source, part.separatorAt, cx.marking)
    }
    const own: Bindings = new Map()
    for (const { name, list } of lists) own.set(name, checked(list[round]))
    write(cx, part.inner, { own, outer: bindings }, [...rounds, round])
  }
}

/** `${index()}`, `${count(x)}`, `${concat(..)}`; `${ignore(x)}` writes nothing. Only std uses them. */
function writeMeta(
  cx: Writing,
  part: Extract<Template, { k: 'meta' }>,
  bindings: Scope,
  rounds: readonly number[],
): void {
  if (part.what === 'ignore') return
  if (part.what === 'index') {
    writeText(cx.out, String(rounds[rounds.length - 1] ?? 0), cx.def.source, part.at, cx.marking)
    return
  }
  if (part.what === 'concat') return writeConcat(cx, part, bindings)
  const bound = part.what === 'count' && part.name !== undefined ? lookup(bindings, part.name) : undefined
  if (bound?.k === 'rounds') writeText(cx.out, String(bound.rounds.length), cx.def.source, part.at, cx.marking)
  else cx.problem = `\${${part.what}(..)} is not known`
}

/** One identifier out of identifiers, literals and what variables took. */
function writeConcat(cx: Writing, part: Extract<Template, { k: 'meta' }>, bindings: Scope): void {
  const texts = part.parts.map((piece) => {
    if (!piece.startsWith('$')) return piece.replace(/^"(.*)"$/, '$1')
    const bound = lookup(bindings, piece.slice(1))
    return bound?.k === 'capture' ? cx.call.text.slice(bound.at, bound.end) : undefined
  })
  if (texts.includes(undefined)) cx.problem = `a variable of \${concat(..)} took nothing`
  else writeText(cx.out, texts.join(''), cx.def.source, part.at, cx.marking)
}
