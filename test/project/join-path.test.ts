// Where a path leads in its package, and where only the links know.
import { expect, test } from '@jest/globals'
import { joinPath } from '../../src/project/join-path.js'

const links = ['l', 'src/l', 'src/a\\b.rs']

test.each([
  ['src', 'a.rs', 'src/a.rs'],
  ['src', './x//../a.rs', 'src/a.rs'],
  ['src', '../a.rs', 'a.rs'],
  ['src', '../../a.rs', undefined],
  ['', '/etc/a.rs', undefined],
  ['', 'C:/a.rs', undefined],
  ['src', 'l/a.rs', 'src/l/a.rs'],
  ['src', 'l/../a.rs', undefined],
  ['src/l', '../a.rs', undefined],
  ['', 'l/d/../a.rs', 'l/a.rs'],
  ['src', 'm\\a.rs', 'src/m/a.rs'],
  ['src', 'a\\b.rs', undefined],
])('%j and %j', (dir, path, expected) => {
  expect(joinPath(dir, path, (one) => links.includes(one))).toBe(expected)
})
