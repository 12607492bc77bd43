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

/** Throws ProjectError when there are no tables, DuckDB is not installed or cannot answer. */
export async function queryTables(directory: SurveyDirectory, sql: string): Promise<QueryAnswer> {
  requireTables(directory)
  const name = '@duckdb/node-api'
  const { DuckDBInstance } = await optionalPackage(name, 'A query', () => import('@duckdb/node-api'))
  // What it does not have it would fetch: an extension, for a function that it knows by name.
  const instance = await DuckDBInstance.create(':memory:', {
    autoinstall_known_extensions: 'false',
    autoload_known_extensions: 'false',
  })
  const connection = await instance.connect()
  try {
    for (const table of TABLE_NAMES) {
      const files = join(directory.tables, table, '*.parquet').replaceAll("'", "''")
      await connection.run(`CREATE VIEW ${table} AS SELECT * FROM read_parquet('${files}')`)
    }
    const answer = await connection.runAndReadAll(sql)
    return { columns: answer.deduplicatedColumnNames(), rows: answer.getRowsJson() }
  } catch (thrown) {
    throw new ProjectError(
      'The query cannot be answered',
      messageOf(thrown),
      `The tables are ${TABLE_NAMES.join(', ')}; docs/survey.md has their columns, and questions with their SQL.`,
    )
  } finally {
    connection.closeSync()
    instance.closeSync()
  }
}
