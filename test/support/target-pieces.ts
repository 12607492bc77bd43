/** Small crates in which a text that two targets share means another thing on each, by name. */
export const TARGET_PIECES: readonly (readonly [name: string, code: string])[] = [
  [
    'a link name',
    `
extern "C" { #[cfg_attr(windows, link_name = "WinExec")] #[cfg_attr(unix, link_name = "system")] fn launch(); }
mod q { pub fn f() { unsafe { crate::launch() } } }
`,
  ],
  [
    'a path of a module',
    `//- /lib.rs crate:app
#[cfg_attr(unix, path = "unix.rs")] #[cfg_attr(windows, path = "windows.rs")] mod imp;
mod q { pub fn f() { crate::imp::call() } }
//- /unix.rs
pub fn call() { std::process::id(); }
//- /windows.rs
pub fn call() { std::process::abort(); }`,
  ],
  [
    'items of a block',
    `
mod a { pub fn g() { std::process::id(); } } mod b { pub fn g() { std::process::abort(); } }
mod q { use crate::a::g; pub fn f() { #[cfg(windows)] use crate::b::g; g() } pub fn h() { { #[cfg(windows)] use crate::b::*; g() } } }
mod r { use crate::a::g; pub fn f() { #[cfg(windows)] fn g() { std::env::args(); } g() } }
`,
  ],
  [
    'a macro of a block',
    `
macro_rules! m { () => { std::process::id() } }
mod q { pub fn f() { #[cfg(windows)] macro_rules! m { () => { std::process::abort() } } m!(); } }
`,
  ],
  [
    'items that macros make in a block',
    `
pub fn a() { std::process::id(); }
macro_rules! items { ($($i:item)*) => { $($i)* } }
mod q { use crate::a; pub fn f() { items! { #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod r { use crate::a; pub fn f() { items! { fn z() {} #[cfg(windows)] fn a() { std::process::abort() } } a() } }
mod s { use crate::a; pub fn f() { items! { fn z() {} items! { #[cfg(windows)] fn a() { std::process::abort() } } } a() } }
`,
  ],
]
