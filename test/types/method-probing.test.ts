/** Which function a method call means: nearest dereference first, by value before references, inherent before traits. */
import { testCalls } from '../support/check-calls.js'

testCalls({
  'an inherent function goes before that of a trait': `
pub struct Mast;
impl Mast { pub fn raise(&self) {} }
pub trait Raise { fn raise(&self); }
impl Raise for Mast { fn raise(&self) {} }
pub fn sail(mast: Mast) { //~!
    mast.raise(); //~ calls app::Mast::raise
}`,

  'a trait function by value goes before an inherent one by reference': `
pub struct Mast;
impl Mast { pub fn raise(&self) {} }
pub trait Raise { fn raise(self); }
impl Raise for Mast { fn raise(self) {} }
pub fn sail(mast: Mast) {
    mast.raise(); //~ calls <app::Mast as app::Raise>::raise
}`,

  'a nearer dereference goes before a farther one, though that is inherent': `
use std::ops::Deref;
pub struct Hull;
impl Hull { pub fn tow(&self) {} pub fn scrape(&self) {} }
pub struct Ship { hull: Hull }
impl Deref for Ship { type Target = Hull; fn deref(&self) -> &Hull { &self.hull } }
pub trait Tow { fn tow(&self); }
impl Tow for Ship { fn tow(&self) {} }
pub fn sail(ship: Ship) {
    ship.tow(); //~ calls <app::Ship as app::Tow>::tow
    ship.scrape(); //~ calls app::Hull::scrape, ..
}`,

  'a receiver that is no Deref belongs to what its Receiver is of': `
use std::ops::Receiver;
pub struct Hull;
pub struct Rope<T> { end: *const T }
impl<T> Receiver for Rope<T> { type Target = T; }
impl Hull { pub fn pull(self: Rope<Hull>) {} pub fn sink(&self) {} }
pub trait Sink { fn sink(&self) {} }
impl<T> Sink for Rope<T> {}
pub fn sail(rope: Rope<Hull>) {
    rope.sink(); //~ calls <app::Rope as app::Sink>::sink
    rope.pull(); //~ calls app::Hull::pull
}`,

  'clone of an Arc clones the Arc': `
use std::sync::Arc;
#[derive(Clone)]
pub struct Chart;
pub fn sail(chart: Arc<Chart>, borrowed: &Chart) {
    let copy = chart.clone(); //~ calls <std::sync::Arc as std::clone::Clone>::clone
    let inner = (*copy).clone(); //~ calls <app::Chart as std::clone::Clone>::clone, ..
    let own = borrowed.clone(); //~ calls <app::Chart as std::clone::Clone>::clone
}`,

  'a trait that is not in scope gives no method': `
pub struct Mast;
mod rigging { pub trait Raise { fn raise(&self) {} } impl Raise for super::Mast {} }
mod crew { use crate::rigging::Raise as _; pub fn sail(mast: crate::Mast) { mast.raise(); } } //~ calls <app::Mast as app::rigging::Raise>::raise
pub fn sail(mast: Mast) {
    mast.raise(); //~ unresolved raise
}`,

  'a private function of another module is skipped': `
pub mod rigging { pub struct Mast; impl Mast { fn raise(&self) {} } }
pub trait Raise { fn raise(&self); }
impl Raise for rigging::Mast { fn raise(&self) {} }
pub fn sail(mast: rigging::Mast) {
    mast.raise(); //~ calls <app::rigging::Mast as app::Raise>::raise
}`,

  'into_iter of an array is that of a slice before edition 2021': `
//- /lib.rs crate:app edition:2018
pub struct Oar; impl Oar { pub fn pull(&self) {} }
pub fn row(oars: [Oar; 2]) {
    for oar in oars.into_iter() { //~ calls <&[app::Oar; _] as std::iter::IntoIterator>::into_iter, ..
        oar.pull(); //~ calls app::Oar::pull
    }
}`,

  'into_iter of an array is its own since edition 2021': `
//- /lib.rs crate:app edition:2021
pub struct Oar; impl Oar { pub fn pull(self) {} }
pub fn row(oars: [Oar; 2]) {
    for oar in oars.into_iter() { //~ calls <[app::Oar; _] as std::iter::IntoIterator>::into_iter, ..
        oar.pull(); //~ calls app::Oar::pull
    }
}`,

  'a method of a slice is found on a Vec and on an array': `
pub fn count(oars: Vec<u8>, ports: [u8; 3]) {
    oars.first(); //~ calls <[T]>::first, ..
    ports.first(); //~ calls <[T]>::first
}`,

  'methods of a type in a module inside of a function': `
pub fn sail() {
    mod hold { pub struct Oar; impl Oar { pub fn pull(&self) { self.row() } fn row(&self) {} } } //~ calls app::sail::hold::Oar::row
    hold::Oar.pull(); //~ calls app::sail::hold::Oar::pull
}`,

  'a method that nobody has is recorded as unresolved': `
pub struct Mast;
pub fn sail(mast: Mast) {
    mast.sink(); //~ unresolved sink
}`,

  'a bound in scope on what an iterator gives is met by a function parameter': `
pub struct Ship { ropes: Vec<String> }
pub fn owned<F: Fn(&Ship) -> Vec<String>>(ships: &[Ship], of: F) {
    ships.iter().flat_map(of).map(|rope| rope.len()); //~ calls <[T]>::iter, <std::slice::Iter as std::iter::Iterator>::flat_map, <std::iter::FlatMap as std::iter::Iterator>::map, std::string::String::len, ..
}
pub fn borrowed<F: FnMut(&Ship) -> &Vec<String>>(ships: &[Ship], of: F) {
    ships.iter().flat_map(of).map(|rope| rope.as_str()); //~ calls <[T]>::iter, <std::slice::Iter as std::iter::Iterator>::flat_map, <std::iter::FlatMap as std::iter::Iterator>::map, std::string::String::as_str, ..
}`,

  'a block is no module: what is private in it is so in the module around it': `
pub struct Oar<T>(T); pub struct Rope;
const _: () = { impl<T> Oar<T> { fn pull(&self) {} } };
pub fn sail(oar: Oar<u8>) { oar.pull(); } //~ calls app::Oar::pull
pub mod pier { pub struct Knot; fn tie() { impl Knot { fn hold(&self) {} } } pub fn land(knot: Knot) { knot.hold(); } } //~ calls app::pier::Knot::hold
`,

  'a smart pointer around a parameter leads to what the parameter leads to': `
use std::ops::DerefMut; use std::pin::Pin;
pub trait Moored { fn rest(&self); }
pub fn sail<P>(ship: &Pin<P>) where P: DerefMut, P::Target: Moored {
    (**ship).rest(); //~ calls <<P as std::ops::Deref>::Target as app::Moored>::rest, ..
    ship.rest(); //~ calls <<P as std::ops::Deref>::Target as app::Moored>::rest, ..
}`,

  'a derive bounds what fields name of a parameter, too': `
#[derive(Clone)] pub struct Fleet<I: Iterator> { ships: Vec<I::Item>, next: Option<(I::Item, u8)> } //~ calls <std::vec::Vec as std::clone::Clone>::clone, <std::option::Option as std::clone::Clone>::clone
`,
})
