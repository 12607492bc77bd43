/**
 * Keeps what the engine says of each place while it works (names/visits.ts): by text and offset, once for all targets. A
 * text that a macro made is known by where the call stands and by what it says, so that the expansions that several targets
 * make of one call are one.
 */
import type { CfgExpr } from '../base/index.js'
import type { Outcome, Source, Visited, Visits } from '../names/index.js'
import type { FragmentKind } from '../syntax/index.js'

export type Holds = (cfg: CfgExpr) => boolean

export interface Range {
  readonly at: number
  readonly end: number
  readonly outcome: 'known' | 'told' | 'left out'
}
/** One text, and what was said of it. */
export interface WatchedText {
  readonly source: Source
  /** What a macro made is read as this. */
  readonly as: FragmentKind | undefined
  /** By offset: what was noted there. */
  readonly notes: ReadonlyMap<number, ReadonlySet<`${Visited} ${Outcome}`>>
  /** In the order of the text. */
  readonly ranges: readonly Range[]
  /** One for each crate of each target that has the file as a module. */
  readonly mounts: readonly Holds[]
}
export interface Recorder extends Visits {
  /** Files first, then expansions, as they were met. */
  readonly texts: () => readonly WatchedText[]
  readonly textOf: (source: Source) => WatchedText
  /** Whether an import of the same package should have bound the name, and was told as not found. */
  readonly isLostName: (source: Source, name: string) => boolean
  /** Of the file that the text comes from in the end. */
  readonly mountsOf: (source: Source) => readonly Holds[]
}

interface Growing extends WatchedText {
  readonly id: number
  readonly notes: Map<number, Set<`${Visited} ${Outcome}`>>
  /** By offset: many targets say the same. */
  readonly spans: Map<number, Range>
  readonly mounts: Holds[]
  source: Source
  as: FragmentKind | undefined
  /** Its text is to be walked: it is a file, or an expansion that was handed on. */
  listed: boolean
}

/** A recorder with nothing in it. */
export function newRecorder(): Recorder {
  const byKey = new Map<string, Growing>()
  const lost = new Set<string>()
  const lostKey = (source: Source, name: string): string => `${packageOf(source)}\0${name}`
  const bySource = new WeakMap<Source, Growing>()
  const textOf = (source: Source): Growing => {
    const seen = bySource.get(source)
    if (seen) return seen
    const key = keyOf(source, (outer) => textOf(outer).id)
    const known = byKey.get(key)
    const made = known ?? newText(byKey.size, source)
    if (!known) byKey.set(key, made)
    bySource.set(source, made)
    return made
  }
  const addRange = (source: Source, at: number, end: number, outcome: Range['outcome']): void => {
    const { spans } = textOf(source)
    if ((spans.get(at)?.end ?? -1) < end) spans.set(at, { at, end, outcome })
  }
  return {
    loaded: (source) => {
      textOf(source).listed = true
    },
    mounted: (source, holds) => {
      textOf(source).mounts.push(holds)
    },
    expanded: (source, as) => {
      const text = textOf(source)
      if (!text.listed) text.source = source
      text.listed = true
      text.as ??= as
      for (const { at, end } of source.facts.errors) addRange(source, at, end, 'told')
    },
    note: (source, at, what, outcome) => {
      const { notes } = textOf(source)
      const here = notes.get(at) ?? new Set()
      notes.set(at, here.add(`${what} ${outcome}`))
    },
    noteAll: addRange,
    lostName: (source, name) => {
      lost.add(lostKey(source, name))
    },
    textOf,
    isLostName: (source, name) => lost.has(lostKey(source, name)),
    mountsOf: (source) => textOf(fileOf(source)).mounts,
    texts: () => [...byKey.values()].filter((text) => text.listed),
  }
}

function newText(id: number, source: Source): Growing {
  const spans = new Map<number, Range>()
  return {
    id,
    source,
    as: undefined,
    notes: new Map(),
    spans,
    get ranges() {
      return [...spans.values()].sort((a, b) => a.at - b.at)
    },
    mounts: [],
    listed: false,
  }
}

/** The file that a text comes from in the end: where its outermost macro call stands. */
function fileOf(source: Source): Source {
  let at = source
  while (at.origin.k === 'expansion') at = at.origin.callSource
  return at
}

const packageOf = (source: Source): string => {
  const { origin } = fileOf(source)
  return origin.k === 'file' ? origin.package : ''
}

function keyOf({ origin, text }: Source, idOf: (source: Source) => number): string {
  if (origin.k === 'file') return `${origin.package}\0${origin.path}`
  return `${idOf(origin.callSource)}\0${origin.callAt}\0${origin.macro}\0${text.length > 40 ? digest(text) : text}`
}

/** Two texts of one call are told apart by this; it need not be safe against who makes two alike. */
function digest(text: string): string {
  let a = 0x811c9dc5
  let b = text.length
  for (let i = 0; i < text.length; i++) {
    a = Math.imul(a ^ text.charCodeAt(i), 0x01000193)
    b = (Math.imul(b, 31) + text.charCodeAt(i)) | 0
  }
  return `${text.length}:${a}:${b}`
}
