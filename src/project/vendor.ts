/**
 * A vendor directory (`cargo vendor`): one directory a package, each with a `.cargo-checksum.json` that has the sha256 of the
 * package's archive and of every file. The first is held against the lockfile, the second against each file when it is
 * read; cargo does the same.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { z } from 'zod'
import { sha256 } from './archive.js'
import { readDirectoryTree } from './directory-tree.js'
import { messageOf, ProjectError } from './errors.js'
import { sourceOfLocked } from './locked-source.js'
import type { LockedPackage } from './lockfile.js'
import { parseManifestText } from './manifest.js'
import type { FoundSource } from './sources.js'
import type { SourceText, SourceTree } from './workspace.js'

export interface VendorDirectory {
  /** The package's source, or undefined when it is not here. Throws ProjectError when it is not what the lockfile says. */
  find(locked: LockedPackage): FoundSource | undefined
}

const CHECKSUM_FILE = '.cargo-checksum.json'
const checksumSchema = z.object({ package: z.string().nullish(), files: z.record(z.string(), z.string()) })

/** A vendor directory at an absolute path. It is looked into when a package is asked for. */
export function vendorDirectory(path: string): VendorDirectory {
  return {
    find(locked) {
      // `cargo vendor` leaves the version away where one version of a package is all there is.
      for (const name of [`${locked.name}-${locked.version}`, locked.name]) {
        const directory = join(path, name)
        if (!existsSync(join(directory, CHECKSUM_FILE))) continue
        const found = readVendored(directory, locked)
        if (found) return found
      }
      return undefined
    },
  }
}

/** The package in a directory when it is the version asked for. */
function readVendored(directory: string, locked: LockedPackage): FoundSource | undefined {
  const { tree, problems } = readDirectoryTree(directory)
  const where = `${locked.name} in the vendor directory`
  const text = tree.read(CHECKSUM_FILE)
  let sums: z.infer<typeof checksumSchema>
  try {
    sums = checksumSchema.parse(JSON.parse(text?.text ?? ''))
  } catch (thrown) {
    throw new ProjectError(
      `${CHECKSUM_FILE} of ${where} cannot be read`,
      messageOf(thrown),
      'Run `cargo vendor` again.',
    )
  }
  const files = new Map(Object.entries(sums.files))
  const checked: SourceTree = {
    files: tree.files,
    read: (path) => checkedText(tree, path, files),
    contents: () => tree.contents(),
  }
  const manifest = checked.read('Cargo.toml')
  if (!manifest || manifest.problem !== undefined) {
    throw new ProjectError(
      `Cargo.toml of ${where} cannot be read`,
      manifest?.problem ?? 'there is none',
      'Run `cargo vendor` again.',
    )
  }
  const raw = parseManifestText(manifest.text, `Cargo.toml of ${where}`)
  const { version } = raw.package ?? {}
  if (version !== locked.version) return undefined
  if (locked.checksum !== undefined && sums.package && sums.package !== locked.checksum) {
    throw new ProjectError(
      `${where} is not what the lockfile says`,
      `sha256 in the lockfile:         ${locked.checksum}\nsha256 in ${CHECKSUM_FILE}: ${sums.package}`,
      'Run `cargo vendor` again; if the sums still differ, do not use this crate.',
    )
  }
  return { source: sourceOfLocked(locked), tree: checked, raw, problems }
}

/** Text is compared by its bytes: a file that is not UTF-8 has a problem of its own already. */
function checkedText(tree: SourceTree, path: string, sums: ReadonlyMap<string, string>): SourceText | undefined {
  const source = tree.read(path)
  const expected = sums.get(path)
  if (!source || source.problem !== undefined || expected === undefined) return source
  const actual = [source.text, `\uFEFF${source.text}`].map((text) => sha256(Buffer.from(text)))
  if (actual.includes(expected.toLowerCase())) return source
  return { text: '', problem: `is not what ${CHECKSUM_FILE} says: sha256 ${expected} there, ${actual[0]} on disk` }
}
