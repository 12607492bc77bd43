/** cfg formulas joined and compared by their text. */
import { describe, expect, test } from '@jest/globals'
import { compareConditions, joinConditions } from '../../src/review/diff-conditions.js'

describe('joined', () => {
  test.each([
    [['true', 'windows'], 'true'],
    [['windows', 'unix', 'windows'], 'any(unix, windows)'],
    [['unix', 'all(unix, feature = "x")'], 'unix'],
    [['unix', 'not(unix)'], 'true'],
    [['all(feature = "a", unix)', 'all(feature = "a", not(unix))'], 'feature = "a"'],
    [[], 'false'],
  ])('%j is %s', (conditions, expected) => {
    expect(joinConditions(conditions)).toBe(expected)
  })

  test('text of a crate in a value is no syntax', () => {
    const odd = 'feature = "a, b) or \\" any("'
    expect(joinConditions([`all(${odd}, unix)`, odd])).toBe(odd)
  })

  test('what grows without bound is widened', () => {
    expect(joinConditions(Array.from({ length: 200 }, (_, i) => `feature = "f${i}"`))).toBe('true')
  })
})

describe('compared', () => {
  test.each([
    ['windows', 'true', 'wider'],
    ['true', 'windows', 'narrower'],
    ['unix', 'any(unix, windows)', 'wider'],
    ['all(unix, feature = "x")', 'unix', 'wider'],
    ['unix', 'windows', 'changed'],
    ['any(unix, windows)', 'any(windows, unix)', 'same'],
    ['false', 'unix', 'wider'],
  ] as const)('%s → %s is %s', (old, now, expected) => {
    expect(compareConditions(old, now)).toBe(expected)
  })
})
