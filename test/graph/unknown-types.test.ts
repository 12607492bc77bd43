/** A type or trait that nothing names is told where the items that name it are looked at, once for a crate. */
import { describe, expect, test } from '@jest/globals'
import { auditOfText, graphOfText } from '../support/fixture-graph.js'

const lossesOf = async (code: string): Promise<readonly string[]> =>
  (await graphOfText(code)).losses.map(({ kind, what, line }) => `${line} ${kind}: ${what}`)

test.each([
  ['a bound', 'pub fn f<T: nowhere::Tr>(t: T) { t.go() }'],
  ['a where clause', 'pub fn f<T>(t: T) where T: nowhere::Tr { t.go() }'],
  ['an impl', 'pub struct S; impl nowhere::Tr for S { fn go(&self) { std::process::abort() } }'],
  ['dyn', 'pub fn f(x: &dyn nowhere::Tr) { x.go() }'],
  ['a supertrait', 'pub trait U: nowhere::Tr {} pub fn f<T: U>(t: T) { t.go() }'],
  ['an associated type', 'pub fn f<T>() -> <T as nowhere::Tr>::Out { loop {} }'],
  ['a path of a function', 'pub fn f<T>(t: T) { <T as nowhere::Tr>::go(&t) }'],
  ['a parameter', 'pub fn f(t: &nowhere::Tr) { t.go() }'],
  ['a field', 'pub struct S { pub t: nowhere::Tr } pub fn f(s: &S) { s.t.go() }'],
])('%s', async (_, code) => {
  expect(await lossesOf(code)).toEqual(['1 unresolved path: nowhere::Tr'])
  expect((await auditOfText(code)).left).toEqual([])
})

test('each path once', async () => {
  expect(await lossesOf('pub fn f<T: Gone>(_: T) {}\npub fn g<T: Gone>(_: T) {}\npub fn h(_: Lost) {}')).toEqual([
    '1 unresolved path: Gone',
    '3 unresolved path: Lost',
  ])
})

test('what an import or a crate should have bound is told there', async () => {
  expect(await lossesOf('use nowhere::Tr;\npub fn f<T: Tr>(_: T) {}')).toEqual(['1 unresolved import: nowhere::Tr'])
  expect(await lossesOf('extern crate nowhere;\npub fn f<T: nowhere::Tr>(_: T) {}')).toEqual([
    '1 unresolved import: extern crate nowhere',
  ])
})

test('what another build has is no loss', async () => {
  const code = `#[cfg(not(debug_assertions))] pub mod m { pub struct T; } #[cfg(not(debug_assertions))] pub fn f(_: m::T) {}
    #[cfg(debug_assertions)] pub type A = u8; #[cfg(not(debug_assertions))] pub type A = m::T; pub fn g(_: A) {}`
  expect(await lossesOf(code)).toEqual([])
})

describe('what stands in the arguments of a name that means nothing', () => {
  const DEFS = 'pub const fn hidden() -> usize { 1 }\npub struct Known; pub trait Has { type A; }\n'
  test.each([
    ['a type', 'Gone<Known, { hidden() }>'],
    ['an associated type', '<Known as Has>::Gone<Known, { hidden() }>'],
    ['a trait', '&dyn Gone<Known, { hidden() }>'],
    ['a trait in brackets', '&dyn Gone(Known) -> [Known; hidden()]'],
    ['what a trait has not', '&dyn Has<A = u8, Gone = [Known; hidden()]>'],
  ])('of %s is looked at', async (_, ty) => {
    const code = `${DEFS}pub fn go() { let _x: ${ty} = loop {}; }`
    const { functions, references } = await graphOfText(code)
    const idOf = (name: string) => functions.find(({ path }) => path === `app::${name}`)?.id
    expect(references.some(({ from, to }) => from === idOf('go') && to === idOf('hidden'))).toBe(true)
  })
})
