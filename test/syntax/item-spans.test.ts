import { expect, test } from '@jest/globals'
import { itemSpans } from '../../src/syntax/item-spans.js'

const itemsOf = (text: string): readonly string[] => itemSpans(text).map(({ at, end }) => text.slice(at, end))

test.each([
  'fn f() { g({ 1 }) }',
  'pub(crate) unsafe extern "C" fn f();',
  'pub const unsafe fn f() {}',
  'const X: S = S { a: [1; 2] }.b();',
  '#[a({})] #[b] pub static X: S = { 1 };',
  'use a::{b, c};',
  'type T = [u8; { 1 + 1 }];',
  'struct S { a: u8 }',
  'struct S(u8);',
  'macro_rules! m { () => {}; }',
  'm!(a; b);',
  'impl<T> A for B<{ 1 }> where T: C {}',
  '#![no_std]',
])('%s is one item', (item) => {
  expect(itemsOf(`${item} ${item}`)).toEqual([item, item])
})

test('text that never closes is one item to its end', () => {
  expect(itemsOf('fn a() {} fn b( { fn c() {}')).toEqual(['fn a() {}', 'fn b( { fn c() {}'])
})
