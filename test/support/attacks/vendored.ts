/** A package in a directory source, with the sums that cargo holds it against. */
import { createHash } from 'node:crypto'
import type { Files } from '../../project/support.js'
import { CLEAN, manifest, type Workshop } from './workshop.js'

/** Writes the package; `listed` are the files whose sums are written down, all unless given. */
export function vendored(
  place: Workshop,
  directory: string,
  id: string,
  files: Files,
  listed?: readonly string[],
): void {
  const all: Files = { 'Cargo.toml': manifest(id), ...files }
  const sums = Object.entries(all).filter(([path]) => listed === undefined || listed.includes(path))
  const published = place.published(id, { 'src/lib.rs': CLEAN })
  place.write(Object.fromEntries(Object.entries(all).map(([path, text]) => [`${directory}/${path}`, text])))
  const checksum = {
    files: Object.fromEntries(sums.map(([path, text]) => [path, createHash('sha256').update(text).digest('hex')])),
    package: published.checksum,
  }
  place.write({ [`${directory}/.cargo-checksum.json`]: JSON.stringify(checksum) })
}
