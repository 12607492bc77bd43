/**
 * Small crates whose code differs between targets, made of a seed: pieces that each put a power, or a way to one, under a
 * condition, in an order and with conditions that the seed chooses.
 */

const CONDITIONS = [
  'unix',
  'windows',
  'not(unix)',
  'target_os = "macos"',
  'any(target_os = "linux", windows)',
  'not(target_arch = "wasm32")',
  'all(unix, not(target_os = "macos"))',
  'target_pointer_width = "64"',
  'debug_assertions',
]
const POWERS = [
  'std::process::abort();',
  'std::process::id();',
  'std::env::args();',
  'std::env::vars();',
  'std::thread::yield_now();',
]

/** A piece with its own names (`@` is its number), two conditions and two powers. */
type Piece = (a: string, b: string, p: string, q: string) => string

const PIECES: readonly Piece[] = [
  (a, b, p, q) => `pub fn f@() { #[cfg(${a})] { ${p} } #[cfg(${b})] { ${q} } }`,
  (a, b, p, q) => `#[cfg(${a})] pub fn f@() { ${p} } #[cfg(not(${a}))] #[cfg(${b})] pub fn f@() { ${q} }`,
  (a, _, p, q) =>
    `#[cfg(${a})] mod m@ { pub fn f() { ${p} } } #[cfg(not(${a}))] mod m@ { pub fn f() { ${q} } } pub fn f@() { m@::f() }`,
  (a, _, p, q) =>
    `mod a@ { pub fn f() { ${p} } } mod b@ { pub fn f() { ${q} } } #[cfg(${a})] use a@::f as g@; #[cfg(not(${a}))] use b@::f as g@; pub fn f@() { g@() }`,
  (a, _, p, q) =>
    `pub struct A@; impl A@ { pub fn run(&self) { ${p} } } pub struct B@; impl B@ { pub fn run(&self) { ${q} } } #[cfg(${a})] pub type C@ = A@; #[cfg(not(${a}))] pub type C@ = B@; pub fn f@(c: &C@) { c.run() }`,
  (a, _, p, q) =>
    `pub struct A@; impl A@ { pub fn run(&self) { ${p} } } pub struct B@; impl B@ { pub fn run(&self) { ${q} } } pub struct S@ { #[cfg(${a})] pub c: A@, #[cfg(not(${a}))] pub c: B@ } pub fn f@(s: &S@) { s.c.run() }`,
  (a, _, p, q) =>
    `pub trait T@ { fn run(&self); } pub struct A@; #[cfg(${a})] impl T@ for A@ { fn run(&self) { ${p} } } #[cfg(not(${a}))] impl T@ for A@ { fn run(&self) { ${q} } } pub fn f@(x: &A@) { x.run() } pub fn g@(x: &dyn T@) { x.run() }`,
  (a, b, p, _) =>
    `pub struct D@; impl Drop for D@ { fn drop(&mut self) { ${p} } } pub fn f@() { #[cfg(${a})] let _d = D@; #[cfg(${b})] let _e = D@; }`,
  (a, b, p, q) =>
    `pub struct D@; #[cfg(${a})] impl Drop for D@ { fn drop(&mut self) { ${p} } } #[cfg(all(not(${a}), ${b}))] impl Drop for D@ { fn drop(&mut self) { ${q} } } pub fn f@() { let _d = D@; }`,
  (a, b, p, q) =>
    `pub fn f@(f: fn()) { #[cfg(${a})] f(); #[cfg(${b})] f(); } fn h@() { ${p} } fn i@() { ${q} } pub fn g@() { #[cfg(${a})] f@(h@); f@(i@) }`,
  (a, b, p, q) =>
    `fn c@<F: Fn()>(f: F) { f() } pub fn f@() { c@(|| ()); #[cfg(${a})] c@(|| { ${p} }); #[cfg(${b})] c@(|| { ${q} }); }`,
  (a, _, p, q) =>
    `#[cfg(${a})] macro_rules! m@ { () => { ${p} } } #[cfg(not(${a}))] macro_rules! m@ { () => { ${q} } } pub fn f@() { m@!() }`,
  (a, b, p, _) =>
    `macro_rules! m@ { ($($t:tt)*) => { $($t)* } } m@! { #[cfg(${a})] pub fn f@() { #[cfg(${b})] { ${p} } } }`,
  (a, b, p, q) => `pub fn f@() { if cfg!(${a}) { ${p} } match 1 { #[cfg(${b})] 1 => { ${q} } _ => () } }`,
  (a, _, p, q) =>
    `#[cfg_attr(${a}, cfg(any()))] pub fn f@() { ${p} } #[cfg_attr(not(${a}), cfg(any()))] pub fn f@() { ${q} }`,
  (a, b, p, q) =>
    `pub trait T@ { fn run(&self) { ${p} } } #[cfg(${a})] impl T@ for u8 {} #[cfg(${b})] impl T@ for u16 { fn run(&self) { ${q} } } pub fn f@<X: T@>(x: &X) { x.run() } pub fn g@() { #[cfg(${a})] f@(&1u8); #[cfg(${b})] f@(&1u16); }`,
  (a, _, p, q) =>
    `pub const N@: usize = if cfg!(${a}) { 1 } else { 2 }; pub fn f@() { #[cfg(${a})] const C: fn() = || { ${p} }; #[cfg(not(${a}))] const C: fn() = || { ${q} }; C() }`,
  (a, b, p, q) =>
    `mod m@ { #[cfg(${a})] mod x { pub fn run() { ${p} } } #[cfg(${a})] pub use x::*; #[cfg(all(not(${a}), ${b}))] pub fn run() { ${q} } #[cfg(not(any(${a}, ${b})))] pub fn run() {} } use m@::*; pub fn f@() { m@::run() }`,
  (a, _, p, q) =>
    `fn get@() -> impl Fn() { #[cfg(${a})] { || { ${p} } } #[cfg(not(${a}))] { || { ${q} } } } pub fn f@() { get@()() }`,
  (a, b, p, q) =>
    `extern "C" { #[cfg(${a})] fn foreign@(); } pub fn f@() { #[cfg(${a})] unsafe { foreign@() } let x = 1u8; #[cfg(${b})] unsafe { let _ = *(&x as *const u8); } ${p} ${q} }`,
  (a, _, p, q) =>
    `pub enum E@ { #[cfg(${a})] X(A@), #[cfg(not(${a}))] X(B@) } pub struct A@; impl A@ { fn run(&self) { ${p} } } pub struct B@; impl B@ { fn run(&self) { ${q} } } pub fn f@(e: &E@) { match e { E@::X(x) => x.run() } }`,
  (a, _, p, q) =>
    `pub struct W@; #[cfg(${a})] impl std::ops::Deref for W@ { type Target = A@; fn deref(&self) -> &A@ { ${p} &A@ } } #[cfg(not(${a}))] impl W@ { pub fn run(&self) { ${q} } } pub struct A@; impl A@ { pub fn run(&self) { ${q} } } pub fn f@(w: &W@) { w.run() }`,
  (a, _, p, q) =>
    `pub trait T@ { fn first(&self) {} fn run(&self); } pub struct A@; impl T@ for A@ { fn first(&self) {} #[cfg(${a})] fn run(&self) { ${p} } #[cfg(not(${a}))] fn run(&self) { ${q} } } pub fn f@(x: &dyn T@) { x.run() } pub fn g@() { f@(&A@) }`,
  (a, _, p, q) =>
    `pub trait T@ { fn run(&self); } pub struct A@; impl A@ { fn own(&self) { ${p} } } pub struct B@; impl B@ { fn own(&self) { ${q} } } #[cfg(${a})] pub type C@ = A@; #[cfg(not(${a}))] pub type C@ = B@; impl T@ for C@ { fn run(&self) { self.own() } } pub fn f@(x: &dyn T@) { x.run() } pub fn g@() { f@(&A@); f@(&B@) }`,
  (a, _, p, q) =>
    `pub struct A@; impl Drop for A@ { fn drop(&mut self) { ${p} } } pub struct B@; impl Drop for B@ { fn drop(&mut self) { ${q} } } #[cfg(${a})] pub type C@ = A@; #[cfg(not(${a}))] pub type C@ = B@; pub struct S@ { pub c: C@ } pub fn f@(_: S@) {}`,
  (a, b, p, q) =>
    `macro_rules! m@ { ($($t:tt)*) => { $($t)* } } pub fn f@() { fn g() { h() } #[cfg(${a})] m@! { fn h() { ${p} } } #[cfg(not(${a}))] m@! { fn h() { #[cfg(${b})] { ${q} } } } g() }`,
  (a, _, p, q) =>
    `pub trait T@ { const N: fn(); } fn c@() { ${p} } fn d@() { ${q} } pub struct A@; impl T@ for A@ { #[cfg(${a})] const N: fn() = c@; #[cfg(not(${a}))] const N: fn() = d@; } pub fn f@() { A@::N() } pub fn g@<X: T@>() { X::N() }`,
  (a, _, p, q) =>
    `pub struct A@; impl A@ { pub fn run(&self) { ${p} } } pub struct B@; impl B@ { pub fn run(&self) { ${q} } } pub trait T@ { type O; fn o(&self) -> Self::O; } impl T@ for u8 { #[cfg(${a})] type O = A@; #[cfg(not(${a}))] type O = B@; fn o(&self) -> Self::O { loop {} } } pub fn f@() { 1u8.o().run() }`,
  (a, _, p, q) =>
    `#[cfg(${a})] const P@: &str = "/a"; #[cfg(not(${a}))] const P@: &str = "/b"; pub fn f@() { ${p} let _ = std::fs::read(P@); ${q} }`,
]

/** A crate's text; the same for the same seed. */
export function targetCrate(seed: number): string {
  const random = generator(seed)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  const lines = PIECES.map((piece, i) =>
    piece(pick(CONDITIONS), pick(CONDITIONS), pick(POWERS), pick(POWERS)).replaceAll('@', `${i}`),
  )
  return lines.join('\n')
}

/** Mulberry32: small, and the same everywhere. */
export function generator(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}
