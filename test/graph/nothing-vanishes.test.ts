/**
 * Ways by which a function of the program is run without a name that says so. Each way ends in a marker, `hidden`, in code
 * that only that way leads to; `go` must be led there, for certain or as possible.
 */
import { describe, expect, test } from '@jest/globals'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { selectTargets } from '../../src/project/targets.js'
import { graphOfText } from '../support/fixture-graph.js'

/** Whether references lead from one function to another, those that are merely possible too. */
function isLed(graph: CallGraph, from: string, to: string): boolean {
  const idsOf = (name: string) => graph.functions.filter(({ path }) => path === `app::${name}`).map(({ id }) => id)
  const seen = new Set(idsOf(from))
  for (const id of seen)
    for (const { from: at, to: target } of graph.references) if (at === id && target !== undefined) seen.add(target)
  return idsOf(to).some((id) => seen.has(id))
}

const EVIL = 'fn hidden() {} pub struct Evil(u8); pub fn make() -> Evil { Evil(0) }\n'
const DROPS = `${EVIL}impl Drop for Evil { fn drop(&mut self) { hidden() } }\n`
const ORDERS = `${EVIL}impl PartialEq for Evil { fn eq(&self, _: &Evil) -> bool { true } } impl Eq for Evil {}
  impl Ord for Evil { fn cmp(&self, _: &Evil) -> std::cmp::Ordering { std::cmp::Ordering::Equal } }
  impl PartialOrd for Evil { fn partial_cmp(&self, _: &Evil) -> Option<std::cmp::Ordering> { hidden(); None } }\n`
const READS = `${EVIL}impl std::io::Read for Evil { fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> { hidden(); Ok(0) } }\n`
const CLONES = `${EVIL}impl Clone for Evil { fn clone(&self) -> Evil { hidden(); Evil(0) } }\n`
const RUNS = `fn hidden() {} pub trait Run { fn run(&self); }\n`

describe('what is dropped', () => {
  test.each([
    ['a temporary', 'pub fn go() { make(); }'],
    ['an argument', 'pub fn go() { drop(make()) }'],
    ['a parameter that is not bound', 'pub fn go(_: Evil) {}'],
    ['what is overwritten', 'pub fn go(place: &mut Evil, other: fn() -> Evil) { *place = other() }'],
    ['deep inside', `pub fn go() { let _x = ${'Box::new('.repeat(9)}make()${')'.repeat(9)}; }`],
    [
      'beside what stayed open',
      'pub trait Tr { type Out; } impl<T> Tr for Vec<T> { type Out = Evil; } pub struct W<T: Tr>(pub T::Out, pub T); pub fn go() { let _w: W<Vec<_>> = panic!(); }',
    ],
    [
      "what an associated type's field holds",
      'pub trait Tr { type Out; } pub struct X; impl Tr for X { type Out = Evil; } pub struct W<T: Tr>(pub T::Out); pub fn go(_: W<X>) {}',
    ],
  ])('%s', async (_, code) => expect(isLed(await graphOfText(DROPS + code), 'go', 'hidden')).toBe(true))
})

describe('what std calls back', () => {
  test.each([
    ['through supertraits', ORDERS, 'pub fn go(v: &mut [Evil]) { v.sort() }'],
    ['for an open type', ORDERS, 'fn f<T: Ord>(v: &mut [T]) { v.sort() } pub fn go() { f(&mut [make()]) }'],
    [
      'for dyn',
      READS,
      'pub fn go(mut r: Box<dyn std::io::Read>) { let _ = std::io::copy(&mut r, &mut std::io::sink()); } pub fn m() { go(Box::new(make())) }',
    ],
    [
      'for a reference to a place without a size',
      EVIL,
      "impl<'a> From<&'a str> for Evil { fn from(_: &'a str) -> Evil { hidden(); Evil(0) } } pub fn go(s: &str) -> Evil { s[1..].into() }",
    ],
    ['through impls of std', CLONES, 'pub fn go(x: &Vec<Vec<Vec<Vec<Vec<Vec<Evil>>>>>>) { let _ = x.clone(); }'],
    [
      'through what a closure holds',
      CLONES,
      'pub fn go(x: Evil) { let c = move || { let _y = &x; }; let _d = c.clone(); }',
    ],
    [
      'by a wrapper around an open type',
      READS,
      'fn f<R: std::io::Read>(r: R) { use std::io::BufRead; let _ = std::io::BufReader::new(r).lines().count(); } pub fn go() { f(make()) }',
    ],
  ])('%s', async (_, evil, code) => expect(isLed(await graphOfText(evil + code), 'go', 'hidden')).toBe(true))
})

describe('what syntax calls', () => {
  test.each([
    [
      'await polls',
      "impl std::future::Future for Evil { type Output = (); fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<()> { hidden(); std::task::Poll::Ready(()) } } pub async fn go() { make().await }",
    ],
    [
      'a coercion dereferences',
      'impl std::ops::Deref for Evil { type Target = str; fn deref(&self) -> &str { hidden(); "" } } fn takes(_: &str) {} pub fn go(x: &Evil) { takes(x) }',
    ],
    [
      'a pattern by `ref mut` dereferences mutably',
      'impl std::ops::Deref for Evil { type Target = u8; fn deref(&self) -> &u8 { &self.0 } } impl std::ops::DerefMut for Evil { fn deref_mut(&mut self) -> &mut u8 { hidden(); &mut self.0 } } pub fn go(x: &mut Evil) { let ref mut y = **x; *y = 1; }',
    ],
    [
      'a question mark in an async block converts',
      'impl From<std::fmt::Error> for Evil { fn from(_: std::fmt::Error) -> Evil { hidden(); Evil(0) } } fn f() -> Result<(), std::fmt::Error> { Ok(()) } pub fn go() -> impl std::future::Future<Output = Result<(), Evil>> { async { f()?; Ok::<(), Evil>(()) } }',
    ],
  ])('%s', async (_, code) => expect(isLed(await graphOfText(EVIL + code), 'go', 'hidden')).toBe(true))

  test('an index of dyn', async () => {
    const code =
      'impl std::ops::Index<usize> for Evil { type Output = u8; fn index(&self, _: usize) -> &u8 { hidden(); &self.0 } } pub fn go(x: &dyn std::ops::Index<usize, Output = u8>) -> u8 { x[0] } pub fn m() { go(&make()); }'
    expect(isLed(await graphOfText(EVIL + code), 'go', 'hidden')).toBe(true)
  })
})

describe('constants select impls', () => {
  test('by length and by value', async () => {
    const code = `${RUNS}pub struct W<const N: usize>; const TWO: usize = 1 + 1;
      impl Run for [u8; 1] { fn run(&self) {} } impl Run for [u8; 2] { fn run(&self) { hidden() } }
      impl Run for W<1> { fn run(&self) {} } impl Run for W<2> { fn run(&self) { hidden() } }
      pub fn by_length() { [0u8; TWO].run() } pub fn by_value() { W::<{ TWO }>.run() } pub fn other() { W::<1>.run(); [1u8].run() }`
    const graph = await graphOfText(code)
    expect(['by_length', 'by_value', 'other'].map((name) => isLed(graph, name, 'hidden'))).toEqual([true, true, false])
  })

  test('one that is not evaluated selects none: all are possible, and it is told', async () => {
    const code = `${RUNS}pub struct W<const N: usize>; const fn pick() -> usize { 2 }
      impl Run for W<1> { fn run(&self) {} } impl Run for W<2> { fn run(&self) { hidden() } }
      pub fn go() { W::<{ pick() }>.run() }`
    const graph = await graphOfText(code)
    expect(graph.references.filter((ref) => ref.certainty === 'possible')).toHaveLength(2)
    expect(graph.losses.map(({ kind }) => kind)).toEqual(['unknown constant'])
  })
})

describe('what one place is several times', () => {
  test.each([
    [
      'functions of blocks',
      'macro_rules! each { ($($e:expr),*) => { $( { fn inner() { $e; } inner(); } )* } } pub fn go() { each!((), hidden()); }',
    ],
    [
      'drops of local types',
      'macro_rules! each { ($($e:expr),*) => { $( let _g = { struct G; impl Drop for G { fn drop(&mut self) { $e; } } G }; )* } } pub fn go() { each!((), hidden()); }',
    ],
    [
      'impls by their arguments',
      'pub struct E; macro_rules! from { ($($t:ty => $e:expr),*) => { $( impl From<$t> for E { fn from(_: $t) -> E { $e; E } } )* } } from! { u8 => (), u16 => hidden() } pub fn go() { let _ = E::from(1u16); }',
    ],
    [
      'calls by what they mean',
      'pub trait R { fn run(); } pub struct W<T>(T); impl R for W<u8> { fn run() {} } impl R for W<u16> { fn run() { hidden() } } macro_rules! each { ($($t:ty),*) => { $( <W<$t> as R>::run(); )* } } pub fn go() { each!(u8, u16) }',
    ],
  ])('%s', async (_, code) => expect(isLed(await graphOfText(`fn hidden() {}\n${code}`), 'go', 'hidden')).toBe(true))
})

describe('what another target has elsewhere', () => {
  test.each([
    [
      'an alias of another module',
      'mod m { #[cfg(unix)] pub type C = super::Calm; #[cfg(windows)] pub type C = super::Evil; } pub fn go(c: &m::C) { c.run() }',
    ],
    [
      'a field',
      'pub struct S { #[cfg(unix)] pub f: Calm, #[cfg(windows)] pub f: Evil } pub fn go(s: &S) { s.f.run() }',
    ],
    [
      'a use of another module',
      "mod m { #[cfg(unix)] pub use super::Calm as C; #[cfg(windows)] pub use super::Evil as C; } fn get() -> &'static m::C { loop {} } pub fn go() { get().run() }",
    ],
  ])('%s', async (_, code) => {
    const types =
      'fn hidden() {} pub struct Calm; impl Calm { pub fn run(&self) {} } pub struct Evil; impl Evil { pub fn run(&self) { hidden() } }\n'
    const targets = selectTargets(['x86_64-unknown-linux-gnu', 'x86_64-pc-windows-msvc'])
    expect(isLed(await graphOfText(types + code, targets), 'go', 'hidden')).toBe(true)
  })
})

test('an unsafe function pointer, a foreign static, a union in a pattern', async () => {
  const graph = await graphOfText(`extern "C" { static FOREIGN: u8; } pub union U { a: u32, b: f32 }
    pub fn pointer(f: unsafe extern "C" fn()) { unsafe { f() } }
    pub fn foreign() -> u8 { unsafe { FOREIGN } }
    pub fn pattern(u: U) -> u32 { unsafe { let U { a } = u; a } }`)
  const facts = graph.functions.flatMap(({ path, facts }) => facts.map(({ kind }) => `${path} ${kind}`))
  expect(facts).toEqual(['app::pointer unsafe call', 'app::foreign foreign static', 'app::pattern union field'])
})

describe("which of a trait's constants is read", () => {
  const types =
    'fn hidden() {} pub trait K { const C: u8; } pub struct A; impl K for A { const C: u8 = { const fn run() -> u8 { 0 } run() }; }\n'
  test.each([
    ["a type's own", 'pub fn go() -> u8 { A::C }', 'certain'],
    ["through the trait's name", 'pub fn go() -> u8 { <A as K>::C }', 'certain'],
    ['of a type that is open', 'pub fn go<T: K>() -> u8 { T::C }', 'possible'],
  ])('%s', async (_, code, certainty) => {
    const graph = await graphOfText(types + code)
    expect(isLed(graph, 'go', 'C::run')).toBe(true)
    const from = graph.functions.find(({ path }) => path === 'app::go')?.id
    expect(graph.references.filter((ref) => ref.from === from).map((ref) => ref.certainty)).toEqual([certainty])
  })
})

test('an impl in the body of a function holds everywhere', async () => {
  const graph = await graphOfText(`fn hidden() {} mod m { pub trait M { fn m(&self); } pub fn go(x: &u8) { x.m() }
    pub fn hold() { impl M for u8 { fn m(&self) { super::hidden() } } } } pub fn go() { m::go(&0) }`)
  expect(isLed(graph, 'go', 'hidden')).toBe(true)
})

describe("std's impls that reach the system, where a generic function's bounds are met by them", () => {
  const types = `use std::collections::{HashMap, hash_map::RandomState}; use std::net::ToSocketAddrs;
    fn f<T: Default>() -> T { T::default() } fn g<T: ToSocketAddrs>(_: T) {}
    pub struct S<H>(H); impl<H: Default> S<H> { pub fn new() -> Self { S(H::default()) } } impl<H: Default> Default for S<H> { fn default() -> Self { S::new() } }\n`
  const random = '<std::hash::RandomState as std::default::Default>::default'
  test.each([
    ['an argument that is inferred', 'pub fn go() { let _: RandomState = f(); }', [random]],
    ["a type's argument", 'pub fn go() -> S<RandomState> { S::new() }', [random]],
    ["an impl's own bounds", 'pub fn go() -> S<RandomState> { f() }', [random]],
    ['an impl that is called', 'pub fn go() -> S<RandomState> { Default::default() }', [random]],
    ['behind a reference', 'pub fn go() { g(&"a:1") }', ['<str as std::net::ToSocketAddrs>::to_socket_addrs']],
    ['the hasher of a map stays inside', 'pub fn go() -> HashMap<u8, u8> { f() }', []],
    ['a type without power', 'pub fn go() -> u8 { f() }', []],
  ])('%s', async (_, code, expected) => {
    const graph = await graphOfText(types + code)
    const from = graph.functions.find(({ path }) => path === 'app::go')?.id
    const called = graph.references.filter((ref) => ref.from === from && ref.found === 'callback')
    expect(called.map(({ callee, certainty }) => [callee, certainty])).toEqual(
      expected.map((path) => [path, 'possible']),
    )
  })
})

test('a function out of bytes by way of generic functions', async () => {
  const graph = await graphOfText(`unsafe fn cast<T, A>(a: A) -> T { std::mem::transmute_copy(&a) }
    unsafe fn through<B>(a: usize) -> Option<B> { Some(cast::<B, usize>(a)) }
    pub unsafe fn made(a: usize) -> Option<fn()> { through(a) }
    pub unsafe fn other(a: usize) -> Option<u8> { through(a) }
    pub unsafe fn given(a: fn()) -> usize { cast(a) }`)
  const made = graph.functions.flatMap(({ path, facts }) =>
    facts.filter(({ kind }) => kind === 'transmute to function').map(({ line }) => `${path} ${line}`),
  )
  expect(made).toEqual(['app::made 3'])
})

describe('calls of values of one type in one function', () => {
  const HIDES = 'fn hidden() {} pub const F: fn() = hidden;\n'
  const callsIn = async (code: string) => {
    const { functions, references } = await graphOfText(HIDES + code)
    const { id } = functions.find(({ path }) => path === 'app::go') ?? { id: -1 }
    return references.filter(({ from, callee }) => from === id && callee === 'app::hidden')
  }
  test('each stands at its own place', async () =>
    expect((await callsIn('pub fn go(a: fn(), b: fn()) {\n a();\n b();\n}')).map(({ line }) => line)).toEqual([3, 4]))
  test('the condition of the first is not that of the second', async () =>
    expect((await callsIn('pub fn go(a: fn()) {\n #[cfg(unix)] a();\n a();\n}')).map(({ cfg }) => cfg.k)).toContain(
      'true',
    ))
})

test('a value is handed on through any number of functions', async () => {
  const chain = Array.from({ length: 40 }, (_, n) => `fn f${n + 1}<G: Fn(i8)>(g: G) { f${n}(g) }`).join('\n')
  const graph = await graphOfText(
    `${chain}\nfn f0<G: Fn(i8)>(g: G) { g(1) } pub fn near() { f0(|_| ()) } pub fn go() { f40(|_| ()) }`,
  )
  const first = graph.functions.find(({ path }) => path === 'app::f0')
  const led = graph.references.some(({ from, callee }) => from === first?.id && callee === 'app::go::{closure}')
  expect({ led, losses: graph.losses }).toEqual({ led: true, losses: [] })
})
