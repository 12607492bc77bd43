/**
 * A capability that a package got to through others and gets to still, but to more of it or elsewhere: a second call into
 * an old dependency, another function of it, another condition.
 *
 * What the packages behind it gained is theirs to tell: only what goes beyond it is told of those who use them. An
 * example path is compared only where the packages that it leads through have the same files on both sides, since
 * functions are renamed from one version to the next.
 */
import { compareText } from '../base/index.js'
import type { CapabilityChange } from '../report/diff-result.js'
import type { Finding, PackageResult } from '../report/result.js'
import { changeHead } from './diff-capabilities.js'
import { compareConditions, joinConditions } from './diff-conditions.js'
import type { PackagePair } from './diff-input.js'
import { type Counts, capabilityKey, grownIn } from './diff-uses.js'

/** On a side that has none the package gets there by itself alone. */
interface Sides {
  readonly old: Finding | undefined
  readonly now: Finding | undefined
}

/** For each pair its changes, in the order of capabilities. */
export function otherReach(pairs: readonly PackagePair[]): (pair: PackagePair) => readonly CapabilityChange[] {
  const unchanged = sameFiles(pairs)
  const behind = behindOf(pairs)
  const grownDirectly = growth(pairs, 'direct')
  const grownThrough = growth(pairs, 'transitive')
  return (pair) => {
    const ids = behind(pair.new)
    return heldOnBothSides(pair).flatMap(([key, { old, now }]) => {
      const explained =
        ids.reduce((sum, id) => sum + (grownDirectly.get(`${id} ${key}`) ?? 0), 0) +
        Math.max(0, ...ids.map((id) => grownThrough.get(`${id} ${key}`) ?? 0))
      const change = changeOf(pair, { old, now }, explained, unchanged)
      const shown = (change === 'fewer' ? old : now) ?? old
      return change && shown ? [changed(pair, change, { old, now }, shown)] : []
    })
  }
}

function changeOf(
  pair: PackagePair,
  { old, now }: Sides,
  explained: number,
  unchanged: (id: string) => boolean,
): CapabilityChange['change'] | undefined {
  const [had, has] = [old?.sites ?? 0, now?.sites ?? 0]
  if (has > had + explained) return 'more'
  if (!isAlike(pair.old, old, unchanged) || !isAlike(pair.new, now, unchanged)) return undefined
  if (!old || !now) return has < had ? 'fewer' : undefined
  const compared = compareConditions(old.condition, now.condition)
  if (compared !== 'same' && compared !== 'narrower') return compared
  if (grownIn(handedOn(now), handedOn(old)).length > 0) return 'arguments'
  if (foreignSteps(old, pair.old) !== foreignSteps(now, pair.new) || hasOtherWays(old, now)) return 'changed'
  if (has < had) return 'fewer'
  if (grownIn(handedOn(old), handedOn(now)).length > 0) return 'arguments'
  return compared === 'same' ? undefined : compared
}

/** Whether the packages that an example leads through have the same files on both sides. */
function isAlike(
  owner: PackageResult | undefined,
  finding: Finding | undefined,
  unchanged: (id: string) => boolean,
): boolean {
  return finding?.path.every(({ package: id }) => id === owner?.id || unchanged(id)) ?? true
}

/** What this package hands on to the places behind. */
const handedOn = ({ resources = [] }: Finding): Counts =>
  new Map(resources.map(({ kind, value, arguments: args = [], sites }) => [[kind, value, ...args].join('\0'), sites]))

/** Whether more references than before lead to some function of another package. Without ways on both sides nothing can be said. */
function hasOtherWays(old: Finding, now: Finding): boolean {
  if (!old.ways || !now.ways) return false
  return grownIn(countsOf(now.ways), countsOf(old.ways)).length > 0
}

function countsOf(ways: NonNullable<Finding['ways']>): Counts {
  const counts = new Map<string, number>()
  for (const way of ways) {
    const key = `${way.function}\0${joinConditions([way.condition])}`
    counts.set(key, (counts.get(key) ?? 0) + way.sites)
  }
  return counts
}

/** The functions of other packages that a path leads through. */
const foreignSteps = ({ path }: Finding, owner: PackageResult | undefined): string =>
  path.flatMap((step) => (step.package === owner?.id ? [] : [step.function])).join('\0')

/** What a package certainly, or else possibly, gets to through others; where it does so on one side alone, it has it itself on both. */
function heldOnBothSides({ old, new: now }: PackagePair): readonly (readonly [string, Sides])[] {
  const [before, after] = [transitiveOf(old), transitiveOf(now)]
  const [ownBefore, ownAfter] = [certainlyOwn(old), certainlyOwn(now)]
  return [...new Set([...before.keys(), ...after.keys()])].sort(compareText).flatMap((key) => {
    const [was, is] = [before.get(key), after.get(key)]
    const isHeld = was && is ? was.certainty === is.certainty : ownBefore.has(key) && ownAfter.has(key)
    return isHeld ? [[key, { old: was, now: is }] as const] : []
  })
}

function certainlyOwn(owner: PackageResult | undefined): ReadonlySet<string> {
  const own = (owner?.capabilities ?? []).filter(
    ({ reach, certainty }) => reach === 'direct' && certainty === 'certain',
  )
  return new Set(own.map(capabilityKey))
}

function transitiveOf(owner: PackageResult | undefined): ReadonlyMap<string, Finding> {
  const found = new Map<string, Finding>()
  for (const finding of owner?.capabilities ?? []) {
    if (finding.reach !== 'transitive') continue
    const key = capabilityKey(finding)
    if (found.get(key)?.certainty !== 'certain') found.set(key, finding)
  }
  return found
}

/** By how many places each package's capabilities grew, in its own code or through others. */
function growth(pairs: readonly PackagePair[], reach: Finding['reach']): ReadonlyMap<string, number> {
  const found = new Map<string, number>()
  const add = (id: string, owner: PackageResult | undefined, sign: 1 | -1): void => {
    for (const finding of owner?.capabilities ?? []) {
      if (finding.reach !== reach) continue
      const key = `${id} ${capabilityKey(finding)}`
      found.set(key, (found.get(key) ?? 0) + sign * finding.sites)
    }
  }
  for (const { old, new: now } of pairs) {
    if (!now) continue
    add(now.id, now, 1)
    add(now.id, old, -1)
  }
  return new Map([...found].map(([key, sites]) => [key, Math.max(0, sites)]))
}

/** The packages behind one of the new side, however far. */
function behindOf(pairs: readonly PackagePair[]): (owner: PackageResult | undefined) => readonly string[] {
  const byId = new Map(pairs.flatMap(({ new: now }) => (now ? [[now.id, now] as const] : [])))
  return (owner) => {
    const seen = new Set<string>()
    const open = owner ? [owner] : []
    for (let one = open.pop(); one; one = open.pop()) {
      for (const { package: id } of one.dependencies) {
        const dependency = byId.get(id)
        if (!dependency || seen.has(id) || id === owner?.id) continue
        seen.add(id)
        open.push(dependency)
      }
    }
    return [...seen]
  }
}

/** Whether the package of an id is known to have the same files on both sides. */
function sameFiles(pairs: readonly PackagePair[]): (id: string) => boolean {
  const ids = new Set(
    pairs.flatMap(({ old, new: now }) =>
      old && now && old.digest !== undefined && old.digest === now.digest ? [old.id, now.id] : [],
    ),
  )
  return (id) => ids.has(id)
}

function changed(
  pair: PackagePair,
  change: CapabilityChange['change'],
  { old, now }: Sides,
  shown: Finding,
): CapabilityChange {
  return {
    ...changeHead(pair, change, shown, shown.certainty),
    reach: 'transitive',
    condition: { old: old?.condition ?? null, new: now?.condition ?? null },
    sites: { old: old?.sites ?? 0, new: now?.sites ?? 0 },
    uses: [],
    path: shown.path,
  }
}
