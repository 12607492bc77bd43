/**
 * Brings missing packages into cargo's cache: a manifest that names each of them exactly, a lockfile with their checksums and
 * the workspace's sources, all written by us, and `cargo fetch`. Cargo does not mind that a package is only a program.
 */
import { join } from 'node:path'
import { stringify } from 'smol-toml'
import { ProjectError } from '../base/index.js'
import { type CargoConfiguration, NO_CONFIGURATION } from './cargo-configuration.js'
import { type CargoPermission, withCargo } from './cargo-run.js'
import { requirePlainAddress, writeSources } from './cargo-sources-toml.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import { printLockfile } from './lockfile-text.js'
import { locationOf, replacementOf } from './source-replacement.js'
import type { SourcePlaces } from './sources.js'

const STAND_IN = { name: 'caps-fetch', version: '0.0.0' } as const

/**
 * Fetches packages of a lockfile. Packages of git are named by revision. `places` are those of the workspace; without them
 * (a published crate) only the machine's own configuration applies, and no address on this machine is handed to cargo.
 * Throws ProjectError naming what is missing when cargo may not run, is not there, or fails.
 */
export async function fetchPackages(
  missing: readonly LockedPackage[],
  lockfile: Lockfile,
  permission: CargoPermission,
  places?: SourcePlaces,
): Promise<void> {
  const names = missing.map(({ name, version }) => `${name}@${version}`)
  const need = `${names.length === 1 ? 'A package is' : `${names.length} packages are`} not on this machine: ${names.join(', ')}${unusedVendor(permission, places)}`
  const isLocalWord = places?.repository !== undefined
  const configuration = isLocalWord ? places.configuration : NO_CONFIGURATION
  await withCargo(need, permission, async (cargo) => {
    const dependencies = Object.fromEntries(
      missing.map((locked, index) => [`p${index}`, exactDependency(locked, configuration, isLocalWord)]),
    )
    cargo.write('Cargo.toml', stringify({ package: { ...STAND_IN, edition: '2021' }, workspace: {}, dependencies }))
    cargo.write('src/lib.rs', '')
    writeSources(cargo, configuration)
    // With the lockfile cargo takes yanked versions too, and holds each archive against the checksum.
    if (missing.every(isOfRegistry)) cargo.write('Cargo.lock', printLockfile(lockedStandIn(missing, lockfile)))
    await cargo.run(['fetch'])
  })
}

/** Whoever has a `vendor` directory that nothing names believes that it is used. */
function unusedVendor({ untrusted }: CargoPermission, places: SourcePlaces | undefined): string {
  if (untrusted === undefined || !places) return ''
  if (places.view.realPath(join(untrusted, 'vendor')) === undefined) return ''
  if (places.configuration.sources.size > 0) return ''
  return ' (there is a directory vendor, which cargo does not look into: no [source] of its configuration names it)'
}

function isOfRegistry({ source }: LockedPackage): boolean {
  return source === undefined || !source.startsWith('git+')
}

function exactDependency(
  locked: LockedPackage,
  configuration: CargoConfiguration,
  isLocalWord: boolean,
): Record<string, string | boolean> {
  const { name, version, source } = locked
  const base = { package: name, 'default-features': false }
  if (source === undefined) return { ...base, version: `=${version}` }
  const named = locationOf(source)
  // A registry is asked for by its own name, since cargo replaces it; git is asked for by revision, where cargo would not.
  const location = named.k === 'git' ? (replacementOf(named, configuration)?.location ?? named) : named
  if (location.k === 'git' && /^[0-9a-f]{40,64}$/.test(location.revision ?? ''))
    return { ...base, git: checkedUrl(location.url, locked, isLocalWord), rev: location.revision ?? '' }
  if (location.k === 'registry')
    return { ...base, version: `=${version}`, 'registry-index': checkedUrl(location.index, locked, isLocalWord) }
  throw unreachable(locked, 'its source is neither a registry nor a revision of git')
}

/** Whoever publishes a crate has no say over what is read on this machine. */
function checkedUrl(url: string, locked: LockedPackage, isLocalWord: boolean): string {
  if (url.startsWith('file:') && !isLocalWord) throw unreachable(locked, 'its address is a path on this machine')
  return requirePlainAddress(url, `the source of ${locked.name}@${locked.version}`)
}

function unreachable({ name, version }: LockedPackage, why: string): ProjectError {
  return new ProjectError(
    `${name}@${version} is not on this machine and is not fetched`,
    why,
    'Fetch it with `cargo fetch` if you trust the address.',
  )
}

/** The lockfile with a root that depends on the missing packages, and only what they lead to. */
function lockedStandIn(missing: readonly LockedPackage[], lockfile: Lockfile): Lockfile {
  const byKey = new Map(lockfile.packages.map((locked) => [locked.key, locked]))
  const reached = new Set<string>()
  const pending = missing.map(({ key }) => key)
  for (let key = pending.pop(); key !== undefined; key = pending.pop()) {
    if (reached.has(key)) continue
    reached.add(key)
    pending.push(...(byKey.get(key)?.dependencies ?? []))
  }
  // Without a source cargo would look for a path; left out, it finds the version again by the exact requirement.
  const kept = lockfile.packages.filter(({ key, source }) => reached.has(key) && source !== undefined)
  const keys = new Set(kept.map(({ key }) => key))
  const onlyKept = (dependencies: readonly string[]): readonly string[] => dependencies.filter((key) => keys.has(key))
  const root: LockedPackage = {
    ...STAND_IN,
    key: `${STAND_IN.name} ${STAND_IN.version}`,
    dependencies: onlyKept(missing.map(({ key }) => key)),
  }
  return {
    version: lockfile.version,
    packages: [
      root,
      ...kept.map(({ replace: _, ...locked }) => ({ ...locked, dependencies: onlyKept(locked.dependencies) })),
    ],
  }
}
