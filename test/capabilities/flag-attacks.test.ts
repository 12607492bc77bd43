/**
 * Arguments that look harmless and are not: each of these crates compiles, and asks at run time for what its text seems not to
 * ask for. Nothing may be taken away of them; of their harmless twins it must be.
 */
import { describe, expect, test } from '@jest/globals'
import { asks, powersBefore, SYS } from './flag-powers.js'

const ATTACKS = asks(`
//- /lib.rs crate:app deps:sys
use sys::*;
use std::ops::*;
// -- locals
pub fn destructured() { let mut p = 1; (p, _) = (4, 0); «p» }
pub fn destructured_array() { let mut p = 1; [p, _] = [4, 0]; «p» }
pub struct Pair { a: i32, b: i32 }
pub fn destructured_struct() { let mut p = 1; Pair { a: p, .. } = Pair { a: 4, b: 0 }; «p» }
pub fn destructured_some() { let mut p = 1; if let Some(x) = Some(4) { (Pair { a: p, b: _ }, _) = (Pair { a: x, b: 0 }, 0); } «p» }
pub fn raw_mut() { let mut p = 1; let q = &raw mut p; unsafe { *q = 4; mprotect(1 as *mut u8, 1, p); } }
pub fn raw_const() { let mut p = 1; let q = &raw const p as *mut i32; unsafe { *q = 4; mprotect(1 as *mut u8, 1, p); } }
pub fn addr_of() { let mut p = 1; let q = std::ptr::addr_of_mut!(p); unsafe { *q = 4; mprotect(1 as *mut u8, 1, p); } }
pub fn addr_of_const() { let mut p = 1; let q = std::ptr::addr_of!(p) as *mut i32; unsafe { *q = 4; mprotect(1 as *mut u8, 1, p); } }
pub fn swapped() { let mut p = 1; let mut q = 4; std::mem::swap(&mut p, &mut q); «p» }
pub fn by_closure() { let mut p = 1; let mut f = || p |= 4; f(); «p» }
pub fn by_method() { let mut p = 1; p.bitor_assign(4); «p» }
macro_rules! set { ($p:ident) => { $p = 4; } }
pub fn by_macro() { let mut p = 1; set!(p); «p» }
#[allow(non_snake_case)]
fn constant_pattern(N: i32) { { const N: i32 = 1; match 1 { N => {} _ => {} } } «N» }
pub fn constant_patterns() { constant_pattern(4); }
trait Loops { fn again(self); }
impl Loops for i32 { fn again(mut self) { for _ in 0..2 { «self» self |= 4; } } }
pub fn loops() { 1.again(); }
macro_rules! use_it { ($p:ident) => { «$p» } }
pub fn same_tokens(x: i32) { { let p = 1; use_it!(p); } { let p = x; use_it!(p); } }
macro_rules! use_p { () => { «A | 2» } }
pub fn same_text() { { const A: i32 = 1; use_p!(); } { static A: i32 = 4; use_p!(); } }
pub fn mutable_static() { static mut A: i32 = 1; unsafe { A = 4; mprotect(1 as *mut u8, 1, A); } }
// -- ends of blocks
fn c() -> bool { std::env::args().count() > 1 }
pub fn labelled() { let p = 'a: { if c() { break 'a 4; } 1 }; «p» }
pub fn closure_returns() { let f = || { if c() { return 4; } 1 }; «f()» }
pub fn closure_mapped() { let p = Some(1).map(|x| { if c() { return 4; } x }).unwrap(); «p» }
macro_rules! four { () => { 4 } }
macro_rules! leave { () => { return 4 } }
pub fn macro_tail() { let p = if c() { 1 } else { four! {} }; «p» }
pub fn macro_tail_paren() { let p = if c() { 1 } else { four!() }; «p» }
fn tail_of_fn() -> i32 { if c() { return 1; } four! {} }
pub fn of_tail() { «tail_of_fn()» }
fn leaves() -> i32 { if c() { leave!(); } 1 }
pub fn of_leaves() { «leaves()» }
pub fn loop_value() { let p = loop { if c() { break 4; } break 1; }; «p» }
fn questioned() -> Result<i32, i32> { other()?; Ok(1) }
fn other() -> Result<i32, i32> { if c() { Err(4) } else { Ok(1) } }
pub fn error_side() { match questioned() { Err(p) => «p», _ => {} } }
pub fn error_of_ok_or() { if let Err(p) = Some(1).filter(|_| c()).ok_or(4) { «p» } }
pub fn defaulted() { unsafe { open(1 as *const i8, Some(1).filter(|_| c()).unwrap_or_default()); } }
pub async fn in_async() { let p = async { if c() { return 4; } 1 }.await; «p» }
pub fn const_block() { let p = const { let mut x = 1; x |= 4; x }; «p» }
// -- casts
pub fn through_float() { «0x2000003 as f32 as i32» }
pub fn inferred_cast() { let s: i8 = 0x80u8 as _; unsafe { open(1 as *const i8, s as i32); } }
pub fn overflowing() { let s: i8 = 0x80; unsafe { open(1 as *const i8, s as i32); } }
pub fn alias_cast() { type Small = i8; unsafe { open(1 as *const i8, 0x80u8 as Small as i32); } }
const SMALL: i8 = 0x80;
pub fn small_const() { unsafe { open(1 as *const i8, SMALL as i32); } }
fn small_fn() -> i8 { 0x80 }
pub fn small_result() { unsafe { open(1 as *const i8, small_fn() as i32); } }
// -- indices
pub fn range_then_index() { let a = [1, 4]; «a[1..][0]» }
pub fn nested_index(i: usize) { let a = [[1, 2], [4, 4]]; «a[i][0]» }
pub fn range_variable() { let a = [1, 4]; let r = 1..; «a[r][0]» }
pub fn reversed() { let a = vec![1, 4]; «a.iter().rev().collect::<Vec<_>>()[0].clone()» }
pub fn reversed_copied() { let a = vec![1, 4]; let b = a.into_iter().rev().collect::<Vec<i32>>(); «b[0]» }
pub fn cfg_element() { «[#[cfg(any())] 1, 4][0]» }
pub fn cfg_tuple() { «(#[cfg(any())] 1, 4).0» }
pub fn cfg_argument() { unsafe { mprotect(1 as *mut u8, #[cfg(any())] 1, 1, #[cfg(any())] 1, 4); } }
fn hands_cfg(#[cfg(any())] q: i32, p: i32) { «p» }
pub fn cfg_parameter() { hands_cfg(#[cfg(any())] 1, 4) }
pub fn cfg_field() { struct S { x: i32 } let s = S { #[cfg(not(any()))] x: 4, #[cfg(any())] x: 1 }; «s.x» }
// -- types of the crate's own
struct Wrap(i32);
impl Deref for Wrap { type Target = (i32,); fn deref(&self) -> &(i32,) { &(4,) } }
pub fn dereferenced() { let w = Wrap(1); «(*w).0» }
struct Wrap2(i32);
impl Deref for Wrap2 { type Target = i32; fn deref(&self) -> &i32 { &4 } }
pub fn dereferenced_plain() { let w = Wrap2(1); «*w» }
impl Index<usize> for Wrap { type Output = i32; fn index(&self, _: usize) -> &i32 { &4 } }
pub fn indexed() { let w = Wrap(1); «w[0]» }
struct A; struct B; struct Of<T>(T);
impl Of<A> { const P: i32 = 1; fn prot(&self) -> i32 { 1 } fn new_prot() -> i32 { 1 } }
impl Of<B> { const P: i32 = 4; fn prot(&self) -> i32 { 4 } fn new_prot() -> i32 { 4 } }
pub fn impl_const() { «Of::<B>::P» }
pub fn impl_method() { «Of(B).prot()» }
pub fn impl_fn() { «Of::<B>::new_prot()» }
pub fn impl_path() { let b = Of(B); «Of::<B>::prot(&b)» }
trait Has { const P: i32 = 1; fn p() -> i32 { Self::P } }
impl Has for A {} impl Has for B { const P: i32 = 4; }
pub fn trait_const() { «<B as Has>::P» }
pub fn trait_const_plain() { «B::P» }
fn generic<T: Has>() { «T::P» }
pub fn generics() { generic::<B>(); generic::<A>() }
struct Gen<T>(T);
impl<T: Has> Gen<T> { const Q: i32 = T::P; }
pub fn gen_const() { «Gen::<B>::Q» }
fn const_generic<const P: i32>() { «P» }
pub fn const_generics() { const_generic::<4>() }
// -- closures
pub fn closure_in_tuple() { let f = |p: i32| «p»; f(1); let t = (f,); (t.0)(4); }
pub fn closure_in_struct() { struct S<F> { f: F } let f = |p: i32| «p»; f(1); let s = S { f }; (s.f)(4); }
pub fn closure_returned() -> impl Fn(i32) { let f = |p: i32| «p»; f(1); f }
pub fn closure_boxed() { let f = |p: i32| «p»; f(1); let b: Box<dyn Fn(i32)> = Box::new(f); b(4); }
pub fn closure_chosen() { let f = |p: i32| { «p» }; f(1); let g: &dyn Fn(i32) = if c() { &f } else { &|_| () }; g(4); }
pub fn closure_some() { let f = |p: i32| { «p» }; f(1); let g = Some(f); g.unwrap()(4); }
pub fn closure_pointer() { let f = |p: i32| { «p» }; f(1); let g: fn(i32) = f; let h = [g]; h[0](4); }
fn run(f: impl Fn(i32)) { f(4) }
pub fn closure_handed() { let f = |p: i32| { «p» }; f(1); run(&f); }
pub fn closure_handed_third() { let f = |_: i32, _: i32, p: i32| { «p» }; f(1, 1, 1); run3(f); }
fn run3(f: impl Fn(i32, i32, i32)) { f(4, 4, 4) }
// -- once
pub fn once() { let o = std::sync::OnceLock::new(); o.set(4); «*o.get_or_init(|| 1)» }
pub fn once_cell() { let o = std::cell::OnceCell::new(); o.set(4); «*o.get_or_init(|| 1)» }
// -- iterators of std call back
struct It;
impl Iterator for It { type Item = i32; fn next(&mut self) -> Option<i32> { None }
  fn nth(&mut self, n: usize) -> Option<i32> { «n as i32» None } }
pub fn nths() { It.nth(1); for _ in It.step_by(5) {} }
impl Add<i32> for A { type Output = (); fn add(self, p: i32) { «p» } }
pub fn adds() { let _ = A + 4; A.add(1); }
// -- unseen callers
mod hidden { use sys::*; pub struct V; impl V { pub fn go(&self, p: i32) { «p» } }
  struct Priv; pub trait Goes { fn goes(&self, p: i32); }
  impl Goes for Priv { fn goes(&self, p: i32) { «p» } }
  pub fn get() -> impl super::hidden::Goes { Priv } }
pub fn voldemort() -> hidden::V { hidden::V.go(1); hidden::V }
pub fn opaque() -> impl hidden::Goes { let g = hidden::get(); hidden::Goes::goes(&g, 1); g }
fn in_asm(p: i32) { «p» }
extern "C" fn from_asm(p: i32) { «p» }
pub fn asms() { from_asm(1); unsafe { std::arch::asm!("mov edi, 4", "call {}", sym from_asm, clobber_abi("C")); } }
// -- another signature
mod odd {
  #[repr(C)] pub struct Two(*mut u8, usize);
  extern "C" { #[link_name = "mprotect"] pub fn float(a: *mut u8, x: f64, len: usize, prot: i32) -> i32;
    #[link_name = "mprotect"] pub fn pair(a: Two, prot: i32, x: i32) -> i32;
    #[link_name = "mprotect"] pub fn vary(a: *mut u8, ...) -> i32; }
  extern "win64" { #[link_name = "mprotect"] pub fn win(a: *mut u8, len: usize, x: i32, prot: i32) -> i32; }
  pub fn two() -> Two { Two(1 as *mut u8, 1) }
}
pub fn shifted_by_float() { unsafe { odd::float(1 as *mut u8, 1.0, 2, 4); } }
pub fn shifted_by_pair() { unsafe { odd::pair(odd::two(), 4, 1); } }
pub fn shifted_in_variadic() { unsafe { odd::vary(1 as *mut u8, 1.0, 2usize, 4); } }
pub fn other_abi() { unsafe { odd::win(1 as *mut u8, 1, 2, 4); } }
// -- shadowing and macros
macro_rules! local { ($e:expr) => { let q = 4; «$e | q» } }
pub fn hygiene() { let q = 1; local!(q); }
pub fn shadowed() { const P: i32 = 1; { const P: i32 = 4; «P» } }
pub fn later_item() { «PROT_READ» const PROT_READ: i32 = 4; }
pub fn union_field() { union U { a: u32, b: [u8; 4] } let mut u = U { a: 1 }; unsafe { u.b[0] = 4; mprotect(1 as *mut u8, 1, u.a as i32); } }
pub fn based() { #[derive(Clone, Copy)] struct S { p: i32, q: i32 } let b = S { p: 4, q: 1 }; let s = S { q: 1, ..b }; «s.p» }
pub fn while_let() { let mut p = 1; let mut it = [4].into_iter(); while let Some(x) = it.next() { «p» p = x; } }
pub fn nested_loops() { let mut p = 1; loop { loop { «p» if c() { break; } } p = 4; } }
pub fn in_called_closure() { let mut p = 1; let mut f = |x: bool| { if x { p = 4 } else { «p» } }; f(true); f(false); }
fn swap_args(a: i32, b: i32, n: u8) { «a» if n > 0 { swap_args(b, a, n - 1) } }
pub fn swaps() { swap_args(1, 4, 2) }
// -- pointers to parameters
fn through(p: &i32) { «*p» }
pub fn throughs() { let mut x = 1; { let r = &mut x; *r = 4; } through(&x); }
pub fn twin_assigned() { let mut p = 1; p = 2; «p» }
pub fn twin_pattern() { let (p, _) = (1, 4); «p» }
pub fn twin_labelled() { let p = 'a: { if c() { break 'a 2; } 1 }; «p» }
pub fn twin_loop() { let p = loop { if c() { break 2; } break 1; }; «p» }
pub fn twin_closure() { let f = || { if c() { return 2; } 1 }; «f()» }
pub fn twin_question() -> Result<(), i32> { let p = questioned()?; «p» Ok(()) }
pub fn twin_ok() { if let Ok(p) = questioned() { «p» } }
pub fn twin_some() { if let Some(p) = Some(1) { «p» } }
pub fn twin_async_block() { async { let p = async { if c() { return 2; } 1 }.await; «p» }; }
pub fn twin_cast() { let s: u8 = 2; «s as _» }
pub fn twin_widened() { «1u8 as u32 as i32 | 2i64 as i32» }
pub fn twin_index() { «[1, 4][0]» }
pub fn twin_nested(i: usize) { let a = [[1, 4], [2, 4]]; «a[i][0]» }
pub fn twin_all(i: usize) { let a = vec![1, 2]; «a[i]» }
pub fn twin_for() { for p in [1, 2] { «p» } }
pub fn twin_field() { struct S { x: i32 } let s = S { x: 1 }; «s.x» }
pub fn twin_box() { let b = Box::new((1, 4)); «b.0» }
pub fn twin_impl_const() { «Of::<A>::P» }
pub fn twin_impl_fn() { «Of::<A>::new_prot()» }
pub fn twin_closures() { let f = |p: i32| «p»; f(1); f(2); }
pub fn twin_closure_alias() { let p = Some(1).map(|x| x | 2).unwrap(); «p» }
mod even {
  #[repr(transparent)] pub struct Handle(pub *mut u8);
  extern "system" { #[link_name = "mprotect"] pub fn handle(a: Handle, len: usize, prot: u32) -> i32;
    #[link_name = "mprotect"] pub fn nullable(a: Option<&u8>, len: usize, prot: i32) -> i32; }
}
pub fn twin_handle() { unsafe { even::handle(even::Handle(1 as *mut u8), 1, 1); } }
pub fn twin_nullable() { unsafe { even::nullable(None, 1, 1); } }
trait Once { fn once(self); }
impl Once for i32 { fn once(mut self) { «self» } }
pub fn twin_mut_self() { 1.once(); }
${SYS}`)

describe('an argument that looks harmless', () => {
  const powersOf = powersBefore(ATTACKS)

  test.each([
    'app::destructured',
    'app::destructured_array',
    'app::destructured_struct',
    'app::destructured_some',
    'app::raw_mut',
    'app::raw_const',
    'app::addr_of',
    'app::addr_of_const',
    'app::swapped',
    'app::by_closure',
    'app::by_method',
    'app::by_macro',
    'app::constant_pattern',
    '<i32 as app::Loops>::again',
    'app::same_tokens',
    'app::same_text',
    'app::mutable_static',
    'app::labelled',
    'app::closure_returns',
    'app::closure_mapped',
    'app::macro_tail',
    'app::macro_tail_paren',
    'app::of_tail',
    'app::of_leaves',
    'app::loop_value',
    'app::error_side',
    'app::error_of_ok_or',
    'app::in_async',
    'app::const_block',
    'app::through_float',
    'app::range_then_index',
    'app::nested_index',
    'app::range_variable',
    'app::reversed',
    'app::reversed_copied',
    'app::cfg_element',
    'app::cfg_tuple',
    'app::cfg_argument',
    'app::hands_cfg',
    'app::cfg_field',
    'app::dereferenced',
    'app::dereferenced_plain',
    'app::indexed',
    'app::impl_const',
    'app::impl_method',
    'app::impl_fn',
    'app::impl_path',
    'app::trait_const',
    'app::trait_const_plain',
    'app::generic',
    'app::gen_const',
    'app::const_generic',
    'app::closure_in_tuple::{closure}',
    'app::closure_in_struct::{closure}',
    'app::closure_returned::{closure}',
    'app::closure_boxed::{closure}',
    'app::closure_chosen::{closure}',
    'app::closure_some::{closure}',
    'app::closure_pointer::{closure}',
    'app::closure_handed::{closure}',
    'app::closure_handed_third::{closure}',
    'app::once',
    'app::once_cell',
    '<app::It as std::iter::Iterator>::nth',
    '<app::A as std::ops::Add>::add',
    'app::hidden::V::go',
    '<app::hidden::Priv as app::hidden::Goes>::goes',
    'app::in_asm',
    'app::from_asm',
    'app::shifted_by_float',
    'app::shifted_by_pair',
    'app::shifted_in_variadic',
    'app::other_abi',
    'app::hygiene',
    'app::shadowed',
    'app::later_item',
    'app::union_field',
    'app::based',
    'app::while_let',
    'app::nested_loops',
    'app::in_called_closure::{closure}',
    'app::swap_args',
    'app::through',
  ])('%s', (path) => {
    expect(powersOf(path)).toEqual(['memory/exec'])
  })

  test.each([
    'app::defaulted',
    'app::inferred_cast',
    'app::overflowing',
    'app::alias_cast',
    'app::small_const',
    'app::small_result',
  ])('%s, of a number that is cut', (path) => {
    expect(powersOf(path)).toEqual(['fs/read', 'fs/write'])
  })

  test.each([
    'app::twin_assigned',
    'app::twin_pattern',
    'app::twin_labelled',
    'app::twin_loop',
    'app::twin_closure',
    'app::twin_question',
    'app::twin_ok',
    'app::twin_some',
    'app::twin_async_block',
    'app::twin_cast',
    'app::twin_widened',
    'app::twin_index',
    'app::twin_nested',
    'app::twin_all',
    'app::twin_for',
    'app::twin_field',
    'app::twin_box',
    'app::twin_impl_const',
    'app::twin_impl_fn',
    'app::twin_closures::{closure}',
    'app::twin_closure_alias',
    'app::twin_handle',
    'app::twin_nullable',
  ])('%s, which is harmless', (path) => {
    expect(powersOf(path)).toEqual([])
  })
})
