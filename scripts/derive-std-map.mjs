/**
 * Derives what std's public functions can do from std's own source, writes data/std/derived.json, and prints what the
 * capability maps say differently and do not explain: `npm run derive -- LIBRARY`, where LIBRARY is the `library`
 * directory of the Rust release that the std model is of, with its vendored crates. Without LIBRARY, CAPS_STD_SOURCE or
 * Debian's package rust-src (see below). Ends with 1 when something is unexplained, with 2 when it could not be run.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { builtInMaps } from '../dist/capabilities/builtin-maps.js'
import { printDerivedTable, printSystemImpls } from '../dist/derive-std-map/derived-table.js'
import { explain, findDifferences } from '../dist/derive-std-map/differences.js'
import { deriveStd } from '../dist/derive-std-map/index.js'

const data = fileURLToPath(new URL('../data/std/', import.meta.url))
const { version } = JSON.parse(readFileSync(join(data, 'model.json'), 'utf8'))
const library = process.argv[2] ?? process.env.CAPS_STD_SOURCE ?? `/usr/src/rustc-${version}/library`

if (!existsSync(join(library, 'std/src/lib.rs')) || !existsSync(join(library, 'vendor'))) {
  console.error(`error: std ${version} cannot be derived: ${library} is not std's source with its vendored crates
It is the \`library\` directory of the source of Rust ${version} (rustc-${version}-src.tar.xz, or Debian's rust-src).
Name it: npm run derive -- /path/to/rustc-${version}-src/library`)
  process.exit(2)
}

const { table, idleWalls } = await deriveStd(library, version, (triple) => console.error(`deriving ${triple}`))
writeFileSync(join(data, 'derived.json'), printDerivedTable(table))
writeFileSync(join(data, 'system-impls.json'), printSystemImpls(table))

for (const { triple, functions, powerful, references, unresolved, losses } of table.targets) {
  console.log(
    `${triple}: ${powerful} of ${functions} public functions reach the system; ` +
      `${unresolved} of ${references} references lead nowhere, ${losses} losses`,
  )
}
const maps = builtInMaps()
const { unexplained, idle, explained } = explain(findDifferences(table.powers, maps), maps)
for (const { kind, subject, capability, example } of unexplained) {
  console.log(`${kind}: ${subject} ${capability}${example && `  (${example})`}`)
}
for (const part of idle) console.log(`explains nothing: ${part}`)
for (const row of idleWalls) console.log(`a wall around nothing: ${row}`)
console.log(`${explained} differences explained, ${unexplained.length} not`)
process.exitCode = unexplained.length + idle.length + idleWalls.length > 0 ? 1 : 0
