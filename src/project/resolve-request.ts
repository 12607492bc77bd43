/** What a lockfile is to be made for, by cargo or without it. */
import type { CargoConfiguration } from './cargo-configuration.js'
import type { ManifestDependency } from './dependency-tables.js'
import type { Lockfile } from './lockfile.js'
import type { Manifest } from './manifest.js'
import type { PatchEntry } from './patches.js'
import type { Replacement } from './replacements.js'
import type { ResolverVersion } from './resolver-version.js'

export interface ResolvablePackage {
  readonly manifest: Manifest
  /** Members are where cargo starts; others are there to be depended on by path. */
  readonly isMember: boolean
  /** Dev-dependencies count. */
  readonly withDev: boolean
  /** Which other package a dependency by path is, by its place in the list; 'missing' for one that is not there. */
  readonly memberOf: (dependency: ManifestDependency) => number | 'missing' | undefined
}
export interface ResolveRequest {
  readonly packages: readonly ResolvablePackage[]
  /** What to keep of an older lockfile where it still fits. */
  readonly previous?: Lockfile
  readonly patches: readonly PatchEntry[]
  readonly replacements: readonly Replacement[]
  /** Which package a patch or a replacement by path is. */
  readonly patchMember: (patch: Pick<PatchEntry, 'dependency'>) => number | 'missing' | undefined
  readonly resolver: ResolverVersion
  readonly configuration: CargoConfiguration
  /** Which packages stand in for whatever has their name, and what is built then; only without cargo. */
  readonly overriding?: OverridingRequest
}
export interface OverridingRequest {
  /** By their places in the list. */
  readonly overrides: readonly number[]
  /** Features of the members to start from, by their places; others are not started from. */
  readonly features: ReadonlyMap<number, readonly string[]>
  /**
   * What lay there before the lockfile that is kept now was made: what patches bring keeps to that, since cargo reads them once
   * only. Undefined where there was none.
   */
  readonly ofPatches: Lockfile | undefined
}
