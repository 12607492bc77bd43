/**
 * Arguments that code decides which is not seen: what was not read may write to a variable, mean something else by a name, call
 * a function; another target may have another value; whoever uses the library may call what it hands on.
 */
import { describe, expect, test } from '@jest/globals'
import { LINUX, WINDOWS } from '../support/fixture-graph.js'
import { asks, powersBefore, powersIn, SYS } from './flag-powers.js'

const UNSEEN = asks(`
//- /lib.rs crate:app deps:sys,tool,mac
use sys::*;
use std::ops::*;
use std::fs::OpenOptions;
fn c() -> bool { std::env::args().count() > 1 }
pub fn r_assign() { let mut p = 1; mac::assign!(p); «p» }
pub fn r_shadow() { let p = 1; mac::shadow!(); «p» }
pub fn r_items() { mac::items!(); «PROT_READ» }
pub fn r_closure() { let mut p = 1; mac::assign!(p); let f = || «p»; f() }
mod r_mod { use sys::*; mac::items! {}
pub fn f() { «PROT_READ» } }
fn r_left() -> i32 { mac::leave!(); 1 }
pub fn r_of_left() { «r_left()» }
const fn r_const() -> i32 { let mut p = 1; mac::assign!(p); p }
const R: i32 = r_const();
pub fn r_of_const() { «R» }
const R2: i32 = { let mut p = 1; mac::assign!(p); p };
pub fn r_of_const2() { «R2» }
fn r_hand(p: i32) { «p» }
pub fn r_hands() { let mut p = 1; mac::assign!(p); r_hand(p) }
#[mac::attr] pub fn r_attr() { «PROT_READ» }
pub struct R3;
#[mac::attr] impl R3 {
  pub fn a() {}


  pub fn r_impl() { «PROT_READ» } }
#[mac::attr] mod r_attr_mod {


  use sys::*; pub fn f() { «PROT_READ» } }
impl R3 { #[mac::attr] pub fn r_method() { «PROT_READ» } }
#[mac::attr] fn r_prot() -> i32 { PROT_READ }
pub fn r_of_prot() { «r_prot()» }
#[mac::attr] const R4: i32 = PROT_READ;
pub fn r_of_attr_const() { «R4» }
// callers
pub use tool::map;
pub use tool::renamed as other;
pub type A = tool::Alias;
pub fn get() -> tool::Mapper { tool::Mapper }
pub fn all() -> impl Iterator<Item = tool::Opaque> { std::iter::empty() }
pub struct F { pub f: tool::Field }
pub fn k_calls() { tool::map(1); tool::renamed::map(1); tool::Mapper.map(1); tool::Alias.map(1); tool::Field.map(1); tool::Opaque.map(1); }
fn aaa_other(q: i32, f: &dyn Fn()) { f() }
fn k_outer(p: i32) { aaa_other(1, &|| «p») }
pub fn k_outers() { k_outer(4) }
fn k_first(p: i32, n: u8) { «p» if n > 0 { k_second(p | 4, n) } }
fn k_second(p: i32, n: u8) { k_first(p, n - 1) }
pub fn k_round() { k_first(1, 3) }
fn k_each(p: i32) { «p» }
pub fn k_for_each() { k_each(1); [4].into_iter().for_each(k_each) }
fn k_with(f: impl Fn(i32)) { f(4) }
fn k_handed(p: i32) { «p» }
pub fn k_hands() { k_handed(1); k_with(k_handed) }
fn k_section(p: i32) { «p» }
#[used] #[link_section = ".init_array"] static K: fn(i32) = k_section;
pub fn k_sections() { k_section(1) }
trait KT { fn go(&self, p: i32); fn all(&self) { self.go(4) } }
impl KT for R3 { fn go(&self, p: i32) { «p» } }
pub fn k_trait() { R3.go(1); R3.all() }
#[export_name = "k_exported"] fn k_exported(p: i32) { «p» }
pub fn k_exports() { k_exported(1) }
async fn k_async(p: i32) { «p» }
pub async fn k_asyncs() { k_async(1).await; k_async(4).await }
struct It(i32); impl Iterator for It { type Item = (i32,); fn next(&mut self) -> Option<(i32,)> { Some((4,)) } }
pub fn k_iterates() { for x in It(1) { «x.0» } }
fn k_gen<I: IntoIterator<Item = (i32,)>>(i: I) { for x in i { «x.0» } }
pub fn k_generic() { k_gen(It(1)) }
pub fn k_nested() { fn prot() -> i32 { 4 } «prot()» }
fn prot() -> i32 { 1 }
pub fn k_box() { let mut b = Box::new(1); *b = 4; «*b» }
pub fn k_vec(i: usize) { let mut v = vec![1]; v.push(4); «v[i]» }
pub fn k_copy() { let mut v = [1]; v.copy_from_slice(&[4]); «v[0]» }
pub fn k_fill() { let mut v = [1]; v[..].fill(4); «v[0]» }
pub fn k_rest() { let a = [[1, 1], [1, 4]]; let [_, rest @ ..] = a; «rest[0][1]» }
pub fn k_mapped_list() { let v = [1, 1].iter().map(|_| [4, 1]).collect::<Vec<_>>(); «v[1][0]» }
pub fn k_control() { let r: ControlFlow<i32, i32> = (|| { ControlFlow::<i32, i32>::Break(4)?; ControlFlow::Continue(1) })(); if let ControlFlow::Break(x) = r { «x» } }
pub fn k_fn_pointer() { let mut f: fn(i32) = |p| { «p» }; f(1); if c() { f = |_| (); } f(4); }
pub fn k_closure_loop() { let mut f = |p: i32| { «p» }; f(1); loop { f(4); } }
// files
mod o_by { use std::fs::OpenOptions;
trait ByValue { fn read(self, b: bool) -> OpenOptions; }
impl ByValue for OpenOptions { fn read(self, _: bool) -> OpenOptions { let mut o = self; OpenOptions::write(&mut o, true); o } }
pub fn o_by_value() { OpenOptions::new().read(true).open("a"); } }
struct O(OpenOptions, OpenOptions); impl Deref for O { type Target = OpenOptions; fn deref(&self) -> &OpenOptions { &self.1 } }
pub fn o_deref() { let mut w = OpenOptions::new(); w.write(true); O(File::options2(), w).open("a"); }
struct File; impl File { fn options2() -> OpenOptions { OpenOptions::new() } }
pub fn o_cloned_from() { let mut w = OpenOptions::new(); w.write(true); let mut o = OpenOptions::new(); o.clone_from(&w); o.open("a"); }
pub fn o_taken() { let mut w = OpenOptions::new(); w.write(true); let mut o = OpenOptions::new(); (o, _) = (w, 0); o.open("a"); }
pub fn o_ufcs() { let mut o = OpenOptions::new(); OpenOptions::write(&mut o, true); OpenOptions::open(&o, "a"); }
fn o_more(o: &mut OpenOptions) -> &mut OpenOptions { o.write(true) }
pub fn o_through() { let mut o = OpenOptions::new(); o_more(&mut o).open("a"); }
fn o_build(mut o: OpenOptions) -> OpenOptions { o.write(true); o }
pub fn o_built() { o_build(OpenOptions::new()).open("a"); }
pub fn o_mapped() { Some(OpenOptions::new()).map(|mut o| { o.write(true); o }).unwrap().open("a"); }
pub fn o_loop() { for w in [false, true] { let mut o = OpenOptions::new(); o.write(w).open("a"); } }
pub fn o_negated() { let mut o = OpenOptions::new(); o.read(true).write(!false).open("a"); }
pub fn o_ext() { use std::os::unix::fs::OpenOptionsExt; let mut o = OpenOptions::new(); OpenOptionsExt::custom_flags(o.read(true), 0o1000); o.open("a"); }
mod r_exact { use sys::{mprotect, PROT_READ}; mac::nothing! {}

pub fn twin_exact() { «PROT_READ» }
pub fn twin_path() { «sys::PROT_READ» } }
mod r_outer { pub mod inner { pub use sys::*; mac::pub_items! {}
 pub const PROT_WRITE: i32 = 2;
 }
pub fn r_path() { «inner::PROT_READ» }
pub fn twin_inner() { «inner::PROT_WRITE» } }
fn r_called(p: i32) { «p» }
pub fn r_calls() { r_called(1); mac::call!(); }
//- /lib.rs crate:tool deps:sys
use sys::*;
pub fn map(p: i32) { «p» }
pub mod renamed { use sys::*; pub fn map(p: i32) { «p» } }
pub struct Mapper; impl Mapper { pub fn map(&self, p: i32) { «p» } }
pub struct Alias; impl Alias { pub fn map(&self, p: i32) { «p» } }
pub struct Opaque; impl Opaque { pub fn map(&self, p: i32) { «p» } }
pub struct Field; impl Field { pub fn map(&self, p: i32) { «p» } }
//- /lib.rs crate:mac kind:proc-macro
use proc_macro::TokenStream;
#[proc_macro] pub fn assign(t: TokenStream) -> TokenStream { format!("{t} = 4").parse().unwrap() }
#[proc_macro] pub fn shadow(_: TokenStream) -> TokenStream { "let p = 4;".parse().unwrap() }
#[proc_macro] pub fn items(_: TokenStream) -> TokenStream { "const PROT_READ: i32 = 4;".parse().unwrap() }
#[proc_macro] pub fn leave(_: TokenStream) -> TokenStream { "return 4".parse().unwrap() }
#[proc_macro_attribute] pub fn attr(_: TokenStream, t: TokenStream) -> TokenStream { t.to_string().replace("PROT_READ", "4").parse().unwrap() }
#[proc_macro] pub fn nothing(_: TokenStream) -> TokenStream { TokenStream::new() }
#[proc_macro] pub fn pub_items(_: TokenStream) -> TokenStream { "pub const PROT_READ: i32 = 4;".parse().unwrap() }
#[proc_macro] pub fn call(_: TokenStream) -> TokenStream { "r_called(4)".parse().unwrap() }
${SYS}`)

describe('code that is not seen', () => {
  const powersOf = powersBefore(UNSEEN)

  test.each([
    'app::r_assign',
    'app::r_shadow',
    'app::r_items',
    'app::r_closure::{closure}',
    'app::r_mod::f',
    'app::r_of_left',
    'app::r_of_const',
    'app::r_of_const2',
    'app::r_hand',
    'app::r_attr',
    'app::R3::r_impl',
    'app::r_attr_mod::f',
    'app::R3::r_method',
    'app::r_of_prot',
    'app::r_of_attr_const',
    'app::k_outer::{closure}',
    'app::k_first',
    'app::k_each',
    'app::k_handed',
    'app::k_section',
    '<app::R3 as app::KT>::go',
    'app::k_exported',
    'app::k_async',
    'app::k_iterates',
    'app::k_gen',
    'app::k_nested',
    'app::k_box',
    'app::k_vec',
    'app::k_copy',
    'app::k_fill',
    'app::k_rest',
    'app::k_mapped_list',
    'app::k_control',
    'app::k_fn_pointer::{closure}',
    'app::k_closure_loop::{closure}',
    'app::r_outer::r_path',
    'app::r_called',
    'tool::map',
    'tool::renamed::map',
    'tool::Mapper::map',
    'tool::Alias::map',
    'tool::Field::map',
    'tool::Opaque::map',
  ])('%s', (path) => {
    expect(powersOf(path)).toEqual(['memory/exec'])
  })

  test.each([
    'app::o_by::o_by_value',
    'app::o_deref',
    'app::o_cloned_from',
    'app::o_taken',
    'app::o_ufcs',
    'app::o_through',
    'app::o_built',
    'app::o_mapped',
    'app::o_negated',
    'app::o_ext',
  ])('%s', (path) => {
    expect(powersOf(path)).toEqual(['fs/read', 'fs/write'])
  })

  test.each(['app::r_exact::twin_exact', 'app::r_outer::twin_inner'])('%s, which is harmless', (path) => {
    expect(powersOf(path)).toEqual([])
  })
})

test('what one target knows and the other does not, is not known', async () => {
  const text = asks(`
//- /lib.rs crate:app deps:sys
use sys::*;
use std::ops::*;
fn c() -> bool { std::env::args().count() > 1 }
// -- targets (run with TWO)
fn t_given() -> i32 { #[cfg(windows)] { c() as i32 * 4 } #[cfg(unix)] { 1 } }
pub fn t_of_given() { «t_given()» }
fn t_given2() -> i32 { #[cfg(unix)] { c() as i32 * 4 } #[cfg(windows)] { 1 } }
pub fn t_of_given2() { «t_given2()» }
#[cfg(windows)] const W: i32 = std::mem::size_of::<i32>() as i32;
#[cfg(unix)] const W: i32 = 1;
pub fn t_const() { «W» }
pub fn t_arg() { #[cfg(windows)] let p = std::mem::size_of::<i32>() as i32; #[cfg(unix)] let p = 1; «p» }
pub fn t_arg2() { #[cfg(unix)] let p = std::mem::size_of::<i32>() as i32; #[cfg(windows)] let p = 1; «p» }
mod plat { #[cfg(windows)] pub fn prot() -> i32 { 4 } #[cfg(unix)] pub fn prot() -> i32 { 1 } }
pub fn t_mod() { «plat::prot()» }
fn t_if() -> i32 { if cfg!(windows) { 4 } else { 1 } }
pub fn t_of_if() { «t_if()» }
struct Pl; #[cfg(windows)] impl Pl { fn prot(&self) -> i32 { 4 } } #[cfg(unix)] impl Pl { fn prot(&self) -> i32 { 1 } }
pub fn t_impl() { «Pl.prot()» }
#[cfg(windows)] type Small = i8; #[cfg(unix)] type Small = i32;
pub fn t_small() { unsafe { open(1 as *const i8, 0x80u8 as Small as i32); } }
pub fn t_only() { #[cfg(unix)] let s = 0; #[cfg(windows)] let s = std::mem::align_of_val("a") as i32; unsafe { kill(c() as i32, s); } }
pub fn t_only2() { #[cfg(unix)] let s = std::mem::align_of_val("a") as i32 * 9; #[cfg(windows)] let s = 0; unsafe { kill(c() as i32 * 2, s); } }
${SYS}`)
  const both = await powersIn(text, {}, [LINUX, WINDOWS])
  for (const name of ['t_of_given', 't_of_given2', 't_const', 't_arg', 't_arg2', 't_mod', 't_of_if', 't_impl'])
    expect([name, both.of(`app::${name}`)]).toEqual([name, ['memory/exec']])
  for (const name of ['t_small', 't_only', 't_only2'])
    expect([name, both.of(`app::${name}`)]).toEqual([
      name,
      name === 't_small' ? ['fs/read', 'fs/write'] : ['system/write'],
    ])
  const windows = await powersIn(text, {}, [WINDOWS])
  expect(windows.of('app::t_of_given2')).toEqual([])
  expect(windows.of('app::t_only2')).toEqual([])
})
