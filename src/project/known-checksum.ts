/** The checksum that a package of a registry has where cargo takes it from, before it is read: of an index or a vendor directory. */
import { cachedIndexEntries } from './cargo-home.js'
import type { IndexEntry } from './index-file.js'
import { localRegistry } from './local-registry.js'
import type { LockedPackage } from './lockfile.js'
import { locationOf, replacementOf, type SourceLocation } from './source-replacement.js'
import { type SourcePlaces, viewOf } from './sources.js'

/**
 * Undefined where it has none there, which only a directory may; 'absent' where this machine has all that the source has, and
 * it is not among it; 'unknown' where this machine does not know.
 */
export function knownChecksum(
  { name, version, source }: LockedPackage,
  places: SourcePlaces,
): string | 'absent' | 'unknown' | undefined {
  const named = locationOf(source)
  const location = replacementOf(named, places.configuration)?.location ?? named
  if (location.k === 'directory') {
    const found = places.directorySource(location.path).packages(name)
    const one = found.find((other) => other.version === version)
    return one ? one.checksum : 'absent'
  }
  const [one, other] = entriesAt(location, name, places).filter(({ vers }) => vers === version)
  if (!one && location.k === 'local-registry') return 'absent'
  return one && !other ? one.cksum : 'unknown'
}

function entriesAt(location: SourceLocation, name: string, places: SourcePlaces): readonly IndexEntry[] {
  if (location.k === 'registry') return cachedIndexEntries(places.cargoHome, location.index, name)
  if (location.k !== 'local-registry') return []
  return localRegistry(viewOf(places, location.path), location.path).entries(name)
}
