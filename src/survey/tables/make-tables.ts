/**
 * The tables of a survey, made of its result files: Parquet, a directory a table, a file for so many crate versions. They are
 * made beside those that are there and then put in their place, so that whoever asks finds whole ones.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, ProjectError } from '../../base/index.js'
import { foundCrates } from '../found-crates.js'
import type { SurveyDirectory } from '../survey-directory.js'
import { parquetOf } from './parquet.js'
import { rowsOf } from './rows.js'
import { type Row, type Rows, TABLE_NAMES, TABLES_VERSION, type TableName } from './schema.js'

/** Crate versions of one file: their rows are in memory together. */
const BATCH = 200
const DIGITS = 5

/** Makes the tables of what the last run was about. Throws ProjectError when there was none. */
export function makeTables(directory: SurveyDirectory): void {
  const { how } = directory.readList()
  const made = join(directory.unfinished, `tables-${process.pid}`)
  rmSync(made, { recursive: true, force: true })
  for (const table of TABLE_NAMES) mkdirSync(join(made, table), { recursive: true })
  // Without any crate there is a file as well, which has the columns.
  let batch: Rows[] = []
  let files = 0
  const put = (): void => {
    const rows = together(batch)
    const file = `${String(files++).padStart(DIGITS, '0')}.parquet`
    for (const table of TABLE_NAMES) writeFileSync(join(made, table, file), bytesOf(table, rows))
    batch = []
  }
  for (const { crate, found } of foundCrates(directory)) {
    batch.push(rowsOf(crate, found, how))
    if (batch.length === BATCH) put()
  }
  if (batch.length > 0 || files === 0) put()
  writeFileSync(join(made, VERSION_FILE), `${JSON.stringify({ version: TABLES_VERSION })}\n`)
  putInPlace(made, directory.tables)
}

const bytesOf = <T extends TableName>(table: T, rows: Rows): Uint8Array =>
  parquetOf(table, rows[table] as readonly Row<T>[])

function together(all: readonly Rows[]): Rows {
  const rows = TABLE_NAMES.map((table) => [table, all.flatMap((one): readonly object[] => one[table])])
  return Object.fromEntries(rows) as unknown as Rows
}

/** Another run may do the same: then one of them is there. */
function putInPlace(made: string, place: string): void {
  for (;;) {
    rmSync(place, { recursive: true, force: true })
    try {
      return renameSync(made, place)
    } catch (thrown) {
      if (codeOf(thrown) !== 'ENOTEMPTY' && codeOf(thrown) !== 'EEXIST') throw thrown
    }
  }
}

const VERSION_FILE = 'version.json'

/** Throws ProjectError unless there are tables of this version. */
export function requireTables(directory: SurveyDirectory): void {
  directory.require()
  const version = versionOf(directory)
  if (version === TABLES_VERSION) return
  throw new ProjectError(
    `${directory.path} has no tables that can be read`,
    version === undefined ? 'they were not made yet' : `they are of version ${version}, and this is ${TABLES_VERSION}`,
    'Make them with `caps survey tables`.',
  )
}

function versionOf(directory: SurveyDirectory): unknown {
  try {
    const read: unknown = JSON.parse(readFileSync(join(directory.tables, VERSION_FILE), 'utf8'))
    return typeof read === 'object' && read !== null ? Reflect.get(read, 'version') : undefined
  } catch (thrown) {
    if (thrown instanceof SyntaxError || codeOf(thrown) === 'ENOENT') return undefined
    throw thrown
  }
}
