import { expect, test } from '@jest/globals'
import { renderStats } from '../../src/report/stats-text.js'
import { packageOf, result } from './results.js'

const place = { file: 'src/lib.rs', line: 1, column: 1 }

test('what failed most comes first, by reason, package and kind of loss', () => {
  const { coverage, ...rest } = result([packageOf('app@1.0.0', [], true)])
  const failure = (name: string) => ({ reason: 'unknown path', name: 'f', package: name, ...place })
  const text = renderStats({
    ...rest,
    coverage: {
      ...coverage,
      references: { ...coverage.references, unresolved: { 'unknown path': 2, 'unknown receiver': 20, limit: 0 } },
      unresolved: [failure('a@1.0.0'), failure('b@2.0.0'), failure('b@2.0.0')],
      losses: [{ kind: 'proc macro\u001b[31m', what: 'm!', package: 'a@1.0.0', ...place }],
    },
  })
  expect(text).toBe(
    [
      'app 1.0.0   97.8 % of 1000 references resolved',
      '  one function              900   90.00 %',
      '  trait method               50    5.00 %',
      '  function value             28    2.80 %',
      'not resolved',
      '  unknown receiver           20    2.00 %',
      '  unknown path                2    0.20 %',
      'where',
      '  b@2.0.0                                       2',
      '  a@1.0.0                                       1',
      'not read',
      '  proc macro\\u{1b}[31m                          1',
      '',
    ].join('\n'),
  )
})
