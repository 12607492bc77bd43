/**
 * The text of one configuration file as values with places. The parser of manifests says whether it is TOML and what it means; the
 * one that keeps a syntax tree says where each key stands.
 */
import { parseDocument } from '@decimalturn/toml-patch'
import { parse } from 'smol-toml'
import { messageOf, ProjectError, tomlPlaces, type ValuePath } from '../../base/index.js'
import type { ConfigurationFile } from '../cargo-configuration.js'
import { MAX_CONFIGURATION_BYTES } from '../limits.js'
import { type ConfigurationTable, type ConfigurationValue, keyText, type Origin } from './values.js'

/** `root`: what relative paths count from. Throws ProjectError when it is not what cargo takes. */
export function parseConfiguration({ file, scope, text }: ConfigurationFile, root: string): ConfigurationTable {
  if (text.length > MAX_CONFIGURATION_BYTES) {
    throw refused(file, `it is larger than ${MAX_CONFIGURATION_BYTES} bytes`)
  }
  let table: unknown
  let placeOf: (path: ValuePath) => Place
  try {
    table = parse(text, { integersAsBigInt: 'asNeeded' })
    placeOf = placesIn(text)
  } catch (thrown) {
    // The parser's message goes on with lines of the file: those of the machine are nobody else's business.
    const message = messageOf(thrown)
    throw refused(file, scope === 'machine' ? (message.split('\n', 1)[0] ?? '') : message)
  }
  const at = (path: Path): Origin => ({ file, scope, root, ...placeOf(path) })
  const value = readValue(table, [], at, file)
  if (value.k !== 'table') throw refused(file, 'it is not a table')
  return value
}

type Path = readonly (string | number)[]
interface Place {
  readonly line: number
  readonly column: number
}

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

/** Places as a report has them, in characters from 1; the tree counts in UTF-16 units from 0. */
function placesIn(text: string): (path: ValuePath) => Place {
  const lines = text.split('\n')
  const placeOf = tomlPlaces(parseDocument(text))
  return (path) => {
    const { line, column } = placeOf(path) ?? { line: 1, column: 0 }
    return { line, column: [...(lines[line - 1] ?? '').slice(0, column)].length + 1 }
  }
}
