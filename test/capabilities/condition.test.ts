// Conditions stay small, and never become narrower than the truth.
import { describe, expect, test } from '@jest/globals'
import { type CfgExpr, cfgHolds, printCfg } from '../../src/base/index.js'
import { ALWAYS, ConditionPool, MAX_ALTERNATIVES, MAX_CONJUNCTION } from '../../src/capabilities/condition.js'

const option = (name: string): CfgExpr => ({ k: 'option', name })
const not = (of: CfgExpr): CfgExpr => ({ k: 'not', of })
const [a, b, c] = [option('a'), option('b'), option('c')]

describe('formulas', () => {
  const pool = new ConditionPool()
  const text = (id: number): string => printCfg(pool.expr(id))
  test('the wider one absorbs the narrower', () => {
    expect(text(pool.or(pool.of(a), pool.of({ k: 'all', of: [a, b] })))).toBe('a')
  })
  test('opposites meet', () => {
    expect(pool.or(pool.of(a), pool.of(not(a)))).toBe(ALWAYS)
    const either = pool.or(pool.of({ k: 'all', of: [a, c] }), pool.of({ k: 'all', of: [not(a), c] }))
    expect(text(either)).toBe('c')
  })
  test('a contradiction is false', () => expect(text(pool.and(pool.of(a), pool.of(not(a))))).toBe('false'))
  test('equal formulas have one id, however they were written', () => {
    const one = pool.of({ k: 'any', of: [{ k: 'all', of: [b, a] }, c] })
    expect(pool.or(pool.of(c), pool.and(pool.of(a), pool.of(b)))).toBe(one)
    expect(text(one)).toBe('any(all(a, b), c)')
  })
})

test('too many alternatives are always; too long ones lose their last parts', () => {
  const pool = new ConditionPool()
  const options = Array.from({ length: 40 }, (_, i) => pool.of(option(`o${i}`)))
  expect(options.slice(0, MAX_ALTERNATIVES + 1).reduce((x, y) => pool.or(x, y))).toBe(ALWAYS)
  const long = pool.expr(options.reduce((x, y) => pool.and(x, y)))
  expect(long.k === 'all' && long.of.length).toBe(MAX_CONJUNCTION)
})

test('whatever is combined, it holds where the truth holds', () => {
  // Every formula of a small random walk, compared with the plain one under all eight settings.
  let state = 7
  const random = (below: number): number => {
    state = (state * 1103515245 + 12345) % 2147483648
    return Math.floor((state / 2147483648) * below)
  }
  const pool = new ConditionPool()
  const plain: CfgExpr[] = [a, b, c, not(a), not(b), not(c)]
  const ids = plain.map((cfg) => pool.of(cfg))
  for (let step = 0; step < 200; step++) {
    const [i, j] = [random(plain.length), random(plain.length)] as const
    const k = random(2) === 0 ? 'all' : 'any'
    plain.push({ k, of: [plain[i] as CfgExpr, plain[j] as CfgExpr] })
    ids.push(k === 'all' ? pool.and(ids[i] as number, ids[j] as number) : pool.or(ids[i] as number, ids[j] as number))
    const made = pool.expr(ids.at(-1) as number)
    for (let setting = 0; setting < 8; setting++) {
      const known = (name: string): boolean => (setting & (1 << 'abc'.indexOf(name))) !== 0
      if (cfgHolds(plain.at(-1), known)) expect(cfgHolds(made, known)).toBe(true)
    }
    if (plain.length > 24) {
      plain.splice(6, 6)
      ids.splice(6, 6)
    }
  }
})

test('a target has one value of an option: what asks for two is no alternative, and what follows from it says nothing', () => {
  const pool = new ConditionPool()
  const os = (value: string): CfgExpr => ({ k: 'option', name: 'target_os', value })
  const not = (of: CfgExpr): CfgExpr => ({ k: 'not', of })
  const any = (...of: CfgExpr[]): CfgExpr => ({ k: 'any', of })
  const some = any(os('linux'), os('android'), os('l4re'), os('emscripten'), os('fuchsia'))
  const libc: CfgExpr = { k: 'all', of: [some, not(os('emscripten')), os('linux')] }
  expect(printCfg(pool.expr(pool.of(libc)))).toBe('target_os = "linux"')
  const both = pool.and(pool.of(some), pool.of(any(os('linux'), os('macos'))))
  expect(printCfg(pool.expr(both))).toBe('target_os = "linux"')
  // Families are several at once.
  const family = (value: string): CfgExpr => ({ k: 'option', name: 'target_family', value })
  expect(printCfg(pool.expr(pool.of({ k: 'all', of: [family('unix'), family('wasm')] })))).toBe(
    'all(target_family = "unix", target_family = "wasm")',
  )
  expect(printCfg(pool.expr(pool.of({ k: 'all', of: [os('linux'), os('android')] })))).toBe('false')
})
