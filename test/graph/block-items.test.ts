/** Items of a block see each other, whoever made them: those that a macro statement makes are seen by the items before it. */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { printCfg } from '../../src/base/index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { parseFixture } from '../support/fixture.js'
import { graphOf, withFullStd } from '../support/fixture-graph.js'

const MAKE = 'macro_rules! make { ($($t:tt)*) => { $($t)* } }\nfn hidden() {}\n'

/** Each: `go` leads to `hidden`, and every path is known. */
const LED = {
  'a function that a macro behind makes': `${MAKE}pub fn go() { fn f() { g() } make! { fn g() { hidden() } } f(); }`,
  'of two macros, the first sees the second': `${MAKE}pub fn go() { make! { fn f() { g() } } make! { fn g() { hidden() } } f(); }`,
  'a type in a signature': `${MAKE}pub fn go() { fn f(t: &T) { t.run() } make! { struct T; impl T { fn run(&self) { hidden() } } } f(&T); }`,
  'a variant in a pattern': `${MAKE}pub fn go() { fn f(e: E) { match e { E::X(t) => t.run() } } make! { enum E { X(T) } struct T; impl T { fn run(&self) { hidden() } } } f(E::X(T)); }`,
  'an impl for a type that a macro behind makes': `${MAKE}trait Run { fn run(&self); } pub fn go() { impl Run for T { fn run(&self) { hidden() } } make! { struct T; } T.run(); }`,
  'an import of what a macro behind makes': `${MAKE}pub fn go() { use m::f; make! { mod m { pub fn f() { crate::hidden() } } } f(); }`,
  'a macro in a macro': `${MAKE}macro_rules! twice { ($($t:tt)*) => { make! { $($t)* } } } pub fn go() { fn f() { g() } twice! { fn g() { hidden() } } f(); }`,
  'a macro that an import behind it names': `mod m { macro_rules! make { ($($t:tt)*) => { $($t)* } } pub(crate) use make; }
fn hidden() {} pub fn go() { fn f() { g() } take! { fn g() { hidden() } } use m::make as take; f(); }`,
  'a block in an expression': `${MAKE}pub fn go() { let _x = { fn f() { g() } make! { fn g() { hidden() } } f() }; }`,
  'a block that a macro makes': `${MAKE}macro_rules! block { ($($t:tt)*) => { { $($t)* } } } pub fn go() { block! { fn f() { g() } make! { fn g() { hidden() } } f() } }`,
  'a macro that a macro behind it makes': `${MAKE}pub fn go() { make! { macro_rules! inner { () => { fn g() { hidden() } } } } inner!(); fn f() { g() } f(); }`,
  'items of cfg_select!': `fn hidden() {} pub fn go() { fn f() { g() } std::cfg_select! { unix => { fn g() { hidden() } } _ => { fn g() {} } } f(); }`,
  'thread_local!': `fn hidden() -> u8 { 0 } pub fn go() { fn f() { X.with(|_| ()) } thread_local! { static X: u8 = hidden(); } f(); }`,
}
const OTHERS = {
  conditions: `${MAKE}pub fn go() { fn f() { g() } #[cfg(debug_assertions)] make! { fn g() { std::process::id(); } } #[cfg(not(debug_assertions))] make! { fn g() { std::process::abort() } } f(); }`,
  'arms of cfg_select!': `pub fn go() { fn f() { g() } std::cfg_select! { debug_assertions => { fn g() { std::process::id(); } } _ => { fn g() { std::process::abort(); } } } f(); }`,
  'equal texts of two calls': `macro_rules! bind { ($v:ident) => { let $v = std::process::id(); } }
macro_rules! names { ($($v:ident)*) => { $( one! { $v } )* } } macro_rules! one { ($v:ident) => { bind! { $v } } }
pub fn go() { names! { b b } }`,
  'two meanings': `#[cfg(debug_assertions)] macro_rules! make { () => { fn g() { std::process::id(); } } }
#[cfg(not(debug_assertions))] macro_rules! make { () => { fn g() { std::process::abort(); } } }
pub fn go() { fn f() { g() } make!(); f(); }`,
  'impls in blocks of unnamed constants': `trait Run { fn run(&self); } struct S;
macro_rules! add { ($($t:ident),*) => { add!(@all $($t),*) }; (@all $($t:ident),*) => {{ $( add!(@one $t); )* }};
  (@one $t:ident) => {{ impl Run for $t { fn run(&self) { std::process::id(); } } }}; }
macro_rules! inside { ($($t:ident),*) => { mod x { use super::*; const _: () = { $( add!($t); )* }; } } }
const _: () = { inside!(S); }; pub fn go() { S.run() }`,
  'a macro before its redefinition': `macro_rules! make { () => { fn g() { std::process::id(); } } }
pub fn go() { fn f() { g() } make!(); macro_rules! make { () => { fn g() { std::process::abort() } } } f(); }`,
}

let graph: CallGraph
beforeAll(async () => {
  const named = Object.entries({ ...LED, ...OTHERS }).map(([name, text]) => ({
    name,
    fixture: parseFixture(withFullStd(text)),
  }))
  graph = await graphOf(named)
}, 60_000)

const functionsOf = (fixture: string) => graph.functions.filter((fn) => fn.package.endsWith(`#${fixture}`))
function reached(fixture: string): ReadonlySet<number> {
  const seen = new Set(functionsOf(fixture).flatMap(({ path, id }) => (path === 'app::go' ? [id] : [])))
  for (const id of seen)
    for (const { from, to: target } of graph.references) if (from === id && target !== undefined) seen.add(target)
  return seen
}
const callsIn = (fixture: string): readonly string[] => {
  const from = reached(fixture)
  return graph.references
    .filter((ref) => from.has(ref.from) && ref.callee?.startsWith('std::process'))
    .map((ref) => {
      const { cfg } = graph.functions[ref.from] ?? ref
      return `${ref.callee} if ${printCfg(cfg)}`
    })
    .sort()
}

describe('is led', () => {
  test.each(Object.keys(LED))('%s', (name) => {
    const hidden = functionsOf(name).find(({ path }) => path === 'app::hidden')?.id
    expect(reached(name).has(hidden ?? -1)).toBe(true)
  })

  test.each(Object.keys({ ...LED, ...OTHERS }))('%s: nothing is unknown', (name) => {
    const ids = new Set(functionsOf(name).map(({ id }) => id))
    expect(graph.references.filter((ref) => ids.has(ref.from) && ref.why).map(({ name: text }) => text)).toEqual([])
  })
})

describe('items under conditions', () => {
  test.each(['conditions', 'arms of cfg_select!', 'two meanings'])('%s', (name) => {
    expect(callsIn(name)).toEqual([
      'std::process::abort if not(debug_assertions)',
      'std::process::id if debug_assertions',
    ])
  })
})

test('a macro statement means the macro before it', () => {
  expect(callsIn('a macro before its redefinition')).toEqual(['std::process::id if true'])
})

test('what stands in an unnamed constant of a block is one function, whoever lists it', () => {
  const name = 'impls in blocks of unnamed constants'
  expect(callsIn(name)).toEqual(['std::process::id if true'])
  expect(functionsOf(name).filter(({ path }) => path === '<app::S as app::Run>::run')).toHaveLength(1)
})
