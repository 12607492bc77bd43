/**
 * `caps why`: every path from a crate to a capability, shortest first, not one example. Paths are simple (no function
 * twice) and begin at what a reader can call; how many there are grows beyond all bounds, so the limits say when it ended.
 */
import type { CfgExpr } from '../base/index.js'
import { STAGES, type Stage } from '../base/index.js'
import type { CallGraph, FunctionNode, Reference } from '../graph/index.js'
import type { Capability } from './capability.js'
import { exampleOfSeed, stepsAlong } from './example-path.js'
import type { Certainty, PathStep } from './findings.js'
import type { CapabilityMaps } from './map-index.js'
import { buildPowerGraph, CERTAIN_BIT, type PowerGraph, type Seed } from './power-graph.js'
import { PATH_CLASSES, type PathClass, type Reached, searchBack, seedAllowed, UNREACHED } from './search.js'

/** Paths that one answer holds at most. */
export const MAX_WHY_PATHS = 1000
/** Functions that one answer walks over at most: a crowded graph ends here before it has that many paths. */
export const MAX_WHY_STEPS = 2_000_000

/** Longer paths explain nothing. */
const MAX_WHY_DEPTH = 40

export interface WhyPath {
  readonly capability: Capability
  readonly stage: Stage
  readonly certainty: Certainty
  /** Of the whole path. */
  readonly condition: CfgExpr
  readonly path: readonly PathStep[]
}
export interface WhyAnswer {
  readonly paths: readonly WhyPath[]
  /** A limit was hit: there are more. */
  readonly truncated: boolean
}

/** The paths from a package's functions (`name@version`) to the capabilities, for each stage. */
export function whyCapabilities(
  graph: CallGraph,
  maps: CapabilityMaps,
  packageId: string,
  capabilities: readonly Capability[],
): WhyAnswer {
  const power = buildPowerGraph(graph, maps)
  const walk = new Walk(power, packageId)
  for (const capability of capabilities) {
    for (const stage of STAGES) walk.collect(capability, stage)
  }
  return { paths: walk.paths, truncated: walk.truncated }
}

const ANY = PATH_CLASSES.at(-1) as PathClass

/** One enumeration, with what is left of its limits. */
class Walk {
  readonly paths: WhyPath[] = []
  truncated = false
  private steps = 0
  private readonly outgoing: readonly (readonly number[])[]

  constructor(
    private readonly power: PowerGraph,
    private readonly packageId: string,
  ) {
    this.outgoing = outgoingOf(power)
  }

  collect(capability: Capability, stage: Stage): void {
    const { power } = this
    const stageBit = 1 << STAGES.indexOf(stage)
    const seeds = (power.seeds.get(capability) ?? []).filter((seed) => seedAllowed(power, seed, stageBit, ANY))
    const reached = searchBack(power, seeds, stageBit, ANY)
    const seedsOf = new Map<number, Seed[]>()
    for (const seed of seeds) seedsOf.set(seed.node, [...(seedsOf.get(seed.node) ?? []), seed])
    for (const seed of seedsOf.get(-1) ?? []) {
      if (seed.package === this.packageId)
        this.add(whyPath(power, capability, stage, exampleOfSeed(power, seed).steps, [], seed))
    }
    const distance = distancesOf(power, reached)
    const starts = this.startsOf(reached)
    // Deeper and deeper, so that short paths come first whatever their start.
    for (let depth = 0; depth <= MAX_WHY_DEPTH && !this.truncated; depth++) {
      let more = false
      for (const start of starts) {
        more =
          this.descend(
            { reached, distance, depth, onPath: new Set([start]), references: [] },
            start,
            (references, end) => {
              for (const seed of seedsOf.get(end) ?? []) {
                this.add(
                  whyPath(power, capability, stage, stepsAlong(power, start, references, seed), references, seed),
                )
              }
            },
          ) || more
      }
      if (!more) return
      if (depth === MAX_WHY_DEPTH) this.truncated = true
    }
  }

  /** Visits the ends of all simple paths of one length; true when there may be longer ones. */
  private descend(search: Descent, node: number, found: (references: readonly number[], end: number) => void): boolean {
    this.steps++
    if (this.steps > MAX_WHY_STEPS) this.truncated = true
    if (this.truncated) return false
    const { reached, distance, depth, onPath, references } = search
    const left = depth - references.length
    if (left === 0) found(references, node)
    let more = false
    for (const index of this.outgoing[node] ?? []) {
      const target = (this.power.graph.references[index] as Reference).target as number
      if (reached.next[target] === UNREACHED || onPath.has(target)) continue
      if (left === 0 || (distance[target] as number) > left - 1) {
        more = true
        continue
      }
      references.push(index)
      onPath.add(target)
      more = this.descend(search, target, found) || more
      onPath.delete(target)
      references.pop()
    }
    return more
  }

  private add(path: WhyPath): void {
    if (this.paths.length >= MAX_WHY_PATHS) this.truncated = true
    else this.paths.push(path)
  }

  /** What a reader can call, or else every function of the package that has the capability. */
  private startsOf(reached: Reached): readonly number[] {
    const own = reached.order.filter((node) => this.node(node).package === this.packageId).sort((a, b) => a - b)
    const callable = own.filter((node) => this.node(node).public || this.node(node).entry)
    return callable.length > 0 ? callable : own
  }
  private node(id: number): FunctionNode {
    return this.power.graph.functions[id] as FunctionNode
  }
}

/** A search for paths of exactly `depth` references; the last two fields are where it stands. */
interface Descent {
  readonly reached: Reached
  /** References from each function to the nearest seed. */
  readonly distance: Int32Array
  readonly depth: number
  readonly onPath: Set<number>
  readonly references: number[]
}

function whyPath(
  power: PowerGraph,
  capability: Capability,
  stage: Stage,
  path: readonly PathStep[],
  references: readonly number[],
  seed: Seed,
): WhyPath {
  const certain = seed.certain && references.every((index) => (power.referenceBits[index] as number) & CERTAIN_BIT)
  const conditions = references.map((index) => power.referenceConditions[index] as number)
  return {
    capability,
    stage,
    certainty: certain ? 'certain' : 'possible',
    condition: power.conditions.expr(conditions.reduce((a, b) => power.conditions.and(a, b), seed.condition)),
    path,
  }
}

/** References that carry power, by caller. */
function outgoingOf(power: PowerGraph): readonly (readonly number[])[] {
  const outgoing: number[][] = []
  for (const index of Array.from(power.inReferences).sort((a, b) => a - b)) {
    const { from } = power.graph.references[index] as Reference
    const list = outgoing[from]
    if (list) list.push(index)
    else outgoing[from] = [index]
  }
  return outgoing
}

/** How many references each reached function is away from a seed. */
function distancesOf(power: PowerGraph, reached: Reached): Int32Array {
  const distance = new Int32Array(reached.next.length)
  for (const node of reached.order) {
    const next = reached.next[node] as number
    const target = next >= 0 ? (power.graph.references[next] as Reference).target : undefined
    distance[node] = target === undefined ? 0 : (distance[target] as number) + 1
  }
  return distance
}
