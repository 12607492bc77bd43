/** Types that flow through type parameters, associated types and closures; seen by which function a method call means. */
import { testCalls } from '../support/check-calls.js'

/** Says what a type is: `x.weigh()` calls `<Type as app::Weigh>::weigh`. */
const WEIGH = `
pub trait Weigh { fn weigh(&self) {} }
impl<T> Weigh for T {}
pub struct Crate; impl Crate { pub fn open(self) -> Cargo { Cargo } pub fn peek(&self) -> &Cargo { &Cargo } }
pub struct Cargo; impl Cargo { pub fn sell(&self) {} }
`

testCalls({
  'a type parameter is what the argument is': `${WEIGH}
fn first<T>(a: T, _b: T) -> T { a }
pub fn sail() {
    first(Cargo, Cargo).sell(); //~ calls app::first, app::Cargo::sell
}`,

  'a type parameter of a type goes into its methods': `${WEIGH}
pub struct Hold<T> { inside: T }
impl<T> Hold<T> { pub fn new(inside: T) -> Self { Hold { inside } } pub fn get(&self) -> &T { &self.inside } }
pub fn sail(cargo: Cargo) {
    Hold::new(cargo).get().sell(); //~ calls app::Hold::new, app::Hold::get, app::Cargo::sell
    Hold::new(5u8).get().weigh(); //~ calls app::Hold::new, app::Hold::get, <u8 as app::Weigh>::weigh
}`,

  'a chain of iterator adapters keeps the item type': `${WEIGH}
pub fn sail(crates: Vec<Crate>) {
    let cargo: Vec<Cargo> = crates.into_iter().map(|each| each.open()).filter(|each| { each.sell(); true }).collect(); //~ calls app::Crate::open, app::Cargo::sell, ..
    cargo.iter().rev().enumerate().for_each(|(i, each)| { i.weigh(); each.sell() }); //~ calls <usize as app::Weigh>::weigh, app::Cargo::sell, ..
    for each in cargo.iter().zip(1u16..).skip(1) {
        each.0.sell(); //~ calls app::Cargo::sell
        each.1.weigh(); //~ calls <u16 as app::Weigh>::weigh
    }
}`,

  "an associated type is the impl's own": `${WEIGH}
pub trait Ship { type Load; fn unload(&self) -> Self::Load; }
pub struct Junk; impl Ship for Junk { type Load = Cargo; fn unload(&self) -> Cargo { Cargo } }
pub fn of_junk(junk: Junk) { junk.unload().sell(); } //~ calls <app::Junk as app::Ship>::unload, app::Cargo::sell
pub fn of_any<S: Ship<Load = Cargo>>(ship: S) { ship.unload().sell(); } //~ calls <S as app::Ship>::unload, app::Cargo::sell
pub fn named<S: Ship>(load: <Junk as Ship>::Load) { load.sell(); } //~ calls app::Cargo::sell
`,

  'collect makes what is asked for, by turbofish too': `${WEIGH}
pub fn sail(crates: Vec<Crate>) {
    crates.iter().map(|c| c.peek()).collect::<Vec<_>>().pop().unwrap().sell(); //~ calls app::Cargo::sell, app::Crate::peek, std::vec::Vec::pop, ..
    let all: Result<Vec<u8>, String> = vec![Ok(1)].into_iter().collect();
    all.weigh(); //~ calls <std::result::Result as app::Weigh>::weigh
}`,

  'turbofish gives the parameter': `${WEIGH}
pub fn sail(text: &str) {
    text.parse::<u64>().unwrap().weigh(); //~ calls <str>::parse, std::result::Result::unwrap, <u64 as app::Weigh>::weigh
    Default::default().sell(); //~ unresolved sell //~ calls <_ as std::default::Default>::default
    std::mem::size_of::<u8>().weigh(); //~ calls std::mem::size_of, <usize as app::Weigh>::weigh
    Vec::<Cargo>::new()[0].sell(); //~ calls std::vec::Vec::new, app::Cargo::sell, ..
}`,

  "a parameter's type comes from the Fn bound of what is called": `${WEIGH}
fn each_cargo<F: Fn(&Cargo) -> u8>(f: F) -> u8 { f(&Cargo) }
fn by_where<F>(mut f: F) where F: FnMut(Crate) { f(Crate) }
fn boxed(f: Box<dyn FnOnce(Crate) -> Cargo>) -> Cargo { f(Crate) }
pub fn sail() {
    each_cargo(|cargo| { cargo.sell(); 1 }).weigh(); //~ calls app::each_cargo, app::Cargo::sell, <u8 as app::Weigh>::weigh
    by_where(|it| { it.open(); }); //~ calls app::by_where, app::Crate::open
    boxed(Box::new(|it| it.open())).sell(); //~ calls app::boxed, std::boxed::Box::new, app::Crate::open, app::Cargo::sell
}`,

  'a closure in a local returns what its body is': `${WEIGH}
pub fn sail(it: Crate) {
    let open = |what: Crate| what.open(); //~ calls app::Crate::open
    open(it).sell(); //~ calls app::Cargo::sell
    let late = |what| { Some(what) }; //~ calls std::option::Option::Some
    late(Cargo).unwrap().sell(); //~ calls std::option::Option::unwrap, app::Cargo::sell
}`,

  'an impl for functions is told by how many parameters they have, whichever body a closure is in': `${WEIGH}
pub trait Haul<M> { type Load; fn haul(self) -> Self::Load; }
impl<F: FnOnce(u8)> Haul<(u8,)> for F { type Load = u16; fn haul(self) -> u16 { 1 } }
impl<F: FnOnce(u8, u8)> Haul<(u8, u8)> for F { type Load = u32; fn haul(self) -> u32 { 1 } }
fn single(_: u8) {}
fn double(_: u8, _: u8) {}
pub fn one() { (|_x: u8| ()).haul().weigh(); } //~ calls <{closure} as app::Haul>::haul, <u16 as app::Weigh>::weigh
pub fn two() { (|_x: u8, _y: u8| ()).haul().weigh(); } //~ calls <{closure} as app::Haul>::haul, <u32 as app::Weigh>::weigh
pub fn three() { single.haul().weigh(); } //~ calls app::single, <fn item single as app::Haul>::haul, <u16 as app::Weigh>::weigh
pub fn four() { double.haul().weigh(); } //~ calls app::double, <fn item double as app::Haul>::haul, <u32 as app::Weigh>::weigh
`,

  'an unannotated integer is i32, a float f64, unless used otherwise': `${WEIGH}
fn wants(_: u16) {}
pub fn sail() {
    let plain = 1; let used = 2; let float = 1.5;
    wants(used); //~ calls app::wants
    plain.weigh(); //~ calls <i32 as app::Weigh>::weigh
    used.weigh(); //~ calls <u16 as app::Weigh>::weigh
    float.weigh(); //~ calls <f64 as app::Weigh>::weigh
    5.max(6).weigh(); //~ calls <i32 as app::Weigh>::weigh, <i32 as std::cmp::Ord>::max
}`,

  'a type learned later is that of the variable before': `${WEIGH}
pub fn sail() {
    let mut hold = Vec::new(); //~ calls std::vec::Vec::new
    hold.push(Cargo); //~ calls std::vec::Vec::push
    hold[0].sell(); //~ calls app::Cargo::sell, ..
    let mut best = None;
    best = Some(Cargo); //~ calls std::option::Option::Some
    if let Some(cargo) = best { cargo.sell(); } //~ calls app::Cargo::sell, ..
}`,

  'impl Trait as a parameter is its bound, as a result it is opaque': `${WEIGH}
pub trait Float { fn float(&self); }
impl Float for Cargo { fn float(&self) {} }
fn lend(what: impl Float) -> impl Float { what.float(); what } //~ calls <impl Trait as app::Float>::float
fn all() -> impl Iterator<Item = Cargo> { std::iter::once(Cargo) } //~ calls std::iter::once
pub fn sail() {
    lend(Cargo).float(); //~ calls app::lend, <impl Trait as app::Float>::float
    for each in all() { each.sell(); } //~ calls app::all, app::Cargo::sell, ..
}`,

  "dyn Trait has its trait's functions, and those of its supertraits": `${WEIGH}
pub trait Float { fn float(&self); }
pub trait Steer: Float { fn steer(&self); }
pub fn sail(ship: &dyn Steer, owned: Box<dyn Steer>) { //~!
    ship.steer(); //~ calls <dyn app::Steer as app::Steer>::steer
    ship.float(); //~ calls <dyn app::Steer as app::Float>::float
    owned.float(); //~ calls <dyn app::Steer as app::Float>::float
}`,

  "a bound's functions are those of the parameter": `${WEIGH}
pub trait Float { fn float(&self); fn build() -> Self where Self: Sized; }
pub trait Steer: Float {}
fn sail<S>(ship: S) where S: Steer + Clone {
    ship.float(); //~ calls <S as app::Float>::float
    ship.clone().float(); //~ calls <S as std::clone::Clone>::clone, <S as app::Float>::float
    S::build().float(); //~ calls <S as app::Float>::build, <S as app::Float>::float
}`,

  'a default body calls what Self has': `${WEIGH}
pub trait Float { fn float(&self); fn drift(&self) { self.float(); Self::anchor(); } fn anchor() {} } //~ calls <Self as app::Float>::float, <Self as app::Float>::anchor
`,
})
