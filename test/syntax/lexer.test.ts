import { describe, expect, test } from '@jest/globals'
import { lex, matchDelimiters, skipTrivia } from '../../src/syntax/lexer.js'

function shown(text: string): string {
  return lex(text, 0, text.length)
    .map((token) => `${token.kind}:${token.text}`)
    .join(' ')
}

describe('tokens', () => {
  test.each([
    ['r#type x _', 'ident:r#type ident:x ident:_'],
    [
      "'a' 'a '\\'' '\\u{1F600}' b'\\n' 'r#x '😀'",
      "literal:'a' lifetime:'a literal:'\\'' literal:'\\u{1F600}' literal:b'\\n' lifetime:'r#x literal:'😀'",
    ],
    ['1..2', 'literal:1 punct:. punct:. literal:2'],
    [
      '1.0 1. 1.foo() 1._x',
      'literal:1.0 literal:1. literal:1 punct:. ident:foo open:( close:) literal:1 punct:. ident:_x',
    ],
    ['0x_ff_u8 0b1 1e-3f64 1E+5 1_000', 'literal:0x_ff_u8 literal:0b1 literal:1e-3f64 literal:1E+5 literal:1_000'],
    ['0xe+1', 'literal:0xe punct:+ literal:1'],
    ['x.0.1', 'ident:x punct:. literal:0.1'],
    [
      '"a\\"b" b"c" c"d" r"\\" br#"""# cr##"#"##',
      'literal:"a\\"b" literal:b"c" literal:c"d" literal:r"\\" literal:br#"""# literal:cr##"#"##',
    ],
    ['"a"suffix 1u8', 'literal:"a"suffix literal:1u8'],
    ['a /* b /* c */ d */ e // f\ng', 'ident:a ident:e ident:g'],
    ['größe', 'ident:größe'],
    ['$crate::x', 'punct:$ ident:crate punct:: punct:: ident:x'],
    ['b c r br', 'ident:b ident:c ident:r ident:br'],
    ['r # x', 'ident:r punct:# ident:x'],
  ])('%s', (text, tokens) => {
    expect(shown(text)).toBe(tokens)
  })

  test('joint tells `&&` from `& &`', () => {
    expect(lex('&& & &a', 0, 7).map((token) => token.joint)).toEqual([true, false, false, false, false])
  })

  test('places are offsets into the whole text', () => {
    expect(lex('ab cd ef', 3, 5)).toMatchObject([{ text: 'cd', at: 3, end: 5 }])
  })
})

describe('doc comments are the attributes that rustc makes of them', () => {
  test.each([
    ['/// a "b"\nx', 'punct:# open:[ ident:doc punct:= literal:" a \\"b\\"" close:] ident:x'],
    ['//! a', 'punct:# punct:! open:[ ident:doc punct:= literal:" a" close:]'],
    ['/** a */', 'punct:# open:[ ident:doc punct:= literal:" a " close:]'],
    ['//// a', ''],
    ['/*** a */', ''],
    ['/**/', ''],
  ])('%s', (text, tokens) => {
    expect(shown(text)).toBe(tokens)
  })

  test('all of it has the place of the comment', () => {
    for (const token of lex('  /// a', 0, 7)) expect([token.at, token.end]).toEqual([2, 7])
  })
})

describe('input without an end', () => {
  test.each([
    ['"abc', 'error:"abc'],
    ['r#"abc"', 'error:r#"abc"'],
    ['/* /* */', 'error:/* /* */'],
    ["'\\", "error:' error:\\"],
    ["'", "error:'"],
    ['\u0000', 'error:\u0000'],
    ['😀', 'error:😀'],
  ])('%s', (text, tokens) => {
    if (text === "'\\") expect(lex(text, 0, 2).some((token) => token.kind === 'error')).toBe(true)
    else expect(shown(text)).toBe(tokens)
  })

  test('hostile input takes linear time', () => {
    for (const piece of ["'\\", '"', '/*', 'r#"', "b'", '1e', '#', '\\', "'"]) {
      const text = piece.repeat(50_000)
      const before = performance.now()
      lex(text, 0, text.length)
      expect(performance.now() - before).toBeLessThan(2000)
    }
  })
})

describe('delimiters', () => {
  test('each knows its partner', () => {
    const match = matchDelimiters(lex('a(b[c]{})', 0, 9))
    expect(match && [...match]).toEqual([-1, 8, -1, 5, -1, 3, 7, 6, 1])
  })
  test.each(['(]', '(', ')', '([)]'])('%s do not match', (text) => {
    expect(matchDelimiters(lex(text, 0, text.length))).toBeUndefined()
  })
})

test('skipTrivia passes over white space and comments', () => {
  expect(skipTrivia('  // a\n /* b */ x', 0, 17)).toBe(16)
  expect(skipTrivia('  ', 0, 2)).toBe(2)
  expect(skipTrivia(' /x', 0, 3)).toBe(1)
})
