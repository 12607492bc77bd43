/** `dyn A + Send` is another type than `dyn A`: impls for the one are none for the other, and one becomes the other. */
import { testCalls } from '../support/check-calls.js'

const TRAITS = `
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }
pub trait D {} impl D for u8 {}
pub trait P { type O; fn mk(self) -> Self::O; }
impl P for Box<dyn D> { type O = Fake; fn mk(self) -> Fake { Fake } }
impl P for Box<dyn D + Send> { type O = Real; fn mk(self) -> Real { Real } }`

testCalls({
  'an impl for the one is none for the other': `${TRAITS}
pub fn sail() { let f: Box<dyn D + Send> = Box::new(1u8); f.mk().go() } //~ calls app::Real::go, ..
pub fn moor() { let f: Box<dyn D> = Box::new(1u8); f.mk().go() } //~ calls app::Fake::go, ..`,

  'order and repetition say nothing': `
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }
pub trait D {} impl D for u8 {}
pub trait P { type O; fn mk(self) -> Self::O; }
impl P for Box<dyn D + Sync + Send> { type O = Real; fn mk(self) -> Real { Real } }
impl P for Box<dyn D + Sync> { type O = Fake; fn mk(self) -> Fake { Fake } }
pub fn sail(f: Box<dyn Send + D + Sync + Send>) { f.mk().go() } //~ calls app::Real::go, ..`,

  'inherent functions, too': `
pub trait D {}
impl dyn D { pub fn go(&self) {} }
pub trait E {}
impl dyn E + Send { pub fn go(&self) {} }
pub trait Go { fn go(&self); }
impl<T: ?Sized> Go for T { fn go(&self) {} }
pub fn sail(d: &dyn D, s: &(dyn D + Send)) {
    d.go(); //~ calls <dyn app::D>::go
    s.go(); //~ calls <dyn app::D + std::marker::Send as app::Go>::go
}`,

  'the narrower becomes the wider where it is wanted, and tells its arguments': `${TRAITS}
pub trait Takes<A> {} impl Takes<Real> for u8 {}
pub fn open<A: Default>(x: Box<dyn Takes<A>>) -> A { let _ = x; A::default() }
impl Default for Real { fn default() -> Real { Real } }
pub fn sail(x: Box<dyn Takes<Real> + Send>) { open(x).go() } //~ calls app::Real::go, ..
pub fn moor(x: Box<dyn D + Send>) { let y: Box<dyn D> = x; y.mk().go() } //~ calls app::Fake::go, ..
pub fn land(x: Box<dyn D + Send>) { cast(x) }
fn cast(x: Box<dyn D>) { x.mk().go() } //~ calls app::Fake::go, ..`,
})
