import { beforeAll, describe, expect, test } from '@jest/globals'
import { initSyntax, parseFile, parseFragment } from '../../src/syntax/index.js'

beforeAll(initSyntax)

describe('text that cannot be read is recorded, and what is around it is read', () => {
  test('items before and behind', () => {
    const facts = parseFile('fn a() {}\nstruct ) (;\nfn b() {}')
    expect(facts.errors.length).toBeGreaterThan(0)
    expect(facts.items.filter((item) => item.k === 'fn').map((item) => item.name)).toEqual(['a', 'b'])
    expect(facts.items.some((item) => item.k === 'error')).toBe(true)
  })

  test('an item that swallows those behind it is read alone', () => {
    const facts = parseFile(
      'use a::b;\nfn first() {}\nimpl X { fn y( -> ; }\nconst N: S = S { a: 1 };\npub(in crate::a) fn last() { f(g) }',
    )
    expect(facts.items.flatMap((item) => ('name' in item ? [item.name] : []))).toEqual(
      expect.arrayContaining(['first', 'N', 'last']),
    )
    expect(facts.errors.length).toBeGreaterThan(0)
    expect(facts.errors.every((error) => error.at >= 24 && error.end <= 45)).toBe(true)
    const last = facts.items.at(-1)
    expect(last?.k === 'fn' && last.body !== undefined).toBe(true)
  })

  test('something missing', () => {
    expect(parseFile('fn a() { let x = 1 }').errors).toEqual([{ at: 18, end: 18 }])
  })

  test('what only the grammar cannot read in macro rules and macro input is no error', () => {
    expect(parseFile('macro_rules! m { ($x:ident, $) => { 1 }; [$] => { $crate::a }; }').errors).toEqual([])
  })

  test('macro input whose delimiters do not match is one', () => {
    expect(parseFile('m! { \u0000 } fn f() {}').errors.length).toBeGreaterThan(0)
    expect(parseFile('fn f() { m!( ] ) }').errors.length).toBeGreaterThan(0)
  })

  test('errors are in the order of the text, each once', () => {
    const { errors } = parseFile('fn a() { ) } fn b() { ] }')
    expect(errors).toEqual([...errors].sort((a, b) => a.at - b.at))
    expect(new Set(errors.map((error) => `${error.at}-${error.end}`)).size).toBe(errors.length)
  })

  test('no text at all', () => {
    expect(parseFile('')).toEqual({ items: [], attrs: [], bodies: [], errors: [] })
  })

  test.each([
    '',
    '\u0000',
    '}',
    '{',
    '#[',
    '#![',
    'fn',
    'use',
    'macro_rules! m',
    '"',
    "'",
    '/*',
    '<<<<',
    'impl',
    '\ud800',
  ])('%j does not throw', (text) => {
    parseFile(text)
    for (const kind of ['items', 'statements', 'expression', 'pattern', 'type', 'trait items'] as const) {
      parseFragment(text, kind)
    }
  })
})

describe('hostile nesting ends in an error node, not in a full stack', () => {
  const DEEP = 5000
  test.each([
    ['parentheses', `fn f() { ${'('.repeat(DEEP)}1${')'.repeat(DEEP)} }`],
    ['blocks', `fn f() { ${'{ let x = '.repeat(DEEP)}1${'; x }'.repeat(DEEP)} }`],
    ['functions', 'fn f() {'.repeat(DEEP) + '}'.repeat(DEEP)],
    ['modules', 'mod m {'.repeat(DEEP) + '}'.repeat(DEEP)],
    ['types', `type T = ${'A<'.repeat(DEEP)}u8${'>'.repeat(DEEP)};`],
    ['patterns', `fn f() { let ${'A('.repeat(DEEP)}x${')'.repeat(DEEP)} = 1; }`],
    ['methods', `fn f() { x${'.a()'.repeat(DEEP)} }`],
    ['use lists', `use ${'a::{'.repeat(DEEP)}b${'}'.repeat(DEEP)};`],
    ['else if', `fn f() { ${'if x {} else '.repeat(DEEP)}{} }`],
  ])('%s', (_name, text) => {
    expect(parseFile(text).errors.length).toBeGreaterThan(0)
  })

  test.each([
    ['alternatives', `fn f() { match x { ${'A | '.repeat(DEEP)}B => 1 } }`],
    ['path segments', `fn f() { a${'::a'.repeat(DEEP)} }`],
    ['bounds', `fn f<T: A${' + A'.repeat(DEEP)}>() {}`],
    ['token trees', `m! { ${'['.repeat(DEEP)}${']'.repeat(DEEP)} }`],
    ['attribute lists', `#[a${'(a'.repeat(DEEP)}${')'.repeat(DEEP)}] fn f() {}`],
  ])('%s are no nesting', (_name, text) => {
    expect(parseFile(text).errors).toEqual([])
  })
})

describe('text that the grammar does not know, and rustc does', () => {
  test.each([
    'pub const trait T: [const] A + const B {}',
    'const unsafe trait T {}',
    'impl<T: [const] A> const B for T {}',
    'const impl<T> A<T> {}',
    'default impl<T> A for T { default type X = u8; default const N: u8 = 1; default fn f() {} }',
    'fn f() { super let x = 1; }',
    'fn f() { parse::<raw>() }',
    'pub(self) macro m($a:expr) { $a }',
  ])('%s', (text) => {
    expect(parseFile(text).errors).toEqual([])
  })

  test('names are read from the text as it is', () => {
    const facts = parseFile('type T = A<raw>; const trait X {}')
    expect(facts.errors).toEqual([])
    expect(facts.items).toMatchObject([
      { ty: { path: { segments: [{ args: { args: [{ path: { segments: [{ name: 'raw' }] } }] } }] } } },
      { k: 'trait', name: 'X', nameAt: 29 },
    ])
  })

  test('a character beyond U+FFFF on the edge of a piece that the parser reads is not cut in half', () => {
    for (let pad = 0; pad < 4; pad++) {
      const text = `const X: &[&str] = &[${' '.repeat(pad)}${'"😀", '.repeat(3000)}];`
      expect(parseFile(text).errors).toEqual([])
    }
  })
})

describe('fragments', () => {
  test('an expression that breaks its frame is an error', () => {
    for (const text of ['a) + (b', 'a, b', 'a;', 'a }', '} fn g() {']) {
      const { expr, facts } = parseFragment(text, 'expression')
      expect(facts.errors.length).toBeGreaterThan(0)
      expect(expr?.k === 'error' || facts.errors.length > 0).toBe(true)
    }
  })

  test('nothing is no expression', () => {
    expect(parseFragment('', 'expression')).not.toHaveProperty('expr')
    expect(parseFragment(' /* x */ // y', 'expression')).not.toHaveProperty('expr')
  })

  test('a line comment at the end does not swallow the frame', () => {
    expect(parseFragment('a // b', 'expression').expr).toMatchObject({ k: 'path', at: 0, end: 1 })
  })

  test.each([
    ['items', 'fn a() {} m!(); struct B;', ['fn', 'macro call', 'struct']],
    ['trait items', 'fn a(&self); type B; const C: u8;', ['fn', 'type', 'const']],
    ['impl items', 'pub fn a(&self) {} m! {}', ['fn', 'macro call']],
    ['foreign items', 'fn a(...); static B: u8; type C;', ['fn', 'static', 'type']],
  ] as const)('%s', (kind, text, kinds) => {
    const { facts } = parseFragment(text, kind)
    expect(facts.errors).toEqual([])
    expect(facts.items.map((item) => item.k)).toEqual(kinds)
    expect(facts.items[0]).toMatchObject({ at: 0 })
  })

  test('pattern and type', () => {
    expect(parseFragment('mut x', 'pattern').pat).toMatchObject({ k: 'bind', mut: true })
    expect(parseFragment('A | B', 'pattern').pat).toMatchObject({ k: 'or' })
    expect(parseFragment('x if y', 'pattern').pat?.k).toBe('error')
    expect(parseFragment('dyn A + B', 'type').ty).toMatchObject({ k: 'dyn' })
    expect(parseFragment('+', 'type').facts.errors.length).toBeGreaterThan(0)
  })
})
