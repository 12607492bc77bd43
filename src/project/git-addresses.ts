/**
 * How manifests write the address of a git repository. Cargo takes two spellings for one repository (with `.git` or
 * without, …), keeps the lockfile as it is, and asks the address that it meets first: so that is where a package is from.
 * It does not decide which package is meant.
 */
import type { GitReference, ManifestDependency } from './dependency-tables.js'
import type { FoundSource } from './found-source.js'
import type { LockedPackage } from './lockfile.js'
import { inCargosOrder } from './offline-candidates.js'
import type { PathWorkspace } from './path-packages.js'
import { gitIdentity, lockedIdentity, type SourceIdentity } from './source-identity.js'

export class GitAddresses {
  /** By what makes two sources the same. */
  readonly #written = new Map<string, string>()

  /** Patches are read first, then what members ask for, then what others do. */
  constructor({ patches, packages }: PathWorkspace) {
    for (const { dependency } of patches) this.note(dependency)
    const list = [...packages.values()]
    for (const { manifest } of [...list.filter(({ isMember }) => isMember), ...list])
      for (const dependency of inCargosOrder(manifest.dependencies)) this.note(dependency)
  }

  /** Someone asks for it; whoever asked for the same repository before has said how it is written. */
  note({ git }: ManifestDependency): void {
    if (!git) return
    const key = keyOf(gitIdentity(git))
    if (!this.#written.has(key)) this.#written.set(key, addressOf(git))
  }

  /** The same source, with the address as it is written. */
  spelled(locked: LockedPackage, found: FoundSource): FoundSource {
    const { source } = found
    const identity = lockedIdentity(locked.source)
    const url = identity && this.#written.get(keyOf(identity))
    return source.kind === 'git' && url !== undefined ? { ...found, source: { ...source, url } } : found
  }
}

const keyOf = ({ url, reference }: SourceIdentity): string => `${url} ${reference}`

const addressOf = ({ url }: GitReference): string => (URL.canParse(url) ? new URL(url).href : url)
