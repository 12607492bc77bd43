import { describe, expect, test } from '@jest/globals'
import { compareVersions, isFullVersion, isRequirement, meetsRequirement } from '../../src/project/version-req.js'

describe('requirements in cargo’s spelling', () => {
  test.each([
    ['1.2.3', '1.2', true],
    ['2.0.0', '1.2', false],
    ['0.3.1', '0.3', true],
    ['0.4.0', '0.3', false],
    ['0.0.4', '0.0.3', false],
    ['1.2.9', '~1.2.3', true],
    ['1.3.0', '~1.2.3', false],
    ['1.2.3', '=1.2.3', true],
    ['1.2.4', '=1.2.3', false],
    ['1.5.0', '>=1.2, <2', true],
    ['2.0.0', '>=1.2, <2', false],
    ['1.9.0', '1.*', true],
    ['7.0.0', '*', true],
    ['1.0.0-rc.1', '1.0.0-rc.1', true],
    ['1.0.0-rc.1', '1', false],
    ['0.7.1+5.3.1-0-gabc', '=0.7.1', true],
    ['0.7.1+5.3.1-0-gabc', '=0.7.1+5.3.1-0-gabc', true],
    ['1.0.0', 'not a requirement', false],
  ])('%s meets %s: %s', (version, requirement, meets) => {
    expect(meetsRequirement(version, requirement)).toBe(meets)
  })

  test('a full version is one, a requirement is none', () => {
    expect([isFullVersion('1.2.3'), isFullVersion('1.2'), isFullVersion('^1.2.3')]).toEqual([true, false, false])
    expect([isRequirement('^1'), isRequirement('1.2'), isRequirement('latest')]).toEqual([true, true, false])
  })

  test('order is by number, not by text', () => {
    expect(['1.10.0', '1.9.0', '1.10.0-rc.1'].sort(compareVersions)).toEqual(['1.9.0', '1.10.0-rc.1', '1.10.0'])
  })
})
