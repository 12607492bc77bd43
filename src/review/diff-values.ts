/**
 * New values of capabilities that a package had already: another host, another program, another file; and something that is
 * worked out where all was written. What a capability acts on is compared over the whole package, so that a call that moved,
 * or was written another way, is no change.
 *
 * Values of a capability that the package gained are part of that change, and not told again.
 */
import { compareText } from '../base/index.js'
import type { ValueChange } from '../report/diff-result.js'
import { resourceKey } from '../report/resource-text.js'
import type { AnalysisResult, Finding, PackageResult, Resource } from '../report/result.js'
import { toneOf } from '../report/severity.js'
import { type DiffInput, identityOf, type PackagePair } from './diff-input.js'
import { capabilityKey } from './diff-uses.js'

/** A value with the places that have it. */
interface Held {
  readonly resource: Resource
  readonly findings: readonly [Finding, ...Finding[]]
}
/** What one package's capability of one stage acts on, by `resourceKey`. */
type Values = Map<string, Held>
interface Side {
  /** By stage and capability. */
  readonly values: ReadonlyMap<string, Values>
  readonly certain: ReadonlySet<string>
  readonly any: ReadonlySet<string>
}

/** Whether a side says what capabilities act on: our own analysis does, a report of an older caps does not. */
export const tellsValues = ({ result, from }: DiffInput): boolean =>
  from === 'source' || hasResources(result) || result.packages.every(({ capabilities }) => capabilities.length === 0)

const hasResources = ({ packages }: AnalysisResult): boolean =>
  packages.some(({ capabilities }) => capabilities.some(({ resources }) => resources !== undefined))

/** Changes by package id of the new side. Both sides must tell values. */
export function valueChanges(pairs: readonly PackagePair[]): ReadonlyMap<string, readonly ValueChange[]> {
  const known = pairs.flatMap((pair) => (pair.old && pair.new ? [{ pair, found: newValues(pair.old, pair.new) }] : []))
  const handedOn = new Map<string, Set<string>>()
  for (const { pair, found } of known)
    for (const one of found.filter(isHandedOn))
      for (const certainty of isCertain(one) ? ['certain', 'possible'] : ['possible'])
        addTo(handedOn, `${certainty} ${one.key}`, pair.new?.id ?? '')
  return new Map(
    known.map(({ pair, found }) => {
      const id = pair.new?.id ?? ''
      // Who hands a value on answers for it, not who is handed it; what is possible does not answer for what is certain.
      const isOthers = (one: NewValue): boolean =>
        [...(handedOn.get(`${isCertain(one) ? 'certain' : 'possible'} ${one.key}`) ?? [])].some((other) => other !== id)
      const own = found.filter((one) => isHandedOn(one) || !isOthers(one))
      return [id, own.map((one) => changeOf(pair, one))]
    }),
  )
}

interface NewValue extends Held {
  readonly key: string
  readonly change: ValueChange['change']
  readonly before: readonly string[]
}

/** Known only of what the package gets to through others. */
const isHandedOn = ({ findings }: Held): boolean => findings.every(({ reach }) => reach === 'transitive')

/** Certain ones come first. */
const isCertain = ({ findings: [first] }: Held): boolean => first.certainty === 'certain'

function newValues(old: PackageResult, now: PackageResult): readonly NewValue[] {
  const [was, is] = [sideOf(old), sideOf(now)]
  return [...is.values].flatMap(([group, values]) => {
    const former = was.values.get(group) ?? new Map<string, Held>()
    return [...values].flatMap(([key, held]): NewValue[] => {
      // What was merely possible and is now certain is a gain of the capability; so is what it had not.
      if (!(isCertain(held) ? was.certain : was.any).has(group)) return []
      const had = former.get(key)
      if (had && (isCertain(had) || !isCertain(held))) return []
      const before = [...former.values()].filter((one) => one !== had && one.resource.kind === held.resource.kind)
      const isUnknown = held.resource.known === 'unknown'
      if (isUnknown && before.length === 0) return []
      const words = before.flatMap(({ resource: { known, value } }) => (known === 'unknown' ? [] : [value]))
      // Where nothing was known and less is unknown now, it is known better what it always was; what is sensitive is told even so.
      const isClearer = words.length === 0 && unknownSites(values, held) < unknownSites(former, held)
      if (isClearer && held.resource.tags === undefined && held.resource.known !== 'concealed') return []
      const change = isUnknown ? 'computed' : 'gained'
      return [{ ...held, key: `${group} ${key}`, change, before: [...new Set(words)].sort(compareText) }]
    })
  })
}

/** Places that act on something of the same kind that is not known. */
function unknownSites(values: Values, { resource: { kind } }: Held): number {
  const unknown = values.get(resourceKey({ kind, value: '*', known: 'unknown' }))
  return (unknown?.findings ?? [])
    .flatMap(({ resources = [] }) => resources.filter((one) => one.known === 'unknown' && one.kind === kind))
    .reduce((sum, { sites }) => sum + sites, 0)
}

function sideOf({ capabilities }: PackageResult): Side {
  const values = new Map<string, Values>()
  const [certain, any] = [new Set<string>(), new Set<string>()]
  const certainFirst = [...capabilities].sort((a, b) => rankOf(a) - rankOf(b))
  for (const finding of certainFirst) {
    const group = capabilityKey(finding)
    any.add(group)
    if (finding.certainty === 'certain') certain.add(group)
    const known = values.get(group) ?? new Map<string, Held>()
    values.set(group, known)
    for (const resource of finding.resources ?? []) {
      // What it is of is told where it was opened.
      if (resource.kind === 'handle') continue
      const key = resourceKey(resource)
      const held = known.get(key)
      known.set(key, { resource, findings: held ? [...held.findings, finding] : [finding] })
    }
  }
  return { values, certain, any }
}

const rankOf = ({ certainty, reach }: Finding): number =>
  Number(certainty !== 'certain') * 2 + Number(reach === 'transitive')

function changeOf(pair: PackagePair, { resource, findings, change, before }: NewValue): ValueChange {
  const [{ stage, capability, certainty, reach, path }] = findings
  const places = findings.filter((one) => one.certainty === certainty && one.reach === reach)
  const key = resourceKey(resource)
  const sites = places
    .flatMap(({ resources = [] }) => resources.filter((one) => resourceKey(one) === key))
    .reduce((sum, one) => sum + one.sites, 0)
  const { sites: _, ...what } = resource
  return {
    kind: 'value',
    ...identityOf(pair),
    direction: 'more',
    tone: toneOfValue(capability, certainty, what),
    change,
    stage,
    capability,
    certainty,
    reach,
    resource: what,
    before,
    sites,
    path,
  }
}

/** The capability was there: one step quieter, as its other changes are, but for what is sensitive or concealed. */
function toneOfValue(
  capability: string,
  certainty: Finding['certainty'],
  { tags, known }: Pick<Resource, 'tags' | 'known'>,
): ValueChange['tone'] {
  const tone = toneOf(capability)
  if (certainty === 'possible') return 'quiet'
  if (tags !== undefined || known === 'concealed') return 'alarm'
  return tone === 'alarm' ? 'notice' : tone
}

function addTo(map: Map<string, Set<string>>, key: string, value: string): void {
  const known = map.get(key)
  if (known) known.add(value)
  else map.set(key, new Set([value]))
}
