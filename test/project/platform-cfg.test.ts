import { describe, expect, test } from '@jest/globals'
import { parsePlatform, platformHolds } from '../../src/project/platform-cfg.js'
import { selectTargets } from '../../src/project/targets.js'

const [linux] = selectTargets(['x86_64-unknown-linux-gnu'])
if (!linux) throw new Error('the data has no Linux')

describe('keys of target tables', () => {
  test.each([
    ['x86_64-unknown-linux-gnu', true],
    ['x86_64-pc-windows-msvc', false],
    ['cfg(unix)', true],
    ['cfg(windows)', false],
    ['cfg(not(windows))', true],
    ['cfg(target_os = "linux")', true],
    ['cfg(target_os="macos")', false],
    ['cfg(all())', true],
    ['cfg(any())', false],
    ['cfg(all(unix, not(any(target_arch = "wasm32", target_os = "macos"))))', true],
    ['cfg(any(windows, target_pointer_width = "64",))', true],
    ['cfg(debug_assertions)', true],
    ['cfg(loom)', false],
    ['cfg(true)', true],
    ['cfg(r#true)', true],
  ])('%s on Linux: %s', (text, holds) => {
    expect(platformHolds(parsePlatform(text), linux)).toBe(holds)
  })

  test.each([
    'cfg(',
    'cfg()',
    'cfg(all(unix)',
    'cfg(a b)',
    'cfg(not(a, b))',
    'cfg(a = b)',
    'cfg(a = "b)',
    'a b',
    'cfg(f(x))',
  ])('%s is refused', (text) => {
    expect(() => parsePlatform(text)).toThrow()
  })

  test('deep nesting ends in an error, not in a full stack', () => {
    expect(() => parsePlatform(`cfg(${'not('.repeat(100_000)}unix${')'.repeat(100_000)})`)).toThrow('nested too deeply')
  })
})
