/**
 * Rows of the maps that speak about arguments: which of them says what a power acts on (`resources`), which takes a power away
 * (`flags`), and what a function makes of the values that it is given (`values`). Filed by the same texts as all rows; what they mean is for others to say.
 */
import type { Reference } from '../graph/index.js'
import { type LoadedMap, MapError } from './map-file.js'
import type { FlagRow, OperationRow, ResourceRow, ValueRow } from './map-schema.js'
import type { ModuleAliases } from './path-match.js'
import { implTextOf, textOf } from './row-texts.js'

/** A row that knows where it stands, for the error when it does not fit. */
export interface PlacedRow<Row> {
  readonly row: Row
  readonly map: LoadedMap
  readonly path: readonly (string | number)[]
}

/** Rows by what they name; several may speak of one function. */
export interface ArgumentShelf<Row> {
  readonly exact: ReadonlyMap<string, readonly Row[]>
  readonly impls: ReadonlyMap<string, readonly Row[]>
  readonly types: ReadonlyMap<string, readonly Row[]>
  readonly symbols: ReadonlyMap<string, readonly Row[]>
}

type Named = { readonly [Field in 'rows' | 'impls' | 'types' | 'symbols']?: readonly string[] | undefined }

/** The rows of one layer. Throws `MapError` for two rules about the value of one function. */
export function shelvesOfArguments(
  maps: readonly LoadedMap[],
  aliases: ModuleAliases,
): {
  readonly resources: ArgumentShelf<PlacedRow<ResourceRow>>
  readonly flags: ArgumentShelf<PlacedRow<FlagRow>>
  readonly values: ArgumentShelf<PlacedRow<ValueRow>>
  readonly operations: ArgumentShelf<PlacedRow<OperationRow>>
} {
  return {
    resources: shelfOf(maps, aliases, 'resources', ({ content }) => content.resources, false),
    flags: shelfOf(maps, aliases, 'flags', ({ content }) => content.flags, false),
    values: shelfOf(maps, aliases, 'values', ({ content }) => content.values, true),
    operations: shelfOf(maps, aliases, 'operations', ({ content }) => content.operations, true),
  }
}

function shelfOf<Row extends Named>(
  maps: readonly LoadedMap[],
  aliases: ModuleAliases,
  section: string,
  rowsOf: (map: LoadedMap) => readonly Row[],
  once: boolean,
): ArgumentShelf<PlacedRow<Row>> {
  const shelf = {
    exact: new Map<string, PlacedRow<Row>[]>(),
    impls: new Map<string, PlacedRow<Row>[]>(),
    types: new Map<string, PlacedRow<Row>[]>(),
    symbols: new Map<string, PlacedRow<Row>[]>(),
  }
  for (const map of maps) {
    rowsOf(map).forEach((row, index) => {
      const file = (
        into: Map<string, PlacedRow<Row>[]>,
        field: keyof Named,
        spelledAs: (name: string) => string,
      ): void => {
        row[field]?.forEach((name, n) => {
          const placed = { row, map, path: [section, index, field, n] }
          const known = into.get(spelledAs(name))
          const [first] = known ?? []
          if (first && once)
            throw new MapError(
              map.source.name,
              map.lineOf(placed.path),
              `${name} has a rule already, at ${first.map.source.name}:${first.map.lineOf(first.path)}`,
            )
          if (known) known.push(placed)
          else into.set(spelledAs(name), [placed])
        })
      }
      file(shelf.exact, 'rows', (name) => textOf(name, aliases))
      file(shelf.impls, 'impls', (name) => implTextOf(name, aliases))
      file(shelf.types, 'types', (name) => textOf(name, aliases))
      file(shelf.symbols, 'symbols', (name) => name)
    })
  }
  return shelf
}

/**
 * For a row that names an argument which a call has not. Throws `MapError` where the row is at fault: where the callee is
 * std's, whose arguments are known. What a crate declares by a name of the maps is the crate's own matter.
 */
export function requireArgument({ map, path }: PlacedRow<unknown>, argument: number, call: Reference): void {
  const { callee, name, to, symbol, values = [], found } = call
  if (to !== undefined || symbol !== undefined || (found !== 'path' && found !== 'method')) return
  throw new MapError(
    map.source.name,
    map.lineOf(path),
    `argument ${argument} of ${callee ?? name} is not there: it has ${values.length}, and the first one is argument 0`,
  )
}
