/** What a caller may ask of an analysis, and what it is told while it waits. Part of the library's interface. */
import type { LoadOptions, ProgressEvent } from '../project/index.js'

export interface AnalyzeOptions extends Omit<LoadOptions, 'onProgress'> {
  /** Capability maps laid over ours: paths of `.toml` or Capslock's `.cm` files. */
  readonly capabilityMaps?: readonly string[]
  /**
   * Of what runs, only what is reachable from there: `public`, `main`, or the path of a function or module. What runs when
   * something is built stays whole, and code that nobody asks for, such as before `main`.
   */
  readonly entry?: string
  /**
   * Whether what was worked out is kept in the user's cache directory, and taken from there; `verify` makes it anew and
   * throws where it is not what was kept. The answer is the same in each case.
   */
  readonly cache?: boolean | 'verify'
  /** How many threads may work at once; one when it is not said. The answer is the same. */
  readonly jobs?: number
}

export type AnalysisProgress =
  | ProgressEvent
  /** What is looked at is known: target triples, and of each package what cargo would turn on. */
  | {
      readonly step: 'choosing'
      readonly targets: readonly string[]
      readonly features: readonly { readonly package: string; readonly features: readonly string[] }[]
    }
  /** A unit's code is read: `walkdir@2.5.0 lib`. */
  | { readonly step: 'parsing'; readonly package: string }
  | { readonly step: 'resolving names' }
  | { readonly step: 'resolving types'; readonly package: string }
  | { readonly step: 'following paths' }
  /** The answer is not hurt by it: nothing can be kept, or what was kept cannot be used. */
  | { readonly step: 'keeping'; readonly trouble: string }

export type OnProgress = (event: AnalysisProgress) => void
