/** Columns fit the width they are given, whatever stands in them. */
import { describe, expect, test } from '@jest/globals'
import { fitPath } from '../../src/report/fit-path.js'
import { cut, cutStart, fitList, fitPlace, padEnd, widthOf } from '../../src/report/layout.js'

test('cut counts columns, not characters', () => {
  expect(cut('読む書く', 5)).toBe('読む…')
  expect(cut('short', 5)).toBe('short')
  expect(widthOf(cut('👩‍👩‍👧‍👦👩‍👩‍👧‍👦👩‍👩‍👧‍👦', 5))).toBeLessThanOrEqual(5)
})

test('padEnd aligns wide text', () => {
  expect(widthOf(padEnd('読む', 8))).toBe(8)
})

describe('fitList', () => {
  const names = ['ripgrep', 'grep-cli', 'walkdir', 'globset']
  test('shows all when they fit', () => expect(fitList(names, 80)).toBe('ripgrep, grep-cli, walkdir, globset'))
  test('counts the rest', () => expect(fitList(names, 26)).toBe('ripgrep, grep-cli, 2 more'))
  test('keeps the first', () => expect(fitList(names, 10)).toBe('ripgrep, …'))
  test('is empty for nothing', () => expect(fitList([], 10)).toBe(''))
})

test('a place keeps its line', () => {
  expect(cutStart('src/flush.rs:17:33', 12)).toBe('…sh.rs:17:33')
  expect(cutStart('short', 12)).toBe('short')
  expect(fitPlace('src/flush.rs:17:33', ['only on linux'], 26)).toBe('src/flush.rs:17:33  only …')
})

describe('fitPath', () => {
  const path = ['app::main', 'search', 'run', 'Command::spawn']
  const pathIn = (width: number): string => fitPath(path, 'std::process::Command::spawn', width)
  test('shows every step when they fit', () => {
    expect(pathIn(80)).toBe('app::main → search → run → std::process::Command::spawn')
  })
  test('leaves out from the middle, and says so', () => {
    expect(pathIn(54)).toBe('app::main → search → … → std::process::Command::spawn')
    expect(pathIn(46)).toBe('app::main → … → std::process::Command::spawn')
  })
  test('shortens the last step before it cuts', () => {
    expect(pathIn(42)).toBe('app::main → search → run → Command::spawn')
    expect(pathIn(32)).toBe('app::main → … → Command::spawn')
    expect(pathIn(20)).toBe('… → Command::spawn')
    expect(pathIn(15)).toBe('… → …::spawn')
  })
})
