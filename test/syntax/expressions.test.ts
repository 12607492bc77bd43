import { beforeAll, describe, expect, test } from '@jest/globals'
import { initSyntax, parseFragment } from '../../src/syntax/index.js'
import { showExpr, showStmt } from './show.js'

beforeAll(initSyntax)

function expr(text: string): string {
  const { facts, expr } = parseFragment(text, 'expression')
  expect(facts.errors).toEqual([])
  return expr ? showExpr(expr) : ''
}
function block(text: string): string {
  const { facts, stmts = [], tail } = parseFragment(text, 'statements')
  expect(facts.errors).toEqual([])
  return [...stmts.map(showStmt), ...(tail ? [showExpr(tail)] : [])].join(' ')
}

describe('expressions keep the structure that rustc sees', () => {
  test.each([
    ['-x as u32', '((-x) as u32)'],
    ['a == b | c', '(a == (b | c))'],
    ['a << b + c', '(a << (b + c))'],
    ['a && b || c && d', '((a && b) || (c && d))'],
    ['*a.b', '(*a.b)'],
    ['&mut *x', '(&mut (*x))'],
    ['&raw const (*x).y', '(&raw (*x).y)'],
    ['&raw mut x', '(&raw mut x)'],
    ['&raw.y', '(&raw.y)'],
    ['..=b + 1', '(..=(b + int "1"))'],
    ['&x[..=3]', '(&x[(..=int "3")])'],
    ['..', '(..)'],
    ['a..', '(a..)'],
    ['x += y', '(x += y)'],
    ['(a, _) = b', '((a, _,) = b)'],
    ['x.await?.y', 'x.await?.y'],
    ['return || x', 'return || x'],
    ['return a || b', 'return (a || b)'],
    ["break 'a x", "break 'a x"],
    ["'a: loop { continue 'a }", "'a: loop { continue 'a }"],
    ['(x)', 'x'],
    ['(x,)', '(x,)'],
    ['()', '()'],
    ['[x; 3]', '[x; int "3"]'],
    ['[#[cfg(a)] x, y]', '[x, y]'],
  ])('%s', (text, shown) => {
    expect(expr(text)).toBe(shown)
  })
})

describe('calls, methods and fields', () => {
  test.each([
    ['a::b(c)', 'a::b(c)'],
    ['x.m::<T>(y)', 'x.m<T>(y)'],
    ['(x.f)(y)', 'x.f(y)'],
    ['x.0(y)', 'x.0(y)'],
    ['x.0.1', 'x.0.1'],
    ['1.max(2)', 'int "1".max(int "2")'],
    ['a::<T>::b::<U>(c)', 'a<T>::b<U>(c)'],
    ['<T as U>::x::<Y>(d)', '<T as U>::x<Y>(d)'],
    ['<[u8]>::len(x)', '<[u8]>::len(x)'],
    ['::std::mem::drop(x)', '::std::mem::drop(x)'],
    ['r#type.r#fn()', 'type.fn()'],
    ['vec![1].len()', 'vec!.len()'],
  ])('%s', (text, shown) => {
    expect(expr(text)).toBe(shown)
  })

  test('a field that holds a function is called, a method is not a field', () => {
    expect(parseFragment('(x.f)(y)', 'expression').expr?.k).toBe('call')
    expect(parseFragment('x.0(y)', 'expression').expr?.k).toBe('call')
    expect(parseFragment('x.f(y)', 'expression').expr?.k).toBe('method')
  })

  test('places are those of the name itself', () => {
    const { expr } = parseFragment('aa . r#bb::<C>()', 'expression')
    expect(expr).toMatchObject({ k: 'method', name: 'bb', nameAt: 5, at: 0, end: 16 })
    expect(parseFragment('x\n.await', 'expression').expr).toMatchObject({ k: 'await', nameAt: 3 })
    expect(parseFragment('a + b', 'expression').expr).toMatchObject({ k: 'binary', opAt: 2 })
  })
})

describe('control flow', () => {
  test.each([
    ['if let A = a && b && let C = c {}', 'if ((let A = a && b) && let C = c) {  }'],
    ['if a {} else if b {} else {}', 'if a {  } else if b {  } else {  }'],
    [
      'match x { A | B if c => 1, -1..=2 => {} _ => 3 }',
      'match x { A | B if c => int "1", (-int "1")..int "2" => {  }, _ => int "3" }',
    ],
    ['match x { Some(y) if let Z = y => 1 }', 'match x { Some(y) if let Z = y => int "1" }'],
    ['async move { x }', 'async { x }'],
    ['unsafe { x }', 'unsafe { x }'],
    ['const { x }', 'const { x }'],
    ['async move |x: u8| -> u8 { x }', 'async move |x: u8| -> u8 { x }'],
    ['|mut x: u8, _, &(a, b)| x', '|mut x: u8, _, &(a, b,)| x'],
    ['for (a, mut b) in 0..n {}', 'for (a, mut b,) in (int "0"..n) {  }'],
    ["'a: { break 'a 1 }", '\'a: { break \'a int "1" }'],
  ])('%s', (text, shown) => {
    expect(expr(text)).toBe(shown)
  })
})

describe('struct literals', () => {
  test('shorthand, base, conditional fields', () => {
    expect(expr('S { x, y: 1, ..b }')).toBe('S { x: x, y: int "1", ..b }')
    const { expr: literal } = parseFragment('S { #[cfg(unix)] x: 1 }', 'expression')
    expect(literal).toMatchObject({ fields: [{ name: 'x', cfg: { k: 'option', name: 'unix' } }] })
  })
})

describe('statements', () => {
  test('let with else, type, mut', () => {
    expect(block('let mut x: u8 = 1; let Some(y) = z else { return };')).toBe(
      'let mut x: u8 = int "1"; let Some(y) = z else { return };',
    )
  })

  test('a block-like expression at the end is the value, before the end a statement', () => {
    expect(block('if a {} if b {}')).toBe('if a {  } if b {  }')
    expect(parseFragment('if a {}', 'statements')).toMatchObject({ stmts: [], tail: { k: 'if' } })
    expect(parseFragment('if a {};', 'statements')).toMatchObject({ stmts: [{ k: 'expr', semi: true }] })
  })

  test('a block-like statement ends before an operator', () => {
    expect(block('if a {} *b = 1;')).toBe('if a {  } ((*b) = int "1");')
    expect(block('unsafe { a } &b')).toBe('unsafe { a } (&b)')
  })

  test('macros in statement position, with the attributes before them', () => {
    const method = parseFragment('#[cfg(unix)] a.b(c)?.d = e; f', 'statements')
    expect(method.stmts?.[0]).toMatchObject({ semi: true, cfg: { k: 'option', name: 'unix' } })
    const { stmts, tail } = parseFragment('#[cfg(unix)] a!(x); b! { y } c!()', 'statements')
    expect(stmts?.map((stmt) => stmt.k)).toEqual(['macro', 'macro'])
    expect(stmts?.[0]).toMatchObject({ semi: true, cfg: { k: 'option', name: 'unix' } })
    expect(tail).toMatchObject({ k: 'macro', call: { delimiter: '(' } })
  })

  test('a macro with braces is a statement at the end too: it may expand to statements', () => {
    const { stmts, tail } = parseFragment('a! { x }', 'statements')
    expect(stmts).toMatchObject([{ k: 'macro', semi: false, call: { delimiter: '{', tokens: { at: 4, end: 7 } } }])
    expect(tail).toBeUndefined()
  })

  test('items among statements', () => {
    expect(block('fn f() {} use a::b; x')).toBe('item fn f; item use ; x')
  })
})

describe('literals', () => {
  test.each([
    ['"a\\n\\x41\\u{1F600}\\\n   b"', { k: 'str', value: 'a\nA😀b' }],
    ['r#"a"b\\n"#', { k: 'str', value: 'a"b\\n' }],
    ['b"\\xff"', { k: 'bytes', value: 'ÿ' }],
    ['br"\\"', { k: 'bytes', value: '\\' }],
    ['c"x"', { k: 'cstr', value: 'x' }],
    ["'\\''", { k: 'char' }],
    ["b'a'", { k: 'byte' }],
    ['0x_ff_u8', { k: 'int', value: '255', suffix: 'u8' }],
    ['1_000', { k: 'int', value: '1000' }],
    ['340282366920938463463374607431768211455', { k: 'int', value: '340282366920938463463374607431768211455' }],
    ['1f32', { k: 'float', suffix: 'f32' }],
    ['1e3f64', { k: 'float', suffix: 'f64' }],
    ['1.', { k: 'float' }],
    ['true', { k: 'bool' }],
  ])('%s', (text, lit) => {
    expect(parseFragment(text, 'expression').expr).toMatchObject({ k: 'lit', lit })
  })

  test('a very long string is cut', () => {
    const { expr } = parseFragment(`"${'x'.repeat(10_000)}"`, 'expression')
    expect(expr?.k === 'lit' && 'value' in expr.lit && expr.lit.value.length).toBe(4096)
  })
})
