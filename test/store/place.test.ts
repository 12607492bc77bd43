import { expect, test } from '@jest/globals'
import { storeDirectory } from '../../src/store/index.js'

test.each([
  ['its own variable', { CAPS_CACHE_DIR: '/own', XDG_CACHE_HOME: '/xdg' }, 'linux', '/own'],
  ['XDG', { XDG_CACHE_HOME: '/xdg' }, 'linux', '/xdg/caps'],
  ['XDG on macOS too', { XDG_CACHE_HOME: '/xdg' }, 'darwin', '/xdg/caps'],
  ['Linux', {}, 'linux', '/home/u/.cache/caps'],
  ['macOS', {}, 'darwin', '/home/u/Library/Caches/caps'],
  ['Windows', { LOCALAPPDATA: '/local' }, 'win32', '/local/caps/cache'],
  // Relative to whatever directory caps is started in, which may be the crate.
  ['a relative path is none', { CAPS_CACHE_DIR: 'target/cache', XDG_CACHE_HOME: '.' }, 'linux', '/home/u/.cache/caps'],
] as const)('%s', (_, environment, platform, expected) => {
  expect(storeDirectory(environment, platform, '/home/u')).toBe(expected)
})

test('without a home there is none', () => {
  expect(storeDirectory({}, 'linux', '')).toBeUndefined()
  // As above: it would be made in the crate.
  expect(storeDirectory({}, 'linux', 'home/u')).toBeUndefined()
  expect(storeDirectory({}, 'darwin', '.')).toBeUndefined()
})
