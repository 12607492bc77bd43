import { describe, expect, test } from '@jest/globals'
import { canonicalUrl, gitDirectoryNames, registryDirectoryNames } from '../../src/project/cargo-hash.js'
import { DEFAULT_REGISTRY_SOURCE } from '../../src/project/locked-source.js'

// The expected names were seen in directories that cargo made, the new ones by 1.95, the old by cargo before 1.85.
describe('names of cargo’s directories', () => {
  test('of a registry, by either hash', () => {
    const [now, before] = registryDirectoryNames(DEFAULT_REGISTRY_SOURCE.replace('registry+', ''))
    expect([now?.split('-').at(-1), before?.split('-').at(-1)]).toEqual(['25cdd57fae9f0462', '1ecc6299db9ec823'])
  })

  test('a sparse index has another name than the same address by git', () => {
    expect(registryDirectoryNames('sparse+https://host.invalid/i/')[0]).not.toBe(
      registryDirectoryNames('https://host.invalid/i/')[0],
    )
  })

  test('of a git repository', () => {
    expect(gitDirectoryNames('file:///tmp/src-probe/g')[0]).toBe('g-de012554b73cddd4')
    expect(gitDirectoryNames('file:///tmp/src-probe/g.git/')[0]).toBe('g-de012554b73cddd4')
  })

  test('addresses are compared as cargo compares them', () => {
    expect(
      ['https://GitHub.com/Foo/Bar.git/', 'ssh://git@host.invalid/A/B.git', 'https://host.invalid/b?x=1', 'no url'].map(
        canonicalUrl,
      ),
    ).toEqual(['https://github.com/foo/bar', 'ssh://git@host.invalid/A/B', 'https://host.invalid/b?x=1', 'no url'])
  })
})
