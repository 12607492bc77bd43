/** Code of other builds for the same target is seen, and a name means what it means in a plain one. */
import { testCalls } from '../support/check-calls.js'

testCalls({
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
})
