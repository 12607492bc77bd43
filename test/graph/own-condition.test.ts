/**
 * A signature, type or impl whose names mean several things is lowered under its own condition, and not under that of
 * whoever asks for it first: what the other builds have is led to as well.
 */
import { beforeAll, describe, expect, test } from '@jest/globals'
import { type CfgExpr, cfgAnd, printCfg } from '../../src/base/index.js'
import type { CallGraph } from '../../src/graph/call-graph.js'
import { parseFixture } from '../support/fixture.js'
import { graphOf, withFullStd } from '../support/fixture-graph.js'

const DEBUG = '#[cfg(debug_assertions)]'
const RELEASE = '#[cfg(not(debug_assertions))]'
/** `T` is `A` in one build and `B` in the other. */
const TYPES = `pub struct A; impl A { pub fn run(&self) { std::process::id(); } pub fn boxed() -> Self { A } }
pub struct B; impl B { pub fn run(&self) { std::process::abort() } pub fn boxed() -> Self { B } }
${DEBUG} pub type T = A; ${RELEASE} pub type T = B;`
const DROPS = `${TYPES} pub trait Run { fn go(&self); }`
/** Whoever asks first, alone has the debug build. */
const first = (body: string): string => `pub mod a { use super::*; ${DEBUG} pub fn first() { ${body} } }`

/** Of both builds, `go` leads to each one's own call. */
const BOTH = {
  'a result': `${TYPES} pub fn make() -> T { T::boxed() } ${first('make().run()')} pub fn go() { make().run() }`,
  'a parameter': `${TYPES} pub fn each(f: impl Fn(&T)) { f(&T::boxed()) } ${first('each(|t| t.run())')} pub fn go() { each(|t| t.run()) }`,
  'a field': `${TYPES} pub struct S { pub t: T } ${first('let s: S = loop {}; s.t.run()')} pub fn go(s: &S) { s.t.run() }`,
  "a variant's field": `${TYPES} pub enum E { X(T) } ${first('let E::X(t) = loop {}; t.run()')} pub fn go(e: &E) { let E::X(t) = e; t.run() }`,
  'an alias of the alias': `${TYPES} pub type U = T; ${first('let u: U = loop {}; u.run()')} pub fn go(u: &U) { u.run() }`,
  'a static': `${TYPES} pub static X: T = loop {}; ${first('X.run()')} pub fn go() { X.run() }`,
  'a constant': `${TYPES} pub const X: T = loop {}; ${first('X.run()')} pub fn go() { X.run() }`,
  "a parameter's bound": `pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } impl P for u8 {} impl Q for u8 {}
${DEBUG} pub use P as R; ${RELEASE} pub use Q as R; pub fn each<X: R>(x: X) { x.run() } ${first('each(1u8)')} pub fn go() { each(1u8) }`,
  'a supertrait': `pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } impl P for u8 {} impl Q for u8 {}
${DEBUG} pub use P as R; ${RELEASE} pub use Q as R; pub trait Sub: R {} impl Sub for u8 {} pub fn each<X: Sub>(x: X) { x.run() } ${first('each(1u8)')} pub fn go() { each(1u8) }`,
  'an associated type': `${TYPES} pub trait Has { type Of; fn of(&self) -> Self::Of; } impl Has for u8 { type Of = T; fn of(&self) -> T { T::boxed() } } ${first('1u8.of().run()')} pub fn go() { 1u8.of().run() }`,
  "an associated type's bound": `pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } impl P for u8 {} impl Q for u8 {}
${DEBUG} pub use P as R; ${RELEASE} pub use Q as R; pub trait Has { type Of: R; fn of(&self) -> Self::Of; } pub fn each<H: Has>(h: H) { h.of().run() } impl Has for u8 { type Of = u8; fn of(&self) -> u8 { 1 } } ${first('each(1u8)')} pub fn go() { each(1u8) }`,
  'an impl for the type': `${DROPS} impl Run for T { fn go(&self) { self.run() } } ${first('T::boxed().go()')} pub fn go() { T::boxed().go() }`,
  'an inherent impl': `${TYPES} impl T { fn own(&self) { self.run() } } ${first('T::boxed().own()')} pub fn go() { T::boxed().own() }`,
  'an impl of its own build': `${DROPS} ${RELEASE} impl Run for T { fn go(&self) { self.run() } } ${DEBUG} impl Run for T { fn go(&self) { self.run() } } pub fn go() { T::boxed().go() }`,
  'an inherent impl of its own build': `${TYPES} ${RELEASE} impl T { fn own(&self) { self.run() } } ${DEBUG} impl T { fn own(&self) { self.run() } } pub fn go() { T::boxed().own() }`,
  'a trait of an impl': `pub struct S; pub trait P { fn run(&self); } pub trait Q { fn run(&self); }
${DEBUG} pub use P as R; ${RELEASE} pub use Q as R; impl P for u8 { fn run(&self) { std::process::id(); } } impl Q for u8 { fn run(&self) { std::process::abort(); } } impl R for S { fn run(&self) { R::run(&1u8) } } pub fn go() { S.run() }`,
  'the type of a trait': `${TYPES} pub trait Take<X> { fn take(&self, x: X); } impl Take<A> for u8 { fn take(&self, x: A) { x.run() } } impl Take<B> for u8 { fn take(&self, x: B) { x.run() } } pub fn make() -> T { T::boxed() } ${first('1u8.take(make())')} pub fn go() { 1u8.take(make()) }`,
  'a drop': `pub struct A; impl Drop for A { fn drop(&mut self) { std::process::id(); } } pub struct B; impl Drop for B { fn drop(&mut self) { std::process::abort() } }
${DEBUG} pub type T = A; ${RELEASE} pub type T = B; pub fn make() -> T { loop {} } ${first('make();')} pub fn go() { make(); }`,
  'a drop of the alias': `pub struct A; pub struct B; ${DEBUG} pub type T = A; ${RELEASE} pub type T = B;
impl A { fn end(&self) { std::process::id(); } } impl B { fn end(&self) { std::process::abort() } }
impl Drop for T { fn drop(&mut self) { self.end() } } pub fn make() -> T { loop {} } pub fn go() { make(); }`,
  'a drop in a field': `pub struct A; impl Drop for A { fn drop(&mut self) { std::process::id(); } } pub struct B; impl Drop for B { fn drop(&mut self) { std::process::abort() } }
${DEBUG} pub type T = A; ${RELEASE} pub type T = B; pub struct S { t: T } pub fn make() -> S { loop {} } pub fn go() { make(); }`,
  'impls of one type in two builds': `pub trait Run { fn run(&self); } ${DEBUG} impl Run for u8 { fn run(&self) { std::process::id(); } } ${RELEASE} impl Run for u8 { fn run(&self) { std::process::abort() } } pub fn go() { 1u8.run() }`,
  'inherent impls of two builds': `pub struct S; ${DEBUG} impl S { fn run(&self) { std::process::id(); } } ${RELEASE} impl S { fn run(&self) { std::process::abort() } } pub fn go() { S.run() }`,
  'inherent functions of two builds': `pub struct S; impl S { ${DEBUG} fn run() { std::process::id(); } ${RELEASE} fn run() { std::process::abort() } } pub fn go() { S::run() }`,
  'functions of an impl in two builds': `pub trait Run { fn run(&self); } impl Run for u8 { ${DEBUG} fn run(&self) { std::process::id(); } ${RELEASE} fn run(&self) { std::process::abort() } } pub fn go() { 1u8.run() }`,
  'functions of a trait in two builds': `pub trait Run { ${DEBUG} fn run(&self) { std::process::id(); } ${RELEASE} fn run(&self) { std::process::abort() } } impl Run for u8 {} pub fn go() { 1u8.run() }`,
  'associated types in two builds': `${TYPES} pub trait Has { type Of; fn of(&self) -> Self::Of; } impl Has for u8 { ${DEBUG} type Of = A; ${RELEASE} type Of = B; fn of(&self) -> Self::Of { loop {} } } pub fn go() { 1u8.of().run() }`,
  'associated constants in two builds': `pub trait Has { const OF: fn(); } fn a() { std::process::id(); } fn b() { std::process::abort() } impl Has for u8 { ${DEBUG} const OF: fn() = a; ${RELEASE} const OF: fn() = b; } pub fn go() { <u8 as Has>::OF() }`,
  'drops of two builds': `pub struct S; ${DEBUG} impl Drop for S { fn drop(&mut self) { std::process::id(); } } ${RELEASE} impl Drop for S { fn drop(&mut self) { std::process::abort() } } pub fn go(_: S) {}`,
  'impls by dyn in two builds': `pub trait Run { fn run(&self); } ${DEBUG} impl Run for u8 { fn run(&self) { std::process::id(); } } ${RELEASE} impl Run for u8 { fn run(&self) { std::process::abort() } } pub fn go(x: &dyn Run) { x.run() }`,
  'an operator in two builds': `pub struct S; impl std::ops::Add for S { type Output = (); ${DEBUG} fn add(self, _: S) { std::process::id(); } ${RELEASE} fn add(self, _: S) { std::process::abort() } } pub fn go() { S + S }`,
  'what std calls back in two builds': `pub struct S; impl Iterator for S { type Item = (); ${DEBUG} fn next(&mut self) -> Option<()> { std::process::id(); None } ${RELEASE} fn next(&mut self) -> Option<()> { std::process::abort() } } pub fn go() { S.count(); }`,
  'functions by dyn in two builds': `pub trait Run { fn run(&self); } impl Run for u8 { ${DEBUG} fn run(&self) { std::process::id(); } ${RELEASE} fn run(&self) { std::process::abort() } } pub fn go(x: &dyn Run) { x.run() }`,
  'results of functions in two builds': `${TYPES} pub struct S; impl S { ${DEBUG} fn make() -> A { A } ${RELEASE} fn make() -> B { B } } pub fn go() { S::make().run() }`,
  'bounds of one impl': `pub trait P {} impl P for u8 {} pub trait Q {} impl Q for u16 {} ${DEBUG} pub use P as R; ${RELEASE} pub use Q as R;
pub trait Run { fn run(&self); } pub struct S<X>(X); impl<X: R + Run> Run for S<X> { fn run(&self) { self.0.run() } } impl Run for u8 { fn run(&self) { std::process::id(); } } impl Run for u16 { fn run(&self) { std::process::abort() } }
pub fn go() { ${DEBUG} { S(1u8).run(); } ${RELEASE} { S(1u16).run(); } }`,
  'a result that is an impl': `pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } impl P for u8 {} impl Q for u8 {}
${DEBUG} pub use P as R; ${RELEASE} pub use Q as R; pub fn make() -> impl R { 1u8 } ${first('make().run()')} pub fn go() { make().run() }`,
  'three meanings beside two': `${TYPES} pub struct C; impl C { pub fn run(&self) { std::process::id(); } }
#[cfg(target_feature = "avx2")] pub type V = A; #[cfg(all(not(target_feature = "avx2"), target_feature = "avx"))] pub type V = B; #[cfg(not(any(target_feature = "avx2", target_feature = "avx")))] pub type V = C;
pub fn one() -> T { loop {} } pub fn two() -> V { loop {} } pub fn go() { one().run(); two().run() }`,
}
/** Code that the other build alone has. */
const ABORT = {
  'an impl by dyn': `${TYPES} pub trait Run { fn go(&self); } impl Run for T { fn go(&self) { self.run() } } pub fn each(x: &dyn Run) { x.go() } ${RELEASE} pub fn go() { each(&B) }`,
  'an impl by name': `${TYPES} pub trait Run { fn go(&self); } impl Run for T { fn go(&self) { self.run() } } ${RELEASE} pub fn go() { B.go() }`,
  'an impl of its own build by name': `${TYPES} pub trait Run { fn go(&self); } ${RELEASE} impl Run for T { fn go(&self) { self.run() } } pub fn go() { B.go() }`,
  'an inherent impl of its own build by name': `${TYPES} ${RELEASE} impl T { fn own(&self) { self.run() } } pub fn go() { B.own() }`,
  'a drop of its own build': `pub struct A; pub struct B; ${DEBUG} pub type T = A; ${RELEASE} pub type T = B;
${RELEASE} impl Drop for T { fn drop(&mut self) { std::process::abort() } } pub fn go(_: B) {}`,
  'a drop of the other meaning': `pub struct A; pub struct B; ${DEBUG} pub type T = A; ${RELEASE} pub type T = B;
impl Drop for T { fn drop(&mut self) { std::process::abort() } } pub fn go(_: B) {}`,
}

let graph: CallGraph
beforeAll(async () => {
  const named = Object.entries({ ...BOTH, ...ABORT }).map(([name, text]) => ({
    name,
    fixture: parseFixture(withFullStd(text)),
  }))
  graph = await graphOf(named)
}, 120_000)

/** What `go` leads to, with the conditions of the way. */
function callsIn(fixture: string): ReadonlySet<string> {
  const start = graph.functions.find((fn) => fn.path === 'app::go' && fn.package.endsWith(`#${fixture}`))
  const out = new Set<string>()
  const seen = new Set<string>()
  const queue: [number, CfgExpr][] = start ? [[start.id, start.cfg]] : []
  for (const [id, cfg] of queue) {
    if (seen.has(`${id} ${printCfg(cfg)}`)) continue
    seen.add(`${id} ${printCfg(cfg)}`)
    for (const ref of graph.references) {
      if (ref.from !== id) continue
      const under = cfgAnd(cfg, ref.cfg)
      if (ref.callee?.startsWith('std::process')) out.add(`${ref.callee} if ${printCfg(under)}`)
      if (ref.to !== undefined) queue.push([ref.to, cfgAnd(under, graph.functions[ref.to]?.cfg)])
    }
  }
  return out
}
const holdsIn = (fixture: string, callee: string): boolean =>
  [...callsIn(fixture)].some((call) => call.startsWith(`std::process::${callee} if`) && !call.endsWith('if false'))

describe('both builds are led', () => {
  test.each(Object.keys(BOTH))('%s', (name) => {
    expect(['id', 'abort'].filter((callee) => !holdsIn(name, callee))).toEqual([])
  })
})

describe('the other build is led', () => {
  test.each(Object.keys(ABORT))('%s', (name) => expect(holdsIn(name, 'abort')).toBe(true))
})
