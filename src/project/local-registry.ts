/**
 * A local registry (`[source.NAME] local-registry = …`): `.crate` files beside each other and an index of them. An archive
 * is held against the index, as cargo does, and against the lockfile.
 */
import { join } from 'node:path'
import { messageOf, ProjectError } from '../base/index.js'
import { requireChecksum, sha256 } from './archive.js'
import type { FileView } from './file-view.js'
import { type IndexEntry, indexPath, parseIndexEntries } from './index-file.js'
import type { LockedPackage } from './lockfile.js'

export interface LocalRegistry {
  /** The bytes of a package's archive and where they are; undefined when the registry has none. Throws ProjectError. */
  archive(locked: LockedPackage): { readonly bytes: Buffer; readonly path: string } | undefined
  /** What its index says of a package. */
  entries(name: string): readonly IndexEntry[]
}

/** The registry in a directory. Throws ProjectError, when it is asked, if there is none. */
export function localRegistry(view: FileView, path: string): LocalRegistry {
  const entries = (name: string): readonly IndexEntry[] => {
    const text = view.readInside(rootOf(view, path), join('index', indexPath(name)).replaceAll('\\', '/'))
    if (text?.problem !== undefined) throw unreadable(`The index of ${path} for ${name}`, text.problem)
    return text ? parseIndexEntries(text.text, name) : []
  }
  return {
    entries,
    archive(locked) {
      const { name, version, checksum } = locked
      const entry = entries(name).find(({ vers }) => vers === version)
      const file = `${name}-${version}.crate`
      const bytes = entry && bytesOf(view, path, file)
      if (!entry || !bytes) return undefined
      if (checksum !== undefined && checksum !== entry.cksum) {
        throw new ProjectError(
          `${name} ${version} of the local registry is not what the lockfile says`,
          `sha256 in the lockfile: ${checksum}\nsha256 in the index:    ${entry.cksum}`,
          'Make the local registry again; if the sums still differ, do not use this crate.',
        )
      }
      requireChecksum(sha256(bytes), [entry.cksum], join(path, file))
      return { bytes, path: join(path, file) }
    },
  }
}

function bytesOf(view: FileView, path: string, file: string): Buffer | undefined {
  try {
    return view.bytesInside(rootOf(view, path), file)
  } catch (thrown) {
    if (thrown instanceof ProjectError) throw thrown
    throw unreadable(join(path, file), messageOf(thrown))
  }
}

function rootOf(view: FileView, path: string): string {
  const real = view.realPath(path)
  if (real !== undefined && view.realPath(join(real, 'index')) !== undefined) return real
  throw new ProjectError(
    `The local registry ${path} is not there`,
    "cargo's configuration puts it in the place of a source, and it has no directory `index`",
    'Make it again, or take it out of [source] in the configuration.',
  )
}

const unreadable = (what: string, why: string): ProjectError =>
  new ProjectError(`${what} cannot be read`, why, 'Make the local registry again.')
