/** Bounds on auto traits and `Copy` decide which candidate of a method is meant, as far as they are known. */
import { expect, test } from '@jest/globals'
import { testCalls } from '../support/check-calls.js'
import { graphOfText } from '../support/fixture-graph.js'

const WITH = (bound: string): string => `
use std::ops::{Deref, DerefMut};
pub struct Real; impl Real { pub fn go(&mut self) {} }
pub struct W<X>(Real, X);
impl<X> Deref for W<X> { type Target = Real; fn deref(&self) -> &Real { &self.0 } }
impl<X> DerefMut for W<X> { fn deref_mut(&mut self) -> &mut Real { &mut self.0 } }
pub trait Quiet { fn go(&mut self) {} }
impl<T> Quiet for T where T: ${bound} {}`

testCalls({
  'what is no Copy is not taken for one': `${WITH('Copy')}
pub fn sail(mut x: W<()>) { x.go() } //~ calls app::Real::go, ..
#[derive(Clone, Copy)] pub struct Both;
pub fn moor(mut x: Both, mut n: u8, mut a: [u8; 2], mut t: (u8, Both), mut r: &Real) {
    x.go(); //~ calls <app::Both as app::Quiet>::go
    n.go(); //~ calls <u8 as app::Quiet>::go
    a.go(); //~ calls <[u8; _] as app::Quiet>::go
    t.go(); //~ calls <(u8, app::Both) as app::Quiet>::go
    r.go(); //~ calls <&app::Real as app::Quiet>::go
}
pub fn land<T: Copy>(mut t: T) { t.go() } //~ calls <T as app::Quiet>::go`,

  'Send is known by the parts': `
//- std: full
${WITH('Send').trimStart()}
pub fn sail(mut x: W<std::rc::Rc<u8>>) { x.go() } //~ calls app::Real::go, ..
pub fn moor(mut x: W<u8>) { x.go() } //~ calls <app::W as app::Quiet>::go
pub fn land(mut x: W<*const u8>) { x.go() } //~ calls app::Real::go, ..
pub struct Marked(std::marker::PhantomData<*mut u8>);
pub fn mark(mut x: W<Marked>) { x.go() } //~ calls app::Real::go, ..
unsafe impl Send for Said {}
pub struct Said(*mut u8);
pub fn say(mut x: W<Said>) { x.go() } //~ calls <app::W as app::Quiet>::go
pub fn open<T>(mut x: W<T>) { x.go() } //~ calls app::Real::go, ..
pub fn closed<T: Send>(mut x: W<T>) { x.go() } //~ calls <app::W as app::Quiet>::go
pub fn other<T>(mut x: W<std::rc::Rc<u16>>) where Vec<T>: Send { x.go() } //~ calls app::Real::go, ..
pub fn cell(mut x: W<&std::cell::Cell<u8>>) { x.go() } //~ calls app::Real::go, ..
pub fn arc(mut x: W<std::sync::Arc<u8>>) { x.go() } //~ calls <app::W as app::Quiet>::go`,

  'what a cycle was taken for while it was open is no answer': `
//- std: full
${WITH('Send').trimStart()}
use std::marker::PhantomData;
pub struct Outer(PhantomData<Inner>, std::rc::Rc<u8>);
pub struct Inner(PhantomData<Outer>);
pub struct Chain(PhantomData<Chain>);
pub fn sail(mut x: W<Outer>) { x.go() } //~ calls app::Real::go, ..
pub fn moor(mut x: W<Inner>) { x.go() } //~ calls app::Real::go, ..
pub fn land(mut x: W<Chain>) { x.go() } //~ calls <app::W as app::Quiet>::go`,

  'UnwindSafe and Unpin, too': `
//- std: full
${WITH('std::panic::UnwindSafe').trimStart()}
pub fn sail(mut x: W<&'static mut u8>) { x.go() } //~ calls app::Real::go, ..
pub fn wrap(mut x: W<std::marker::PhantomData<&'static mut u8>>) { x.go() } //~ calls app::Real::go, ..
pub fn moor(mut x: W<u8>) { x.go() } //~ calls <app::W as app::Quiet>::go
pub trait Still { fn stay(&mut self) {} } impl<T: Unpin> Still for T {}
pub struct Pinned(std::marker::PhantomPinned); impl Deref for Pinned { type Target = Hull; fn deref(&self) -> &Hull { &Hull } }
pub struct Hull; impl Hull { pub fn stay(&self) }
pub fn pin(mut x: Pinned) { x.stay() } //~ calls app::Hull::stay, ..`,

  'a trait of ones own': `
#![feature(auto_traits, negative_impls)]
pub auto trait Dry {}
pub struct Wet; impl !Dry for Wet {}
pub struct Hold<T>(T); impl<T> Hold<T> { pub fn open(&self) {} }
pub trait Open { fn open(self); } impl<T: Dry> Open for Hold<T> { fn open(self) {} }
pub fn sail(x: Hold<Wet>) { x.open() } //~ calls app::Hold::open
pub fn moor(x: Hold<u8>) { x.open() } //~ calls <app::Hold as app::Open>::open
pub fn land(x: Hold<(u8, Wet)>) { x.open() } //~ calls app::Hold::open`,

  'a type that is made of itself': `
pub struct List(Option<Box<List>>); impl List { pub fn go(&self) }
pub trait Go { fn go(self); } impl<T: Send> Go for T { fn go(self) {} }
pub fn sail(x: List) { x.go() } //~ calls <app::List as app::Go>::go`,
})

test('where it is not known whether a bound holds, both can be meant, and it is told', async () => {
  const graph = await graphOfText(`
//- std: full
//- /lib.rs crate:app
pub struct Hold<T>(T); impl<T> Hold<T> { pub fn open(&self) {} }
pub trait Open { fn open(self); } impl<T: Send> Open for Hold<T> { fn open(self) {} }
pub fn sail(x: Hold<Vec<*mut u8>>) { x.open() }`)
  const meant = graph.references.filter((ref) => ref.name === 'open')
  expect(meant.map((ref) => [ref.callee, ref.certainty]).sort()).toEqual([
    ['<app::Hold as app::Open>::open', 'possible'],
    ['app::Hold::open', 'possible'],
  ])
  expect(graph.losses.map(({ kind, what }) => `${kind}: ${what}`)).toEqual([
    'dispatch limit: which function open means hangs on a bound that is not known',
  ])
})
