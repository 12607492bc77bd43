import { beforeAll, describe, expect, test } from '@jest/globals'
import type { Item } from '../../src/syntax/ast.js'
import { initSyntax, parseFile, readBody } from '../../src/syntax/index.js'
import { showBounds, showExpr, showPat, showPath, showType } from './show.js'

beforeAll(initSyntax)

function items(text: string): readonly Item[] {
  const facts = parseFile(text)
  expect(facts.errors).toEqual([])
  return facts.items
}
/** An item's type by its kind; one type may have several kinds, as struct and union have. */
type ItemOf<K extends Item['k']> = Item extends infer T
  ? T extends Item
    ? K extends T['k']
      ? T
      : never
    : never
  : never

/** The only item of the text, which must be of this kind. */
function only<K extends Item['k']>(k: K, text: string): ItemOf<K> {
  const [item, ...rest] = items(text)
  expect(rest).toEqual([])
  if (item?.k !== k) throw new Error(`${text} is ${item?.k}`)
  return item as ItemOf<K>
}

describe('functions', () => {
  test('modifiers, parameters and result', () => {
    const item = only(
      'fn',
      'pub(crate) const unsafe extern "C" fn f<T: ?Sized, const N: usize>(mut a: T, (b, _): [u8; N]) -> &T where T: A {}',
    )
    expect(item).toMatchObject({ name: 'f', vis: { k: 'crate' }, const: true, unsafe: true, async: false, abi: 'C' })
    expect(item.params.map((param) => `${showPat(param.pat)}: ${showType(param.ty)}`)).toEqual([
      'mut a: T',
      '(b, _,): [u8; N]',
    ])
    expect(item.generics.params.map((param) => [param.k, param.name, showBounds(param.bounds)])).toEqual([
      ['type', 'T', '?Sized'],
      ['const', 'N', ''],
    ])
    expect(item.generics.where.map((where) => `${showType(where.ty)}: ${showBounds(where.bounds)}`)).toEqual(['T: A'])
    expect(item.ret && showType(item.ret)).toBe('&T')
  })

  test.each([
    ['fn f(self) {}', { ref: false, mut: false }],
    ["fn f(&'a mut self) {}", { ref: true, mut: true }],
    ['fn f(mut self: Box<Self>) {}', { ref: false, mut: true, ty: { k: 'path' } }],
  ])('%s', (text, self) => {
    const item = only('impl', `impl T { ${text} }`).items[0]
    expect(item).toMatchObject({ k: 'fn', self, params: [] })
  })

  test('anonymous and variadic parameters', () => {
    const item = only('trait', 'trait T { fn f(u8, ...); }').items[0]
    expect(item).toMatchObject({ k: 'fn', variadic: true, params: [{ pat: { k: 'wild' } }] })
    expect(item).not.toHaveProperty('body')
  })

  test('the body is read by its reference', () => {
    const facts = parseFile('fn f() { g() }')
    const item = facts.items[0]
    if (item?.k !== 'fn' || item.body === undefined) throw new Error('no body')
    expect(showExpr(readBody(facts, item.body))).toBe('{ g() }')
  })

  test('raw identifiers lose their r#', () => {
    expect(only('fn', 'fn r#match() {}')).toMatchObject({ name: 'match', nameAt: 3 })
  })
})

describe('types', () => {
  test.each([
    ["&'a mut [T]", '&mut [T]'],
    ['*const u8', '*const u8'],
    ['(A,)', '(A,)'],
    ['(A)', 'A'],
    ['()', '()'],
    ['!', '!'],
    ['_', '_'],
    ['::std::vec::Vec<T>', '::std::vec::Vec<T>'],
    ['Vec::<u8>', 'Vec<u8>'],
    ["A<{ 1 }, -1, 'x, B, Item = C, Item2: D + E>", 'A<{{ int "1" }}, {(-int "1")}, B, Item = C, Item2: D + E>'],
    ['<A as B>::C<D>', '<A as B>::C<D>'],
    ["dyn for<'a> Fn(&'a u8) -> u8 + Send + 'static", 'dyn Fn(&u8) -> u8 + Send'],
    ["&(dyn A + 'a)", '&dyn A'],
    ['dyn (Fn(u8)) + Send', 'dyn Fn(u8) + Send'],
    ["impl Iterator<Item = u8> + use<'a, T>", 'impl Iterator<Item = u8>'],
    ['Box<Fn(A) + Send>', 'Box<dyn Fn(A) + Send>'],
    [
      'for<\'a> unsafe extern "system" fn(&\'a u8, x: u16, ...) -> u8',
      'unsafe extern "system" fn(&u8, u16, ...) -> u8',
    ],
    ['extern fn()', 'extern "C" fn()'],
    ['m!(x)', 'm!'],
  ])('%s', (text, shown) => {
    const { ty } = only('type', `type X = ${text};`)
    expect(ty && showType(ty)).toBe(shown)
  })
})

describe('structs, enums, unions', () => {
  test('fields with visibility and attributes', () => {
    const item = only('struct', 'struct S(pub u8, #[cfg(a)] pub(in b::c) T);')
    expect(item).toMatchObject({
      shape: 'tuple',
      fields: [
        { name: '0', vis: { k: 'public' } },
        { name: '1', vis: { k: 'in', path: ['b', 'c'] }, cfg: { k: 'option', name: 'a' } },
      ],
    })
    expect(only('struct', 'struct S { pub(super) a: u8 }').fields[0]).toMatchObject({
      name: 'a',
      vis: { k: 'in', path: ['super'] },
    })
    expect(only('struct', 'struct S;').shape).toBe('unit')
    expect(only('union', 'union U { a: u8 }').fields).toHaveLength(1)
  })

  test('variants and discriminants', () => {
    const facts = parseFile('enum E { A, #[cfg(x)] B(u8) = 3, C { a: u8 } }')
    const item = facts.items[0]
    if (item?.k !== 'enum') throw new Error('no enum')
    expect(item.variants.map((variant) => [variant.name, variant.shape])).toEqual([
      ['A', 'unit'],
      ['B', 'tuple'],
      ['C', 'named'],
    ])
    expect(item.variants[1]).toMatchObject({ cfg: { k: 'option', name: 'x' } })
    expect(showExpr(readBody(facts, item.variants[1]?.discriminant ?? -1))).toBe('int "3"')
  })
})

describe('traits and impls', () => {
  test('supertraits, associated types, aliases', () => {
    const item = only(
      'trait',
      "pub unsafe trait T: A + B<C> where D: E { type U<'a>: F where Self: 'a; const N: u8 = 1; m!(); }",
    )
    expect(item).toMatchObject({ unsafe: true, auto: false, alias: false })
    expect(showBounds(item.supertraits)).toBe('A + B<C>')
    expect(item.items.map((inner) => inner.k)).toEqual(['type', 'const', 'macro call'])
    expect(showBounds(only('trait', 'trait X = A + B;').supertraits)).toBe('A + B')
    expect(only('trait', 'unsafe auto trait X {}')).toMatchObject({ unsafe: true, auto: true })
  })

  test('impl of a trait, negative, inherent', () => {
    const item = only('impl', 'unsafe impl<T> a::B<T> for [T] where T: C { fn f() {} }')
    expect([item.trait && showPath(item.trait), showType(item.self), item.unsafe]).toEqual(['a::B<T>', '[T]', true])
    expect(only('impl', 'impl !Send for A {}').negative).toBe(true)
    expect(only('impl', 'impl A {}')).not.toHaveProperty('trait')
  })
})

describe('other items', () => {
  test('extern blocks', () => {
    const item = only('extern', '#[link(name = "z")] unsafe extern "system" { safe fn a(); static mut X: u8; type T; }')
    expect(item).toMatchObject({ abi: 'system', attrs: [{ meta: { path: 'link' } }] })
    expect(item.items).toMatchObject([
      { k: 'fn', name: 'a', safe: true },
      { k: 'static', name: 'X', mut: true },
      { k: 'type', name: 'T' },
    ])
    expect(only('extern', 'extern {}').abi).toBe('C')
  })

  test('extern crate, modules, statics, consts', () => {
    expect(only('extern crate', 'extern crate a as b;')).toMatchObject({ name: 'a', alias: 'b' })
    expect(only('mod', 'mod a;')).not.toHaveProperty('items')
    expect(only('mod', 'mod a { #![allow(x)] fn f() {} }')).toMatchObject({
      items: [{ k: 'fn' }],
      innerAttrs: [{ meta: { path: 'allow' } }],
    })
    expect(only('const', 'const _: () = {};').name).toBe('_')
  })

  test('use trees', () => {
    const { tree } = only('use', 'pub use {a, b::{self, c as d, *}, ::e::*, crate::f as _};')
    expect(tree).toMatchObject({
      path: [],
      tail: {
        k: 'list',
        trees: [
          { path: [{ name: 'a', at: 9 }], tail: { k: 'leaf' } },
          {
            path: [{ name: 'b' }],
            tail: {
              k: 'list',
              trees: [
                { path: [{ name: 'self' }], tail: { k: 'leaf' } },
                { path: [{ name: 'c' }], tail: { k: 'leaf', alias: 'd' } },
                { path: [], tail: { k: 'glob' } },
              ],
            },
          },
          { global: true, path: [{ name: 'e' }], tail: { k: 'glob' } },
          { path: [{ name: 'crate' }, { name: 'f' }], tail: { k: 'leaf', alias: '_' } },
        ],
      },
    })
    expect(only('use', 'use ::{a};').tree).toMatchObject({ global: true, path: [], tail: { k: 'list' } })
    expect(only('use', 'use *;').tree).toMatchObject({ global: false, path: [], tail: { k: 'glob' } })
  })

  test.each([
    ['macro_rules! m { () => { $ } }', ' () => { $ } '],
    ['macro_rules! m (() => {} );', '() => {} '],
    ['macro_rules! m [() => {}] ;', '() => {}'],
    ['pub macro m { () => {} }', ' () => {} '],
    ['macro m($a:expr) { $a }', ' $a '],
  ])('%s', (text, rules) => {
    const item = only('macro def', text)
    expect(text.slice(item.rules.at, item.rules.end)).toBe(rules)
  })

  test('macro calls between items, with and without semicolon', () => {
    expect(items('a!(x); #[cfg(b)] c::d! { y } e![z];')).toMatchObject([
      { k: 'macro call', call: { delimiter: '(' } },
      { k: 'macro call', call: { delimiter: '{' }, cfg: { k: 'option', name: 'b' } },
      { k: 'macro call', call: { delimiter: '[' } },
    ])
  })
})

describe('patterns', () => {
  test.each([
    ['Some(x) | None', 'Some(x) | None'],
    ['(|A | B)', 'A | B'],
    ['&mut A::B { ref a, b: 1, mut c, .. }', '&mut A::B { a: ref a, b: = int "1", c: mut c, .. }'],
    ['x @ 1..', 'x @ int "1"..'],
    ['ref mut x', 'ref mut x'],
    ['..=a::B', '..a::B'],
    ['-1', '= (-int "1")'],
    ['const { 1 }', '= const { int "1" }'],
    ['<T as U>::C', 'path <T as U>::C'],
    ['[a, .., b]', '[a, .., b]'],
    ['(a)', 'a'],
    ['(..)', '(..,)'],
    ['Self', 'path Self'],
    ['m!(x)', 'm!'],
    ['_', '_'],
  ])('%s', (text, shown) => {
    const facts = parseFile(`fn f() { match x { ${text} => () } }`)
    expect(facts.errors).toEqual([])
    const tail = readBody(facts, 0)
    const match = tail.k === 'block' ? tail.tail : undefined
    expect(match?.k === 'match' && match.arms[0] && showPat(match.arms[0].pat)).toBe(shown)
  })
})
