/**
 * Makes data/std/ from std's source: `npm run build && node scripts/make-std-model.mjs LIBRARY`, where LIBRARY is the
 * `library` directory of a Rust release's source, its version in the name above it (`rustc-1.96.0/library`), or told
 * as a second argument. Prints what could not be read and writes it to data/std/losses.txt. Reads LIBRARY only.
 */
import { existsSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, dirname, join, resolve } from 'node:path'
import { fileURLToPath } from 'node:url'
import { brotliCompressSync, constants } from 'node:zlib'
import { dumpStd } from '../dist/make-std-model/index.js'
import { initSyntax } from '../dist/syntax/index.js'

const [library, givenVersion] = process.argv.slice(2)
const version = givenVersion ?? /\d+\.\d+\.\d+/.exec(basename(dirname(resolve(library ?? '.'))))?.[0]
if (!library || !version) {
  console.error('usage: node scripts/make-std-model.mjs LIBRARY [VERSION]')
  process.exit(2)
}

const data = fileURLToPath(new URL('../data/std/', import.meta.url))
const build = JSON.parse(readFileSync(join(data, 'build.json'), 'utf8'))
await initSyntax()
const dump = dumpStd(version, build, (path) => {
  const file = join(library, path)
  return existsSync(file) ? readFileSync(file, 'utf8') : undefined
})

for (const [name, bytes] of dump.files) {
  // The window covers the largest crate, so that what repeats anywhere in it is told once.
  const params = {
    [constants.BROTLI_PARAM_QUALITY]: 11,
    [constants.BROTLI_PARAM_LGWIN]: 24,
    [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
  }
  const packed = brotliCompressSync(bytes, { params })
  writeFileSync(join(data, `${name}.br`), packed)
  console.log(`${name}: ${bytes.length} bytes, ${packed.length} compressed`)
}
writeFileSync(join(data, 'model.json'), `${JSON.stringify(dump.index, undefined, 2)}\n`)
writeFileSync(join(data, 'losses.txt'), dump.losses.map((line) => `${line}\n`).join(''))

const kinds = new Map()
for (const line of dump.losses) {
  const kind = line.slice(0, line.indexOf(':'))
  kinds.set(kind, (kinds.get(kind) ?? 0) + 1)
}
for (const line of dump.losses) console.log(`not read: ${line}`)
for (const [kind, count] of kinds) console.log(`${kind}: ${count}`)
