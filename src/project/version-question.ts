/** What the choice of versions is asked, and what it answers. */

export interface Candidate {
  /** Unique: name, version and source. */
  readonly id: string
  readonly name: string
  readonly version: string
  /** As the lockfile spells it; absent for a package of a path. */
  readonly source?: string
  readonly checksum?: string
  readonly links?: string
  readonly rustVersion?: string
  readonly features: ReadonlyMap<string, readonly string[]>
  readonly dependencies: readonly WantedPackage[]
  /** What `[replace]` puts in its place: both are chosen, and only the stand-in's dependencies are asked for. */
  readonly replacedBy?: Candidate
}
export interface WantedPackage {
  readonly nameInToml: string
  readonly packageName: string
  readonly requirement?: string
  readonly optional: boolean
  readonly defaultFeatures: boolean
  readonly features: readonly string[]
  readonly dev: boolean
  /** Where it is asked for: a source as the lockfile spells it, or the id of a package of a path. */
  readonly from: string
}
/** What to start from, with its dev-dependencies. */
export interface Root {
  readonly candidate: Candidate
  /** As on the command line: `x`, `dep/x`, `dep?/x`. */
  readonly features: readonly string[]
}
export interface VersionQuestion {
  readonly roots: readonly Root[]
  /** Those that fit, the best first. */
  readonly candidates: (wanted: WantedPackage, dependent: Candidate) => readonly Candidate[]
}
export interface ChosenVersions {
  readonly packages: readonly Candidate[]
  /** Ids of the dependencies of each package, by its id. */
  readonly dependencies: ReadonlyMap<string, ReadonlySet<string>>
  /** The id of the package that was chosen for each dependency of a package, by its id and `wishOf`. */
  readonly meant: ReadonlyMap<string, ReadonlyMap<string, string>>
}
