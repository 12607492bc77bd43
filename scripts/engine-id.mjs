// Writes dist/engine-id: one sum over everything that makes an analysis what it is, so that what is kept in the store by one build is
// never taken for the work of another. Maps are no part of it: what they say is decided after the store.
import { createHash } from 'node:crypto'
import { readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'

const NAME = 'engine-id'
const filesIn = (directory) =>
  readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && !/\.(map|d\.ts)$/.test(entry.name) && entry.name !== NAME)
    .map((entry) => join(entry.parentPath, entry.name))
const hash = createHash('sha256')
for (const file of ['package.json', 'package-lock.json', ...filesIn('dist'), ...filesIn('data')].sort()) {
  const sum = createHash('sha256').update(readFileSync(file)).digest('hex')
  hash.update(`${file}\0${sum}\n`)
}
writeFileSync(join('dist', NAME), `${hash.digest('hex')}\n`)
