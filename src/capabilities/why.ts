/**
 * `caps why`: each place that has a capability, with one shortest path to it from where a run begins. The best class of path that
 * there is (certain before possible, always before sometimes), and to a place that nothing leads to, one from its own package, so
 * that every finding of an analysis has its answer here.
 *
 * It deliberately lists no second path to a place: how many there are grows beyond all bounds, and they say no more.
 */
import { type CfgExpr, checked, compareText, STAGES, type Stage } from '../base/index.js'
import type { CallGraph } from '../graph/index.js'
import { type Capability, compareCapabilities } from './capability.js'
import { classify } from './classify.js'
import type { Entry } from './entry.js'
import { exampleOfSeed, stepsAlong } from './example-path.js'
import type { Certainty, PathStep, Resource } from './findings.js'
import { functionsOf, type Ground, outgoingOf } from './forest.js'
import type { CapabilityMaps } from './map-index.js'
import type { PowerGraph, Seed } from './power-graph.js'
import { powersByStage } from './powers-by-stage.js'
import { PATH_CLASSES, seedAllowed } from './search.js'
import { type BestWay, type BestWayTo, bestWays } from './stage-ways.js'
import { START_KINDS, type StartKind, startsOf } from './starts.js'

export interface WhyOptions {
  readonly capabilities: readonly Capability[]
  /** All unless given. */
  readonly stages?: readonly Stage[] | undefined
  readonly entry?: Entry | undefined
  /** The packages that were asked for: where `entry` looks for its starts. */
  readonly roots: readonly string[]
  /** `target_os` of the targets that are looked at. */
  readonly systems?: readonly string[] | undefined
  /** Only paths by one of these packages, `name@version`. */
  readonly through?: ReadonlySet<string> | undefined
  /** Only places that act on what it says yes to: a text, with the arguments of a program behind it. */
  readonly actsOn?: ((text: string) => boolean) | undefined
}

export interface WhyPath {
  readonly capability: Capability
  readonly stage: Stage
  readonly certainty: Certainty
  /** Of the whole path. */
  readonly condition: CfgExpr
  /** Who sets it off: first who begins the path, then the others who can. */
  readonly from: readonly StartKind[]
  readonly path: readonly PathStep[]
  /** String literals in the call of the last step. */
  readonly literals?: readonly string[]
  /** What the place acts on. */
  readonly resources?: readonly Resource[]
}

/** A path for each place: certain ones first, those that a run leads to first, then by capability, stage, start and length. */
export function whyCapabilities(whole: CallGraph, maps: CapabilityMaps, options: WhyOptions): readonly WhyPath[] {
  const { entry = 'all', roots, stages = STAGES } = options
  const powers = powersByStage(whole, maps, options)
  const { graph } = powers
  const classification = classify(graph, maps)
  const through = options.through && functionsOf(graph.functions, options.through)
  const outgoing = new Map<PowerGraph, Ground['outgoing']>()
  const found = STAGES.filter((stage) => stages.includes(stage)).flatMap((stage) => {
    const power = powers.of(stage)
    const known = outgoing.get(power) ?? outgoingOf(power)
    outgoing.set(power, known)
    const ground: Ground = { power, stageBit: 1 << STAGES.indexOf(stage), outgoing: known, through }
    const wayTo = bestWays(ground, startsOf(graph, classification, stage, { entry, roots }))
    return options.capabilities.flatMap((capability) =>
      placesOf(ground, capability).flatMap((seeds) => bestPath(seeds, { capability, stage, power, wayTo, options })),
    )
  })
  return found.sort(comparePaths)
}

const ANY = checked(PATH_CLASSES.at(-1))

/** The seeds of a capability, place by place. */
function placesOf({ power, stageBit }: Ground, capability: Capability): readonly (readonly Seed[])[] {
  const places = new Map<string, Seed[]>()
  for (const seed of power.seeds.get(capability) ?? []) {
    if (!seedAllowed(power, seed, stageBit, ANY)) continue
    const key = [seed.package, seed.file, seed.line, seed.column].join('\0')
    const known = places.get(key)
    if (known) known.push(seed)
    else places.set(key, [seed])
  }
  return [...places.values()]
}

interface PlaceQuestion {
  readonly capability: Capability
  readonly stage: Stage
  readonly power: PowerGraph
  readonly wayTo: BestWayTo
  readonly options: WhyOptions
}

/** The best path to any of the seeds at one place; none when none leads through what was asked for. */
function bestPath(seeds: readonly Seed[], question: PlaceQuestion): readonly WhyPath[] {
  const { wayTo, options, power, capability } = question
  const { actsOn } = options
  const wanted = actsOn
    ? seeds.filter((seed) =>
        power.resources
          .resourcesOf([seed], capability)
          .some(({ value, arguments: more = [] }) => actsOn([value, ...more].join(' '))),
      )
    : seeds
  const paths = wanted.flatMap((seed) => {
    if (seed.node < 0) {
      const asked = options.through === undefined || options.through.has(seed.package)
      return asked ? [unreadPath(seed, question)] : []
    }
    const way = wayTo(seed.node, seed.certain)
    return way ? [pathOf(seed, way, question)] : []
  })
  return paths.sort(comparePaths).slice(0, 1)
}

/** Of code that was not read nobody knows from where it is reached. */
function unreadPath(seed: Seed, { power, capability, stage }: PlaceQuestion): WhyPath {
  return {
    capability,
    stage,
    certainty: seed.certain ? 'certain' : 'possible',
    condition: power.conditions.expr(seed.condition),
    from: ['unread'],
    path: exampleOfSeed(power, seed).steps,
  }
}

function pathOf(seed: Seed, way: BestWay, { power, capability, stage }: PlaceQuestion): WhyPath {
  const { conditions, referenceConditions } = power
  const resources = power.resources.resourcesOf([seed], capability)
  const condition = way.references
    .map((index) => checked(referenceConditions[index]))
    .reduce((a, b) => conditions.and(a, b), seed.condition)
  return {
    capability,
    stage,
    certainty: way.certain && seed.certain ? 'certain' : 'possible',
    condition: conditions.expr(condition),
    from: way.from,
    path: stepsAlong(power, way.start, way.references, seed),
    ...(seed.literals && { literals: seed.literals }),
    ...(resources.length > 0 && { resources }),
  }
}

const isReached = ({ from }: WhyPath): boolean => from[0] !== 'unreached'

function comparePaths(a: WhyPath, b: WhyPath): number {
  return (
    Number(isReached(b)) - Number(isReached(a)) ||
    Number(b.certainty === 'certain') - Number(a.certainty === 'certain') ||
    compareCapabilities(a.capability, b.capability) ||
    STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
    START_KINDS.indexOf(checked(a.from[0])) - START_KINDS.indexOf(checked(b.from[0])) ||
    a.path.length - b.path.length ||
    compareText(spelled(a.path), spelled(b.path))
  )
}

/** Lines as numbers of fixed width, so that they sort as numbers. */
function spelled(path: readonly PathStep[]): string {
  const number = (value: number): string => String(value).padStart(9, '0')
  return path
    .map((step) => `${step.package}\0${step.file}\0${number(step.line)}\0${number(step.column)}\0${step.function}`)
    .join('\0')
}
