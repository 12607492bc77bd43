// The tables of a survey: their schema is versioned, rows are read back by another reader, and a query by a third.
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, test } from '@jest/globals'
import { parquetMetadata, parquetReadObjects, parquetSchema } from 'hyparquet'
import type { Finding } from '../../src/report/result.js'
import {
  digestOf,
  digestOfHow,
  type How,
  makeTables,
  queryTables,
  SurveyDirectory,
  TABLES,
  TABLES_VERSION,
} from '../../src/survey/index.js'
import { optionalPackage } from '../../src/survey/optional-package.js'
import type { ResultRecord } from '../../src/survey/record.js'

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

const HOW: How = { engine: 'e', maps: 'm', features: [], allFeatures: false, noDefaultFeatures: false, targets: [] }
const LOCK = 'version = 4\n'

let directory: SurveyDirectory
beforeEach(() => {
  directory = new SurveyDirectory(mkdtempSync(join(tmpdir(), 'caps-tables-')))
  directory.create()
})
afterEach(() => rmSync(directory.path, { recursive: true, force: true }))

const finding = {
  capability: 'exec',
  stage: 'run',
  certainty: 'certain',
  reach: 'direct',
  condition: 'unix',
  sites: 2,
  path: [
    { function: 'a::go', package: 'a@1.0.0', file: 'src/lib.rs', line: 3, column: 1 },
    { function: 'std::process::Command::spawn', package: 'a@1.0.0', file: 'src/lib.rs', line: 4, column: 9 },
  ],
  resources: [{ kind: 'program', value: 'o\'dd "x"', known: 'written', arguments: ['-c', 'x'], sites: 1 }],
} as const

const started = { ...finding, stage: 'build', condition: 'true' } as const
const inherited = {
  ...finding,
  capability: 'network/connect',
  reach: 'transitive',
  path: [
    { function: 'a::go', package: 'a@1.0.0', file: 'src/lib.rs', line: 3, column: 1 },
    { function: 'd::call', package: 'a@1.0.0', file: 'src/lib.rs', line: 5, column: 9 },
    { function: 'std::net::TcpStream::connect', package: 'd@1.0.0', file: 'src/lib.rs', line: 1, column: 1 },
  ],
  resources: [{ kind: 'variable', value: 'TOKEN', known: 'written', tags: ['credentials'], sites: 1 }],
} as const
/** With a dependency, a build script, an earlier version that could do less, and one of each kind of row. */
const RICH = [
  finding,
  started,
  inherited,
  { ...inherited, capability: 'exec' },
  { ...inherited, reach: 'direct' },
  { ...inherited, reach: 'direct', stage: 'build' },
] as const

function record(name: string, version = '1.0.0', capabilities: readonly Finding[] = [finding]): ResultRecord {
  const owner = { id: `${name}@${version}`, name, version, origin: 'registry', local: true } as const
  return {
    format: 1,
    crate: { name, version },
    lockfile: digestOf(LOCK),
    how: HOW,
    analysis: {
      schemaVersion: 1,
      tool: { name: 'caps', version: '0' },
      root: owner.id,
      members: [owner.id],
      targets: ['t'],
      lockedBy: 'resolved',
      granularity: 'crate',
      packages: [
        {
          ...owner,
          dependencies: [],
          units: [{ kind: 'build', root: 'build.rs', stages: ['build'] }],
          capabilities,
        },
      ],
      coverage: {
        references: { written: 5, exact: 3, trait: 1, value: 0, unresolved: { 'unknown path': 1 } },
        unresolved: [{ reason: 'unknown path', name: 'x', package: owner.id, file: 'src/lib.rs', line: 1, column: 1 }],
        losses: [],
        files: { rust: 1, bytes: 5_000_000_000 },
        diagnostics: [],
      },
    },
    finer: { module: [], function: [{ ...finding, module: 'a', function: 'a::go' }], site: [] },
    size: { modules: 1, functions: 4, publicFunctions: 2 },
    references: [
      {
        from: 'a::go',
        package: null,
        to: 'std::process::Command::spawn',
        certainty: 'certain',
        condition: 'unix',
        capabilities: ['exec'],
        places: 2,
      },
      {
        from: 'a::go',
        package: 'b@1.0.0',
        to: 'b::f',
        certainty: 'possible',
        condition: 'true',
        capabilities: [],
        places: 1,
      },
    ],
  }
}

/** A survey of three: one that was analyzed, one that failed, one that is left. */
function fill(): void {
  const crates = ['a', 'b', 'c'].map((name, index) => ({
    name,
    version: '1.0.0',
    rank: index + 1,
    downloads: 5_000_000_000,
  }))
  directory.writeList({ how: HOW, crates })
  directory.keepLock({ name: 'a', version: '1.0.0' }, LOCK)
  directory.writeResult(record('a'), digestOfHow(HOW))
  const failure = { stage: 'resolve', kind: 'input', what: 'no', why: 'absent' } as const
  const failed = { format: 1, crate: { name: 'b', version: '1.0.0' }, lockfile: null, how: HOW, failure } as const
  directory.writeFailure(failed, digestOfHow(HOW))
}

/** Something for each question: `a` depends on `d`, which it calls, and could do less before. */
function fillRichly(): void {
  fill()
  const crates = [
    ['a', '0.9.0', []],
    ['a', '1.0.0', RICH],
    ['d', '1.0.0', [inherited]],
    ['e', '1.0.0', []],
  ] as const
  for (const [name, version, capabilities] of crates) {
    directory.keepLock({ name, version }, LOCK)
    const made = record(name, version, capabilities)
    const { analysis } = made
    const others = [['d', '1.0.0'] as const, ['d', '0.5.0'] as const].map(([of, at]) => ({
      ...record(of, at, []).analysis.packages[0],
      local: false,
    }))
    const packages = [...analysis.packages, ...others].filter((one) => one !== undefined) as typeof analysis.packages
    const network = { ...inherited, function: 'd::call', module: 'd' }
    const calls = [{ ...made.references[1], package: 'd@1.0.0', to: 'd::call' }] as typeof made.references
    directory.writeResult(
      {
        ...made,
        analysis: { ...analysis, packages },
        finer: { ...made.finer, function: capabilities.length > 0 ? [network] : [] },
        references: calls,
      },
      digestOfHow(HOW),
    )
  }
  directory.writeList({
    how: HOW,
    crates: crates.map(([name, version], index) => ({ name, version, rank: index + 1 })),
  })
}

/** By a reader that is not the one of queries. */
async function read(table: string): Promise<readonly Record<string, unknown>[]> {
  const file = new Uint8Array(readFileSync(join(directory.tables, table, '00000.parquet'))).buffer
  const names = Object.entries(TABLES).find(([name]) => name === table)?.[1].columns ?? {}
  expect(parquetSchema(parquetMetadata(file)).children.map(({ element }) => element.name)).toEqual(Object.keys(names))
  return parquetReadObjects({ file })
}

test('a second reader finds every table with its columns', async () => {
  fill()
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
  fill()
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
  fillRichly()
  makeTables(directory)
  const text = readFileSync(new URL('../../docs/survey.md', import.meta.url), 'utf8')
  const questions = [...text.matchAll(/```sql\n(.*?)```/gs)].map(([, sql = '']) => sql)
  expect(questions.length).toBeGreaterThanOrEqual(20)
  const unanswered = []
  for (const sql of questions) if ((await queryTables(directory, sql)).rows.length === 0) unanswered.push(sql)
  expect(unanswered).toEqual([])
}, 60_000)

test('the same results give the same bytes', () => {
  fill()
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
  fill()
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
