/**
 * What makes two sources the same for cargo: the kind, the address in its canonical form and, of git, what is asked for of
 * the repository. A dependency of a manifest and a package of a lockfile are held against each other by these. It looks at
 * no file: where a name of a registry leads is the configuration's word.
 */
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import { canonicalUrl } from './cargo-hash.js'
import type { GitReference, ManifestDependency } from './dependency-tables.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import { DEFAULT_REGISTRY } from './package-source.js'

/** Of a package that is not one of a path. */
export interface SourceIdentity {
  readonly k: 'registry' | 'git'
  /** Canonical; of a registry with its protocol (`sparse+…`) where it is not git. */
  readonly url: string
  /** Of git: `branch=main`, `tag=v1`, `rev=0123abc`, or '' for the default branch. Of a registry ''. */
  readonly reference: string
}

const LAST_VERSION_WITH_DEFAULT_MASTER = 2

/** The registry of whoever names none. */
export const DEFAULT_IDENTITY: SourceIdentity = registryIdentity(DEFAULT_REGISTRY_SOURCE)

/** A registry by the address of its index, with or without `registry+` in front. */
export function registryIdentity(index: string): SourceIdentity {
  return { k: 'registry', url: canonicalUrl(index.replace(/^registry\+/, '')), reference: '' }
}

/** A git dependency of a manifest. */
export function gitIdentity({ url, branch, tag, rev }: GitReference): SourceIdentity {
  const reference = Object.entries({ branch, tag, rev }).find(([, value]) => value !== undefined)
  return { k: 'git', url: canonicalUrl(url), reference: reference ? reference.join('=') : '' }
}

/** The source of a locked package as the lockfile spells it; undefined for one of a path. */
export function lockedIdentity(source: string | undefined): SourceIdentity | undefined {
  if (source === undefined) return undefined
  if (!source.startsWith('git+')) return registryIdentity(source)
  const [, url = '', query = ''] = /^git\+([^?#]*)(?:\?([^#]*))?/.exec(source) ?? []
  return { k: 'git', url: canonicalUrl(url), reference: referenceOfQuery(query) }
}

/** The last of `branch`, `tag` and `rev` counts; `ref` is what old cargo called a branch. */
function referenceOfQuery(query: string): string {
  let reference = ''
  for (const [key, value] of new URLSearchParams(query)) {
    if (key === 'branch' || key === 'ref') reference = `branch=${value}`
    else if (key === 'tag' || key === 'rev') reference = `${key}=${value}`
  }
  return reference
}

/** Whether a locked package's source is the one that is asked for. */
export function isSameSource(wanted: SourceIdentity, locked: SourceIdentity, lockVersion: number): boolean {
  if (wanted.k !== locked.k || wanted.url !== locked.url) return false
  if (wanted.reference === locked.reference) return true
  // Lockfiles of version 1 and 2 leave `branch=master` away: it was what git's default branch was taken to be.
  return lockVersion <= LAST_VERSION_WITH_DEFAULT_MASTER && wanted.reference === 'branch=master' && !locked.reference
}

/**
 * The source that a dependency without a path asks for. `ownRegistry` is that of the dependent, where it is a package of a
 * registry. Throws ProjectError when it names a registry that no configuration knows.
 */
export function wantedIdentity(
  dependency: ManifestDependency,
  configuration: CargoConfiguration,
  dependent: string,
): SourceIdentity {
  const { git, registryIndex, registry, nameInToml } = dependency
  if (git) return gitIdentity(git)
  if (registryIndex !== undefined) return registryIdentity(registryIndex)
  if (registry === undefined) return DEFAULT_IDENTITY
  const known = namedRegistry(registry, configuration)
  if (known) return known
  throw new ProjectError(
    `${dependent} depends on ${nameInToml} of the registry ${registry}, which is not known`,
    `no configuration of cargo has [registries.${registry}] with an index`,
    'Add it to .cargo/config.toml or to the one in CARGO_HOME, as cargo needs it too.',
  )
}

/** The registry of a name; undefined when no configuration has it. */
export function namedRegistry(name: string, configuration: CargoConfiguration): SourceIdentity | undefined {
  if (name === DEFAULT_REGISTRY) return DEFAULT_IDENTITY
  const index = configuration.registries.get(name)?.index
  return index === undefined ? undefined : registryIdentity(index)
}

/** What a key of `[patch]` means: a registry's name, else an address. Patches of git do not look at the reference. */
export function patchedUrl(key: string, configuration: CargoConfiguration): string {
  return namedRegistry(key, configuration)?.url ?? canonicalUrl(key)
}

/** For a reader: `the registry crates-io`, `git ADDRESS (branch=main)`. */
export function identityText({ k, url, reference }: SourceIdentity): string {
  if (k === 'registry') return `the registry ${url === DEFAULT_IDENTITY.url ? DEFAULT_REGISTRY : url}`
  return `git ${url} (${reference === '' ? 'default branch' : reference.replace('=', ' ')})`
}
