/**
 * The rows of a report for a person: one a capability, over all packages, with who brings it and one example. Pure
 * regrouping of a result; how a row is drawn is text.ts's matter.
 */
import { checked, compareText } from '../base/index.js'
import { isPlatformCondition } from './condition-text.js'
import { resourceTexts } from './resource-text.js'
import type { AnalysisResult, Finding, PackageResult } from './result.js'
import { compareCapabilities } from './severity.js'

/** What decides in which part of the report a row stands. */
export type Part = 'run' | 'platform' | 'built' | 'test'

export interface Row {
  readonly part: Part
  readonly capability: string
  readonly certainty: Finding['certainty']
  /** The conditions of its findings, sorted, each once; `true` alone when one of them is always there. */
  readonly conditions: readonly string[]
  /** The targets that one of its findings is on. */
  readonly targets: readonly string[]
  /** Ids of the packages whose own code has it: the asked-for ones first, then by sites. */
  readonly packages: readonly string[]
  /** Of those packages; 0 when none has it itself, as when only a merely possible call leads there. */
  readonly sites: number
  /** The path shown: from what was asked for when it gets there, else from the package that has it. */
  readonly example: Finding
  /** What those packages act on with it. */
  readonly resources: readonly string[]
  /** Further places, that the same packages possibly reach: a detail of what they have for certain. */
  readonly possibleSites: number
  /** It runs with the program, but no function of what was asked for gets there for certain. */
  readonly aside: boolean
  /** One of these possibly gets there. */
  readonly possiblyReached: boolean
}

interface Owned {
  readonly owner: PackageResult
  readonly finding: Finding
}

interface Group {
  readonly part: Part
  members: Owned[]
  possibleSites: number
  possiblyReached: boolean
}

/** All rows, in the order in which a person reads them. */
export function capabilityRows(result: AnalysisResult): Row[] {
  return groupsOf(result).map(rowOf).sort(compareRows)
}

/**
 * Findings by part, capability and certainty. A package that has a capability for certain has one row for it: where it possibly
 * has it besides is a detail of that row. What exists on some platforms only is a row of its own only when the
 * capability has no unconditional finding of the same certainty: otherwise it adds nothing that a reader must know.
 */
function groupsOf(result: AnalysisResult): Group[] {
  const all = result.packages.flatMap((owner) => owner.capabilities.map((finding) => ({ owner, finding })))
  const keyOf = (part: Part, { finding }: Owned): string => `${part} ${finding.capability} ${finding.certainty}`
  const everywhere = new Set(all.filter(({ finding }) => partOf(finding) === 'run').map((owned) => keyOf('run', owned)))
  const groups = new Map<string, Group>()
  for (const owned of all) {
    const own = partOf(owned.finding)
    const part = own === 'platform' && everywhere.has(keyOf('run', owned)) ? 'run' : own
    const key = keyOf(part, owned)
    const group = groups.get(key)
    if (group) group.members.push(owned)
    else groups.set(key, { part, members: [owned], possibleSites: 0, possiblyReached: false })
  }
  for (const [key, group] of groups) if (key.endsWith(' possible')) withoutCertain(group, groups)
  return [...groups.values()].filter(({ members }) => members.length > 0)
}

/** Moves what is merely possible of packages that have it for certain to their row, and what merely possibly gets to these. */
function withoutCertain(possible: Group, groups: ReadonlyMap<string, Group>): void {
  const capability = possible.members[0]?.finding.capability ?? ''
  const parts = possible.part === 'run' || possible.part === 'platform' ? ['run', 'platform'] : [possible.part]
  for (const part of parts) {
    const certain = groups.get(`${part} ${capability} certain`)
    if (!certain) continue
    const owners = new Set(certain.members.map(({ owner }) => owner.id))
    const isDetail = ({ owner, finding }: Owned): boolean =>
      owners.has(owner.id) || (finding.reach === 'transitive' && owners.has(lastPackage(finding)))
    for (const { owner, finding } of possible.members.filter(isDetail)) {
      if (finding.reach === 'direct') certain.possibleSites += finding.sites
      if (owner.local) certain.possiblyReached = true
    }
    possible.members = possible.members.filter((owned) => !isDetail(owned))
  }
}

function partOf(finding: Finding): Part {
  if (finding.stage === 'test') return 'test'
  if (finding.stage !== 'run') return 'built'
  return isPlatformCondition(finding.condition) ? 'platform' : 'run'
}

function rowOf({ part, members: group, possibleSites, possiblyReached }: Group): Row {
  const first = checked(group[0])
  const direct = group.filter((owned) => owned.finding.reach === 'direct')
  const sitesOf = new Map<string, number>()
  for (const { owner, finding } of direct) sitesOf.set(owner.id, (sitesOf.get(owner.id) ?? 0) + finding.sites)
  const local = new Set(group.filter((owned) => owned.owner.local).map((owned) => owned.owner.id))
  const packages = [...sitesOf.keys()].sort(
    (a, b) =>
      Number(local.has(b)) - Number(local.has(a)) ||
      checked(sitesOf.get(b)) - checked(sitesOf.get(a)) ||
      compareText(a, b),
  )
  const example = shortest(group.filter((owned) => owned.owner.local)) ?? shortest(direct) ?? first
  const conditions = new Set(group.map((owned) => owned.finding.condition))
  return {
    part,
    capability: first.finding.capability,
    certainty: first.finding.certainty,
    conditions: conditions.has('true') ? ['true'] : [...conditions].sort(),
    targets: [...new Set(group.flatMap(({ finding }) => finding.targets ?? []))],
    packages: packages.length > 0 ? packages : [lastPackage(example.finding)],
    sites: [...sitesOf.values()].reduce((sum, sites) => sum + sites, 0),
    possibleSites,
    possiblyReached,
    resources: resourceTexts((direct.length > 0 ? direct : group).map(({ finding }) => finding)),
    example: example.finding,
    aside: local.size === 0 && first.finding.stage === 'run',
  }
}

const lastPackage = (finding: Finding): string => finding.path[finding.path.length - 1]?.package ?? ''

function shortest(group: readonly Owned[]): Owned | undefined {
  return group.reduce<Owned | undefined>(
    (best, owned) => (best === undefined || owned.finding.path.length < best.finding.path.length ? owned : best),
    undefined,
  )
}

const PART_ORDER: readonly Part[] = ['run', 'platform', 'built', 'test']

function compareRows(a: Row, b: Row): number {
  return (
    PART_ORDER.indexOf(a.part) - PART_ORDER.indexOf(b.part) ||
    Number(a.certainty === 'possible') - Number(b.certainty === 'possible') ||
    // What nothing that was asked for gets to is read last, however serious.
    Number(a.aside && !a.possiblyReached) - Number(b.aside && !b.possiblyReached) ||
    compareCapabilities(a.capability, b.capability)
  )
}
