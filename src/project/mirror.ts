/**
 * A directory that stands for the registry when many crates are looked at: what `cargo vendor` makes (a directory a package), or a
 * local registry (archives and their index). It is put in the registry's place as cargo's own `[source]` would put it, so that
 * nothing is looked for elsewhere and every checksum is held.
 */
import { createHash } from 'node:crypto'
import { join, resolve } from 'node:path'
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration, ConfigurationPlace } from './cargo-configuration.js'
import { DISK } from './file-view.js'
import { localRegistry } from './local-registry.js'
import { DEFAULT_REGISTRY } from './package-source.js'
import { vendorDirectory } from './vendor.js'
import { compareVersions, isFullVersion } from './version-req.js'

export interface Mirror {
  readonly kind: 'directory' | 'local-registry'
  /** Absolute. */
  readonly path: string
}
export interface MirrorPackage {
  readonly name: string
  readonly version: string
}

/** What a directory is. Throws ProjectError when it is neither. */
export function mirrorAt(path: string): Mirror {
  const real = DISK.realPath(resolve(path))
  const mirror = (kind: Mirror['kind']): Mirror => ({ kind, path: real ?? path })
  if (real !== undefined) {
    if (DISK.directoriesIn(real).includes('index') && archivesIn(real).length > 0) return mirror('local-registry')
    const directories = [...DISK.directoriesIn(real), ...DISK.linksIn(real)]
    if (directories.some((name) => DISK.realPath(join(real, name, CHECKSUM_FILE)) !== undefined))
      return mirror('directory')
  }
  throw new ProjectError(
    `${path} holds no crates`,
    real === undefined
      ? 'there is no such directory'
      : `no directory in it has a ${CHECKSUM_FILE}, and it is no local registry (archives beside an index)`,
    'Name a directory that `cargo vendor` made, or a local registry.',
  )
}

/** Every package in it, by name and then the newest first. Throws ProjectError when it cannot be read. */
export function mirrorPackages(mirror: Mirror): readonly MirrorPackage[] {
  return [...packagesIn(mirror)].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : newestFirst(a, b)))
}

const newestFirst = (a: MirrorPackage, b: MirrorPackage): number => compareVersions(b.version, a.version)

function packagesIn({ kind, path }: Mirror): readonly MirrorPackage[] {
  if (kind === 'directory') {
    const vendored = vendorDirectory(DISK, path)
    return vendored.names().flatMap((name) => vendored.packages(name).map(({ version }) => ({ name, version })))
  }
  const registry = localRegistry(DISK, path)
  return archivesIn(path).flatMap((file) => {
    const [, name, version] = /^(.+?)-(\d+\.\d+\.\d+.*)\.crate$/.exec(file) ?? []
    if (name === undefined || version === undefined || !isFullVersion(version)) return []
    return registry.entries(name).some(({ vers }) => vers === version) ? [{ name, version }] : []
  })
}

/**
 * A sum over what it holds, as its own lists of checksums say it; whoever reads a package from it holds its files against those.
 * Undefined of a local registry: there the lockfile has the checksum of each archive.
 */
export function mirrorDigest({ kind, path }: Mirror): string | undefined {
  if (kind === 'local-registry') return undefined
  const sum = createHash('sha256')
  for (const name of [...DISK.directoriesIn(path), ...DISK.linksIn(path)].sort()) {
    const directory = DISK.realPath(join(path, name))
    const listed = directory === undefined ? undefined : DISK.readInside(directory, CHECKSUM_FILE)
    if (listed) sum.update(`${name}\0${listed.text.length}\0${listed.text}\0`)
  }
  return sum.digest('hex')
}

/** The configuration with the mirror in the place of the registry that packages come from when nothing else is said. */
export function withMirror(configuration: CargoConfiguration, mirror: Mirror | undefined): CargoConfiguration {
  if (!mirror) return configuration
  const at: ConfigurationPlace = { file: 'the list of crates', scope: 'machine', line: 0, column: 0 }
  const { kind: k, path } = mirror
  const sources = new Map([
    [DEFAULT_REGISTRY, { at, replaceWith: MIRROR }],
    [MIRROR, { at, is: { k, path } }],
  ] as const)
  return { ...configuration, sources }
}

const MIRROR = 'caps-mirror'
const CHECKSUM_FILE = '.cargo-checksum.json'

const archivesIn = (path: string): readonly string[] => DISK.filesIn(path).filter((file) => file.endsWith('.crate'))
