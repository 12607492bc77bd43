/**
 * The shortest formula that says what another one says, in the worlds that are thought of: a world decides some options (a
 * target does `unix`), and leaves the others open. Two formulas say the same when they come to the same in each world,
 * whatever the open options are.
 *
 * As Quine and McCluskey did it: the truth table, the widest alternatives that hold (prime implicants), and a cheap choice of them
 * that covers all. What worlds decide is one variable with many values, so what follows from what (`windows` rules `unix` out,
 * a target has one `target_os`) need not be told: no world has it otherwise. Limits: beyond them the formula stays as it is.
 */
import { type CfgExpr, type CfgOracle, cfgTruth, printCfg, simplifyCfg } from './cfg.js'
import { checked } from './checked.js'
import { factored, type Term } from './factored-cfg.js'

/** Open options of what is made anew: three to this power of conjunctions are looked at. */
const MAX_OPEN = 6
/** Open options of what parts may be left out of: the table has two to this power of rows. */
const MAX_LEFT_OUT = 8
/** Worlds that differ in what they decide: a number has so many bits. */
const MAX_WORLDS = 30
/** Sets of worlds that conjunctions of decided options can name. */
const MAX_SETS = 512
/** Alternatives to choose from. */
const MAX_CANDIDATES = 2000

/** The shortest formula found; the one that was given when nothing shorter was, or when it is too large. */
export function shortestCfg(cfg: CfgExpr, worlds: readonly CfgOracle[]): CfgExpr {
  let best = cfg
  // What is shorter may name fewer options, of which shorter may be made.
  for (;;) {
    const table = tableOf(best, worlds)
    if (!table) return best
    const found = leftOut(shortest([best, ...madeAnew(table)]), table)
    if (printCfg(found).length >= printCfg(best).length) return best
    best = found
  }
}

const shortest = (formulas: readonly CfgExpr[]): CfgExpr =>
  formulas.reduce((best, one) => (printCfg(one).length < printCfg(best).length ? one : best))

/** From the table alone: what holds, and that the opposite does not. */
function madeAnew(table: Table): readonly CfgExpr[] {
  if (table.open.length > MAX_OPEN) return []
  const sets = setsOf(table)
  if (!sets) return []
  const plain = coverOf({ ...table, sets })
  const opposite = coverOf({ ...table, sets, on: table.on.map((set) => table.all & ~set) })
  return [...(plain ? [factored(plain)] : []), ...(opposite ? [simplifyCfg({ k: 'not', of: factored(opposite) })] : [])]
}

/** Without the parts whose absence changes nothing. */
function leftOut(cfg: CfgExpr, table: Table): CfgExpr {
  for (const less of withLess(cfg)) {
    const simple = simplifyCfg(less)
    if (printCfg(simple).length < printCfg(cfg).length && table.says(simple)) return leftOut(simple, table)
  }
  return cfg
}

/** The formula with one part of one of its lists left out. */
function* withLess(cfg: CfgExpr): Generator<CfgExpr> {
  if (cfg.k === 'not') for (const of of withLess(cfg.of)) yield { k: 'not', of }
  if (cfg.k !== 'all' && cfg.k !== 'any') return
  const { k, of } = cfg
  for (const [i, part] of of.entries()) {
    const others = (between: readonly CfgExpr[]): CfgExpr => ({
      k,
      of: [...of.slice(0, i), ...between, ...of.slice(i + 1)],
    })
    yield others([])
    for (const less of withLess(part)) yield others([less])
  }
}

interface Table {
  /** Options that no world decides, and those that each does. */
  readonly open: readonly Option[]
  readonly decided: readonly Option[]
  readonly worlds: readonly CfgOracle[]
  /** The set of all worlds, a bit each. */
  readonly all: number
  /** By assignment of the open options, a bit each: the worlds in which the formula holds. */
  readonly on: readonly number[]
  /** Whether another formula of these options says the same. */
  readonly says: (cfg: CfgExpr) => boolean
}

function tableOf(cfg: CfgExpr, oracles: readonly CfgOracle[]): Table | undefined {
  const options = optionsOf(cfg)
  const isDecided = ({ name, value }: Option): boolean => oracles.some((knows) => knows(name, value) !== undefined)
  const decided = options.filter(isDecided)
  const open = options.filter((option) => !decided.includes(option))
  if (open.length > MAX_LEFT_OUT) return undefined
  const keyOf = (knows: CfgOracle): string => decided.map(({ name, value }) => knows(name, value)).join()
  const worlds = [...new Map(oracles.map((knows) => [keyOf(knows), knows])).values()]
  if (worlds.length === 0 || worlds.length > MAX_WORLDS) return undefined
  const bits = new Map(open.map(({ name, value }, bit) => [`${name}=${value}`, bit]))
  const wherever = (one: CfgExpr, assigned: number): number =>
    worldsWhere(worlds, (knows) =>
      cfgTruth(one, (name, value) => {
        const bit = bits.get(`${name}=${value}`)
        return bit === undefined ? knows(name, value) : (assigned & (1 << bit)) !== 0
      }),
    )
  const on = Array.from({ length: 2 ** open.length }, (_, assigned) => wherever(cfg, assigned))
  const says = (one: CfgExpr): boolean => on.every((set, assigned) => wherever(one, assigned) === set)
  return { open, decided, worlds, all: 2 ** worlds.length - 1, on, says }
}

type Option = CfgExpr & { readonly k: 'option' }

function optionsOf(cfg: CfgExpr): readonly Option[] {
  const found = new Map<string, Option>()
  const visit = (one: CfgExpr): void => {
    if (one.k === 'option') found.set(printCfg(one), one)
    else if (one.k === 'not') visit(one.of)
    else if (one.k === 'all' || one.k === 'any') one.of.forEach(visit)
  }
  visit(cfg)
  return [...found].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, option]) => option)
}

function worldsWhere(worlds: readonly CfgOracle[], holds: (world: CfgOracle) => boolean | undefined): number {
  return worlds.reduce((set, world, index) => (holds(world) === true ? set | (1 << index) : set), 0)
}

/** By set of worlds, the cheapest conjunction of decided options that holds in these. */
type Sets = ReadonlyMap<number, Term>

/** What conjunctions of the options and their opposites can name; undefined when that is too much. */
function setsOf({ decided, worlds, all }: Table): Sets | undefined {
  const literals = decided.flatMap((option): { readonly set: number; readonly literal: CfgExpr }[] => {
    const set = worldsWhere(worlds, (knows) => knows(option.name, option.value))
    return [
      { set, literal: option },
      { set: all & ~set, literal: { k: 'not', of: option } },
    ]
  })
  const sets = new Map<number, Term>([[all, []]])
  // Each round adds a literal to what was found; it ends, since every round makes some set cheaper or finds one.
  for (let changed = true; changed; ) {
    changed = false
    for (const [set, term] of [...sets]) {
      for (const { set: other, literal } of literals) {
        const both = set & other
        if (both === set || both === 0) continue
        const longer = [...term, literal]
        const known = sets.get(both)
        if (known && costOf(known) <= costOf(longer)) continue
        if (sets.size >= MAX_SETS) return undefined
        sets.set(both, longer)
        changed = true
      }
    }
  }
  return sets
}

const costOf = (term: Term): number => term.reduce((sum, literal) => sum + printCfg(literal).length + 2, 0)

interface Candidate {
  readonly term: Term
  readonly cost: number
  /** Points of the table that it covers: an assignment and a world each. */
  readonly covers: ReadonlySet<number>
}

/** Alternatives that together are the formula; undefined when it never holds, or there are too many to choose from. */
function coverOf(table: Table & { readonly sets: Sets }): readonly Term[] | undefined {
  const { on, all } = table
  const wanted = new Set(on.flatMap((set, assigned) => pointsOf(assigned, set)))
  if (wanted.size === 0) return undefined
  if (on.every((set) => set === all)) return [[]]
  const candidates = candidatesOf(table)
  if (!candidates) return undefined
  const chosen: Candidate[] = []
  while (wanted.size > 0) {
    const gain = ({ covers, cost }: Candidate): number =>
      [...covers].filter((point) => wanted.has(point)).length / (cost + 4)
    const best = candidates.reduce((most, one) => (gain(one) > gain(most) ? one : most))
    chosen.push(best)
    for (const point of best.covers) wanted.delete(point)
  }
  return withoutNeedless(chosen).map(({ term }) => term)
}

const pointsOf = (assigned: number, set: number): number[] => {
  const points: number[] = []
  for (let world = 0; 2 ** world <= set; world++) if (set & (1 << world)) points.push(assigned * MAX_WORLDS + world)
  return points
}

/** The dearest first: without it what is left may still be all. */
function withoutNeedless(chosen: readonly Candidate[]): readonly Candidate[] {
  let kept = chosen
  for (const one of [...chosen].sort((a, b) => b.cost - a.cost)) {
    const others = kept.filter((other) => other !== one)
    if ([...one.covers].every((point) => others.some(({ covers }) => covers.has(point)))) kept = others
  }
  return kept
}

/** Each conjunction that implies the formula, but for those from which an open option can be left out; undefined when they are too many. */
function candidatesOf({ open, sets, on }: Table & { readonly sets: Sets }): readonly Candidate[] | undefined {
  const holdsIn = cubesOf(on, open.length)
  const found: Candidate[] = []
  for (const [cube, worlds] of holdsIn) {
    if (worlds === 0) continue
    const literals = literalsOf(cube, open)
    const wider = [...cube].flatMap((sign, i) => (sign === '*' ? [] : [`${cube.slice(0, i)}*${cube.slice(i + 1)}`]))
    for (const [set, term] of sets) {
      if ((set & ~worlds) !== 0) continue
      if (wider.some((other) => (set & ~(holdsIn.get(other) ?? 0)) === 0)) continue
      const whole = [...term, ...literals]
      const covers = new Set(assignmentsOf(cube).flatMap((assigned) => pointsOf(assigned, set)))
      if (found.length === MAX_CANDIDATES) return undefined
      found.push({ term: whole, cost: costOf(whole), covers })
    }
  }
  return found
}

/** By `01*`, a sign each open option, from the first bit on: the worlds in which the formula holds whatever `*` is. */
function cubesOf(on: readonly number[], count: number): ReadonlyMap<string, number> {
  let cubes = new Map([['', on]])
  for (let bit = 0; bit < count; bit++) {
    const next = new Map<string, readonly number[]>()
    for (const [cube, list] of cubes) {
      const zero = list.filter((_, i) => i % 2 === 0)
      const one = list.filter((_, i) => i % 2 === 1)
      next.set(`${cube}0`, zero)
      next.set(`${cube}1`, one)
      next.set(
        `${cube}*`,
        zero.map((set, i) => set & checked(one[i])),
      )
    }
    cubes = next
  }
  return new Map([...cubes].map(([cube, list]) => [cube, checked(list[0])]))
}

const literalsOf = (cube: string, open: readonly CfgExpr[]): Term =>
  open.flatMap((option, i): Term => (cube[i] === '1' ? [option] : cube[i] === '0' ? [{ k: 'not', of: option }] : []))

function assignmentsOf(cube: string): readonly number[] {
  let all = [0]
  for (const [bit, sign] of [...cube].entries()) {
    if (sign === '1') all = all.map((one) => one | (1 << bit))
    else if (sign === '*') all = all.flatMap((one) => [one, one | (1 << bit)])
  }
  return all
}
