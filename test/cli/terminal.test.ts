/** Who decides about colours, in which order. */
import { expect, test } from '@jest/globals'
import { wantsColour } from '../../src/cli/terminal.js'

test.each([
  ['a terminal is coloured', 'auto', {}, true, true],
  ['a file is not', 'auto', {}, false, false],
  ['the option beats everything', 'always', { NO_COLOR: '1' }, false, true],
  ['and the other way round', 'never', { CARGO_TERM_COLOR: 'always' }, true, false],
  ['NO_COLOR beats CARGO_TERM_COLOR', 'auto', { NO_COLOR: '1', CARGO_TERM_COLOR: 'always' }, true, false],
  ['an empty NO_COLOR says nothing', 'auto', { NO_COLOR: '' }, true, true],
  ['CARGO_TERM_COLOR=always colours a file', 'auto', { CARGO_TERM_COLOR: 'always' }, false, true],
  ['CARGO_TERM_COLOR=never', 'auto', { CARGO_TERM_COLOR: 'never' }, true, false],
  ['a dumb terminal is not coloured', 'auto', { TERM: 'dumb' }, true, false],
] as const)('%s', (_, choice, environment, terminal, expected) => {
  expect(wantsColour(choice, environment, terminal)).toBe(expected)
})
