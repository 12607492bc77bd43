/**
 * How manifests write the address of a git repository. Cargo takes two spellings for one repository (with `.git` or
 * without, …), keeps the lockfile as it is, and asks the address that the manifest names: so that is where a package is from.
 * It does not decide which package is meant.
 */
import { canonicalUrl } from './cargo-hash.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage } from './lockfile.js'
import type { FoundSource } from './sources.js'

export class GitAddresses {
  /** By the key of the locked package; the first that is met, as in cargo. */
  readonly #written = new Map<string, string>()

  /** A dependency (or what stands in for it) of `dependent` means `to`. */
  note(written: ManifestDependency, dependent: LockedPackage, to: LockedPackage): void {
    // A path in a package of git is a place in the same repository.
    const url = written.git?.url ?? this.#written.get(dependent.key)
    if (url !== undefined && !this.#written.has(to.key)) this.#written.set(to.key, url)
  }

  /** The same source, with the address as it is written. */
  spelled(locked: LockedPackage, found: FoundSource): FoundSource {
    const { source } = found
    const written = this.#written.get(locked.key)
    if (source.kind !== 'git' || source.url === undefined || written === undefined) return found
    const url = URL.canParse(written) ? new URL(written).href : written
    return canonicalUrl(url) === canonicalUrl(source.url) ? { ...found, source: { ...source, url } } : found
  }
}
