/** Code of other builds for the same target is seen, and a name means what it means in a plain one. */
import { testCalls } from '../support/check-calls.js'

const TWO_SIDED = `
#[cfg(evil = "1")]
fn go() { hide() } //~ calls app::hide
#[cfg(not(evil = "1"))]
fn go() { show() } //~ calls app::show
fn hide() { std::process::abort() } //~ calls std::process::abort
fn show() {}
pub fn plain() { go() } //~ calls app::go, ..`

testCalls({
  'what a build script computes may be any option': `
//- /lib.rs crate:app${TWO_SIDED}
//- /build.rs kind:build
use std::io::Write;
fn main() { let bytes = [1u8].map(|b| b - 1); std::io::stdout().write_all(&bytes).ok(); }`,

  'a feature that a build script prints need not be declared': `
//- /lib.rs crate:app${TWO_SIDED.replaceAll('evil = "1"', 'feature = "evil"')}
//- /build.rs kind:build
fn main() { println!("cargo:rustc-cfg=feature=\\"evil\\""); }`,

  'what a build script does not print is for whoever builds to set': `
//- /lib.rs crate:app${TWO_SIDED}
//- /build.rs kind:build
fn main() { println!("cargo:rustc-cfg=good=\\"1\\""); }`,

  'so is an option without a build script': TWO_SIDED,
  'documentation and tests are not there': `
#[cfg(any(docsrs, test, my_docs))]
pub fn go() { gone() }
pub fn plain() { std::process::abort() } //~ calls std::process::abort`,

  'options of nightly alone are looked at both ways': `
#[cfg(target_has_atomic_primitive_alignment = "64")]
fn go() { hide() } //~ calls app::hide
#[cfg(not(target_has_atomic_primitive_alignment = "64"))]
fn go() { show() } //~ calls app::show
#[cfg(target_thread_local)]
fn hide() { std::process::abort() } //~ calls std::process::abort
#[cfg(not(target_thread_local))]
fn hide() {}
fn show() {}
#[cfg(target_os = "none")]
pub fn other() { gone() }
`,

  'functions of a release alone are looked at, and those of a dev build are called': `
#[cfg(not(debug_assertions))]
fn go() { hide() } //~ calls app::hide
#[cfg(debug_assertions)]
fn go() { show() } //~ calls app::show
#[cfg(not(debug_assertions))]
fn hide() { std::process::abort() } //~ calls std::process::abort
fn show() {}
pub struct Mate; impl Mate {
    #[cfg(not(debug_assertions))]
    pub fn row(&self) { hide() } //~ calls app::hide
    #[cfg(debug_assertions)]
    pub fn row(&self) { show() } //~ calls app::show
}
pub fn sail(mate: Mate) {
    mate.row(); //~ calls app::Mate::row
    #[cfg(not(debug_assertions))]
    hide(); //~ calls app::hide
}`,

  'so are functions for a processor that can do more, but not those for another one': `
#[cfg(target_feature = "avx512f")]
pub fn wide() { std::process::abort() } //~ calls std::process::abort
#[cfg(all(target_feature = "neon", target_os = "none"))]
pub fn other() { gone() }
`,

  'any mixture of what processors can do is looked at, what one feature brings with it aside': `
#[cfg(all(target_feature = "avx2", not(target_feature = "avx512f")))]
pub fn mixed() { std::process::abort() } //~ calls std::process::abort
#[cfg(all(target_feature = "avx2", not(target_feature = "avx")))]
pub fn never() { gone() }
#[cfg(all(debug_assertions, not(debug_assertions)))]
pub fn neither() { gone() }
`,

  'a name means all that it means in some build: uses, aliases of modules, globs, names of outer scopes': `
mod quiet { pub fn go() {} pub fn stop() {} }
mod loud { pub fn go() {} pub fn stop() {} pub fn only() {} }
#[cfg(debug_assertions)] use quiet::go;
#[cfg(not(debug_assertions))] use loud::go;
#[cfg(debug_assertions)] use quiet as side;
#[cfg(not(debug_assertions))] use loud as side;
mod all { #[cfg(debug_assertions)] pub use crate::quiet::stop; #[cfg(not(debug_assertions))] pub use crate::loud::stop; }
mod inner { use super::all::*; pub fn halt() { stop() } } //~ calls app::quiet::stop, app::loud::stop
fn only() {}
pub fn sail() {
    go(); //~ calls app::quiet::go, app::loud::go
    side::stop(); //~ calls app::quiet::stop, app::loud::stop
    #[cfg(not(debug_assertions))]
    go(); //~ calls app::loud::go
    {
        #[cfg(not(debug_assertions))] use loud::only;
        only(); //~ calls app::loud::only, app::only
    }
}`,

  'fields and variables under a condition have the types of every build': `
pub struct Oar; impl Oar { pub fn pull(&self) {} }
pub struct Gun; impl Gun { pub fn pull(&self) {} }
pub struct Boat { #[cfg(debug_assertions)] arm: Oar, #[cfg(not(debug_assertions))] arm: Gun }
pub struct Pair(#[cfg(not(debug_assertions))] Gun, Oar);
#[cfg(debug_assertions)] type Tool = Oar;
#[cfg(not(debug_assertions))] type Tool = Gun;
pub fn row(boat: &Boat, tool: Tool, pair: Pair) {
    boat.arm.pull(); //~ calls app::Oar::pull, app::Gun::pull
    tool.pull(); //~ calls app::Oar::pull, app::Gun::pull
    pair.0.pull(); //~ calls app::Oar::pull, app::Gun::pull
    let Boat { arm } = boat;
    arm.pull(); //~ calls app::Oar::pull, app::Gun::pull
}`,

  'so have macros, by text, by path and where they make items': `
#[cfg(debug_assertions)] macro_rules! go { () => { show() } } //~ calls app::show
#[cfg(not(debug_assertions))] macro_rules! go { () => { hide() } } //~ calls app::hide
mod q {
    #[cfg(debug_assertions)] macro_rules! make { () => { pub fn made() { crate::show() } } } //~ calls app::show
    #[cfg(not(debug_assertions))] macro_rules! make { () => { pub fn made() { crate::hide() } } } //~ calls app::hide
    pub(crate) use make;
}
q::make!();
fn show() {}
fn hide() {}
pub fn sail() { go!() }
`,

  'a variant and its discriminant, a module under another path, derives and variants of other builds are seen': `
//- /lib.rs crate:app
pub enum Sail {
    Jib = 0,
    #[cfg(not(debug_assertions))]
    Main = { crate::deep(); 1 }, //~ calls app::deep
}
const fn deep() {}
#[cfg_attr(not(debug_assertions), path = "other.rs")]
mod hold;
pub fn open() { hold::open() } //~ calls app::hold::open
//- /hold.rs
pub fn open() {}
//- /other.rs
pub fn open() { std::process::abort() } //~ calls std::process::abort
`,

  'items of a block are under the condition of the code around it': `
pub fn sail() {
    #[cfg(all(debug_assertions, not(debug_assertions)))]
    { gone() }
    #[cfg(not(debug_assertions))]
    { fn hide() { std::process::abort() } hide() } //~ calls app::sail::hide, std::process::abort
}`,
})
