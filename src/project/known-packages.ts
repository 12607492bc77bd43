/**
 * Which packages a rule about a directory can mean: its members, what they name by path, and all of its lockfile, whether built
 * or not. Reads manifests and the lockfile, no source, and starts nothing.
 */
import { join } from 'node:path'
import { CONFIGURATION_NAME } from './configuration/configuration-package.js'
import { DISK } from './file-view.js'
import { readLockfile } from './lockfile-read.js'
import { readPathWorkspace } from './path-packages.js'

export interface KnownPackage {
  readonly name: string
  readonly version: string
}

/**
 * Undefined where nobody can tell without resolving: there is no lockfile, or it lacks what a manifest depends on. Throws
 * ProjectError. `directory` is absolute and has a Cargo.toml.
 */
export function knownPackages(directory: string): readonly KnownPackage[] | undefined {
  const workspace = readPathWorkspace(join(directory, 'Cargo.toml'), DISK)
  const manifests = [...workspace.packages.values(), ...workspace.overrides].map(({ manifest }) => manifest)
  const own: KnownPackage[] = manifests.map(({ name, version }) => ({ name, version }))
  const lockfile = join(workspace.root, 'Cargo.lock')
  const locked = DISK.realPath(lockfile) === undefined ? [] : readLockfile(lockfile, 'Cargo.lock').packages
  const known = [...own, ...locked, { name: CONFIGURATION_NAME, version: '0.0.0' }]
  const names = new Set(known.map(({ name }) => name))
  const isWhole = manifests.every(({ dependencies }) => dependencies.every(({ packageName }) => names.has(packageName)))
  return isWhole ? known : undefined
}
