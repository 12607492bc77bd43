/** Which versions of a package there are: by cargo's copy of the index, or by what stands in the registry's place. */
import { ProjectError } from '../base/index.js'
import { cachedIndexEntries } from './cargo-home.js'
import { localRegistry } from './local-registry.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import type { Mirror } from './mirror.js'
import { registryPlaces } from './registry-places.js'
import { resolveOnePackage } from './resolve-lock.js'
import { locationOf, replacementOf } from './source-replacement.js'
import { type SourcePlaces, viewOf } from './sources.js'
import { compareVersions } from './version-req.js'

/**
 * The versions of a package, the newest first, without yanked ones; those before a release only where there is no other. Cargo is
 * asked only for a package that its copy of the index does not know. Throws ProjectError when there are none.
 */
export async function publishedVersions(
  name: string,
  { offline = false, mirror }: { readonly offline?: boolean | undefined; readonly mirror?: Mirror | undefined },
): Promise<readonly string[]> {
  const places = registryPlaces(mirror)
  let versions = knownVersions(name, places)
  if (versions.length === 0 && !mirror) {
    await resolveOnePackage(`The versions of ${name} are not known`, name, '*', { offline }, places)
    versions = knownVersions(name, places)
  }
  if (versions.length === 0) {
    const where = mirror ? `in ${mirror.path}` : 'in the index, or all are yanked'
    throw new ProjectError(`There is no version of ${name}`, `there is none ${where}`, 'Check the name.')
  }
  const released = versions.filter((version) => !version.replace(/\+.*$/, '').includes('-'))
  return [...(released.length > 0 ? released : versions)].sort((a, b) => compareVersions(b, a))
}

function knownVersions(name: string, places: SourcePlaces): readonly string[] {
  const named = locationOf(DEFAULT_REGISTRY_SOURCE)
  const location = replacementOf(named, places.configuration)?.location ?? named
  switch (location.k) {
    case 'directory':
      return places
        .directorySource(location.path)
        .packages(name)
        .map(({ version }) => version)
    case 'local-registry':
      return notYanked(localRegistry(viewOf(places, location.path), location.path).entries(name))
    case 'registry':
      return notYanked(cachedIndexEntries(places.cargoHome, location.index, name))
    case 'git':
      return []
  }
}

const notYanked = (entries: readonly { readonly vers: string; readonly yanked?: boolean | null | undefined }[]) =>
  entries.filter(({ yanked }) => yanked !== true).map(({ vers }) => vers)
