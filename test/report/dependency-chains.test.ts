import { expect, test } from '@jest/globals'
import { chainsOf } from '../../src/report/dependency-chains.js'
import type { PackageResult } from '../../src/report/result.js'
import { packageOf, result } from './results.js'

const owner = (id: string, dependencies: readonly string[], local = false): PackageResult => ({
  ...packageOf(id, [], local),
  dependencies: dependencies.map((to) => ({ package: to, kinds: ['normal'] })),
})

test('the chain is a shortest one, from what was asked for; what nothing leads to stands alone', () => {
  const chain = chainsOf(
    result([
      owner('app@1.0.0', ['long@1.0.0', 'short@1.0.0', 'filtered-out@1.0.0'], true),
      owner('deep@1.0.0', ['app@1.0.0']),
      owner('long@1.0.0', ['middle@1.0.0']),
      owner('middle@1.0.0', ['deep@1.0.0']),
      owner('short@1.0.0', ['deep@1.0.0']),
      owner('stray@1.0.0', []),
    ]),
  )
  expect(chain('deep@1.0.0')).toEqual(['app@1.0.0', 'short@1.0.0', 'deep@1.0.0'])
  expect(chain('app@1.0.0')).toEqual(['app@1.0.0'])
  expect(chain('stray@1.0.0')).toEqual(['stray@1.0.0'])
})
