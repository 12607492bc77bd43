/** Ways without a call in the text: operators, drops, conversions, formats, loops, derived impls. */
import { TYPE, type Way } from './way.js'

const B = (power: string): string => `{ let _ = ${power}; `
/** An impl in the module for its type S. */
const on = (name: string, code: (at: string) => string, impl: (body: string) => string, head = TYPE): Way => ({
  name,
  code,
  items: (_, power) => `${head}${impl(B(power))}`,
})
const derived = (name: string, traits: string, impl: (body: string) => string, code: (at: string) => string): Way => ({
  name,
  code,
  items: (_, power) => `${TYPE}#[derive(${traits})] pub struct W { pub s: S } ${impl(B(power))}`,
})

export const IMPLICIT_WAYS: readonly Way[] = [
  on(
    'add',
    (at) => `${at}::S + ${at}::S`,
    (b) => `impl core::ops::Add for S { type Output = (); fn add(self, _: S) ${b} } }`,
  ),
  on(
    'add assign',
    (at) => `{ let mut s = ${at}::S; s += 1u8; }`,
    (b) => `impl core::ops::AddAssign<u8> for S { fn add_assign(&mut self, _: u8) ${b} } }`,
  ),
  on(
    'negate',
    (at) => `-${at}::S`,
    (b) => `impl core::ops::Neg for S { type Output = (); fn neg(self) ${b} } }`,
  ),
  on(
    'not',
    (at) => `!${at}::S`,
    (b) => `impl core::ops::Not for S { type Output = (); fn not(self) ${b} } }`,
  ),
  on(
    'index',
    (at) => `${at}::S[1u8]`,
    (b) => `impl core::ops::Index<u8> for S { type Output = u8; fn index(&self, _: u8) -> &u8 ${b} &1 } }`,
  ),
  on(
    'deref',
    (at) => `*${at}::S`,
    (b) => `impl core::ops::Deref for S { type Target = u8; fn deref(&self) -> &u8 ${b} &1 } }`,
  ),
  on(
    'deref method',
    (at) => `${at}::S.count_ones()`,
    (b) => `impl core::ops::Deref for S { type Target = u8; fn deref(&self) -> &u8 ${b} &1 } }`,
  ),
  on(
    'deref coercion',
    (at) => `{ let x: &u8 = &${at}::S; *x }`,
    (b) => `impl core::ops::Deref for S { type Target = u8; fn deref(&self) -> &u8 ${b} &1 } }`,
  ),
  on(
    'equal',
    (at) => `${at}::S == ${at}::S`,
    (b) => `impl PartialEq for S { fn eq(&self, _: &S) -> bool ${b} true } }`,
  ),
  on(
    'compare',
    (at) => `${at}::S < 1u8`,
    (b) =>
      `impl PartialEq<u8> for S { fn eq(&self, _: &u8) -> bool { true } } impl PartialOrd<u8> for S { fn partial_cmp(&self, _: &u8) -> Option<core::cmp::Ordering> ${b} None } }`,
  ),
  on(
    'drop call',
    (at) => `drop(${at}::S)`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop of binding',
    (at) => `{ let _s = ${at}::S; }`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop of temporary',
    (at) => `{ ${at}::S; }`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop in option',
    (at) => `{ let _s = Some((${at}::S, 1u8)); }`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop in box',
    (at) => `{ let _s = std::boxed::Box::new(${at}::S); }`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop in field',
    (at) => `{ let _s = ${at}::W { s: ${at}::S }; }`,
    (b) => `pub struct W { pub s: S } impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'drop of assigned',
    (at) => `{ let mut s = ${at}::S; s = ${at}::S; core::mem::forget(s); }`,
    (b) => `impl Drop for S { fn drop(&mut self) ${b} } }`,
  ),
  on(
    'for loop',
    (at) => `for _ in ${at}::S {}`,
    (b) => `impl Iterator for S { type Item = u8; fn next(&mut self) -> Option<u8> ${b} None } }`,
  ),
  on(
    'into iterator',
    (at) => `for _ in &${at}::S {}`,
    (b) =>
      `impl<'a> IntoIterator for &'a S { type Item = u8; type IntoIter = core::iter::Empty<u8>; fn into_iter(self) -> core::iter::Empty<u8> ${b} core::iter::empty() } }`,
  ),
  on(
    'iterator adapter',
    (at) => `${at}::S.map(|x| x).filter(|_| true).count()`,
    (b) => `impl Iterator for S { type Item = u8; fn next(&mut self) -> Option<u8> ${b} None } }`,
  ),
  on(
    'collect',
    (at) => `[1u8].iter().collect::<${at}::S>()`,
    (b) =>
      `impl<'a> core::iter::FromIterator<&'a u8> for S { fn from_iter<I: IntoIterator<Item = &'a u8>>(_: I) -> S ${b} S } }`,
  ),
  on(
    'sum',
    (at) => `[1u8].iter().sum::<${at}::S>()`,
    (b) => `impl<'a> core::iter::Sum<&'a u8> for S { fn sum<I: Iterator<Item = &'a u8>>(_: I) -> S ${b} S } }`,
  ),
  on(
    'extend',
    (at) => `core::iter::Extend::extend(&mut ${at}::S, [1u8])`,
    (b) => `impl core::iter::Extend<u8> for S { fn extend<I: IntoIterator<Item = u8>>(&mut self, _: I) ${b} } }`,
  ),
  on(
    'display',
    (at) => `std::format!("{}", ${at}::S)`,
    (b) =>
      `impl core::fmt::Display for S { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result ${b} Ok(()) } }`,
  ),
  on(
    'inline format',
    (at) => `{ let s = ${at}::S; std::format!("{s:?}") }`,
    (b) =>
      `impl core::fmt::Debug for S { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result ${b} Ok(()) } }`,
  ),
  on(
    'to string',
    (at) => `std::string::ToString::to_string(&${at}::S)`,
    (b) =>
      `impl core::fmt::Display for S { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result ${b} Ok(()) } }`,
  ),
  on(
    'write macro',
    (at) => `{ use core::fmt::Write; core::write!(${at}::S, "x") }`,
    (b) => `impl core::fmt::Write for S { fn write_str(&mut self, _: &str) -> core::fmt::Result ${b} Ok(()) } }`,
  ),
  on(
    'unwrap',
    (at) => `Err::<u8, ${at}::S>(${at}::S).unwrap()`,
    (b) =>
      `impl core::fmt::Debug for S { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result ${b} Ok(()) } }`,
  ),
  on(
    'assert',
    (at) => `core::assert_eq!(${at}::S, ${at}::S)`,
    (b) => `#[derive(Debug)] ${TYPE}impl PartialEq for S { fn eq(&self, _: &S) -> bool ${b} true } }`,
    '',
  ),
  on(
    'into',
    (at) => `{ let _t: u8 = ${at}::S.into(); }`,
    (b) => `impl From<S> for u8 { fn from(_: S) -> u8 ${b} 1 } }`,
  ),
  on(
    'from',
    (at) => `${at}::S::from(1u8)`,
    (b) => `impl From<u8> for S { fn from(_: u8) -> S ${b} S } }`,
  ),
  on(
    'try from',
    (at) => `{ use core::convert::TryInto; let _r: Result<${at}::S, ()> = 1u8.try_into(); }`,
    (b) =>
      `impl core::convert::TryFrom<u8> for S { type Error = (); fn try_from(_: u8) -> Result<S, ()> ${b} Ok(S) } }`,
  ),
  on(
    'question mark',
    (at) => `(|| -> Result<(), ${at}::S> { Err(1u8)?; Ok(()) })()`,
    (b) => `impl From<u8> for S { fn from(_: u8) -> S ${b} S } }`,
  ),
  on(
    'parse',
    (at) => `"x".parse::<${at}::S>()`,
    (b) => `impl core::str::FromStr for S { type Err = (); fn from_str(_: &str) -> Result<S, ()> ${b} Ok(S) } }`,
  ),
  on(
    'as ref',
    (at) => `AsRef::<str>::as_ref(&${at}::S)`,
    (b) => `impl AsRef<str> for S { fn as_ref(&self) -> &str ${b} "" } }`,
  ),
  on(
    'as ref callee',
    (at) => `std::path::Path::new(&${at}::S)`,
    (b) => `impl AsRef<std::ffi::OsStr> for S { fn as_ref(&self) -> &std::ffi::OsStr ${b} "".as_ref() } }`,
    `extern crate std; ${TYPE}`,
  ),
  on(
    'default',
    (at) => `{ let _s: ${at}::S = Default::default(); }`,
    (b) => `impl Default for S { fn default() -> S ${b} S } }`,
  ),
  on(
    'unwrap or default',
    (at) => `None::<${at}::S>.unwrap_or_default()`,
    (b) => `impl Default for S { fn default() -> S ${b} S } }`,
  ),
  on(
    'clone',
    (at) => `[${at}::S].to_vec()`,
    (b) => `impl Clone for S { fn clone(&self) -> S ${b} S } }`,
  ),
  on(
    'to owned',
    (at) => `std::borrow::ToOwned::to_owned(&${at}::S)`,
    (b) => `impl Clone for S { fn clone(&self) -> S ${b} S } }`,
  ),
  on(
    'option cloned',
    (at) => `Some(&${at}::S).cloned()`,
    (b) => `impl Clone for S { fn clone(&self) -> S ${b} S } }`,
  ),
  on(
    'await',
    (at) => `async { ${at}::S.await }`,
    (b) =>
      `impl core::future::Future for S { type Output = (); fn poll(self: core::pin::Pin<&mut Self>, _: &mut core::task::Context<'_>) -> core::task::Poll<()> ${b} core::task::Poll::Ready(()) } }`,
  ),
  on(
    'max',
    (at) => `core::cmp::max(${at}::S, ${at}::S)`,
    (b) =>
      `#[derive(PartialEq, Eq, PartialOrd)] ${TYPE}impl Ord for S { fn cmp(&self, _: &S) -> core::cmp::Ordering ${b} core::cmp::Ordering::Equal } }`,
    '',
  ),
  on(
    'hash map',
    (at) => `std::collections::HashMap::new().insert(${at}::S, 1u8)`,
    (b) =>
      `#[derive(PartialEq, Eq)] ${TYPE}impl core::hash::Hash for S { fn hash<H: core::hash::Hasher>(&self, _: &mut H) ${b} } }`,
    '',
  ),
  on(
    'io copy',
    (at) => `std::io::copy(&mut ${at}::S, &mut std::io::sink())`,
    (b) => `impl std::io::Read for S { fn read(&mut self, _: &mut [u8]) -> std::io::Result<usize> ${b} Ok(0) } }`,
    `extern crate std; ${TYPE}`,
  ),
  derived(
    'derived clone',
    'Clone',
    (b) => `impl Clone for S { fn clone(&self) -> S ${b} S } }`,
    (at) => `${at}::W { s: ${at}::S }.clone()`,
  ),
  derived(
    'derived equality',
    'PartialEq',
    (b) => `impl PartialEq for S { fn eq(&self, _: &S) -> bool ${b} true } }`,
    (at) => `${at}::W { s: ${at}::S } == ${at}::W { s: ${at}::S }`,
  ),
  derived(
    'derived debug',
    'Debug',
    (b) =>
      `impl core::fmt::Debug for S { fn fmt(&self, _: &mut core::fmt::Formatter<'_>) -> core::fmt::Result ${b} Ok(()) } }`,
    (at) => `std::format!("{:?}", ${at}::W { s: ${at}::S })`,
  ),
  derived(
    'derived default',
    'Default',
    (b) => `impl Default for S { fn default() -> S ${b} S } }`,
    (at) => `<${at}::W as Default>::default()`,
  ),
]
