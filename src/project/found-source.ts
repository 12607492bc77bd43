/** The source of a locked package, as the place where it lies gives it. */
import type { RawManifest, RawWorkspace } from './manifest-schema.js'
import type { PackageSource } from './package-source.js'
import type { Verification } from './verified.js'
import type { SourceTree } from './workspace.js'

export interface FoundSource {
  readonly source: PackageSource
  readonly verified: Verification
  readonly tree: SourceTree
  readonly raw: RawManifest
  /** The table of the workspace that the package belongs to, for inheritance. */
  readonly workspace?: RawWorkspace
  /** Where the package stands on disk, if it does, so that dependencies by path can be followed. */
  readonly directory?: string
  /** That directory in the repository of the workspace, for a package that is part of it. */
  readonly inRepository?: string
  readonly problems: readonly string[]
}
