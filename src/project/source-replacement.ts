/**
 * `[source]` of cargo's configuration: where cargo reads a source that `replace-with` puts another in the place of. Chains
 * are followed to their end; what cargo refuses is refused (an unknown name, a circle, a source without a place, git in
 * the place of a registry). It looks at no disk.
 */
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration, ConfigurationPlace, ConfiguredSource } from './cargo-configuration.js'
import { canonicalUrl } from './cargo-hash.js'
import { DEFAULT_REGISTRY_SOURCE } from './locked-source.js'
import { DEFAULT_REGISTRY } from './package-source.js'

/** A place that cargo can take packages from. */
export type SourceLocation =
  /** `index` with `sparse+` where it has that; of the default registry as lockfiles spell it. */
  | { readonly k: 'registry'; readonly index: string }
  | { readonly k: 'git'; readonly url: string; readonly reference?: string; readonly revision?: string }
  /** Absolute. */
  | { readonly k: 'directory' | 'local-registry'; readonly path: string }

export interface ReplacedLocation {
  readonly location: SourceLocation
  /** The configuration that names the place. */
  readonly at: ConfigurationPlace
}

const DEFAULT_INDEX = DEFAULT_REGISTRY_SOURCE.replace(/^registry\+/, '')
/** The default registry over HTTP, which is the same registry; in parts, since it is an identifier and never looked up. */
const DEFAULT_SPARSE_INDEX = ['sparse+https://index.crates', 'io/'].join('.')

/** Every address that means the same registry. */
export function indexesOf(index: string): readonly string[] {
  return isDefaultRegistry(index) ? [DEFAULT_SPARSE_INDEX, DEFAULT_INDEX] : [index]
}

/** Whether an index's address is one of the default registry's. */
export function isDefaultRegistry(index: string): boolean {
  return [DEFAULT_SPARSE_INDEX, DEFAULT_INDEX].some((known) => canonicalUrl(known) === canonicalUrl(index))
}

/** The place that a lockfile's source names; what names none is of the default registry. */
export function locationOf(source: string | undefined): SourceLocation {
  if (source === undefined) return { k: 'registry', index: DEFAULT_INDEX }
  const [, url = '', reference, revision] = /^git\+([^?#]*)(?:\?([^#]*))?(?:#(.*))?$/.exec(source) ?? []
  if (!source.startsWith('git+')) return { k: 'registry', index: source.replace(/^registry\+/, '') }
  return {
    k: 'git',
    url,
    ...(reference === undefined ? {} : { reference: decoded(reference) }),
    ...(revision === undefined ? {} : { revision }),
  }
}

/**
 * Where the configuration sends cargo for a source; undefined when it says nothing of it.
 * Throws ProjectError where cargo refuses the configuration.
 */
export function replacementOf(source: SourceLocation, configuration: CargoConfiguration): ReplacedLocation | undefined {
  const names = namesOfSources(configuration)
  const start = names.get(keyOf(source))
  if (start === undefined) return undefined
  let name = start
  let place: ConfigurationPlace | undefined
  const passed = new Set<string>()
  for (;;) {
    const found = configuration.sources.get(name)
    if (!found) {
      if (name === start) return undefined
      const registry = name === DEFAULT_REGISTRY ? undefined : configuration.registries.get(name)
      const index = name === DEFAULT_REGISTRY ? DEFAULT_INDEX : registry?.index
      if (index === undefined) throw refused(place, `there is no source "${name}", which replaces "${start}"`)
      return checked(source, start, { k: 'registry', index }, registry?.at ?? place)
    }
    passed.add(name)
    place = found.at
    if (found.replaceWith === undefined) {
      const location = placeOf(name, found)
      return keyOf(location) === keyOf(source) ? undefined : checked(source, start, location, found.at)
    }
    name = found.replaceWith
    if (passed.has(name)) throw refused(place, `the source "${name}" is replaced with itself in the end`)
  }
}

/** Names by the key of the place; throws where two names have one place, or a name has none. */
function namesOfSources({ sources }: CargoConfiguration): ReadonlyMap<string, string> {
  const names = new Map([[keyOf({ k: 'registry', index: DEFAULT_INDEX }), DEFAULT_REGISTRY]])
  for (const [name, source] of sources) {
    const key = keyOf(placeOf(name, source))
    const other = names.get(key)
    if (other !== undefined && other !== name && name !== DEFAULT_REGISTRY) {
      throw refused(source.at, `the sources "${name}" and "${other}" are the same`)
    }
    names.set(key, name)
  }
  return names
}

function placeOf(name: string, { is, at }: ConfiguredSource): SourceLocation {
  if (is) return is
  if (name === DEFAULT_REGISTRY) return { k: 'registry', index: DEFAULT_INDEX }
  throw refused(at, `the source "${name}" has no place: none of registry, local-registry, directory and git`)
}

function checked(
  source: SourceLocation,
  start: string,
  to: SourceLocation,
  at: ConfigurationPlace | undefined,
): ReplacedLocation {
  if (at === undefined) throw refused(at, `nothing says where "${start}" is replaced`)
  if (to.k === 'git' && source.k !== 'git') {
    throw refused(at, `git stands in the place of "${start}", which has checksums, and git has none`)
  }
  // A commit is asked for in the repository that stands in for the one that the lockfile names.
  if (source.k !== 'git' || to.k !== 'git' || source.revision === undefined) return { location: to, at }
  return { location: { ...to, revision: source.revision }, at }
}

function keyOf(location: SourceLocation): string {
  switch (location.k) {
    case 'registry':
      return `registry ${isDefaultRegistry(location.index) ? DEFAULT_INDEX : canonicalUrl(location.index)}`
    case 'git':
      return `git ${canonicalUrl(location.url)}?${location.reference ?? ''}`
    case 'directory':
    case 'local-registry':
      return `${location.k} ${location.path}`
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

function refused(at: ConfigurationPlace | undefined, why: string): ProjectError {
  const where = at === undefined ? '' : ` (${at.file}:${at.line}:${at.column})`
  return new ProjectError(
    `cargo's configuration of sources cannot be followed${where}`,
    why,
    'Correct [source] in the configuration; cargo refuses it too.',
  )
}
