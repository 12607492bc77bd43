/** The dependency graph as a tree: every package unfolds once, nearest to the top, and circles end. */
import { describe, expect, test } from '@jest/globals'
import { dependencyTree } from '../../src/report/page/dependency-tree.js'

/** `app: a b` is a package with its dependencies; the first one was asked for. */
function tree(lines: readonly string[], own: Readonly<Record<string, readonly string[]>> = {}) {
  const packages = lines.map((line, index) => {
    const [id = '', ...others] = line.split(/[: ]+/).filter((word) => word !== '')
    return { id, local: index === 0, dependencies: others.map((other) => ({ package: other, kinds: ['normal'] })) }
  })
  return dependencyTree(packages, (id) => own[id] ?? [])
}
const ids = (children: readonly { readonly id: string }[]): string[] => children.map(({ id }) => id)

describe('the tree', () => {
  test('unfolds a package where it is nearest to the top, and only there', () => {
    const found = tree(['app: a b', 'a: c', 'b: a', 'c:'])
    expect(found.childrenOf('app')).toMatchObject([
      { id: 'a', unfolds: true },
      { id: 'b', unfolds: true },
    ])
    expect(found.childrenOf('b')).toMatchObject([{ id: 'a', unfolds: false }])
    expect(found.chainOf('c')).toEqual(['app', 'a', 'c'])
  })

  test('ends in circles, and names what nothing depends on', () => {
    const found = tree(['app: a', 'a: b', 'b: a app', 'lost: lost2', 'lost2:'], { b: ['exec'] })
    expect(ids(found.roots)).toEqual(['app', 'lost'])
    expect([...found.withBelow('a')].sort()).toEqual(['a', 'app', 'b'])
    expect(found.capabilitiesWithin('app')).toEqual(['exec'])
    expect(found.childrenOf('b').map(({ unfolds }) => unfolds)).toEqual([false, false])
  })

  test('puts what leads to the most serious first', () => {
    const found = tree(['app: a b c d', 'a:', 'b: e', 'c:', 'd:', 'e:'], { c: ['fs/read'], e: ['exec'], d: ['time'] })
    expect(ids(found.childrenOf('app'))).toEqual(['b', 'c', 'd', 'a'])
  })
})
