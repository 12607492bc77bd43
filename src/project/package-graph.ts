/**
 * The packages of a lockfile joined with their manifests: for each dependency that a manifest names, the locked package
 * that it means. Packages come in when they are first asked for, because most of a lockfile may never be compiled.
 */

import type { CompileTarget } from './compile-targets.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { LockedPackage, Lockfile } from './lockfile.js'
import type { Manifest } from './manifest.js'
import type { PackageSource } from './package-source.js'
import { compareVersions, meetsRequirement } from './version-req.js'
import type { PackageId, SourceTree } from './workspace.js'

export interface LoadedPackage {
  readonly id: PackageId
  readonly locked: LockedPackage
  readonly source: PackageSource
  readonly local: boolean
  /** In the repository of the workspace, as `Package.directory`. */
  readonly directory?: string
  readonly manifest: Manifest
  readonly targets: readonly CompileTarget[]
  readonly tree: SourceTree
  readonly edges: readonly PackageEdge[]
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

/**
 * The locked package that a dependency means, among those that the dependent's lock entry lists. Undefined when the
 * lockfile has none: an optional dependency that nothing could turn on when it was made.
 */
export function resolveDependency(
  dependency: ManifestDependency,
  candidates: readonly LockedPackage[],
): LockedPackage | undefined {
  const { packageName, requirement } = dependency
  const fitting = candidates.filter(
    (locked) =>
      locked.name === packageName && (requirement === undefined || meetsRequirement(locked.version, requirement)),
  )
  // A patched or path package may stand in for one of a registry, so the kind of source only breaks ties.
  const preferred = fitting.filter((locked) => sourceKind(locked.source) === wantedSource(dependency))
  const from = preferred.length > 0 ? preferred : fitting
  return [...from].sort((a, b) => compareVersions(a.version, b.version)).at(-1)
}

/**
 * Whether a lockfile has a package of this manifest, with something for each of its dependencies. What dependents cannot turn
 * on may rightly be absent: dev-dependencies, and optional ones of packages outside the workspace.
 */
export function lockfileFits(
  lockfile: Lockfile | undefined,
  manifest: Manifest,
  needed: { readonly dev: boolean; readonly optional: boolean },
): boolean {
  const locked = lockfile?.packages.find(({ name, version }) => name === manifest.name && version === manifest.version)
  if (!lockfile || !locked) return false
  const keys = new Set(locked.dependencies)
  const candidates = lockfile.packages.filter(({ key }) => keys.has(key))
  return manifest.dependencies.every(
    (dependency) =>
      (dependency.kind === 'dev' && !needed.dev) ||
      (dependency.optional && !needed.optional) ||
      resolveDependency(dependency, candidates) !== undefined,
  )
}

type SourceKind = 'path' | 'git' | 'registry'

function sourceKind(source: string | undefined): SourceKind {
  return source === undefined ? 'path' : source.startsWith('git+') ? 'git' : 'registry'
}

function wantedSource({ path, git }: ManifestDependency): SourceKind {
  return path !== undefined ? 'path' : git !== undefined ? 'git' : 'registry'
}
