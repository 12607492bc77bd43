/**
 * Brings together what stands in the texts (sites.ts) and what the engine said of it (recorder.ts): every place is led
 * somewhere, known to lead nowhere, told, or under a condition that nothing looked at meets. What is left over is what this
 * is for.
 */
import { CFG_TRUE, type CfgExpr, cfgAnd, checked } from '../base/index.js'
import { isBuiltinAttribute, type Place, placeOf } from '../names/index.js'
import { FRAMES, type PlainNode, plainTree } from '../syntax/index.js'
import type { Range, Recorder, WatchedText } from './recorder.js'
import { type Site, type SiteKind, sitesOf } from './sites.js'

export type Account = 'led' | 'known' | 'told' | 'conditional' | 'left'

export type Counts = Readonly<Record<Account, number>>

export interface LeftOver {
  readonly kind: SiteKind
  readonly name: string
  /** In the text of a macro: where the text was written. */
  readonly place: Place
  /** Where the macro is called that made the text. */
  readonly calledAt?: Place
}
export interface Audit {
  readonly files: number
  readonly expansions: number
  readonly total: Counts
  readonly kinds: ReadonlyMap<SiteKind, Counts>
  readonly left: readonly LeftOver[]
}

/** Accounts for every place of every text that the recorder has seen. The analysis must have ended. */
export function accountOf(recorder: Recorder): Audit {
  const kinds = new Map<SiteKind, Record<Account, number>>()
  const total = noCounts()
  const left: LeftOver[] = []
  const texts = recorder.texts()
  let files = 0
  const places = new Places(recorder)
  for (const text of texts) {
    const { source } = text
    if (source.origin.k === 'file' && text.as === undefined) files++
    const mounts = recorder.mountsOf(source)
    const rangeAt = rangesOf(text.ranges)
    const around = places.around(text)
    for (const site of places.of(text)) {
      const said = accountFor(text, site, rangeAt(site.at), mounts, around)
      const [first = ''] = /[\w]+/.exec(site.name) ?? []
      // What it hangs on was told where the name should have come from.
      const account = said === 'left' && NAMES.has(site.kind) && recorder.isLostName(source, first) ? 'told' : said

      const counts = kinds.get(site.kind) ?? noCounts()
      kinds.set(site.kind, counts)
      counts[account]++
      total[account]++
      if (account === 'left') left.push(leftOver(text, site))
    }
  }
  return { files, expansions: texts.length - files, total, kinds, left }
}

const noCounts = (): Record<Account, number> => ({ led: 0, known: 0, told: 0, conditional: 0, left: 0 })

function leftOver({ source }: WatchedText, { kind, name, at }: Site): LeftOver {
  const place = placeOf(source, at)
  const { origin } = source
  if (origin.k === 'file') return { kind, name, place }
  return { kind, name, place, calledAt: placeOf(origin.callSource, origin.callAt) }
}

// ---------------------------------------------------------------- one place

/** Names that by themselves call nothing. */
const NAMES: ReadonlySet<SiteKind> = new Set(['type', 'type of an item', 'path in a pattern', 'path'])

/** What the engine may have called the place; a call's own name is no call when it is a variable's or constant's. */
const SAID: Readonly<Record<SiteKind, readonly string[]>> = {
  call: ['path led', 'path told', 'value led', 'value told', 'value follows', 'value known'],
  'call of a value': ['value led', 'value told', 'value follows', 'value known'],
  'method call': ['method led', 'method told'],
  'macro call': ['macro led', 'macro told'],
  operator: [
    'operator led',
    'operator known',
    'operator told',
    'operator follows',
    'implicit led',
    'implicit told',
    'fact led',
  ],
  index: ['index known', 'index led', 'operator told', 'operator follows'],
  field: ['field known', 'field follows', 'implicit led', 'implicit told', 'fact led'],
  path: ['path follows', 'path led', 'path known', 'path told', 'const led', 'const told'],
  'path in a pattern': ['path follows', 'path led', 'path known', 'path told', 'const led'],
  'type of an item': ['type known', 'type follows'],
  type: ['type known', 'type follows', 'type told', 'path led', 'path known', 'path told', 'const led'],
  attribute: ['attribute led', 'attribute known', 'attribute told', 'fact led'],
  derive: ['attribute led', 'attribute told'],
}

/** The outcome of a range around each offset; to be asked in the order of the text. */
function rangesOf(ranges: readonly Range[]): (at: number) => Range['outcome'] | undefined {
  let next = 0
  let open: Range[] = []
  return (at) => {
    for (; next < ranges.length && checked(ranges[next]).at <= at; next++) open.push(checked(ranges[next]))
    open = open.filter(({ end }) => end > at)
    return open[0]?.outcome
  }
}

function accountFor(
  text: WatchedText,
  site: Site,
  around: Range['outcome'] | undefined,
  mounts: WatchedText['mounts'],
  outer: CfgExpr,
): Account {
  let known = false
  let told = false
  for (const at of site.places) {
    const notes = text.notes.get(at)
    if (!notes) continue
    for (const said of SAID[site.kind]) {
      if (!notes.has(said as never)) continue
      if (said.endsWith('led')) return 'led'
      if (said.endsWith('told') || said.endsWith('follows')) told = true
      else known = true
    }
  }
  if (told) return 'told'
  if (known) return 'known'
  if (around) return around === 'left out' ? 'conditional' : around
  const cfg = cfgAnd(outer, site.cfg)
  if (!mounts.some((holds) => holds(cfg))) return 'conditional'
  // What nothing asked for is owned, made and called by nobody.
  if (site.kind === 'type of an item' && !text.notes.get(site.at)?.has('type unknown')) return 'known'
  if (site.kind === 'attribute' && isBuiltinAttribute(site.name)) return 'known'
  return 'left'
}

/** The places of texts, and the conditions under which macros made them. */
class Places {
  readonly #places = new Map<WatchedText, readonly Site[]>()
  /** The conditions of the macro calls of a text. */
  readonly #calls = new Map<WatchedText, ReadonlyMap<number, CfgExpr>>()

  constructor(private readonly recorder: Recorder) {}

  of(text: WatchedText): readonly Site[] {
    let known = this.#places.get(text)
    if (!known) this.#places.set(text, (known = sitesOf(text.source.text, treeOf(text))))
    return known
  }

  /** The condition of the call that made a text, with those of the calls around it. */
  around({ source: { origin } }: WatchedText): CfgExpr {
    if (origin.k !== 'expansion') return CFG_TRUE
    const caller = this.recorder.textOf(origin.callSource)
    let calls = this.#calls.get(caller)
    if (!calls) {
      const sites = this.of(caller).filter(({ kind }) => kind === 'macro call')
      this.#calls.set(caller, (calls = new Map(sites.flatMap(({ places, cfg }) => places.map((at) => [at, cfg])))))
    }
    return cfgAnd(this.around(caller), calls.get(origin.callAt))
  }
}

// ---------------------------------------------------------------- trees

/** A file as it is, an expansion in the frame in which it has the fewest errors, its own first. */
function treeOf({ source, as }: WatchedText): PlainNode {
  if (as === undefined) return plainTree(source.text).root
  const kinds = [as, 'expression', 'statements', 'items'] as const
  let best: { readonly root: PlainNode; readonly errors: number } | undefined
  for (const kind of kinds) {
    const [before, behind] = FRAMES[kind]
    const read = plainTree(source.text, before, behind)
    if (!best || read.errors < best.errors) best = read
    if (best.errors === 0) break
  }
  return (best as { readonly root: PlainNode }).root
}
