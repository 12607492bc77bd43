/**
 * Finds the source of a locked package on this machine, where cargo would take it: in the place that `[source]` puts in the
 * place of the one that the lockfile names, else in cargo's own directory. An archive is preferred to what was unpacked from it,
 * since only an archive can be held against the lockfile's checksum. It never starts cargo and never writes.
 *
 * A directory that no configuration names (a plain `vendor/`) is no source: cargo does not look there, and other code
 * would be read than is built.
 */
import { dirname } from 'node:path'
import { ProjectError } from '../base/index.js'
import { readArchive, requireChecksum, sha256 } from './archive.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import {
  cachedArchives,
  cachedIndexEntries,
  gitCheckouts,
  isSafePackage,
  present,
  readCached,
  registryDirectories,
} from './cargo-home.js'
import { isInside, readDirectoryTree } from './directory-tree.js'
import { DISK, type FileView } from './file-view.js'
import type { FoundSource } from './found-source.js'
import { findGitPackage, treeOfCheckout } from './git-source.js'
import { MAX_SHOWN_FILES } from './limits.js'
import { localRegistry } from './local-registry.js'
import { sourceOfLocked } from './locked-source.js'
import type { LockedPackage } from './lockfile.js'
import { parseManifestText } from './manifest.js'
import type { RawManifest } from './manifest-schema.js'
import type { ReplacementSource } from './package-source.js'
import { placeInRepository } from './repository.js'
import { locationOf, type ReplacedLocation, replacementOf, type SourceLocation } from './source-replacement.js'
import { unpackedOtherwise } from './unpacked.js'
import { type VendorDirectory, vendorDirectory } from './vendor.js'
import type { Verification } from './verified.js'
import type { SourceTree } from './workspace.js'

export interface SourcePlaces {
  readonly cargoHome: string
  readonly configuration: CargoConfiguration
  /** What the repository's own directories are read from. */
  readonly view: FileView
  /** Real path of the repository that holds the workspace; absent for a published crate. */
  readonly repository?: string
  /** A directory source, looked into once. */
  readonly directorySource: (path: string) => VendorDirectory
}

/** The places for a workspace, or, without a repository, for a published crate. */
export function sourcePlaces(
  input: Pick<SourcePlaces, 'cargoHome' | 'configuration' | 'repository'> & { readonly view?: FileView },
): SourcePlaces {
  const { view = DISK } = input
  const known = new Map<string, VendorDirectory>()
  return {
    ...input,
    view,
    directorySource: (path) => {
      const found = known.get(path) ?? vendorDirectory(viewOf({ ...input, view }, path), path)
      known.set(path, found)
      return found
    },
  }
}

/** What a directory is read from: the repository's own as the rest of it, others from disk. */
export const viewOf = ({ repository, view }: Pick<SourcePlaces, 'repository' | 'view'>, path: string): FileView =>
  isOwn(repository, path) ? view : DISK

/** What a report says of sources that are replaced by directories which are not part of the repository. */
export function notesOnPlaces({ configuration, repository }: SourcePlaces): readonly string[] {
  if (repository === undefined) return []
  const reached = new Set([...configuration.sources.values()].map(({ replaceWith }) => replaceWith))
  return [...configuration.sources].flatMap(([name, { is, at }]) => {
    if (is?.k !== 'directory' && is?.k !== 'local-registry') return []
    if (!reached.has(name) || isOwn(repository, is.path)) return []
    const whose = at.scope === 'machine' ? "the machine's configuration" : at.file
    return [
      `${whose} puts a ${is.k} outside of the repository in the place of a source: it is this machine's as it is now, and another machine may hold other code there`,
    ]
  })
}

/**
 * The source of a package of a registry or of git, or undefined when this machine does not have it.
 * Throws ProjectError when what is there is not what the lockfile says, or is damaged, or when the one place where cargo
 * looks does not have it.
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
  const named = locationOf(source)
  const replaced = replacementOf(named, places.configuration)
  if (!replaced) return findAt(named, locked, places)
  const found = findAt(replaced.location, locked, places)
  if (!found) {
    if (replaced.location.k === 'registry' || replaced.location.k === 'git') return undefined
    throw missingFrom(replaced, locked)
  }
  return { ...found, source: { ...found.source, from: replacementSource(replaced.location, places) } }
}

function findAt(location: SourceLocation, locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  switch (location.k) {
    case 'registry':
      return findInRegistry(location.index, locked, places)
    case 'git':
      return findInGit(location, locked, places)
    case 'directory':
      return places.directorySource(location.path).find(locked)
    case 'local-registry': {
      const archive = localRegistry(viewOf(places, location.path), location.path).archive(locked)
      const by = locked.checksum === undefined ? 'index' : 'lockfile'
      return archive && sourceOfArchive(archive.bytes, locked, archive.path, { by })
    }
  }
}

function missingFrom({ location, at }: ReplacedLocation, { name, version }: LockedPackage): ProjectError {
  const place = location.k === 'directory' || location.k === 'local-registry' ? location.path : ''
  return new ProjectError(
    `${name} ${version} is not in the ${location.k} ${place}`,
    `${at.file}:${at.line} puts it in the place of where the package comes from, and cargo looks nowhere else`,
    location.k === 'directory'
      ? 'Run `cargo vendor` again, or take the replacement out of the configuration.'
      : 'Add the package to it, or take the replacement out of the configuration.',
  )
}

function replacementSource(location: SourceLocation, { repository }: SourcePlaces): ReplacementSource {
  switch (location.k) {
    case 'registry':
      return { kind: 'registry', url: location.index }
    case 'git':
      return { kind: 'git', url: location.url }
    case 'directory':
    case 'local-registry': {
      const inside = repository === undefined ? undefined : placeInRepository(repository, location.path)
      return { kind: location.k, url: inside ?? 'outside' }
    }
  }
}

const isOwn = (repository: string | undefined, path: string): boolean =>
  repository !== undefined && isInside(repository, path)

function findInRegistry(index: string, locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  const { name, version, checksum } = locked
  const { directories, guessed } = registryDirectories(places.cargoHome, 'cache', index)
  const own = present(directories, `${name}-${version}.crate`).map(archiveAt)
  const same = own.find(({ sum }) => sum === checksum) ?? sameElsewhere(locked, places, directories)
  const [first] = own
  const meant = same ?? first
  if (!meant) return findUnpacked(index, locked, places)
  const expected = checksum === undefined ? sumsInIndex(index, locked, places) : [checksum]
  requireChecksum(meant.sum, expected, meant.path)
  const verified: Verification =
    checksum !== undefined ? { by: 'lockfile' } : expected.length > 0 ? { by: 'index' } : { by: 'nothing', why: NO_SUM }
  const source = withUnpacked(sourceOfArchive(meant.bytes, locked, meant.path, verified), index, locked, places)
  if (checksum !== undefined) return source
  const problems = [...source.problems, ...(expected.length === 0 ? [NO_SUM] : []), ...(guessed ? [GUESSED] : [])]
  return { ...source, problems }
}

const NO_SUM = 'neither the lockfile nor the index has a checksum to hold the archive against'

/** Cargo builds what it has unpacked, and does not look whether that is still what the archive holds. */
function withUnpacked(
  found: FoundSource,
  index: string,
  locked: LockedPackage,
  { cargoHome }: SourcePlaces,
): FoundSource {
  const { directories } = registryDirectories(cargoHome, 'src', index)
  const [unpacked] = present(directories, `${locked.name}-${locked.version}`)
  const differs = unpacked === undefined ? [] : unpackedOtherwise(unpacked, found.tree)
  if (differs.length === 0) return found
  const more = differs.length > MAX_SHOWN_FILES ? ` and ${differs.length - MAX_SHOWN_FILES} more` : ''
  const problem = `what cargo has unpacked, and builds, is not what the archive holds, which was read: ${differs.slice(0, MAX_SHOWN_FILES).join(', ')}${more}`
  return {
    ...found,
    verified: { ...found.verified, unpackedOtherwise: differs },
    problems: [...found.problems, problem],
  }
}

/** By the lockfile's checksum it is the same archive, whichever registry's directory it lies in. */
function sameElsewhere(
  { name, version, checksum }: LockedPackage,
  { cargoHome }: SourcePlaces,
  own: readonly string[],
): CachedArchive | undefined {
  if (checksum === undefined) return undefined
  const others = cachedArchives(cargoHome, name, version).filter((path) => !own.includes(dirname(path)))
  return others.map(archiveAt).find(({ sum }) => sum === checksum)
}

const GUESSED = "which of cargo's directories belongs to its registry was told by the host's name alone"

interface CachedArchive {
  readonly path: string
  readonly bytes: Buffer
  readonly sum: string
}

function archiveAt(path: string): CachedArchive {
  const bytes = readCached(path)
  return { path, bytes, sum: sha256(bytes) }
}

function sumsInIndex(index: string, { name, version }: LockedPackage, { cargoHome }: SourcePlaces): readonly string[] {
  return cachedIndexEntries(cargoHome, index, name).flatMap(({ vers, cksum }) => (vers === version ? [cksum] : []))
}

function findUnpacked(index: string, locked: LockedPackage, places: SourcePlaces): FoundSource | undefined {
  const { name, version } = locked
  const { directories, guessed } = registryDirectories(places.cargoHome, 'src', index)
  const [unpacked] = present(directories, `${name}-${version}`)
  if (unpacked === undefined) return undefined
  const { tree, problems } = readDirectoryTree(unpacked)
  const unchecked = 'read from unpacked sources, which no checksum vouches for, since the archive is not in the cache'
  const raw = manifestOf(tree, `${name}-${version}/Cargo.toml`)
  const all = [...problems, unchecked, ...(guessed ? [GUESSED] : [])]
  return { source: sourceOfLocked(locked), verified: { by: 'nothing', why: unchecked }, tree, raw, problems: all }
}

/**
 * A package from the bytes of its archive, which the caller has held against a checksum if there is one. `where` names the
 * archive in errors. Throws ProjectError when it is damaged.
 */
export function sourceOfArchive(
  bytes: Buffer,
  locked: LockedPackage,
  where: string,
  verified: Verification,
): FoundSource {
  const { name, version } = locked
  const { tree, problems } = readArchive(bytes, `${name}-${version}`, where)
  return { source: sourceOfLocked(locked), verified, tree, raw: manifestOf(tree, `Cargo.toml of ${where}`), problems }
}

function findInGit(
  { url, revision = '' }: SourceLocation & { readonly k: 'git' },
  locked: LockedPackage,
  places: SourcePlaces,
): FoundSource | undefined {
  if (!/^[0-9a-f]{40,64}$/.test(revision)) return undefined
  const [checkout] = gitCheckouts(places.cargoHome, url, revision)
  if (checkout === undefined) return undefined
  const { tree, problems } = readDirectoryTree(checkout)
  const where = `${url} at ${revision}`
  const found = findGitPackage(treeOfCheckout(tree, checkout), locked.name, locked.version, where)
  return {
    ...found,
    source: sourceOfLocked(locked),
    verified: { by: 'commit' },
    problems: [...problems, ...found.problems],
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
