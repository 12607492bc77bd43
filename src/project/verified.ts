/**
 * What vouches for the bytes of a package that were read, and what a published one says of where it was made. Sums are held before
 * anything is read (sources.ts, vendor.ts, local-registry.ts): where one does not fit, the run ends.
 */

export interface Verification {
  /**
   * lockfile, index: sha256 of the archive that was read; checksum file: each file of a vendor directory is as its
   * .cargo-checksum.json has it, whose sum of the archive is the lockfile's, but nothing ties the one to the other; commit: the
   * lockfile names it, and a checkout of it was read; path: files of whoever asked.
   */
  readonly by: 'lockfile' | 'index' | 'checksum file' | 'commit' | 'path' | 'nothing'
  /** Why by nothing. */
  readonly why?: string
  /** Files that cargo has unpacked and that are not as the archive has them, sorted: cargo builds those. */
  readonly unpackedOtherwise?: readonly string[]
}

/** `.cargo_vcs_info.json` and `Cargo.toml.orig`; published.ts reads them. */
export interface Published {
  /** The commit that it says it was made from. */
  readonly commit?: string
  /** The package's directory in that repository; '' for the top. */
  readonly path?: string
  /** The working tree held what is not in the commit. */
  readonly dirty?: boolean
  /** What differs between Cargo.toml and Cargo.toml.orig: `dependencies.z`, `build`; absent when there is no `.orig`. */
  readonly manifestDiffers?: readonly string[]
  /** What of this could not be read. */
  readonly unreadable?: readonly string[]
}
