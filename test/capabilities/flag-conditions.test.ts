/**
 * Arguments that a condition decides which only the build script knows, and what else may write to a variable or stand in the
 * place of a constant. Nothing may be taken away of them; of their harmless twins it must be.
 */
import { describe, expect, test } from '@jest/globals'
import { graphOfText } from '../support/fixture-graph.js'
import { asks, powersBefore, SYS } from './flag-powers.js'

const CONDITIONS = asks(`
//- /lib.rs crate:app deps:sys,mac
use sys::*;
use std::ops::*;
use std::net::*;
fn c() -> bool { std::env::args().count() > 1 }
// -- views
pub struct S;
#[cfg(found)] impl S { fn two(&self) -> i32 { 4 } const TWO: i32 = 4; }
#[cfg(not(found))] impl S { fn two(&self) -> i32 { 1 } const TWO: i32 = 1; }
pub fn v_impls() { «S.two()» }
pub fn v_impls_const() { «S::TWO» }
impl S { #[cfg(found)] fn one(&self) -> i32 { 4 } #[cfg(not(found))] fn one(&self) -> i32 { 1 }
  #[cfg(found)] const ONE: i32 = 4; #[cfg(not(found))] const ONE: i32 = 1;
  #[cfg(found)] fn st() -> i32 { 4 } #[cfg(not(found))] fn st() -> i32 { 1 } }
pub fn v_items() { «S.one()» }
pub fn v_items_const() { «S::ONE» }
pub fn v_items_fn() { «S::st()» }
#[cfg(found)] macro_rules! m { () => { 4 } }
#[cfg(not(found))] macro_rules! m { () => { 1 } }
pub fn v_macro() { «m!()» }
macro_rules! n { () => {{ #[cfg(not(found))] { 1 } #[cfg(found)] { 4 } }} }
pub fn v_macro_tail() { «n!()» }
mod a { pub const P: i32 = 1; pub fn p() -> i32 { 1 } } mod b { pub const P: i32 = 4; pub fn p() -> i32 { 4 } }
#[cfg(found)] use b::{P, p}; #[cfg(not(found))] use a::{P, p};
pub fn v_use() { «P» }
pub fn v_use_fn() { «p()» }
#[cfg(found)] use b as ab; #[cfg(not(found))] use a as ab;
pub fn v_use_mod() { «ab::P» }
pub fn v_assigned() { let mut p = 1; #[cfg(found)] { p = 4; } «p» }
pub fn v_assigned_plain() { let mut p = 1; #[cfg(found)] let _ = p = 4; «p» }
pub fn v_array() { «[#[cfg(not(found))] 1, #[cfg(found)] 4][0]» }
pub fn v_tuple() { «(#[cfg(not(found))] 1, #[cfg(found)] 4, 2).0» }
pub fn v_argument() { «#[cfg(not(found))] 1, #[cfg(found)] 4» }
fn v_param(#[cfg(not(found))] q: i32, p: i32, #[cfg(found)] q: i32) { «p» }
pub fn v_params() { v_param(4, 1); v_param(1, 1) }
fn v_return() -> i32 { #[cfg(found)] return 4; 1 }
pub fn v_of_return() { «v_return()» }
pub fn v_closure() { let f = || { #[cfg(found)] return 4; 1 }; «f()» }
#[cfg(found)] type Which = i8; #[cfg(not(found))] type Which = i32;
pub fn v_type() { unsafe { open(1 as *const i8, 0x80u8 as Which as i32); } }
#[cfg(found)] type Addr = &'static str; #[cfg(not(found))] type Addr = SocketAddr;
pub fn v_addr(a: Addr) { TcpStream::connect(a); }
pub fn v_match() { let p = match c() { #[cfg(found)] _ => 4, #[cfg(not(found))] _ => 1 }; «p» }
pub fn v_if() { let p = if cfg!(found) { 4 } else { 1 }; «p» }
#[cfg(found)] extern "C" { #[link_name = "mprotect"] fn guard(a: *mut u8, prot: i32, x: i32); }
// -- the rest
pub fn w_asm() { let mut p = 1; unsafe { std::arch::asm!("mov {0:e}, 4", inout(reg) p); } «p» }
pub fn w_asm_out() { let mut p: i32; p = 1; unsafe { std::arch::asm!("mov {0:e}, 4", out(reg) p); } «p» }
pub fn w_asm_split() { let mut p = 1; unsafe { std::arch::asm!("mov {0:e}, 4", inlateout(reg) 1 => p); } «p» }
pub fn w_include() { let mut p = 1; include!("x.rs"); «p» }
pub fn w_pointer() { let mut p = 1; let q = &p as *const i32 as *mut i32; unsafe { *q = 4; mprotect(1 as *mut u8, 1, p); } }
struct Of2<const N: usize>;
impl Of2<1> { const P: i32 = 1; fn p() -> i32 { 1 } fn m(&self) -> i32 { 1 } }
impl Of2<2> { const P: i32 = 4; fn p() -> i32 { 4 } fn m(&self) -> i32 { 4 } }
pub fn w_open_const() { «Of2::<{ 1 + 1 }>::P» }
pub fn w_open_fn() { «Of2::<{ 1 + 1 }>::p()» }
pub fn w_open_method() { «Of2::<{ 1 + 1 }>.m()» }
const fn two() -> usize { 2 }
pub fn w_open_const_fn() { «Of2::<{ two() }>::P» }
struct Of3<T>(T);
impl Of3<[u8; 1]> { const P: i32 = 1; } impl Of3<[u8; 2]> { const P: i32 = 4; }
pub fn w_open_array() { unsafe { mprotect(1 as *mut u8, 1, Of3::<[u8; 1 + 1]>::P); } }
#[mac::attr5] const R5: i32 = 1;
pub fn w_attr_const() { «R5» }
#[mac::attr5]
mod r6 {

  pub const R6: i32 = 1;
}
pub fn w_attr_mod_const() { «r6::R6» }
macro_rules! shadow { ($p:ident) => { let $p = 4; } }
pub fn w_shadow() { let p = 1; shadow!(p); «p» }
macro_rules! no_shadow { () => { let p = 4; } }
pub fn twin_no_shadow() { let p = 1; no_shadow!(); «p» }
pub fn w_flatten() { let p = Some([[1, 1], [1, 4]]).into_iter().flatten().next().unwrap()[1]; «p» }
fn w_tuple_param((mut a, b): (i32, i32)) { for _ in 0..2 { «a» a |= b; } }
pub fn w_tuple() { w_tuple_param((1, 4)) }
fn w_ref_mut(mut t: (i32, i32)) { let (ref mut a, _) = t; *a = 4; «t.0» }
pub fn w_refs() { w_ref_mut((1, 1)) }
struct Fut(i32); impl std::future::Future for Fut { type Output = (i32,); fn poll(self: std::pin::Pin<&mut Self>, _: &mut std::task::Context<'_>) -> std::task::Poll<(i32,)> { std::task::Poll::Ready((4,)) } }
pub async fn w_future() { «Fut(1).await.0» }
pub fn w_ref_arg() { let mut x = 1; let r = &mut x; let q = r; *q = 4; «x» }
pub fn w_guard() { let mut p = 1; match c() { true if { p = 4; true } => {} _ => {} } «p» }
pub fn w_let_else() { let mut p = 1; let Some(q) = Some(4).filter(|_| c()) else { return }; p = q; «p» }
pub fn w_chain() { let mut p = 1; if c() && { p = 4; true } { «p» } }
pub fn w_inner_fn() { const P: i32 = 1; fn g() { const P: i32 = 4; «P» } g() }
pub fn w_open_fn2() { «Of2::<{ two() }>::p()» }
pub fn w_open_method2() { «Of2::<{ two() }>.m()» }
pub fn twin_closed() { «Of2::<1>::P | Of2::<1>::p() | Of2::<1>.m()» }
//- /x.rs
{ p = 4; }
//- /build.rs kind:build
fn main() { println!("cargo:rustc-cfg=found") }
//- /lib.rs crate:mac kind:proc-macro
use proc_macro::TokenStream;
#[proc_macro_attribute] pub fn attr5(_: TokenStream, t: TokenStream) -> TokenStream { t.to_string().replace("= 1", "= 4").parse().unwrap() }
${SYS}`)

describe('what else decides an argument', () => {
  const powersOf = powersBefore(CONDITIONS)

  test.each([
    'app::v_impls',
    'app::v_impls_const',
    'app::v_items',
    'app::v_items_const',
    'app::v_items_fn',
    'app::v_macro',
    'app::v_macro_tail',
    'app::v_use',
    'app::v_use_fn',
    'app::v_use_mod',
    'app::v_assigned',
    'app::v_assigned_plain',
    'app::v_array',
    'app::v_tuple',
    'app::v_argument',
    'app::v_param',
    'app::v_of_return',
    'app::v_closure',
    'app::v_match',
    'app::v_if',
    'app::w_asm',
    'app::w_asm_out',
    'app::w_asm_split',
    'app::w_include',
    'app::w_pointer',
    'app::w_open_const',
    'app::w_open_fn',
    'app::w_open_method',
    'app::w_open_const_fn',
    'app::w_open_array',
    'app::w_attr_const',
    'app::w_attr_mod_const',
    'app::w_shadow',
    'app::w_flatten',
    'app::w_tuple_param',
    'app::w_ref_mut',
    'app::w_future',
    'app::w_ref_arg',
    'app::w_guard',
    'app::w_let_else',
    'app::w_chain',
    'app::w_inner_fn::g',
    'app::w_open_fn2',
    'app::w_open_method2',
  ])('%s', (path) => {
    expect(powersOf(path)).toContain('memory/exec')
  })

  test('a type', () => {
    expect(powersOf('app::v_type')).toEqual(['fs/read', 'fs/write'])
    expect(powersOf('app::v_addr')).toEqual(['network/connect', 'network/resolve'])
  })

  test.each(['app::twin_no_shadow', 'app::twin_closed'])('%s, which is harmless', (path) => {
    expect(powersOf(path)).toEqual([])
  })
})

test('of two impls of a type’s own, which one is meant hangs on a constant: both can be', async () => {
  const { functions, references } = await graphOfText(`
//- /lib.rs crate:app
struct Of<const N: usize>;
impl Of<1> { fn run() {} fn go(&self) {} const F: fn() = Self::run; }
impl Of<2> { fn run() { std::env::vars(); } fn go(&self) { std::env::vars(); } const F: fn() = Self::run; }
const fn two() -> usize { 2 }
pub fn open() { Of::<{ two() }>::run(); Of::<{ two() }>.go(); let _ = Of::<{ two() }>::F; }
pub fn known() { Of::<1>::run(); Of::<1>.go(); let _ = Of::<1>::F; }
`)
  const called = (name: string) =>
    references
      .filter(({ from, callee }) => functions[from]?.path === name && callee !== 'app::two')
      .map(({ to: target, certainty, callee }) => `${callee} of line ${functions[target ?? -1]?.line}, ${certainty}`)
      .sort()
  const ways = (line: number, certainty: string) =>
    ['app::Of::F', 'app::Of::go', 'app::Of::run'].map(
      (callee) => `${callee} of line ${line}, ${callee === 'app::Of::F' ? 'certain' : certainty}`,
    )
  expect(called('app::open')).toEqual([...ways(2, 'possible'), ...ways(3, 'possible')].sort())
  expect(called('app::known')).toEqual(ways(2, 'certain'))
})
