/**
 * Small crates in which a text that two targets share means another thing on each: a name behind `===`, then the fixture,
 * whose first file is the crate `app` where it says nothing else.
 */

/**
 * Of these more is found than on each target alone: constants are read by whoever reads them on some target, and what a target
 * calls otherwise is not told from what it has not.
 */
export const MORE_IS_FOUND: ReadonlySet<string> = new Set([
  'a constant that an impl has or leaves to the trait',
  'what Self is in an impl',
])

const PIECES = `
=== a link name
extern "C" { #[cfg_attr(windows, link_name = "WinExec")] #[cfg_attr(unix, link_name = "system")] fn launch(); }
mod q { pub fn f() { unsafe { crate::launch() } } }
=== a path of a module
//- /lib.rs crate:app
#[cfg_attr(unix, path = "unix.rs")] #[cfg_attr(windows, path = "windows.rs")] mod imp;
mod q { pub fn f() { crate::imp::call() } }
//- /unix.rs
pub fn call() { std::process::id(); }
//- /windows.rs
pub fn call() { std::process::abort(); }
=== items of a block
mod a { pub fn g() { std::process::id(); } } mod b { pub fn g() { std::process::abort(); } }
mod q { use crate::a::g; pub fn f() { #[cfg(windows)] use crate::b::g; g() } pub fn h() { { #[cfg(windows)] use crate::b::*; g() } } }
mod r { use crate::a::g; pub fn f() { #[cfg(windows)] fn g() { std::env::args(); } g() } }
=== a macro of a block
macro_rules! m { () => { std::process::id() } }
mod q { pub fn f() { #[cfg(windows)] macro_rules! m { () => { std::process::abort() } } m!(); } }
=== items that macros make in a block
pub fn a() { std::process::id(); }
macro_rules! items { ($($i:item)*) => { $($i)* } }
mod q { use crate::a; pub fn f() { items! { #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod r { use crate::a; pub fn f() { items! { fn z() {} #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod s { use crate::a; pub fn f() { items! { fn z() {} items! { #[cfg(windows)] fn a() { std::process::abort() } } } a() } }
=== a function of an impl before that of a trait
pub struct A; #[cfg(windows)] impl A { pub fn run(&self) { std::process::abort(); } }
pub trait T { fn run(&self) { std::process::id(); } } impl T for A {}
mod q { use super::{A, T}; pub fn f(a: &A) { a.run() } }
=== a trait by value before one by reference
pub struct A; pub trait T { fn run(self); } pub trait U { fn run(&self); }
#[cfg(windows)] impl T for A { fn run(self) { std::process::abort(); } }
impl U for A { fn run(&self) { std::process::id(); } }
mod q { use super::{A, T, U}; pub fn f(a: A) { a.run() } }
=== an item before that of a glob
mod m { mod x { pub fn run() { std::process::id(); } } pub use x::*; #[cfg(windows)] pub fn run() { std::process::abort(); } }
mod q { pub fn f() { crate::m::run() } }
=== a module before that of a glob
mod m { mod x { pub mod y { pub fn run() { std::process::id(); } } } pub use x::*; #[cfg(windows)] pub mod y { pub fn run() { std::process::abort(); } } }
mod q { pub fn f() { crate::m::y::run() } }
=== a later macro_rules
macro_rules! m { () => { std::process::id() } }
#[cfg(windows)] macro_rules! m { () => { std::process::abort() } }
mod q { pub fn f() { m!(); } }
=== macros of a macro_use module
#[macro_use] mod macs { #[cfg(unix)] macro_rules! m { () => { std::process::id() } } #[cfg(windows)] macro_rules! m { () => { std::process::abort() } } }
mod q { pub fn f() { m!(); } }
=== exported macros
mod macs { #[cfg(unix)] #[macro_export] macro_rules! m { () => { std::process::id() } } #[cfg(windows)] #[macro_export] macro_rules! m { () => { std::process::abort() } } }
mod q { pub fn f() { crate::m!(); } }
=== a macro in a macro
#[cfg(unix)] macro_rules! m { () => { std::process::id() } } #[cfg(windows)] macro_rules! m { () => { std::process::abort() } }
macro_rules! o { () => { m!() } }
mod q { pub fn f() { o!(); } }
=== an impl before that for references
pub struct A; #[cfg(windows)] impl Clone for A { fn clone(&self) -> A { std::process::abort(); } }
mod q { use super::A; pub fn f(a: &A) { let _ = a.clone(); } }
=== a function that an impl has or leaves to the trait
pub trait T { fn run(&self) { std::process::id(); } } pub struct A; impl T for A { #[cfg(windows)] fn run(&self) { std::process::abort(); } }
mod q { use super::{A, T}; pub fn f(a: &A) { a.run() } pub fn g(a: &dyn T) { a.run() } pub fn h<X: T>(x: &X) { x.run() } pub fn i() { g(&A); h(&A); T::run(&A); A::run(&A); <A as T>::run(&A) } }
=== a constant that an impl has or leaves to the trait
pub trait T { const F: fn() = crate::safe; } pub fn safe() { std::process::id(); } pub fn power() { std::process::abort(); } pub struct A; impl T for A { #[cfg(windows)] const F: fn() = crate::power; }
mod q { use super::{A, T}; pub fn f() { (A::F)() } pub fn h<X: T>(_: &X) { (X::F)() } pub fn i() { h(&A); } }
=== a name of a conditional alias of a module
mod sys { #[cfg(unix)] mod u { pub fn call() { std::process::id(); } } #[cfg(windows)] mod w { pub fn call() { std::process::abort(); } } #[cfg(unix)] use u as imp; #[cfg(windows)] use w as imp; pub use imp::call; }
mod q { pub fn f() { crate::sys::call() } }
=== a glob of a conditional alias of a module
mod sys { #[cfg(unix)] mod u { pub fn call() { std::process::id(); } } #[cfg(windows)] mod w { pub fn call() { std::process::abort(); } } #[cfg(unix)] use u as imp; #[cfg(windows)] use w as imp; pub use imp::*; }
mod q { pub fn f() { crate::sys::call() } }
mod r { use crate::sys::*; pub fn f() { call() } }
=== a glob of an import that is another
mod u { pub fn call() { std::process::id(); } } mod w { pub fn call() { std::process::abort(); } }
mod sys { #[cfg(unix)] use crate::u as imp; #[cfg(windows)] use crate::w as imp; pub use imp::*; pub mod deep { pub use super::imp::call as other; } }
mod q { pub fn f() { crate::sys::call() } pub fn g() { crate::sys::deep::other() } }
mod r { use crate::sys::*; pub fn f() { call() } }
mod s { use crate::sys::call; pub fn f() { call() } }
=== a constant that is computed from cfg
pub const N: usize = if cfg!(unix) { 1 } else { 2 }; pub struct A<const N: usize>; impl A<1> { pub fn run(&self) { std::process::id(); } } impl A<2> { pub fn run(&self) { std::process::abort(); } }
mod q { use super::*; pub fn f(a: A<N>) { a.run() } pub fn g() { A::<N>.run() } pub fn h() { A::<{ super::N }>.run() } pub fn i() { A::<{ if cfg!(unix) { 1 } else { 2 } }>.run() } }
=== constants of constants
mod c { #[cfg(unix)] pub const N: usize = 1; #[cfg(windows)] pub const N: usize = 2; pub const M: usize = N; } pub struct A<const N: usize>; impl A<1> { pub fn run(&self) { std::process::id(); } } impl A<2> { pub fn run(&self) { std::process::abort(); } }
mod q { use super::*; pub fn f(a: A<{ super::c::M }>) { a.run() } pub fn g() { A::<{ super::c::N }>.run() } pub fn h() { A::<{ super::c::M }>.run() } }
=== a constant of a trait in a type
mod c { pub trait Z { const N: usize; } impl Z for u8 { #[cfg(unix)] const N: usize = 1; #[cfg(windows)] const N: usize = 2; } } pub trait T { fn run(&self); } impl T for [u8; 1] { fn run(&self) { std::process::id(); } } impl T for [u8; 2] { fn run(&self) { std::process::abort(); } }
mod q { use super::*; pub fn f(a: &[u8; <u8 as c::Z>::N]) { a.run() } }
=== fields and elements of expressions
pub struct A; impl A { pub fn new() -> A { std::process::id(); A } } pub struct B; impl B { pub fn new() -> B { std::process::abort() } }
pub struct S { #[cfg(unix)] pub c: A, #[cfg(not(unix))] pub c: B }
mod q { use super::*; pub fn f() { let _ = S { #[cfg(unix)] c: A::new(), #[cfg(not(unix))] c: B::new() }; } pub fn g() { let _ = [#[cfg(unix)] { A::new(); }, #[cfg(not(unix))] { B::new(); }]; } }
=== an impl in a block elsewhere
pub struct A; pub trait T { fn run(&self) { std::process::id(); } } impl T for A {}
mod q { pub fn f() { #[cfg(windows)] impl crate::A { pub fn run(&self) { std::process::abort(); } } } }
mod r { use crate::T; pub fn f(a: &crate::A) { a.run() } }
=== a default of a type parameter by import
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
mod sys { #[cfg(unix)] pub use crate::u::D; #[cfg(windows)] pub use crate::w::D; }
pub struct S<T = crate::sys::D>(pub T);
mod q { pub fn f(s: &crate::S) { s.0.run() } }
=== a glob before the prelude
mod m { #[cfg(windows)] pub fn drop<T>(_: T) { std::process::abort(); } }
mod q { use crate::m::*; pub fn f() { drop(1u8) } }
=== a type of a glob before the prelude
mod m { #[cfg(windows)] pub struct Vec; #[cfg(windows)] impl Vec { pub fn new() { std::process::abort(); } } pub fn other() {} }
mod q { use crate::m::*; pub fn f() { let _ = Vec::new(); other() } }
=== an impl of Copy that bounds ask for
pub struct A; #[cfg(windows)] impl Clone for A { fn clone(&self) -> A { A } } #[cfg(windows)] impl Copy for A {}
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: Copy> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== an impl of Send that bounds ask for
pub struct A(*const u8); #[cfg(windows)] unsafe impl Send for A {}
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: Send> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== a field by which a type is not Send
pub struct A { #[cfg(unix)] x: *const u8, y: u8 }
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: Send> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== a function before that of what is dereferenced to
pub struct A; pub struct I; impl I { pub fn run(&self) { std::process::id(); } }
impl core::ops::Deref for A { type Target = I; fn deref(&self) -> &I { &I } }
#[cfg(windows)] impl A { pub fn run(&self) { std::process::abort(); } }
mod q { pub fn f(a: &crate::A) { a.run() } }
=== an associated function before that of a trait
pub struct A; pub trait T { fn make() -> u8 { std::process::id(); 1 } } impl T for A {} #[cfg(windows)] impl A { pub fn make() -> u8 { std::process::abort() } }
mod q { use crate::T; pub fn f() { crate::A::make(); } }
=== an impl of Drop
pub struct D; #[cfg(windows)] impl Drop for D { fn drop(&mut self) { std::process::abort(); } }
mod q { pub fn f() { let _d = crate::D; } pub fn g<T>(_: T) {} pub fn h() { g(crate::D) } }
=== an impl that dyn calls lead to
pub trait T { fn run(&self); } pub struct A; pub struct B; impl T for A { fn run(&self) { std::process::id(); } } #[cfg(windows)] impl T for B { fn run(&self) { std::process::abort(); } }
mod q { use crate::*; pub fn f(x: &dyn T) { x.run() } pub fn g() { f(&A) } pub fn b() -> B { B } }
=== an impl for a generic type
pub trait T { fn run(&self); } pub struct A; impl T for A { fn run(&self) { std::process::id(); } } #[cfg(windows)] impl<X: T> T for Option<X> { fn run(&self) { std::process::abort(); } } #[cfg(unix)] impl<X: T> T for Option<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f<X: T>(x: X) { x.run() } pub fn g() { f(Some(A)) } pub fn h() { Some(A).run() } }
=== a variant
pub enum E { A, #[cfg(windows)] B(fn()) } pub fn p() { std::process::abort(); }
mod q { use crate::E; pub fn f(e: E) { match e { E::A => {}, #[cfg(windows)] E::B(f) => f() } } pub fn g() { #[cfg(windows)] f(E::B(crate::p)); } }
=== variants by way of an import
mod m { pub enum E { A, B } pub enum F { A, B } impl E { pub fn run(&self) { std::process::id(); } } impl F { pub fn run(&self) { std::process::abort(); } } #[cfg(unix)] pub use E as G; #[cfg(windows)] pub use F as G; }
mod q { use crate::m::G::*; pub fn f() { A.run() } } mod r { pub fn f() { crate::m::G::A.run() } }
=== a supertrait by import
mod m { pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } #[cfg(unix)] pub use P as S; #[cfg(windows)] pub use Q as S; impl P for u8 {} impl Q for u8 {} }
pub trait T: m::S {} impl T for u8 {}
mod q { pub fn f<X: crate::T>(x: X) { x.run() } pub fn g(x: &dyn crate::T) { x.run() } pub fn h() { f(1u8); g(&1u8) } }
=== the type of a field by way of globs
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
mod sys { #[cfg(unix)] use crate::u as imp; #[cfg(windows)] use crate::w as imp; pub use imp::*; }
pub struct S { pub c: crate::sys::D }
mod q { pub fn f(s: &crate::S) { s.c.run() } }
mod mid { pub use crate::sys::*; } pub struct R { pub c: crate::mid::D }
mod r { pub fn f(s: &crate::R) { s.c.run() } }
=== the types of fields, functions, statics and aliases
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } }
mod sys { pub use crate::u::*; #[cfg(windows)] pub struct D; #[cfg(windows)] impl D { pub fn run(&self) { std::process::abort(); } } }
pub struct S { pub c: crate::sys::D } pub fn get() -> crate::sys::D { loop {} } pub static C: crate::sys::D = loop {}; pub type Al = crate::sys::D;
mod q { pub fn f(s: &crate::S) { s.c.run() } }
mod q2 { pub fn f() { crate::get().run() } }
mod q3 { pub fn f() { crate::C.run() } }
mod q4 { pub fn f(a: &crate::Al) { a.run() } }
=== a field of a derived impl
pub struct W(u8); impl Clone for W { fn clone(&self) -> W { std::process::abort() } } pub struct V(u8); impl Clone for V { fn clone(&self) -> V { std::process::id(); V(1) } }
#[derive(Clone)] pub struct S { #[cfg(windows)] pub a: W, pub b: V }
#[derive(Clone)] pub struct R { #[cfg(unix)] pub a: W, pub b: V }
=== a variant of a derived impl
pub struct W(u8); impl Clone for W { fn clone(&self) -> W { std::process::abort() } }
#[derive(Clone)] pub enum E { A(u8), #[cfg(windows)] B(W), #[cfg(unix)] C(W) }
=== the type of a field of a derived impl
mod m { pub struct A; pub struct B; impl Clone for A { fn clone(&self) -> A { std::process::id(); A } } impl Clone for B { fn clone(&self) -> B { std::process::abort() } } pub mod x { pub use super::A as D; } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::B as D; } }
#[derive(Clone)] pub struct S { pub f: m::y::D }
=== a derive under cfg_attr
pub struct A; #[cfg_attr(windows, derive(Clone))] pub struct S { pub f: u8 }
pub trait T { fn clone(&self) {  std::process::id(); } } #[cfg(unix)] impl T for S {} 
mod q { use crate::*; pub fn f(s: &S) { #[cfg(unix)] s.clone(); #[cfg(windows)] let _ = s.clone(); } pub fn g(s: &S) { let _ = s.clone(); } }
=== a trait without a name
mod m { pub trait T { fn run(self); } pub trait U { fn run(&self); } impl T for super::A { fn run(self) { std::process::abort() } } impl U for super::A { fn run(&self) { std::process::id(); } } }
pub struct A; 
mod q { #[cfg(windows)] use crate::m::T as _; use crate::m::U as _; pub fn f(a: crate::A) { a.run() } }
mod r { use crate::m::U as _; pub fn f(a: crate::A) { #[cfg(windows)] use crate::m::T as _; a.run() } }
=== a trait of a glob
mod m { #[cfg(windows)] pub trait T { fn run(self); } pub trait U { fn run(&self); } #[cfg(windows)] impl T for super::A { fn run(self) { std::process::abort() } } impl U for super::A { fn run(&self) { std::process::id(); } } }
pub struct A; 
mod q { use crate::m::*; pub fn f(a: crate::A) { a.run() } }
=== traits of a module that are handed on
mod m { pub trait T { fn run(self); } impl T for super::A { fn run(self) { std::process::abort() } } pub trait U { fn run(&self); } impl U for super::A { fn run(&self) { std::process::id(); } } }
mod p { pub use crate::m::U; #[cfg(windows)] pub use crate::m::T; }
mod p2 { pub use crate::m::U as _; #[cfg(windows)] pub use crate::m::T as _; }
pub struct A; 
mod q { use crate::p::*; pub fn f(a: crate::A) { a.run() } }
mod r { use crate::p2::*; pub fn f(a: crate::A) { a.run() } }
=== an operator for another type
pub struct S; impl core::ops::Add<u8> for S { type Output = S; fn add(self, _: u8) -> S { std::process::id(); S } }
#[cfg(windows)] impl core::ops::Add<i32> for S { type Output = S; fn add(self, _: i32) -> S { std::process::abort() } }
mod q { pub fn f() { let _ = crate::S + 1; } }
=== an index before that of what is dereferenced to
pub struct V; impl core::ops::Index<usize> for V { type Output = u8; fn index(&self, _: usize) -> &u8 { std::process::id(); &1 } }
pub struct S(V); impl core::ops::Deref for S { type Target = V; fn deref(&self) -> &V { &self.0 } }
#[cfg(windows)] impl core::ops::Index<usize> for S { type Output = u8; fn index(&self, _: usize) -> &u8 { std::process::abort() } }
mod q { pub fn f(s: crate::S) -> u8 { s[0] } }
=== what operators and iterators give
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
mod sys { pub use crate::u::*; #[cfg(windows)] pub use crate::w::D; }
pub struct S; impl core::ops::Deref for S { type Target = sys::D; fn deref(&self) -> &sys::D { loop {} } }
impl core::ops::Add for S { type Output = sys::D; fn add(self, _: S) -> sys::D { loop {} } }
impl IntoIterator for S { type Item = sys::D; type IntoIter = std::vec::IntoIter<sys::D>; fn into_iter(self) -> std::vec::IntoIter<sys::D> { loop {} } }
pub struct I; impl Iterator for I { type Item = sys::D; fn next(&mut self) -> Option<sys::D> { None } }
mod q { pub fn f(s: crate::S) { s.run() } }
mod q2 { pub fn f() { (crate::S + crate::S).run() } }
mod q3 { pub fn f() { for x in crate::S { x.run() } } }
mod q4 { pub fn f() { for x in crate::I { x.run() } } }
mod q5 { pub fn f() { crate::I.next().unwrap().run() } }
=== associated types
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
mod sys { pub use crate::u::*; #[cfg(windows)] pub use crate::w::D; }
pub trait T { type Out; fn get(&self) -> Self::Out; } pub struct S; impl T for S { type Out = sys::D; fn get(&self) -> sys::D { loop {} } }
pub fn via<X: T>(x: X) -> X::Out { x.get() }
mod q { pub fn f() { crate::via(crate::S).run() } }
mod q2 { use crate::T; pub fn f() { crate::S.get().run() } }
mod q3 { pub fn f(x: <crate::S as crate::T>::Out) { x.run() } }
=== what Self is in an impl
mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
mod sys { pub use crate::u::*; #[cfg(windows)] pub use crate::w::D; }
pub struct S<X>(X); impl S<sys::D> { pub fn go(&self) { self.0.run() } }
pub trait G { fn go(&self); } impl G for (sys::D,) { fn go(&self) { self.0.run() } }
pub trait H: Sized { fn go(self) where Self: Into<sys::D> { self.into().run() } }
mod q { use crate::sys::*; pub struct R(pub D); impl R { pub fn go(&self) { self.0.run() } } } mod q2 { pub fn f(r: crate::q::R) { r.0.run() } }
=== names that crates hand on
//- /third.rs crate:third
pub mod u { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } pub mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } }
pub mod sys { pub use crate::u::*; #[cfg(windows)] pub use crate::w::D; } pub fn get() -> sys::D { loop {} } pub struct F { pub x: sys::D }
#[macro_export] macro_rules! make { () => { $crate::sys::D } }
//- /dep.rs crate:dep deps:third
pub use third; pub use third::*; pub mod deep { pub use third::get; pub use third::sys::*; pub fn got() -> third::sys::D { loop {} } pub fn fld() -> third::F { loop {} } }
//- /lib.rs crate:app deps:dep
mod q { pub fn f() { dep::sys::D.run() } } mod q2 { pub fn f() { dep::get().run() } } mod q3 { pub fn f() { dep::deep::get().run() } } mod q4 { pub fn f() { dep::deep::D.run() } } mod q5 { pub fn f() { dep::deep::got().run() } } mod q6 { pub fn f() { dep::deep::fld().x.run() } } mod q7 { pub fn f() { dep::third::sys::D.run() } } mod q8 { pub fn f() { dep::make!().run() } }
=== macros of macro_use crates
//- /dep.rs crate:dep
#[cfg(unix)] #[macro_export] macro_rules! m { () => { std::process::id() } } #[cfg(windows)] #[macro_export] macro_rules! m { () => { std::process::abort() } } 
#[macro_export] macro_rules! n { () => { $crate::m!() } } #[macro_export(local_inner_macros)] macro_rules! o { () => { m!() } }
//- /lib.rs crate:app deps:dep
#[macro_use] extern crate dep;
mod q { pub fn f() { m!(); } } mod q2 { pub fn f() { n!(); } } mod q3 { pub fn f() { o!(); } } mod q4 { pub fn f() { dep::n!(); } }
=== conditions in what macros make
pub fn a() { std::process::id(); } pub fn b() { std::process::abort(); }
macro_rules! m { () => { #[cfg(unix)] crate::a(); #[cfg(windows)] crate::b(); } } macro_rules! n { () => { { #[cfg(windows)] use crate::b as a; #[cfg(unix)] use crate::a; a() } } }
macro_rules! items { ($($i:item)*) => { $($i)* } }
mod q { pub fn f() { m!(); } } mod q2 { pub fn f() { n!() } } mod q3 { use crate::a; pub fn f() { items! { #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod q4 { use crate::a; pub fn f() { items! { fn z() {} #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod q5 { use crate::a; items! { #[cfg(windows)] fn x() {} } pub fn f() { items! { fn z() {} items! { #[cfg(windows)] use crate::b as a; } } a() } }
=== a bound on an impl
pub trait M {} pub struct A; #[cfg(windows)] impl M for A {}
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: M> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== a bound that a blanket impl makes
pub trait M {} pub struct A; #[cfg(windows)] impl M for A {} pub trait N {} impl<X: M> N for X {}
pub struct W<X>(pub X);
impl<X> W<X> where X: N { pub fn run(self) { std::process::abort(); } } pub trait U { fn run(&self); } impl<X> U for W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== another trait in a bound
mod u { pub trait M {} impl M for u8 {} } mod w { pub trait M {} impl M for u16 {} } mod sys { pub use crate::u::*; #[cfg(windows)] pub use crate::w::M; }
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: sys::M> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<u16>) { w.run() } pub fn g(w: W<u8>) { w.run() } }
=== a field of a part by which a type is not Send
pub struct A { #[cfg(unix)] pub ptr_only: *const u8, pub other: u8 } pub struct B(pub A); pub enum E { V(B) }
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X);
impl<X: Send> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } } mod q2 { use crate::*; pub fn f(w: W<E>) { w.run() } }
=== functions in constants and statics
mod p { #[cfg(unix)] pub const F: fn() = crate::a; #[cfg(windows)] pub const F: fn() = crate::b; pub static T: [fn(); 1] = [F]; } pub fn a() { std::process::id(); } pub fn b() { std::process::abort(); }
mod q { pub fn f() { (crate::p::F)() } pub fn g() { (crate::p::T[0])() } }
=== an import of an import
mod u { pub fn g() { std::process::id(); } } mod w { pub fn g() { std::process::abort(); } }
#[cfg(windows)] use w as imp; #[cfg(unix)] use u as imp;
mod q { pub fn f() { crate::imp::g() } } mod q2 { use super::imp; pub fn f() { imp::g() } } mod q3 { use super::*; pub fn f() { imp::g() } } mod q4 { use super::imp::g; pub fn f() { g() } } mod q5 { pub fn f() { use super::imp::*; g() } }
=== an impl for an alias
pub struct A; mod m { #[cfg(unix)] pub type K = super::A; #[cfg(windows)] pub type K = super::B; } pub struct B;
impl m::K { pub fn run(&self) { std::process::abort(); } } pub trait T { fn run(&self) { std::process::id(); } } impl T for A {} impl T for B {}
mod q { use crate::*; pub fn f(a: &A) { a.run() } pub fn g(b: &B) { b.run() } }
=== a default of a type parameter by glob
mod m { pub trait P { fn mk() -> Self; fn run(&self); } impl P for u8 { fn mk() -> u8 { 1 } fn run(&self) { std::process::id(); } } impl P for u16 { fn mk() -> u16 { 1 } fn run(&self) { std::process::abort(); } } pub mod x { pub type K = u8; } pub mod y { pub use super::x::*; #[cfg(windows)] pub type K = u16; } pub struct S<T = y::K>(pub T); impl S { pub fn new() -> Self { loop {} } } }
mod q { use crate::m::P; pub fn f() { crate::m::S::new().0.run() } } mod q2 { use crate::m::P; pub fn f(s: crate::m::S) { s.0.run() } }
=== a constant argument by glob
mod m { pub mod x { pub const N: usize = 1; } pub mod y { pub use super::x::*; #[cfg(windows)] pub const N: usize = 2; } pub const M: usize = y::N; } pub struct A<const N: usize>; impl A<1> { pub fn run(&self) { std::process::id(); } } impl A<2> { pub fn run(&self) { std::process::abort(); } }
pub fn get() -> A<{ m::M }> { A } mod q { pub fn f() { crate::get().run() } } mod q2 { pub fn f() { crate::A::<{ crate::m::M }>.run() } }
=== who makes a trait object
pub trait T { fn run(&self); } pub struct A; pub struct B; impl T for A { fn run(&self) { std::process::id(); } } impl T for B { fn run(&self) { std::process::abort(); } }
mod f { pub mod x { pub fn make() -> Box<dyn crate::T> { Box::new(crate::A) } } pub mod y { pub use super::x::*; #[cfg(windows)] pub fn make() -> Box<dyn crate::T> { Box::new(crate::B) } } pub fn get() -> Box<dyn crate::T> { y::make() } }
mod q { pub fn f() { crate::f::get().run() } }
=== what impl Trait stands for
pub trait T { fn run(&self); } pub struct A; pub struct B; impl T for A { fn run(&self) { std::process::id(); } } impl T for B { fn run(&self) { std::process::abort(); } }
mod f { #[cfg(unix)] pub fn make() -> impl crate::T { crate::A } #[cfg(windows)] pub fn make() -> impl crate::T { crate::B } pub fn get() -> impl crate::T { make() } }
mod q { use crate::T; pub fn f() { crate::f::get().run() } pub fn g() { crate::f::make().run() } }
=== targets and features together
mod u { pub fn g() { std::process::id(); } } mod w { pub fn g() { std::process::abort(); } }
#[cfg(all(windows, not(feature = "x")))] use w::g; #[cfg(not(all(windows, not(feature = "x"))))] use u::g;
mod q { pub fn f() { crate::g() } } mod q2 { use crate::*; pub fn f() { g() } }
=== what two bodies own
pub struct D; impl Drop for D { fn drop(&mut self) { std::process::abort() } } pub struct S { #[cfg(windows)] pub d: D, #[cfg(unix)] pub e: E } pub struct E; impl Drop for E { fn drop(&mut self) { std::process::id(); } } pub fn mk() -> S { loop {} }
mod q { pub fn f() { let _a = crate::mk(); } } mod r { pub fn f() { let _a = crate::mk(); } }
=== a glob of an enum in a block
pub enum E { A, #[cfg(windows)] B } impl E { pub fn go(&self) { std::process::abort() } } mod o { pub struct B; impl B { pub fn go(&self) { std::process::id(); } } }
mod q { use crate::o::B; pub fn f() { use crate::E::*; B.go(); let _ = A; } } mod r { use crate::E::*; use crate::o::*; pub fn f() { A.go() } }
=== a glob in a block
mod m { pub fn other() {} #[cfg(windows)] pub fn run() { std::process::abort() } } pub fn run() { std::process::id(); }
mod q { use crate::run; pub fn f() { use crate::m::*; other(); run() } } mod r { use crate::run; pub fn f() { { use crate::m::*; other(); { run() } } } }
=== a trait of a glob in a block
mod m { pub fn other() {} #[cfg(windows)] pub trait T { fn run(self); } #[cfg(windows)] impl T for crate::A { fn run(self) { std::process::abort() } } pub trait U { fn run(&self); } impl U for crate::A { fn run(&self) { std::process::id(); } } } pub struct A;
mod q { pub fn f(a: crate::A) { use crate::m::*; a.run() } }
=== types that another crate hands on
//- /dep.rs crate:dep
mod inner { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } pub struct E; impl E { pub fn run(&self) { std::process::abort(); } } }
mod x { pub use super::inner::D as K; } mod y { pub use super::x::*; #[cfg(windows)] pub use super::inner::E as K; } pub type Al = y::K; pub trait Tr { type O; } impl Tr for u8 { type O = y::K; } pub struct G<T = y::K>(pub T); pub const C: y::K = y::K; pub static ST: y::K = y::K; pub enum En { V(y::K) } pub union Un { pub a: std::mem::ManuallyDrop<y::K> }
//- /lib.rs crate:app deps:dep
mod a { pub fn f(x: &dep::Al) { x.run() } } mod b { pub fn f(x: <u8 as dep::Tr>::O) { x.run() } } mod c { pub fn f(x: dep::G) { x.0.run() } } mod d { pub fn f() { dep::C.run() } } mod e { pub fn f() { dep::ST.run() } } mod g { pub fn f(x: dep::En) { let dep::En::V(y) = x; y.run() } } mod h { pub fn f(x: &dep::Un) { unsafe { x.a.run() } } } mod i { pub use dep::*; } mod j { pub fn f(x: &crate::i::Al) { x.run() } }
=== a comparison with another type
pub trait T { fn run(&self); } pub struct A; #[cfg(windows)] impl PartialEq<u8> for A { fn eq(&self, _: &u8) -> bool { std::process::abort() } } impl PartialEq<u16> for A { fn eq(&self, _: &u16) -> bool { std::process::id(); true } }
mod q { pub fn f(a: crate::A) -> bool { a == 1 } }
=== a conversion of errors
pub struct E; pub struct X; impl From<X> for E { fn from(_: X) -> E { std::process::id(); E } } #[cfg(windows)] impl From<u8> for E { fn from(_: u8) -> E { std::process::abort() } }
mod q { use crate::*; pub fn f(r: Result<u8, X>) -> Result<u8, E> { Ok(r?) } pub fn g() -> E { X.into() } }
=== a negative impl
pub struct A; #[cfg(windows)] impl !Send for A {}
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X); impl<X: Send> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== a variant by which a type is not Send
pub enum A { X, #[cfg(windows)] Y(*const u8) }
pub trait T { fn run(&self); } pub trait U { fn run(&self); } pub struct W<X>(pub X); impl<X: Send> T for W<X> { fn run(&self) { std::process::abort(); } } impl<X> U for &W<X> { fn run(&self) { std::process::id(); } }
mod q { use crate::*; pub fn f(w: W<A>) { w.run() } }
=== a supertrait by glob
mod m { pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } pub mod x { pub use super::P as S; } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::Q as S; } impl P for u8 {} impl Q for u8 {} }
pub trait T: m::y::S {} impl T for u8 {}
mod q { pub fn f<X: crate::T>(x: X) { x.run() } } mod r { pub fn g(x: &dyn crate::T) { x.run() } } mod s { pub fn g(x: impl crate::T) { x.run() } } mod t { pub fn g() -> impl crate::T { 1u8 } pub fn h() { g().run() } }
=== bounds by glob
mod m { pub trait P { fn run(&self) { std::process::id(); } } pub trait Q { fn run(&self) { std::process::abort(); } } pub mod x { pub use super::P as S; } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::Q as S; } }
pub struct W<X>(pub X); impl<X> W<X> where X: m::y::S { pub fn go(&self) { self.0.run() } } pub trait Z { fn go(&self); } impl<X: m::y::S> Z for X { fn go(&self) { self.run() } }
pub trait Y { type A: m::y::S; fn a(&self) -> Self::A; } mod q { pub fn f<V: crate::Y>(v: V) { v.a().run() } }
=== initialisers by glob
mod m { pub mod x { pub fn p() { std::process::id(); } } pub mod y { pub use super::x::*; #[cfg(windows)] pub fn p() { std::process::abort() } } } pub static F: fn() = m::y::p; pub const G: fn() = m::y::p; pub static T: &[fn()] = &[m::y::p]; pub struct S { f: fn() } impl S { pub const N: S = S { f: m::y::p }; }
mod q { pub fn a() { (crate::F)() } pub fn b() { (crate::G)() } pub fn c() { (crate::T[0])() } pub fn d() { (crate::S::N.f)() } }
=== names in macros in macros
mod m { pub mod x { pub fn p() { std::process::id(); } } pub mod y { pub use super::x::*; #[cfg(windows)] pub fn p() { std::process::abort() } } } macro_rules! call { ($e:expr) => { $e; $crate::m::y::p() } } macro_rules! outer { ($($t:tt)*) => { call!($($t)*) } }
mod q { pub fn a() { outer!(1) } } mod r { pub fn b() { println!("{:?}", { outer!(2); 1 }) } }
=== a crate by the name of a module
//- /dep.rs crate:dep
pub fn run() { std::process::abort() }
//- /lib.rs crate:app deps:dep
#[cfg(windows)] extern crate dep as other; mod other { pub fn run() { std::process::id(); } }
mod q { pub fn f() { crate::other::run() } }
=== paths of edition 2015
//- /lib.rs crate:app edition:2015
mod m { pub mod x { pub fn p() { ::std::process::id(); } } pub mod y { pub use m::x::*; #[cfg(windows)] pub fn p() { ::std::process::abort() } } }
mod q { use m::y::p; pub fn f() { p() } pub fn g() { ::m::y::p() } }
=== what closures are given
mod m { pub mod x { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } pub mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::w::D; } pub fn with(f: impl Fn(y::D)) {} pub fn go<F: FnOnce() -> y::D>(f: F) -> y::D { f() } }
mod q { pub fn f() { crate::m::with(|d| d.run()) } } mod r { pub fn f() { crate::m::go(|| loop {}).run() } } mod s { pub fn f() { let v: Vec<crate::m::y::D> = vec![]; v.iter().for_each(|d| d.run()); v.into_iter().map(|d| { d.run() }).count(); } }
=== what is awaited
mod m { pub mod x { pub struct D; impl D { pub fn run(&self) { std::process::id(); } } } pub mod w { pub struct D; impl D { pub fn run(&self) { std::process::abort(); } } } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::w::D; } pub async fn get() -> y::D { loop {} } }
mod q { pub async fn f() { crate::m::get().await.run() } }
=== what is dropped
mod m { pub mod x { pub struct D; impl Drop for D { fn drop(&mut self) { std::process::id(); } } } pub mod w { pub struct D; impl Drop for D { fn drop(&mut self) { std::process::abort(); } } } pub mod y { pub use super::x::*; #[cfg(windows)] pub use super::w::D; } pub struct H { d: y::D } pub fn get() -> H { loop {} } }
mod q { pub fn f() { let _x = crate::m::get(); } } mod r { pub fn f() { drop(crate::m::get()) } } mod s { pub fn f() { let _v: Option<Vec<crate::m::H>> = None; } }
=== a file that is included
//- /lib.rs crate:app
mod q { include!("inc.rs"); pub fn f() { inc() } }
//- /inc.rs
#[cfg(windows)] pub fn inc() { std::process::abort() } #[cfg(unix)] pub fn inc() { std::process::id(); }
=== globs of files of targets
//- /lib.rs crate:app
#[cfg(unix)] #[path = "a.rs"] mod imp; #[cfg(windows)] #[path = "b.rs"] mod imp; pub use imp::*; mod q { pub fn f() { crate::call() } } mod r { use crate::*; pub fn f() { call() } pub fn g(h: Handle) { h.go() } } mod s { pub fn g(h: crate::Handle) { h.go() } }
//- /a.rs
pub fn call() { std::process::id(); } pub struct Handle; impl Handle { pub fn go(&self) { std::process::id(); } }
//- /b.rs
pub fn call() { std::process::abort() } pub struct Handle; impl Handle { pub fn go(&self) { std::process::abort(); } }
`

export const TARGET_PIECES: readonly (readonly [name: string, code: string])[] = PIECES.split(/^=== /m)
  .slice(1)
  .map((piece) => {
    const end = piece.indexOf('\n')
    return [piece.slice(0, end), piece.slice(end + 1)]
  })
