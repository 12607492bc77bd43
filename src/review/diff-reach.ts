/**
 * Capabilities that a package newly gets to, or no longer gets to, through others that had them before: a new call of an
 * old dependency. What another package gained itself is told there, once, and not again of everyone who depends on it.
 *
 * A capability that it got to already is told when it gets to more of it, or elsewhere (diff-reach-more.ts).
 */
import { compareText } from '../base/index.js'
import type { CapabilityChange } from '../report/diff-result.js'
import type { Finding, PackageResult } from '../report/result.js'
import { changeHead } from './diff-capabilities.js'
import type { PackagePair } from './diff-input.js'
import { otherReach } from './diff-reach-more.js'
import { capabilityKey } from './diff-uses.js'

/** The best that one package has of one capability in one stage. */
interface Held {
  readonly certain: boolean
  readonly finding: Finding
}
type HeldByKey = ReadonlyMap<string, Held>

/** Changes by package id, of the new side where there is one. Both sides must tell what is reached through others. */
export function reachChanges(pairs: readonly PackagePair[]): ReadonlyMap<string, readonly CapabilityChange[]> {
  const held = pairs.map((pair) => ({ pair, old: heldBy(pair.old), now: heldBy(pair.new) }))
  const others = otherReach(pairs)
  const gained = new Set<string>()
  const lost = new Set<string>()
  for (const { pair, old, now } of held) {
    for (const [key, one] of now) if (isMore(one, old.get(key))) gained.add(`${pair.new?.id} ${key}`)
    for (const [key, one] of old) if (isMore(one, now.get(key))) lost.add(`${pair.old?.id} ${key}`)
  }
  return new Map(
    held.map(({ pair, old, now }) => {
      const changes = [
        ...newlyHeld(pair, 'gained', now, old, gained),
        ...newlyHeld(pair, 'lost', old, now, lost),
        ...others(pair),
      ]
      return [(pair.new ?? pair.old)?.id ?? '', changes]
    }),
  )
}

function heldBy(owner: PackageResult | undefined): HeldByKey {
  const held = new Map<string, Held>()
  for (const finding of owner?.capabilities ?? []) {
    const key = capabilityKey(finding)
    const one = { certain: finding.certainty === 'certain', finding }
    const known = held.get(key)
    if (!known || isMore(one, known) || (one.certain === known.certain && finding.reach === 'direct'))
      held.set(key, one)
  }
  return held
}

const isMore = (one: Held, other: Held | undefined): boolean => !other || (one.certain && !other.certain)

/** Of `side`, what `other` has not: through another package, and not because that package is new to it. */
function newlyHeld(
  pair: PackagePair,
  change: 'gained' | 'lost',
  side: HeldByKey,
  other: HeldByKey,
  explained: ReadonlySet<string>,
): CapabilityChange[] {
  const own = change === 'gained' ? pair.new?.id : pair.old?.id
  return [...side]
    .filter(([key, one]) => {
      const { finding } = one
      if (finding.reach === 'direct' || !isMore(one, other.get(key))) return false
      return !finding.path.some((step) => step.package !== own && explained.has(`${step.package} ${key}`))
    })
    .sort(([a], [b]) => compareText(a, b))
    .map(([, { finding }]) => reachChange(pair, change, finding))
}

function reachChange(pair: PackagePair, change: 'gained' | 'lost', finding: Finding): CapabilityChange {
  const { certainty, condition, sites, path } = finding
  return {
    ...changeHead(pair, change, finding, certainty),
    reach: 'transitive',
    condition: change === 'gained' ? { old: null, new: condition } : { old: condition, new: null },
    sites: change === 'gained' ? { old: 0, new: sites } : { old: sites, new: 0 },
    uses: [],
    path,
  }
}
