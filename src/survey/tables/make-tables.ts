/**
 * The tables of a survey, made of its result files: Parquet, a directory a table, a file for so many crate versions. They are
 * made beside those that are there and then put in their place, so that whoever asks finds whole ones.
 */
import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { codeOf, ProjectError } from '../../base/index.js'
import { digestOfHow } from '../how.js'
import type { FailureRecord, ResultRecord, SurveyedCrate } from '../record.js'
import type { SurveyDirectory } from '../survey-directory.js'
import { parquetOf } from './parquet.js'
import { rowsOf } from './rows.js'
import { type Row, type Rows, TABLE_NAMES, TABLES_VERSION, type TableName } from './schema.js'

/** Crate versions of one file: their rows are in memory together. */
const BATCH = 200
const DIGITS = 5

/** Makes the tables of what the last run was about. Throws ProjectError when there was none. */
export function makeTables(directory: SurveyDirectory): void {
  const { how, crates } = directory.readList()
  const made = join(directory.unfinished, `tables-${process.pid}`)
  rmSync(made, { recursive: true, force: true })
  for (const table of TABLE_NAMES) mkdirSync(join(made, table), { recursive: true })
  const key = digestOfHow(how)
  // Without any crate there is a file as well, which has the columns.
  for (let at = 0; at === 0 || at < crates.length; at += BATCH) {
    const batch = crates.slice(at, at + BATCH)
    const rows = together(batch.map((crate) => rowsOf(crate, foundOf(directory, crate, key), how)))
    const file = `${String(at / BATCH).padStart(DIGITS, '0')}.parquet`
    for (const table of TABLE_NAMES) writeFileSync(join(made, table, file), bytesOf(table, rows))
  }
  writeFileSync(join(made, VERSION_FILE), `${JSON.stringify({ version: TABLES_VERSION })}\n`)
  putInPlace(made, directory.tables)
}

const bytesOf = <T extends TableName>(table: T, rows: Rows): Uint8Array =>
  parquetOf(table, rows[table] as readonly Row<T>[])

function foundOf(
  directory: SurveyDirectory,
  crate: SurveyedCrate,
  how: string,
): ResultRecord | FailureRecord | undefined {
  const lockfile = directory.lockDigest(crate)
  const result = lockfile === undefined ? undefined : directory.readResult(crate, lockfile, how)
  return result ?? directory.readFailure(crate, lockfile ?? null, how)
}

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
