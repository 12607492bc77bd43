/**
 * What the own code of one package gained and lost: capabilities, uses of known ones, conditions, literals. One change a
 * stage, capability and certainty, with the uses that make it one.
 *
 * A use that was certain and is now merely possible is no gain; one that was possible and is now certain is.
 */
import { compareText } from '../base/index.js'
import type { CapabilityChange, UseChange } from '../report/diff-result.js'
import { toneOf } from '../report/severity.js'
import { compareConditions } from './diff-conditions.js'
import { examplesOf } from './diff-examples.js'
import { type Comparable, identityOf, type PackagePair } from './diff-input.js'
import { type CapabilityUses, directUses, grownIn, type Use, type UseGroup } from './diff-uses.js'

export interface DirectChanges {
  readonly changes: readonly CapabilityChange[]
  /** What is as it was: capabilities by stage and certainty, and places. */
  readonly unchanged: { readonly capabilities: number; readonly sites: number }
}

type ChangeKind = CapabilityChange['change']

/** The changes of one package, in no order. */
export function capabilityChanges(pair: PackagePair, comparable: Comparable): DirectChanges {
  const before = directUses(pair.old, comparable.crates)
  const after = directUses(pair.new, comparable.crates)
  const changes: CapabilityChange[] = []
  let [capabilities, sites] = [0, 0]
  for (const key of [...new Set([...before.keys(), ...after.keys()])].sort(compareText)) {
    const [old, now] = [before.get(key) ?? {}, after.get(key) ?? {}]
    for (const certainty of ['certain', 'possible'] as const) {
      if (!comparable.uses && certainty === 'possible' && (old.certain || now.certain)) continue
      sites += Math.min(old[certainty]?.sites ?? 0, now[certainty]?.sites ?? 0)
      const change = compareGroups(pair, certainty, old, now, comparable.uses)
      if (change) changes.push(change)
      else if (old[certainty] && now[certainty]) capabilities++
    }
  }
  return { changes, unchanged: { capabilities, sites } }
}

/** The uses of one certainty; undefined when nothing about them changed. */
function compareGroups(
  pair: PackagePair,
  certainty: UseGroup['certainty'],
  before: CapabilityUses,
  after: CapabilityUses,
  tellsUses: boolean,
): CapabilityChange | undefined {
  const [old, now] = [before[certainty], after[certainty]]
  const shown = now ?? old
  if (!shown) return undefined
  const uses = tellsUses ? usesThatChanged(certainty, before, after) : []
  const known = certainty === 'certain' ? old !== undefined : (old ?? before.certain) !== undefined
  const remains = certainty === 'certain' ? now !== undefined : (now ?? after.certain) !== undefined
  const verdict = tellsUses ? verdictOfUses(uses, known, remains) : verdictOfCounts(old, now, known, remains)
  // A raw dereference written as a call of `read` is no more unsafe than it was.
  const onlyOther = verdict === 'more' && shown.capability === 'unsafe' && (now?.sites ?? 0) <= (old?.sites ?? 0)
  const change = onlyOther ? 'changed' : verdict
  if (!change) return undefined
  return {
    ...changeHead(pair, change, shown, certainty),
    reach: 'direct',
    condition: { old: old?.condition ?? null, new: now?.condition ?? null },
    sites: { old: old?.sites ?? 0, new: now?.sites ?? 0 },
    uses: uses.map(({ use }) => use),
    path: pathOf(uses, shown),
  }
}

/** Of what weighs most the first example, the one that is told from furthest away; a coarse side has one for all. */
function pathOf(uses: readonly ChangedUse[], shown: UseGroup): CapabilityChange['path'] {
  const best = Math.min(...uses.map(({ verdict }) => rankOf(verdict)))
  const firsts = uses.flatMap(({ use, verdict }) => {
    const example = use.examples.new[0] ?? use.examples.old[0]
    return example && rankOf(verdict) === best ? [example] : []
  })
  const [first, ...others] = firsts
  if (!first) return shown.example.path
  return others.reduce((longest, path) => (path.length > longest.length ? path : longest), first)
}

/** A use with what happened to it. */
interface ChangedUse {
  readonly use: UseChange
  readonly verdict: ChangeKind
}

function usesThatChanged(
  certainty: UseGroup['certainty'],
  before: CapabilityUses,
  after: CapabilityUses,
): readonly ChangedUse[] {
  const [old, now] = [before[certainty]?.uses, after[certainty]?.uses]
  const loud = toneOf((before[certainty] ?? after[certainty])?.capability ?? '') !== 'quiet'
  return [...new Set([...(old?.keys() ?? []), ...(now?.keys() ?? [])])].sort(compareText).flatMap((identity) => {
    const [was, is] = [old?.get(identity), now?.get(identity)]
    const use = useChange(was, is)
    // A use that is now merely possible is held against what it was when it was certain.
    const former = certainty === 'certain' ? [was] : [was, before.certain?.uses.get(identity)]
    const others = {
      arguments: loud && is !== undefined && hasOtherArguments(former, is),
      places: is !== undefined && standsOtherwise(former, is),
    }
    const verdict = verdictOfUse(use, becameOther(certainty, identity, before, after), loud, others)
    return verdict ? [{ use: withExamples(use, verdict, was, is), verdict }] : []
  })
}

/** How many uses only changed their certainty: they are neither new nor gone among the possible ones. */
function becameOther(
  certainty: UseGroup['certainty'],
  identity: string,
  before: CapabilityUses,
  after: CapabilityUses,
): { readonly fromCertain: number; readonly toCertain: number } {
  if (certainty === 'certain') return { fromCertain: 0, toCertain: 0 }
  const sites = (uses: CapabilityUses): number => uses.certain?.uses.get(identity)?.sites ?? 0
  const grown = sites(after) - sites(before)
  return { fromCertain: Math.max(0, -grown), toCertain: Math.max(0, grown) }
}

function useChange(was: Use | undefined, is: Use | undefined): UseChange {
  const onlyIn = (one: Use | undefined, other: Use | undefined): string[] =>
    [...(one?.texts.keys() ?? [])].filter((text) => !other?.texts.has(text)).sort(compareText)
  return {
    calls: (is ?? was)?.calls ?? '',
    sites: { old: was?.sites ?? 0, new: is?.sites ?? 0 },
    condition: { old: was?.condition ?? null, new: is?.condition ?? null },
    literals: { gained: onlyIn(is, was), lost: onlyIn(was, is) },
    examples: { old: [], new: [] },
  }
}

function verdictOfUse(
  { sites, condition, literals }: UseChange,
  moved: { readonly fromCertain: number; readonly toCertain: number },
  loud: boolean,
  others: { readonly arguments: boolean; readonly places: boolean },
): ChangeKind | undefined {
  if (sites.new > sites.old + moved.fromCertain) return 'more'
  const compared =
    condition.old === null || condition.new === null ? 'same' : compareConditions(condition.old, condition.new)
  // What is other is told first: that something went beside it may be what is to be looked at instead.
  if (compared === 'wider') return 'wider'
  if (others.arguments || (loud && sites.new === sites.old && literals.lost.length > 0)) return 'arguments'
  if (compared === 'changed' || (compared === 'same' && others.places)) return 'changed'
  if (sites.new < sites.old - moved.toCertain) return 'fewer'
  return compared === 'same' ? undefined : compared
}

/**
 * Whether a call has an argument that none had: another host, another program, or one that is worked out now. Asked only
 * where it matters: what is printed to a terminal says nothing about power, which host is called does.
 */
function hasOtherArguments(former: readonly (Use | undefined)[], { texts, unnamed }: Use): boolean {
  const known = former.filter((one) => one !== undefined)
  if (known.length === 0) return false
  const unnamedBefore = known.reduce((sum, one) => sum + one.unnamed, 0)
  return unnamed > unnamedBefore || grownIn(texts, ...known.map((one) => one.texts)).length > 0
}

/** Whether more places stand under some condition than did, though one of them has always been there under all. */
function standsOtherwise(former: readonly (Use | undefined)[], { conditions }: Use): boolean {
  const known = former.filter((one) => one !== undefined)
  return known.length > 0 && grownIn(conditions, ...known.map((one) => one.conditions)).length > 0
}

function withExamples(use: UseChange, verdict: ChangeKind, was: Use | undefined, is: Use | undefined): UseChange {
  const withOld = verdict !== 'more' && verdict !== 'gained'
  const withNew = verdict !== 'fewer' && verdict !== 'lost'
  return { ...use, examples: { old: withOld ? examplesOf(was, is) : [], new: withNew ? examplesOf(is, was) : [] } }
}

/** From what weighs most to what weighs least: the whole is called by the first that is among its uses. */
const VERDICTS: readonly ChangeKind[] = ['gained', 'more', 'wider', 'arguments', 'changed', 'narrower', 'fewer', 'lost']
const rankOf = (verdict: ChangeKind): number => VERDICTS.indexOf(verdict)

function verdictOfUses(uses: readonly ChangedUse[], known: boolean, remains: boolean): ChangeKind | undefined {
  const found = VERDICTS.find((verdict) => uses.some((use) => use.verdict === verdict))
  if (found === 'more' && !known) return 'gained'
  if (found === 'fewer' && !remains) return 'lost'
  return found
}

/** Of a report that tells no uses apart only the counts can be compared. */
function verdictOfCounts(
  old: UseGroup | undefined,
  now: UseGroup | undefined,
  known: boolean,
  remains: boolean,
): ChangeKind | undefined {
  if (!known) return 'gained'
  if (!remains) return 'lost'
  if (!old || !now) return undefined
  if (old.sites !== now.sites) return now.sites > old.sites ? 'more' : 'fewer'
  const compared = compareConditions(old.condition, now.condition)
  return compared === 'same' ? undefined : compared
}

function directionOf(change: ChangeKind): CapabilityChange['direction'] {
  if (change === 'gained' || change === 'more' || change === 'wider') return 'more'
  return change === 'arguments' || change === 'changed' ? 'other' : 'less'
}

/** What every change of a capability says first. */
export function changeHead(
  pair: PackagePair,
  change: ChangeKind,
  { stage, capability }: Pick<UseGroup, 'stage' | 'capability'>,
  certainty: UseGroup['certainty'],
) {
  const kind = 'capability' as const
  const direction = directionOf(change)
  const tone = toneOfChange(change, capability, certainty)
  return { kind, ...identityOf(pair), direction, tone, change, stage, capability, certainty }
}

/** A capability that was there already is one step quieter; what is lost, or merely possible, is quiet. */
function toneOfChange(
  change: ChangeKind,
  capability: string,
  certainty: UseGroup['certainty'],
): CapabilityChange['tone'] {
  if (directionOf(change) === 'less' || certainty === 'possible') return 'quiet'
  const tone = toneOf(capability)
  return change !== 'gained' && tone === 'alarm' ? 'notice' : tone
}
