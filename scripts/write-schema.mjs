// Writes docs/schema/*.json from the zod schemas of the results; with --check only says whether they are current.
// Needs a built caps (`npm run build`).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { analysisJsonSchema, SCHEMA_VERSION, whyJsonSchema, WHY_SCHEMA_VERSION } = await import(
  '../dist/report/result.js'
)
const { diffJsonSchema, DIFF_SCHEMA_VERSION } = await import('../dist/report/diff-result.js')
const { checkJsonSchema, CHECK_SCHEMA_VERSION } = await import('../dist/report/check-result.js')

const schemas = [
  { name: `analysis-v${SCHEMA_VERSION}`, schema: analysisJsonSchema(), from: 'src/report/result.ts' },
  { name: `diff-v${DIFF_SCHEMA_VERSION}`, schema: diffJsonSchema(), from: 'src/report/diff-result.ts' },
  { name: `check-v${CHECK_SCHEMA_VERSION}`, schema: checkJsonSchema(), from: 'src/report/check-result.ts' },
  { name: `why-v${WHY_SCHEMA_VERSION}`, schema: whyJsonSchema(), from: 'src/report/result.ts' },
]
const { TABLES, TABLES_VERSION } = await import('../dist/survey/tables/schema.js')

const documents = [
  ...schemas.map(({ name, schema, from }) => ({
    file: `schema/${name}.json`,
    text: `${JSON.stringify(schema, undefined, 2)}\n`,
    from,
  })),
  { file: 'survey-tables.md', text: tablesText(), from: 'src/survey/tables/schema.ts' },
]
for (const { file: name, text, from } of documents) {
  const file = fileURLToPath(new URL(`../docs/${name}`, import.meta.url))
  const current = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text !== current && process.argv.includes('--check')) {
    console.error(`${file} is not what ${from} says: run \`npm run docs\``)
    process.exitCode = 1
  } else if (text !== current) {
    writeFileSync(file, text)
  }
}

/** The columns of a survey's tables. */
function tablesText() {
  const types = { STRING: 'text', INT32: 'integer', INT64: 'large integer', BOOLEAN: 'boolean' }
  const tables = Object.entries(TABLES).map(([table, { about, columns }]) => {
    const rows = Object.entries(columns).map(
      ([name, { type, nullable, about: what }]) =>
        `| \`${name}\` | ${types[type]}${nullable ? ', or null' : ''} | ${what.replaceAll('|', '\\|')} |\n`,
    )
    return `## ${table}\n\n${about}\n\n| column | type | what it is |\n|---|---|---|\n${rows.join('')}`
  })
  const head =
    '# The tables of a survey\n\nParquet files below `tables/`, a directory a table; `caps survey query` sees each as a view. Version '
  const tail =
    ': `tables/version.json` and each file (`caps.tables-version`) say it, and it is raised when a column changes. See [survey.md](survey.md).\n\n'
  return `${head}${TABLES_VERSION}${tail}${tables.join('\n')}`
}
