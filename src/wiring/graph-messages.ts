/** What graph-threads.ts and graph-worker.ts say to each other. All of it is plain data, or shared memory. */
import type { MessagePort } from 'node:worker_threads'
import type { CrateShare, EarlierBody, TargetGroups, UnitParts } from '../graph/index.js'
import type { HandedFile } from '../names/index.js'
import type { Package, PackageId, Unit } from '../project/index.js'

/** What every thread is started with. */
export interface ThreadSetup {
  readonly units: readonly Unit[]
  /** With the paths of their files; what is not among `files` is asked for. */
  readonly packages: readonly HandedPackage[]
  readonly files: readonly HandedFile[]
  readonly groups: TargetGroups
  /** Of the first group. */
  readonly parts: UnitParts
}

export type HandedPackage = Omit<Package, 'tree'> & {
  readonly tree: Pick<Package['tree'], 'files' | 'leftOut' | 'links'>
}

/** A target's Program to be inferred, or a part of it: shares come over `shares`, a unit at a time, in the order of the units. */
export interface InferenceTask {
  /** Of `ThreadSetup.groups`. */
  readonly group: number
  /** Of `ThreadSetup.parts`; absent: all of the group. */
  readonly part?: number
  readonly shares: MessagePort
  readonly reads: MessagePort
  /** One integer: 1 when an answer to a read is there. */
  readonly answered: Int32Array
}

/** A thread says which unit it begins with, and what came out of it; `at` is the unit's position. */
export type FromThread = { readonly unit: string } | { readonly at: number; readonly share: CrateShare }

/** What an earlier target's share of a unit says of bodies: a later target waits for it, unit by unit. */
export interface ToThread {
  /** The unit's position. */
  readonly at: number
  readonly earlier: readonly EarlierBody[]
}

/** A file that no module tree has: a thread that needs it waits for the answer, a `SourceText` or undefined. */
export interface ReadRequest {
  readonly package: PackageId
  readonly path: string
}
