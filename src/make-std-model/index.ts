/**
 * Makes the std model from std's source: collects the crates, keeps what users can reach, lays it out, packs it.
 *
 * Only scripts/make-std-model.mjs calls this, once for a std version. Reading files is handed in; nothing is written.
 */
import type { Crate, MacroDef } from '../names/index.js'
import {
  copyText,
  type ExpansionText,
  HEADER_LENGTH_BYTES,
  type Hygiene,
  KEEP_MARKS,
  lineStartsOf,
  matchRule,
  newExpansionText,
  placeOf,
  rulesOf,
  type Source,
  type StdModelHeader,
  type StdModelIndex,
  segmentAt,
  transcribe,
} from '../names/index.js'
import type { MacroCall, MacroDefItem } from '../syntax/index.js'
import { parseFile, parseFragment } from '../syntax/index.js'
import { type StdOptions, stdCfgFolder } from './cfg.js'

export type { StdOptions } from './cfg.js'

import { callBuffer, pack } from '../names/index.js'
import { collectStdCrate } from './collect.js'
import { type LaidOutCrate, layOut } from './layout.js'
import { reachable } from './reach.js'
import { stdScope } from './scope.js'
import type { Expansion, ExpansionKind, StdCollection, StdMacro, StdReader } from './std-collection.js'
import type { MacroText } from './tree.js'

/** data/std/build.json: what the source itself does not tell. */
export interface StdBuild extends StdOptions {
  readonly crates: readonly StdCrate[]
  /** The module of each crate's `prelude` that its own code sees. */
  readonly prelude: string
}
export interface StdCrate {
  readonly name: string
  /** Root file, inside of the library directory. */
  readonly root: string
  /** Crates that its code can name. */
  readonly externs: readonly string[]
}

export interface StdDump {
  readonly index: StdModelIndex
  /** Each crate's file before compression, by crate name. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** What could not be read, expanded or resolved, sorted, one a line. */
  readonly losses: readonly string[]
}

/** All of std's crates are of this edition. */
const STD_EDITION = 2024

/** Makes the model of this version. `read` gives a file of the library directory by its path with `/`. */
export function dumpStd(version: string, build: StdBuild, read: (path: string) => string | undefined): StdDump {
  const losses = new Set<string>()
  const reader = stdReader(build, read, losses)
  const collections: StdCollection[] = []
  for (const crate of build.crates) {
    const earlier = collections.filter(({ tree }) => crate.externs.includes(tree.name))
    collections.push(collectStdCrate({ ...crate, edition: STD_EDITION }, earlier, reader))
  }
  const trees = collections.map(({ tree }) => tree)
  const macroTexts = new Map<MacroDefItem, MacroText>(collections.flatMap((crate) => [...crate.macroTexts]))
  const reach = reachable(trees, stdScope(trees, build.prelude), macroTexts)
  for (const path of reach.unresolved) losses.add(`unresolved path: ${path}`)
  const files = trees.map((tree): [string, Uint8Array] => {
    return [tree.name, fileOf(layOut(tree, reach.kept, macroTexts))]
  })
  const crates = trees.map(({ name, edition }) => ({ name, edition }))
  return { index: { version, crates }, files: new Map(files), losses: [...losses].sort() }
}

function fileOf({ text, pieces, facts }: LaidOutCrate): Uint8Array {
  const { shapes, strings, bytes } = pack(facts)
  const header: StdModelHeader = { shapes, strings, text, pieces }
  const json = Buffer.from(JSON.stringify(header), 'utf8')
  const length = Buffer.alloc(HEADER_LENGTH_BYTES)
  length.writeUInt32LE(json.length)
  return Buffer.concat([length, json, bytes])
}

function stdReader(build: StdBuild, read: (path: string) => string | undefined, losses: Set<string>): StdReader {
  const files = new Map<string, Source | undefined>()
  let sources = 0
  const lose = (kind: string, what: string, source: Source, at: number): void => {
    const place = placeOf(source, at)
    losses.add(`${kind}: ${what} (${place.file}:${place.line})`)
  }
  const readFile = (path: string): Source | undefined => {
    const text = read(path)
    if (text === undefined) return undefined
    const facts = parseFile(text)
    const origin = { k: 'file', package: 'std', path, lineStarts: lineStartsOf(text) } as const
    const source: Source = { id: sources++, text, facts, origin }
    const [first] = facts.errors
    if (first) lose('syntax', `${facts.errors.length} unread places, the first one`, source, first.at)
    return source
  }
  const crates = new Map(build.crates.map(({ name }) => [name, namedCrate(name)]))
  const expander: Expander = { crates, nextId: () => sources++, marks: 0 }
  return {
    fold: stdCfgFolder(build),
    read: (path) => {
      if (!files.has(path)) files.set(path, readFile(path))
      return files.get(path)
    },
    lose,
    cut: (source, span, as) => {
      const text = newExpansionText()
      copyText(text, source, span.at, span.end, KEEP_MARKS)
      return parseExpansion(expander, text, 'cfg_select', source, span.at, as)
    },
    expand: (macro, call, source, as) => expand(expander, macro, call, source, as),
    crateOf: (source, at) => segmentAt(source, at)?.dollarCrate?.name ?? '',
  }
}

// ---------------------------------------------------------------- macros

interface Expander {
  readonly crates: ReadonlyMap<string, Crate>
  readonly nextId: () => number
  marks: number
}

/** Expands by the rules of names, which ask of a macro's crate no more than who it is. */
function expand(
  expander: Expander,
  macro: StdMacro,
  call: MacroCall,
  source: Source,
  as: ExpansionKind,
): Expansion | string {
  const { rules, broken } = rulesOf(macro.item, macro.source, STD_EDITION)
  const input = callBuffer(source, call.tokens.at, call.tokens.end, STD_EDITION)
  const crate = expander.crates.get(macro.crate)
  if (!input || !crate) return 'its tokens could not be read'
  const def = { name: macro.item.name, source: macro.source, crate } as MacroDef
  for (const rule of rules) {
    const match = matchRule(rule.matcher, input)
    if (match.k === 'undecided') return match.why
    if (match.k === 'none') continue
    const { bindings } = match
    const newMark = (parent: Hygiene | undefined): Hygiene => ({ id: expander.marks++, parent, definer: crate })
    const { text, problem } = transcribe(def, rule.template, bindings, source, newMark)
    return problem ?? parseExpansion(expander, text, def.name, source, call.at, as)
  }
  return broken ?? 'no rule matches'
}

function parseExpansion(
  expander: Expander,
  made: ExpansionText,
  macro: string,
  callSource: Source,
  callAt: number,
  as: ExpansionKind,
): Expansion | string {
  const text = made.parts.join('')
  const { facts, ty } = parseFragment(text, as)
  const [error] = facts.errors
  if (error) return `it expands to ${JSON.stringify(text.slice(error.at, Math.min(error.end, error.at + 60)))}`
  const depth = callSource.origin.k === 'file' ? 1 : callSource.origin.depth + 1
  const origin = {
    k: 'expansion',
    macro,
    callSource,
    callAt,
    depth,
    segments: made.segments,
    opaque: made.opaque,
  } as const
  const source: Source = { id: expander.nextId(), text, facts, origin }
  return ty ? { source, ty } : { source }
}

/** All that a mark or `$crate` has to tell of a crate here is which it is: none of these crates is built. */
function namedCrate(name: string): Crate {
  return { kind: 'crate', name } as Crate
}
