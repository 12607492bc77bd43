/**
 * The text of one configuration file as values with places. The parser of manifests says whether it is TOML and what it means; the
 * one that keeps a syntax tree says where each key stands.
 */
import { parseDocument, type TomlDocument } from '@decimalturn/toml-patch'
import { parse } from 'smol-toml'
import { messageOf, ProjectError } from '../../base/index.js'
import type { ConfigurationFile } from '../cargo-configuration.js'
import { MAX_CONFIGURATION_BYTES } from '../limits.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, type Origin } from './values.js'

/** `root`: what relative paths count from. Throws ProjectError when it is not what cargo takes. */
export function parseConfiguration({ file, scope, text }: ConfigurationFile, root: string): ConfigurationTable {
  if (text.length > MAX_CONFIGURATION_BYTES) {
    throw refused(file, `it is larger than ${MAX_CONFIGURATION_BYTES} bytes`)
  }
  let table: unknown
  let places: Places
  try {
    table = parse(text, { integersAsBigInt: 'asNeeded' })
    places = placesIn(parseDocument(text), text)
  } catch (thrown) {
    // The parser's message goes on with lines of the file: those of the machine are nobody else's business.
    const message = messageOf(thrown)
    throw refused(file, scope === 'machine' ? (message.split('\n', 1)[0] ?? '') : message)
  }
  const at = (path: Path): Origin => ({ file, scope, root, ...placeAround(places, path) })
  const value = readValue(table, [], at, file)
  if (value.k !== 'table') throw refused(file, 'it is not a table')
  return value
}

type Path = readonly (string | number)[]
interface Place {
  readonly line: number
  readonly column: number
}
type Places = ReadonlyMap<string, Place>

function refused(file: string, why: string): ProjectError {
  return new ProjectError(
    `${file}, a configuration of cargo, cannot be read`,
    why,
    'Correct it: cargo refuses it just so.',
  )
}

function readValue(raw: unknown, path: Path, at: (path: Path) => Origin, file: string): ConfigurationValue {
  const where = at(path)
  if (typeof raw === 'string') return { k: 'string', value: raw, at: where }
  if (typeof raw === 'boolean') return { k: 'boolean', value: raw, at: where }
  if (typeof raw === 'bigint' || (typeof raw === 'number' && Number.isInteger(raw))) {
    return { k: 'integer', value: Number(raw), at: where }
  }
  if (Array.isArray(raw)) {
    const items = raw.map((item: unknown, index) => readValue(item, [...path, index], at, file))
    return { k: 'list', items, at: where }
  }
  if (typeof raw === 'object' && raw !== null && !(raw instanceof Date)) {
    const entries = Object.entries(raw).map(([key, item]): [string, ConfigurationValue] => [
      key,
      readValue(item, [...path, key], at, file),
    ])
    return { k: 'table', entries: new Map(entries), at: where }
  }
  throw refused(file, `${keyText(path.map(String))} in line ${where.line} is of a type that no configuration has`)
}

const keyOf = (path: Path): string => JSON.stringify(path.map(String))

function placeAround(places: Places, path: Path): Place {
  for (let length = path.length; length > 0; length--) {
    const place = places.get(keyOf(path.slice(0, length)))
    if (place) return place
  }
  return { line: 1, column: 1 }
}

/** What the nodes of the syntax tree that can be values have in common. */
interface Node {
  readonly loc: { readonly start: Place }
  /** Of a list or an inline table. */
  readonly items?: readonly { readonly item: Node }[]
  /** Of a pair in an inline table. */
  readonly key?: Node & { readonly value: readonly string[] }
  readonly value?: unknown
}

/** A key's place is where its name begins; a table's, where its header or the first key in it does. */
function placesIn(document: TomlDocument, text: string): Places {
  const lines = text.split('\n')
  const places = new Map<string, Place>()
  const add = (path: Path, { line, column }: Place): void => {
    // The tree counts in UTF-16 units from 0, a report in characters from 1.
    const before = (lines[line - 1] ?? '').slice(0, column)
    for (let length = 1; length <= path.length; length++) {
      const key = keyOf(path.slice(0, length))
      if (!places.has(key)) places.set(key, { line, column: [...before].length + 1 })
    }
  }
  const addValue = (path: Path, start: Place, node: Node): void => {
    add(path, start)
    node.items?.forEach(({ item }, index) => {
      if (item.key && isNode(item.value)) addValue([...path, ...item.key.value], item.key.loc.start, item.value)
      else addValue([...path, index], item.loc.start, item)
    })
  }
  const elements = new Map<string, number>()
  for (const block of document.cst) {
    if ('value' in block) addValue(block.key.value, block.key.loc.start, block.value)
    if (!('items' in block)) continue
    const header: (string | number)[] = [...block.key.item.value]
    if (String(block.type) === 'TableArray') {
      const index = elements.get(keyOf(header)) ?? 0
      elements.set(keyOf(header), index + 1)
      header.push(index)
    }
    add(header, block.loc.start)
    for (const row of block.items) {
      if ('value' in row) addValue([...header, ...row.key.value], row.key.loc.start, row.value)
    }
  }
  return places
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'loc' in value
