/** Calls inside of macros: what the macro's text says where it stands, and what was handed over where it is used. */
import { testCalls } from '../support/check-calls.js'

testCalls({
  'what is handed to a macro is looked at, also when it is nested': `
fn row() -> u8 { 1 }
macro_rules! twice { ($e:expr) => { { let a = $e; let b = $e; (a, b) } } }
macro_rules! both { ($($e:expr),*) => { ($(twice!($e)),*) } }
pub fn sail() {
    twice!(row()); //~ calls app::row
    both!(row(), std::process::id()); //~ calls app::row, std::process::id
}`,

  "a macro's own locals do not hide those of its user": `
pub struct Oar; impl Oar { fn pull(&self) {} }
pub struct Rope; impl Rope { fn haul(&self) {} }
macro_rules! with_rope { ($e:expr) => { { let it = Rope; it.haul(); $e } } } //~ calls app::Rope::haul
pub fn sail() {
    let it = Oar;
    with_rope!(it.pull()); //~ calls app::Oar::pull
}`,

  '$crate is the crate that defined the macro': `
//- /lib.rs crate:app deps:harbour
mod pier { pub fn tie() {} }
pub fn sail() {
    harbour::moor!(pier::tie()); //~ calls harbour::pier::tie, app::pier::tie
}
//- /lib.rs crate:harbour
pub mod pier { pub fn tie() {} }
#[macro_export] macro_rules! moor { ($e:expr) => { { $crate::pier::tie(); $e } } }`,

  'arguments of format macros are looked at, captured ones too': `
use std::fmt;
pub struct Buoy; fn make() -> Buoy { Buoy }
impl fmt::Display for Buoy { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { write!(f, "buoy") } } //~ calls ..
impl fmt::Debug for Buoy { fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result { Ok(()) } }
pub fn sail(buoy: Buoy) {
    println!("{}", make()); //~ calls app::make, <app::Buoy as std::fmt::Display>::fmt, ..
    let text = format!("{buoy:?}"); //~ calls <app::Buoy as std::fmt::Debug>::fmt, ..
    eprintln!("{text} {0:>1$}", make(), 5); //~ calls app::make, <app::Buoy as std::fmt::Display>::fmt, ..
    assert!(make().to_string().is_empty(), "no {}", make()); //~ calls app::make, <app::Buoy as std::string::ToString>::to_string, std::string::String::is_empty, <app::Buoy as std::fmt::Display>::fmt, ..
}`,

  'vec, matches, assert_eq and dbg give and take values': `
#[derive(Debug, PartialEq)] pub struct Oar(u8); impl Oar { fn pull(&self) -> u8 { 1 } }
pub fn row(n: Option<Oar>) {
    vec![Oar(1), Oar(2)][0].pull(); //~ calls app::Oar, app::Oar::pull, ..
    vec![1u8; 3].len(); //~ calls std::vec::Vec::len, ..
    assert_eq!(Oar(1).pull(), 2); //~ calls app::Oar, app::Oar::pull, ..
    matches!(n, Some(ref oar) if oar.pull() == 1); //~ calls app::Oar::pull
    dbg!(Oar(3)).pull(); //~ calls app::Oar, app::Oar::pull, ..
}`,

  'items that a macro makes can be called, and call': `
macro_rules! sailor { ($name:ident, $does:path) => { pub fn $name() { $does(1) } } }
sailor!(cook, std::process::exit); //~ calls std::process::exit
pub fn sail() { cook() } //~ calls app::cook
`,

  'a macro that is not known is recorded, and what is handed to it read loosely': `
pub fn sail() {
    weird!(mast); //~ unresolved weird!, mast
}`,

  'derived functions call those of the fields': `
#[derive(Clone)] pub struct Fleet { ships: Vec<Ship> } //~ calls <std::vec::Vec as std::clone::Clone>::clone
pub struct Ship;
impl Clone for Ship { fn clone(&self) -> Ship { std::process::abort() } } //~ calls std::process::abort
`,

  'a derive that was handed through several macros means its own self': `
macro_rules! copied {
    ($( $(#$attr:tt)* $pub:vis $t:ident $i:ident { $($field:tt)* } )*) => ($( copied!(it: $(#$attr)* $pub $t $i { $($field)* }); )*);
    (it: $(#$attr:tt)* $pub:vis struct $i:ident { $($field:tt)* }) => (
        made! { attrs: { #[repr(C)] #[::core::prelude::v1::derive( ::core::clone::Clone, ::core::fmt::Debug)] } $(#$attr)* $pub struct $i { $($field)* } } //~ calls <app::Ship as std::clone::Clone>::clone, <app::Ship as std::fmt::Debug>::fmt, ..
    );
}
macro_rules! made {
    ( attrs: { $($attrs:tt)* } $(#$attr:tt)* $vis:vis struct $name:ident { $($body:tt)* }) => {
        made! { @split, other: { }, remaining: { $($attrs)* $(#$attr)* }, vis: $vis, name: $name, body: { $($body)* }, }
    };
    ( @split, other: { $($other:tt)* }, remaining: { #$attr:tt $($tail:tt)* }, vis: $vis:vis, name: $name:ident, body: { $($body:tt)* }, ) => {
        made! { @split, other: { $($other)* #$attr }, remaining: { $($tail)* }, vis: $vis, name: $name, body: { $($body)* }, }
    };
    ( @split, other: { $($other:tt)* }, remaining: { }, vis: $vis:vis, name: $name:ident, body: { $($body:tt)* }, ) => {
        $($other)* $vis struct $name { $($body)* }
    };
}
pub struct Ship(u8);
impl Clone for Ship { fn clone(&self) -> Self { std::process::abort() } } //~ calls std::process::abort
impl std::fmt::Debug for Ship { fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result { std::process::abort() } } //~ calls std::process::abort
copied! { pub struct A { pub x: u32, y: Ship } }
`,

  'a macro in braces ends its statement, whatever operator might go on': `
macro_rules! two { ($($t:tt)*) => { let _ = std::process::id(); let _ = std::process::id(); } } //~ calls std::process::id, std::process::id
macro_rules! one { ($($t:tt)*) => { Flag } }
pub struct Flag; impl Flag { fn go(&self) {} fn up(&mut self) -> &mut u8 { loop {} } }
impl std::ops::Not for Flag { type Output = bool; fn not(self) -> bool { true } }
pub trait Check { fn check(self); }
impl Check for Flag { fn check(self) { std::process::abort() } } //~ calls std::process::abort
pub fn less(it: Flag) { two!{ x } <_ as Check>::check(it); } //~ calls <app::Flag as app::Check>::check
pub fn typed(it: Flag) { two!{ x } <Flag as Check>::check(it); } //~ calls <app::Flag as app::Check>::check
pub fn times(mut it: Flag) { two!{ x } *it.up() = 1; } //~ calls app::Flag::up
pub fn and(it: Flag) { two!{ x } &it.go(); two! { y } two! { z } &&it.go(); } //~ calls app::Flag::go, app::Flag::go
pub fn group(it: Flag) { two!{ x } (it.go()); two!{ x } [it.go()]; } //~ calls app::Flag::go, app::Flag::go
pub fn goes_on() { one!{ x }.go(); } //~ calls app::Flag::go
`,

  'what the compiler makes of a macro may be a pattern': `
pub fn sail(s: &str, n: u32) -> u32 {
    match s { stringify!(mast) => 1u32.count_ones(), concat!("a", "b") => 2, _ => match n { line!() => 3, _ => 4 } } //~ calls <u32>::count_ones
}`,
})
