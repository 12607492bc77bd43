/** Errors have three parts and no crate text in them steers a terminal. */
import { expect, test } from '@jest/globals'
import { errorMessage, UsageError } from '../../src/cli/error-message.js'

test('three parts, further lines indented', () => {
  const error = new UsageError('The checksum is wrong', 'expected aa\nfound bb', 'Fetch it again.')
  expect(errorMessage(error)).toBe(
    'error: The checksum is wrong\n  why: expected aa\n       found bb\n  fix: Fetch it again.\n',
  )
})

test('an error of another room is known by its shape', () => {
  const error = Object.assign(new Error('x'), { what: 'a', why: 'b', fix: 'c' })
  expect(errorMessage(error)).toBe('error: a\n  why: b\n  fix: c\n')
})

test('anything else is a defect of ours', () => {
  expect(errorMessage(new TypeError('x is undefined'))).toMatch(
    /^error: caps could not finish\n {2}why: x is undefined\n/,
  )
  expect(errorMessage('thrown')).toContain('why: thrown')
})

test('crate text in a message is escaped', () => {
  expect(errorMessage(new UsageError('\x1b[2J', '\u202e', 'ok'))).toBe(
    'error: \\u{1b}[2J\n  why: \\u{202e}\n  fix: ok\n',
  )
})
