/** Errors have three parts and no crate text in them steers a terminal. */
import { expect, test } from '@jest/globals'
import { errorMessage, UsageError } from '../../src/cli/error-message.js'

test('three parts, further lines indented', () => {
  const error = new UsageError('The checksum is wrong', 'expected aa\nfound bb', 'Fetch it again.')
  expect(errorMessage(error, 80)).toBe(
    'error: The checksum is wrong\n  why: expected aa\n       found bb\n  fix: Fetch it again.\n',
  )
})

test('an error of another room is known by its shape', () => {
  const error = Object.assign(new Error('x'), { what: 'a', why: 'b', fix: 'c' })
  expect(errorMessage(error, 80)).toBe('error: a\n  why: b\n  fix: c\n')
})

test('anything else is a defect of ours', () => {
  expect(errorMessage(new TypeError('x is undefined'), 200)).toMatch(
    /^error: caps could not finish\n {2}why: x is undefined\n/,
  )
  expect(errorMessage('thrown', 200)).toContain('why: thrown')
})

test.each([
  ['FileSystemRead', '/a/.git', 'FileSystemRead of /a/.git', 'Allow it: --allow-fs-read=/a/.git'],
  ['WorkerThreads', '', 'WorkerThreads', 'Work without threads: --jobs 1.'],
  ['Unheard', '', 'Unheard', 'Allow it.'],
])('what node --permission denies names the flag: %s', (permission, resource, why, fix) => {
  const denied = Object.assign(new Error('Access'), { code: 'ERR_ACCESS_DENIED', permission, resource })
  expect(errorMessage(denied, 200)).toBe(
    `error: Node was told not to permit what caps needs\n  why: ${why}\n  fix: ${fix}\n`,
  )
})

test('no more file handles are no defect of ours', () => {
  const thrown = Object.assign(new Error('EMFILE: too many open files'), { code: 'EMFILE' })
  expect(errorMessage(thrown, 200)).toBe(
    'error: The system lets caps open no more files\n  why: EMFILE: too many open files\n  fix: Raise the limit: ulimit -n 1024.\n',
  )
})

test('crate text in a message is escaped', () => {
  expect(errorMessage(new UsageError('\x1b[2J', '\u202e', 'ok'), 80)).toBe(
    'error: \\u{1b}[2J\n  why: \\u{202e}\n  fix: ok\n',
  )
})

test.each([40, 60, 80])('no line is wider than %i columns, and nothing of the text is lost', (columns) => {
  const why = `the commands are ${'analyze, why, '.repeat(9)}and what stands in a/${'long/'.repeat(30)}path`
  const source = 'a source line, and where in it:\n      reason = "starts git"\n      ^'
  const lines = errorMessage(new UsageError('There is no command anlyze', why, source), columns)
    .trimEnd()
    .split('\n')
  for (const line of lines) expect(line.length).toBeLessThanOrEqual(columns)
  const plain = (text: string): string => text.replaceAll(/\s+|error:|why:|fix:/g, '')
  expect(plain(lines.join(''))).toBe(plain(`There is no command anlyze${why}${source}`))
  expect(lines.slice(-2)).toEqual(['             reason = "starts git"', '             ^'])
})
