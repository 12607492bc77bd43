/** Conditions put together: what is asked often is found again. */
import { expect, test } from '@jest/globals'
import { CFG_TRUE, type CfgExpr, cfgAnd, printCfg } from '../../src/base/index.js'

const option = (name: string): CfgExpr => ({ k: 'option', name })

test('the same two give the same one, and true adds nothing', () => {
  const [a, b] = [option('a'), option('b')]
  expect(printCfg(cfgAnd(a, b))).toBe('all(a, b)')
  expect(cfgAnd(a, b)).toBe(cfgAnd(a, b))
  expect(printCfg(cfgAnd(b, a))).toBe('all(b, a)')
  expect(cfgAnd(a, CFG_TRUE)).toBe(a)
  expect(cfgAnd(undefined, b)).toBe(b)
  expect(printCfg(cfgAnd(a, { k: 'not', of: a }))).toBe('false')
})
