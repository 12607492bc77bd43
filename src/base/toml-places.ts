/**
 * Where the values of a TOML text stand, by the syntax tree of a parser that keeps places. The tree is known here by its shape: this
 * room imports nothing, and whoever parses hands it over.
 */

/** Keys and array indexes from the document's root, as in a zod issue. */
export type ValuePath = readonly PropertyKey[]
export interface TomlPlace {
  /** From 1. */
  readonly line: number
  /** From 0, in UTF-16 units. */
  readonly column: number
}
/** Where a value begins, or the nearest thing around it that has a place; undefined for an empty document. */
export type PlaceOf = (path: ValuePath) => TomlPlace | undefined

interface Placed {
  readonly loc: { readonly start: TomlPlace }
}
interface Key extends Placed {
  readonly value: readonly string[]
}
/** What the nodes that can be values have in common. */
interface Node extends Placed {
  /** Of a list or an inline table. */
  readonly items?: readonly { readonly item: Node }[]
  /** Of a pair in an inline table. */
  readonly key?: Key
  readonly value?: unknown
}
type Row = (Placed & { readonly key: Key; readonly value: Node }) | (Placed & { readonly raw: string })
interface Table extends Placed {
  readonly type: unknown
  readonly key: { readonly item: Key }
  readonly items: readonly Row[]
}
/** The tree of a document. */
export interface TomlTree {
  readonly cst: Iterable<Row | Table>
}

/** A key's place is where its name begins; a table's, where its header or the first key in it does. */
export function tomlPlaces({ cst }: TomlTree): PlaceOf {
  const places = new Map<string, TomlPlace>()
  const elements = new Map<string, number>()
  const noteRow = (path: ValuePath, row: Row): void => {
    if ('value' in row) noteValue(places, [...path, ...row.key.value], row.key.loc.start, row.value)
  }
  for (const block of cst) {
    if (!('items' in block)) {
      noteRow([], block)
      continue
    }
    const path: PropertyKey[] = [...block.key.item.value]
    if (String(block.type) === 'TableArray') {
      const index = elements.get(keyOf(path)) ?? 0
      elements.set(keyOf(path), index + 1)
      path.push(index)
    }
    note(places, path, block.loc.start)
    for (const row of block.items) noteRow(path, row)
  }
  return (path) => {
    for (let length = path.length; length > 0; length--) {
      const place = places.get(keyOf(path.slice(0, length)))
      if (place) return place
    }
    return undefined
  }
}

/**
 * The line (from 1) of a value of a text that another parser took. What `parse` refuses all the same has no lines to be told: 1, as
 * for what is not in the text.
 */
export function lineOfValue(text: string, path: ValuePath, parse: (text: string) => TomlTree): number {
  let tree: TomlTree
  try {
    tree = parse(text)
  } catch {
    return 1
  }
  return tomlPlaces(tree)(path)?.line ?? 1
}

const keyOf = (path: ValuePath): string => JSON.stringify(path.map(String))

/** The place of what the path names, and of what is around it and has none yet. */
function note(places: Map<string, TomlPlace>, path: ValuePath, place: TomlPlace): void {
  for (let length = 1; length <= path.length; length++) {
    const key = keyOf(path.slice(0, length))
    if (!places.has(key)) places.set(key, place)
  }
}

/** Elements of a list and keys of an inline table have places of their own. */
function noteValue(places: Map<string, TomlPlace>, path: ValuePath, start: TomlPlace, node: Node): void {
  note(places, path, start)
  node.items?.forEach(({ item }, index) => {
    if (item.key && isNode(item.value)) noteValue(places, [...path, ...item.key.value], item.key.loc.start, item.value)
    else noteValue(places, [...path, index], item.loc.start, item)
  })
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'loc' in value
