// Writes docs/schema/analysis-v1.json from the zod schema of the result; with --check only says whether it is current.
// Needs a built caps (`npm run build`).
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { analysisJsonSchema, SCHEMA_VERSION } = await import('../dist/report/result.js')
const file = fileURLToPath(new URL(`../docs/schema/analysis-v${SCHEMA_VERSION}.json`, import.meta.url))
const text = `${JSON.stringify(analysisJsonSchema(), undefined, 2)}\n`
const current = existsSync(file) ? readFileSync(file, 'utf8') : ''
if (text !== current && process.argv.includes('--check')) {
  console.error(`${file} is not what src/report/result.ts says: run \`npm run docs\``)
  process.exitCode = 1
} else if (text !== current) {
  writeFileSync(file, text)
}
