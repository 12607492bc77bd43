/** An analysis of much is told in short, names everything that there is, and says how to see the rest. */
import { expect, test } from '@jest/globals'
import { STAGES } from '../../src/base/index.js'
import { CAPABILITIES } from '../../src/capabilities/index.js'
import { renderText } from '../../src/report/text.js'
import { finding, packageOf, result, step } from './results.js'

/** Every capability there is, in all stages: a screen and little more. */
const SCREEN = 64
const path = [step('helper::run', 'helper@1.0.0 src/lib.rs:1:4'), step('std::act', 'helper@1.0.0 src/lib.rs:2:5')]
const everything = result([
  packageOf('app@1.0.0', [], true),
  packageOf(
    'helper@1.0.0',
    CAPABILITIES.flatMap((capability) =>
      STAGES.filter((stage) => stage !== 'test').map((stage) => finding(capability, { stage, path })),
    ),
  ),
  packageOf(
    'maybe@1.0.0',
    CAPABILITIES.map((capability) =>
      finding(capability, { certainty: 'possible', path: [step('maybe::run', 'maybe@1.0.0 src/lib.rs:1:4')] }),
    ),
  ),
])
const draw = (given = {}): string =>
  renderText(everything, { columns: 100, colour: false, showUnanalyzed: false, command: 'caps analyze app', ...given })

test('in short it has every capability, and a path for the most serious', () => {
  const lines = draw().split('\n')
  expect(lines.length).toBeLessThanOrEqual(SCREEN)
  for (const capability of CAPABILITIES) {
    const named = lines.filter((line) => ` ${line} `.includes(` ${capability} `))
    expect({ capability, certain: named.some((line) => !line.includes('possible')) }).toEqual({
      capability,
      certain: true,
    })
    expect(draw()).toContain(`${capability} (maybe)`)
  }
  expect(draw()).toContain('caps analyze app --show all')
})

test('what the path would say of where it applies stands beside the packages', () => {
  expect(
    draw()
      .split('\n')
      .filter((line) => line.startsWith('fs/meta')),
  ).toEqual([expect.stringMatching(/^fs\/meta +certain +helper {2}1 site {2}not reached$/)])
})

test('whole, it has each row with its path', () => {
  const text = draw({ whole: true })
  expect(text).not.toContain('--show all')
  expect(text.match(/helper::run → std::act/g)?.length).toBeGreaterThan(30)
})
