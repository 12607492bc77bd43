/**
 * One capability map from its text: TOML to checked rows. Every error names the file and the line, and says what was
 * found where what was expected. No file is opened here.
 */
import { parseDocument } from '@decimalturn/toml-patch'
import { parse, TomlError } from 'smol-toml'
import { checked, lineOfValue, type ValuePath } from '../base/index.js'
import { type MapFile, mapFileSchema } from './map-schema.js'

/** The text of a map and the name it is known by in errors and reports. */
export interface MapSource {
  readonly name: string
  readonly text: string
}

/** A checked map that still knows where its rows stand. */
export interface LoadedMap {
  readonly source: MapSource
  readonly content: MapFile
  /** The line of a value; for errors, so that nothing is counted while all is well. */
  readonly lineOf: (path: ValuePath) => number
}

/** A map that cannot be used: what, where (`fs.toml:12`) and what to do. */
export class MapError extends Error {
  override readonly name = 'MapError'
  constructor(
    readonly file: string,
    readonly line: number,
    readonly problem: string,
  ) {
    super(`${file}:${line}: ${problem}`)
  }
}

/** Reads a map. Throws `MapError` at the first thing that is wrong. */
export function readMapFile(source: MapSource): LoadedMap {
  const lineOf = (path: ValuePath): number => lineOfValue(source.text, path, parseDocument)
  const document = parseToml(source)
  const checked = mapFileSchema.safeParse(document)
  if (!checked.success) {
    const issue = checked.error.issues[0]
    const path = issue?.path ?? []
    const keys = issue?.code === 'unrecognized_keys' ? issue.keys : []
    throw new MapError(source.name, lineOf([...path, ...keys.slice(0, 1)]), describe(path, issue?.message ?? 'invalid'))
  }
  return { source, content: checked.data, lineOf }
}

function parseToml(source: MapSource): unknown {
  try {
    return parse(source.text)
  } catch (error) {
    if (!(error instanceof TomlError)) throw error
    throw new MapError(source.name, error.line, checked(error.message.split('\n', 1)[0]))
  }
}

/** `rows[3].path is not a path`. */
function describe(path: ValuePath, message: string): string {
  let place = ''
  for (const part of path) place += typeof part === 'number' ? `[${part}]` : `${place && '.'}${String(part)}`
  return place ? `${place} ${message}` : message
}
