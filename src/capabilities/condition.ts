/**
 * Conditions under which a capability is reached, as alternatives of conjunctions, kept small.
 *
 * A condition here may be wider than the truth, never narrower: "only on windows" is a promise to the reader, so what
 * does not fit the limits is widened, at last to `true`. Two equal formulas are one object's id in a `ConditionPool`.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, printCfg } from '../syntax/cfg.js'

/** Number of a condition in its pool. */
export type ConditionId = number
export const ALWAYS: ConditionId = 0

/** More alternatives than this say nothing to a reader: widened to `true`. */
export const MAX_ALTERNATIVES = 8
/** Longer conjunctions lose their last parts, which widens them. */
export const MAX_CONJUNCTION = 8

/** One way to be compiled: its parts by their text, sorted. The empty one is `true`. */
type Conjunction = ReadonlyMap<string, CfgExpr>

export class ConditionPool {
  private readonly formulas: (readonly Conjunction[])[] = [[new Map()]]
  private readonly ids = new Map<string, ConditionId>([['', ALWAYS]])
  private readonly known = new WeakMap<CfgExpr, ConditionId>()
  private readonly pairs = new Map<string, ConditionId>()

  /** The id of a formula as syntax wrote it. */
  of(cfg: CfgExpr): ConditionId {
    if (cfg.k === 'true') return ALWAYS
    let id = this.known.get(cfg)
    if (id === undefined) {
      id = this.intern(alternativesOf(cfg))
      this.known.set(cfg, id)
    }
    return id
  }

  /** Both hold. */
  and(a: ConditionId, b: ConditionId): ConditionId {
    if (a === ALWAYS || a === b) return b
    if (b === ALWAYS) return a
    return this.combine('&', a, b, () => conjoin(this.formula(a), this.formula(b)))
  }

  /** Either holds. */
  or(a: ConditionId, b: ConditionId): ConditionId {
    if (a === ALWAYS || b === ALWAYS) return ALWAYS
    if (a === b) return a
    return this.combine('|', a, b, () => [...this.formula(a), ...this.formula(b)])
  }

  /** The formula, to be printed or kept. */
  expr(id: ConditionId): CfgExpr {
    const parts = this.formula(id).map((conjunction) => listOf('all', [...conjunction.values()]))
    return parts.length === 0 ? CFG_FALSE : listOf('any', parts)
  }

  private formula(id: ConditionId): readonly Conjunction[] {
    return this.formulas[id] as readonly Conjunction[]
  }

  private combine(op: string, a: ConditionId, b: ConditionId, make: () => readonly Conjunction[]): ConditionId {
    const key = a < b ? `${a}${op}${b}` : `${b}${op}${a}`
    let id = this.pairs.get(key)
    if (id === undefined) {
      id = this.intern(make())
      this.pairs.set(key, id)
    }
    return id
  }

  private intern(alternatives: readonly Conjunction[]): ConditionId {
    const formula = simplify(alternatives)
    const key = formula.map((conjunction) => [...conjunction.keys()].join('\0')).join('\x01')
    if (formula.length > 0 && key === '') return ALWAYS
    let id = this.ids.get(key === '' ? '\x02' : key)
    if (id === undefined) {
      id = this.formulas.length
      this.formulas.push(formula)
      this.ids.set(key === '' ? '\x02' : key, id)
    }
    return id
  }
}

function alternativesOf(cfg: CfgExpr): readonly Conjunction[] {
  switch (cfg.k) {
    case 'true':
      return [new Map()]
    case 'false':
      return []
    case 'any':
      return cfg.of.flatMap(alternativesOf)
    case 'all':
      return cfg.of.map(alternativesOf).reduce(conjoin, [new Map()])
    default:
      return [new Map([[printCfg(cfg), cfg]])]
  }
}

function conjoin(a: readonly Conjunction[], b: readonly Conjunction[]): readonly Conjunction[] {
  if (a.length * b.length > MAX_ALTERNATIVES * MAX_ALTERNATIVES) return a.length < b.length ? a : b
  return a.flatMap((left) => b.map((right) => new Map([...left, ...right])))
}

/** Contradictions go, narrower alternatives are absorbed by wider ones, `x` and `not(x)` meet, limits hold. */
function simplify(alternatives: readonly Conjunction[]): readonly Conjunction[] {
  let formula = alternatives.filter((conjunction) => !contradicts(conjunction)).map(sortedAndCut)
  formula = absorb(formula)
  for (let merged = mergeOpposites(formula); merged; merged = mergeOpposites(formula)) formula = absorb(merged)
  if (formula.length > MAX_ALTERNATIVES) return [new Map()]
  return formula.sort((a, b) => (keyOf(a) < keyOf(b) ? -1 : 1))
}

function sortedAndCut(conjunction: Conjunction): Conjunction {
  const entries = [...conjunction].sort(([a], [b]) => (a < b ? -1 : 1))
  return new Map(entries.slice(0, MAX_CONJUNCTION))
}

function contradicts(conjunction: Conjunction): boolean {
  for (const [text, part] of conjunction) {
    if (part.k === 'not' && conjunction.has(text.slice('not('.length, -1))) return true
  }
  return false
}

function absorb(formula: readonly Conjunction[]): Conjunction[] {
  const unique = [...new Map(formula.map((conjunction) => [keyOf(conjunction), conjunction])).values()]
  return unique.filter((one) => !unique.some((other) => other !== one && includes(one, other)))
}

/** Every part of `wider` stands in `narrower`. */
function includes(narrower: Conjunction, wider: Conjunction): boolean {
  return wider.size <= narrower.size && [...wider.keys()].every((text) => narrower.has(text))
}

/** `(a and x) or (not(a) and x)` is `x`; undefined when no two alternatives differ just so. */
function mergeOpposites(formula: readonly Conjunction[]): readonly Conjunction[] | undefined {
  for (const one of formula) {
    for (const text of one.keys()) {
      const rest = [...one].filter(([other]) => other !== text)
      const partner = keyOf(sortedAndCut(new Map([...rest, [`not(${text})`, CFG_TRUE]])))
      const found = formula.find((other) => keyOf(other) === partner)
      if (found) return [...formula.filter((other) => other !== one && other !== found), new Map(rest)]
    }
  }
  return undefined
}

function keyOf(conjunction: Conjunction): string {
  return [...conjunction.keys()].join('\0')
}

function listOf(k: 'all' | 'any', of: readonly CfgExpr[]): CfgExpr {
  if (of.length === 0) return k === 'all' ? CFG_TRUE : CFG_FALSE
  return of.length === 1 ? (of[0] as CfgExpr) : { k, of }
}
