// The tables of a survey: their schema is versioned, rows are read back by another reader, and a query by a third.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import { makeTables, queryTables, SurveyDirectory, TABLES, TABLES_VERSION } from '../../src/survey/index.js'
import { optionalPackage } from '../../src/survey/optional-package.js'
import { fill, fillRichly } from './rich-survey.js'

/**
 * What the columns of each version are, as a sum. A change of columns changes the sum: raise TABLES_VERSION, and add a line here. The
 * line of a version that was given away stays as it is.
 */
const SUMS: Readonly<Record<number, string>> = {
  1: 'bbea27e19a732e1aaeddb0ebaaf40f456d3aa977da995d9e91033a3f8b66a83f',
}

test('columns do not change without their version', () => {
  const columns = Object.entries(TABLES).map(([table, { columns: all }]) => [
    table,
    Object.entries(all).map(([name, { type, nullable }]) => [name, type, nullable]),
  ])
  expect(createHash('sha256').update(JSON.stringify(columns)).digest('hex')).toBe(SUMS[TABLES_VERSION])
})

let directory: SurveyDirectory
beforeEach(() => {
  directory = new SurveyDirectory(mkdtempSync(join(tmpdir(), 'caps-tables-')))
  directory.create()
})
afterEach(() => rmSync(directory.path, { recursive: true, force: true }))

/** By a reader that is not the one of queries. */
async function read(table: string): Promise<readonly Record<string, unknown>[]> {
  const file = new Uint8Array(readFileSync(join(directory.tables, table, '00000.parquet'))).buffer
  const names = Object.entries(TABLES).find(([name]) => name === table)?.[1].columns ?? {}
  expect(parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name)).toEqual(Object.keys(names))
  return parquetReadObjects({ file })
}

test('a second reader finds every table with its columns', async () => {
  fill(directory)
  makeTables(directory)
  expect(
    (await read('crates')).map(({ crate, outcome, rank, downloads, functions }) => [
      crate,
      outcome,
      rank,
      downloads,
      functions,
    ]),
  ).toEqual([
    ['a@1.0.0', 'analyzed', 1, 5_000_000_000n, 4],
    ['b@1.0.0', 'failed', 2, 5_000_000_000n, null],
    ['c@1.0.0', 'left', 3, 5_000_000_000n, null],
  ])
  expect(await read('findings')).toMatchObject([
    { granularity: 'crate', capability: 'exec', family: 'exec', condition: 'unix', module: null, steps: 2, line: 4 },
    { granularity: 'function', module: 'a', function: 'a::go', power: 'std::process::Command::spawn' },
  ])
  expect(await read('calls')).toMatchObject([
    { to_package: null, capabilities: 'exec' },
    { to_package: 'b@1.0.0', capabilities: null, certainty: 'possible' },
  ])
  expect(await read('build_scripts')).toMatchObject([{ kind: 'build', file: 'build.rs', digest: null }])
  expect(await read('losses')).toMatchObject([{ kind: 'unresolved: unknown path', places: 1 }])
  expect(await read('failures')).toMatchObject([{ crate: 'b@1.0.0', why: 'absent' }])
  for (const table of ['packages', 'dependencies', 'resources', 'coverage']) await read(table)
})

test('DuckDB finds the same', async () => {
  fill(directory)
  makeTables(directory)
  const ask = async (sql: string) => (await queryTables(directory, sql)).rows
  expect(await ask('SELECT crate, rust_bytes FROM coverage')).toEqual([['a@1.0.0', '5000000000']])
  expect(await ask("SELECT value, json_array_length(arguments) FROM resources WHERE granularity = 'crate'")).toEqual([
    ['o\'dd "x"', '2'],
  ])
  expect(await ask('SELECT count(*) FROM dependencies')).toEqual([['0']])
  const { columns } = await queryTables(directory, 'SELECT crate, crate FROM crates')
  expect(columns).toEqual(['crate', 'crate:1'])
})

test('each question of the documentation has an answer', async () => {
  fillRichly(directory)
  makeTables(directory)
  const text = readFileSync(new URL('../../docs/survey.md', import.meta.url), 'utf8')
  const questions = [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql)
  expect(questions.length).toBeGreaterThanOrEqual(20)
  const unanswered = []
  for (const sql of questions) if ((await queryTables(directory, sql)).rows.length === 0) unanswered.push(sql)
  expect(unanswered).toEqual([])
}, 60_000)

test('the same results give the same bytes', () => {
  fill(directory)
  const bytes = () =>
    readdirSync(directory.tables, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => readFileSync(join(entry.parentPath, entry.name), 'base64'))
  makeTables(directory)
  const first = bytes()
  makeTables(directory)
  expect(bytes()).toEqual(first)
})

test('what cannot be answered is told in three parts', async () => {
  await expect(queryTables(directory, 'SELECT 1')).rejects.toMatchObject({ why: 'they were not made yet' })
  expect(() => makeTables(directory)).toThrow(expect.objectContaining({ why: 'no run has begun there' }))
  fill(directory)
  makeTables(directory)
  await expect(queryTables(directory, 'SELEC')).rejects.toMatchObject({ what: 'The query cannot be answered' })
  writeFileSync(join(directory.tables, 'version.json'), '{"version":99}')
  await expect(queryTables(directory, 'SELECT 1')).rejects.toMatchObject({
    why: `they are of version 99, and this is ${TABLES_VERSION}`,
  })
})

test('a package that is not installed is named, with how to install it', async () => {
  const absent = () => Promise.reject(Object.assign(new Error('x'), { code: 'ERR_MODULE_NOT_FOUND' }))
  await expect(optionalPackage('@duckdb/node-api', 'A query', absent)).rejects.toMatchObject({
    what: 'A query needs @duckdb/node-api',
    fix: expect.stringContaining('npm install @duckdb/node-api'),
  })
})
