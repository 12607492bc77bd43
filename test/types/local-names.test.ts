/** Which local a name means: macros see what was there where they were defined, and names are compared normalized. */
import { testCalls } from '../support/check-calls.js'

const TWO = `
pub struct Real; impl Real { pub fn go(&self) {} }
pub struct Fake; impl Fake { pub fn go(&self) {} }`

testCalls({
  'a macro means the locals before its definition': `${TWO}
pub fn sail() {
    let c = Real;
    macro_rules! go { () => { c.go() } } //~ calls app::Real::go
    let c = Fake;
    c.go(); //~ calls app::Fake::go
    go!();
}`,

  'in a block and a closure inside, too': `${TWO}
pub fn sail() {
    let c = Real;
    macro_rules! go { () => { c.go() } } //~ calls app::Real::go
    { let c = Fake; go!(); c.go(); } //~ calls app::Fake::go
    let f = |c: Fake| { go!(); c.go() }; //~ calls app::Fake::go
    f(Fake);
}`,

  'a definition that is shadowed means what was before itself': `${TWO}
pub fn sail() {
    let c = Fake;
    macro_rules! go { () => { c.go() } } //~ calls app::Fake::go
    go!();
    let c = Real;
    macro_rules! go { () => { c.go() } } //~ calls app::Real::go
    let c = Fake;
    go!();
    let _ = c;
}`,

  'what the caller hands in stays of the caller': `${TWO}
pub fn sail() {
    let c = Real;
    macro_rules! go { ($x:ident) => { $x.go(); c.go() } } //~ calls app::Real::go, app::Fake::go
    let c = Fake;
    go!(c);
}`,

  'a macro that a macro defines': `${TWO}
macro_rules! define { ($x:ident) => { macro_rules! go { () => { $x.go() } } } } //~ calls app::Real::go
pub fn sail() {
    let c = Real;
    define!(c);
    let c = Fake;
    go!();
    let _ = c;
}`,

  'a macro of a macro in the body': `${TWO}
pub fn sail() {
    let c = Real;
    macro_rules! inner { () => { c.go() } } //~ calls app::Real::go
    let c = Fake;
    macro_rules! outer { () => { inner!(); c.go() } } //~ calls app::Fake::go
    let c = Real;
    outer!();
    let _ = c;
}`,

  'locals of the macro itself stay its own': `${TWO}
pub fn sail() {
    let c = Real;
    macro_rules! own { () => { let c = Fake; c.go(); } } //~ calls app::Fake::go
    own!();
    c.go(); //~ calls app::Real::go
}`,

  'names are compared in normalization form C': `${TWO}
pub fn sail() {
    let cafe\u0301 = Fake;
    let caf\u00e9 = Real;
    cafe\u0301.go(); //~ calls app::Real::go
    let _ = caf\u00e9;
}
pub mod quai { pub fn cafe\u0301() {} }
pub fn land() { quai::caf\u00e9(); } //~ calls app::quai::caf\u00e9
macro_rules! m { (caf\u00e9) => { Real.go() }; ($i:ident) => { Fake.go() } } //~ calls app::Real::go
pub fn moor() { m!(cafe\u0301) }
macro_rules! v { ($cafe\u0301:ident) => { $caf\u00e9.go() } } //~ calls app::Real::go
pub fn cast() { let x = Real; v!(x) }
pub struct Ship { pub cafe\u0301: Real }
impl Ship { pub fn row(&self) { self.caf\u00e9.go() } } //~ calls app::Real::go`,
})
