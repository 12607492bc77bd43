/**
 * What a policy says of one finding on one target. The law of precedence, as docs/policy.md tells it:
 *
 * 1. The more specific rule decides. The package counts first (name and version, name, pattern and version, pattern, own
 *    or direct, dependencies, `*`), then the capability (`fs/read`, `fs`, `*`), then whether the rule names a stage, then
 *    whether it names a target.
 * 2. Of equally specific ones deny beats warn, warn beats allow.
 * 3. Of the same kind the first in the file.
 *
 * A rule that names tags is about what acts on something with one of them, and then decides before the others; only an
 * allowance that names the package more exactly, and has a list of values, is an exception from it. A warning about tags
 * stands for nothing that would fail without it.
 *
 * What no rule is about is not allowed. Nothing here depends on how the result is shown.
 */
import { checked, familyOf } from '../base/index.js'
import { resourceKey } from '../report/resource-text.js'
import type { Finding, PackageResult, Resource } from '../report/result.js'
import { ANY_CAPABILITY, type CapabilityRule, type Subject } from './policy.js'
import type { Selector } from './policy-select.js'
import { coversValue } from './value-pattern.js'

/** A rule that is about a package, by the subject that names it most exactly. */
export interface PackageRule {
  readonly rule: CapabilityRule
  readonly subject: Subject
  readonly exactness: number
}

export type Verdict = {
  /** Where a rule names tags: of it and the rule that decides about what has no such tag the one that did not decide. */
  readonly also?: Decision
} & (
  | { readonly k: 'allowed'; readonly by: Decision }
  | {
      readonly k: 'denied' | 'warned'
      readonly by: Decision
      /** What the rule is about, where it names tags. */
      readonly others: readonly OtherValue[]
    }
  | { readonly k: 'more-sites'; readonly by: Decision; readonly allowed: number }
  | { readonly k: 'other-values'; readonly by: Decision; readonly others: readonly OtherValue[] }
  | { readonly k: 'not-allowed' }
)

/** The rule that decided, and which of its words. */
export interface Decision {
  readonly rule: CapabilityRule
  readonly subject: Subject
  /** As the rule spells it. */
  readonly capability: string
}

/** Something that a capability acts on and the rule does not name. */
export interface OtherValue {
  readonly value: Omit<Resource, 'sites'>
  /** Places that act on it. */
  readonly sites: number
  readonly path: Finding['path']
}

/** What of a finding rules decide by; `places`: each place that it stands for, where a rule names values. */
export type Judgeable = Pick<Finding, 'capability' | 'stage' | 'certainty' | 'reach' | 'sites'> & {
  readonly places?: readonly PlaceFinding[]
}
export type PlaceFinding = Pick<Finding, 'certainty' | 'targets' | 'resources' | 'sites' | 'path'>

/** The rules that are about a package, in the order of the policy. */
export function rulesFor(rules: readonly CapabilityRule[], owner: PackageResult, select: Selector): PackageRule[] {
  return rules.flatMap((rule) => {
    let best: PackageRule | undefined
    for (const subject of rule.subjects) {
      const exactness = select(subject, owner)
      if (exactness !== undefined && exactness > (best?.exactness ?? -1)) best = { rule, subject, exactness }
    }
    return best ? [best] : []
  })
}

/** Without a triple: code that exists on no target that was looked at; only rules for all targets are about it. */
export function decide(rules: readonly PackageRule[], finding: Judgeable, triple: string | undefined): Verdict {
  const about = rules.filter(({ rule }) => isAbout(rule, finding, triple))
  const best = bestOf(
    about.filter(({ rule }) => rule.tags.length === 0),
    finding.capability,
  )
  const tagged = bestOf(
    about.filter(({ rule }) => taggedValues(rule, finding, triple).length > 0),
    finding.capability,
  )
  // A rule about tags decides, but for an allowance that names the package more exactly and has a list.
  const isException =
    best &&
    tagged &&
    best.by.rule.action === 'allow' &&
    best.rank[0] > tagged.rank[0] &&
    listOf(best.by.rule, finding.capability)
  const otherwise: Verdict = best ? verdictOf(best.by, finding, triple) : { k: 'not-allowed' }
  if (!tagged || isException) return otherwise
  const verdict = verdictOf(tagged.by, finding, triple)
  if (verdict.k === 'warned' && isWorseThanWarned(otherwise, finding)) return { ...otherwise, also: tagged.by }
  return { ...verdict, ...(best && { also: best.by }) }
}

/** Of what a package only gets to through others, that no rule is about it says nothing. */
const isWorseThanWarned = ({ k }: Verdict, { reach }: Judgeable): boolean =>
  k === 'not-allowed' ? reach === 'direct' : k !== 'allowed' && k !== 'warned'

function isAbout(rule: CapabilityRule, finding: Judgeable, triple: string | undefined): boolean {
  if (!rule.stages.includes(finding.stage)) return false
  if (rule.onTarget && (triple === undefined || !rule.onTarget(triple))) return false
  if (finding.reach === 'transitive' && !rule.transitive) return false
  return !rule.possibleOnly || finding.certainty === 'possible'
}

interface Ranked {
  readonly by: Decision
  readonly rank: readonly [number, ...number[]]
}

function bestOf(rules: readonly PackageRule[], wanted: string): Ranked | undefined {
  let best: Ranked | undefined
  for (const { rule, subject, exactness } of rules) {
    for (const capability of rule.capabilities) {
      const closeness = closenessOf(capability, wanted)
      if (closeness === undefined) continue
      const scope = [Number(rule.namesStages), Number(rule.onTarget !== undefined)]
      const rank = [exactness, closeness, ...scope, STRENGTH[rule.action]] as const
      if (!best || isHigher(rank, best.rank)) best = { by: { rule, subject, capability }, rank }
    }
  }
  return best
}

const STRENGTH = { allow: 0, warn: 1, deny: 2 } as const

function verdictOf(by: Decision, finding: Judgeable, triple: string | undefined): Verdict {
  const tagged = taggedValues(by.rule, finding, triple)
  if (by.rule.action === 'deny') return { k: 'denied', by, others: tagged }
  if (by.rule.action === 'warn') return { k: 'warned', by, others: tagged }
  const others = otherValues(by.rule, finding, triple)
  if (others.length > 0) return { k: 'other-values', by, others }
  const allowed = by.rule.sites.get(by.capability)
  return allowed !== undefined && finding.sites > allowed ? { k: 'more-sites', by, allowed } : { k: 'allowed', by }
}

/** What the capability acts on and the rule's list has not; a place of which nothing is said acts on something unknown. */
function otherValues(rule: CapabilityRule, finding: Judgeable, triple: string | undefined): readonly OtherValue[] {
  const { isKnown } = rule
  if (isKnown) {
    const now = (finding.places ?? []).flatMap(({ resources = [] }) => resources)
    return valuesThat((value, certainty) => !isKnown(value, certainty, now), finding, triple)
  }
  const words = listOf(rule, finding.capability)
  return words === undefined ? [] : valuesThat((resource) => !coversValue(words, resource), finding, triple)
}

/** What the capability acts on that has one of the rule's tags. */
function taggedValues(rule: CapabilityRule, finding: Judgeable, triple: string | undefined): readonly OtherValue[] {
  if (rule.tags.length === 0) return []
  return valuesThat(({ tags = [] }) => tags.some((tag) => rule.tags.includes(tag)), finding, triple)
}

function valuesThat(
  isMeant: (resource: Omit<Resource, 'sites'>, certainty: Finding['certainty']) => boolean,
  finding: Judgeable,
  triple: string | undefined,
): readonly OtherValue[] {
  const others = new Map<string, OtherValue>()
  for (const { certainty, targets, resources, sites, path } of finding.places ?? []) {
    if (triple !== undefined && targets?.includes(triple) === false) continue
    // What a package does not hand on itself is judged of whoever does.
    const acted = resources ?? (finding.reach === 'transitive' ? [] : [{ ...UNSAID, sites }])
    for (const resource of acted.filter((one) => isMeant(one, certainty))) {
      const { sites: count, ...value } = resource
      const key = resourceKey(value)
      const known = others.get(key)
      others.set(key, { value, path: known?.path ?? path, sites: (known?.sites ?? 0) + count })
    }
  }
  return [...others.values()]
}

const UNSAID = { kind: 'unknown', value: '*', known: 'unknown' } as const

/** Whether a rule is about what a capability acts on, so that each place of a finding has to be looked at. */
export const asksForValues = (rule: CapabilityRule, capability: string): boolean =>
  rule.isKnown !== undefined || rule.tags.length > 0 || listOf(rule, capability) !== undefined

/** The list for the capability itself, else for its family, else for all. */
export function listOf({ values }: Pick<CapabilityRule, 'values'>, capability: string): readonly string[] | undefined {
  return values.get(capability) ?? values.get(familyOf(capability)) ?? values.get(ANY_CAPABILITY)
}

/** How closely a rule's word means the capability; undefined when it does not. */
function closenessOf(word: string, capability: string): number | undefined {
  if (word === capability) return 2
  if (word === capability.split('/', 1)[0]) return 1
  return word === ANY_CAPABILITY ? 0 : undefined
}

/** The first place where two ranks differ counts; an equal one is not higher, so that the first rule stays. */
function isHigher(rank: readonly number[], than: readonly number[]): boolean {
  for (const [i, part] of rank.entries()) {
    const other = checked(than[i])
    if (part !== other) return part > other
  }
  return false
}
