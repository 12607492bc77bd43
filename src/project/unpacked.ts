/**
 * What cargo has unpacked from an archive, held against it: cargo builds the one, the lockfile's sum is of the other, and cargo does
 * not look whether they are still the same.
 */
import { closeSync, type Dirent, fstatSync, openSync, readdirSync, readSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from './archive.js'
import { MAX_TREE_DEPTH, MAX_TREE_FILES } from './limits.js'
import type { SourceTree } from './workspace.js'

/** What cargo writes beside what it unpacks. */
const MARKER = '.cargo-ok'

/**
 * The files of a directory that cargo unpacked which are not those of the archive: other ones, missing ones, some that are
 * there besides. Each package of a run is gone through so, hence without a look at what links mean: an archive has none.
 */
export function unpackedOtherwise(directory: string, archive: SourceTree): readonly string[] {
  const sums = archive.contents()?.sums ?? new Map<string, string>()
  const found = new Set<string>()
  const differs: string[] = []
  const tooMany = (path: string): unknown => differs.push(path)
  const enter = (prefix: string, depth: number): void => {
    const entries = entriesOf(join(directory, prefix))
    // What cannot be listed is not what the archive holds either.
    if (!entries) differs.push(prefix === '' ? '.' : prefix.slice(0, -1))
    for (const entry of entries ?? []) {
      const path = prefix + entry.name
      if (found.size > MAX_TREE_FILES || depth > MAX_TREE_DEPTH) {
        tooMany(path)
        return
      }
      if (entry.isDirectory()) enter(`${path}/`, depth + 1)
      else if (path !== MARKER) {
        found.add(path)
        const size = archive.files.get(path)
        if (size === undefined || !entry.isFile() || !isSame(join(directory, path), size, sums.get(path)))
          differs.push(path)
      }
    }
  }
  enter('', 0)
  const left = new Set(archive.leftOut)
  const missing = [...archive.files.keys()].filter((path) => !found.has(path))
  return [...differs.filter((path) => !left.has(path)), ...missing].sort()
}

function entriesOf(directory: string): readonly Dirent[] | undefined {
  try {
    return readdirSync(directory, { withFileTypes: true })
  } catch {
    return undefined
  }
}

/** Whether a file has that many bytes and that sum. The archive, which is bounded, says how much is read. */
function isSame(path: string, size: number, sum: string | undefined): boolean {
  let file: number | undefined
  try {
    file = openSync(path, 'r')
    if (fstatSync(file).size !== size) return false
    const bytes = Buffer.allocUnsafe(size)
    return readSync(file, bytes) === size && sha256(bytes) === sum
  } catch {
    // Nobody can say that it is the same.
    return false
  } finally {
    if (file !== undefined) closeSync(file)
  }
}
