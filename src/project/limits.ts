/**
 * Every bound that this room keeps (law 4): a crate is hostile, and so is its size. Reaching one is an error or a
 * diagnostic, never a silent cut.
 */

/** A source file larger than this is not handed on; the largest real ones (generated bindings) stay below 20 MB. */
export const MAX_FILE_BYTES = 32 * 1024 * 1024

/** A Cargo.toml, Cargo.lock or .cargo-checksum.json larger than this is not parsed. */
export const MAX_MANIFEST_BYTES = 16 * 1024 * 1024

/** A file of cargo's configuration larger than this is not parsed; real ones have a few hundred bytes. */
export const MAX_CONFIGURATION_BYTES = 1024 * 1024

/** Files of cargo's configuration that are read for one workspace, with all that they include. */
export const MAX_CONFIGURATION_FILES = 256

/** A compressed archive. Registries take far smaller ones. */
export const MAX_ARCHIVE_BYTES = 256 * 1024 * 1024

/** An archive's content once inflated: cargo's own limit for unpacking. */
export const MAX_INFLATED_BYTES = 512 * 1024 * 1024

/** Entries of one archive or files of one directory tree. */
export const MAX_TREE_FILES = 200_000

/** Files of one directory that are summed up, in bytes: more than any crate, less than a disk full of data. */
export const MAX_CONTENTS_BYTES = 1024 * 1024 * 1024

/** Directories below each other; also ends a walk through directory links that lead back. */
export const MAX_TREE_DEPTH = 64

/** Parent directories looked at for a workspace root: no path that a system call takes has more. */
export const MAX_PARENT_DIRECTORIES = 4096

/** Activations of one feature of one package, over the whole graph. */
export const MAX_FEATURE_STEPS = 2_000_000

/** Nested `all`, `any` and `not` of a platform predicate. */
export const MAX_PLATFORM_DEPTH = 64

/** Packages of a path, that is: members and path dependencies of one workspace. */
export const MAX_PATH_PACKAGES = 5_000

/** How often missing sources are fetched before giving up: each time may show packages that are missing too. */
export const MAX_FETCH_ROUNDS = 4

/** One call of cargo, in milliseconds. */
export const CARGO_TIMEOUT_MS = 15 * 60 * 1000

/** Output of one call of cargo that is kept for an error message. */
export const MAX_CARGO_OUTPUT_BYTES = 4 * 1024 * 1024

/** Commits that `HEAD~N` and the like go back. */
export const MAX_COMMIT_STEPS = 10_000

/** Symbolic links of a git revision that lead to each other; names of it that do. */
export const MAX_LINK_STEPS = 16

/** A directory of a git revision: the names of one directory. */
export const MAX_TREE_BYTES = 64 * 1024 * 1024

/** git's index: as many files as a tree may have, with long names. */
export const MAX_INDEX_BYTES = 128 * 1024 * 1024

/** Deltas of a pack upon each other: git's own limit. */
export const MAX_DELTA_CHAIN = 4095

/** What all deltas of one object of a pack may make together, in bytes. */
export const MAX_DELTA_BYTES = 2 * 1024 * 1024 * 1024

/** Repositories that another one borrows objects from. */
export const MAX_ALTERNATES = 64

/** Where a symbolic link of a git revision leads: the longest path that systems take. */
export const MAX_LINK_BYTES = 4096

/** Files that a message names before it only counts them. */
export const MAX_SHOWN_FILES = 5

/** Versions that are tried when a lockfile is made without cargo. */
export const MAX_RESOLVE_STEPS = 200_000
