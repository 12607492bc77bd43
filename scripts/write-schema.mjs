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
for (const { name, schema, from } of schemas) {
  const file = fileURLToPath(new URL(`../docs/schema/${name}.json`, import.meta.url))
  const text = `${JSON.stringify(schema, undefined, 2)}\n`
  const current = existsSync(file) ? readFileSync(file, 'utf8') : ''
  if (text !== current && process.argv.includes('--check')) {
    console.error(`${file} is not what ${from} says: run \`npm run docs\``)
    process.exitCode = 1
  } else if (text !== current) {
    writeFileSync(file, text)
  }
}
