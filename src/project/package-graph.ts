/**
 * The packages of a lockfile joined with their manifests: for each dependency that a manifest names, the locked package
 * that it means. Packages come in when they are first asked for, because most of a lockfile may never be compiled.
 */

import type { CompileTarget, LostTarget } from './compile-targets.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { Manifest } from './manifest.js'
import type { PackageSource } from './package-source.js'
import type { Published, Verification } from './verified.js'
import type { PackageId, SourceTree } from './workspace.js'

export interface LoadedPackage {
  readonly id: PackageId
  readonly locked: LockedPackage
  readonly source: PackageSource
  readonly verified: Verification
  /** Of one that was published, what it says of where it was made. */
  readonly published?: Published
  readonly local: boolean
  /** In the repository of the workspace, as `Package.directory`. */
  readonly directory?: string
  readonly manifest: Manifest
  readonly targets: readonly CompileTarget[]
  /** Targets that cargo would compile, and whose file cannot be read. */
  readonly lost: readonly LostTarget[]
  readonly tree: SourceTree
  readonly edges: readonly PackageEdge[]
  /** Optional dependencies of which the lockfile knows nothing: no member turns them on. */
  readonly unlocked: readonly ManifestDependency[]
}
export interface PackageEdge {
  readonly dependency: ManifestDependency
  readonly to: PackageId
}

/** Gives a package by its id; undefined when its sources are missing or could not be read. */
export type PackageLookup = (id: PackageId) => LoadedPackage | undefined

/** Ids of all packages of a lockfile, by key: `name@version`, with the source where several have that. */
export function packageIds(lockfile: Lockfile): ReadonlyMap<string, PackageId> {
  const counts = new Map<string, number>()
  for (const { name, version } of lockfile.packages) {
    const plain = `${name}@${version}`
    counts.set(plain, (counts.get(plain) ?? 0) + 1)
  }
  return new Map(
    lockfile.packages.map(({ key, name, version, source }) => {
      const plain = `${name}@${version}`
      const ambiguous = (counts.get(plain) ?? 0) > 1 && source !== undefined
      return [key, ambiguous ? `${plain} (${source})` : plain]
    }),
  )
}
