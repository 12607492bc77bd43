/**
 * A local registry (`[source.NAME] local-registry = …`): `.crate` files beside each other and an index of them. An archive
 * is held against the index, as cargo does, and against the lockfile. It is read from disk.
 */
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { requireChecksum, sha256 } from './archive.js'
import { readCached } from './cargo-home.js'
import { ProjectError } from './errors.js'
import { type IndexEntry, indexPath, readIndexEntries } from './index-file.js'
import type { LockedPackage } from './lockfile.js'

/** The bytes of a package's archive and where they are; undefined when the registry has none. Throws ProjectError. */
export function archiveInLocalRegistry(
  root: string,
  locked: LockedPackage,
): { readonly bytes: Buffer; readonly path: string } | undefined {
  const { name, version, checksum } = locked
  const path = join(root, `${name}-${version}.crate`)
  const entry = localIndexEntries(root, name).find(({ vers }) => vers === version)
  if (!entry || !existsSync(path)) return undefined
  if (checksum !== undefined && checksum !== entry.cksum) {
    throw new ProjectError(
      `${name} ${version} of the local registry is not what the lockfile says`,
      `sha256 in the lockfile: ${checksum}\nsha256 in the index:    ${entry.cksum}`,
      'Make the local registry again; if the sums still differ, do not use this crate.',
    )
  }
  const bytes = readCached(path)
  requireChecksum(sha256(bytes), [entry.cksum], path)
  return { bytes, path }
}

/** What the index of a local registry says of a package. Throws ProjectError when there is no such registry. */
export function localIndexEntries(root: string, name: string): readonly IndexEntry[] {
  if (!existsSync(join(root, 'index'))) {
    throw new ProjectError(
      `The local registry ${root} is not there`,
      "cargo's configuration puts it in the place of a source, and it has no directory `index`",
      'Make it again, or take it out of [source] in the configuration.',
    )
  }
  return readIndexEntries(join(root, 'index', indexPath(name)), name)
}
