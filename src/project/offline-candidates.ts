/**
 * The versions of packages that this machine has, for choosing among them without cargo: from its copies of registries'
 * indexes, directory sources, local registries and git checkouts. As cargo with `--offline`: where some fitting version was
 * downloaded, only those count; yanked ones only where the older lockfile has them.
 */
import { compareText } from '../base/index.js'
import { cachedIndexEntries, present, registryDirectories } from './cargo-home.js'
import type { ManifestDependency } from './dependency-tables.js'
import { withImplicitFeatures } from './feature-table.js'
import type { IndexDependency, IndexEntry } from './index-file.js'
import { localRegistry } from './local-registry.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import { readManifest } from './manifest.js'
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import { isDefaultRegistry, locationOf, replacementOf } from './source-replacement.js'
import { type SourcePlaces, viewOf } from './sources.js'
import type { VendoredManifest } from './vendor.js'
import type { Candidate, WantedPackage } from './version-question.js'
import { meetsRequirement } from './version-req.js'

/** A registry as lockfiles spell it, from the address of its index. */
export function registrySource(index: string): string {
  if (isDefaultRegistry(index)) return DEFAULT_REGISTRY_SOURCE
  return index.startsWith('sparse+') || index.startsWith('registry+') ? index : `registry+${index}`
}

/** The key of a package in a lockfile. */
export const lockKey = (name: string, version: string, source: string | undefined): string =>
  source === undefined ? `${name} ${version}` : `${name} ${version} (${source})`

type Preferable = Pick<Candidate, 'name' | 'version' | 'source'>

/** Versions in a registry, or in what replaces it, that fit; in no order. */
export function registryCandidates(
  wanted: WantedPackage,
  isPreferred: (one: Preferable) => boolean,
  places: SourcePlaces,
): readonly Candidate[] {
  const { packageName: name, from } = wanted
  const fits = (version: string): boolean =>
    wanted.requirement === undefined || meetsRequirement(version, wanted.requirement)
  const named = locationOf(from)
  const location = replacementOf(named, places.configuration)?.location ?? named
  switch (location.k) {
    case 'directory':
      return places
        .directorySource(location.path)
        .packages(name)
        .filter(({ version }) => fits(version))
        .map((one) => candidateOfVendored(one, from))
    case 'local-registry':
      // All of it counts as downloaded, as for cargo, which only later misses an archive.
      return choose(
        localRegistry(viewOf(places, location.path), location.path).entries(name),
        fits,
        () => true,
        isPreferred,
        from,
      )
    case 'registry': {
      const { directories } = registryDirectories(places.cargoHome, 'cache', location.index)
      const has = (version: string): boolean => present(directories, `${name}-${version}.crate`).length > 0
      return choose(cachedIndexEntries(places.cargoHome, location.index, name), fits, has, isPreferred, from)
    }
    case 'git':
      return []
  }
}

function choose(
  entries: readonly IndexEntry[],
  fits: (version: string) => boolean,
  isDownloaded: (version: string) => boolean,
  isPreferred: (one: Preferable) => boolean,
  source: string,
): readonly Candidate[] {
  const fitting = entries.filter(({ vers }) => fits(vers))
  const downloaded = fitting.filter(({ vers }) => isDownloaded(vers))
  return (downloaded.length > 0 ? downloaded : fitting)
    .filter(({ yanked, name, vers }) => yanked !== true || isPreferred({ name, version: vers, source }))
    .map((entry) => candidateOfEntry(entry, source))
}

function candidateOfEntry(entry: IndexEntry, source: string): Candidate {
  const { name, vers: version, cksum: checksum, links, rust_version: rustVersion } = entry
  const features = new Map<string, readonly string[]>(Object.entries(entry.features))
  for (const [key, values] of Object.entries(entry.features2 ?? {}))
    features.set(key, [...(features.get(key) ?? []), ...values])
  const dependencies = entry.deps.map((one) => wantedOfEntry(one, source))
  return {
    id: lockKey(name, version, source),
    name,
    version,
    source,
    checksum,
    ...(typeof links === 'string' ? { links } : {}),
    ...(typeof rustVersion === 'string' ? { rustVersion } : {}),
    features: withImplicitFeatures(Object.fromEntries(features), dependencies),
    dependencies,
  }
}

function wantedOfEntry(dependency: IndexDependency, source: string): WantedPackage {
  const { name, req, features, optional, default_features: defaultFeatures, kind, registry } = dependency
  return {
    nameInToml: name,
    packageName: dependency.package ?? name,
    requirement: req,
    optional,
    defaultFeatures,
    features,
    dev: kind === 'dev',
    from: typeof registry === 'string' ? registrySource(registry) : source,
  }
}

function candidateOfVendored(found: VendoredManifest, source: string): Candidate {
  const { raw, checksum } = found
  return candidateOfManifest(raw, undefined, {
    source,
    where: `Cargo.toml in ${found.directory}`,
    fromOf: ({ registryIndex }) => registrySource(registryIndex ?? DEFAULT_REGISTRY_SOURCE),
    ...(checksum === undefined ? {} : { checksum }),
  })
}

/** A candidate from a manifest; `fromOf` tells where each dependency is asked for. */
export function candidateOfManifest(
  raw: RawManifest,
  workspace: RawWorkspace | undefined,
  place: {
    readonly source?: string
    readonly checksum?: string
    readonly where: string
    readonly fromOf: (dependency: ManifestDependency) => string
  },
): Candidate {
  const { name, version, links, features, dependencies } = readManifest(raw, place.where, workspace)
  const { source, checksum } = place
  const rustVersion = raw.package?.['rust-version']
  return {
    id: lockKey(name, version, source),
    name,
    version,
    ...(source === undefined ? {} : { source }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(links === undefined ? {} : { links }),
    ...(typeof rustVersion === 'string' ? { rustVersion } : {}),
    features,
    dependencies: inCargosOrder(dependencies).map((one) => wantedOfManifest(one, place.fromOf(one))),
  }
}

/** A dependency of a manifest as something to choose a version for. */
export function wantedOfManifest(dependency: ManifestDependency, from: string): WantedPackage {
  const { nameInToml, packageName, requirement, optional, defaultFeatures, features, kind } = dependency
  return {
    nameInToml,
    packageName,
    ...(requirement === undefined ? {} : { requirement }),
    optional,
    defaultFeatures,
    features,
    dev: kind === 'dev',
    from,
  }
}

/** Tables for all platforms first, in each those for the program before dev and build, and each by name. */
export function inCargosOrder(dependencies: readonly ManifestDependency[]): readonly ManifestDependency[] {
  const kinds = ['normal', 'dev', 'build']
  const key = ({ platform, kind, nameInToml }: ManifestDependency): string =>
    `${platform?.text ?? ''}\0${kinds.indexOf(kind)}\0${nameInToml}`
  return [...dependencies].sort((a, b) => compareText(key(a), key(b)))
}
