import { describe, expect, test } from '@jest/globals'
import { conditionText, isPlatformCondition, onlyText, platformsOf } from '../../src/report/condition-text.js'
import { targetWords } from '../../src/report/target-words.js'

const GNU = 'x86_64-unknown-linux-gnu'
const MUSL = 'aarch64-unknown-linux-musl'
const WINDOWS = 'x86_64-pc-windows-msvc'
const MAC = 'aarch64-apple-darwin'
const WASI = 'wasm32-wasip1'
const ALL = [GNU, MUSL, WINDOWS, MAC, WASI]

describe('conditions', () => {
  test.each([
    ['windows', 'Windows'],
    ['target_os = "linux"', 'Linux'],
    ['any(target_os = "linux", target_os = "android")', 'Android, Linux'],
    ['any(unix, target_os = "wasi")', 'WASI, unix'],
    ['all(unix, feature = "x")', undefined],
    ['not(windows)', undefined],
  ])('%s is about %s', (condition, platform) => {
    expect(platformsOf([condition])).toBe(platform)
  })

  test('several are about their platforms together', () => {
    expect(platformsOf(['windows', 'any(unix, windows)'])).toBe('Windows, unix')
    expect(platformsOf(['windows', 'not(unix)'])).toBeUndefined()
  })

  test.each([
    ['not(windows)', true],
    ['all(unix, target_arch = "x86_64")', true],
    ['feature = "windows"', false],
    ['debug_assertions', false],
    ['true', false],
  ])('%s depends on the platform: %s', (condition, expected) => {
    expect(isPlatformCondition(condition)).toBe(expected)
  })
})

describe('targets in words', () => {
  test.each([
    [[WINDOWS], 'Windows'],
    [[GNU, MUSL], 'Linux'],
    [[GNU], GNU],
    [[GNU, MUSL, WINDOWS, MAC], 'all but WASI'],
    [[MUSL, WINDOWS, MAC, WASI], `all but ${GNU}`],
    [[GNU, MUSL, MAC], 'Linux, macOS'],
    [ALL, ''],
  ])('%p', (some, words) => {
    expect(targetWords(some, ALL)).toBe(words)
  })

  test('a part of a system is named by what its condition asks for, where that tells it from the rest', () => {
    const on = (some: readonly string[]) => ({ some, all: ALL })
    expect(conditionText(['all(target_os = "linux", target_env = "musl")'], on([MUSL]))).toBe('on Linux (musl)')
    expect(conditionText(['target_arch = "x86_64"'], on([GNU, WINDOWS]))).toBe('on Linux (x86_64), Windows')
    expect(conditionText(['all(target_arch = "x86_64", target_env = "gnu")'], on([GNU]))).toBe(`on ${GNU}`)
    const others = ['x86_64-unknown-linux-musl', MUSL]
    expect(conditionText(['all(unix, target_env = "musl")'], { some: [MUSL], all: others })).toBe(`on ${MUSL}`)
  })

  test('a triple that is none is named as it is, escaped', () => {
    expect(targetWords(['my\x1b-os'], ALL)).toBe('my\\u{1b}-os')
  })
})

describe('a condition', () => {
  test.each([
    ['any(windows, target_os = "macos")', [WINDOWS, MAC], 'on Windows, macOS'],
    ['not(target_os = "wasi")', [GNU, MUSL, WINDOWS, MAC], 'on all but WASI'],
    ['all(unix, feature = "x")', [GNU, MUSL, MAC], 'if all(unix, feature = "x")'],
  ])('%s on some targets', (condition, some, text) => {
    expect(conditionText([condition], { some, all: ALL })).toBe(text)
  })

  test('is whole however long it is', () => {
    const long = `any(${[...'abcdefghijklmnop'].map((name) => `feature = "${name}${name}${name}"`).join(', ')})`
    expect(conditionText([long])).toBe(`if ${long}`)
  })

  test('what is on all but a few is not only there', () => {
    expect(onlyText(['unix'], { some: [GNU, MUSL, MAC, WINDOWS], all: ALL })).toBe('on all but WASI')
    expect(onlyText(['unix'], { some: [MAC], all: ALL })).toBe('only on macOS')
  })
})

test('an option that a flag alone sets reads as the flag', () => {
  expect(onlyText(['nightly'])).toBe('only with --cfg nightly')
  expect(onlyText(['not(nightly)'])).toBe('only without --cfg nightly')
  expect(onlyText(['mode = "hard"'])).toBe(`only with --cfg 'mode="hard"'`)
  expect(onlyText(['feature = "x"'])).toBe('only if feature = "x"')
  expect(onlyText(['all(nightly, unix)'])).toBe('only if all(nightly, unix)')
  expect(onlyText([`mode = "${'x'.repeat(80)}"`])).toMatch(/^only if mode/)
})
