/**
 * Conditions under which a capability is reached, as alternatives of conjunctions, kept small.
 *
 * A condition here may be wider than the truth, never narrower: "only on windows" is a promise to the reader, so what
 * does not fit the limits is widened, at last to `true`. Equal formulas have one id in a `ConditionPool`.
 */
import { CFG_FALSE, CFG_TRUE, type CfgExpr, checked, compareText, printCfg } from '../base/index.js'

/** Number of a condition in its pool. */
export type ConditionId = number
export const ALWAYS: ConditionId = 0

/** More alternatives than this say nothing to a reader: widened to `true`. */
export const MAX_ALTERNATIVES = 8
/** Longer conjunctions lose their last parts, which widens them. */
export const MAX_CONJUNCTION = 8
/** Formulas that one pool holds at most; beyond them nothing new is made, everything is widened. */
export const MAX_FORMULAS = 20_000

/** One way to be compiled: its parts by number, rising. The empty one is `true`. */
type Conjunction = readonly number[]
type Formula = readonly Conjunction[]

export class ConditionPool {
  private readonly formulas: Formula[] = [[[]]]
  private readonly ids = new Map<string, ConditionId>([[keyOf([[]]), ALWAYS]])
  private readonly known = new WeakMap<CfgExpr, ConditionId>()
  private readonly pairs = new Map<string, ConditionId>()
  private readonly parts = new Parts()

  /** The id of a formula as syntax wrote it. */
  of(cfg: CfgExpr): ConditionId {
    if (cfg.k === 'true') return ALWAYS
    let id = this.known.get(cfg)
    if (id === undefined) {
      id = this.intern(this.alternativesOf(cfg)) ?? ALWAYS
      this.known.set(cfg, id)
    }
    return id
  }

  /** Both hold. */
  and(a: ConditionId, b: ConditionId): ConditionId {
    if (a === ALWAYS || a === b) return b
    if (b === ALWAYS) return a
    return this.combine('&', a, b, () => conjoin(this.formula(a), this.formula(b))) ?? a
  }

  /** Either holds. */
  or(a: ConditionId, b: ConditionId): ConditionId {
    if (a === ALWAYS || b === ALWAYS) return ALWAYS
    if (a === b) return a
    return this.combine('|', a, b, () => [...this.formula(a), ...this.formula(b)]) ?? ALWAYS
  }

  /** The formula, to be printed or kept; the same text whatever was asked before. */
  expr(id: ConditionId): CfgExpr {
    const alternatives = this.formula(id).map((conjunction) =>
      listOf('all', sortedByText(conjunction.map((part) => this.parts.expr(part)))),
    )
    return listOf('any', sortedByText(alternatives))
  }

  private formula(id: ConditionId): Formula {
    return checked(this.formulas[id])
  }

  /** Undefined when the pool is full. */
  private combine(op: string, a: ConditionId, b: ConditionId, make: () => Formula): ConditionId | undefined {
    const key = a < b ? `${a}${op}${b}` : `${b}${op}${a}`
    const known = this.pairs.get(key)
    if (known !== undefined || this.pairs.size >= MAX_FORMULAS) return known
    const id = this.intern(make())
    if (id !== undefined) this.pairs.set(key, id)
    return id
  }

  private intern(alternatives: Formula): ConditionId | undefined {
    const formula = simplify(alternatives, this.parts)
    const key = keyOf(formula)
    const known = this.ids.get(key)
    if (known !== undefined || this.formulas.length >= MAX_FORMULAS) return known
    this.ids.set(key, this.formulas.length)
    return this.formulas.push(formula) - 1
  }

  private alternativesOf(cfg: CfgExpr): Formula {
    switch (cfg.k) {
      case 'true':
        return [[]]
      case 'false':
        return []
      case 'any':
        return cfg.of.flatMap((part) => this.alternativesOf(part))
      case 'all':
        return cfg.of.map((part) => this.alternativesOf(part)).reduce(conjoin, [[]])
      default:
        return [[this.parts.number(cfg)]]
    }
  }
}

/** Options of which a target has one value: two of them together are no target. */
const ONE_VALUE = new Set([
  'target_os',
  'target_arch',
  'target_env',
  'target_vendor',
  'target_endian',
  'target_pointer_width',
])

interface OneValue {
  readonly name: string
  readonly value: string
  readonly negated: boolean
}

function oneValueOf(cfg: CfgExpr): OneValue | undefined {
  const [inner, negated] = cfg.k === 'not' ? [cfg.of, true] : [cfg, false]
  if (inner.k !== 'option' || inner.value === undefined || !ONE_VALUE.has(inner.name)) return undefined
  return { name: inner.name, value: inner.value, negated }
}

/** The options and negations that formulas are made of, numbered; each knows its opposite. */
class Parts {
  private readonly numbers = new Map<string, number>()
  private readonly exprs: CfgExpr[] = []
  private readonly opposites: (number | undefined)[] = []
  private readonly values: (OneValue | undefined)[] = []

  number(cfg: CfgExpr): number {
    const text = printCfg(cfg)
    const known = this.numbers.get(text)
    if (known !== undefined) return known
    const number = this.exprs.push(cfg) - 1
    this.numbers.set(text, number)
    this.values[number] = oneValueOf(cfg)
    const opposite = this.numbers.get(cfg.k === 'not' ? printCfg(cfg.of) : `not(${text})`)
    this.opposites[number] = opposite
    if (opposite !== undefined) this.opposites[opposite] = number
    return number
  }
  expr(number: number): CfgExpr {
    return checked(this.exprs[number])
  }
  opposite(number: number): number | undefined {
    return this.opposites[number]
  }
  oneValue(number: number): OneValue | undefined {
    return this.values[number]
  }
}

/** Every alternative of one with every one of the other; the smaller one alone, which is wider, where that is too much. */
function conjoin(a: Formula, b: Formula): Formula {
  if (a.length * b.length > MAX_ALTERNATIVES * MAX_ALTERNATIVES) return a.length < b.length ? a : b
  return a.flatMap((left) => b.map((right) => unite(left, right)))
}

function unite(a: Conjunction, b: Conjunction): Conjunction {
  return [...new Set([...a, ...b])].sort((x, y) => x - y)
}

/** Contradictions go, narrower alternatives are absorbed by wider ones, `x` and `not(x)` meet, limits hold. */
function simplify(alternatives: Formula, parts: Parts): Formula {
  const possible = alternatives
    .filter((conjunction) => !contradicts(conjunction, parts))
    .map((conjunction) => withoutImplied(conjunction, parts))
    .map((conjunction) => conjunction.slice(0, MAX_CONJUNCTION))
  let formula = absorb(possible)
  for (let merged = mergeOpposites(formula, parts); merged; merged = mergeOpposites(formula, parts)) {
    formula = absorb(merged)
  }
  return formula.length > MAX_ALTERNATIVES ? [[]] : formula
}

function contradicts(conjunction: Conjunction, parts: Parts): boolean {
  return conjunction.some((part) => {
    const opposite = parts.opposite(part)
    return (opposite !== undefined && conjunction.includes(opposite)) || excludes(part, conjunction, parts)
  })
}

/** Another value of the same option stands there. */
function excludes(part: number, conjunction: Conjunction, parts: Parts): boolean {
  const own = parts.oneValue(part)
  if (!own || own.negated) return false
  return conjunction.some((other) => {
    const its = parts.oneValue(other)
    return its !== undefined && !its.negated && its.name === own.name && its.value !== own.value
  })
}

/** Without `not(target_os = "android")` where it is Linux: what says nothing leaves room for what does. */
function withoutImplied(conjunction: Conjunction, parts: Parts): Conjunction {
  const values = conjunction.flatMap((part) => parts.oneValue(part) ?? [])
  const has = new Map(values.filter(({ negated }) => !negated).map(({ name, value }) => [name, value]))
  if (has.size === 0) return conjunction
  return conjunction.filter((part) => {
    const own = parts.oneValue(part)
    return !own?.negated || !has.has(own.name) || has.get(own.name) === own.value
  })
}

/** Without the alternatives that include another one; in the order of their texts. */
function absorb(formula: Formula): Formula {
  const unique = new Map(formula.map((conjunction) => [conjunction.join(), conjunction]))
  const kept = [...unique].filter(([text, one]) => {
    for (const [otherText, other] of unique) if (otherText !== text && includes(one, other)) return false
    return true
  })
  return kept.sort(([a], [b]) => compareText(a, b)).map(([, conjunction]) => conjunction)
}

/** Every part of `wider` stands in `narrower`. */
function includes(narrower: Conjunction, wider: Conjunction): boolean {
  return wider.length <= narrower.length && wider.every((part) => narrower.includes(part))
}

/** `(a and x) or (not(a) and x)` is `x`; undefined when no two alternatives differ just so. */
function mergeOpposites(formula: Formula, parts: Parts): Formula | undefined {
  for (const one of formula) {
    for (const part of one) {
      const opposite = parts.opposite(part)
      if (opposite === undefined) continue
      const rest = one.filter((other) => other !== part)
      const partner = unite(rest, [opposite]).join()
      const found = formula.find((other) => other.join() === partner)
      if (found) return [...formula.filter((other) => other !== one && other !== found), rest]
    }
  }
  return undefined
}

/** `true` and `false`, the formulas of one empty alternative and of none, must not have the same key. */
function keyOf(formula: Formula): string {
  return formula.map((conjunction) => `(${conjunction.join()})`).join('')
}

function sortedByText(list: readonly CfgExpr[]): readonly CfgExpr[] {
  return list
    .map((cfg) => [printCfg(cfg), cfg] as const)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, cfg]) => cfg)
}

function listOf(k: 'all' | 'any', of: readonly CfgExpr[]): CfgExpr {
  if (of.length === 0) return k === 'all' ? CFG_TRUE : CFG_FALSE
  return of.length === 1 ? checked(of[0]) : { k, of }
}
