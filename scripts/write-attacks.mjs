// Writes docs/attacks.md: what the commands print of each pair of test/docs/attacks. With --check only says whether it is current.
// Needs a built caps.
import { readFileSync, writeFileSync } from 'node:fs'
import { register } from 'node:module'

register('./typescript-loader.mjs', import.meta.url)
const { attacksDocument } = await import('../test/docs/attacks/document.ts')

const file = new URL('../docs/attacks.md', import.meta.url)
const text = await attacksDocument(await import('../dist/index.js'))
if (!process.argv.includes('--check')) writeFileSync(file, text)
else if (readFileSync(file, 'utf8') !== text) {
  console.error('docs/attacks.md is not current: run `npm run docs`')
  process.exitCode = 1
}
