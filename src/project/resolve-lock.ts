/**
 * Makes a lockfile where a crate has none: cargo resolves, in our temporary directory, a workspace of manifests that are
 * written anew from what we read of the crate's own. Only names, versions, features and dependencies are carried over.
 */
import { stringify } from 'smol-toml'
import { type CargoPermission, withCargo } from './cargo-run.js'
import type { ManifestDependency } from './dependency-tables.js'
import { parseFeatureValue } from './features.js'
import { type Lockfile, parseLockfile } from './lockfile.js'
import { printLockfile } from './lockfile-text.js'
import type { Manifest } from './manifest.js'

export interface ResolvableMember {
  readonly manifest: Manifest
  /** Which other member a dependency by path is, by its place in the list; undefined when it is none. */
  readonly memberOf: (dependency: ManifestDependency) => number | undefined
}
export interface ResolveRequest {
  readonly members: readonly ResolvableMember[]
  /** What to keep of an older lockfile where it still fits. */
  readonly previous?: Lockfile
  /** `[patch]` tables: by registry or URL, then by name, dependencies that are members or of git. */
  readonly patches: ReadonlyMap<string, readonly ManifestDependency[]>
  readonly patchMember: (dependency: ManifestDependency) => number | undefined
  readonly withDev: boolean
}

/** The lockfile that cargo makes for the members. `need` says in errors what it is wanted for. Throws ProjectError. */
export async function resolveLockfile(
  need: string,
  request: ResolveRequest,
  permission: CargoPermission,
): Promise<Lockfile> {
  return withCargo(need, permission, async (cargo) => {
    const { members, previous, patches, patchMember, withDev } = request
    const patch = Object.fromEntries(
      [...patches].map(([source, list]) => [
        source,
        Object.fromEntries(list.map((one) => [one.nameInToml, dependencyEntry(one, patchMember(one), '')])),
      ]),
    )
    const workspace = { members: members.map((_, index) => memberDirectory(index)), resolver: '2' }
    cargo.write('Cargo.toml', stringify({ workspace, ...(patches.size > 0 ? { patch } : {}) }))
    if (previous) cargo.write('Cargo.lock', printLockfile(previous))
    for (const [index, member] of members.entries()) {
      cargo.write(`${memberDirectory(index)}/Cargo.toml`, memberManifest(member, withDev))
      cargo.write(`${memberDirectory(index)}/src/lib.rs`, '')
    }
    // `generate-lockfile` would throw the older lockfile away; `fetch` keeps what fits, and fetches besides.
    await cargo.run([previous ? 'fetch' : 'generate-lockfile'])
    return parseLockfile(cargo.read('Cargo.lock'), 'the lockfile that cargo made')
  })
}

/** The lockfile of a manifest that depends on one package of the default registry and nothing else. */
export async function resolveOnePackage(
  need: string,
  name: string,
  requirement: string,
  permission: CargoPermission,
): Promise<Lockfile> {
  return withCargo(need, permission, async (cargo) => {
    const dependencies = { p0: { package: name, version: requirement } }
    cargo.write(
      'Cargo.toml',
      stringify({ package: { name: 'caps-resolve', version: '0.0.0', edition: '2021' }, workspace: {}, dependencies }),
    )
    cargo.write('src/lib.rs', '')
    await cargo.run(['generate-lockfile'])
    return parseLockfile(cargo.read('Cargo.lock'), 'the lockfile that cargo made')
  })
}

function memberDirectory(index: number): string {
  return `m${index}`
}

type TomlTable = Record<string, string | boolean | readonly string[]>
type DependencyTables = Record<string, Record<string, TomlTable>>

function memberManifest({ manifest, memberOf }: ResolvableMember, withDev: boolean): string {
  const kept = manifest.dependencies.filter(({ kind }) => withDev || kind !== 'dev')
  const everywhere: DependencyTables = {}
  const target: Record<string, DependencyTables> = {}
  for (const dependency of kept) {
    const { platform, kind, nameInToml } = dependency
    const tables = platform ? (target[platform.text] ??= {}) : everywhere
    const table = (tables[kind === 'normal' ? 'dependencies' : `${kind}-dependencies`] ??= {})
    table[nameInToml] = dependencyEntry(dependency, memberOf(dependency), '../')
  }
  const names = new Set(kept.map(({ nameInToml }) => nameInToml))
  const features = Object.fromEntries(
    [...manifest.features].map(([name, values]) => [name, values.filter((value) => isKnownValue(value, names))]),
  )
  const { name, version, edition } = manifest
  return stringify({ package: { name, version, edition: String(edition) }, features, ...everywhere, target })
}

/** Values that name a dev-dependency go away with it. */
function isKnownValue(text: string, names: ReadonlySet<string>): boolean {
  const value = parseFeatureValue(text)
  return value.k === 'feature' || names.has(value.name)
}

function gitKeys(git: ManifestDependency['git']): TomlTable {
  if (!git) return {}
  const { url, ...reference } = git
  return { git: url, ...reference }
}

function dependencyEntry(dependency: ManifestDependency, member: number | undefined, up: string): TomlTable {
  const { packageName, requirement, features, optional, defaultFeatures, git, registryIndex, renamed } = dependency
  return {
    ...(renamed ? { package: packageName } : {}),
    ...(requirement === undefined ? {} : { version: requirement }),
    ...(member === undefined ? gitKeys(git) : { path: `${up}${memberDirectory(member)}` }),
    ...(member === undefined && registryIndex !== undefined ? { 'registry-index': registryIndex } : {}),
    ...(features.length === 0 ? {} : { features }),
    ...(optional ? { optional } : {}),
    ...(defaultFeatures ? {} : { 'default-features': false }),
  }
}
