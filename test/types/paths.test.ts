/** What paths in expressions mean: functions of types and traits, items as values, Self, consts. */
import { testCalls } from '../support/check-calls.js'

testCalls({
  'a path through a type finds inherent functions, then those of traits': `
pub struct Sail; pub trait Hoist { fn hoist(&self); fn make() -> Self; }
impl Sail { pub fn new() -> Self { Sail } pub fn hoist(&self) {} }
impl Hoist for Sail { fn hoist(&self) {} fn make() -> Self { Self::new() } } //~ calls app::Sail::new
pub fn rig(sail: Sail) { //~!
    Sail::hoist(&sail); //~ calls app::Sail::hoist
    Hoist::hoist(&sail); //~ calls <app::Sail as app::Hoist>::hoist
    <Sail as Hoist>::hoist(&sail); //~ calls <app::Sail as app::Hoist>::hoist
    Sail::make().hoist(); //~ calls <app::Sail as app::Hoist>::make, app::Sail::hoist
    let made: Sail = Hoist::make(); //~ calls <app::Sail as app::Hoist>::make
    <[u8]>::len(&[1]); //~ calls <[T]>::len
    str::len("reef"); //~ calls <str>::len
    <str as ToString>::to_string("reef"); //~ calls <str as std::string::ToString>::to_string
}`,

  "Self is the impl's type, with its own arguments": `
pub struct Hold<T>(T); pub struct Salt; impl Salt { fn taste(&self) {} }
impl Hold<Salt> {
    const FULL: Self = Self(Salt); //~ calls app::Hold
    fn new() -> Self { Self(Salt) } //~ calls app::Hold
    fn open(self) { let Self(salt) = self; salt.taste(); Self::new().0.taste(); } //~ calls app::Salt::taste, app::Hold::new
}`,

  'in its own definition a type names itself, with its own parameters': `
pub struct Knot { next: Option<Box<Self>> }
impl Knot { fn tie(&self) { if let Some(next) = &self.next { next.tie(); } } } //~ calls app::Knot::tie
pub struct Rope<T> { rest: Vec<Rope<T>>, same: Vec<Self>, of: T }
pub struct Hemp; impl Hemp { fn tar(&self) {} }
pub fn coil(rope: Rope<Hemp>) { rope.same[0].of.tar(); } //~ calls app::Hemp::tar, ..
pub enum Chain { Link(Box<Self>), End }
impl Chain { fn pull(&self) { if let Chain::Link(next) = self { next.pull(); } } } //~ calls app::Chain::pull
pub union Plank { own: std::mem::ManuallyDrop<(Hemp, *const Self)> }
pub fn saw(plank: Plank) { let own = unsafe { &plank.own }; own.0.tar(); } //~ calls app::Hemp::tar, ..
`,

  'functions, methods and constructors are values': `
pub struct Oar(u8); impl Oar { fn pull(&self) -> u8 { 1 } }
fn carve(n: u8) -> Oar { Oar(n) } //~ calls app::Oar
fn apply(f: fn(u8) -> Oar) -> Oar { f(1) }
pub fn row() {
    let by_name = carve; //~ calls app::carve
    by_name(1).pull(); //~ calls app::Oar::pull
    apply(carve).pull(); //~ calls app::apply, app::carve, app::Oar::pull
    let pulls: Vec<u8> = vec![1u8].into_iter().map(Oar).map(|oar| oar.pull()).collect(); //~ calls app::Oar, app::Oar::pull, ..
    let all: Vec<u8> = [carve(1)].iter().map(Oar::pull).collect(); //~ calls app::carve, app::Oar::pull, ..
    let table: [fn(u8) -> Oar; 2] = [carve, Oar]; //~ calls app::carve, app::Oar
    table[0](1).pull(); //~ calls app::Oar::pull
}`,

  'initialisers of consts, statics and discriminants make calls': `
const fn depth(n: u8) -> u8 { n }
pub const KEEL: u8 = depth(1); //~ calls app::depth
pub static ANCHOR: u8 = depth(2); //~ calls app::depth
pub enum Tide { Low = depth(3) as isize, High } //~ calls app::depth
pub struct Hull; impl Hull { pub const WIDTH: u8 = depth(4); } //~ calls app::depth
pub trait Draught { const METRES: u8 = depth(5); } //~ calls app::depth
const _: u8 = depth(6); //~ calls app::depth
pub fn sail() { let bays = [0u8; depth(7) as usize]; } //~ calls app::depth
`,

  'struct literals look at each field and the base': `
#[derive(Default)] pub struct Crew { cook: u8, mate: u8, name: String }
fn hire() -> u8 { 1 }
pub fn sail(cook: u8) -> Crew {
    Crew { cook, mate: hire(), ..Default::default() } //~ calls app::hire, <app::Crew as std::default::Default>::default
}`,

  'names of block items shadow those outside': `
fn bail() {}
pub fn sail() {
    bail(); //~ calls app::sail::bail
    fn bail() { std::process::abort() } //~ calls std::process::abort
    { use std::process::exit as bail; bail(1); } //~ calls std::process::exit
    struct Bucket; impl Bucket { fn fill(&self) { leak() } } //~ calls app::sail::leak
    fn leak() {}
    Bucket.fill(); //~ calls app::sail::Bucket::fill
}`,

  "another crate's item is called by the path it is exported under": `
//- /lib.rs crate:app deps:harbour
use harbour::{berth, Quay};
pub fn sail() {
    berth(); //~ calls harbour::berth
    Quay::new().moor(); //~ calls harbour::Quay::new, harbour::Quay::moor
    harbour::prelude::tie(); //~ calls harbour::prelude::tie
}
//- /lib.rs crate:harbour
mod inner { pub fn berth() {} pub struct Quay; impl Quay { pub fn new() -> Quay { Quay } pub fn moor(&self) {} } pub fn tie() {} }
pub use inner::{berth, Quay};
pub mod prelude { pub use crate::inner::tie; }`,

  'items that a condition takes away are not called': `
#[cfg(windows)] fn sail() { std::process::abort() }
#[cfg(not(windows))] fn sail() { std::process::exit(1) } //~ calls std::process::exit
pub fn go() {
    #[cfg(windows)] std::process::abort(); //~ calls
    #[cfg(unix)] sail(); //~ calls app::sail
}`,

  'a path to nothing is recorded as unresolved': `
pub struct Mast;
pub fn sail() {
    rudder::turn(); //~ unresolved turn
    Mast::fell(); //~ unresolved fell
    unknown_hand(); //~ unresolved unknown_hand
}`,
})
