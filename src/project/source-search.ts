/**
 * Sources of packages that are not of a path, asked for by what a lockfile says of them. Each is read once. What has no source and
 * no path is looked for nowhere.
 */
import { ProjectError } from '../base/index.js'
import type { CargoPermission } from './cargo-run.js'
import type { FoundSource } from './found-source.js'
import { AbsentFromRevision } from './git-source.js'
import { knownChecksum } from './known-checksum.js'
import type { KnownPackages } from './lock-fit.js'
import { type LockedPackage, packageText, type UnusedPatch } from './lockfile.js'
import { type Manifest, readManifest } from './manifest.js'
import { lockKey } from './offline-candidates.js'
import { findSource, type SourcePlaces } from './sources.js'

/** Sources of packages that are not of a path, each read once. */
export class SourceSearch implements KnownPackages {
  readonly #places: SourcePlaces
  readonly #offline: boolean
  readonly #found = new Map<string, FoundSource>()

  constructor(places: SourcePlaces, { offline }: CargoPermission) {
    this.#places = places
    this.#offline = offline
  }

  /** As findSource. What has no source and no path is looked for nowhere: its name means something else on a registry. */
  find(locked: LockedPackage): FoundSource | undefined {
    if (locked.source === undefined) {
      throw new ProjectError(
        `${packageText(locked)} is a package of a path, and no manifest names its path`,
        'the lockfile belongs to another state of the workspace',
        'Make it again with `cargo generate-lockfile`.',
      )
    }
    const key = `${locked.key} ${locked.checksum ?? ''}`
    const found = this.#found.get(key) ?? findSource(locked, this.#places)
    if (found) this.#found.set(key, found)
    return found
  }

  /** The manifest of a package that is on this machine; what is wrong with it is told when it is loaded. */
  manifestOf(locked: LockedPackage): Manifest | undefined {
    if (locked.source === undefined) return undefined
    try {
      const found = this.find(locked)
      return found && readManifest(found.raw, `Cargo.toml of ${packageText(locked)}`, found.workspace)
    } catch (thrown) {
      if (thrown instanceof ProjectError) return undefined
      throw thrown
    }
  }

  /** What is not here is fetched by cargo when it may, and nothing of it is read. */
  requirePatch(patch: UnusedPatch): void {
    const { name, version, source } = patch
    const locked = { ...patch, key: lockKey(name, version, source), dependencies: [] }
    if (!this.#offline || source?.startsWith('git+') !== true || this.find(locked)) return
    throw new ProjectError(
      `[patch] takes ${packageText(locked)} from ${source}, which is not on this machine`,
      'nothing uses it, and cargo reads it all the same',
      'Run without --offline, or fetch it first with `cargo fetch`.',
    )
  }

  /**
   * Why a package of git that is not read cannot stay locked: its commit has none of that name and version, or it is not here
   * and may not be fetched. cargo reads the manifests of all of them, whatever is built, and chooses anew where it may.
   * What is here and not as it should be is told when it is loaded.
   */
  lacking(locked: LockedPackage): ProjectError | undefined {
    if (locked.source?.startsWith('git+') !== true) return undefined
    try {
      if (this.find(locked) || !this.#offline) return undefined
    } catch (thrown) {
      if (thrown instanceof AbsentFromRevision) return thrown
      if (thrown instanceof ProjectError) return undefined
      throw thrown
    }
    return new ProjectError(
      `${packageText(locked)} is locked to ${locked.source}, which is not on this machine`,
      'nothing that is built needs it, and cargo reads it all the same',
      'Run without --offline, or fetch it first with `cargo fetch`.',
    )
  }

  checksumOf(locked: LockedPackage): ReturnType<typeof knownChecksum> {
    return knownChecksum(locked, this.#places)
  }
}
