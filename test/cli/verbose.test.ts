/** What --verbose tells, with a clock of the test's. */
import { expect, test } from '@jest/globals'
import { progressOf } from '../../src/cli/progress.js'
import { verboseLog } from '../../src/cli/verbose.js'

test('each step with its seconds, and what is looked at', () => {
  const lines: string[] = []
  let clock = 0
  const log = verboseLog(
    (line) => lines.push(line),
    () => clock,
  )
  log.report({ step: 'resolving' })
  clock = 1500
  log.report({ step: 'fetching', packages: 2, names: ['a@1.0.0', 'b@\u001b[2J'] })
  log.report({
    step: 'choosing',
    targets: ['x86_64-unknown-linux-gnu'],
    features: [
      { package: 'a@1.0.0', features: ['default', 'std'] },
      { package: 'b@2.0.0', features: [] },
    ],
  })
  clock = 2000
  log.report({ step: 'parsing', package: '1 of 2 files' })
  clock = 2100
  log.report({ step: 'parsing', package: '2 of 2 files' })
  clock = 2250
  log.clear()
  log.clear()
  expect(lines).toEqual([
    'caps:    1.50 s  resolving\n',
    'caps: fetching with cargo: a@1.0.0, b@\\u{1b}[2J\n',
    'caps:    0.00 s  fetching\n',
    'caps: targets: x86_64-unknown-linux-gnu\n',
    'caps: packages: 2\n',
    'caps: features of a@1.0.0: default, std\n',
    'caps:    0.50 s  choosing\n',
    'caps:    0.25 s  parsing\n',
  ])
})

test('long lists are cut, and say so', () => {
  const lines: string[] = []
  const names = Array.from({ length: 60 }, (_, index) => `p${index}@1.0.0`)
  verboseLog(
    (line) => lines.push(line),
    () => 0,
  ).report({ step: 'choosing', targets: names, features: names.map((id) => ({ package: id, features: ['std'] })) })
  expect(lines[0]).toMatch(/p49@1\.0\.0, 10 more\n$/)
  expect(lines.at(-1)).toBe('caps: features of 10 more packages\n')
})

test('quiet and verbose exclude each other', () => {
  expect(() => progressOf({ quiet: true, verbose: true })).toThrow('exclude each other')
})
