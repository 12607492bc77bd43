// Writes data/targets.json: for every target that rustc knows, the options it sets, as `rustc --print cfg` prints them.
// Run again when Rust gains targets:  node scripts/make-targets.mjs [RUSTC]
// Many targets set the same option, so the file holds each option once and a list of indices a target. rustc runs in a
// fresh temporary directory, so that no rust-toolchain file beside it says which rustc that is.
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const rustc = process.argv[2] ?? 'rustc'
const output = fileURLToPath(new URL('../data/targets.json', import.meta.url))
const directory = mkdtempSync(join(tmpdir(), 'caps-targets-'))
const run = (...args) =>
  execFileSync(rustc, args, { cwd: directory, encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] })
    .trim()
    .split('\n')

try {
  const [version] = run('--version')
  const options = new Map()
  const rows = []
  const failed = []
  for (const triple of run('--print', 'target-list').sort()) {
    try {
      const indices = run('--print', 'cfg', '--target', triple).map((option) => {
        if (!options.has(option)) options.set(option, options.size)
        return options.get(option)
      })
      rows.push(`    ${JSON.stringify(triple)}: ${JSON.stringify(indices.sort((a, b) => a - b))}`)
    } catch {
      failed.push(triple)
    }
  }
  const optionRows = [...options.keys()].map((option) => `    ${JSON.stringify(option)}`)
  writeFileSync(
    output,
    `{\n  "madeBy": "scripts/make-targets.mjs",\n  "rustc": ${JSON.stringify(version)},\n` +
      `  "options": [\n${optionRows.join(',\n')}\n  ],\n  "targets": {\n${rows.join(',\n')}\n  }\n}\n`,
  )
  console.log(
    `${rows.length} targets, ${options.size} options; rustc gave no options for: ${failed.join(', ') || 'none'}`,
  )
} finally {
  rmSync(directory, { recursive: true, force: true })
}
