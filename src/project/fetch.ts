/**
 * Brings missing packages into cargo's cache: a manifest that names each of them exactly and a lockfile with their
 * checksums, both written by us, and `cargo fetch`. Cargo does not mind that a package is only a program.
 */
import { stringify } from 'smol-toml'
import { type CargoPermission, withCargo } from './cargo-run.js'
import { ProjectError } from './errors.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import { printLockfile } from './lockfile-text.js'

const STAND_IN = { name: 'caps-fetch', version: '0.0.0' } as const

/**
 * Fetches packages of a lockfile. Packages of git are named by revision.
 * Throws ProjectError naming what is missing when cargo may not run, is not there, or fails.
 */
export async function fetchPackages(
  missing: readonly LockedPackage[],
  lockfile: Lockfile,
  permission: CargoPermission,
): Promise<void> {
  const names = missing.map(({ name, version }) => `${name}@${version}`)
  const need = `${names.length === 1 ? 'A package is' : `${names.length} packages are`} not on this machine: ${names.join(', ')}`
  await withCargo(need, permission, async (cargo) => {
    const dependencies = Object.fromEntries(missing.map((locked, index) => [`p${index}`, exactDependency(locked)]))
    cargo.write('Cargo.toml', stringify({ package: { ...STAND_IN, edition: '2021' }, workspace: {}, dependencies }))
    cargo.write('src/lib.rs', '')
    // With the lockfile cargo takes yanked versions too, and holds each archive against the checksum.
    if (missing.every(isOfRegistry)) cargo.write('Cargo.lock', printLockfile(lockedStandIn(missing, lockfile)))
    await cargo.run(['fetch'])
  })
}

function isOfRegistry({ source }: LockedPackage): boolean {
  return source === undefined || !source.startsWith('git+')
}

function exactDependency(locked: LockedPackage): Record<string, string | boolean> {
  const { name, version, source } = locked
  const base = { package: name, 'default-features': false }
  if (source === undefined) return { ...base, version: `=${version}` }
  const git = /^git\+([^?#]*)(?:\?[^#]*)?#([0-9a-f]{40,64})$/.exec(source)
  if (git) return { ...base, git: checkedUrl(git[1] ?? '', locked), rev: git[2] ?? '' }
  const registry = /^(?:registry\+|(?=sparse\+))(.*)$/.exec(source)
  if (!registry) throw unreachable(locked, 'its source is neither a registry nor git')
  return { ...base, version: `=${version}`, 'registry-index': checkedUrl(registry[1] ?? '', locked) }
}

/** A lockfile is the crate's word: only such addresses are handed to cargo as cannot mean a program or a local file. */
function checkedUrl(url: string, locked: LockedPackage): string {
  const plain = url.replace(/^sparse\+/, '')
  if (/^(?:https|ssh):\/\/[A-Za-z0-9_][^\s]*$/.test(plain)) return url
  throw unreachable(locked, `its address is not one of https or ssh: ${plain.slice(0, 200)}`)
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
    packages: [root, ...kept.map((locked) => ({ ...locked, dependencies: onlyKept(locked.dependencies) }))],
  }
}
