/** The command that a report suggests can be typed as it stands. */
import { expect, test } from '@jest/globals'
import { shellWord } from '../../src/report/shell-word.js'

test.each([
  ['ripgrep@15.2.0', 'ripgrep@15.2.0'],
  ['../my crate', "'../my crate'"],
  ["it's", "'it'\\''s'"],
  ['$(reboot)', "'$(reboot)'"],
])('%s', (word, expected) => {
  expect(shellWord(word)).toBe(expected)
})
