/** A shorter formula that says the same: held against the truth table of what it was made from, over formulas made by chance. */
import { describe, expect, test } from '@jest/globals'
import { type CfgExpr, type CfgOracle, cfgTruth, printCfg, shortestCfg } from '../../src/base/index.js'
import { parsePlatform } from '../../src/project/platform-cfg.js'

const parse = (text: string): CfgExpr => parsePlatform(`cfg(${text})`) as CfgExpr
const OPEN: readonly CfgOracle[] = [() => undefined]

/** Worlds in which some options are as said, and the others open. */
const world =
  (set: readonly string[], decides: readonly string[]): CfgOracle =>
  (name, value) => {
    const text = printCfg({ k: 'option', name, ...(value !== undefined && { value }) })
    return decides.includes(text) ? set.includes(text) : undefined
  }
const DECIDED = ['unix', 'windows', 'target_os = "linux"', 'target_os = "macos"']
const SYSTEMS = [['unix', 'target_os = "linux"'], ['unix', 'target_os = "macos"'], ['windows'], []].map((set) =>
  world(set, DECIDED),
)

describe('nothing is decided', () => {
  test.each([
    // Absorption, complements, consensus.
    ['any(a, all(a, b))', 'a'],
    ['any(a, all(not(a), b))', 'any(a, b)'],
    ['any(all(a, b), all(not(a), b))', 'b'],
    ['any(all(a, b), all(not(a), c), all(b, c))', 'any(all(a, b), all(c, not(a)))'],
    ['all(any(a, b), any(a, not(b)))', 'a'],
    ['any(a, not(a))', 'true'],
    ['all(a, not(a))', 'false'],
    // What is said twice is said once.
    ['any(all(a, b), all(a, c))', 'all(a, any(b, c))'],
    ['all(not(a), not(b), not(c))', 'not(any(a, b, c))'],
    ['any(all(not(a), b), all(not(a), c), d)', 'any(all(any(b, c), not(a)), d)'],
    ['not(any(not(a), not(b)))', 'all(a, b)'],
  ])('%s is %s', (long, short) => {
    expect(printCfg(shortestCfg(parse(long), OPEN))).toBe(short)
  })
})

describe('what worlds decide', () => {
  test.each([
    ['all(windows, not(unix))', 'windows'],
    ['all(unix, not(target_os = "macos"))', 'all(unix, not(target_os = "macos"))'],
    ['all(target_os = "linux", not(target_os = "macos"), unix)', 'target_os = "linux"'],
    ['any(target_os = "linux", target_os = "macos", unix)', 'unix'],
    ['all(target_os = "linux", windows)', 'false'],
    ['any(all(unix, a), all(windows, a))', 'all(a, any(unix, windows))'],
    ['any(all(windows, a), not(windows))', 'any(a, not(windows))'],
    ['any(all(windows, not(a)), all(not(windows), not(a)), not(windows))', 'not(all(a, windows))'],
  ])('%s is %s', (long, short) => {
    expect(printCfg(shortestCfg(parse(long), SYSTEMS))).toBe(short)
  })
})

/** A generator of numbers below a bound, the same in every run. */
function numbers(seed: number): (below: number) => number {
  let state = seed
  return (below) => {
    state = (Math.imul(state, 1103515245) + 12345) & 0x7fffffff
    return (state >>> 8) % below
  }
}

const ATOMS = [...DECIDED, 'a', 'b', 'feature = "x"', 'feature = "y"'].map(parse)

function formula(next: (below: number) => number, depth: number): CfgExpr {
  if (depth === 0 || next(5) === 0) return ATOMS[next(ATOMS.length)] as CfgExpr
  if (next(4) === 0) return { k: 'not', of: formula(next, depth - 1) }
  const of = Array.from({ length: 2 + next(3) }, () => formula(next, depth - 1))
  return { k: next(2) === 0 ? 'all' : 'any', of }
}

/** What a formula comes to in each world, under each assignment of the open options. */
function truth(cfg: CfgExpr, worlds: readonly CfgOracle[]): readonly (boolean | undefined)[] {
  return worlds.flatMap((knows) =>
    Array.from({ length: 2 ** ATOMS.length }, (_, assigned) =>
      cfgTruth(cfg, (name, value) => {
        const known = knows(name, value)
        if (known !== undefined) return known
        const text = printCfg({ k: 'option', name, ...(value !== undefined && { value }) })
        return (assigned & (1 << ATOMS.findIndex((atom) => printCfg(atom) === text))) !== 0
      }),
    ),
  )
}

test.each([
  ['nothing is decided', OPEN],
  ['systems', SYSTEMS],
  ['two of them', SYSTEMS.slice(0, 2)],
  ['one', SYSTEMS.slice(2, 3)],
])('formulas made by chance say the same, in no more space, and nothing of them can be left out: %s', (_, worlds) => {
  const next = numbers(14)
  let shorter = 0
  for (let i = 0; i < 60; i++) {
    const long = formula(next, 3)
    const short = shortestCfg(long, worlds)
    expect({ long: printCfg(long), says: truth(short, worlds) }).toEqual({
      long: printCfg(long),
      says: truth(long, worlds),
    })
    expect(printCfg(short).length).toBeLessThanOrEqual(printCfg(long).length)
    expect(printCfg(shortestCfg(short, worlds))).toBe(printCfg(short))
    for (const less of withLess(short)) expect(truth(less, worlds)).not.toEqual(truth(long, worlds))
    if (printCfg(short).length < printCfg(long).length) shorter++
  }
  expect(shorter).toBeGreaterThan(20)
})

/** The formula with one part of one list left out. */
function withLess(cfg: CfgExpr): readonly CfgExpr[] {
  if (cfg.k === 'not') return withLess(cfg.of).map((of) => ({ k: 'not', of }))
  if (cfg.k !== 'all' && cfg.k !== 'any') return []
  const { k } = cfg
  const at = (i: number, parts: readonly CfgExpr[]): CfgExpr => ({
    k,
    of: [...cfg.of.slice(0, i), ...parts, ...cfg.of.slice(i + 1)],
  })
  return cfg.of.flatMap((part, i) => [at(i, []), ...withLess(part).map((less) => at(i, [less]))])
}

test('what is too large stays as it is', () => {
  const many = `any(${Array.from({ length: 20 }, (_, i) => `all(x${i}, y)`).join(', ')})`
  expect(printCfg(shortestCfg(parse(many), OPEN))).toBe(many)
})
