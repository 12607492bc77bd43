/** An answer of a query, as text for a person or a program. */
import { escapeText } from '../report/escape.js'
import type { QueryAnswer } from '../survey/index.js'

export const QUERY_FORMATS = ['text', 'csv', 'json'] as const

export function queryText(answer: QueryAnswer, format: (typeof QUERY_FORMATS)[number]): string {
  switch (format) {
    case 'text':
      return table(answer)
    case 'csv':
      return csv(answer)
    case 'json':
      return json(answer)
  }
}

/** Of crate text, escaped. */
const shown = (value: unknown): string =>
  value === null ? '' : escapeText(typeof value === 'object' ? JSON.stringify(value) : String(value))

function table({ columns, rows }: QueryAnswer): string {
  const cells = [columns.map(shown), ...rows.map((row) => row.map(shown))]
  const widths = columns.map((_, at) => Math.max(...cells.map((row) => row[at]?.length ?? 0)))
  const isNumber = columns.map((_, at) => rows.length > 0 && rows.every((row) => /^-?[\d.]+$/.test(shown(row[at]))))
  const lines = cells.map((row) =>
    row
      .map((cell, at) => (isNumber[at] ? cell.padStart(widths[at] ?? 0) : cell.padEnd(widths[at] ?? 0)))
      .join('  ')
      .trimEnd(),
  )
  const [head = '', ...body] = lines
  const count = rows.length === 1 ? '1 row' : `${rows.length} rows`
  return `${[head, widths.map((width) => '-'.repeat(width)).join('  '), ...body, `(${count})`].join('\n')}\n`
}

/** RFC 4180. A cell that a spreadsheet would take for a formula is text of a crate, and stays text. */
function csv({ columns, rows }: QueryAnswer): string {
  const cell = (value: unknown): string => {
    const text = value === null ? '' : typeof value === 'object' ? JSON.stringify(value) : String(value)
    const plain = /^[=+\-@\t\r]/.test(text) && !/^-?[\d.]+$/.test(text) ? `'${text}` : text
    return /[",\r\n]/.test(plain) ? `"${plain.replaceAll('"', '""')}"` : plain
  }
  return [columns, ...rows].map((row) => `${row.map(cell).join(',')}\r\n`).join('')
}

function json({ columns, rows }: QueryAnswer): string {
  const objects = rows.map((row) => Object.fromEntries(columns.map((name, at) => [name, row[at]])))
  return `[\n${objects.map((object) => `  ${JSON.stringify(object)}`).join(',\n')}\n]\n`
}
