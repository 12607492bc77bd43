// Writes the manual page docs/man/caps.1 from the help of the program; with --check only says whether it is current.
// Needs a built caps (`npm run build`).
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const { manual } = await import('../dist/cli/help-command.js')

const directory = fileURLToPath(new URL('../docs/man/', import.meta.url))
const file = `${directory}caps.1`
const text = await manual()
const current = existsSync(file) ? readFileSync(file, 'utf8') : ''
if (text !== current && process.argv.includes('--check')) {
  console.error(`${file} is not what caps --help says: run \`npm run docs\``)
  process.exitCode = 1
} else if (text !== current) {
  mkdirSync(directory, { recursive: true })
  writeFileSync(file, text)
}
