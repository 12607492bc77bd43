/**
 * Arguments that macros repeat, that profiles of a build decide, that are changed through what they are borrowed by, or handed
 * to a function that is only called as a system's. Nothing may be taken away of them; of their harmless twins it must be.
 */
import { describe, expect, test } from '@jest/globals'
import { asks, powersBefore, SYS } from './flag-powers.js'

const REPEATED = asks(`
//- /lib.rs crate:app deps:sys,libc
use sys::*;
use std::ops::*;
use std::num::Wrapping;
fn c() -> bool { std::env::args().count() > 1 }
pub fn x_joined() { let w: Wrapping<i32> = Wrapping(4) + Wrapping(0); «w.0» }
pub fn x_appended() { let mut w = Wrapping(4); w += Wrapping(0); «w.0» }
pub fn x_wrapped() { let mut w = Wrapping(1); w |= Wrapping(4); «w.0» }
macro_rules! made { ($v:expr) => {{ fn prot() -> i32 { $v } prot() }} }
pub fn x_made() { let a = made!(4); «a» let b = made!(1); «b» }
pub fn x_made2() { let b = made!(1); let a = made!(4); «a» }
macro_rules! consted { ($v:expr) => {{ const P: i32 = $v | 0; P }} }
pub fn x_const() { let a = consted!(4); «a» let b = consted!(1); }
pub fn x_const2() { let b = consted!(1); let a = consted!(4); «a» }
macro_rules! closed { ($v:expr) => {{ let f = || $v; f() }} }
pub fn x_closed() { let a = closed!(4); «a» let b = closed!(1); }
pub fn x_closed2() { let b = closed!(1); let a = closed!(4); «a» }
macro_rules! asks { ($v:expr) => { «$v» } }
pub fn x_asks() { asks!(1); asks!(4); }
macro_rules! twice { ($($v:expr),*) => { $( «$v» )* } }
pub fn x_twice() { twice!(1, 4); }
macro_rules! in_fn { ($v:expr) => {{ fn go() { «$v» } go() }} }
pub fn x_in_fn() { in_fn!(4); in_fn!(1); }
pub fn x_in_fn2() { in_fn!(1); in_fn!(4); }
#[cfg(debug_assertions)] const D: i32 = 1; #[cfg(not(debug_assertions))] const D: i32 = 4;
pub fn x_debug() { «D» }
#[cfg(panic = "unwind")] const U: i32 = 1; #[cfg(panic = "abort")] const U: i32 = 4;
pub fn x_panic() { «U» }
#[cfg(target_feature = "avx2")] const T: i32 = 4; #[cfg(not(target_feature = "avx2"))] const T: i32 = 1;
pub fn x_feature() { «T» }
pub fn x_debug_let() { #[cfg(debug_assertions)] let p = 1; #[cfg(not(debug_assertions))] let p = 4; «p» }
fn x_debug_fn() -> i32 { #[cfg(not(debug_assertions))] return 4; 1 }
pub fn x_of_debug_fn() { «x_debug_fn()» }
fn x_future() -> impl std::future::Future<Output = i32> { async { if c() { return 4; } 1 } }
pub async fn x_of_future() { «x_future().await» }
pub fn x_libc() { unsafe { libc::mprotect(1 as *mut u8, 1, 1); } }
#[cfg_attr(all(), no_mangle)] extern "C" fn x_exported(p: i32) { «p» }
pub fn x_exports() { x_exported(1) }
fn x_outer(p: i32) { let q = p; x_inner(q) }
fn x_inner(p: i32) { «p» }
pub fn x_outers() { x_outer(1); x_outer(4) }
mod same { pub mod a { pub fn prot() -> i32 { 1 } } pub mod b { pub fn prot() -> i32 { 4 } } pub use a::*; }
pub fn x_same() { use same::b::*; «prot()» }
pub fn x_param_shadow(p: i32) { let f = |p: i32| «p»; f(p); f(1) }
fn x_slice(a: &mut [i32]) { a[0] = 4; «a[0]» }
pub fn x_slices() { x_slice(&mut [1]) }
fn x_iter_mut() { let mut a = [1, 2]; for x in a.iter_mut() { *x = 4; «*x» } }
pub fn x_iters() { x_iter_mut() }
fn x_for_mut() { let mut a = [1, 2]; for x in &mut a { *x = 4; «*x» } }
pub fn x_fors() { x_for_mut() }
pub fn x_opt_mut() { let mut o = Some(1); if let Some(x) = &mut o { *x = 4; «*x» } }
pub fn x_get_mut() { let mut a = vec![1]; if let Some(x) = a.get_mut(0) { *x = 4; } «a[0]» }
pub fn x_take_replace() { let mut o = Some(1); let old = o.replace(4); «o.unwrap()» }
pub fn x_cow() { let mut s = std::borrow::Cow::Borrowed(&[1][..]); s.to_mut()[0] = 4; «s[0]» }
pub fn twin_macro() { asks!(1); twice!(1, 2); in_fn!(1); «made!(2)» }
pub fn twin_wrapping() { let w = Wrapping(1); «w.0» }
//- /lib.rs crate:libc deps:sys
pub unsafe fn mprotect(a: *mut u8, len: usize, prot: i32) -> i32 { sys::mprotect(a, len, prot | 4) }
${SYS}`)

describe('an argument that is another where it is met again', () => {
  const powersOf = powersBefore(REPEATED)

  test.each([
    'app::x_joined',
    'app::x_appended',
    'app::x_wrapped',
    'app::x_made',
    'app::x_made2',
    'app::x_const',
    'app::x_const2',
    'app::x_closed',
    'app::x_closed2',
    'app::x_asks',
    'app::x_twice',
    'app::x_in_fn2::go',
    'app::x_in_fn::go',
    'app::x_debug',
    'app::x_panic',
    'app::x_feature',
    'app::x_debug_let',
    'app::x_of_debug_fn',
    'app::x_of_future',
    'app::x_libc',
    'app::x_exported',
    'app::x_inner',
    'app::x_same',
    'app::x_param_shadow::{closure}',
    'app::x_slice',
    'app::x_iter_mut',
    'app::x_for_mut',
    'app::x_opt_mut',
    'app::x_get_mut',
    'app::x_take_replace',
    'app::x_cow',
  ])('%s', (path) => {
    expect(powersOf(path)).toEqual(['memory/exec'])
  })

  test.each(['app::twin_macro::go', 'app::twin_macro', 'app::twin_wrapping'])('%s, which is harmless', (path) => {
    expect(powersOf(path)).toEqual([])
  })
})
