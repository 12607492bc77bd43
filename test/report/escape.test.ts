/** Law 4: no text of a crate steers a terminal, breaks a line or hides. */
import { describe, expect, test } from '@jest/globals'
import { escapedJson, escapeText } from '../../src/report/escape.js'

describe('escapeText', () => {
  test.each([
    ['an escape sequence', '\x1b[2J\x1b]0;owned\x07', '\\u{1b}[2J\\u{1b}]0;owned\\u{7}'],
    ['a C1 control', '\x9b31m', '\\u{9b}31m'],
    ['line breaks', 'a\nb\rc\u2028d', 'a\\nb\\u{d}c\\u{2028}d'],
    ['a right-to-left override', 'user\u202e⁦nimda', 'user\\u{202e}\\u{2066}nimda'],
    ['zero width characters', 're\u200bad\ufeff\u2060', 're\\u{200b}ad\\u{feff}\\u{2060}'],
    ['data in variation selectors and tags', 'a\ufe0f\u{e0101}\u{e0041}', 'a\\u{fe0f}\\u{e0101}\\u{e0041}'],
    ['letters drawn as nothing', 'x\u3164\u115f', 'x\\u{3164}\\u{115f}'],
    ['a command to the log of a CI job', 'x ##[add-path]/tmp', 'x #\\u{23}[add-path]/tmp'],
    ['half a surrogate pair', 'a\ud800b', 'a\\u{d800}b'],
  ])('spells %s out', (_, text, escaped) => {
    expect(escapeText(text)).toBe(escaped)
  })

  test('leaves what can be read', () => {
    expect(escapeText('größe 読む données → 😀 a::b')).toBe('größe 読む données → 😀 a::b')
  })
})

test('escapedJson reads back as the same text and shows no control', () => {
  const value = { 'k\u202e': 'a\x1b[0m\u200b\u{e0041}\n"\\ ##[error]x' }
  const text = escapedJson(value, 2)
  expect(JSON.parse(text)).toEqual(value)
  expect(text).toMatch(/^[\n\x20-\x7e]*$/)
  expect(text).not.toContain('##[')
})
