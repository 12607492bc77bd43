/**
 * From a call graph and the maps to findings: for every capability and stage the searches and groups of the files beside
 * this one, then everything in a stable order.
 *
 * "Own" functions are all functions of a package, as in Capslock; `entry` restricts to what is reachable from some.
 */
import { compareText, STAGES } from '../base/index.js'
import type { CallGraph } from '../graph/index.js'
import { CAPABILITIES, compareCapabilities } from './capability.js'
import type { Entry } from './entry.js'
import type { CapabilityFinding, Findings, Granularity, PackageFindings } from './findings.js'
import { groupFunctions } from './group.js'
import { groupFindings, siteFindings } from './group-findings.js'
import type { CapabilityMaps } from './map-index.js'
import { powersByStage } from './powers-by-stage.js'
import type { Located, Question } from './question.js'

export interface CapabilityOptions {
  /** Default `crate`. */
  readonly granularity?: Granularity
  /** Of what runs, only what is reachable from there; default all functions. */
  readonly entry?: Entry
  /** The packages that were asked for: where `entry` looks for its starts. */
  readonly roots?: readonly string[]
  /** Also what a package gets to through others where it has the capability itself. */
  readonly everyReach?: boolean
  /** `target_os` of the targets that are looked at. */
  readonly systems?: readonly string[]
}

/** The capabilities of every package of the graph. */
export function analyzeCapabilities(graph: CallGraph, maps: CapabilityMaps, options: CapabilityOptions = {}): Findings {
  const granularity = options.granularity ?? 'crate'
  const powers = powersByStage(graph, maps, options)
  const grouping = groupFunctions(powers.graph.functions, granularity)
  const found: Located[] = []
  for (const capability of CAPABILITIES) {
    STAGES.forEach((stage, bit) => {
      const power = powers.of(stage)
      const seeds = power.seeds.get(capability) ?? []
      const { everyReach = false } = options
      const question: Question = { power, grouping, capability, stage, stageBit: 1 << bit, seeds, everyReach }
      const findings = granularity === 'site' ? siteFindings(question) : groupFindings(question)
      for (const finding of findings) found.push(finding)
    })
  }
  return { packages: byPackage(found) }
}

function byPackage(found: readonly Located[]): PackageFindings[] {
  const packages = new Map<string, CapabilityFinding[]>()
  for (const { package: id, finding } of found) {
    const list = packages.get(id)
    if (list) list.push(finding)
    else packages.set(id, [finding])
  }
  return [...packages]
    .sort(([a], [b]) => compareText(a, b))
    .map(([id, capabilities]) => ({ id, capabilities: capabilities.sort(compareFindings) }))
}

function compareFindings(a: CapabilityFinding, b: CapabilityFinding): number {
  return (
    compareCapabilities(a.capability, b.capability) ||
    STAGES.indexOf(a.stage) - STAGES.indexOf(b.stage) ||
    compareText(a.module ?? '', b.module ?? '') ||
    compareText(a.function ?? '', b.function ?? '') ||
    compareText(placeOf(a), placeOf(b))
  )
}

/** Lines as numbers of fixed width, so that they sort as numbers. */
function placeOf(finding: CapabilityFinding): string {
  const last = finding.path.at(-1)
  const number = (value: number | undefined): string => String(value ?? 0).padStart(9, '0')
  return `${finding.reach}\0${last?.file}\0${number(last?.line)}\0${number(last?.column)}\0${last?.function}`
}
