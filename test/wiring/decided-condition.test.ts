import { describe, expect, test } from '@jest/globals'
import { type CfgExpr, printCfg } from '../../src/base/index.js'
import { parsePlatform } from '../../src/project/platform-cfg.js'
import { selectTargets } from '../../src/project/targets.js'
import { decidedFor } from '../../src/wiring/decided-condition.js'

const LINUX = 'x86_64-unknown-linux-gnu'
const WINDOWS = 'x86_64-pc-windows-msvc'
const MAC = 'aarch64-apple-darwin'

const decided = (condition: string, ...triples: string[]): string =>
  printCfg(decidedFor(selectTargets(triples))(parsePlatform(`cfg(${condition})`) as CfgExpr))

describe('what the targets decide is decided', () => {
  test.each([
    ['unix', [LINUX], 'true'],
    ['any(all(not(miri), target_arch = "aarch64"), all(not(miri), target_arch = "x86_64"))', [LINUX], 'not(miri)'],
    ['all(unix, feature = "x")', [LINUX, MAC], 'feature = "x"'],
    ['all(unix, feature = "x")', [LINUX, WINDOWS], 'all(unix, feature = "x")'],
    ['any(unix, windows)', [LINUX, WINDOWS], 'true'],
    ['any(unix, windows)', [], 'any(unix, windows)'],
    // What does not tell these targets from each other is not said.
    ['all(unix, not(target_os = "android"))', [LINUX, WINDOWS], 'unix'],
    [
      'all(not(windows), target_os = "linux", target_pointer_width = "64")',
      [LINUX, WINDOWS, MAC],
      'target_os = "linux"',
    ],
    // An alternative that none of them meets, or that others cover, is gone.
    ['any(all(target_os = "android", feature = "x"), windows)', [LINUX, WINDOWS], 'windows'],
    ['any(all(windows, feature = "x"), windows)', [LINUX, WINDOWS], 'windows'],
    ['any(all(unix, feature = "x"), all(windows, feature = "x"))', [LINUX, WINDOWS], 'feature = "x"'],
    ['any(all(unix, feature = "x"), all(unix, not(feature = "x")))', [LINUX], 'true'],
    ['any(all(feature = "x", unix), all(feature = "y", windows))', [LINUX], 'feature = "x"'],
  ] as const)('%s on %p', (condition, triples, expected) => {
    expect(decided(condition, ...triples)).toBe(expected)
  })

  test('what no target meets stays what it is', () => {
    expect(decided('all(windows, feature = "x")', LINUX)).toBe('all(windows, feature = "x")')
    expect(decided('all(unix, windows)', LINUX)).toBe('all(unix, windows)')
  })

  test('what no target meets is as short as all targets that there are let it be', () => {
    expect(decided('all(windows, not(unix), target_family = "windows", feature = "x")', LINUX)).toBe(
      'all(feature = "x", windows)',
    )
  })

  test('what is left open is said in as few words as it can be', () => {
    expect(decided('any(feature = "a", all(not(feature = "a"), windows))')).toBe('any(feature = "a", windows)')
    expect(decided('any(all(windows, feature = "a"), all(unix, feature = "a"), all(unix, feature = "b"))', LINUX)).toBe(
      'any(feature = "a", feature = "b")',
    )
  })
})
