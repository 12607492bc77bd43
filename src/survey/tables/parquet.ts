/** Rows to the bytes of a Parquet file, and nothing else: which file they belong in is make-tables.ts's matter. */
import { type ColumnSource, parquetWriteBuffer } from 'hyparquet-writer'
import { type Column, type Row, TABLES, TABLES_VERSION, type TableName } from './schema.js'

export function parquetOf<T extends TableName>(table: T, rows: readonly Row<T>[]): Uint8Array {
  const columns = Object.entries<Column>(TABLES[table].columns)
  const columnData = columns.map(([name, { type, nullable }]): ColumnSource => {
    const values = rows.map((row) => fieldOf(row, name))
    return { name, type, nullable, data: type === 'INT64' ? values.map(large) : values }
  })
  const buffer = parquetWriteBuffer({
    columnData,
    kvMetadata: [
      { key: 'caps.table', value: table },
      { key: 'caps.tables-version', value: String(TABLES_VERSION) },
    ],
    createdBy: 'caps survey',
  })
  return new Uint8Array(buffer)
}

const fieldOf = (row: object, name: string): unknown => Reflect.get(row, name)

const large = (value: unknown): unknown => (typeof value === 'number' ? BigInt(value) : value)
