/** A check that looked at less than its policy is about says so before anything else, in each format. */
import { expect, test } from '@jest/globals'
import { renderCheck } from '../../src/report/check-text.js'
import { checkGithub, checkSarif } from '../../src/report/code-scanning.js'
import { checkMarkdown } from '../../src/report/markdown-check.js'
import { narrowingOf } from '../../src/review/narrowing.js'
import { check } from './reviews.js'

const narrowed = check([], { narrowedBy: ['--entry main', '-p \u001b[31mx'] })
const firstLine = (text: string): string => text.split('\n', 1)[0] as string

test('in its first line', () => {
  const line = firstLine(renderCheck(narrowed, { columns: 100, colour: false }))
  expect(line).toBe('app 1.0.0   2 packages, held against caps.toml, only in part: --entry main -p \\u{1b}[31mx')
  expect(checkMarkdown(narrowed).split('\n', 3).join(' ')).toMatch(/✓ Allowed: .*, only in part: `--entry main`/)
  expect(firstLine(checkGithub(narrowed))).toBe(
    '::warning title=caps%3A only in part::Only a part was held against the policy: --entry main -p \\u{1b}[31mx',
  )
  expect(checkSarif(narrowed)).toContain('Only a part was held against the policy: --entry main -p')
})

test('and one that looked at all says nothing', () => {
  const whole = check([])
  for (const text of [
    renderCheck(whole, { columns: 100, colour: false }),
    checkMarkdown(whole),
    checkGithub(whole),
    checkSarif(whole),
  ])
    expect(text).not.toMatch(/part/)
})

test('which options those are', () => {
  expect(narrowingOf({})).toEqual([])
  expect(
    narrowingOf({ entry: 'main', packages: ['a', 'b'], target: ['t'], noDefaultFeatures: true, allowMissing: true }),
  ).toEqual(['--entry main', '-p a', '-p b', '--target t', '--no-default-features', '--allow-missing'])
  expect(narrowingOf({ packages: [], target: [], noDefaultFeatures: false })).toEqual([])
})
