/** What the coordinator of a survey and its workers say to each other. Plain data, one job at a time for each worker. */
import type { How } from './how.js'
import type { CrateVersion, Failure } from './record.js'

/** What a worker is told once, before its first job. */
export interface WorkerSetup {
  /** The survey's. */
  readonly directory: string
  readonly how: How
  /** Of each, paths of files. */
  readonly capabilityMaps: readonly string[]
  readonly mirror?: string
  readonly offline: boolean
  readonly cache: boolean
  readonly limits: Limits
}
export interface Limits {
  /** MiB of a worker. */
  readonly memory: number
  /** Seconds of one core for each job. */
  readonly work: number
}

export type Job =
  /** All that the mirror has. */
  | { readonly k: 'packages' }
  /** The newest of a package. */
  | { readonly k: 'versions'; readonly name: string; readonly most: number }
  /** Chooses a lockfile where none is kept, and fetches what it needs. */
  | { readonly k: 'lock'; readonly crate: CrateVersion }
  | { readonly k: 'analyze'; readonly crate: CrateVersion; readonly lockfile: string }

export type Answer =
  | { readonly k: 'crates'; readonly crates: readonly CrateVersion[] }
  | { readonly k: 'done' }
  /** The crate is at fault: another try would end in the same way. */
  | { readonly k: 'failed'; readonly failure: Omit<Failure, 'stage'> }
  /** The machine is: a full disk, no network. */
  | { readonly k: 'machine'; readonly why: string }

/** An answer with what it cost. */
export interface Answered {
  readonly answer: Answer
  /** Seconds of a core. */
  readonly cpu: number
  /** MiB of the worker, at most so far. */
  readonly memory: number
}
