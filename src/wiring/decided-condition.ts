/**
 * The shortest formula that says of the targets looked at what a condition says: what they decide is decided (`unix` is true
 * on Linux), an alternative that none of them meets is gone, and no part stays that tells none of them from another. What a
 * target does not decide (features, cfgs of a build script or of the user) stays as it is.
 *
 * First the alternatives that it is made of are looked at; what is left is put together anew where that is shorter (base/shortest-cfg.ts).
 */
import { type CfgExpr, type CfgOracle, checked, printCfg, shortestCfg, simplifyCfg } from '../base/index.js'
import { knownTargets, type TargetPlatform } from '../project/index.js'

/** What the target alone decides. Profile, features and build scripts decide the other options: those stay open. */
const SET_BY_TARGET = /^(?:unix|windows|target_\w+)$/

/** Whether a target sets an option; undefined for what it does not decide. */
export function setBy({ cfg }: TargetPlatform, name: string, value: string | undefined): boolean | undefined {
  if (!SET_BY_TARGET.test(name)) return undefined
  return cfg.some((option) => option.name === name && option.value === value)
}

/** One way to be compiled: what the targets decide of it, what they leave, and the targets (by index) that it is on. */
interface Alternative {
  readonly decided: readonly CfgExpr[]
  readonly open: ReadonlyMap<string, CfgExpr>
  readonly on: ReadonlySet<number>
}

/** A function that decides conditions for these targets; each formula is worked out once. */
export function decidedFor(targets: readonly TargetPlatform[]): (condition: CfgExpr) => CfgExpr {
  const known = new Map<string, CfgExpr>()
  return (condition) => {
    if (condition.k === 'true' || condition.k === 'false') return condition
    const text = printCfg(condition)
    let decided = known.get(text)
    if (!decided) {
      decided = shortestCfg(decide(condition, targets), worldsOf(targets))
      // None of the targets meets it: then they have nothing to say of it, but what all targets together do.
      if (decided.k === 'false') decided = elsewhere(condition)
      known.set(text, decided)
    }
    return decided
  }
}

const worldsOf = (targets: Iterable<TargetPlatform>): readonly CfgOracle[] =>
  [...targets].map((target) => (name, value) => setBy(target, name, value))

/** In as few words as it can be said of all targets that there are; as it is when none of them meets it either. */
function elsewhere(condition: CfgExpr): CfgExpr {
  const shorter = shortestCfg(condition, worldsOf(knownTargets().values()))
  return shorter.k === 'false' ? condition : shorter
}

function decide(condition: CfgExpr, targets: readonly TargetPlatform[]): CfgExpr {
  // What all of them say alike needs no telling apart.
  const alike = simplifyCfg(condition, (name, value) => {
    const [first, ...others] = targets.map((target) => setBy(target, name, value))
    return others.every((each) => each === first) ? first : undefined
  })
  const every = new Set(targets.keys())
  const parts = partsOf(alike, 'any').map((way) => alternativeOf(way, targets))
  let ways = parts.filter(({ on }) => on.size > 0)
  ways = ways.map((way) => (covers(ways, way.open, every) ? { ...way, decided: [], on: every } : way))
  for (const way of [...ways].reverse()) {
    const others = ways.filter((other) => other !== way)
    if (covers(others, way.open, way.on)) ways = others
  }
  const of = ways.map(({ decided, open }): CfgExpr => ({ k: 'all', of: [...decided, ...open.values()] }))
  return simplifyCfg({ k: 'any', of })
}

function partsOf(cfg: CfgExpr, k: 'any' | 'all'): readonly CfgExpr[] {
  return cfg.k === k ? cfg.of : [cfg]
}

function alternativeOf(way: CfgExpr, targets: readonly TargetPlatform[]): Alternative {
  const parts = partsOf(way, 'all')
  const isDecided = (part: CfgExpr): boolean =>
    targets.every((target) => {
      const { k } = simplifyCfg(part, (name, value) => setBy(target, name, value))
      return k === 'true' || k === 'false'
    })
  let decided = parts.filter(isDecided)
  const open = new Map(parts.filter((part) => !decided.includes(part)).map((part) => [printCfg(part), part]))
  const on = targetsOf(decided, targets)
  // What is not, is said only where nothing else says it.
  const byNeed = [...decided].sort((a, b) => Number(b.k === 'not') - Number(a.k === 'not'))
  for (const part of byNeed) {
    const fewer = decided.filter((other) => other !== part)
    if (targetsOf(fewer, targets).size === on.size) decided = fewer
  }
  return { decided, open, on }
}

function targetsOf(parts: readonly CfgExpr[], targets: readonly TargetPlatform[]): ReadonlySet<number> {
  const holds = (target: TargetPlatform): boolean =>
    parts.every((part) => simplifyCfg(part, (name, value) => setBy(target, name, value)).k === 'true')
  return new Set([...targets.keys()].filter((index) => holds(checked(targets[index]))))
}

/** Whether on each of the targets some alternative holds that asks for no more than `open`. */
function covers(ways: readonly Alternative[], open: Alternative['open'], on: ReadonlySet<number>): boolean {
  const wider = ways.filter((way) => [...way.open.keys()].every((text) => open.has(text)))
  return [...on].every((target) => wider.some((way) => way.on.has(target)))
}
