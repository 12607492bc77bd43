/** What a caller may ask for, and what it is told while it waits. */
import type { Mirror } from './mirror.js'

export interface LoadOptions {
  /** `-p`: members of the workspace, by name or `name@version`. */
  readonly packages?: readonly string[] | undefined
  readonly manifestPath?: string | undefined
  /** A git revision at which a directory is read, without a checkout: a branch, a tag, a commit's id. */
  readonly revision?: string | undefined
  /** A directory is read as it is staged in git: what the next commit would hold. */
  readonly staged?: boolean | undefined
  /** The revision is the old side of a comparison: what lies outside of the repository is not known to be what it was. */
  readonly oldSide?: boolean | undefined
  /** A lockfile to use instead of the crate's own. */
  readonly lockfile?: string | undefined
  readonly features?: readonly string[] | undefined
  readonly allFeatures?: boolean | undefined
  readonly noDefaultFeatures?: boolean | undefined
  /** Triples; without any, a few targets that stand for all. */
  readonly target?: readonly string[] | undefined
  /** `nightly`, `mode="hard"`: options that are set; `not(nightly)`: one that never is. Whatever is not named stays open. */
  readonly cfg?: readonly string[] | undefined
  /** A lockfile that is missing or does not fit is an error. */
  readonly locked?: boolean | undefined
  /** Dependencies by path and members that are not there are a loss, not an error. */
  readonly allowMissing?: boolean | undefined
  /** Stands for the registry: packages are read from there and nowhere else. Of published crates and archives only. */
  readonly mirror?: Mirror | undefined
  /** Cargo is never started. */
  readonly offline?: boolean | undefined
  /** Tests, examples and benches of the root packages too, with dev-dependencies. */
  readonly withDev?: boolean | undefined
  readonly onProgress?: ((event: ProgressEvent) => void) | undefined
}

export type ProgressEvent =
  | { readonly step: 'resolving' }
  /** `packages`: how many are missing on this machine; `names`: which, as `name@version`. */
  | { readonly step: 'fetching'; readonly packages: number; readonly names: readonly string[] }
  | { readonly step: 'reading'; readonly package: string }
