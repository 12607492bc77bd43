/**
 * Makes a lockfile where a crate has none: cargo resolves, in our temporary directory, a workspace of manifests that are
 * written anew from what we read of the crate's own. Only names, versions, features and dependencies are carried over.
 */
import { stringify } from 'smol-toml'
import { ProjectError } from '../base/index.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import { type CargoPermission, withCargo } from './cargo-run.js'
import { requirePlainAddress, writeSources } from './cargo-sources-toml.js'
import type { ManifestDependency } from './dependency-tables.js'
import { parseFeatureValue } from './feature-value.js'
import { type Lockfile, parseLockfile } from './lockfile.js'
import { printLockfile } from './lockfile-text.js'
import { readManifest } from './manifest.js'
import { type OfflineLockfile, resolveOffline } from './resolve-offline.js'
import type { ResolvablePackage, ResolveRequest } from './resolve-request.js'
import type { SourcePlaces } from './sources.js'

/** What a lockfile is made from without cargo, and who is told why cargo might make another. */
export interface ResolveWorld {
  readonly places: SourcePlaces
  readonly onNote: (note: string) => void
}

/**
 * The lockfile that cargo makes for the members; with `--offline` the one that can be made of what `world` has. `need` says
 * in errors what it is wanted for. Throws ProjectError.
 */
export async function resolveLockfile(
  need: string,
  request: ResolveRequest,
  permission: CargoPermission,
  world: ResolveWorld,
): Promise<Lockfile> {
  if (permission.offline) {
    const { lockfile, notes } = withoutCargo(need, request, world.places)
    for (const note of notes) world.onNote(note)
    return lockfile
  }
  const { packages, previous, resolver, configuration } = request
  const patch = patchTables(request)
  const replace = replaceTable(request)
  const inPlaces = packages.map(({ isMember }, index) => ({ isMember, directory: standInDirectory(index) }))
  const members = inPlaces.filter(({ isMember }) => isMember).map(({ directory }) => directory)
  const exclude = inPlaces.filter(({ isMember }) => !isMember).map(({ directory }) => directory)
  const manifests = packages.map((one) => standInManifest(one, configuration))
  return withCargo(need, permission, async (cargo) => {
    const workspace = { members, exclude, resolver: String(resolver) }
    const standIns = { ...(filled(patch) ? { patch } : {}), ...(filled(replace) ? { replace } : {}) }
    cargo.write('Cargo.toml', stringify({ workspace, ...standIns }))
    writeSources(cargo, configuration)
    if (previous) cargo.write('Cargo.lock', printLockfile(previous))
    for (const [index, text] of manifests.entries()) {
      const directory = standInDirectory(index)
      cargo.write(`${directory}/Cargo.toml`, text)
      cargo.write(`${directory}/src/lib.rs`, '')
      if (packages[index]?.manifest.links !== undefined) cargo.write(`${directory}/build.rs`, 'fn main() {}')
    }
    // `generate-lockfile` would throw the older lockfile away; `fetch` keeps what fits, and fetches besides.
    await cargo.run([previous ? 'fetch' : 'generate-lockfile'])
    return parseLockfile(cargo.read('Cargo.lock'), 'the lockfile that cargo made')
  })
}

/**
 * The lockfile of a manifest that depends on one package of the default registry and nothing else; with `--offline` of what
 * `places` have.
 */
export async function resolveOnePackage(
  need: string,
  name: string,
  requirement: string,
  permission: CargoPermission,
  places: SourcePlaces,
): Promise<Lockfile> {
  const standIn = {
    package: { name: 'caps-resolve', version: '0.0.0', edition: '2021' },
    dependencies: { p0: { package: name, version: requirement } },
  }
  if (permission.offline) {
    const manifest = readManifest(standIn, 'a manifest of ours')
    const packages = [{ manifest, isMember: true, withDev: false, memberOf: () => undefined }]
    const { configuration } = places
    const request = {
      packages,
      patches: [],
      replacements: [],
      patchMember: () => undefined,
      resolver: 2 as const,
      configuration,
    }
    return withoutCargo(need, request, places).lockfile
  }
  return withCargo(need, permission, async (cargo) => {
    cargo.write('Cargo.toml', stringify({ ...standIn, workspace: {} }))
    cargo.write('src/lib.rs', '')
    await cargo.run(['generate-lockfile'])
    return parseLockfile(cargo.read('Cargo.lock'), 'the lockfile that cargo made')
  })
}

/** What it was wanted for stands before what was missing. */
function withoutCargo(need: string, request: ResolveRequest, places: SourcePlaces): OfflineLockfile {
  try {
    return resolveOffline(request, places)
  } catch (thrown) {
    if (!(thrown instanceof ProjectError)) throw thrown
    throw new ProjectError(need, `${thrown.what}: ${thrown.why}`, thrown.fix)
  }
}

/** No package of ours is there. */
const MISSING = 'missing'

function standInDirectory(index: number): string {
  return `m${index}`
}

type TomlTable = Record<string, string | boolean | readonly string[]>
type DependencyTables = Record<string, Record<string, TomlTable>>

function patchTables({ patches, patchMember, configuration }: ResolveRequest): DependencyTables {
  const tables: DependencyTables = {}
  for (const patch of patches) {
    const member = patchMember(patch)
    if (member === 'missing') continue
    const known = configuration.registries.get(patch.key)?.index
    const table = (tables[known ?? patch.key] ??= {})
    table[patch.dependency.nameInToml] = dependencyEntry(patch.dependency, member, '', configuration)
  }
  return tables
}

function replaceTable({ replacements, patchMember, configuration }: ResolveRequest): Record<string, TomlTable> {
  return Object.fromEntries(
    replacements.map((replacement) => {
      const member = patchMember(replacement)
      // Where nothing is, cargo finds nothing either, if it comes to look.
      const place = member === 'missing' ? { path: MISSING } : undefined
      const { requirement: _, ...dependency } = replacement.dependency
      const entry = place ?? dependencyEntry(dependency, member === 'missing' ? undefined : member, '', configuration)
      return [replacement.spec, entry]
    }),
  )
}

const filled = (table: object): boolean => Object.keys(table).length > 0

function standInManifest(
  { manifest, withDev, memberOf }: ResolvablePackage,
  configuration: CargoConfiguration,
): string {
  const everywhere: DependencyTables = {}
  const target: Record<string, DependencyTables> = {}
  const names = new Set<string>()
  for (const dependency of manifest.dependencies) {
    const { platform, kind, nameInToml } = dependency
    const member = memberOf(dependency)
    // What is missing is never looked for by its name elsewhere: other code has that name there.
    if (member === 'missing' || (kind === 'dev' && !withDev)) continue
    names.add(nameInToml)
    const tables = platform ? (target[platform.text] ??= {}) : everywhere
    const table = (tables[kind === 'normal' ? 'dependencies' : `${kind}-dependencies`] ??= {})
    table[nameInToml] = dependencyEntry(dependency, member, '../', configuration)
  }
  const features = Object.fromEntries(
    [...manifest.features].map(([name, values]) => [name, values.filter((value) => isKnownValue(value, names))]),
  )
  const { name, version, edition, rustVersion, links } = manifest
  const described = {
    name,
    version,
    edition: String(edition),
    ...(rustVersion === undefined ? {} : { 'rust-version': rustVersion }),
    ...(links === undefined ? {} : { links, build: 'build.rs' }),
  }
  return stringify({ package: described, features, ...everywhere, target })
}

/** Values that name a dependency which was left away go away with it. */
function isKnownValue(text: string, names: ReadonlySet<string>): boolean {
  const value = parseFeatureValue(text)
  return value.k === 'feature' || names.has(value.name)
}

function gitKeys(git: ManifestDependency['git']): TomlTable {
  if (!git) return {}
  const { url, ...reference } = git
  return { git: requirePlainAddress(url, 'a manifest'), ...reference }
}

function dependencyEntry(
  dependency: ManifestDependency,
  member: number | undefined,
  up: string,
  configuration: CargoConfiguration,
): TomlTable {
  const { packageName, requirement, features, optional, defaultFeatures, git, renamed } = dependency
  const index = member === undefined ? indexOf(dependency, configuration) : undefined
  return {
    ...(renamed ? { package: packageName } : {}),
    ...(requirement === undefined ? {} : { version: requirement }),
    ...(member === undefined ? gitKeys(git) : { path: `${up}${standInDirectory(member)}` }),
    ...(index === undefined ? {} : { 'registry-index': requirePlainAddress(index, 'a manifest') }),
    ...(features.length === 0 ? {} : { features }),
    ...(optional ? { optional } : {}),
    ...(defaultFeatures ? {} : { 'default-features': false }),
  }
}

/** The configuration that names a registry is the crate's, and cargo does not see it where it runs. */
function indexOf({ registryIndex, registry }: ManifestDependency, configuration: CargoConfiguration) {
  return registryIndex ?? (registry === undefined ? undefined : configuration.registries.get(registry)?.index)
}
