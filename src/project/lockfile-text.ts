/** Writes a lockfile for cargo: what `lockfile.ts` read, in the long form that every cargo understands. */
import { stringify } from 'smol-toml'
import type { Lockfile } from './lockfile.js'

/** Version 3 is the oldest with checksums beside the packages; 4 differs only in how git sources are encoded. */
const OLDEST_WRITTEN = 3

/** The lockfile as text. */
export function printLockfile(lockfile: Lockfile): string {
  const packages = lockfile.packages.map(({ name, version, source, checksum, dependencies, replace }) => ({
    name,
    version,
    ...(source === undefined ? {} : { source }),
    ...(checksum === undefined ? {} : { checksum }),
    ...(replace === undefined ? {} : { replace }),
    ...(dependencies.length === 0 ? {} : { dependencies: [...dependencies].sort() }),
  }))
  packages.sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : a.version < b.version ? -1 : 1))
  const { unusedPatches } = lockfile
  return stringify({
    version: Math.max(lockfile.version, OLDEST_WRITTEN),
    package: packages,
    ...(unusedPatches ? { patch: { unused: unusedPatches } } : {}),
  })
}
