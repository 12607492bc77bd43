/**
 * Finds the source of a locked package on this machine: a directory of the workspace, a vendor directory, cargo's cache of
 * archives, its unpacked sources, its git checkouts. An archive is preferred to what was unpacked from it, since only an archive can be held
 * against the lockfile's checksum. It never starts cargo and never writes.
 */
import { dirname, posix } from 'node:path'
import { readArchive, requireChecksum, sha256 } from './archive.js'
import { cachedArchives, gitCheckouts, isSafePackage, readCached, unpackedSources } from './cargo-home.js'
import { contentsBelow } from './contents.js'
import { readDirectoryTree } from './directory-tree.js'
import { ProjectError } from './errors.js'
import { indexChecksums } from './index-checksum.js'
import { sourceOfLocked } from './locked-source.js'
import type { LockedPackage } from './lockfile.js'
import { parseManifestText } from './manifest.js'
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import type { PackageSource } from './package-source.js'
import type { VendorDirectory } from './vendor.js'
import type { SourceTree } from './workspace.js'

export interface FoundSource {
  readonly source: PackageSource
  readonly tree: SourceTree
  readonly raw: RawManifest
  /** The table of the workspace that the package belongs to, for inheritance. */
  readonly workspace?: RawWorkspace
  /** Where the package stands on disk, if it does, so that dependencies by path can be followed. */
  readonly directory?: string
  /** That directory in the repository of the workspace, for a package that is part of it. */
  readonly inRepository?: string
  readonly problems: readonly string[]
}

export interface SourcePlaces {
  readonly cargoHome: string
  /** Vendor directories that cargo would use instead of a registry. */
  readonly vendored: readonly VendorDirectory[]
  /** Vendor directories that no configuration names: used for what is nowhere else. */
  readonly spare: readonly VendorDirectory[]
}

/**
 * The source of a package of a registry or of git, or undefined when this machine does not have it.
 * Throws ProjectError when what is there is not what the lockfile says, or is damaged.
 */
export function findSource(locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  const { name, version, source } = locked
  if (!isSafePackage(name, version)) {
    throw new ProjectError(
      `The lockfile names a package "${name}" "${version}"`,
      'no package can be named so',
      'Check the lockfile.',
    )
  }
  const vendored = firstOf(places.vendored, (directory) => directory.find(locked))
  if (vendored) return vendored
  const found = source?.startsWith('git+') ? findInGit(locked, source, places) : findInRegistry(locked, places)
  return found ?? firstOf(places.spare, (directory) => directory.find(locked))
}

function findInRegistry(locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  const { name, version, checksum } = locked
  const archives = cachedArchives(places.cargoHome, name, version).map((path) => {
    const bytes = readCached(path)
    return { path, bytes, sum: sha256(bytes) }
  })
  const [first] = archives
  if (!first) return findUnpacked(locked, places)
  const expected = checksum === undefined ? indexChecksums(places.cargoHome, name, version) : [checksum]
  // Several registries may have archives of one name; the checksum says which one is meant.
  const meant = archives.find(({ sum }) => expected.includes(sum)) ?? first
  requireChecksum(meant.sum, expected, meant.path)
  const source = sourceOfArchive(meant.bytes, locked, meant.path)
  if (expected.length > 0) return source
  const unchecked = 'neither the lockfile nor the index has a checksum to hold the archive against'
  return { ...source, problems: [...source.problems, unchecked] }
}

function findUnpacked(locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  const { name, version } = locked
  const [unpacked] = unpackedSources(places.cargoHome, name, version)
  if (unpacked === undefined) return undefined
  const { tree, problems } = readDirectoryTree(unpacked)
  const unchecked = 'read from unpacked sources, which no checksum vouches for, since the archive is not in the cache'
  const raw = manifestOf(tree, `${name}-${version}/Cargo.toml`)
  return { source: sourceOfLocked(locked), tree, raw, problems: [...problems, unchecked] }
}

/**
 * A package from the bytes of its archive, which the caller has held against a checksum if there is one. `where` names the
 * archive in errors. Throws ProjectError when it is damaged.
 */
export function sourceOfArchive(bytes: Buffer, locked: LockedPackage, where: string): FoundSource {
  const { name, version } = locked
  const { tree, problems } = readArchive(bytes, `${name}-${version}`, where)
  return { source: sourceOfLocked(locked), tree, raw: manifestOf(tree, `Cargo.toml of ${where}`), problems }
}

function findInGit(locked: LockedPackage, source: string, places: SourcePlaces): FoundSource | undefined {
  const [, url = '', revision = ''] = /^git\+([^#]*)#([0-9a-f]{40,64})$/.exec(source) ?? []
  if (revision === '') return undefined
  const [checkout] = gitCheckouts(places.cargoHome, url, revision)
  if (checkout === undefined) return undefined
  const { tree, problems } = readDirectoryTree(checkout)
  const manifests = [...tree.files.keys()].filter((path) => posix.basename(path) === 'Cargo.toml')
  for (const path of manifests) {
    const raw = parseManifestText(tree.read(path)?.text ?? '', `${path} of ${url}`)
    if (raw.package?.name !== locked.name) continue
    const directory = posix.dirname(path)
    const workspace = workspaceAbove(tree, directory, raw, url)
    const own = directory === '.' ? tree : subtree(tree, directory)
    return { source: sourceOfLocked(locked), tree: own, raw, ...(workspace ? { workspace } : {}), problems }
  }
  return undefined
}

/** The first `[workspace]` in a manifest of the directory or above it, inside the checkout. */
function workspaceAbove(tree: SourceTree, directory: string, own: RawManifest, url: string): RawWorkspace | undefined {
  if (own.workspace) return own.workspace
  for (let at = directory; at !== '.'; ) {
    at = posix.dirname(at)
    const path = at === '.' ? 'Cargo.toml' : `${at}/Cargo.toml`
    const source = tree.read(path)
    const workspace = source ? parseManifestText(source.text, `${path} of ${url}`).workspace : undefined
    if (workspace) return workspace
  }
  return undefined
}

/** The part of a tree below a directory, as a tree of its own. */
function subtree(tree: SourceTree, directory: string): SourceTree {
  const prefix = `${directory}/`
  const files = new Map<string, number>()
  for (const [path, size] of tree.files) if (path.startsWith(prefix)) files.set(path.slice(prefix.length), size)
  return {
    files,
    read: (path) => (path.split('/').includes('..') ? undefined : tree.read(prefix + path)),
    contents: () => {
      const whole = tree.contents()
      return whole && contentsBelow(whole, prefix)
    },
  }
}

/** The parsed Cargo.toml at the top of a tree. Throws ProjectError when there is none or it cannot be read. */
export function manifestOf(tree: SourceTree, where: string): RawManifest {
  const source = tree.read('Cargo.toml')
  if (source && source.problem === undefined) return parseManifestText(source.text, where)
  throw new ProjectError(
    `${where} cannot be read`,
    source?.problem ?? 'there is no such file',
    `Look at ${dirname(where)}.`,
  )
}

function firstOf<T, R>(items: readonly T[], find: (item: T) => R | undefined): R | undefined {
  for (const item of items) {
    const found = find(item)
    if (found !== undefined) return found
  }
  return undefined
}
