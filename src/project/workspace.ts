/**
 * What the project room hands on: which packages there are, which crates they compile to, with which features, and
 * the text of every Rust file they may reach. Plain data. No syntax is known here, and nothing behind this room
 * touches the disk: a module asks for a file by its path inside the package, through `SourceTree`.
 */
import type { Stage } from '../base/index.js'
import type { CargoConfiguration } from './cargo-configuration.js'
import type { DependencyKind } from './dependency-tables.js'
import type { PackageSource } from './package-source.js'
import type { TargetPlatform } from './target-platform.js'
import type { Published, Verification } from './verified.js'

/** All of it. */
export interface Workspace {
  /** What was asked for: `name@version` of each member analyzed, sorted. */
  readonly roots: readonly PackageId[]
  /** Of a directory: where the workspace stands in the repository that holds it, with `/`, `.` for the top. */
  readonly directory?: string
  /** Sorted by id. */
  readonly packages: readonly Package[]
  /** The crates to analyze, every crate behind its dependencies. */
  readonly units: readonly Unit[]
  /** The targets to look at: one when `--target` was given, else a few that stand for all (see targets.ts). */
  readonly targets: readonly TargetPlatform[]
  readonly diagnostics: readonly ProjectDiagnostic[]
  /** Code that belongs to it and could not be looked at; sorted. */
  readonly losses?: readonly ProjectLoss[]
  /** What cargo's configuration files say; of a published crate those of the machine alone. */
  readonly configuration: CargoConfiguration
  /** Absent where no lockfile plays a part. */
  readonly lockedBy?: LockChoice
}

/**
 * How the versions of dependencies were chosen. own: by the Cargo.lock there; worktree: by the one on disk, since the revision has
 * none; named: by `--lockfile`; archive: by the one that was published with the crate; updated: by one that did not fit, as cargo
 * brings it up to date; resolved: by cargo, as of now; offline: from what this machine has; paths: there are none but of paths.
 */
export type LockChoice = 'own' | 'worktree' | 'named' | 'archive' | 'updated' | 'resolved' | 'offline' | 'paths'

/** `name@version`. Two packages of one name and version but different source get `name@version (source)`. */
export type PackageId = string

export interface Package {
  readonly id: PackageId
  readonly name: string
  readonly version: string
  readonly source: PackageSource
  /** What vouches for its files; absent of what is no package that cargo takes from somewhere. */
  readonly verified?: Verification
  /** Of one that was published, what it says of where it was made. */
  readonly published?: Published
  readonly edition: Edition
  /** Its directory in the repository that holds the workspace, with `/`, `.` for the top; absent for what is not in it. */
  readonly directory?: string
  /** `links = "z"` of the manifest: a native library. */
  readonly links?: string
  /** Names of the packages it depends on directly, with what for; for the report. */
  readonly dependencies: readonly { readonly id: PackageId; readonly kinds: readonly DependencyKind[] }[]
  readonly tree: SourceTree
}
export type Edition = 2015 | 2018 | 2021 | 2024
/** The files of one package, by path relative to its root with `/`; nothing outside the root can be named. */
export interface SourceTree {
  /** Every file with its size in bytes, sorted by path; symbolic links that lead outside are not in it. */
  readonly files: ReadonlyMap<string, number>
  /** Files and directories that are there and were left out: links that lead outside, what is beyond a limit. */
  readonly leftOut?: readonly string[]
  /** Directories that are links and were followed: `..` behind one leads elsewhere than the path says. */
  readonly links?: readonly string[]
  /** The text; undefined when there is no such file. Not UTF-8, too large: `problem` says so and text is ''. */
  read(path: string): SourceText | undefined
  /** What the files are by content; undefined when that is not known: too much to be read, or a file that cannot be. */
  contents(): TreeContents | undefined
}
export interface TreeContents {
  /** sha256 of every file, by path, sorted; of one too large to be read its size. */
  readonly sums: ReadonlyMap<string, string>
  /** Files that are not text, sorted by path. */
  readonly binaries: readonly BinaryFile[]
}
export interface BinaryFile {
  readonly file: string
  /** `ELF program or object`, `gzip archive`, `unknown binary`, …: by its first bytes, never by its name. */
  readonly format: string
  readonly bytes: number
  /** Absent when the file is too large to be read. */
  readonly sha256?: string
}
export interface SourceText {
  readonly text: string
  readonly problem?: string
}

export type UnitKind = 'lib' | 'proc-macro' | 'bin' | 'build' | 'example' | 'test' | 'bench'

/** One crate to analyze: a target of a package with the features it is compiled with. */
export interface Unit {
  /** Unique: `walkdir@2.5.0 lib`, and `… lib (host)` where the host side has other features. */
  readonly id: string
  readonly package: PackageId
  readonly kind: UnitKind
  /** The crate's name as Rust code spells it. */
  readonly crateName: string
  /** Root file inside the package: `src/lib.rs`. */
  readonly root: string
  readonly edition: Edition
  readonly features: readonly string[]
  /** Every feature the manifest declares, so that `cfg(feature)` of others is plainly false. */
  readonly declaredFeatures: readonly string[]
  /** The stages this unit takes part in: a library may serve the program and a build script alike. */
  readonly stages: readonly Stage[]
  /** Crates that its code can name, without std: the package's own library for bins and tests is among them. */
  readonly externs: readonly UnitExtern[]
  /** Options (`name`, `name=value`) that would bring dependencies which were not read. */
  readonly unreadOptions?: readonly string[]
}
export interface UnitExtern {
  /** The name in code (renamed, `-` as `_`). */
  readonly name: string
  readonly unit: string
  /** Targets this dependency is for: a `cfg(..)` text or a triple, as in the manifest; absent for all. */
  readonly platform?: string
}

/** A part of the code that is not there. The place is where it is named. */
export interface ProjectLoss {
  /** `missing package`, `missing file`, `nightly manifest`, `build output` */
  readonly kind: string
  readonly what: string
  readonly package: PackageId
  readonly file: string
  readonly line: number
  readonly column: number
}

/** Trouble that did not end the analysis; shown in the report's coverage. */
export interface ProjectDiagnostic {
  readonly package?: PackageId
  readonly file?: string
  readonly message: string
}
