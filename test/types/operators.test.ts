/** Operators and indexing call the functions of their traits, when the operands are no built-in numbers. */
import { testCalls } from '../support/check-calls.js'

testCalls({
  "an operator on a type of ours calls the trait's function": `
use std::ops::{Add, AddAssign, Index, Neg, Not};
#[derive(Clone, Copy, PartialEq, PartialOrd)] pub struct Knots(f64);
impl Add for Knots { type Output = Knots; fn add(self, other: Knots) -> Knots { Knots(self.0 + other.0) } } //~ calls app::Knots
impl Add<u8> for Knots { type Output = Depth; fn add(self, other: u8) -> Depth { Depth } }
impl AddAssign for Knots { fn add_assign(&mut self, other: Knots) {} }
impl Neg for Knots { type Output = Knots; fn neg(self) -> Knots { self } }
impl Not for Knots { type Output = Depth; fn not(self) -> Depth { Depth } }
pub struct Depth; impl Depth { fn sound(&self) {} }
pub fn sail(mut a: Knots, b: Knots) {
    (a + 1u8).sound(); //~ calls <app::Knots as std::ops::Add>::add, app::Depth::sound
    let sum = a + b; //~ calls <app::Knots as std::ops::Add>::add
    a += sum; //~ calls <app::Knots as std::ops::AddAssign>::add_assign
    let back = -a; //~ calls <app::Knots as std::ops::Neg>::neg
    (!back).sound(); //~ calls <app::Knots as std::ops::Not>::not, app::Depth::sound
    let same = a == b; //~ calls <app::Knots as std::cmp::PartialEq>::eq
    let less = a < b; //~ calls <app::Knots as std::cmp::PartialOrd>::lt
}`,

  'operators on built-in numbers call nothing': `
pub fn sail(a: u8, b: u8) -> bool { //~!
    let mut sum = a + b * 2 - 1;
    sum += 1 << a;
    !(sum == b) && -1.5 < 2.0 && a & b | a ^ b > 3
}`,

  'an index of a type of ours gives what its impl says': `
use std::ops::{Index, IndexMut};
pub struct Port; impl Port { fn enter(&self) {} }
pub struct Coast { ports: Vec<Port> }
impl Index<&str> for Coast { type Output = Port; fn index(&self, name: &str) -> &Port { &self.ports[0] } } //~ calls ..
pub fn sail(coast: Coast, row: &[Port], list: [Port; 2], by_name: std::collections::HashMap<String, Port>) {
    coast["Brest"].enter(); //~ calls <app::Coast as std::ops::Index>::index, app::Port::enter
    row[1].enter(); //~ calls app::Port::enter
    list[0].enter(); //~ calls app::Port::enter
    row[1..][0].enter(); //~ calls app::Port::enter, ..
    by_name["Cork"].enter(); //~ calls <std::collections::HashMap as std::ops::Index>::index, app::Port::enter
    let part = &row[..2];
    part.iter().next().unwrap().enter(); //~ calls app::Port::enter, ..
}`,

  'a star before a smart pointer dereferences it': `
use std::ops::Deref;
pub struct Hull; impl Hull { fn scrape(&self) {} }
pub struct Dock(Hull); impl Deref for Dock { type Target = Hull; fn deref(&self) -> &Hull { &self.0 } }
pub fn sail(dock: Dock, boxed: Box<Hull>) {
    (*dock).scrape(); //~ calls app::Hull::scrape, <app::Dock as std::ops::Deref>::deref
    (*boxed).scrape(); //~ calls app::Hull::scrape
}`,

  'what is written to or borrowed mutably is reached by DerefMut and IndexMut': `
use std::ops::{Deref, DerefMut, Index, IndexMut};
pub struct Hull { planks: u8 } impl Hull { fn scrape(&self) {} fn paint(&mut self) {} }
pub struct Dock(Hull, *mut Hull);
impl Deref for Dock { type Target = Hull; fn deref(&self) -> &Hull { &self.0 } }
impl DerefMut for Dock { fn deref_mut(&mut self) -> &mut Hull { &mut self.0 } }
impl Index<u8> for Dock { type Output = Hull; fn index(&self, at: u8) -> &Hull { &self.0 } }
impl IndexMut<u8> for Dock { fn index_mut(&mut self, at: u8) -> &mut Hull { &mut self.0 } }
pub struct Shared(Hull); impl Deref for Shared { type Target = Hull; fn deref(&self) -> &Hull { &self.0 } }
pub fn sail(mut dock: Dock, hull: &mut Hull, shared: Shared) { //~!
    dock.scrape(); //~ calls app::Hull::scrape, <app::Dock as std::ops::Deref>::deref
    dock.paint(); //~ calls app::Hull::paint, <app::Dock as std::ops::DerefMut>::deref_mut
    hull.paint(); //~ calls app::Hull::paint
    dock.planks = 1; //~ calls <app::Dock as std::ops::DerefMut>::deref_mut
    let planks = dock.planks; //~ calls <app::Dock as std::ops::Deref>::deref
    (*dock).planks += 1; //~ calls <app::Dock as std::ops::DerefMut>::deref_mut
    let part = &mut dock.planks; //~ calls <app::Dock as std::ops::DerefMut>::deref_mut
    dock[1].planks = 2; //~ calls <app::Dock as std::ops::IndexMut>::index_mut
    dock[1].paint(); //~ calls app::Hull::paint, <app::Dock as std::ops::IndexMut>::index_mut
    dock[1].scrape(); //~ calls app::Hull::scrape, <app::Dock as std::ops::Index>::index
    let kept = &shared.planks; //~ calls <app::Shared as std::ops::Deref>::deref
}`,

  'a method or field behind a smart pointer of ours calls its Deref': `
use std::ops::Deref;
pub struct Hull { planks: u8 } impl Hull { fn scrape(&self) {} }
pub struct Dock(Hull); impl Deref for Dock { type Target = Hull; fn deref(&self) -> &Hull { std::process::abort() } } //~ calls std::process::abort
pub struct Yard(Dock); impl Deref for Yard { type Target = Dock; fn deref(&self) -> &Dock { &self.0 } }
pub fn sail(dock: Dock, yard: &Yard) { //~!
    dock.scrape(); //~ calls app::Hull::scrape, <app::Dock as std::ops::Deref>::deref
    let planks = dock.planks; //~ calls <app::Dock as std::ops::Deref>::deref
    yard.scrape(); //~ calls app::Hull::scrape, <app::Yard as std::ops::Deref>::deref, <app::Dock as std::ops::Deref>::deref
    let inner = yard.0.0.planks;
}`,

  'a cast gives the type that it names': `
pub trait Weigh { fn weigh(&self) {} }
impl<T> Weigh for T {}
pub fn sail(n: u8) {
    (n as i64).weigh(); //~ calls <i64 as app::Weigh>::weigh
    (&n as *const u8).weigh(); //~ calls <*const u8 as app::Weigh>::weigh
}`,

  'each form of a range is the type that it is': `
pub fn sail(n: usize, list: &[u8]) {
    (1..9).contains(&n); //~ calls std::ops::Range::contains
    (1..=9).contains(&n); //~ calls std::ops::RangeInclusive::contains
    (1..).contains(&n); //~ calls std::ops::RangeFrom::contains
    (..9).contains(&n); //~ calls std::ops::RangeTo::contains
    (..=9).contains(&n); //~ calls std::ops::RangeToInclusive::contains
    list[n..=n + 1].first(); //~ calls <[T]>::first, ..
    list[..].first(); //~ calls <[T]>::first, ..
    for x in 0..=n { x.count_ones(); } //~ calls <usize>::count_ones, ..
}`,
})
