/**
 * What the maps say of a function that is known by one or several spellings. The graph's references, `caps lookup` and
 * the walls of propagation all ask here, so that they cannot differ.
 */
import { checked, firstOf } from '../base/index.js'
import type { NoFunction } from '../graph/index.js'
import type { ArgumentShelf } from './argument-rows.js'
import type { Capability } from './capability.js'
import type { CapabilityMaps, Effect, FactRow, MapLayer } from './map-index.js'
import type { FactRowKind } from './map-schema.js'
import { parsePathKey } from './path-key.js'
import { type MatchTexts, matchTexts } from './path-match.js'

/** What a reference names: its path, other paths for the same thing, and the linker's name. */
export interface Spellings {
  readonly callee: string | null
  readonly aliases?: readonly string[]
  readonly symbol?: string
  /** Absent for a function: what is none, only a row of its very path means, of a static its symbol too. */
  readonly item?: NoFunction
}

/** The row that holds for the function, undefined when no map names it. */
export function findEffect(maps: CapabilityMaps, spellings: Spellings): Effect | undefined {
  const { texts, symbols } = namesOf(maps, spellings)
  const isFunction = spellings.item === undefined
  for (const layer of maps.layers) {
    const effect = ofName(layer, texts, symbols) ?? (isFunction ? ofKind(layer, texts, symbols) : undefined)
    if (effect) return effect
  }
  return undefined
}

/** The rows about arguments that hold for a function; of the first layer that has one, and there of the most exact name. */
export function findArgumentRows<Row>(
  maps: CapabilityMaps,
  spellings: Spellings,
  shelfOf: (layer: MapLayer) => ArgumentShelf<Row>,
): readonly Row[] {
  const { texts, symbols } = namesOf(maps, spellings)
  for (const layer of maps.layers) {
    const shelf = shelfOf(layer)
    const rows =
      firstOf(texts, (text) => shelf.exact.get(text.exact)) ??
      firstOf(symbols, (symbol) => shelf.symbols.get(symbol)) ??
      firstOf(texts, (text) => (text.anySelf === undefined ? undefined : shelf.exact.get(text.anySelf))) ??
      firstOf(texts, (text) => (text.impl === undefined ? undefined : shelf.impls.get(text.impl))) ??
      firstOf(texts, (text) => (text.type === undefined ? undefined : shelf.types.get(text.type)))
    if (rows) return rows
  }
  return []
}

/** Under what a thing may be filed. */
function namesOf(
  maps: CapabilityMaps,
  spellings: Spellings,
): { texts: readonly MatchTexts[]; symbols: readonly string[] } {
  const paths = [...(spellings.callee === null ? [] : [spellings.callee]), ...(spellings.aliases ?? [])]
  const texts: MatchTexts[] = []
  const isFunction = spellings.item === undefined
  const isSymbol = isFunction || spellings.item === 'static'
  const symbols = spellings.symbol === undefined || !isSymbol ? [] : symbolSpellings(spellings.symbol)
  for (const path of paths) {
    const key = parsePathKey(path)
    if (!key) continue
    texts.push(matchTexts(key, maps.aliases))
    const [crate] = key.segments
    if (!isSymbol) continue
    if (!key.self && key.segments.length > 1 && crate !== undefined && maps.symbolCrates.has(crate)) {
      symbols.push(checked(key.segments.at(-1)))
    }
  }
  return { texts, symbols }
}

/** The row of a system call number's constant, `libc::SYS_openat`; undefined for all other paths. */
export function findSyscall(maps: CapabilityMaps, path: string): Effect | undefined {
  const name = path.slice(path.lastIndexOf(':') + 1)
  const prefix = maps.syscallConstants.find((beginning) => name.startsWith(beginning))
  if (prefix === undefined) return undefined
  return firstOf(maps.layers, (layer) => layer.syscalls.get(name.slice(prefix.length)))
}

/**
 * The row of a syntactic fact; a row with the very `what` beats a row with its beginning, that a row without. `item` is
 * the name of what the fact stands on, for attributes that make it a symbol.
 */
export function findFact(maps: CapabilityMaps, kind: FactRowKind, what: string, item = ''): Effect | undefined {
  return firstOf(maps.layers, (layer) => {
    const rows = (layer.facts.get(kind) ?? []).filter(
      (row) => !row.knownSymbol || isKnown(maps, symbolOf(row, what, item)),
    )
    const row =
      rows.find((candidate) => candidate.what === what) ??
      rows.find((candidate) => candidate.what?.endsWith('*') && what.startsWith(candidate.what.slice(0, -1))) ??
      rows.find((candidate) => candidate.what === undefined)
    return row?.effect
  })
}

/** The value behind a row's beginning, or the item's own name. */
function symbolOf(row: FactRow, what: string, item: string): string {
  return row.what?.endsWith('*') ? what.slice(row.what.length - 1) : item
}

/** Only full names: a beginning covers names that nobody has thought of. */
function isKnown(maps: CapabilityMaps, symbol: string): boolean {
  return maps.layers.some((layer) => layer.symbols.has(symbol))
}

/** What the maps say of a path. */
export interface PathCapabilities {
  readonly path: string
  readonly capabilities: readonly Capability[]
  /** Whether a map names it. No capability is an answer only then: what is misspelled has none either. */
  readonly named: boolean
}

/** Looks up each path as a reference with that callee would be. */
export function lookupPaths(maps: CapabilityMaps, paths: readonly string[]): PathCapabilities[] {
  return paths.map((path) => {
    const effect = findEffect(maps, { callee: path })
    return { path, capabilities: effect?.grants ?? [], named: effect !== undefined }
  })
}

/** The row that names the very thing. */
function ofName(layer: MapLayer, texts: readonly MatchTexts[], symbols: readonly string[]): Effect | undefined {
  return (
    firstOf(texts, (text) => layer.exact.get(text.exact)) ?? firstOf(symbols, (symbol) => layer.symbols.get(symbol))
  )
}

/** The innermost row that covers a function without naming it. */
function ofKind(layer: MapLayer, texts: readonly MatchTexts[], symbols: readonly string[]): Effect | undefined {
  return (
    firstOf(texts, (text) => (text.anySelf === undefined ? undefined : layer.exact.get(text.anySelf))) ??
    firstOf(texts, (text) => (text.impl === undefined ? undefined : layer.impls.get(text.impl))) ??
    firstOf(texts, (text) => (text.type === undefined ? undefined : layer.types.get(text.type))) ??
    firstOf(symbols, (symbol) => layer.symbolPrefixes.find(({ prefix }) => symbol.startsWith(prefix))?.effect) ??
    firstOf(texts, (text) => moduleEffect(layer, text))
  )
}

/** The innermost module that has a row. */
function moduleEffect(layer: MapLayer, { module, ofTrait }: MatchTexts): Effect | undefined {
  if (layer.modules.size === 0) return undefined
  for (let length = module.length; length > 0; length--) {
    const name = module.slice(0, length).join('::')
    const effect = layer.modules.get(name)
    if (effect && !(ofTrait && layer.withoutImpls.has(name))) return effect
  }
  return undefined
}

/** `stat$INODE64` of macOS, `_CreateFileW@28` of 32-bit Windows and `\x01_open` are written otherwise in headers. */
function symbolSpellings(symbol: string): string[] {
  const plain = symbol.replace(/^\x01_?/, '')
  const cut = plain.replace(/[$@].*$/, '')
  return plain === cut || cut === '' ? [plain] : [plain, cut, cut.replace(/^_/, '')]
}
