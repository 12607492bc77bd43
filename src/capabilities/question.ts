/**
 * One capability in one stage: what every step from seeds to findings is asked about. Types only, so that the steps do
 * not import one another.
 */
import type { Stage } from '../base/index.js'
import type { Capability } from './capability.js'
import type { CapabilityFinding } from './findings.js'
import type { Grouping } from './group.js'
import type { PowerGraph, Seed } from './power-graph.js'

export interface Question {
  readonly power: PowerGraph
  readonly grouping: Grouping
  readonly capability: Capability
  readonly stage: Stage
  /** The stage's bit in `stageBits`. */
  readonly stageBit: number
  readonly seeds: readonly Seed[]
  /** What a group gets to through others is told where it has the capability itself, too. */
  readonly everyReach?: boolean
}

/** A finding and the package that it is filed under. */
export interface Located {
  readonly package: string
  readonly finding: CapabilityFinding
}
