/** What the user decides of `cfg`: set, never set, and what stays open. */
import { expect, test } from '@jest/globals'
import type { CfgExpr } from '../../src/base/index.js'
import { crateCfg } from '../../src/names/crate-cfg.js'
import { withAskedOptions } from '../../src/project/asked-options.js'
import type { ManifestDependency } from '../../src/project/dependency-tables.js'
import { parsePlatform } from '../../src/project/platform-cfg.js'
import { selectTargets } from '../../src/project/targets.js'
import { unreadOptions } from '../../src/project/unread-options.js'

const LINUX = selectTargets(['x86_64-unknown-linux-gnu'])

function cfgAsked(...asked: string[]) {
  const [target] = withAskedOptions(LINUX, asked)
  if (!target) throw new Error('the target is gone')
  const inputs = {
    features: [],
    declaredFeatures: [],
    buildScriptWords: new Set(['nightly', 'mode', 'hard', 'soft', 'rustc-cfg=nightly']),
    dependencies: new Map(),
    forHost: true,
    onlyForHost: true,
  }
  return crateCfg(inputs, target)
}
const option = (name: string, value?: string): CfgExpr => ({ k: 'option', name, ...(value !== undefined && { value }) })
const not = (of: CfgExpr): CfgExpr => ({ k: 'not', of })

test('an option that is asked for is set whatever a build script or the host says', () => {
  const cfg = cfgAsked('nightly')
  expect([cfg.mayHold(option('nightly')), cfg.mayHold(not(option('nightly')))]).toEqual([true, false])
  expect(cfg.isOpen(option('nightly'))).toBe(false)
  expect(cfg.and({ k: 'true' }, option('nightly'))).toEqual({ k: 'true' })
})

test('one that is never set is not looked at, and without a word both are', () => {
  const never = cfgAsked('not(nightly)')
  expect([never.mayHold(option('nightly')), never.mayHold(not(option('nightly')))]).toEqual([false, true])
  const open = cfgAsked()
  expect([open.mayHold(option('nightly')), open.mayHold(not(option('nightly')))]).toEqual([true, true])
})

test('a value decides about itself alone', () => {
  const cfg = cfgAsked('mode="hard"', 'not(mode = "soft")')
  expect(cfg.isOpen(option('mode', 'hard'))).toBe(false)
  expect(cfg.holds(option('mode', 'hard'))).toBe(true)
  expect(cfg.mayHold(option('mode', 'soft'))).toBe(false)
  expect(cfgAsked('mode="hard"').isOpen(option('mode', 'soft'))).toBe(true)
})

test.each([
  ['windows', 'the target or the kind of build decides it'],
  ['feature="x"', 'features are chosen by --features'],
  ['mode=hard', 'it is no option'],
  ['any(a, b)', 'it is no option'],
])('--cfg %s is refused', (word, why) => {
  expect(() => withAskedOptions(LINUX, [word])).toThrow(expect.objectContaining({ why }))
})

test('what is both set and never set is refused', () => {
  expect(() => withAskedOptions(LINUX, ['a', 'not(a)'])).toThrow('--cfg a decides nothing')
})

test('nothing asked for is the same targets', () => {
  expect(withAskedOptions(LINUX, undefined)).toBe(LINUX)
})

test('an option that brings dependencies which were not read is not set, and told', () => {
  const dependency = (platform: string) => ({
    ...({} as ManifestDependency),
    kind: 'normal' as const,
    platform: { text: platform, predicate: parsePlatform(platform) },
  })
  const dependencies = ['cfg(loom)', 'cfg(all(unix, mode = "x"))', 'cfg(not(quiet))', 'cfg(windows)'].map(dependency)
  const unread = unreadOptions(dependencies, [], 'lib')
  expect(unread).toEqual(['loom', 'mode=x'])
  expect(unreadOptions(dependencies, [{ name: 'loom', unit: 'loom lib', platform: 'cfg(loom)' }], 'lib')).toEqual([
    'mode=x',
  ])
  const [target] = LINUX
  if (!target) throw new Error('no target')
  const cfg = crateCfg(
    {
      features: [],
      declaredFeatures: [],
      buildScriptWords: undefined,
      unreadOptions: unread,
      dependencies: new Map(),
      forHost: false,
      onlyForHost: false,
    },
    target,
  )
  expect(cfg.mayHold(option('loom'))).toBe(false)
  expect(cfg.mayHold(option('other'))).toBe(true)
  expect([...cfg.unread]).toEqual(['loom'])
})
