/**
 * What cargo's configuration files say, as plain data: those of the workspace, of the directories above it and of
 * CARGO_HOME, merged as cargo merges them. Types only; `read-configuration.ts` makes it.
 *
 * Everything keeps its place, since what a configuration can do is shown like what code can do.
 */
import type { ManifestDependency } from './dependency-tables.js'

/**
 * Whose word a file is. repository: a part of what is judged, it comes with the code; machine: of whoever runs caps
 * (CARGO_HOME, directories above the repository), and other machines have another one.
 */
export type ConfigurationScope = 'repository' | 'machine'

export interface ConfigurationFile {
  /** Unique. Of the repository: from its root, with `/`; of the machine: `CARGO_HOME/config.toml`, `../.cargo/config.toml`, … */
  readonly file: string
  readonly scope: ConfigurationScope
  readonly text: string
}

export interface ConfigurationPlace {
  readonly file: string
  readonly scope: ConfigurationScope
  /** From 1. */
  readonly line: number
  readonly column: number
}

/** `[source.NAME]`. */
export interface ConfiguredSource {
  readonly at: ConfigurationPlace
  readonly replaceWith?: string
  /** What the source is; absent for one that is only replaced (`crates-io`). */
  readonly is?:
    | { readonly k: 'registry'; readonly index: string }
    /** Absolute. */
    | { readonly k: 'directory' | 'local-registry'; readonly path: string }
    | { readonly k: 'git'; readonly url: string; readonly reference?: string }
}

/** What a configuration does when cargo builds. */
export interface ConfigurationPower {
  readonly at: ConfigurationPlace
  /** The key, as in the file: `build.rustc-wrapper`, `target.x86_64-unknown-linux-gnu.runner`, `env.PATH`. */
  readonly key: string
  /**
   * program: cargo starts what is named; linker: arguments or libraries for the linker; rustflags: other flags of rustc;
   * cfg: an option is set; env: a variable is set for rustc, build scripts and programs that cargo starts; alias: a
   * command of cargo means another one; target: what is built for is described by a file, which names a linker.
   */
  readonly does: 'program' | 'linker' | 'rustflags' | 'cfg' | 'env' | 'alias' | 'target'
  /** The program, the flag, the option, the variable: as written. */
  readonly what: string
  /** Of a variable: what it is set to. */
  readonly value?: string
  /** Of a variable: the value is a path that counts from the directory above the one of the file. */
  readonly relative?: true
  /** A triple or a `cfg(…)`, of what stands in `[target]`; absent for every target. */
  readonly target?: string
  /** Of the files of the repository that are named. */
  readonly sha256?: string
}

/** A file of the repository that a power names: a program, a library, the description of a target; or a directory of such. */
export interface NamedFile {
  /** From the top of the repository, with `/`; of a directory, with one behind it, and its bytes are the sums of its files. */
  readonly file: string
  readonly bytes: Uint8Array
}

/** `--cfg` of rustflags, and where it holds. */
export interface ConfiguredCfg {
  readonly at: ConfigurationPlace
  readonly name: string
  readonly value?: string
  /** A triple or a `cfg(…)`; absent for every target. */
  readonly target?: string
  /** Of `RUSTFLAGS` of the environment: nothing in a file takes its place. */
  readonly always?: true
}

/** A key that decides which code is looked at: where it comes from, for which targets, under which options. */
export interface ConfigurationDecision {
  readonly at: ConfigurationPlace
  /** `source.crates-io`, `build.target`, `build.rustflags`. */
  readonly key: string
}

export interface CargoConfiguration {
  /** Those that were read, nearest first. */
  readonly files: readonly ConfigurationFile[]
  /** `[patch]`: by registry or URL as written. Paths of the dependencies are absolute. */
  readonly patches: ReadonlyMap<string, readonly ConfiguredPatch[]>
  /** `paths`: absolute directories whose packages stand in for those of the same name and version. */
  readonly paths: readonly { readonly directory: string; readonly at: ConfigurationPlace }[]
  readonly sources: ReadonlyMap<string, ConfiguredSource>
  /** `[registries.NAME] index`. */
  readonly registries: ReadonlyMap<string, { readonly index: string; readonly at: ConfigurationPlace }>
  /** `registry.default`. */
  readonly defaultRegistry?: string
  /** `resolver.incompatible-rust-versions`. */
  readonly incompatibleRustVersions?: 'allow' | 'fallback'
  /** `build.target`. */
  readonly buildTargets: readonly string[]
  /** `build.target-dir` and `build.build-dir`, absolute. */
  readonly outputDirectories: readonly string[]
  readonly cfgs: readonly ConfiguredCfg[]
  /** Keys of `[target]` with `rustflags`: where one applies, those of `[build]` do not. */
  readonly flaggedTargets: readonly string[]
  readonly decisions: readonly ConfigurationDecision[]
  /** `-C panic`, `-C debug-assertions`, `[profile]`: what else decides about cfgs, as cargo names it. */
  readonly profile: ReadonlyMap<string, string | boolean | number>
  readonly powers: readonly ConfigurationPower[]
  readonly named: readonly NamedFile[]
  /** Keys, values and files that were not understood. */
  readonly losses: readonly { readonly at: ConfigurationPlace; readonly message: string }[]
}

export interface ConfiguredPatch {
  readonly dependency: ManifestDependency
  readonly at: ConfigurationPlace
}

/** Nothing is configured. */
export const NO_CONFIGURATION: CargoConfiguration = {
  files: [],
  patches: new Map(),
  paths: [],
  sources: new Map(),
  registries: new Map(),
  buildTargets: [],
  outputDirectories: [],
  cfgs: [],
  flaggedTargets: [],
  decisions: [],
  profile: new Map(),
  powers: [],
  named: [],
  losses: [],
}
