/**
 * The findings of one package as groups that can be compared: by stage, capability and certainty, and in each by what is
 * called. Where a use stands is no part of its identity (code moves), and neither is the name of a crate's own item
 * (code is renamed); a path of std is.
 */
import { checked, compareText } from '../base/index.js'
import type { Finding, PackageResult, Resource, Step } from '../report/result.js'
import { joinConditions } from './diff-conditions.js'

/** All places that call one thing. */
export interface Use {
  /** As the reader is to see it. */
  readonly calls: string
  readonly findings: readonly Finding[]
  /** Places, each once. */
  readonly sites: number
  readonly condition: string
  /** What the calls act on, as text: literals, and what is known of a path, a host, a program. How many places have each. */
  readonly texts: Counts
  /** Places of which nothing is known that they act on, or not all. */
  readonly unnamed: number
  /** How many places stand under each condition. */
  readonly conditions: Counts
}
export type Counts = ReadonlyMap<string, number>

/** How often something is there that was not there as often in any of `former` together. */
export function grownIn(now: Counts, ...former: readonly Counts[]): readonly string[] {
  return [...now]
    .filter(([text, count]) => count > former.reduce((sum, counts) => sum + (counts.get(text) ?? 0), 0))
    .map(([text]) => text)
}

/** A capability in one stage and certainty, in code of one package. */
export interface UseGroup {
  readonly stage: Finding['stage']
  readonly capability: string
  readonly certainty: Finding['certainty']
  readonly sites: number
  readonly condition: string
  /** By identity. */
  readonly uses: ReadonlyMap<string, Use>
  readonly example: Finding
}

/** One capability in one stage, with its certain and its merely possible uses. */
export interface CapabilityUses {
  readonly certain?: UseGroup
  readonly possible?: UseGroup
}

/** What a package's own code uses, by stage and capability. `crates`: names that are no part of std. */
export function directUses(
  owner: PackageResult | undefined,
  crates: ReadonlySet<string>,
): ReadonlyMap<string, CapabilityUses> {
  const byKey = new Map<string, Finding[]>()
  for (const finding of owner?.capabilities ?? []) {
    if (finding.reach !== 'direct') continue
    const key = capabilityKey(finding)
    const list = byKey.get(key)
    if (list) list.push(finding)
    else byKey.set(key, [finding])
  }
  return new Map(
    [...byKey].map(([key, findings]) => [
      key,
      { ...groupOf('certain', findings, crates), ...groupOf('possible', findings, crates) },
    ]),
  )
}

/** A stage and a capability as one text. */
export function capabilityKey({ stage, capability }: Pick<Finding, 'stage' | 'capability'>): string {
  return `${stage} ${capability}`
}

function groupOf(
  certainty: Finding['certainty'],
  all: readonly Finding[],
  crates: ReadonlySet<string>,
): { readonly [K in Finding['certainty']]?: UseGroup } {
  const findings = all.filter((finding) => finding.certainty === certainty)
  const [example] = findings
  if (!example) return {}
  const { stage, capability } = example
  const group: UseGroup = {
    stage,
    capability,
    certainty,
    sites: countSites(findings),
    condition: joinConditions(findings.map(({ condition }) => condition)),
    uses: usesOf(findings, crates),
    example,
  }
  return { [certainty]: group }
}

function usesOf(findings: readonly Finding[], crates: ReadonlySet<string>): ReadonlyMap<string, Use> {
  const byIdentity = new Map<string, Finding[]>()
  for (const finding of findings) {
    const identity = useIdentity(finding, crates)
    const list = byIdentity.get(identity)
    if (list) list.push(finding)
    else byIdentity.set(identity, [finding])
  }
  return new Map(
    [...byIdentity].map(([identity, same]) => [
      identity,
      {
        calls: callsOf(same),
        findings: same,
        sites: countSites(same),
        condition: joinConditions(same.map(({ condition }) => condition)),
        texts: countsOf(same, textsOf),
        unnamed: countSites(same.filter((finding) => textsOf(finding).length === 0 || isOpen(finding))),
        conditions: countsOf(same, ({ condition }) => [joinConditions([condition])]),
      },
    ]),
  )
}

function countsOf(findings: readonly Finding[], textsIn: (finding: Finding) => readonly string[]): Counts {
  const byText = new Map<string, Finding[]>()
  for (const finding of findings)
    for (const text of new Set(textsIn(finding))) {
      const same = byText.get(text)
      if (same) same.push(finding)
      else byText.set(text, [finding])
    }
  return new Map([...byText].map(([text, same]) => [text, countSites(same)]))
}

/** What stands in the call, and what is known of what it acts on though it stands elsewhere. */
function textsOf({ literals = [], resources = [] }: Finding): readonly string[] {
  const known = resources.filter((resource) => resource.known !== 'unknown')
  return [...literals, ...known.flatMap((resource) => [textIn(resource), ...(resource.arguments ?? [])])]
}

const textIn = ({ value, known }: Pick<Resource, 'value' | 'known'>): string =>
  known === 'concealed' ? `${value} (concealed)` : value

const isOpen = ({ resources = [] }: Finding): boolean =>
  resources.some(({ known, kind }) => known === 'unknown' && kind !== 'handle')

/** The full name when all agree on it, else what they have in common. */
function callsOf(same: readonly Finding[]): string {
  const [first, ...others] = same
    .map(({ path }) => lastOf(path))
    .sort((a, b) => compareText(a.function, b.function)) as [Step, ...Step[]]
  return others.every((step) => step.function === first.function) ? first.function : operationOf(first)
}

/** `unsafe call: zeroed` is the operation `unsafe call`; a path is itself. */
const operationOf = (step: Step): string => step.fact ?? step.function

/** What must stay the same for two uses to be the same one. */
function useIdentity({ capability, path }: Finding, crates: ReadonlySet<string>): string {
  const last = lastOf(path)
  const name = last.function
  // What an unsafe call calls is mostly the crate's own: a renamed function would read as a new operation.
  if (capability === 'unsafe') return operationOf(last)
  const [, crate] = /^(\w+)::/.exec(name) ?? []
  if (crate === undefined || !crates.has(crate)) return name
  // An item of a package, as a foreign function that it declares: modules are moved around, symbols are not.
  return `${crate}::…::${name.slice(name.lastIndexOf('::') + 2)}`
}

/** The step that has the power. */
export const lastOf = (path: readonly Step[]): Step => checked(path[path.length - 1])

/** A coarse finding stands for several places; fine ones may share one. */
function countSites(findings: readonly Finding[]): number {
  const places = new Set<string>()
  let coarse = 0
  for (const { sites, path } of findings) {
    const { package: owner, file, line, column } = lastOf(path)
    places.add(`${owner}\0${file}\0${line}\0${column}`)
    coarse += Math.max(0, sites - 1)
  }
  return places.size + coarse
}
