/** SQL over the tables of a survey, by DuckDB in this process: each table is a view over its files. Nothing is downloaded. */
import { join } from 'node:path'
import { messageOf, ProjectError } from '../../base/index.js'
import { optionalPackage } from '../optional-package.js'
import type { SurveyDirectory } from '../survey-directory.js'
import { requireTables } from './make-tables.js'
import { TABLE_NAMES } from './schema.js'

export interface QueryAnswer {
  readonly columns: readonly string[]
  /** Values as JSON has them; large numbers as texts. */
  readonly rows: readonly (readonly unknown[])[]
}
export interface OpenTables {
  /** Throws ProjectError when DuckDB cannot answer. */
  ask(sql: string): Promise<QueryAnswer>
  close(): void
}

/** Opens the tables. Throws ProjectError when there are none or DuckDB is not installed. */
export async function openTables(directory: SurveyDirectory): Promise<OpenTables> {
  requireTables(directory)
  const name = '@duckdb/node-api'
  const { DuckDBInstance } = await optionalPackage(name, 'A query', () => import('@duckdb/node-api'))
  // What it does not have it would fetch: an extension, for a function that it knows by name.
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  const close = (): void => {
    connection.closeSync()
    instance.closeSync()
  }
  const ask = async (sql: string): Promise<QueryAnswer> => {
    try {
      const answer = await connection.runAndReadAll(sql)
      return { columns: answer.deduplicatedColumnNames(), rows: answer.getRowsJson() }
    } catch (thrown) {
      throw unanswered(thrown)
    }
  }
  try {
    for (const table of TABLE_NAMES) {
      const files = join(directory.tables, table, '*.parquet').replaceAll("'", "''")
      await connection.run(`CREATE VIEW ${table} AS SELECT * FROM read_parquet('${files}')`)
    }
  } catch (thrown) {
    close()
    throw unanswered(thrown)
  }
  return { ask, close }
}

/** One answer. Throws ProjectError as `openTables` and `ask` do. */
export async function queryTables(directory: SurveyDirectory, sql: string): Promise<QueryAnswer> {
  const tables = await openTables(directory)
  try {
    return await tables.ask(sql)
  } finally {
    tables.close()
  }
}

const unanswered = (thrown: unknown): ProjectError =>
  new ProjectError(
    'The query cannot be answered',
    messageOf(thrown),
    `The tables are ${TABLE_NAMES.join(', ')}; docs/survey.md has their columns, and questions with their SQL.`,
  )
