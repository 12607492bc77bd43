/**
 * Roots that come as an archive: a package of a registry, or a `.crate` file. Which lockfile applies: the one that the user
 * names; for a `.crate` file and for a package that is only a program, the one in the archive (as `cargo install --locked`
 * does); else cargo resolves anew, as it would for whoever depends on the library.
 */
import { readFileSync } from 'node:fs'
import { basename } from 'node:path'
import { messageOf, ProjectError } from '../base/index.js'
import { archiveRoot, requireChecksum, sha256 } from './archive.js'
import type { AssemblyInput } from './assemble.js'
import { NO_CONFIGURATION } from './cargo-configuration.js'
import type { CargoPermission } from './cargo-run.js'
import { findCompileTargets } from './compile-targets.js'
import type { ManifestDependency } from './dependency-tables.js'
import { fetchPackages } from './fetch.js'
import type { FoundSource } from './found-source.js'
import { LockMatcher, type MatchRules } from './lock-matcher.js'
import { type LockedPackage, type Lockfile, packageText, parseLockfile } from './lockfile.js'
import { readLockfile } from './lockfile-read.js'
import { type Manifest, readManifest } from './manifest.js'
import type { LoadOptions } from './options.js'
import { closedLockfile } from './path-lock.js'
import { registryPlaces } from './registry-places.js'
import { resolveLockfile, resolveOnePackage } from './resolve-lock.js'
import { resolverOf } from './resolver-version.js'
import { findSource, type SourcePlaces, sourceOfArchive } from './sources.js'
import { compareVersions, meetsRequirement } from './version-req.js'
import type { LockChoice } from './workspace.js'

/** A package of a registry. Throws ProjectError when it cannot be found or fetched. */
export async function registryRootPackages(
  name: string,
  requirement: string,
  options: LoadOptions,
): Promise<AssemblyInput> {
  const places = registryPlaces(options.mirror)
  if (options.lockfile !== undefined) {
    const lockfile = readLockfile(options.lockfile)
    return fromLockfile(lockfile, rootOf(lockfile, name, requirement, options.lockfile), 'named', places, options)
  }
  const permission = permissionOf(options)
  const locked = await chooseVersion(name, requirement, places, options)
  let source = findSource(locked, places)
  if (!source) {
    await fetchPackages([locked], { version: 4, packages: [locked] }, permission)
    source = findSource(locked, places)
  }
  if (!source)
    throw new ProjectError(
      `${name}@${locked.version} is not on this machine`,
      'cargo fetched it, and it is not in the cache',
      'Check CARGO_HOME.',
    )
  return fromArchive(source, locked, places, options)
}

/** A `.crate` file. Throws ProjectError when it cannot be read. */
export async function archiveRootPackages(path: string, options: LoadOptions): Promise<AssemblyInput> {
  let bytes: Buffer
  try {
    bytes = readFileSync(path)
  } catch (thrown) {
    throw new ProjectError(`${basename(path)} cannot be read`, messageOf(thrown), 'Check the path and its permissions.')
  }
  const [, name, version] = /^(.+?)-(\d+\.\d+\.\d+.*)$/.exec(archiveRoot(bytes) ?? '') ?? []
  if (name === undefined || version === undefined) {
    throw new ProjectError(
      `${basename(path)} is not a crate's archive`,
      'it does not hold one directory NAME-VERSION',
      'Make it with `cargo package`.',
    )
  }
  const key = `${name} ${version}`
  const source: FoundSource = {
    ...sourceOfArchive(bytes, { key, name, version, dependencies: [] }, basename(path), {
      by: 'nothing',
      why: 'it was named as a file, and no lockfile has a checksum of it',
    }),
    source: { kind: 'archive' },
  }
  if (options.lockfile === undefined)
    return fromArchive(source, { key, name, version, dependencies: [] }, registryPlaces(options.mirror), options)
  const lockfile = readLockfile(options.lockfile)
  const root = rootOf(lockfile, name, `=${version}`, options.lockfile)
  if (root.checksum !== undefined) requireChecksum(sha256(bytes), [root.checksum], basename(path))
  const held: FoundSource = root.checksum === undefined ? source : { ...source, verified: { by: 'lockfile' } }
  return fromLockfile(lockfile, root, 'named', registryPlaces(options.mirror), options, held)
}

/** A package whose source is at hand and whose lockfile is not chosen yet. */
async function fromArchive(
  source: FoundSource,
  locked: LockedPackage,
  places: SourcePlaces,
  options: LoadOptions,
): Promise<AssemblyInput> {
  const { name, version } = locked
  const manifest = readManifest(source.raw, `Cargo.toml of ${name}@${version}`)
  const own = ownLockfile(source, manifest, options)
  const root = own?.packages.find((one) => one.name === name && one.version === version)
  if (own && root) return fromLockfile(own, root, 'archive', places, options, source)
  if (options.locked === true) {
    throw new ProjectError(
      `${name}@${version} has no lockfile`,
      '--locked was given, and its archive holds none that fits',
      'Run without --locked, or name one with --lockfile.',
    )
  }
  const members = [{ manifest, isMember: true, memberOf: placeOfNeighbour }]
  const notes: string[] = []
  const closed = closedLockfile(members, options.withDev ?? false)
  const lockfile = closed ?? (await resolveAlone(manifest, places, options, notes))
  return fromLockfile(
    lockfile,
    rootOf(lockfile, name, `=${version}`, 'the lockfile that cargo made'),
    closed ? 'paths' : options.offline === true ? 'offline' : 'resolved',
    places,
    options,
    source,
    notes,
  )
}

/** The lockfile in the archive, where it is the one that applies and fits the manifest. */
function ownLockfile(source: FoundSource, manifest: Manifest, options: LoadOptions): Lockfile | undefined {
  const applies =
    isProgram(source, manifest) ||
    source.source.kind === 'archive' ||
    options.locked === true ||
    options.offline === true
  const text = applies ? source.tree.read('Cargo.lock') : undefined
  if (!text || text.problem !== undefined) return undefined
  const lockfile = parseLockfile(text.text, `Cargo.lock of ${manifest.name}@${manifest.version}`)
  // An archive may hold a lockfile older than its manifest; that is not what anyone would build with.
  return fitsRoot(lockfile, manifest, options.withDev ?? false) ? lockfile : undefined
}

function isProgram(source: FoundSource, manifest: Manifest): boolean {
  const { targets } = findCompileTargets(manifest, source.tree, [], { local: true, withTests: false })
  return !targets.some(({ kind }) => kind === 'lib' || kind === 'proc-macro')
}

/** Whether a lockfile has the package, with something for each of its dependencies. */
function fitsRoot(lockfile: Lockfile, manifest: Manifest, withDev: boolean): boolean {
  const { name, version, dependencies } = manifest
  const locked = lockfile.packages.find((one) => one.name === name && one.version === version)
  const matcher = new LockMatcher(lockfile, PUBLISHED)
  return (
    locked !== undefined &&
    dependencies.every((one) => (one.kind === 'dev' && !withDev) || matcher.match(one, { locked }) !== undefined)
  )
}

/** Nothing is beside a published package: a path in its manifest leads nowhere, and its version counts. */
const PUBLISHED: MatchRules = {
  configuration: NO_CONFIGURATION,
  patches: [],
  replacements: [],
  packageOfPatch: () => undefined,
  packageAt: () => undefined,
  published: true,
}

/** A path without a version means nothing outside of where the package was made; its name is not looked up. */
const placeOfNeighbour = ({ path, requirement }: ManifestDependency): 'missing' | undefined =>
  path !== undefined && requirement === undefined ? 'missing' : undefined

function resolveAlone(
  manifest: Manifest,
  places: SourcePlaces,
  options: LoadOptions,
  notes: string[],
): Promise<Lockfile> {
  options.onProgress?.({ step: 'resolving' })
  const { name, version } = manifest
  const alone = { manifest, isMember: true, withDev: options.withDev ?? false, memberOf: placeOfNeighbour }
  return resolveLockfile(
    `There is no lockfile for ${name}@${version}`,
    {
      packages: [alone],
      patches: [],
      replacements: [],
      patchMember: () => undefined,
      resolver: 2,
      configuration: NO_CONFIGURATION,
    },
    permissionOf(options),
    { places, onNote: (note) => void notes.push(note) },
  )
}

function fromLockfile(
  lockfile: Lockfile,
  root: LockedPackage,
  lockedBy: LockChoice,
  places: SourcePlaces,
  options: LoadOptions,
  source?: FoundSource,
  notes: readonly string[] = [],
): AssemblyInput {
  const matcher = new LockMatcher(lockfile, PUBLISHED)
  const found = source ?? findSource(root, places)
  return {
    lockfile,
    roots: [root],
    match: (dependency, locked) => matcher.match(dependency, { locked })?.locked,
    installed: true,
    ...(found && usesFirstResolver(found) ? { unified: { dev: false } } : {}),
    isLocal: ({ key }) => key === root.key,
    // Members of the program's own workspace have no source in its lockfile; the registry has them as it has the root.
    find: (locked) => (source && locked.key === root.key ? source : findSource(locked, places)),
    fetch: async (missing) => {
      options.onProgress?.({ step: 'fetching', packages: missing.length, names: missing.map(packageText) })
      await fetchPackages(missing, lockfile, permissionOf(options))
    },
    diagnostics: [...notes, ...(lockfile.dangling ?? []).map((text) => `the lockfile: ${text}`)].map((message) => ({
      message,
    })),
    configuration: places.configuration,
    lockedBy,
  }
}

/** Whether `cargo install` would use resolver 1; for a library whoever depends on it decides, which is mostly another. */
function usesFirstResolver(source: FoundSource): boolean {
  return resolverOf(source.raw, []) === 1 && isProgram(source, readManifest(source.raw, 'Cargo.toml', source.workspace))
}

/** The package of a lockfile that is meant; the newest, when several fit. Throws ProjectError when none does. */
function rootOf(lockfile: Lockfile, name: string, requirement: string, where: string): LockedPackage {
  const found = newest(lockfile, name, requirement)
  if (found) return found
  const others = lockfile.packages.filter((one) => one.name === name).map(({ version }) => version)
  throw new ProjectError(
    `${where} has no ${name} ${requirement}`,
    others.length > 0 ? `it has ${others.join(', ')}` : 'it has no package of that name',
    'Name another version or another lockfile.',
  )
}

function newest(lockfile: Lockfile, name: string, requirement: string): LockedPackage | undefined {
  return lockfile.packages
    .filter((one) => one.name === name && meetsRequirement(one.version, requirement))
    .sort((a, b) => compareVersions(a.version, b.version))
    .at(-1)
}

/** An exact version that is in the cache needs no cargo; everything else is cargo's choice. */
async function chooseVersion(
  name: string,
  requirement: string,
  places: SourcePlaces,
  options: LoadOptions,
): Promise<LockedPackage> {
  const [, version] = /^=(\d.*)$/.exec(requirement) ?? []
  if (version !== undefined) {
    const locked: LockedPackage = { key: `${name} ${version}`, name, version, dependencies: [] }
    if (findSource(locked, places)) return locked
  }
  options.onProgress?.({ step: 'resolving' })
  const need = `${name}${requirement === '*' ? '' : ` ${requirement}`} is not on this machine`
  const lockfile = await resolveOnePackage(need, name, requirement, permissionOf(options), places)
  return rootOf(lockfile, name, requirement, 'the lockfile that cargo made')
}

function permissionOf(options: LoadOptions): CargoPermission {
  return { offline: options.offline ?? false }
}
