// A std of our own for tests: names, shapes and macros as far as tests need them. Split into crates by the headers below.
//- crate:core
#![no_core]
pub mod marker {
    #[lang = "sized"] pub trait Sized {}
    #[lang = "copy"] pub trait Copy: crate::clone::Clone {}
    #[rustc_builtin_macro] pub macro Copy($item:item) {}
    #[lang = "phantom_data"] pub struct PhantomData<T: ?Sized>;
}
pub mod clone {
    #[lang = "clone"] pub trait Clone: Sized {
        fn clone(&self) -> Self;
        fn clone_from(&mut self, source: &Self) { *self = source.clone() }
    }
    #[rustc_builtin_macro] pub macro Clone($item:item) {}
}
pub mod default {
    pub trait Default: Sized { fn default() -> Self; }
    #[rustc_builtin_macro] pub macro Default($item:item) {}
}
pub mod cmp {
    #[lang = "eq"] pub trait PartialEq<Rhs: ?Sized = Self> {
        fn eq(&self, other: &Rhs) -> bool;
        fn ne(&self, other: &Rhs) -> bool { !self.eq(other) }
    }
    pub trait Eq: PartialEq {}
    #[rustc_builtin_macro] pub macro PartialEq($item:item) {}
    #[rustc_builtin_macro] pub macro Eq($item:item) {}
}
pub mod fmt {
    pub struct Formatter<'a> { options: &'a str }
    pub struct Arguments<'a> { pieces: &'a [&'static str] }
    pub struct Error;
    pub type Result = crate::result::Result<(), Error>;
    pub trait Debug { fn fmt(&self, f: &mut Formatter<'_>) -> Result; }
    pub trait Display { fn fmt(&self, f: &mut Formatter<'_>) -> Result; }
    pub(crate) mod macros { #[rustc_builtin_macro] pub macro Debug($item:item) {} }
    pub use macros::Debug;
}
pub mod option {
    #[lang = "Option"] pub enum Option<T> { None, Some(T) }
    impl<T> Option<T> { pub fn map<U, F: FnOnce(T) -> U>(self, f: F) -> Option<U> { loop {} } pub fn unwrap(self) -> T { loop {} } }
}
pub mod result {
    pub enum Result<T, E> { Ok(T), Err(E) }
    impl<T, E> Result<T, E> { pub fn unwrap(self) -> T { loop {} } }
}
pub mod ops {
    #[lang = "deref"] pub trait Deref { type Target: ?Sized; fn deref(&self) -> &Self::Target; }
    #[lang = "fn_once"] pub trait FnOnce<Args> { type Output; }
    #[lang = "fn_mut"] pub trait FnMut<Args>: FnOnce<Args> {}
    #[lang = "fn"] pub trait Fn<Args>: FnMut<Args> {}
    #[lang = "drop"] pub trait Drop { fn drop(&mut self); }
}
pub mod iter {
    #[lang = "iterator"] pub trait Iterator { type Item; fn next(&mut self) -> Option<Self::Item>; }
    pub trait IntoIterator { type Item; type IntoIter: Iterator<Item = Self::Item>; fn into_iter(self) -> Self::IntoIter; }
}
pub mod convert { pub trait From<T>: Sized { fn from(value: T) -> Self; } pub trait Into<T>: Sized { fn into(self) -> T; } }
pub mod u8 { pub const MAX: u8 = 255; }
pub mod mem { pub fn swap<T>(a: &mut T, b: &mut T) {} pub unsafe fn transmute<A, B>(a: A) -> B { loop {} } }
pub mod ptr {
    pub macro addr_of($place:expr) { &raw const $place }
    pub fn null<T>() -> *const T { loop {} }
}
pub mod panicking { pub fn panic_fmt(args: crate::fmt::Arguments<'_>) -> ! { loop {} } }
#[macro_export] #[rustc_builtin_macro(core_panic)] macro_rules! panic { ($($arg:tt)*) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! format_args { ($($arg:tt)*) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! concat { ($($e:expr),* $(,)?) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! stringify { ($($t:tt)*) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! env { ($name:expr $(,)?) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! cfg { ($($cfg:tt)*) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! include { ($file:expr $(,)?) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! include_str { ($file:expr $(,)?) => {} }
#[macro_export] #[rustc_builtin_macro] macro_rules! assert { ($cond:expr $(,)?) => {} }
#[macro_export] macro_rules! matches {
    ($expression:expr, $pattern:pat $(if $guard:expr)? $(,)?) => { match $expression { $pattern $(if $guard)? => true, _ => false } };
}
#[macro_export] macro_rules! assert_eq {
    ($left:expr, $right:expr $(,)?) => { match (&$left, &$right) { (left, right) => if !(*left == *right) { $crate::panic!("not equal") } } };
}
pub mod arch {
    #[rustc_builtin_macro] pub macro asm("assembly template", $(operands,)*) {}
    #[rustc_builtin_macro] pub macro global_asm("assembly template", $(operands,)*) {}
}
pub mod prelude {
    pub mod v1 {
        pub use crate::clone::Clone;
        pub use crate::cmp::{Eq, PartialEq};
        pub use crate::convert::{From, Into};
        pub use crate::default::Default;
        pub use crate::fmt::macros::Debug;
        pub use crate::iter::{IntoIterator, Iterator};
        pub use crate::marker::{Copy, Sized};
        pub use crate::ops::{Drop, Fn, FnMut, FnOnce};
        pub use crate::option::Option::{self, None, Some};
        pub use crate::result::Result::{self, Err, Ok};
        pub use crate::{concat, env, format_args, include, include_str, stringify};
    }
    pub mod rust_2018 { pub use super::v1::*; }
    pub mod rust_2021 { pub use super::v1::*; }
}
#[prelude_import] use prelude::rust_2021::*;
//- crate:alloc
#![no_std]
pub mod vec { pub struct Vec<T> { first: *const T } impl<T> Vec<T> { pub const fn new() -> Vec<T> { loop {} } pub fn push(&mut self, value: T) {} } }
pub mod string { pub struct String { bytes: crate::vec::Vec<u8> } }
pub mod boxed { pub struct Box<T: ?Sized>(*const T); impl<T> Box<T> { pub fn new(x: T) -> Self { loop {} } } }
pub mod borrow { pub trait ToOwned { type Owned; fn to_owned(&self) -> Self::Owned; } }
#[macro_export] macro_rules! vec { () => { $crate::vec::Vec::new() }; ($($x:expr),+ $(,)?) => { $crate::vec::from_elems([$($x),+]) } }
//- crate:std
#![no_std]
#[macro_use] extern crate core as the_core;
#[macro_use] extern crate alloc as alloc_crate;
pub use core::{clone, cmp, convert, default, fmt, iter, marker, mem, ops, option, ptr, result, u8};
pub use core::{assert, assert_eq, cfg, concat, env, format_args, include, include_str, matches, panic, stringify};
pub use alloc_crate::{borrow, boxed, string, vec};
pub mod fs {
    pub struct File { fd: i32 }
    impl File { pub fn open(path: &str) -> crate::io::Result<File> { loop {} } }
    pub fn read(path: &str) -> crate::io::Result<crate::vec::Vec<u8>> { loop {} }
    impl crate::io::Read for File { fn read(&mut self, buf: &mut [u8]) -> crate::io::Result<usize> { loop {} } }
}
pub mod io {
    pub struct Error;
    pub type Result<T> = crate::result::Result<T, Error>;
    pub trait Read { fn read(&mut self, buf: &mut [u8]) -> Result<usize>; }
    pub mod prelude { pub use super::Read; }
    pub fn _print(args: crate::fmt::Arguments<'_>) {}
}
pub mod process { pub struct Command; impl Command { pub fn new(program: &str) -> Command { loop {} } } pub fn exit(code: i32) -> ! { loop {} } }
pub mod collections { pub struct HashMap<K, V> { key: *const K, value: *const V } }
#[macro_export] macro_rules! println { ($($arg:tt)*) => { $crate::io::_print($crate::format_args!($($arg)*)) } }
#[macro_export] macro_rules! thread_local {
    () => {};
    ($vis:vis static $name:ident : $t:ty = $init:expr; $($rest:tt)*) => { $vis const $name: $t = { fn __init() -> $t { $init } __init() }; $crate::thread_local!($($rest)*); };
    ($vis:vis static $name:ident : $t:ty = $init:expr) => { $vis const $name: $t = { fn __init() -> $t { $init } __init() }; };
}
pub mod prelude {
    pub mod v1 {
        pub use core::prelude::v1::*;
        pub use alloc_crate::{borrow::ToOwned, boxed::Box, string::String, vec::Vec};
    }
    pub mod rust_2018 { pub use super::v1::*; }
    pub mod rust_2021 { pub use super::v1::*; pub use core::prelude::rust_2021::*; }
}
