/**
 * All maps together, filed for lookup. Two layers, the user's over ours: a row of the user's beats every row of ours,
 * however exact, so that a wide row has the wide effect its writer expects. Inside a layer the exact function beats the
 * trait's function for any type, that the impl, that the type, that the module. Two rows for one thing are an error.
 * Rows of types and modules are about functions: constants, statics and constructors are not covered by them.
 */
import { compareText } from '../base/index.js'
import { type ArgumentShelf, type PlacedRow, shelvesOfArguments } from './argument-rows.js'
import type { Capability } from './capability.js'
import { type LoadedMap, MapError } from './map-file.js'
import type {
  CommonplaceRow,
  EffectRow,
  FactRowKind,
  FlagRow,
  MapRow,
  OperationRow,
  ResourceRow,
  TagRow,
  ValueRow,
} from './map-schema.js'
import type { ModuleAliases } from './path-match.js'
import { implTextOf, textOf } from './row-texts.js'

/** What the maps say of a function. */
export interface Effect {
  readonly grants: readonly Capability[]
  /** False only for `neutral`: then its body is looked into. */
  readonly wall: boolean
  /** The row is the user's own, who may speak for code that stands in the graph; ours may not (see classify.ts). */
  readonly own: boolean
  /** The reason that the map gives, for a reader. */
  readonly why?: string
  /** The row, as the map spells it, and its file: `std::fs::read (fs.toml)`. */
  readonly row: string
}

/** One layer: built-in or user's. Keys are the match texts of path-match.ts. */
export interface MapLayer {
  /** The user's. */
  readonly own: boolean
  readonly exact: ReadonlyMap<string, Effect>
  readonly impls: ReadonlyMap<string, Effect>
  readonly types: ReadonlyMap<string, Effect>
  /** Of rows `prefix` and `module`. */
  readonly modules: ReadonlyMap<string, Effect>
  /** Those of `modules` that say nothing of impls of traits. */
  readonly withoutImpls: ReadonlySet<string>
  readonly symbols: ReadonlyMap<string, Effect>
  /** Longest beginning first. */
  readonly symbolPrefixes: readonly { readonly prefix: string; readonly effect: Effect }[]
  readonly syscalls: ReadonlyMap<string, Effect>
  readonly facts: ReadonlyMap<FactRowKind, readonly FactRow[]>
  readonly resources: ArgumentShelf<PlacedRow<ResourceRow>>
  readonly flags: ArgumentShelf<PlacedRow<FlagRow>>
  readonly values: ArgumentShelf<PlacedRow<ValueRow>>
  readonly operations: ArgumentShelf<PlacedRow<OperationRow>>
}
export interface FactRow {
  readonly what?: string
  readonly knownSymbol: boolean
  readonly effect: Effect
}

export interface CapabilityMaps {
  /** First the one that wins. */
  readonly layers: readonly MapLayer[]
  readonly aliases: ModuleAliases
  readonly symbolCrates: ReadonlySet<string>
  readonly tags: readonly TagRow[]
  readonly commonplace: readonly CommonplaceRow[]
  readonly syscallConstants: readonly string[]
}

/** Files the rows of our maps and the user's. Throws `MapError` for two rows of one layer that name the same thing. */
export function buildMaps(builtIn: readonly LoadedMap[], user: readonly LoadedMap[] = []): CapabilityMaps {
  const all = [...builtIn, ...user]
  const aliases = new Map<string, readonly string[]>()
  for (const map of all) {
    for (const { path, means } of map.content.alias) aliases.set(path, means.split('::'))
  }
  const layers = [
    ...(user.length > 0 ? [buildLayer(user, aliases, true)] : []),
    ...(builtIn.length > 0 ? [buildLayer(builtIn, aliases, false)] : []),
  ]
  return {
    layers,
    aliases,
    symbolCrates: new Set(all.flatMap((map) => map.content.symbol_crates)),
    tags: all.flatMap((map) => map.content.tags),
    commonplace: all.flatMap((map) => map.content.commonplace),
    syscallConstants: all.flatMap((map) => map.content.syscall_constants),
  }
}

function buildLayer(maps: readonly LoadedMap[], aliases: ModuleAliases, own: boolean): MapLayer {
  const exact = new Shelf('path')
  const impls = new Shelf('impl')
  const types = new Shelf('type')
  const modules = new Shelf('module')
  const withoutImpls = new Set<string>()
  const symbols = new Shelf('symbol')
  const syscalls = new Shelf('system call')
  const facts = new Map<FactRowKind, FactRow[]>()
  for (const map of maps) {
    map.content.rows.forEach((row, index) => {
      const effect = effectOf(row, rowName(row), map, own)
      const place = { map, path: ['rows', index] }
      if (row.path !== undefined) exact.put(textOf(row.path, aliases), effect, place)
      if (row.impl !== undefined) impls.put(implTextOf(row.impl, aliases), effect, place)
      if (row.type !== undefined) types.put(textOf(row.type, aliases), effect, place)
      const module = row.prefix ?? row.module
      if (module !== undefined) modules.put(textOf(module, aliases), effect, place)
      if (row.module !== undefined) withoutImpls.add(textOf(row.module, aliases))
    })
    for (const [section, shelf] of [
      ['symbols', symbols],
      ['syscalls', syscalls],
    ] as const) {
      map.content[section].forEach((group, g) => {
        const of = effectOf(group, section, map, own)
        group.names.forEach((name, n) => {
          shelf.put(name, { ...of, row: `${name} (${map.source.name})` }, { map, path: [section, g, 'names', n] })
        })
      })
    }
    for (const row of map.content.facts) {
      const effect = effectOf(row, `${row.kind} ${row.what ?? ''}`.trim(), map, own)
      const list = facts.get(row.kind) ?? []
      facts.set(row.kind, [
        ...list,
        { ...(row.what !== undefined && { what: row.what }), knownSymbol: row.known_symbol ?? false, effect },
      ])
    }
  }
  return {
    own,
    exact: exact.rows,
    impls: impls.rows,
    types: types.rows,
    modules: modules.rows,
    withoutImpls,
    symbols: symbols.rows,
    symbolPrefixes: prefixesOf(symbols.rows),
    syscalls: syscalls.rows,
    facts,
    ...shelvesOfArguments(maps, aliases),
  }
}

/** Rows of one kind by key, with the place of each until the layer is complete. */
class Shelf {
  readonly rows = new Map<string, Effect>()
  private readonly places = new Map<string, RowPlace>()
  constructor(private readonly kind: string) {}

  put(key: string, effect: Effect, place: RowPlace): void {
    const earlier = this.places.get(key)
    if (earlier) {
      const first = `${earlier.map.source.name}:${earlier.map.lineOf(earlier.path)}`
      const line = place.map.lineOf(place.path)
      throw new MapError(place.map.source.name, line, `the ${this.kind} ${key} is classified already, at ${first}`)
    }
    this.rows.set(key, effect)
    this.places.set(key, place)
  }
}
interface RowPlace {
  readonly map: LoadedMap
  readonly path: readonly (string | number)[]
}

function effectOf(row: EffectRow & Pick<MapRow, 'why'>, name: string, map: LoadedMap, own: boolean): Effect {
  const why = row.why ?? row.safe
  return {
    grants: row.grants ?? [],
    wall: row.neutral === undefined,
    own,
    ...(why !== undefined && { why }),
    row: `${name} (${map.source.name})`,
  }
}

function rowName(row: MapRow): string {
  return row.path ?? row.impl ?? row.type ?? row.prefix ?? row.module ?? ''
}

function prefixesOf(symbols: ReadonlyMap<string, Effect>): MapLayer['symbolPrefixes'] {
  return [...symbols]
    .filter(([name]) => name.endsWith('*'))
    .map(([name, effect]) => ({ prefix: name.slice(0, -1), effect }))
    .sort((a, b) => b.prefix.length - a.prefix.length || compareText(a.prefix, b.prefix))
}
